//! A resident and a guest at a real intercom.

use crate::{
    device::Device,
    phone::{Phone, now},
};
use phonein_protocol::{
    id::Door,
    message::{Body, Detail, Outcome},
    rule::Rule,
};

const OPENED: Outcome = Outcome::Opened { door: Door::Entrance, seconds: 5 };

#[test]
fn a_resident_pairs_makes_a_key_and_a_guest_opens_with_it() {
    let device = Device::new(&["--inner-door"]);
    let intercom = device.start();
    let mut resident = Phone::paired(&intercom);
    let link = resident.make_key(Rule::Always, None);

    let mut guest = Phone::knowing(&intercom, link.intercom);
    let answer = guest.claim(&link, None);
    assert_eq!((answer.outcome, answer.holds), (Outcome::Done, Some(true)));
    assert_eq!(guest.open(Some(link.id), 0).outcome, OPENED);
    assert_eq!(guest.open(Some(link.id), 1).outcome, Outcome::Opened { door: Door::Inner, seconds: 5 });
    assert_eq!(guest.open(Some(link.id), 2).outcome, Outcome::NotThisDoor);
    assert_eq!(resident.open(None, 0).outcome, OPENED);

    let mut other = Phone::knowing(&intercom, link.intercom);
    assert_eq!(other.claim(&link, None).outcome, Outcome::Taken);
    let (status, printed) = intercom.stop();
    assert!(status.success());
    assert_eq!(printed.matches("The entrance opens for 5 s.").count(), 2);
    assert_eq!(printed.matches("The inner door opens for 5 s.").count(), 1);
}

#[test]
fn a_restart_keeps_identity_keys_uses_and_log() {
    let device = Device::new(&["--clock", "system"]);
    let intercom = device.start();
    let uuid = intercom.uuid.clone();
    let mut resident = Phone::paired(&intercom);
    let link = resident.make_key(Rule::between(now() - 60, now() + 3_600).unwrap(), Some(2));
    let mut guest = Phone::knowing(&intercom, link.intercom);
    assert_eq!(guest.claim(&link, Some(0)).outcome, OPENED);
    assert!(intercom.stop().0.success());

    let intercom = device.start();
    assert_eq!(intercom.uuid, uuid);
    guest.reconnect(&intercom);
    resident.reconnect(&intercom);
    assert_eq!(guest.last_tap(), (guest.number(), Some(OPENED)));
    assert_eq!(guest.open(Some(link.id), 0).outcome, OPENED);
    assert_eq!(guest.open(Some(link.id), 0).outcome, Outcome::UsedUp);
    assert_eq!(resident.open(None, 0).outcome, OPENED);

    let mut stranger = Phone::new(&intercom);
    assert_eq!(stranger.pair(&intercom).outcome, Outcome::AlreadyPaired);
    let log = device.log();
    assert_eq!(log.matches("opened").count(), 3, "{log}");
    assert_eq!(log.matches("restarted").count(), 2, "{log}");
    assert!(log.ends_with("is whole up to entry 9.\n"), "{log}");
}

#[test]
fn the_first_start_shows_the_code_where_that_is_wanted_and_a_later_one_does_not() {
    let device = Device::new(&["--url", "https://door.example/relay", "--print-code"]);
    let intercom = device.start();
    let uuid = intercom.uuid.clone();
    let (_, printed) = intercom.stop();
    assert!(printed.contains(&format!("UUID     {uuid}\nAddress  https://door.example/relay\n")), "{printed}");
    assert!(printed.contains('▀'));
    let (_, printed) = device.start().stop();
    assert_eq!(printed, "");
}

#[test]
fn the_code_goes_into_no_journal_and_status_shows_it_while_pairing_is_open() {
    let device = Device::new(&[]);
    let intercom = device.start();
    let status = || String::from_utf8(device.tell(&["status"]).stdout).unwrap();
    assert!(status().contains('▀'));
    Phone::paired(&intercom);
    assert!(!status().contains('▀'));
    assert!(device.tell(&["open-pairing"]).status.success());
    assert!(status().contains('▀'));
    assert_eq!(intercom.stop().1, "");
}

#[test]
fn a_reset_erases_everything_but_the_uuid() {
    let device = Device::new(&[]);
    let intercom = device.start();
    let mut resident = Phone::paired(&intercom);
    let old = resident.intercom;
    assert!(device.tell(&["reset"]).status.success());
    assert_eq!(device.status()["managers"], 0);
    let request = resident.request(Body::Status);
    let (req, _) = resident.seal(&request, None);
    assert_eq!(resident.client.post("/v1/request", &req).status, 400);
    let answer = resident.pair(&intercom);
    assert!(matches!(answer.detail, Detail::Paired { intercom, .. } if intercom != old));
}
