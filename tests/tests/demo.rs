//! The demo checks each of its steps; here it is run as people run it.
#![allow(clippy::unwrap_used)]

use std::process::Command;

#[test]
fn every_step_of_the_demo_ends_as_it_should_and_no_secret_is_printed() {
    let output = Command::new(env!("CARGO_BIN_EXE_demo")).output().unwrap();
    let (told, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{told}\n{errors}");
    assert!(told.contains("18 steps, 0 failed"), "{told}");
    // A link is worth something from its # on, and colours are for people.
    assert!(told.split("/k#").skip(1).all(|rest| rest.starts_with('…')), "{told}");
    assert!(!told.contains('\x1b'));
}
