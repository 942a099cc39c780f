//! The story without a network, as people run it.

use std::process::Command;

use crate::guest;

#[tokio::test]
async fn every_step_of_the_demo_over_bluetooth_ends_as_it_should_and_no_secret_is_printed() {
    guest::here().await;
    let output = Command::new(env!("CARGO_BIN_EXE_demo")).arg("--ble").output().unwrap();
    let (told, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{told}\n{errors}");
    assert!(told.contains("7 steps, 0 failed"), "{told}");
    assert!(told.split("/k#").skip(1).all(|rest| rest.starts_with('…')), "{told}");
}
