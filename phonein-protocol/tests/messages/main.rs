//! docs/vectors/messages.json: every message once, with the fields it was made from in words that can be read.
//!
//! `WRITE_VECTORS=1 cargo test -p phonein-protocol --test messages` writes the file, otherwise the file must be what this
//! program makes. Each message is read again here, and tests/python makes and reads all of them another way.
#![allow(clippy::unwrap_used, reason = "tests")]

mod answers;
mod bodies;
mod fields;
mod frames;
mod grants;
mod log;
mod read;
#[path = "../support/mod.rs"]
mod support;

use serde_json::{Value, json};
use std::{fs, path::PathBuf};

fn file() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs/vectors/messages.json")
}

fn all() -> Value {
    json!({
        "note": "Byte strings are hexadecimal. See README.md.",
        "phones": fields::phones(),
        "zone_tables": bodies::zone_tables(),
        "grants": grants::all(),
        "bodies": bodies::all(),
        "answers": answers::all(),
        "log": log::all(),
        "read": read::all(),
        "frames": frames::all(),
    })
}

#[test]
fn the_file_holds_what_this_program_makes() {
    let made = serde_json::to_string_pretty(&all()).unwrap() + "\n";
    if std::env::var_os("WRITE_VECTORS").is_some() {
        fs::write(file(), &made).unwrap();
    }
    let kept = fs::read_to_string(file()).unwrap();
    for (number, (kept, made)) in kept.lines().zip(made.lines()).enumerate() {
        assert_eq!(kept, made, "line {}", number + 1);
    }
    assert_eq!(kept.len(), made.len());
}
