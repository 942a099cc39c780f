//! A tap is answered alike, however often and whenever it comes.

#![allow(clippy::unwrap_used, reason = "tests")]

mod support;

use phonein_protocol::{id::Door, message::Outcome};
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
