//! Home and KEYS of a wallet that holds much.

use crate::goals::{self, Goal};
use crate::large;
use crate::people::{pair, phone};
use crate::program::Program;
use crate::sample::Samples;
use crate::size::give_key;
use crate::table::Table;
use anyhow::{Context, Result, ensure};
use phonein_core::api::Phonein;
use rusqlite::Connection;
use rusqlite::config::DbConfig;
use std::path::{Path, PathBuf};
use std::time::Instant;

const ROUNDS: usize = 200;
/// Home is read so often in a row: whether a thread slept deeply before one call made either side three times the other.
const IN_A_ROW: u32 = 20;
const FEW: usize = 1_000;
const MANY: usize = 100_000;
/// Rows of activity for each key of a manager.
const ROWS: usize = 10;

/// Wallets on disk. The intercom of all of them is gone, so that nobody has anything to tell them.
pub(crate) struct Wallets {
    /// A manager's with one key.
    pub(crate) new: PathBuf,
    /// A manager's with 1,000 keys and ten times as many rows of activity.
    pub(crate) few: PathBuf,
    /// The same with 100,000.
    pub(crate) many: PathBuf,
    /// A guest's with 1,000 keys.
    held: PathBuf,
}

impl Wallets {
    pub(crate) async fn make(directory: &Path) -> Result<Self> {
        let [new, few, many, held] = ["new", "few", "many", "held"].map(|name| directory.join(name));
        let program = Program::start(&directory.join("listed"), None).await?;
        let anna = phone(&new).await?;
        let place = pair(&anna, &program.code(&program.url())).await?;
        let peter = phone(&held).await?;
        give_key(&anna, &place, &peter).await?;
        anna.sync().await?;
        drop((anna, peter, program));
        for (wallet, keys) in [(&few, FEW), (&many, MANY)] {
            copy(&new, wallet)?;
            fill(wallet, keys)?;
            large::live(wallet, keys * ROWS)?;
        }
        fill(&held, FEW)?;
        Ok(Self { new, few, many, held })
    }
}

/// Home with many keys against its rows read bare.
pub(crate) async fn measure(wallets: &Wallets, table: &mut Table) -> Result<()> {
    let (few, held) = (&wallets.few, &wallets.held);
    let (few_keys, held_keys) = (phone(few).await?, phone(held).await?);
    home(&goals::HOME_GUEST, &held_keys, held, table).await?;
    home(&goals::HOME_MANAGER, &few_keys, few, table).await
}

async fn home(goal: &Goal, core: &Phonein, directory: &Path, table: &mut Table) -> Result<()> {
    let mut bare = Connection::open(directory.join("wallet.db"))?;
    // As the core's: its statements are compiled once.
    bare.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    let (mut ours, mut theirs) = (Samples::default(), Samples::default());
    let mut rows = 0;
    for _ in 0..ROUNDS {
        let began = Instant::now();
        for _ in 0..IN_A_ROW {
            let home = core.home().await?;
            ensure!(home.intercoms.len() == 1, "one intercom was to show");
        }
        ours.add(began.elapsed() / IN_A_ROW);
        let began = Instant::now();
        for _ in 0..IN_A_ROW {
            // On another thread, as nothing may read the disk on the caller's.
            (bare, rows) = tokio::task::spawn_blocking(move || home_rows(&bare).map(|rows| (bare, rows))).await??;
        }
        theirs.add(began.elapsed() / IN_A_ROW);
    }
    table.row(goal, ours.us(), (&format!("its {rows} rows, bare rusqlite"), theirs.us()));
    Ok(())
}

/// Copies a wallet nobody has open.
fn copy(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to)?;
    let into = to.join("wallet.db").to_string_lossy().into_owned();
    Connection::open(from.join("wallet.db"))?.execute("VACUUM INTO ?1", [into])?;
    Ok(())
}

/// Copies the wallet's only key until there are so many.
fn fill(directory: &Path, keys: usize) -> Result<()> {
    let mut wallet = Connection::open(directory.join("wallet.db"))?;
    let others: Vec<String> = {
        let mut columns = wallet.prepare("SELECT name FROM pragma_table_info('key')")?;
        let names = columns.query_map([], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?;
        names.into_iter().filter(|name| !matches!(&**name, "id" | "key_id" | "name")).collect()
    };
    let others = others.join(", ");
    let only: i64 = wallet.query_row("SELECT id FROM key", [], |row| row.get(0)).context("one key")?;
    let transaction = wallet.transaction()?;
    transaction.execute(
        &format!(
            "WITH RECURSIVE number (n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM number WHERE n < ?1)
             INSERT INTO key (key_id, name, {others})
             SELECT randomblob(8), 'Guest ' || n, {others} FROM number, key WHERE key.id = ?2"
        ),
        (i64::try_from(keys)?, only),
    )?;
    Ok(transaction.commit()?)
}

/// Reads every row that Home reads, column by column, and does nothing with it; how many.
fn home_rows(wallet: &Connection) -> Result<usize> {
    let mut rows = read(wallet, "SELECT place, set_aside FROM phone", &[])?;
    rows += read(wallet, "SELECT * FROM intercom ORDER BY last_used_ms DESC", &[])?;
    let mut only = wallet.prepare_cached("SELECT id, is_manager FROM intercom")?;
    let (id, is_manager): (i64, bool) = only.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    if !is_manager {
        let button = "SELECT * FROM key WHERE intercom = ?1 AND held <> 0 AND held IN (1, 2)
            ORDER BY last_used_ms DESC, id DESC LIMIT 1";
        rows += read(wallet, button, &[&id])?;
        let claiming = "SELECT * FROM key WHERE intercom = ?1 AND claim_secret IS NOT NULL AND held = 1";
        rows += read(wallet, claiming, &[&id])?;
    }
    rows += read(wallet, "SELECT * FROM tap WHERE intercom = ?1", &[&id])?;
    if is_manager {
        rows += read(wallet, "SELECT count(*) FROM key WHERE intercom = ?1 AND queued IS NOT NULL", &[&id])?;
        rows += read(wallet, "SELECT * FROM note WHERE intercom = ?1", &[&id])?;
    }
    Ok(rows)
}

fn read(wallet: &Connection, sql: &str, params: &[&dyn rusqlite::ToSql]) -> Result<usize> {
    let mut statement = wallet.prepare_cached(sql)?;
    let columns = statement.column_count();
    let mut rows = statement.query(params)?;
    let mut count = 0;
    while let Some(row) = rows.next()? {
        for column in 0..columns {
            std::hint::black_box(row.get::<_, rusqlite::types::Value>(column)?);
        }
        count += 1;
    }
    Ok(count)
}
