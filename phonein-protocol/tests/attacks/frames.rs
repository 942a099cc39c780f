//! Frames replayed, late, changed, or by somebody else.

use crate::{support::*, *};
use phonein_protocol::{
    grant::SignedGrant,
    id::KeyId,
    intercom::store::{Change, Manager, Phone as StoredPhone, Store},
    message::{Answer, Body, Detail, ManagersAsk, Op, Outcome, PutVerdict},
    session::{TransportError, phone::PhoneError},
};

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
fn a_refusal_without_a_signature_is_not_given_twice() {
    // Two answers under one key and nonce would betray the key, and whoever knows that writes the third.
    let (mut world, _, _, signed) = World::with_guest(grant(1));
    let mut stranger = Phone::new(66);
    let unreadable =
        Body::Claim { grant: vec![0], secret: secret(1), key: stranger.key.public(), name: "G".into(), door: None };
    let requests = [
        stranger.open(Some(signed.grant().key), ENTRANCE),
        stranger.claim(&signed, &secret(9), None),
        stranger.clone().request(7, unreadable),
    ];
    for request in requests {
        let sealed = world.seal(&stranger, &request);
        world.deliver(&sealed.req, 1).unwrap();
        assert_eq!(world.deliver(&sealed.req, 1), Err(TransportError::Stale));
    }
    // Another REQ with that HELLO is another exchange.
    let hello = world.hello();
    let request = stranger.request(8, Body::Status);
    for _ in 0..2 {
        let sealed = world.seal_with(&hello, &stranger, &request, 0);
        world.deliver(&sealed.req, 1).unwrap();
    }
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
    assert_eq!((answer.outcome, answer.holds), (Outcome::UnknownKey, None));
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
fn a_stranger_learns_nothing_of_keys_and_settings() {
    let (mut world, _, mut guest, signed) = World::with_guest(grant(1));
    let (key, stranger) = (signed.grant().key, Phone::new(66));
    let asks = [
        Body::Status,
        Body::ReadSettings,
        Body::Log { after: 0 },
        Body::Keys { after: 0 },
        Body::Managers(ManagersAsk::Page { after: None }),
        Body::Managers(ManagersAsk::Add { key, holder: guest.kid() }),
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
