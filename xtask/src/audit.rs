//! The dependencies against the database of security advisories.

use anyhow::Result;

use crate::{deny, run::run as run_command};

/// Fails on findings alone. Without the database nothing was checked, and that is what it says.
pub(crate) fn run() -> Result<()> {
    if let Err(error) = run_command(&mut deny::command(&["fetch", "db"])?) {
        println!("NOT AUDITED: the advisory database cannot be reached from here ({error:#})");
        return Ok(());
    }
    run_command(&mut deny::command(&["check", "--disable-fetch", "--hide-inclusion-graph", "advisories"])?)
}
