//! Frames over Bluetooth LE, with this phone as the central (docs/protocol.md, section 8).
//!
//! From the outside in: a [`BluetoothTransport`] is the way to one intercom and keeps one link to it; a search finds a
//! device by the service it advertises, and the hint beside it says which to try first; a connection carries messages
//! in fragments and ends its link when it is dropped. All ways share the air: one radio, one scan. Below is a `Radio`,
//! which is the system's Bluetooth, or one in memory for tests.

mod air;
mod book;
mod choice;
mod connection;
mod radio;
mod recent;
mod search;
#[cfg(test)]
pub(crate) mod simulated;
mod system;
#[cfg(test)]
mod tests;
mod way;

pub(crate) use air::Air;
pub(crate) use system::SystemRadio;
pub use way::BluetoothTransport;
