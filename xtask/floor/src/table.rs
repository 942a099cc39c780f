//! A table on disk, and the time as text.

use crate::{Entry, FloorError};
use chrono::{DateTime, FixedOffset, SecondsFormat};
use rusqlite::{Connection, OpenFlags, params};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

pub(crate) struct Table(Mutex<Connection>);

impl Table {
    pub(crate) fn open(file: &str) -> Result<Self, FloorError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        let connection = Connection::open_with_flags(file, flags)?;
        connection.busy_timeout(Duration::from_secs(5))?;
        connection.execute_batch(
            "PRAGMA journal_mode = WAL;
             CREATE TABLE IF NOT EXISTS entry (name TEXT NOT NULL, at INTEGER NOT NULL, bytes BLOB) STRICT;",
        )?;
        Ok(Self(Mutex::new(connection)))
    }

    pub(crate) fn keep(&self, entry: &Entry) -> Result<(), FloorError> {
        let mut connection = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let transaction = connection.transaction()?;
        transaction.prepare_cached("INSERT INTO entry VALUES (?1, ?2, ?3)")?.execute(params![
            entry.name,
            entry.at,
            entry.bytes
        ])?;
        Ok(transaction.commit()?)
    }

    pub(crate) fn entries(&self) -> Result<Vec<Entry>, FloorError> {
        let connection = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut statement = connection.prepare_cached("SELECT name, at, bytes FROM entry ORDER BY at DESC LIMIT 50")?;
        let entries =
            statement.query_map([], |row| Ok(Entry { name: row.get(0)?, at: row.get(1)?, bytes: row.get(2)? }))?;
        Ok(entries.collect::<Result<_, _>>()?)
    }
}

impl From<rusqlite::Error> for FloorError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Disk { reason: error.to_string() }
    }
}

/// Now, an hour east of Greenwich.
pub(crate) fn now() -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let instant = i64::try_from(now.as_secs()).ok().and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    let offset = FixedOffset::east_opt(3_600);
    let local = instant.zip(offset).map(|(instant, offset)| instant.with_timezone(&offset));
    local.map_or_else(String::new, |local| local.to_rfc3339_opts(SecondsFormat::Secs, false))
}
