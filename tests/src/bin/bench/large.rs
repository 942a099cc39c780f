//! What a person does with a wallet of years: 100,000 keys and 1,000,000 rows of activity beside 1,000 and 10,000, and its
//! start beside that of a new resident's.

use crate::goals::{self, Goal};
use crate::lists::Wallets;
use crate::people::phone;
use crate::sample::Samples;
use crate::table::Table;
use anyhow::{Context, Result, ensure};
use phonein_core::api::{ActivityFilter, ActivityShow, KeyFilter, Phonein};
use phonein_protocol::id::{Door, KeyId, Kid};
use phonein_protocol::log::{Entry, Event, Via, hash};
use rusqlite::{Connection, params};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Starts of either wallet.
const STARTS: usize = 11;
const ROUNDS: usize = 200;
const SAVES: usize = 40;
/// Pages before a page far down.
const DEEP: usize = 20;
const PAGE: usize = 50;
/// Between two rows of activity, in seconds.
const STEP: i64 = 60;

/// Both wallets in turn, each thing by itself.
pub(crate) async fn measure(wallets: &Wallets, table: &mut Table) -> Result<()> {
    let (mut new, mut many) = (Samples::default(), Samples::default());
    for _ in 0..STARTS {
        for (wallet, samples) in [(&wallets.new, &mut new), (&wallets.many, &mut many)] {
            let began = Instant::now();
            let core = phone(wallet).await?;
            ensure!(core.home().await?.intercoms.len() == 1, "one intercom was to show");
            samples.add(began.elapsed());
        }
    }
    table.row(&goals::START, many.ms(), ("of a new resident", new.ms()));

    let cores = (phone(&wallets.few).await?, phone(&wallets.many).await?);
    in_turn(&goals::HOME_LARGE, &cores, ROUNDS, "among 1,000", table, async |core, _| {
        let began = Instant::now();
        core.home().await?;
        Ok(began.elapsed())
    })
    .await?;
    in_turn(&goals::KEYS, &cores, ROUNDS, "among 1,000", table, async |core, _| keys(core, "", None, PAGE).await)
        .await?;
    in_turn(&goals::KEYS_NEXT, &cores, ROUNDS, "among 1,000", table, async |core, _| {
        let first = core.keys(String::new(), KeyFilter::default(), None).await?;
        keys(core, "", first.next, PAGE).await
    })
    .await?;
    in_turn(&goals::SEARCH, &cores, ROUNDS, "among 1,000", table, async |core, is_many| {
        keys(core, if is_many { "77777" } else { "777" }, None, 1).await
    })
    .await?;
    in_turn(&goals::ACTIVITY, &cores, ROUNDS, "among 10,000", table, async |core, _| Ok(activity(core, None).await?.0))
        .await?;
    deep(&cores, table).await?;
    in_turn(&goals::SAVE, &cores, SAVES, "among 1,000", table, async |core, _| save(core).await).await?;

    let mut all = Samples::default();
    for _ in 0..ROUNDS / 4 {
        all.add(keys(&cores.1, "guest 77777", None, 1).await?);
    }
    table.note(&format!("a search for it with a word that all 100,000 keys have: {}", all.ms().text()));
    let size = std::fs::metadata(wallets.many.join("wallet.db"))?.len() / 1_000_000;
    table.note(&format!("that wallet's file: {size} MB"));
    Ok(())
}

/// Does something in either wallet, again and again; the larger one is ours.
async fn in_turn(
    goal: &Goal,
    (few, many): &(Arc<Phonein>, Arc<Phonein>),
    rounds: usize,
    limit: &str,
    table: &mut Table,
    mut deed: impl AsyncFnMut(&Arc<Phonein>, bool) -> Result<Duration>,
) -> Result<()> {
    let (mut ours, mut theirs) = (Samples::default(), Samples::default());
    for _ in 0..rounds {
        theirs.add(deed(few, false).await?);
        ours.add(deed(many, true).await?);
    }
    table.row(goal, ours.us(), (limit, theirs.us()));
    Ok(())
}

async fn keys(core: &Phonein, search: &str, after: Option<String>, expected: usize) -> Result<Duration> {
    let began = Instant::now();
    let page = core.keys(search.into(), KeyFilter::default(), after).await?;
    let took = began.elapsed();
    ensure!(page.keys.len() == expected, "{} keys, not {expected}", page.keys.len());
    Ok(took)
}

async fn activity(core: &Phonein, after: Option<String>) -> Result<(Duration, Option<String>)> {
    let began = Instant::now();
    let page = core.activity(ActivityFilter { intercom: None, show: ActivityShow::All }, after).await?;
    let took = began.elapsed();
    ensure!(page.entries.len() == PAGE, "{} entries, not a page", page.entries.len());
    Ok((took, page.next))
}

/// A page far down, reached as a person does.
async fn deep(cores: &(Arc<Phonein>, Arc<Phonein>), table: &mut Table) -> Result<()> {
    let mut places = Vec::new();
    for core in [&cores.0, &cores.1] {
        let mut place = None;
        for _ in 0..DEEP {
            place = activity(core, place).await?.1;
        }
        places.push(place.context("no further page")?);
    }
    in_turn(&goals::ACTIVITY_DEEP, cores, ROUNDS, "among 10,000", table, async |core, is_many| {
        Ok(activity(core, places.get(usize::from(is_many)).cloned()).await?.0)
    })
    .await
}

/// A key made and saved, until it is on disk.
async fn save(core: &Phonein) -> Result<Duration> {
    let place = core.intercoms().await?.first().context("no intercom")?.id.clone();
    let wizard = core.new_key(place).await?;
    wizard.set_name("One more");
    let began = Instant::now();
    wizard.save().await?;
    Ok(began.elapsed())
}

/// Puts so many openings and refusals by guests into a wallet nobody has open, as one transaction whose indexes are made
/// at its end.
pub(crate) fn live(directory: &Path, rows: usize) -> Result<()> {
    let mut wallet = Connection::open(directory.join("wallet.db"))?;
    wallet.pragma_update(None, "synchronous", "OFF")?;
    let transaction = wallet.transaction()?;
    let indexes: Vec<(String, String)> = {
        let sql = "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'activity' AND sql <> ''";
        let mut found = transaction.prepare(sql)?;
        found.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?
    };
    for (name, _) in &indexes {
        transaction.execute(&format!("DROP INDEX {name}"), [])?;
    }
    let keys: Vec<[u8; 8]> = {
        let mut found = transaction.prepare("SELECT key_id FROM key ORDER BY id")?;
        found.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?
    };
    let (intercom, read, mut before, at): (i64, i64, [u8; 32], i64) = transaction.query_row(
        "SELECT id, read_number, read_hash, (SELECT max(at) FROM activity) FROM intercom",
        [],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
    )?;
    let mut number = u64::try_from(read)?;
    {
        let mut insert = transaction.prepare(
            "INSERT INTO activity (intercom, at, class, number, entry, hash, door, via, key_id, kid)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, 1, ?7, ?8)",
        )?;
        for (row, key) in (0..rows).zip(keys.iter().cycle()) {
            number += 1;
            let at = at + STEP * i64::try_from(row)?;
            let is_refused = row % 5 == 0;
            let (event, class) = if is_refused { (Event::Refused(4), 1) } else { (Event::Opened, 0) };
            let (key, kid) = (Some(KeyId::from_bytes(*key)), Some(Kid::from_bytes(*key)));
            let (door, via) = (Some(Door::Entrance.number()), Some(Via::Http.number()));
            let entry = Entry { number, before, time: Some(at), event, kid, key, door, via }.to_bytes();
            before = hash(&entry);
            let key = keys.get(row % keys.len()).context("a key")?;
            insert.execute(params![intercom, at, class, i64::try_from(number)?, entry, before, key, key])?;
        }
    }
    for (_, sql) in &indexes {
        transaction.execute(sql, [])?;
    }
    let read = "UPDATE intercom SET read_number = ?1, read_hash = ?2, told_number = ?1, told_hash = ?2";
    transaction.execute(read, params![i64::try_from(number)?, before])?;
    transaction.commit()?;
    // As it would be after a rest: all of it in the file, and read once.
    Ok(wallet.execute_batch("PRAGMA wal_checkpoint(TRUNCATE);")?)
}
