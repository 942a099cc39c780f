//! The database file: made, brought up to date, or refused.

use super::{SqliteStore, StoreError, apply};
use crate::identity::{Identity, Uuid, new_private};
use phonein_protocol::{
    intercom::store::{Change, State},
    session::KeyPair,
};
use rusqlite::{Connection, OpenFlags, TransactionBehavior, params};
use std::{
    fs::{self, File, OpenOptions},
    io,
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

/// What holds in every store between two commits, and which part is gone where it does not.
const WHOLE: [(&str, &str); 6] = [
    ("SELECT EXISTS (SELECT 1 FROM state)", "its state is gone"),
    ("SELECT NOT EXISTS (SELECT 1 FROM manager WHERE kid NOT IN (SELECT kid FROM phone))", "a manager's phone is gone"),
    (
        "SELECT NOT EXISTS (SELECT 1 FROM access_key WHERE holder_kid IS NOT NULL
        AND holder_kid NOT IN (SELECT kid FROM phone))",
        "a holder's phone is gone",
    ),
    // The last manager cannot be removed, and before the first nobody has a key.
    (
        "SELECT EXISTS (SELECT 1 FROM manager) OR NOT EXISTS (SELECT 1 FROM phone)
        AND NOT EXISTS (SELECT 1 FROM access_key)",
        "its managers are gone",
    ),
    ("SELECT ifnull((SELECT max(number) FROM entry), 0) = (SELECT head_number FROM state)", "its log is not whole"),
    ("SELECT ifnull((SELECT max(change) FROM access_key), 0) = (SELECT changes FROM state)", "keys are gone"),
];

/// Opens the store in `directory`, or makes one with a new identity, and counts this start.
///
/// A store that is newer, damaged or in use is refused and left as it is.
pub(crate) fn open(directory: &Path) -> Result<Opened, StoreError> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(directory)?;
    // Whoever may write there can put another store in the place of this one.
    if fs::metadata(directory)?.permissions().mode() & 0o022 != 0 {
        return Err(StoreError::OthersWrite(directory.to_owned()));
    }
    let path = directory.join(FILE);
    let is_new = !path.try_exists()?;
    if is_new {
        make(directory, &path)?;
    }
    // To SQLite an empty file is a new database: managers and keys would be gone without a word.
    if fs::metadata(&path)?.len() == 0 {
        return Err(StoreError::Damaged("the file is empty"));
    }
    Ok(Opened { is_new, ..start(connect(&path)?)? })
}

/// Makes a store beside its place and moves it there whole, so that a start that is cut off leaves none that is half made.
fn make(directory: &Path, path: &Path) -> Result<(), StoreError> {
    let beside = directory.join(format!("{FILE}.new"));
    for left_over in [&beside, &directory.join(format!("{FILE}.new-wal"))] {
        match fs::remove_file(left_over) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    let mut connection = connect(&beside)?;
    create(&mut connection)?;
    connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE);")?;
    drop(connection);
    File::open(&beside)?.sync_all()?;
    fs::rename(&beside, path)?;
    Ok(File::open(directory)?.sync_all()?)
}

fn connect(path: &Path) -> Result<Connection, StoreError> {
    // SQLite gives the files beside it the mode of this one.
    let file = OpenOptions::new().create(true).truncate(false).read(true).write(true).mode(0o600).open(path)?;
    file.set_permissions(fs::Permissions::from_mode(0o600))?;
    drop(file);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(Duration::ZERO)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    // Exclusive: nobody else reads or writes there, and a second intercom in the same directory is found out.
    connection.execute_batch(
        "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;",
    )?;
    Ok(connection)
}

/// Fills an empty database.
pub(super) fn create(connection: &mut Connection) -> Result<(), StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for migration in MIGRATIONS {
        transaction.execute_batch(migration)?;
    }
    let (uuid, private) = (Uuid::new()?, new_private()?);
    transaction.execute(
        "INSERT INTO identity (one, uuid, private, boot) VALUES (1, ?1, ?2, 0)",
        params![uuid.as_bytes(), *private],
    )?;
    apply(&transaction, &Change::State(State::default()))?;
    transaction.pragma_update(None, "user_version", NEWEST)?;
    Ok(transaction.commit()?)
}

/// Looks whether all is there, brings it up to date, and counts a start.
pub(super) fn start(mut connection: Connection) -> Result<Opened, StoreError> {
    let sound: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if sound != "ok" {
        return Err(StoreError::Damaged("the check of the file failed"));
    }
    let version: u32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if version == 0 {
        return Err(StoreError::Damaged("there is nothing in it"));
    }
    let pending = MIGRATIONS.get(version as usize..).ok_or(StoreError::Newer)?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for migration in pending {
        transaction.execute_batch(migration)?;
    }
    for (question, gone) in WHOLE {
        if !transaction.query_row(question, [], |row| row.get::<_, bool>(0))? {
            return Err(StoreError::Damaged(gone));
        }
    }
    transaction.pragma_update(None, "user_version", NEWEST)?;
    transaction.execute("UPDATE identity SET boot = boot + 1", [])?;
    let identity = read_identity(&transaction)?;
    transaction.commit()?;
    Ok(Opened { store: SqliteStore { connection }, identity, is_new: false })
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
    apply(&transaction, &Change::State(State::default()))?;
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
    use phonein_protocol::{
        es256::PublicKey,
        id::{KeyId, Kid},
        intercom::{
            Store,
            store::{Key, Manager, Phone},
        },
        message::Head,
    };

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
    fn an_empty_file_is_no_new_intercom() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join(FILE);
        fs::write(&path, b"").unwrap();
        assert!(matches!(open(directory.path()), Err(StoreError::Damaged(_))));
        assert_eq!(fs::read(&path).unwrap(), b"");
        drop(Connection::open(&path).unwrap().execute_batch("CREATE TABLE other (one); DROP TABLE other;"));
        assert!(matches!(open(directory.path()), Err(StoreError::Damaged(_))));
    }

    #[test]
    fn a_first_start_that_was_cut_off_is_made_again() {
        let directory = tempfile::tempdir().unwrap();
        for left_over in ["new", "new-wal"] {
            fs::write(directory.path().join(format!("{FILE}.{left_over}")), [0x5a; 5_000]).unwrap();
        }
        assert!(open(directory.path()).unwrap().is_new);
        assert_eq!(
            fs::read_dir(directory.path())
                .unwrap()
                .filter(|file| { file.as_ref().unwrap().file_name().to_str().unwrap().contains("new") })
                .count(),
            0
        );
    }

    #[test]
    fn a_store_of_which_a_part_is_gone_is_refused_and_left_alone() {
        let key = PublicKey::from_bytes([2; 33]).unwrap();
        let (kid, other) = (Kid::from_bytes([1; 8]), Kid::from_bytes([2; 8]));
        let phone = Phone { key, last: None, idle_since: None };
        let state = State { changes: 1, head: Head { number: 1, hash: [1; 32] }, ..State::default() };
        let whole = [
            Change::State(state),
            Change::Phone(kid, phone.clone()),
            Change::Phone(other, phone),
            Change::Manager(kid, Manager { key, name: String::new(), is_new: false }),
            Change::Key { id: KeyId::from_bytes([1; 8]), change: 1, key: Key::Deleted },
            Change::Entry { number: 1, bytes: vec![1] },
        ];
        for table in ["identity", "state", "manager", "phone", "access_key", "entry"] {
            let directory = tempfile::tempdir().unwrap();
            let mut opened = open(directory.path()).unwrap();
            opened.store.commit(&whole).unwrap();
            drop(opened);
            let connection = open(directory.path()).unwrap().store.connection;
            connection.execute_batch(&format!("DELETE FROM {table}")).unwrap();
            drop(connection);
            let bytes = fs::read(directory.path().join(FILE)).unwrap();
            assert!(matches!(open(directory.path()), Err(StoreError::Damaged(_))), "{table}");
            assert_eq!(fs::read(directory.path().join(FILE)).unwrap(), bytes);
        }
    }

    #[test]
    fn a_directory_that_others_may_write_to_is_refused() {
        let directory = tempfile::tempdir().unwrap();
        for (mode, good) in [(0o777, false), (0o720, false), (0o755, true), (0o700, true)] {
            fs::set_permissions(directory.path(), fs::Permissions::from_mode(mode)).unwrap();
            let refused = open(directory.path()).err().map(|error| error.to_string());
            let told = format!("chmod go-w {}", directory.path().display());
            assert_eq!(refused.is_none(), good, "{mode:o}");
            assert!(refused.is_none_or(|why| why.contains(&told)), "{mode:o}");
        }
    }

    #[test]
    fn a_reset_erases_all_but_the_uuid() {
        let directory = tempfile::tempdir().unwrap();
        let mut before = open(directory.path()).unwrap();
        let entry = b"an entry that must go".to_vec();
        let state = State { head: Head { number: 1, hash: [1; 32] }, ..State::default() };
        before.store.commit(&[Change::Entry { number: 1, bytes: entry.clone() }, Change::State(state)]).unwrap();
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
