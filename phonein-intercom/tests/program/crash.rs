//! Relays that do not move, power that goes, and a log that nobody takes.

use crate::{device::Device, phone::Phone};
use phonein_protocol::{id::Door, message::Outcome, rule::Rule};
use std::fs;

const OPENED: Outcome = Outcome::Opened { door: Door::Entrance, seconds: 1 };

#[test]
fn power_that_goes_while_a_door_opens_leaves_the_use_spent_and_tells_so() {
    // Whoever moves this relay cuts the power.
    let device = Device::new(&["--seconds", "1"]);
    let intercom = device.start_with(&["--on-entrance", "sh -c 'kill -9 $PPID'"]);
    let mut resident = Phone::paired(&intercom);
    let link = resident.make_key(Rule::Always, Some(1));
    let mut guest = Phone::knowing(&intercom, link.intercom);
    guest.claim(&link, None);
    let request = guest.request(phonein_protocol::message::Body::Open { key: Some(link.id), door: 0, held: 0 });
    let (req, _) = guest.seal(&request, None);
    guest.client.send(&crate::client::post("/v1/request", &req));
    assert!(!intercom.wait().success());

    let intercom = device.start();
    guest.reconnect(&intercom);
    resident.reconnect(&intercom);
    assert_eq!(guest.last_tap(), (guest.number(), Some(Outcome::Interrupted)));
    assert_eq!(guest.open(Some(link.id), 0).outcome, Outcome::UsedUp);
    assert!(device.log().contains("interrupted"));
    assert_eq!(resident.open(None, 0).outcome, OPENED);
}

#[test]
fn a_relay_that_does_not_move_is_a_door_fault_and_costs_no_use() {
    let device = Device::new(&["--seconds", "1"]);
    let intercom = device.start_with(&["--on-entrance", "/nowhere/to/be/found"]);
    let mut resident = Phone::paired(&intercom);
    let link = resident.make_key(Rule::Always, Some(1));
    let mut guest = Phone::knowing(&intercom, link.intercom);
    guest.claim(&link, None);
    assert_eq!(guest.open(Some(link.id), 0).outcome, Outcome::DoorFault);
    assert_eq!(guest.last_tap().1, Some(Outcome::DoorFault));
    intercom.stop();

    let intercom = device.start();
    guest.reconnect(&intercom);
    assert_eq!(guest.last_tap().1, Some(Outcome::DoorFault));
    assert_eq!(guest.open(Some(link.id), 0).outcome, OPENED);
}

#[test]
fn the_relays_command_runs_for_its_door_and_ends_before_the_program() {
    let device = Device::new(&["--inner-door", "--seconds", "1"]);
    let told = device.file("told");
    let script = format!("echo $PHONEIN_DOOR >> {0}; sleep $PHONEIN_SECONDS; echo shut >> {0}", told.display());
    let intercom = device.start_with(&["--on-inner", &format!("sh -c '{script}'")]);
    let mut resident = Phone::paired(&intercom);
    assert_eq!(resident.open(None, 1).outcome, Outcome::Opened { door: Door::Inner, seconds: 1 });
    intercom.stop();
    assert_eq!(fs::read_to_string(told).unwrap(), "inner door\nshut\n");
}

#[test]
fn what_was_confirmed_outlives_the_power() {
    let device = Device::new(&["--seconds", "1"]);
    let intercom = device.start();
    let mut resident = Phone::paired(&intercom);
    let link = resident.make_key(Rule::Always, None);
    let mut guest = Phone::knowing(&intercom, link.intercom);
    guest.claim(&link, None);
    intercom.cut();

    let intercom = device.start();
    guest.reconnect(&intercom);
    assert_eq!(guest.last_tap(), (guest.number(), Some(Outcome::Done)));
    assert_eq!(guest.open(Some(link.id), 0).outcome, OPENED);
    // Whoever is judged next comes after the writing of that answer.
    assert_eq!(device.status()["doors"][0]["door"], "entrance");
    intercom.cut();

    let intercom = device.start();
    guest.reconnect(&intercom);
    assert_eq!(guest.last_tap(), (guest.number(), Some(OPENED)));
}

#[test]
fn a_log_that_cannot_be_written_stops_no_door_and_costs_no_use() {
    let device = Device::new(&["--seconds", "1"]);
    let intercom = device.start_unheard();
    let mut resident = Phone::paired(&intercom);
    let link = resident.make_key(Rule::Always, Some(2));
    let mut guest = Phone::knowing(&intercom, link.intercom);
    guest.claim(&link, None);
    assert_eq!(guest.open(Some(link.id), 0).outcome, OPENED);
    assert!(intercom.stop_quietly().success());

    let mut intercom = device.start();
    intercom.close_outputs();
    guest.reconnect(&intercom);
    resident.reconnect(&intercom);
    assert_eq!(guest.last_tap().1, Some(OPENED));
    assert_eq!(guest.open(Some(link.id), 0).outcome, OPENED);
    assert_eq!(guest.open(Some(link.id), 0).outcome, Outcome::UsedUp);
    assert_eq!(resident.open(None, 0).outcome, OPENED);
    assert!(intercom.stop_quietly().success());
}
