//! The documentation of our crates.

use anyhow::Result;

use crate::run::{cargo, run as run_command};

/// A link that leads nowhere is an error.
pub(crate) fn run() -> Result<()> {
    let doc = ["doc", "--locked", "--workspace", "--no-deps", "--document-private-items"];
    run_command(cargo(&doc).env("RUSTDOCFLAGS", "-D warnings"))
}
