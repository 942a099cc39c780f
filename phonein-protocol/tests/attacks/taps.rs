//! A tap opens once, whatever becomes of its frames and of the power.

use crate::{support::*, *};
use phonein_protocol::{
    id::Door,
    log::{Entry, Event},
    message::{Body, Detail, Outcome, Request},
};

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
fn a_phone_is_remembered_for_ninety_days_after_its_last_key() {
    const DAY_MS: u64 = 86_400_000;
    let (mut world, manager, mut guest, signed) = World::with_guest(grant(1));
    world.open(&mut guest, Some(signed.grant().key), ENTRANCE);
    let deleted = manager.sign(deletion(signed.grant()), &world.config.intercom);
    world.put(&manager, &[&deleted]);
    world.pass(DAY_MS);
    world.intercom.tick(&world.moment()).unwrap();
    // As long as it is remembered, its last tap is answered as it was.
    let old = Request { number: guest.number, ..guest.clone().open(Some(signed.grant().key), ENTRANCE) };
    for (days, outcome) in [(89, Outcome::Opened { door: ENTRANCE, seconds: 5 }), (2, Outcome::UnknownKey)] {
        world.pass(days * DAY_MS);
        world.intercom.tick(&world.moment()).unwrap();
        assert_eq!(world.ask(&guest, &old).outcome, outcome, "{days} days later");
    }
    assert_eq!(world.opened, [ENTRANCE]);
}
