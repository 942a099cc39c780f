//! The person at the device.

use crate::{
    device::Device,
    phone::{Phone, now},
};
use phonein_protocol::{
    message::{Body, Outcome},
    rule::Rule,
};
use std::{
    fs,
    io::{BufRead, BufReader, Write},
    os::unix::{fs::PermissionsExt, net::UnixStream},
};

#[test]
fn the_button_lets_one_more_manager_in() {
    let device = Device::new(&[]);
    let intercom = device.start();
    Phone::paired(&intercom);
    assert_eq!(device.status()["pairing_open"], false);
    let mut second = Phone::new(&intercom);
    assert_eq!(second.pair(&intercom).outcome, Outcome::AlreadyPaired);

    let shown = device.tell(&["open-pairing"]);
    assert!(String::from_utf8(shown.stdout).unwrap().contains(&intercom.uuid));
    assert_eq!(device.status()["pairing_open"], true);
    assert_eq!(second.pair(&intercom).outcome, Outcome::Done);
    let status = device.status();
    assert_eq!((&status["managers"], &status["pairing_open"]), (&2.into(), &false.into()));
}

#[test]
fn the_status_tells_doors_address_and_clock() {
    let device = Device::new(&["--inner-door", "--url", "https://door.example"]);
    let intercom = device.start();
    let mut resident = Phone::new(&intercom);
    assert_eq!(device.status()["clock"]["time"], serde_json::Value::Null);
    resident.pair(&intercom);
    resident.open(None, 0);
    let status = device.status();
    assert_eq!(status["uuid"], intercom.uuid);
    assert_eq!(status["urls"][0], "https://door.example");
    assert_eq!(status["doors"][0]["door"], "entrance");
    assert!((1..=5).contains(&status["doors"][0]["seconds_left"].as_u64().unwrap()));
    assert_eq!(status["doors"][1]["seconds_left"], 0);
    assert_eq!(status["clock"]["trust"], "managers");
    assert!(status["clock"]["time"].as_i64().unwrap() - now() < 60);
    assert_eq!(status["clock"]["error"], 1);

    let text = String::from_utf8(device.tell(&["status"]).stdout).unwrap();
    assert!(text.contains("Door     entrance, open for"), "{text}");
    assert!(text.contains("Door     inner door, shut\n"), "{text}");
}

#[test]
fn without_its_bluetooth_adapter_an_intercom_says_so_and_goes_on_with_http() {
    let device = Device::new(&["--ble", "hci99"]);
    let intercom = device.start();
    let trouble = loop {
        if let Some(trouble) = device.status()["bluetooth"]["trouble"].as_str() {
            break trouble.to_owned();
        }
    };
    let mut resident = Phone::paired(&intercom);
    assert!(matches!(resident.open(None, 0).outcome, Outcome::Opened { .. }));
    let text = String::from_utf8(device.tell(&["status"]).stdout).unwrap();
    assert!(text.contains(&format!("BLE      off: {trouble}\n")), "{text}");
    let logged = intercom.stop_and_read_log();
    assert_eq!(logged.matches("Bluetooth does not work").count(), 1, "{logged}");
}

#[test]
fn an_intercom_without_network_does_not_listen() {
    let device = Device::new(&["--no-http", "--ble", "hci99", "--url", "https://door.example"]);
    let _intercom = device.start();
    let status = device.status();
    assert_eq!(status["http"], serde_json::Value::Null);
    assert_eq!(status["urls"][0], "https://door.example");
}

#[test]
fn a_given_clock_opens_and_shuts_a_window() {
    let device = Device::new(&["--clock", "given"]);
    let intercom = device.start();
    let start = now() + 86_400;
    assert!(device.tell(&["clock", &now().to_string()]).status.success());
    let mut resident = Phone::paired(&intercom);
    let link = resident.make_key(Rule::between(start, start + 3_600).unwrap(), None);
    let mut guest = Phone::knowing(&intercom, link.intercom);
    guest.claim(&link, None);
    assert_eq!(guest.open(Some(link.id), 0).outcome, Outcome::NotYet { opens: start });
    assert!(device.tell(&["clock", "+87000"]).status.success());
    assert!(matches!(guest.open(Some(link.id), 0).outcome, Outcome::Opened { .. }));
    assert!(device.tell(&["clock", "+3600"]).status.success());
    assert_eq!(guest.open(Some(link.id), 0).outcome, Outcome::Expired);
}

#[test]
fn a_clock_that_was_not_started_for_it_is_not_given() {
    let device = Device::new(&[]);
    let _intercom = device.start();
    let refused = device.tell(&["clock", "now"]);
    assert!(!refused.status.success());
    assert!(String::from_utf8(refused.stderr).unwrap().contains("--clock given"));
}

#[test]
fn only_its_own_user_may_speak_to_it_and_nonsense_is_refused() {
    let device = Device::new(&[]);
    let _intercom = device.start();
    let path = device.data().join("control.sock");
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let mut speaker = BufReader::new(UnixStream::connect(&path).unwrap());
    for nonsense in ["{}\n", "\n", "{\"ask\":\"log\",\"after\":-1}\n", "\u{fffd}\n"] {
        speaker.get_mut().write_all(nonsense.as_bytes()).unwrap();
        let mut line = String::new();
        speaker.read_line(&mut line).unwrap();
        assert_eq!(line, "{\"refused\":{\"why\":\"not understood\"}}\n");
    }
}

#[test]
fn a_command_without_a_running_program_says_so() {
    let device = Device::new(&[]);
    let told = device.tell(&["status"]);
    assert!(!told.status.success());
    assert!(String::from_utf8(told.stderr).unwrap().contains("no phonein-intercom runs"));
}

#[test]
fn a_second_program_in_the_same_directory_does_not_start() {
    let device = Device::new(&[]);
    let intercom = device.start();
    assert!(device.fails_to_start().contains("another phonein-intercom uses this directory"));
    Phone::paired(&intercom);
    assert_eq!(device.status()["managers"], 1);
}

#[test]
fn a_damaged_store_does_not_start_and_is_left_alone() {
    let device = Device::new(&[]);
    device.start().stop();
    let path = device.data().join("intercom.sqlite");
    fs::write(&path, b"not a database, though it was one once").unwrap();
    assert!(device.fails_to_start().contains("damaged"));
    assert_eq!(fs::read(&path).unwrap(), b"not a database, though it was one once");
}

#[test]
fn an_entry_changed_on_the_disk_is_found_out() {
    let device = Device::new(&[]);
    device.start().stop();
    device.start().stop();
    let database = rusqlite::Connection::open(device.data().join("intercom.sqlite")).unwrap();
    // The first entry says "interrupted" where it said "restarted": still an entry, but not the one the next names.
    let interrupted = "UPDATE entry SET bytes = unhex(replace(hex(bytes), 'F6064040', 'F6074040')) WHERE number = 1";
    assert_eq!(database.execute(interrupted, []).unwrap(), 1);
    drop(database);
    let _intercom = device.start();
    let told = device.tell(&["log"]);
    assert!(!told.status.success());
    assert!(String::from_utf8(told.stderr).unwrap().contains("the log is broken after entry 1"));
}

#[test]
fn nobody_can_be_told_from_what_the_program_logs() {
    let device = Device::new(&[]);
    let intercom = device.start();
    let mut resident = Phone::paired(&intercom);
    let link = resident.make_key(Rule::Always, None);
    let mut guest = Phone::knowing(&intercom, link.intercom);
    guest.claim(&link, Some(0));
    resident.ask(Body::Log { after: 0 });
    let uuid = intercom.uuid.clone();
    let said = intercom.stop_and_read_log();
    for kind in ["paired", "key changed", "key accepted", "opened"] {
        assert!(said.contains(kind), "{said}");
    }
    let kid = hex::encode(guest.kid().as_bytes());
    for secret in ["Rosa", "Bo", &uuid, &kid, &hex::encode(link.id.as_bytes()), &hex::encode(link.secret.0)] {
        assert!(!said.contains(secret), "{secret} in {said}");
    }
}
