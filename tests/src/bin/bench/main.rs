//! Measures what the product promises of speed and memory, and the limit of each figure, in one run
//! (docs/performance.md). Nothing fails by being slow: the table says what is over.

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

fn main() -> Result<()> {
    let mut words = env::args_os().skip(1);
    let directory = PathBuf::from(words.next().context("the first argument is a directory on the disk to measure")?);
    if words.next().is_some_and(|word| word == REFERENCE) {
        return reference::serve(&directory);
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(measure(&tempfile::tempdir_in(&directory)?))
}

async fn measure(directory: &tempfile::TempDir) -> Result<()> {
    let directory = directory.path();
    let mut table = Table::default();
    // First, while this process itself is small.
    hello::measure(directory, &mut table).await?;
    let sizes = size::measure(directory, &mut table).await?;
    open::measure(directory, sizes, &mut table).await?;
    lists::measure(directory, &mut table).await?;
    table.print();
    Ok(())
}
