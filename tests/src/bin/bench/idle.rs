//! The memory of a core that has nothing to do, in a process of its own.

use crate::IDLE;
use crate::goals;
use crate::hello::kib;
use crate::lists::Wallets;
use crate::people::phone;
use crate::table::{Figure, Table};
use anyhow::{Context, Result, ensure};
use phonein_core::exchange::HttpClient;
use phonein_tests::process::memory_kib;
use rusqlite::Connection;
use std::env;
use std::io::{BufRead, BufReader, Read, stdin};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

/// Processes of each kind.
const ROUNDS: usize = 5;
/// Until what a start leaves to do is done.
const REST: Duration = Duration::from_millis(300);

/// A core that has shown Home beside what it is built on, and one with much beside one with little.
pub(crate) fn measure(wallets: &Wallets, table: &mut Table) -> Result<()> {
    let [core, bare] = IDLE;
    let (ours, theirs) = (memory(core, &wallets.new)?, memory(bare, &wallets.new)?);
    let of = "bare: runtime of two threads, two SQLite connections, HTTP client";
    table.row(&goals::IDLE, ours, (of, theirs));
    table.row(&goals::IDLE_LARGE, memory(core, &wallets.many)?, ("of a new resident", ours));
    Ok(())
}

/// The median of several processes.
fn memory(kind: &str, wallet: &Path) -> Result<Figure> {
    let mut found = Vec::new();
    for _ in 0..ROUNDS {
        let mut command = Command::new(env::current_exe()?);
        command.arg(wallet).arg(kind).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn()?;
        let mut ready = String::new();
        BufReader::new(child.stdout.take().context("no output")?).read_line(&mut ready)?;
        sleep(REST);
        found.push(memory_kib(child.id())?);
        drop(child.stdin.take());
        ensure!(child.wait()?.success(), "the idle process failed");
    }
    found.sort_by(f64::total_cmp);
    Ok(kib(found.get(ROUNDS / 2).copied().context("no process")?))
}

/// Stays until nobody listens any more.
pub(crate) fn stay(wallet: &Path, is_core: bool) -> Result<()> {
    let asks = tokio::runtime::Builder::new_current_thread().build()?;
    if is_core {
        let core = asks.block_on(async {
            let core = phone(wallet).await?;
            core.home().await?;
            anyhow::Ok(core)
        })?;
        told(&core)
    } else {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        let read = |()| -> Result<Connection> {
            let connection = Connection::open(wallet.join("wallet.db"))?;
            connection.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;")?;
            let _: i64 = connection.prepare_cached("SELECT count(*) FROM intercom")?.query_row([], |row| row.get(0))?;
            Ok(connection)
        };
        let connections = [(); 2].map(read).into_iter().collect::<Result<Vec<_>>>()?;
        told(&(runtime, connections, HttpClient::new()?))
    }
}

/// Says that all is there, and holds it.
fn told<T>(held: &T) -> Result<()> {
    println!("ready");
    stdin().read_to_end(&mut Vec::new())?;
    std::hint::black_box(held);
    Ok(())
}
