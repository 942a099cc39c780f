//! Measures what the product promises of speed and memory, and the limit of each figure, in one run
//! (docs/performance.md). Nothing fails by being slow: the table says what is over.

mod bluetooth;
mod goals;
mod hello;
mod idle;
mod large;
mod lists;
mod load;
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
/// The word that makes it one who floods an intercom.
const FLOOD: &str = "be-the-flood";
/// The words that make it a core, or what a core is built on, that has nothing to do.
const IDLE: [&str; 2] = ["be-idle", "be-bare"];
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
    if let Some(kind) = IDLE.iter().position(|word| has(word)) {
        return idle::stay(&directory, kind == 0);
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    if has(FLOOD) {
        return runtime.block_on(load::flood::go_on());
    }
    let directory = tempfile::tempdir_in(&directory)?;
    if has(BLUETOOTH) {
        let mut table = Table::default();
        runtime.block_on(bluetooth::measure(directory.path(), &mut table))?;
        return table.has_all_of(BLUETOOTH);
    }
    runtime.block_on(measure(&directory, |part| words.is_empty() || has(part)))
}

/// Measures the parts that are wanted.
async fn measure(directory: &tempfile::TempDir, wants: impl Fn(&str) -> bool) -> Result<()> {
    let directory = directory.path();
    let mut table = Table::default();
    // First, while this process itself is small.
    if wants("memory") {
        hello::measure(directory, &mut table).await?;
        table.has_all_of("memory")?;
    }
    if wants("opening") {
        let sizes = size::measure(directory, &mut table).await?;
        open::measure(directory, sizes, &mut table).await?;
        table.has_all_of("opening")?;
    }
    if wants("lists") || wants("idle") {
        let wallets = lists::Wallets::make(directory).await?;
        if wants("lists") {
            lists::measure(&wallets, &mut table).await?;
            large::measure(&wallets, &mut table).await?;
            table.has_all_of("lists")?;
        }
        if wants("idle") {
            idle::measure(&wallets, &mut table)?;
            table.has_all_of("idle")?;
        }
    }
    if wants("load") {
        load::measure(directory, &mut table).await?;
        table.has_all_of("load")?;
    }
    Ok(())
}
