//! The attacks of docs/protocol.md, section 11, on the intercom: each test is named after its attack. Those on a phone's
//! wallet, on the HTTP server and on a restored disk stand with what they attack.

#![allow(clippy::unwrap_used, reason = "tests")]

mod support;

use phonein_protocol::{
    es256::PublicKey,
    grant::{Grant, SignedGrant},
    id::{Door, KeyId, LinkSecret},
    intercom::store::{Change, Key, Manager, Phone as StoredPhone, Store},
    log::{Entry, Event, continue_chain},
    message::{Answer, Body, Detail, Head, ManagersAsk, Op, Outcome, PutVerdict, Request, SettingsWrite},
    rule::Rule,
    session::{Hello, TransportError, phone::PhoneError},
};
use support::*;

const ENTRANCE: Door = Door::Entrance;

fn parse(sealed: Sealed, res: &[u8]) -> Answer {
    Answer::parse(sealed.op, &sealed.awaiting.open(res).unwrap()).unwrap()
}

#[test]
fn replay_of_any_frame() {
    let (mut world, manager, mut guest, signed) = World::with_guest(grant(1));
    let key = Some(signed.grant().key);
    let other = manager.sign(grant(2), &world.config.intercom);
    let frames = [
        (guest.clone(), guest.open(key, ENTRANCE)),
        (guest.clone(), guest.claim(&signed, &secret(1), Some(ENTRANCE))),
        (manager.clone(), manager.put(&[&other])),
        (manager.clone(), manager.request(0, Body::Status)),
    ];
    for (phone, request) in frames {
        let sealed = world.seal(&phone, &request);
        world.deliver(&sealed.req, 1).unwrap();
        let (openings, entries) = (world.opened.len(), world.intercom.judgement().state().head);
        for _ in 0..3 {
            assert_eq!(world.deliver(&sealed.req, 1), Err(TransportError::Stale));
        }
        assert_eq!((world.opened.len(), world.intercom.judgement().state().head), (openings, entries));
    }
    assert_eq!(world.opened.len(), 2);
    let request = guest.open(key, ENTRANCE);
    let before = world.seal(&guest, &request);
    world.power_cut();
    assert_eq!(world.deliver(&before.req, 1), Err(TransportError::Stale));
}

#[test]
fn a_frame_for_another_intercom() {
    let (mut here, _, mut guest, signed) = World::with_guest(grant(1));
    let mut there = World::new(9);
    let hello = there.hello();
    let request = guest.open(Some(signed.grant().key), ENTRANCE);
    // Sealed for here on there's HELLO, and for here on here's HELLO: neither means anything there.
    let mixed = here.seal_with(&hello, &guest, &request, 0);
    assert_eq!(there.deliver(&mixed.req, 1), Err(TransportError::Malformed));
    let meant = here.seal(&guest, &request);
    assert!(there.deliver(&meant.req, 1).is_err());
    // A grant for here is none there, though the same manager has paired with both.
    let manager = Phone::new(101);
    there.pair(&manager);
    let claim = Phone::new(103).claim(&signed, &secret(1), None);
    let answer = there.ask(&Phone::new(103), &claim);
    assert_eq!((answer.outcome, answer.holds), (Outcome::UnknownKey, Some(false)));
    assert_eq!(there.put(&manager, &[&signed]), [PutVerdict::NotAManager]);
}

#[test]
fn a_frame_delivered_late() {
    let (mut world, _, mut guest, signed) = World::with_guest(grant(1));
    let request = guest.open(Some(signed.grant().key), ENTRANCE);
    let late = world.seal(&guest, &request);
    world.pass(3_001);
    assert_eq!(world.deliver(&late.req, 1), Err(TransportError::Stale));
    // How long the phone held HELLO does not count, only the way.
    let hello = world.hello();
    world.pass(40_000);
    let held = world.seal_with(&hello, &guest, &request, 4_000);
    world.pass(2_900);
    let res = world.deliver(&held.req, 1).unwrap();
    assert_eq!(parse(held, &res).outcome, Outcome::Opened { door: ENTRANCE, seconds: 5 });
}

#[test]
fn a_frame_that_claims_to_have_been_held_longer() {
    let (mut world, _, mut guest, signed) = World::with_guest(grant(1));
    let request = guest.open(Some(signed.grant().key), ENTRANCE);
    let hello = world.hello();
    let early = world.seal_with(&hello, &guest, &request, 200);
    assert_eq!(world.deliver(&early.req, 1), Err(TransportError::Stale));
}

#[test]
fn a_forwarded_link() {
    let (mut world, _, _, signed) = World::with_guest(grant(1));
    let mut other = Phone::new(103);
    for door in [None, Some(ENTRANCE)] {
        let answer = world.claim(&mut other, &signed, &secret(1), door);
        assert_eq!((answer.outcome, answer.holds, answer.stored), (Outcome::Taken, Some(false), None));
    }
    assert_eq!(world.opened, []);
    let answer = world.open(&mut other, Some(signed.grant().key), ENTRANCE);
    assert_eq!(answer.outcome, Outcome::UnknownKey);
}

#[test]
fn a_foreign_phone_with_a_copied_wallet() {
    let (mut world, _, guest, signed) = World::with_guest(grant(1));
    // It knows everything but the key in the hardware.
    let thief = Phone::new(66);
    let number = guest.number + 1;
    let mut request = thief.request(number, Body::Open { key: Some(signed.grant().key), door: 0, held: 1 });
    request.kid = Some(guest.kid());
    assert_eq!(world.try_ask(&thief, &request), Err(TransportError::Malformed));
    let mut claim = thief.clone().claim(&signed, &secret(1), Some(ENTRANCE));
    if let Body::Claim { key, .. } = &mut claim.body {
        *key = guest.key.public();
    }
    assert_eq!(world.try_ask(&thief, &claim), Err(TransportError::Malformed));
    assert_eq!(world.opened, []);
}

#[test]
fn a_phone_with_the_kid_of_a_manager() {
    let (mut world, manager) = World::paired();
    let signed = manager.sign(grant(1), &world.config.intercom);
    let mut twin = Phone::new(103);
    // Finding such a key takes 2⁶⁴ tries; here the store says that somebody has.
    let (kid, key) = (twin.kid(), manager.key.public());
    let mut store = world.intercom.judgement().store().clone();
    let phone = StoredPhone { key, last: None, idle_since: None };
    store
        .commit(&[Change::Phone(kid, phone), Change::Manager(kid, Manager { key, name: "Anna".into(), is_new: false })])
        .unwrap();
    world.restart_from(store);
    let claim = twin.claim(&signed, &secret(1), Some(ENTRANCE));
    assert_eq!(world.try_ask(&twin, &claim), Err(TransportError::Malformed));
    let moment = world.moment();
    world.intercom.press_button(&moment);
    let pair = Body::Pair { key: twin.key.public(), name: "G".into(), zone: None, now: NOW };
    assert_eq!(world.try_ask(&twin, &twin.request(0, pair)), Err(TransportError::Malformed));
    assert_eq!(world.intercom.judgement().store().manager(kid).unwrap().unwrap().key, key);
    assert_eq!(world.opened, []);
}

#[test]
fn an_older_grant() {
    let (mut world, manager, mut guest, first) = World::with_guest(grant(1));
    let key = first.grant().key;
    let shorter = with_terms(next(first.grant()), |terms| terms.rule = Rule::between(NOW - 20, NOW - 10).unwrap());
    let second = manager.sign(shorter, &world.config.intercom);
    assert_eq!(world.put(&manager, &[&second]), [PutVerdict::Stored]);
    assert_eq!(world.put(&manager, &[&first]), [PutVerdict::Superseded(second.bytes().to_vec())]);
    let answer = world.claim(&mut guest, &first, &secret(1), Some(ENTRANCE));
    assert_eq!((answer.outcome, answer.holds), (Outcome::Expired, Some(true)));
    assert_eq!(answer.stored, Some(second.bytes().to_vec()));
    assert_eq!(world.open(&mut guest, Some(key), ENTRANCE).outcome, Outcome::Expired);
    assert_eq!(world.opened, []);
}

#[test]
fn a_grant_by_a_removed_manager() {
    let (mut world, anna, guest, first) = World::with_guest(grant(1));
    let key = first.grant().key;
    // The guest becomes a manager, makes a key, and is removed.
    let added = world.ask(&anna, &anna.request(0, Body::Managers(ManagersAsk::Add(key))));
    assert_eq!(added.outcome, Outcome::Done);
    let made = guest.sign(grant(2), &world.config.intercom);
    let not_put = guest.sign(grant(3), &world.config.intercom);
    let edited = guest.sign(next(first.grant()), &world.config.intercom);
    assert_eq!(world.put(&guest, &[&made]), [PutVerdict::Stored]);
    world.ask(&anna, &anna.request(0, Body::Managers(ManagersAsk::Remove(guest.kid()))));

    assert_eq!(world.ask(&guest, &guest.put(&[&edited])).outcome, Outcome::NotAManager);
    assert_eq!(world.put(&anna, &[&edited, &not_put]), [PutVerdict::NotAManager, PutVerdict::NotAManager]);
    let mut friend = Phone::new(103);
    let answer = world.claim(&mut friend, &not_put, &secret(3), Some(ENTRANCE));
    assert_eq!(answer.outcome, Outcome::UnknownKey);
    // What was stored goes on working until somebody deletes it.
    let answer = world.claim(&mut friend, &made, &secret(2), Some(ENTRANCE));
    assert_eq!(answer.outcome, Outcome::Opened { door: ENTRANCE, seconds: 5 });
}

#[test]
fn two_managers_who_edit_and_delete_apart() {
    let (mut world, anna, bela, first) = World::with_guest(grant(1));
    let key = first.grant().key;
    world.ask(&anna, &anna.request(0, Body::Managers(ManagersAsk::Add(key))));
    let by_anna = anna.sign(next(first.grant()), &world.config.intercom);
    let mine = with_terms(next(first.grant()), |terms| terms.uses = Some(3));
    // He edited twice before he was near the door: a higher version, but without Anna's.
    let by_bela = bela.sign(Grant { version: 3, base: 1, ..mine.clone() }, &world.config.intercom);
    assert_eq!(world.put(&anna, &[&by_anna]), [PutVerdict::Stored]);
    // Béla had not seen Anna's: he is shown it, and what he then makes counts.
    assert_eq!(world.put(&bela, &[&by_bela]), [PutVerdict::Superseded(by_anna.bytes().to_vec())]);
    let again = bela.sign(Grant { version: 3, base: 2, ..mine }, &world.config.intercom);
    assert_eq!(world.put(&bela, &[&again]), [PutVerdict::Stored]);
    // A deletion counts whatever its version, and for good.
    let deleted = anna.sign(deletion(first.grant()), &world.config.intercom);
    assert_eq!(world.put(&anna, &[&deleted]), [PutVerdict::Stored]);
    assert_eq!(world.put(&anna, &[&deleted]), [PutVerdict::Deleted]);
    let later = bela.sign(next(again.grant()), &world.config.intercom);
    assert_eq!(world.put(&bela, &[&later]), [PutVerdict::Deleted]);
    assert_eq!(world.intercom.judgement().store().key(key), Ok(Some(Key::Deleted)));
}

#[test]
fn a_revoked_key_with_an_old_link() {
    let (mut world, manager, mut guest, first) = World::with_guest(grant(1));
    let key = first.grant().key;
    let deleted = manager.sign(deletion(first.grant()), &world.config.intercom);
    world.put(&manager, &[&deleted]);
    let mut other = Phone::new(103);
    for phone in [&mut guest, &mut other] {
        let answer = world.claim(phone, &first, &secret(1), Some(ENTRANCE));
        assert_eq!((answer.outcome, answer.holds), (Outcome::Deleted, Some(false)));
    }
    assert_eq!(world.open(&mut guest, Some(key), ENTRANCE).outcome, Outcome::Deleted);
    assert_eq!(world.opened, []);
}

#[test]
fn a_replaced_link() {
    let (mut world, manager, mut guest, first) = World::with_guest(grant(1));
    let renewed = with_terms(next(first.grant()), |terms| terms.commitment = commitment(77));
    let second = manager.sign(renewed, &world.config.intercom);
    // The new link brings its own change, and frees the old phone.
    let mut new = Phone::new(103);
    let answer = world.claim(&mut new, &second, &secret(77), Some(ENTRANCE));
    assert_eq!((answer.outcome, answer.holds), (Outcome::Opened { door: ENTRANCE, seconds: 5 }, Some(true)));
    let old = world.open(&mut guest, Some(first.grant().key), ENTRANCE);
    assert_eq!((old.outcome, old.stored), (Outcome::Taken, None));
    let link = world.claim(&mut guest, &first, &secret(1), None);
    assert_eq!(link.outcome, Outcome::LinkExpired);
    // The old secret in the new grant is nobody's link.
    let mixed = world.claim(&mut guest, &second, &secret(1), None);
    assert_eq!(mixed.outcome, Outcome::LinkExpired);
}

#[test]
fn a_changed_bit_anywhere() {
    let (mut world, manager, mut guest, signed) = World::with_guest(grant(1));
    let request = guest.open(Some(signed.grant().key), ENTRANCE);
    let sealed = world.seal(&guest, &request);
    for bit in 0..sealed.req.len() * 8 {
        let mut changed = sealed.req.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        assert!(world.deliver(&changed, 1).is_err(), "bit {bit}");
    }
    assert_eq!(world.opened, []);
    let res = world.deliver(&sealed.req, 1).unwrap();
    for bit in 0..res.len() * 8 {
        let mut changed = res.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        let hello = world.hello();
        let again = world.seal_with(&hello, &guest, &request, 0);
        assert!(again.awaiting.open(&changed).is_err(), "bit {bit}");
    }
    // A grant with any bit changed is none of a manager's.
    let other = manager.sign(grant(2), &world.config.intercom);
    for bit in 0..other.bytes().len() * 8 {
        let mut changed = other.bytes().to_vec();
        changed[bit / 8] ^= 1 << (bit % 8);
        if let Ok(grant) = SignedGrant::parse(&changed) {
            assert!(!grant.verify(&manager.key.public(), &world.config.intercom), "bit {bit}");
        }
    }
}

#[test]
fn an_unknown_restriction_label() {
    let (mut world, manager, _, _) = World::with_guest(grant(1));
    let known = grant(2).payload();
    // {…, 10: true}: the map has one pair more, and label 10 stands before 32.
    let at = known.windows(2).position(|pair| pair == [0x18, 0x20]).unwrap();
    let payload = [&[known[0] + 1], &known[1..at], &[0x0a, 0xf5], &known[at..]].concat();
    let signed = cose(&manager, &payload, &world.config.intercom);
    assert_eq!(SignedGrant::parse(&signed), Err(phonein_protocol::grant::GrantError::TooNew));
    let put = manager.request(0, Body::Put { grants: vec![signed.clone()], now: NOW, zone: None });
    assert_eq!(world.ask(&manager, &put).detail, Detail::Put(vec![PutVerdict::TooNew]));
    let guest = Phone::new(103);
    let body =
        Body::Claim { grant: signed, secret: secret(2), key: guest.key.public(), name: "G".into(), door: Some(0) };
    assert_eq!(world.ask(&guest, &guest.request(1, body)).outcome, Outcome::TooNew);
    // From 32 on a label may be skipped.
    let payload = [&[known[0] + 1], &known[1..], &[0x18, 0x63, 0xf5]].concat();
    let skipped = SignedGrant::parse(&cose(&manager, &payload, &world.config.intercom)).unwrap();
    assert_eq!(world.put(&manager, &[&skipped]), [PutVerdict::Stored]);
    assert_eq!(world.opened, []);
}

fn cose(manager: &Phone, payload: &[u8], intercom: &[u8; 32]) -> Vec<u8> {
    use phonein_protocol::cbor::Writer;
    let mut protected = Writer::default();
    protected.map(2).u(1).int(-7).u(4).bytes(manager.kid().as_bytes());
    let protected = protected.into_bytes();
    let mut text = Writer::default();
    text.array(4).text("Signature1").bytes(&protected).bytes(intercom).bytes(payload);
    let signature = manager.key.sign(&text.into_bytes());
    let mut cose = Writer::default();
    cose.array(4).bytes(&protected).map(0).bytes(payload).bytes(&signature);
    cose.into_bytes()
}

#[test]
fn a_fake_intercom() {
    let (mut world, _, mut guest, signed) = World::with_guest(grant(1));
    let request = guest.open(Some(signed.grant().key), ENTRANCE);
    // It has the same HELLO to offer, but not the static key: it can read nothing and answer nothing.
    let mut fake = World::new(9);
    let hello = fake.hello();
    let sealed = world.seal_with(&hello, &guest, &request, 0);
    assert_eq!(fake.deliver(&sealed.req, 1), Err(TransportError::Malformed));
    let plain = Answer::from(Outcome::Opened { door: ENTRANCE, seconds: 5 }).to_bytes();
    assert_eq!(sealed.awaiting.open(&plain).unwrap_err(), PhoneError::Unreadable);
    // What another phone was answered is no answer to this one either.
    let ours = world.seal(&guest, &request);
    let theirs = world.seal(&guest, &guest.clone().request(0, Body::Status));
    let res = world.deliver(&theirs.req, 1).unwrap();
    assert_eq!(ours.awaiting.open(&res).unwrap_err(), PhoneError::Unreadable);
    // Nor does a frame say who asks.
    let kid = guest.kid();
    let again = world.seal(&guest, &request);
    assert!(!again.req.windows(8).any(|bytes| bytes == kid.as_bytes()));
}

#[test]
fn a_forged_link_naming_a_known_intercom() {
    let (mut world, _, _, signed) = World::with_guest(grant(1));
    let forger = Phone::new(66);
    let mut victim = Phone::new(103);
    let new = forger.sign(grant(8), &world.config.intercom);
    let answer = world.claim(&mut victim, &new, &secret(8), Some(ENTRANCE));
    assert_eq!(answer.outcome, Outcome::UnknownKey);
    // Over a key that exists, with a secret of the forger's.
    let over = with_terms(next(signed.grant()), |terms| terms.commitment = commitment(8));
    let over = forger.sign(over, &world.config.intercom);
    let answer = world.claim(&mut victim, &over, &secret(8), Some(ENTRANCE));
    assert_eq!(answer.outcome, Outcome::LinkExpired);
    assert_eq!(world.opened, []);
}

#[test]
fn a_grant_that_only_says_to_be_a_managers() {
    let (mut world, manager, _, signed) = World::with_guest(grant(1));
    let forger = Phone::new(66);
    let forged = |grant: Grant| {
        let text = SignedGrant::text(&grant, manager.kid(), &World::new(1).config.intercom);
        SignedGrant::new(grant, manager.kid(), forger.key.sign(&text))
    };
    let mut victim = Phone::new(103);
    let new = forged(grant(8));
    let answer = world.claim(&mut victim, &new, &secret(8), Some(ENTRANCE));
    assert_eq!((answer.outcome, answer.holds), (Outcome::UnknownKey, Some(false)));
    let over = forged(with_terms(next(signed.grant()), |terms| terms.commitment = commitment(8)));
    let answer = world.claim(&mut victim, &over, &secret(8), Some(ENTRANCE));
    assert_eq!((answer.outcome, answer.holds), (Outcome::LinkExpired, Some(false)));
    assert_eq!(world.opened, []);
}

#[test]
fn a_relay_that_drops_delays_repeats_and_reorders() {
    let single = with_terms(grant(1), |terms| terms.uses = Some(2));
    let (mut world, _, mut guest, signed) = World::with_guest(single);
    let key = Some(signed.grant().key);
    let first = guest.open(key, ENTRANCE);
    let second = guest.open(key, ENTRANCE);
    // Three frames of the first tap, two of the second; the network picks the order.
    let frames: Vec<_> =
        [&first, &second, &first, &second, &first].iter().map(|request| world.seal(&guest, request)).collect();
    let mut outcomes = Vec::new();
    for sealed in frames {
        let res = world.deliver(&sealed.req, 1).unwrap();
        world.deliver(&sealed.req, 1).unwrap_err();
        outcomes.push(parse(sealed, &res).outcome);
    }
    let opened = Outcome::Opened { door: ENTRANCE, seconds: 5 };
    let used = Outcome::NumberUsed { last: second.number };
    assert_eq!(outcomes, [opened, opened, used, opened, used]);
    assert_eq!(world.opened.len(), 2);
    let again = guest.open(key, ENTRANCE);
    assert_eq!(world.ask(&guest, &again).outcome, Outcome::UsedUp);
}

#[test]
fn both_transports_at_once() {
    let single = with_terms(grant(1), |terms| terms.uses = Some(1));
    let (mut world, _, mut guest, signed) = World::with_guest(single);
    let request = guest.open(Some(signed.grant().key), ENTRANCE);
    let (over_http, over_bluetooth) = (world.seal(&guest, &request), world.seal(&guest, &request));
    for sealed in [over_http, over_bluetooth] {
        let res = world.deliver(&sealed.req, 1).unwrap();
        assert_eq!(parse(sealed, &res).outcome, Outcome::Opened { door: ENTRANCE, seconds: 5 });
    }
    assert_eq!(world.opened, [ENTRANCE]);
    // One use opens each door once.
    let inner = guest.open(Some(signed.grant().key), Door::Inner);
    assert_eq!(world.ask(&guest, &inner).outcome, Outcome::Opened { door: Door::Inner, seconds: 5 });
    let inner = guest.open(Some(signed.grant().key), Door::Inner);
    assert_eq!(world.ask(&guest, &inner).outcome, Outcome::UsedUp);
}

#[test]
fn a_clock_set_back_and_one_set_years_ahead() {
    let window = with_terms(grant(1), |terms| terms.rule = Rule::between(NOW - 100, NOW + 100).unwrap());
    let (mut world, manager, mut guest, signed) = World::with_guest(window);
    let key = Some(signed.grant().key);
    world.pass(200_000);
    // A manager's phone with a wrong clock moves nothing.
    for wrong in [NOW - 86_400, NOW + 5 * 365 * 86_400] {
        let answer = world.ask(&manager, &manager.request(0, Body::Put { grants: vec![], now: wrong, zone: None }));
        assert_eq!(answer.clock_differs, Some(NOW + 200));
    }
    assert_eq!(world.open(&mut guest, key, ENTRANCE).outcome, Outcome::Expired);
    // A guest's phone sets no time, nor does a restart give the old one back.
    let put = guest.request(0, Body::Put { grants: vec![], now: NOW, zone: None });
    assert_eq!(world.ask(&guest, &put).outcome, Outcome::NotAManager);
    world.intercom.tick(&world.moment()).unwrap();
    world.power_cut();
    assert_eq!(world.intercom.judgement().clock().time(&world.moment()), None);
    assert_eq!(world.open(&mut guest, key, ENTRANCE).outcome, Outcome::Expired);
    // Forced ahead and back, by a person: logged, and the floor goes with it.
    for time in [NOW + 5 * 365 * 86_400, NOW] {
        let revision = world.intercom.judgement().state().revision;
        let write = Ok(SettingsWrite { clock: Some(time), ..SettingsWrite::default() });
        world.ask(&manager, &manager.request(0, Body::WriteSettings { revision, write }));
        let last = Entry::parse(world.log(&manager).last().unwrap()).unwrap();
        assert_eq!((last.event, last.kid), (Event::ClockSet { time }, Some(manager.kid())));
        assert_eq!(world.intercom.judgement().state().floor, time);
    }
    assert!(matches!(world.open(&mut guest, key, ENTRANCE).outcome, Outcome::Opened { .. }));
}

#[test]
fn without_a_time_only_unlimited_keys_open() {
    let timed = with_terms(grant(1), |terms| terms.rule = Rule::between(NOW, NEVER).unwrap());
    let (mut world, manager, mut guest, signed) = World::with_guest(timed);
    let unlimited = manager.sign(grant(2), &world.config.intercom);
    world.put(&manager, &[&unlimited]);
    world.power_cut();
    assert_eq!(world.open(&mut guest, Some(signed.grant().key), ENTRANCE).outcome, Outcome::TimeUnknown);
    let answer = world.claim(&mut guest, &unlimited, &secret(2), Some(ENTRANCE));
    assert!(matches!(answer.outcome, Outcome::Opened { .. }));
}

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
    for source in 0..2_000 {
        let request = stranger.request(source + 1, Body::Open { key: None, door: 0, held: 0 });
        let sealed = world.seal(&stranger, &request);
        let res = world.deliver(&sealed.req, source).unwrap();
        assert_eq!(parse(sealed, &res).outcome, Outcome::UnknownKey);
    }
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
fn a_full_log() {
    let (mut world, manager, mut guest, signed) = World::with_guest(grant(1));
    let inner = Some(signed.grant().key);
    for _ in 0..300 {
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
    for _ in 0..2_200 {
        let request = guest.open(inner, ENTRANCE);
        world.ask(&guest, &request);
    }
    let kept = world.intercom.judgement().store().entries_after(0, 10_000).unwrap();
    assert!((2_000..2_200).contains(&kept.len()), "{}", kept.len());
    let oldest = Entry::parse(&kept[0]).unwrap();
    let before = Head { number: oldest.number - 1, hash: oldest.before };
    assert_eq!(continue_chain(before, &kept).unwrap().0, world.intercom.judgement().state().head);
}

#[test]
fn pairing_after_pairing() {
    let (mut world, manager) = World::paired();
    let stranger = Phone::new(66);
    assert_eq!(world.pair(&stranger).outcome, Outcome::AlreadyPaired);
    world.ask(&manager, &manager.request(0, Body::Status));
    assert_eq!(world.pair(&manager).outcome, Outcome::AlreadyPaired);
    // The button lets one in, for ten minutes.
    let moment = world.moment();
    world.intercom.press_button(&moment);
    world.pass(600_000);
    assert_eq!(world.pair(&stranger).outcome, Outcome::AlreadyPaired);
    let moment = world.moment();
    world.intercom.press_button(&moment);
    assert_eq!(world.pair(&stranger).outcome, Outcome::Done);
    assert_eq!(world.pair(&Phone::new(67)).outcome, Outcome::AlreadyPaired);
    let paired: Vec<_> = world.log(&manager).iter().filter_map(|entry| paired_name(entry)).collect();
    assert_eq!(paired, ["Phone 101", "Phone 66"]);
}

fn paired_name(entry: &[u8]) -> Option<String> {
    match Entry::parse(entry).unwrap().event {
        Event::Paired { name } => Some(name),
        _ => None,
    }
}

#[test]
fn a_pairing_whose_answer_was_lost() {
    let (mut world, manager) = World::paired();
    let head = world.intercom.judgement().state().head;
    world.power_cut();
    let again = world.pair(&manager);
    assert_eq!((again.outcome, again.manager), (Outcome::Done, true));
    assert!(matches!(again.detail, Detail::Paired { intercom, .. } if intercom == world.config.intercom));
    assert_eq!(world.pair(&Phone::new(66)).outcome, Outcome::AlreadyPaired);
    assert_eq!(world.intercom.judgement().state().head.number, head.number + 1, "only the restart is new");
}

#[test]
fn brute_force_of_the_uuid() {
    let mut world = World::default();
    let guesser = Phone::new(66);
    let guess = |world: &mut World, source, uuid| {
        let hello = world.hello();
        let sealed = pairing_with(&hello, &guesser, [uuid; 16]);
        world.deliver(&sealed, source).map(|_| ())
    };
    for uuid in 0..20 {
        assert_eq!(guess(&mut world, 7, uuid), Err(TransportError::Malformed));
    }
    assert_eq!(guess(&mut world, 7, UUID[0]), Err(TransportError::TryLater));
    // Never shut for everyone: the owner stands elsewhere.
    assert_eq!(world.pair(&Phone::new(101)).outcome, Outcome::Done);
}

fn pairing_with(hello: &Hello, phone: &Phone, uuid: [u8; 16]) -> Vec<u8> {
    use phonein_protocol::session::{PairingSecret, phone as ends};
    let pairing = PairingSecret::of(&uuid);
    let signer: PublicKey = phone.key.public();
    let body = phone.request(0, Body::Pair { key: signer, name: "G".into(), zone: None, now: NOW }).to_bytes();
    let request = ends::Request { signer: &signer, age: 0, body: &body };
    let pending = ends::begin(hello, ends::Peer::Unpaired(&pairing), zeroize::Zeroizing::new([uuid[0]; 32]), request);
    let pending = pending.unwrap();
    let signature = phone.key.sign(pending.text_to_sign());
    pending.seal(&signature).unwrap().0
}

#[test]
fn a_use_spent_across_a_crash() {
    let single = with_terms(grant(1), |terms| terms.uses = Some(1));
    let (mut world, manager, mut guest, signed) = World::with_guest(single);
    let key = Some(signed.grant().key);
    let request = guest.open(key, ENTRANCE);
    let sealed = world.seal(&guest, &request);
    let arrival = world.arrival(1);
    let reply = world.intercom.request(&sealed.req, &arrival).unwrap();
    assert!(matches!(reply, phonein_protocol::intercom::Reply::Open { .. }));
    // The power fails before anybody can know whether the relay moved.
    world.power_cut();
    assert_eq!(world.ask(&guest, &request).outcome, Outcome::Interrupted);
    let status = world.ask(&guest, &guest.clone().request(0, Body::Status));
    assert_eq!(status.detail, Detail::Status { number: request.number, outcome: Some(Outcome::Interrupted) });
    assert_eq!(world.open(&mut guest, key, ENTRANCE).outcome, Outcome::UsedUp);
    assert_eq!(world.opened, []);
    let log = world.log(&manager);
    let events: Vec<_> = log.iter().rev().take(4).map(|entry| Entry::parse(entry).unwrap().event).collect();
    assert_eq!(events, [Event::Refused(5), Event::Interrupted, Event::Restarted, Event::Opened]);
    // The manager gives it back.
    let more = manager.sign(with_terms(next(signed.grant()), |terms| terms.uses = Some(2)), &world.config.intercom);
    world.put(&manager, &[&more]);
    assert!(matches!(world.open(&mut guest, key, ENTRANCE).outcome, Outcome::Opened { .. }));
}

#[test]
fn a_relay_that_cannot_be_moved_costs_nothing() {
    let single = with_terms(grant(1), |terms| terms.uses = Some(1));
    let (mut world, manager, mut guest, signed) = World::with_guest(single);
    let key = Some(signed.grant().key);
    world.relay_works = false;
    let request = guest.open(key, ENTRANCE);
    assert_eq!(world.ask(&guest, &request).outcome, Outcome::DoorFault);
    world.power_cut();
    assert_eq!(world.ask(&guest, &request).outcome, Outcome::DoorFault);
    world.relay_works = true;
    assert!(matches!(world.open(&mut guest, key, ENTRANCE).outcome, Outcome::Opened { .. }));
    let log = world.log(&manager);
    let events: Vec<_> = log.iter().rev().take(4).map(|entry| Entry::parse(entry).unwrap().event).collect();
    assert_eq!(events, [Event::Opened, Event::Restarted, Event::DoorFault, Event::Opened]);
}

#[test]
fn a_stranger_learns_nothing_of_keys_and_settings() {
    let (mut world, _, mut guest, signed) = World::with_guest(grant(1));
    let (key, stranger) = (signed.grant().key, Phone::new(66));
    let asks = [
        Body::Status,
        Body::ReadSettings,
        Body::Log { after: 0 },
        Body::Keys { after: 0 },
        Body::Managers(ManagersAsk::List),
        Body::Managers(ManagersAsk::Add(key)),
        Body::Put { grants: vec![], now: NOW, zone: None },
    ];
    for body in asks {
        let answer = world.ask(&stranger, &stranger.request(0, body.clone()));
        assert_eq!((answer.outcome, answer.detail), (Outcome::UnknownKey, Detail::Nothing));
        if !matches!(body, Body::Status) {
            let answer = world.ask(&guest, &guest.clone().request(0, body));
            assert_eq!((answer.outcome, answer.detail), (Outcome::NotAManager, Detail::Nothing));
        }
    }
    // Of a key it does not hold a known phone learns only that another has it, or that there is none.
    let answer = world.open(&mut guest, Some(KeyId::from_bytes([9; 8])), ENTRANCE);
    assert_eq!((answer.outcome, answer.stored), (Outcome::UnknownKey, None));
}

#[test]
fn a_body_under_a_good_signature_that_says_nonsense() {
    let (mut world, manager, guest, signed) = World::with_guest(grant(1));
    let body = |op: u8, rest: &[u8]| {
        [&[0x83 + u8::from(!rest.is_empty()), op, 0, 0x48], guest.kid().as_bytes().as_slice(), rest].concat()
    };
    let mut ask = |phone: &Phone, op: u8, bytes: &[u8]| {
        let hello = world.hello();
        let sealed = world.seal_body(&hello, phone, Op::Status, bytes, 0);
        let res = world.deliver(&sealed.req, 1)?;
        let _ = op;
        Ok::<_, TransportError>(parse(sealed, &res).outcome)
    };
    assert_eq!(ask(&guest, 23, &body(23, &[])), Ok(Outcome::TooNew));
    assert_eq!(ask(&guest, 1, &body(1, &[])), Ok(Outcome::Malformed));
    assert_eq!(ask(&guest, 3, &body(3, &[])), Ok(Outcome::NotAManager));
    assert_eq!(ask(&guest, 6, &body(6, &[0xf6])), Ok(Outcome::Done));
    // Pairing in a session, and what does not begin as a body does, are no requests at all.
    assert_eq!(ask(&guest, 0, &body(0, &[])), Err(TransportError::Malformed));
    assert_eq!(ask(&guest, 0, &[0x80]), Err(TransportError::Malformed));
    assert_eq!(ask(&guest, 0, &[0xff; 40]), Err(TransportError::Malformed));
    let _ = (manager, signed);
}
