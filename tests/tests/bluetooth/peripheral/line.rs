//! An opening that arrives by Bluetooth and leaves by a GPIO line: no network at either end.

use std::{fs, time::Duration};

use gpiocdev::{Request, line::Value};
use phonein_protocol::message::Outcome;
use tokio::time::{Instant, sleep};

use super::{
    central::Central,
    device::Device,
    phone::{MTU, Resident},
};
use crate::guest;

const LINE: [&str; 4] = ["--entrance-gpio", "gpiochip0:3", "--seconds", "3"];

/// What the kernel knows of the entrance's line, if the intercom holds it.
fn entrance() -> Option<bool> {
    let told = fs::read_to_string("/sys/kernel/debug/gpio").unwrap();
    let line = told.lines().find(|line| line.contains("phonein entrance"))?;
    Some(line.contains("out hi"))
}

#[tokio::test]
async fn the_line_is_active_for_the_doors_seconds_and_let_go_of_when_the_power_is_cut() {
    guest::here().await;
    let device = Device::start_with(&LINE).await;
    assert_eq!(entrance(), Some(false));
    let mut phone = Resident::enter(&Central::on("hci1").await, &device).await;
    assert_eq!(entrance(), Some(false));
    phone.opens().await;
    let opened = Instant::now();
    assert_eq!(entrance(), Some(true));
    while entrance() == Some(true) {
        sleep(Duration::from_millis(20)).await;
    }
    let active = opened.elapsed();
    assert!((Duration::from_secs(2)..Duration::from_secs(5)).contains(&active), "{active:?}");
    assert_eq!(entrance(), Some(false));
    phone.link.hang_up().await;
    device.cut();
    assert_eq!(entrance(), None);
}

#[tokio::test]
async fn a_line_that_another_holds_is_a_door_fault() {
    guest::here().await;
    let mut other = Request::builder();
    let other = other.on_chip("/dev/gpiochip0").with_line(3).as_output(Value::Inactive).request().unwrap();
    let device = Device::start_with(&LINE).await;
    let mut phone = Resident::enter(&Central::on("hci1").await, &device).await;
    let (pieces, tapped) = phone.tap(MTU);
    phone.link.write_all(&pieces).await.unwrap();
    assert_eq!(phone.outcome(tapped).await, Outcome::DoorFault);
    assert_eq!(other.value(3).unwrap(), Value::Inactive);
    assert!(device.log().contains("door fault"), "{}", device.log());
    phone.link.hang_up().await;
}
