//! What a person pastes or scans: a link somewhere in a text, the code of a device.
#![no_main]

use libfuzzer_sys::fuzz_target;
use phonein_core::share::{self, DeviceCode};

fuzz_target!(|text: &str| {
    if let Ok(link) = share::read(text) {
        assert_eq!(share::read(&link.to_text("phonein.example")), Ok(link));
    }
    if let Ok(code) = DeviceCode::read(text) {
        let again = DeviceCode::read(&code.to_text());
        assert!(again.is_ok_and(|again| again.uuid == code.uuid), "a code reads otherwise once it was written");
    }
});
