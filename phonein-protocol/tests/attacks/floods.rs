//! Too much of everything.

use crate::{support::*, *};
use phonein_protocol::{
    id::LinkSecret,
    intercom::{Store, store::Change},
    log::{Entry, Event, continue_chain, hash},
    message::{Body, Detail, Head, Outcome, Request},
    session::TransportError,
};

#[test]
fn a_flood_of_hellos() {
    let (mut world, _, mut guest, signed) = World::with_guest(grant(1));
    let ours = world.hello();
    for _ in 0..20_000 {
        let (moment, random) = (world.moment(), [7; 32]);
        world.intercom.hello(&moment, &random);
    }
    let request = guest.open(Some(signed.grant().key), ENTRANCE);
    let sealed = world.seal_with(&ours, &guest, &request, 0);
    let res = world.deliver(&sealed.req, 1).unwrap();
    assert!(matches!(parse(sealed, &res).outcome, Outcome::Opened { .. }));
}

#[test]
fn a_flood_of_bad_reqs() {
    let (mut world, _, mut guest, signed) = World::with_guest(grant(1));
    let head = world.intercom.judgement().state().head;
    let stranger = Phone::new(66);
    let mut answered = 0;
    for source in 0..2_000 {
        let request = stranger.request(source + 1, Body::Open { key: None, door: 0, held: 0 });
        let sealed = world.seal(&stranger, &request);
        match world.deliver(&sealed.req, source) {
            Ok(res) => {
                assert_eq!(parse(sealed, &res).outcome, Outcome::UnknownKey);
                answered += 1;
            }
            // Strangers wait when they are too many; nobody else does.
            Err(error) => assert_eq!(error, TransportError::TryLater),
        }
    }
    assert_eq!(answered, 1_024);
    let noise: Vec<_> = (0..139 + 32).map(|n| u8::try_from(n % 251).unwrap()).collect();
    (0..1_000).for_each(|source| assert!(world.deliver(&noise, source).is_err()));
    // Not one entry of the log is theirs, and nobody is kept waiting.
    assert_eq!(world.intercom.judgement().state().head, head);
    let request = guest.open(Some(signed.grant().key), ENTRANCE);
    assert!(matches!(world.ask(&guest, &request).outcome, Outcome::Opened { .. }));
}

#[test]
fn what_strangers_try_is_counted_for_the_managers() {
    let (mut world, manager, guest, signed) = World::with_guest(grant(1));
    let mut stranger = Phone::new(66);
    let foreign = stranger.sign(grant(8), &world.config.intercom);
    // By no manager, with a wrong secret, no grant at all, and a key that another phone has.
    world.claim(&mut stranger, &foreign, &secret(8), None);
    world.claim(&mut stranger, &signed, &secret(9), None);
    let key = stranger.key.public();
    let damaged = Body::Claim { grant: vec![0], secret: secret(1), key, name: "G".into(), door: None };
    world.ask(&stranger, &stranger.request(1, damaged));
    world.claim(&mut stranger, &signed, &secret(1), None);
    // An op it may not ask, a pairing, and a signature that is not the named phone's.
    world.ask(&stranger, &stranger.request(0, Body::Status));
    assert_eq!(world.pair(&stranger).outcome, Outcome::AlreadyPaired);
    let forged = Request { kid: Some(guest.kid()), ..stranger.request(0, Body::Status) };
    assert_eq!(world.try_ask(&stranger, &forged), Err(TransportError::Malformed));
    match world.ask(&manager, &manager.request(0, Body::ReadSettings)).detail {
        Detail::Settings(settings) => assert_eq!(settings.strangers, 7),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_flood_of_failing_claims_slows_its_source_alone() {
    let (mut world, _, _, signed) = World::with_guest(grant(1));
    let mut stranger = Phone::new(66);
    let mut guess = |world: &mut World, source, secret: u8| {
        let request = stranger.claim(&signed, &LinkSecret([secret; 16]), None);
        let sealed = world.seal(&stranger, &request);
        let res = world.deliver(&sealed.req, source)?;
        Ok::<_, TransportError>(parse(sealed, &res).outcome)
    };
    for secret in 200..220 {
        assert_eq!(guess(&mut world, 7, secret), Ok(Outcome::LinkExpired));
    }
    assert_eq!(guess(&mut world, 7, 1), Err(TransportError::TryLater));
    assert_eq!(guess(&mut world, 8, 1), Ok(Outcome::Taken));
    world.pass(10_000);
    assert_eq!(guess(&mut world, 7, 1), Ok(Outcome::Taken));
}

#[test]
fn a_guest_who_opens_without_end() {
    let (mut world, manager, mut guest, signed) = World::with_guest(grant(1));
    let key = Some(signed.grant().key);
    let press = |world: &mut World, guest: &mut Phone| {
        let request = guest.open(key, ENTRANCE);
        let answer = world.try_ask(guest, &request).map(|answer| answer.outcome);
        (request, answer)
    };
    let opened = |world: &World| world.opened.len();
    let answers: Vec<_> = (0..50).map(|_| press(&mut world, &mut guest).1).collect();
    assert_eq!(opened(&world), 6);
    assert!(answers[6..].iter().all(|answer| *answer == Err(TransportError::TryLater)), "{answers:?}");
    // Nothing of what is too much is written, its number neither, so the same tap can open later.
    let head = world.intercom.judgement().state().head;
    let (request, answer) = press(&mut world, &mut guest);
    assert_eq!((answer, world.intercom.judgement().state().head), (Err(TransportError::TryLater), head));
    world.pass(2_000);
    assert!(matches!(world.ask(&guest, &request).outcome, Outcome::Opened { .. }));
    assert!(matches!(world.ask(&guest, &request).outcome, Outcome::Opened { .. }), "answered, not opened again");
    assert_eq!(opened(&world), 7);
    // Others have their own, and a manager has no more than a guest.
    let mut manager = manager;
    let manages = |world: &mut World, manager: &mut Phone| {
        let request = manager.open(None, ENTRANCE);
        world.try_ask(manager, &request).map(|answer| answer.outcome)
    };
    assert!((0..6).all(|_| matches!(manages(&mut world, &mut manager), Ok(Outcome::Opened { .. }))));
    assert_eq!(manages(&mut world, &mut manager), Err(TransportError::TryLater));
    // Nor does a link claimed with a door in hand open once more; the key stays free until it does.
    let other = manager.sign(grant(2), &world.config.intercom);
    world.put(&manager, &[&other]);
    let request = guest.claim(&other, &secret(2), Some(ENTRANCE));
    assert_eq!(world.try_ask(&guest, &request), Err(TransportError::TryLater));
    world.pass(2_000);
    assert!(matches!(world.ask(&guest, &request).outcome, Outcome::Opened { .. }));
}

#[test]
fn a_full_log() {
    let (mut world, manager, mut guest, signed) = World::with_guest(grant(1));
    let inner = Some(signed.grant().key);
    for _ in 0..300 {
        world.pass(2_000);
        for door in [0, 7, 9] {
            let number = guest.next();
            let request = guest.request(number, Body::Open { key: inner, door, held: 1 });
            world.ask(&guest, &request);
        }
    }
    let refusals = |log: &[Vec<u8>]| {
        log.iter().filter(|entry| matches!(Entry::parse(entry).unwrap().event, Event::Refused(_))).count()
    };
    let log = world.log(&manager);
    assert_eq!(refusals(&log), 20);
    assert_eq!(world.opened.len(), 300);
    // As if it had gone on for hours.
    let mut state = world.intercom.judgement().state().clone();
    let mut changes = Vec::new();
    for _ in 0..20_000 {
        let (number, before) = (state.head.number + 1, state.head.hash);
        let bytes = Entry { number, before, ..Entry::parse(log.last().unwrap()).unwrap() }.to_bytes();
        state.head = Head { number, hash: hash(&bytes) };
        changes.push(Change::Entry { number, bytes });
    }
    changes.push(Change::State(state));
    let mut store = world.intercom.judgement().store().clone();
    store.commit(&changes).unwrap();
    world.restart_from(store);
    for _ in 0..200 {
        world.pass(2_000);
        world.open(&mut guest, inner, ENTRANCE);
    }
    let kept = world.intercom.judgement().store().entries_after(0, 30_000).unwrap();
    assert!((20_000..20_200).contains(&kept.len()), "{}", kept.len());
    let oldest = Entry::parse(&kept[0]).unwrap();
    let before = Head { number: oldest.number - 1, hash: oldest.before };
    assert_eq!(continue_chain(before, &kept).unwrap().0, world.intercom.judgement().state().head);
}

#[test]
fn a_phone_that_uses_up_an_epoch_keeps_nobody_out() {
    let (mut world, manager, mut guest, signed) = World::with_guest(grant(1));
    let mut held = 0;
    // Each signed request marks a token, and an epoch has only so many. Only managers ask so often.
    for round in 0..1_500 {
        world.pass(10);
        let status = manager.request(0, Body::Status);
        held += usize::from(world.try_ask(&manager, &status).is_ok());
        if round % 250 == 0 {
            let open = guest.open(Some(signed.grant().key), ENTRANCE);
            assert!(matches!(world.ask(&guest, &open).outcome, Outcome::Opened { .. }), "after {round} requests");
        }
    }
    assert!(held > 1_024, "more than one epoch was needed: {held}");
    world.pass(2_000);
    let request = guest.open(Some(signed.grant().key), ENTRANCE);
    assert!(matches!(world.ask(&guest, &request).outcome, Outcome::Opened { .. }));
}

/// How many signatures a deed made it check.
fn checks(world: &mut World, deed: impl FnOnce(&mut World)) -> u64 {
    let before = world.intercom.checks();
    deed(world);
    world.intercom.checks() - before
}

#[test]
fn who_has_no_key_costs_few_signatures() {
    let (mut world, manager, guest, signed) = World::with_guest(grant(1));
    let stranger = Phone::new(66);
    let noise: Vec<_> = (0..139 + 32).map(|n| u8::try_from(n % 251).unwrap()).collect();
    let replayed = world.seal(&guest, &guest.request(0, Body::Status));
    world.deliver(&replayed.req, 1).unwrap();
    // Noise, what was seen going by, and whoever the intercom does not know: none at all.
    let cost = checks(&mut world, |world| {
        for _ in 0..200 {
            assert!(world.deliver(&noise, 7).is_err());
            assert_eq!(world.deliver(&replayed.req, 7), Err(TransportError::Stale));
            let unknown = world.seal(&stranger, &stranger.request(0, Body::Status));
            world.deliver(&unknown.req, 7).unwrap();
        }
    });
    assert_eq!(cost, 0);
    // Somebody else's name under a signature of one's own, for a minute from one source.
    let forged = Request { kid: Some(guest.kid()), ..stranger.request(0, Body::Status) };
    let cost = checks(&mut world, |world| {
        for _ in 0..325 {
            world.pass(200);
            let sealed = world.seal(&stranger, &forged);
            assert!(world.deliver(&sealed.req, 7).is_err());
        }
    });
    assert!((20..=120).contains(&cost), "{cost}");
    // It slows that name at that source alone.
    let status = guest.request(0, Body::Status);
    let sealed = world.seal(&guest, &status);
    assert_eq!(world.deliver(&sealed.req, 7), Err(TransportError::TryLater));
    assert_eq!(world.ask(&guest, &status).outcome, Outcome::Done);
    let sealed = world.seal(&manager, &manager.request(0, Body::Status));
    assert!(world.deliver(&sealed.req, 7).is_ok());
    // A link that somebody else has claimed, by ever new keys.
    let cost = checks(&mut world, |world| {
        for seed in 0..200 {
            world.pass(100);
            let mut thief = Phone::new(seed + 1);
            let claim = thief.claim(&signed, &secret(1), None);
            let sealed = world.seal(&thief, &claim);
            // The answer is `taken`, or to try later.
            let _ = world.deliver(&sealed.req, 8);
        }
    });
    assert!((20..=80).contains(&cost), "{cost}");
    // And the UUID from the label, while pairing is shut.
    let cost = checks(&mut world, |world| {
        for seed in 0..200 {
            world.pass(100);
            let installer = Phone::new(seed + 1);
            let body = Body::Pair { key: installer.key.public(), name: "X".into(), zone: None, now: NOW };
            let sealed = world.seal(&installer, &installer.request(0, body));
            let _ = world.deliver(&sealed.req, 9);
        }
    });
    assert!((20..=80).contains(&cost), "{cost}");
}

#[test]
fn a_guest_who_asks_without_end_from_everywhere_costs_ten_signatures_a_second() {
    let (mut world, manager, mut guest, signed) = World::with_guest(grant(1));
    world.pass(60_000);
    let key = signed.grant().key;
    let head = world.intercom.judgement().state().head.number;
    let mut answered = 0;
    let cost = checks(&mut world, |world| {
        for round in 0..1_000 {
            world.pass(10);
            let request = match round % 3 {
                0 => guest.request(0, Body::Status),
                1 => guest.open(Some(key), ENTRANCE),
                // The link is the guest's already: a claim of it writes its number, and no more.
                _ => guest.claim(&signed, &secret(1), None),
            };
            let sealed = world.seal(&guest, &request);
            match world.deliver(&sealed.req, round) {
                Ok(_) => answered += 1,
                Err(error) => assert_eq!(error, TransportError::TryLater),
            }
            if round % 100 == 0 {
                // Nobody else is kept waiting.
                assert_eq!(world.ask(&manager, &manager.request(0, Body::Status)).outcome, Outcome::Done);
            }
        }
    });
    // Forty at once and ten in each of ten seconds, and the manager's ten.
    assert!((100..=150).contains(&cost), "{cost} for {answered} answers");
    let entries = world.intercom.judgement().state().head.number - head;
    assert!(entries <= 6 + 5, "{entries} entries of the log");
}
