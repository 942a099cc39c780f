//! Clocks that are wrong or not there.

use crate::{support::*, *};
use phonein_protocol::{
    log::{Entry, Event},
    message::{Body, Outcome, SettingsWrite},
    rule::Rule,
};

#[test]
fn a_clock_set_back_and_one_set_years_ahead() {
    let window = with_terms(grant(1), |terms| terms.rule = Rule::between(NOW - 100, NOW + 100).unwrap());
    let (mut world, manager, mut guest, signed) = World::with_guest(window);
    let key = Some(signed.grant().key);
    world.pass(4_000_000);
    // A manager's phone with a wrong clock moves nothing.
    for wrong in [NOW - 86_400, NOW + 5 * 365 * 86_400] {
        let answer = world.ask(&manager, &manager.request(0, Body::Put { grants: vec![], now: wrong, zone: None }));
        assert_eq!(answer.clock_differs, Some(NOW + 4_000));
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
fn a_clock_walked_back_a_minute_at_a_time() {
    let window = with_terms(grant(1), |terms| terms.rule = Rule::between(NOW - 100, NOW + 100).unwrap());
    let (mut world, manager, mut guest, signed) = World::with_guest(window);
    world.pass(600_000);
    for _ in 0..100 {
        let now = world.intercom.judgement().clock().time(&world.moment()).unwrap() - 60;
        world.ask(&manager, &manager.request(0, Body::Put { grants: vec![], now, zone: None }));
    }
    let time = world.intercom.judgement().clock().time(&world.moment()).unwrap();
    assert!((NOW + 600 - 61..NOW + 600).contains(&time), "{}", time - NOW);
    assert_eq!(world.open(&mut guest, Some(signed.grant().key), ENTRANCE).outcome, Outcome::Expired);
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
fn a_clock_set_back_after_a_restart() {
    let window = with_terms(grant(1), |terms| terms.rule = Rule::between(NOW - 100, NOW + 100).unwrap());
    let (mut world, manager, mut guest, signed) = World::with_guest(window);
    let key = Some(signed.grant().key);
    world.pass(10_000_000);
    world.intercom.tick(&world.moment()).unwrap();
    world.power_cut();
    // A manager's phone whose clock is back does not bring the key back, until a person says that this is the time.
    let put = manager.request(0, Body::Put { grants: vec![], now: NOW, zone: None });
    let answer = world.ask(&manager, &put);
    assert_eq!((answer.time, answer.clock_differs), (None, Some(NOW + 10_000)));
    assert_eq!(world.open(&mut guest, key, ENTRANCE).outcome, Outcome::Expired);
    let put = manager.request(0, Body::Put { grants: vec![], now: NOW + 10_500, zone: None });
    assert_eq!(world.ask(&manager, &put).clock_differs, None);
    assert_eq!(world.open(&mut guest, key, ENTRANCE).outcome, Outcome::Expired);
    // That time has passed now, though no hour has since it was set.
    world.power_cut();
    let put = manager.request(0, Body::Put { grants: vec![], now: NOW + 10_200, zone: None });
    assert_eq!(world.ask(&manager, &put).clock_differs, Some(NOW + 10_500));
}
