//! Every message anybody can send, read as everything it might be.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../../phonein-protocol/tests/support/readers.rs"]
mod readers;

fuzz_target!(|bytes: &[u8]| readers::read_all(bytes));
