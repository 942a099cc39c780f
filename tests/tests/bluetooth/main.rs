//! What only a real Bluetooth stack can show. `cargo xtask lab` runs it, one test at a time, in a guest with BlueZ and three
//! virtual adapters: hci0 for the intercom, hci1 for the phone, hci2 for a second phone or a false intercom.
#![allow(clippy::unwrap_used)]

mod adapters;
mod guest;
mod pins;
