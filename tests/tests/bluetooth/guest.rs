//! The guest these tests run in.

use std::{env, process::Command};

/// Every test begins with this: outside the guest it would prove nothing, so it fails there.
pub(crate) fn here() {
    assert!(env::var_os("PHONEIN_LAB").is_some(), "not in the Bluetooth guest: cargo xtask lab");
}

/// Starts bluetoothd again, which offers this MTU then, and waits until all adapters are back. What was asked of the old one,
/// like an advertisement, is gone.
pub(crate) fn start_bluetooth_again(mtu: u16) {
    let status = Command::new("/bin/bluetooth").arg(mtu.to_string()).status().unwrap();
    assert!(status.success(), "bluetoothd does not come back: {status}");
}
