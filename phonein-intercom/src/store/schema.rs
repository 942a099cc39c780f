//! The database file: made, brought up to date, or refused.

use super::{SqliteStore, StoreError};
use crate::identity::{Identity, Uuid, new_private};
use phonein_protocol::session::KeyPair;
use rusqlite::{Connection, OpenFlags, TransactionBehavior, params};
use std::{
    fs::{self, OpenOptions},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
    path::Path,
    time::Duration,
};
use zeroize::Zeroizing;

/// The file in the data directory.
const FILE: &str = "intercom.sqlite";

/// Statements that are prepared once and kept: about as many as there are.
const STATEMENTS: usize = 32;
/// The newest version of the schema.
const NEWEST: u32 = 1;
/// Entry 0 makes version 1. Never edit one that was released.
const MIGRATIONS: [&str; NEWEST as usize] = [include_str!("v1.sql")];

/// A store that was opened, and whose it is.
#[derive(Debug)]
pub(crate) struct Opened {
    pub(crate) store: SqliteStore,
    pub(crate) identity: Identity,
    /// Whether this is the first start.
    pub(crate) is_new: bool,
}

/// Opens the store in `directory`, or makes one with a new identity, and counts this start.
///
/// A store that is newer, damaged or in use is refused and left as it is.
pub(crate) fn open(directory: &Path) -> Result<Opened, StoreError> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(directory)?;
    let path = directory.join(FILE);
    // SQLite gives the files beside it the mode of this one.
    let file = OpenOptions::new().create(true).truncate(false).read(true).write(true).mode(0o600).open(&path)?;
    file.set_permissions(fs::Permissions::from_mode(0o600))?;
    drop(file);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    prepare(Connection::open_with_flags(path, flags)?)
}

/// Prepares a connection that was just opened.
pub(super) fn prepare(mut connection: Connection) -> Result<Opened, StoreError> {
    connection.busy_timeout(Duration::ZERO)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    // Exclusive: nobody else reads or writes there, and a second intercom in the same directory is found out.
    connection.execute_batch(
        "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;",
    )?;
    let sound: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if sound != "ok" {
        return Err(StoreError::Damaged("the check of the file failed"));
    }
    let version: u32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let pending = MIGRATIONS.get(version as usize..).ok_or(StoreError::Newer)?;
    let is_new = version == 0;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for migration in pending {
        transaction.execute_batch(migration)?;
    }
    if is_new {
        let (uuid, private) = (Uuid::new()?, new_private()?);
        transaction.execute(
            "INSERT INTO identity (one, uuid, private, boot) VALUES (1, ?1, ?2, 0)",
            params![uuid.as_bytes(), *private],
        )?;
    }
    transaction.pragma_update(None, "user_version", NEWEST)?;
    transaction.execute("UPDATE identity SET boot = boot + 1", [])?;
    let identity = read_identity(&transaction)?;
    transaction.commit()?;
    Ok(Opened { store: SqliteStore { connection }, identity, is_new })
}

/// Factory reset: everything goes but the UUID, and the count of starts, so that no epoch key comes back.
pub(crate) fn reset(directory: &Path) -> Result<(), StoreError> {
    let mut connection = open(directory)?.store.connection;
    erase(&mut connection)?;
    // What was erased is in no file any more.
    connection.execute_batch("VACUUM; PRAGMA wal_checkpoint(TRUNCATE);")?;
    Ok(())
}

fn erase(connection: &mut Connection) -> Result<(), StoreError> {
    let private = new_private()?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.execute_batch(
        "DELETE FROM state; DELETE FROM manager; DELETE FROM phone; DELETE FROM access_key; DELETE FROM entry;",
    )?;
    transaction.execute("UPDATE identity SET private = ?1", params![*private])?;
    transaction.commit()?;
    Ok(())
}

fn read_identity(connection: &Connection) -> Result<Identity, StoreError> {
    let mut statement = connection.prepare("SELECT uuid, private, boot FROM identity")?;
    let mut rows = statement.query([])?;
    let row = rows.next()?.ok_or(StoreError::Damaged("it has no identity"))?;
    let boot: i64 = row.get(2)?;
    Ok(Identity {
        uuid: Uuid::from_bytes(row.get(0)?),
        keys: KeyPair::from_private(Zeroizing::new(row.get(1)?)),
        boot: u64::try_from(boot).map_err(|_| StoreError::Damaged("the count of starts"))?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use phonein_protocol::intercom::{Store, store::Change};

    #[test]
    fn a_first_start_makes_an_identity_and_a_second_one_finds_it() {
        let directory = tempfile::tempdir().unwrap();
        let first = open(directory.path()).unwrap();
        assert!(first.is_new);
        drop(first.store);
        let second = open(directory.path()).unwrap();
        assert!(!second.is_new);
        assert_eq!(first.identity.uuid, second.identity.uuid);
        assert_eq!(first.identity.keys, second.identity.keys);
        assert_eq!((first.identity.boot, second.identity.boot), (1, 2));
    }

    #[test]
    fn nobody_else_may_read_the_files() {
        let directory = tempfile::tempdir().unwrap();
        let inside = directory.path().join("new");
        let opened = open(&inside).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&inside), 0o700);
        for file in fs::read_dir(&inside).unwrap() {
            assert_eq!(mode(&file.unwrap().path()), 0o600);
        }
        drop(opened);
    }

    #[test]
    fn a_second_intercom_in_the_same_directory_is_refused() {
        let directory = tempfile::tempdir().unwrap();
        let first = open(directory.path()).unwrap();
        assert!(matches!(open(directory.path()), Err(StoreError::InUse)));
        drop(first);
        open(directory.path()).unwrap();
    }

    #[test]
    fn a_newer_store_is_refused_and_left_alone() {
        let directory = tempfile::tempdir().unwrap();
        let newer = NEWEST + 1;
        open(directory.path()).unwrap().store.connection.pragma_update(None, "user_version", newer).unwrap();
        assert!(matches!(open(directory.path()), Err(StoreError::Newer)));
        let connection = Connection::open(directory.path().join(FILE)).unwrap();
        let version: u32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
        assert_eq!(version, newer);
    }

    #[test]
    fn a_damaged_store_is_refused_and_left_alone() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join(FILE);
        fs::write(&path, b"this is no database, whatever its name may say").unwrap();
        assert!(open(directory.path()).is_err());
        assert!(fs::read(&path).unwrap().starts_with(b"this is no database"));

        fs::remove_file(&path).unwrap();
        drop(open(directory.path()).unwrap());
        let mut bytes = fs::read(&path).unwrap();
        let torn = bytes.len() / 2;
        bytes[torn..].fill(0x5a);
        fs::write(&path, &bytes).unwrap();
        assert!(open(directory.path()).is_err());
        assert_eq!(fs::read(&path).unwrap(), bytes);
    }

    #[test]
    fn a_reset_erases_all_but_the_uuid() {
        let directory = tempfile::tempdir().unwrap();
        let mut before = open(directory.path()).unwrap();
        let entry = b"an entry that must go".to_vec();
        before.store.commit(&[Change::Entry { number: 1, bytes: entry.clone() }]).unwrap();
        drop(before.store);
        reset(directory.path()).unwrap();
        let after = open(directory.path()).unwrap();
        assert_eq!(after.identity.uuid, before.identity.uuid);
        assert_ne!(after.identity.keys, before.identity.keys);
        assert!(after.identity.boot > before.identity.boot);
        assert_eq!(after.store.entries_after(0, 10).unwrap(), Vec::<Vec<u8>>::new());
        for file in fs::read_dir(directory.path()).unwrap() {
            let bytes = fs::read(file.unwrap().path()).unwrap();
            assert!(!bytes.windows(entry.len()).any(|window| window == entry));
        }
    }
}
