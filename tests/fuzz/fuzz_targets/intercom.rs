//! A story of phones whose keys are known, told by the fuzzer: pairing, grants, links, taps, frames that come twice, late or
//! damaged, power cuts. After each step stands what must hold whatever happened.
#![no_main]

mod story;
#[path = "../../../phonein-protocol/tests/support/mod.rs"]
mod support;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|steps: Vec<story::Step>| {
    let mut story = story::Story::begin();
    for step in steps.into_iter().take(64) {
        story.tell(step);
        story.check();
    }
});
