//! The intercom's disk: `SQLite`, written before the relay moves.

mod rows;
mod schema;
#[cfg(test)]
mod tests;

pub(crate) use schema::{Opened, open, reset};

use phonein_protocol::{
    id::{KeyId, Kid},
    intercom::{
        Store,
        store::{Change, Key, KeyRecord, Manager, Phone, State},
    },
};
use rusqlite::{Connection, ErrorCode, Params, Row, TransactionBehavior, params};
use std::{io, path::PathBuf};

/// Why the disk did not read or write.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StoreError {
    #[error("the database: {0}")]
    Sqlite(rusqlite::Error),
    #[error("the database is damaged ({0}); nothing was changed. Restore a copy, or move its files away to begin anew")]
    Damaged(&'static str),
    #[error("the database was written by a newer phonein-intercom; nothing was changed")]
    Newer,
    #[error("others may write to the data directory; to mend that: chmod go-w {}", .0.display())]
    OthersWrite(PathBuf),
    #[error("another phonein-intercom uses this directory")]
    InUse,
    #[error("a number is too large for the database")]
    TooLarge,
    #[error("the data directory: {0}")]
    Directory(#[from] io::Error),
    #[error("no randomness: {0}")]
    Random(#[from] getrandom::Error),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::InUse,
            Some(ErrorCode::NotADatabase) => Self::Damaged("the file is no database"),
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged("pages do not fit together"),
            _ => Self::Sqlite(error),
        }
    }
}

/// The store on disk.
#[derive(Debug)]
pub(crate) struct SqliteStore {
    connection: Connection,
}

/// Every read there is, so that a test sees the plan of each.
mod read {
    pub(super) const STATE: &str = "SELECT revision, inner_door, zone, changes, head_number, head_hash, floor,
        unfinished_kid, unfinished_key, unfinished_door, unfinished_via FROM state WHERE one = 1";
    pub(super) const MANAGER: &str = "SELECT kid, key, name, is_new FROM manager WHERE kid = ?1";
    pub(super) const MANAGERS: &str = "SELECT kid, key, name, is_new FROM manager ORDER BY place";
    pub(super) const PHONE: &str =
        "SELECT kid, key, tap_number, tap_hash, tap_outcome, idle_since FROM phone WHERE kid = ?1";
    pub(super) const IDLE_PHONES: &str = "SELECT kid, key, tap_number, tap_hash, tap_outcome, idle_since FROM phone
        WHERE NOT EXISTS (SELECT 1 FROM manager WHERE manager.kid = phone.kid)
        AND NOT EXISTS (SELECT 1 FROM access_key WHERE holder_kid = phone.kid) ORDER BY kid";
    pub(super) const KEY: &str = "SELECT change, id, signed, holder_kid, holder_name, used_entrance, used_inner
        FROM access_key WHERE id = ?1";
    pub(super) const KEYS_AFTER: &str = "SELECT change, id, signed, holder_kid, holder_name, used_entrance, used_inner
        FROM access_key WHERE change > ?1 ORDER BY change, id LIMIT ?2";
    pub(super) const ENTRIES_AFTER: &str = "SELECT bytes FROM entry WHERE number > ?1 ORDER BY number LIMIT ?2";
}

impl SqliteStore {
    fn all<T, P: Params>(
        &self,
        sql: &str,
        params: P,
        read: fn(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        statement.query_and_then(params, read)?.collect()
    }

    fn one<T, P: Params>(
        &self,
        sql: &str,
        params: P,
        read: fn(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        statement.query_and_then(params, read)?.next().transpose()
    }
}

impl Store for SqliteStore {
    type Error = StoreError;

    fn state(&self) -> Result<State, StoreError> {
        self.one(read::STATE, [], rows::state)?.ok_or(StoreError::Damaged("its state is gone"))
    }

    fn manager(&self, kid: Kid) -> Result<Option<Manager>, StoreError> {
        Ok(self.one(read::MANAGER, [kid.as_bytes()], rows::manager)?.map(|(_, manager)| manager))
    }

    fn managers(&self) -> Result<Vec<(Kid, Manager)>, StoreError> {
        self.all(read::MANAGERS, [], rows::manager)
    }

    fn phone(&self, kid: Kid) -> Result<Option<Phone>, StoreError> {
        Ok(self.one(read::PHONE, [kid.as_bytes()], rows::phone)?.map(|(_, phone)| phone))
    }

    fn idle_phones(&self) -> Result<Vec<(Kid, Phone)>, StoreError> {
        self.all(read::IDLE_PHONES, [], rows::phone)
    }

    fn key(&self, key: KeyId) -> Result<Option<Key>, StoreError> {
        Ok(self.one(read::KEY, [key.as_bytes()], rows::key)?.map(|(_, _, key)| key))
    }

    fn keys_after(&self, change: u64, limit: usize) -> Result<Vec<(u64, KeyId, Key)>, StoreError> {
        self.all(read::KEYS_AFTER, [at_most(change), at_most(limit)], rows::key)
    }

    fn entries_after(&self, number: u64, limit: usize) -> Result<Vec<Vec<u8>>, StoreError> {
        self.all(read::ENTRIES_AFTER, [at_most(number), at_most(limit)], |row| Ok(row.get(0)?))
    }

    fn commit(&mut self, changes: &[Change]) -> Result<(), StoreError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        changes.iter().try_for_each(|change| apply(&transaction, change))?;
        Ok(transaction.commit()?)
    }
}

fn apply(connection: &Connection, change: &Change) -> Result<(), StoreError> {
    let run = |sql: &str, params: &[&dyn rusqlite::ToSql]| connection.prepare_cached(sql)?.execute(params);
    match change {
        Change::State(state) => {
            let unfinished = state.unfinished.as_ref();
            run(
                "INSERT OR REPLACE INTO state (one, revision, inner_door, zone, changes, head_number, head_hash, floor,
                unfinished_kid, unfinished_key, unfinished_door, unfinished_via)
                VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
                params![
                    exact(state.revision)?,
                    state.inner_door,
                    state.zone.as_ref().map(phonein_protocol::zone::ZoneTable::to_bytes),
                    exact(state.changes)?,
                    exact(state.head.number)?,
                    state.head.hash,
                    state.floor,
                    unfinished.map(|unfinished| *unfinished.kid.as_bytes()),
                    unfinished.and_then(|unfinished| unfinished.key).map(|key| *key.as_bytes()),
                    unfinished.map(|unfinished| at_most(unfinished.door.number())),
                    unfinished.map(|unfinished| unfinished.via as i64),
                ],
            )
        }
        Change::Manager(kid, Manager { key, name, is_new }) => run(
            "INSERT INTO manager (kid, key, name, is_new) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT (kid) DO UPDATE SET key = excluded.key, name = excluded.name, is_new = excluded.is_new",
            params![kid.as_bytes(), key.as_bytes(), name, is_new],
        ),
        Change::ManagerRemoved(kid) => run("DELETE FROM manager WHERE kid = ?1", params![kid.as_bytes()]),
        Change::Phone(kid, Phone { key, last, idle_since }) => run(
            "INSERT OR REPLACE INTO phone (kid, key, tap_number, tap_hash, tap_outcome, idle_since)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                kid.as_bytes(),
                key.as_bytes(),
                last.map(|tap| exact(tap.number)).transpose()?,
                last.map(|tap| tap.hash),
                last.and_then(|tap| tap.outcome).map(phonein_protocol::message::Outcome::to_bytes),
                idle_since,
            ],
        ),
        Change::PhoneForgotten(kid) => run("DELETE FROM phone WHERE kid = ?1", params![kid.as_bytes()]),
        Change::Key { id, change, key } => {
            let record = match key {
                Key::Known(record) => Some(record),
                Key::Deleted => None,
            };
            let holder = record.and_then(|record| record.holder.as_ref());
            let [entrance, inner] = record.map_or([0; 2], |KeyRecord { used, .. }| *used);
            run(
                "INSERT INTO access_key (id, change, signed, holder_kid, holder_name, used_entrance, used_inner)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                ON CONFLICT (id) DO UPDATE SET change = excluded.change, signed = excluded.signed,
                holder_kid = excluded.holder_kid, holder_name = excluded.holder_name,
                used_entrance = excluded.used_entrance, used_inner = excluded.used_inner",
                params![
                    id.as_bytes(),
                    exact(*change)?,
                    record.map(|record| record.grant.bytes()),
                    holder.map(|holder| *holder.kid.as_bytes()),
                    holder.map(|holder| &holder.name),
                    exact(entrance)?,
                    exact(inner)?,
                ],
            )
        }
        Change::Entry { number, bytes } => {
            run("INSERT OR REPLACE INTO entry (number, bytes) VALUES (?1, ?2)", params![exact(*number)?, bytes])
        }
        Change::EntriesBefore(number) => run("DELETE FROM entry WHERE number < ?1", params![at_most(*number)]),
    }?;
    Ok(())
}

/// A bound or cursor: what is beyond the database's numbers is as good as its last one.
fn at_most(number: impl TryInto<i64>) -> i64 {
    number.try_into().unwrap_or(i64::MAX)
}

/// A number to keep.
fn exact(number: u64) -> Result<i64, StoreError> {
    i64::try_from(number).map_err(|_| StoreError::TooLarge)
}
