//! Measures what the product promises of speed and memory, and the limit of each figure, in one run
//! (docs/performance.md). Nothing fails by being slow: the table says what is over.

mod bluetooth;
mod hello;
mod lists;
mod open;
mod people;
mod program;
mod reference;
mod sample;
mod size;
mod table;

use anyhow::{Context, Result};
use std::env;
use std::path::PathBuf;
use table::Table;

/// The word that makes this program the other end of the reference.
const REFERENCE: &str = "be-the-reference";
/// The word with which it measures Bluetooth, in the guest (`cargo xtask bench`).
const BLUETOOTH: &str = "bluetooth";

fn main() -> Result<()> {
    let mut words = env::args_os().skip(1);
    let directory = PathBuf::from(words.next().context("the first argument is a directory on the disk to measure")?);
    let words: Vec<_> = words.collect();
    let has = |word: &str| words.iter().any(|other| other == word);
    if has(REFERENCE) {
        return reference::serve(&directory);
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let directory = tempfile::tempdir_in(&directory)?;
    if has(BLUETOOTH) {
        let mut table = Table::default();
        runtime.block_on(bluetooth::measure(directory.path(), &mut table))?;
        table.print();
        return Ok(());
    }
    runtime.block_on(measure(&directory, |part| words.is_empty() || has(part)))
}

/// Measures the parts that are wanted: `memory`, `opening`, `lists`.
async fn measure(directory: &tempfile::TempDir, wants: impl Fn(&str) -> bool) -> Result<()> {
    let directory = directory.path();
    let mut table = Table::default();
    // First, while this process itself is small.
    if wants("memory") {
        hello::measure(directory, &mut table).await?;
    }
    if wants("opening") {
        let sizes = size::measure(directory, &mut table).await?;
        open::measure(directory, sizes, &mut table).await?;
    }
    if wants("lists") {
        lists::measure(directory, &mut table).await?;
    }
    table.print();
    Ok(())
}
