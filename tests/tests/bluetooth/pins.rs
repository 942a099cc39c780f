//! The guest has pins of a kind: what moves a relay by the kernel's character device can be tried here.

use std::fs;

use gpiocdev::{Request, line::Value};

use crate::guest;

/// What the kernel knows of the pins that somebody holds.
fn held() -> Vec<String> {
    let told = fs::read_to_string("/sys/kernel/debug/gpio").unwrap();
    told.lines().filter(|line| line.contains('|')).map(|line| line.trim().to_owned()).collect()
}

#[tokio::test]
async fn a_pin_goes_high_and_low_and_nobody_holds_it_afterwards() {
    guest::here().await;
    let mut request = Request::builder();
    request.on_chip("/dev/gpiochip0").with_consumer("relay").with_line(3).as_output(Value::Inactive);
    let request = request.request().unwrap();
    for (value, word) in [(Value::Active, "hi"), (Value::Inactive, "lo")] {
        request.set_value(3, value).unwrap();
        assert_eq!(request.value(3).unwrap(), value);
        let [line] = &held()[..] else { panic!("{:?}", held()) };
        assert!(line.contains("|relay") && line.contains(&format!("out {word}")), "{line}");
    }
    drop(request);
    assert!(held().is_empty(), "{:?}", held());
}
