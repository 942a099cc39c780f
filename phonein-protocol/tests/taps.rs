//! A tap is answered alike, however often and whenever it comes.

#![allow(clippy::unwrap_used, reason = "tests")]

mod support;

use phonein_protocol::{
    id::Door,
    intercom::{Reply, Store},
    log::{Entry, Event},
    message::Outcome,
};
use support::*;

const ENTRANCE: Door = Door::Entrance;

#[test]
fn a_claim_that_opened_is_answered_alike_after_its_link_was_replaced() {
    let (mut world, manager) = World::paired();
    let mut guest = Phone::new(102);
    let signed = manager.sign(grant(1), &world.config.intercom);
    let claim = guest.claim(&signed, &secret(1), Some(ENTRANCE));
    let opened = Outcome::Opened { door: ENTRANCE, seconds: 5 };
    assert_eq!(world.ask(&guest, &claim).outcome, opened);
    let renewed = with_terms(next(signed.grant()), |terms| terms.commitment = commitment(2));
    let renewed = manager.sign(renewed, &world.config.intercom);
    world.put(&manager, &[&renewed]);
    // The other transport's frame comes last.
    let answer = world.ask(&guest, &claim);
    assert_eq!((answer.outcome, answer.holds, answer.stored), (opened, Some(false), None));
    assert_eq!(world.opened, [ENTRANCE]);
    let again = world.claim(&mut guest, &signed, &secret(1), Some(ENTRANCE));
    assert_eq!((again.outcome, again.holds), (Outcome::LinkExpired, None));
}

#[test]
fn an_opening_that_the_relay_never_answered_is_interrupted() {
    let (mut world, _, mut guest, signed) = World::with_guest(grant(1));
    let open = guest.open(Some(signed.grant().key), ENTRANCE);
    let req = world.seal(&guest, &open).req;
    let arrival = world.arrival(1);
    assert!(matches!(world.intercom.request(&req, &arrival).unwrap(), Reply::Open { .. }));
    // The program went on without a word of the relay: whether it moved is not known.
    assert_eq!(world.ask(&guest, &open).outcome, Outcome::Interrupted);
    world.power_cut();
    assert_eq!(world.ask(&guest, &open).outcome, Outcome::Interrupted);
    let entries = world.intercom.judgement().store().entries_after(0, 100).unwrap();
    let interrupted = |bytes: &&Vec<u8>| Entry::parse(bytes).unwrap().event == Event::Interrupted;
    assert_eq!(entries.iter().filter(interrupted).count(), 1);
    assert_eq!(world.opened, []);
}
