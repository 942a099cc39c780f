//! What only a real Bluetooth stack can show. `cargo xtask lab` runs it, one test at a time, in a guest with BlueZ and
//! virtual adapters: hci0 for the intercom, hci1 for Anna's phone, hci2 for Béla's, hci3 for a stranger or a false intercom.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod adapters;
mod ballast;
mod crowd;
mod demo;
mod fake;
mod guest;
mod impostor;
mod managing;
mod many;
mod missing;
mod peripheral;
mod pins;
mod race;
mod scene;
mod story;
mod strangers;
mod trouble;
