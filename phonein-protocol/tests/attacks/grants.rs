//! Grants that are old, forged, or by nobody who may.

use crate::{support::*, *};
use phonein_protocol::{
    grant::{Grant, SignedGrant},
    intercom::store::{Key, Store},
    message::{Body, Detail, ManagersAsk, Outcome, PutVerdict},
    rule::Rule,
};

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
    let added = world.ask(&anna, &anna.request(0, Body::Managers(ManagersAsk::Add { key, holder: guest.kid() })));
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
    world.ask(&anna, &anna.request(0, Body::Managers(ManagersAsk::Add { key, holder: bela.kid() })));
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
    assert_eq!((answer.outcome, answer.holds), (Outcome::UnknownKey, None));
    let over = forged(with_terms(next(signed.grant()), |terms| terms.commitment = commitment(8)));
    let answer = world.claim(&mut victim, &over, &secret(8), Some(ENTRANCE));
    assert_eq!((answer.outcome, answer.holds), (Outcome::LinkExpired, None));
    assert_eq!(world.opened, []);
}

#[test]
fn a_key_that_changes_hands_while_its_holder_is_made_a_manager() {
    let (mut world, anna, friend, first) = World::with_guest(grant(1));
    let key = first.grant().key;
    // Another manager re-issues the key, and somebody else accepts it, before Anna's word is there.
    let renewed = with_terms(next(first.grant()), |terms| terms.commitment = commitment(7));
    let renewed = anna.sign(renewed, &world.config.intercom);
    let mut other = Phone::new(103);
    assert_eq!(world.claim(&mut other, &renewed, &secret(7), None).holds, Some(true));
    let add = |world: &mut World, holder| {
        world.ask(&anna, &anna.request(0, Body::Managers(ManagersAsk::Add { key, holder }))).outcome
    };
    assert_eq!(add(&mut world, friend.kid()), Outcome::Taken);
    assert!(!world.ask(&other, &other.request(0, Body::Status)).manager);
    assert_eq!(add(&mut world, other.kid()), Outcome::Done);
}

#[test]
fn managers_are_read_to_the_last() {
    let (mut world, anna) = World::paired();
    let mut kids = vec![anna.kid()];
    for n in 1..60 {
        let mut phone = Phone::new(n);
        let signed = anna.sign(grant(n), &world.config.intercom);
        world.claim(&mut phone, &signed, &secret(n), None);
        let add = ManagersAsk::Add { key: signed.grant().key, holder: phone.kid() };
        world.ask(&anna, &anna.request(0, Body::Managers(add)));
        kids.push(phone.kid());
    }
    let mut read = Vec::new();
    loop {
        let page = ManagersAsk::Page { after: read.last().copied() };
        match world.ask(&anna, &anna.request(0, Body::Managers(page))).detail {
            Detail::Managers { items, more } => {
                read.extend(items.into_iter().map(|item| item.kid));
                if !more {
                    break;
                }
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(read, kids);
}
