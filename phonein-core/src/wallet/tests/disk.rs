use super::*;
use crate::wallet::{Pairing, Serves, WalletError, schema::VERSION, soundness::look};
use rusqlite::Connection;
use std::{fs, path::Path, sync::OnceLock};

/// Where the first damaged file is set aside.
const FIRST: &str = "wallet.damaged-1.db";

/// What Home tells of a damaged file.
fn set_aside(wallet: &Wallet) -> Option<String> {
    wallet.home(&|_, _| Serves::Now).unwrap().set_aside
}

#[test]
fn what_was_confirmed_is_there_after_the_app_is_killed() {
    let directory = tempfile::tempdir().unwrap();
    let (wallet, intercom, key) = manager(directory.path());
    wallet.set_own_name("Béla").unwrap();
    wallet.set_draft(Some("{\"name\":\"x\"}")).unwrap();
    let before = (wallet.intercom(intercom).unwrap(), wallet.key(key).unwrap());
    // No destructor runs: the connections are never closed.
    std::mem::forget(wallet);
    let wallet = open(directory.path());
    assert_eq!((wallet.intercom(intercom).unwrap(), wallet.key(key).unwrap()), before);
    assert_eq!(wallet.secret(key).unwrap(), Some(secret(1)));
    assert_eq!(wallet.own_name().unwrap(), "Béla");
    assert_eq!(wallet.draft().unwrap().as_deref(), Some("{\"name\":\"x\"}"));
}

#[test]
fn a_newer_file_is_refused_and_left_as_it_is() {
    let directory = tempfile::tempdir().unwrap();
    drop(open(directory.path()));
    let path = directory.path().join("wallet.db");
    Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    assert_eq!(Wallet::open(directory.path(), WRAPPING).unwrap_err(), WalletError::TooNew);
    let version: i64 =
        Connection::open(&path).unwrap().pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    assert_eq!(version, 99);
}

#[test]
fn a_damaged_file_is_moved_aside_with_what_stands_beside_it() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("wallet.db");
    for number in 1..=2 {
        fs::write(&path, b"this was a wallet once, until something wrote over it".repeat(99)).unwrap();
        fs::write(directory.path().join("wallet.db-wal"), b"and so was this").unwrap();
        let wallet = open(directory.path());
        let name = format!("wallet.damaged-{number}.db");
        assert!(fs::read(directory.path().join(&name)).unwrap().starts_with(b"this was a wallet"));
        assert_eq!(set_aside(&wallet), Some(name));
        assert_eq!(wallet.intercoms().unwrap(), []);
        drop(wallet);
    }
}

#[test]
fn a_file_with_a_page_overwritten_is_found_damaged() {
    let directory = tempfile::tempdir().unwrap();
    drop(manager(directory.path()));
    let path = directory.path().join("wallet.db");
    let mut bytes = fs::read(&path).unwrap();
    for byte in &mut bytes[4096..8192] {
        *byte = 0xa5;
    }
    fs::write(&path, &bytes).unwrap();
    let wallet = open(directory.path());
    assert_eq!(set_aside(&wallet), Some(FIRST.into()));
    assert_eq!(fs::read(directory.path().join(FIRST)).unwrap(), bytes);
    assert_eq!(wallet.intercoms().unwrap(), []);
}

/// A wallet too large to be looked at before it is used, its last page overwritten; what the file holds.
fn large_and_damaged(directory: &Path) -> Vec<u8> {
    let (wallet, _, _) = manager(directory);
    wallet.set_draft(Some(&"x".repeat(6 << 20))).unwrap();
    drop(wallet);
    let path = directory.join("wallet.db");
    let mut bytes = fs::read(&path).unwrap();
    let last = bytes.len() - 4096;
    bytes[last - 4096 * 9..].fill(0xa5);
    fs::write(&path, &bytes).unwrap();
    bytes
}

#[test]
fn a_large_file_is_looked_at_beside_everything_else_and_moved_aside_by_the_next_start() {
    let directory = tempfile::tempdir().unwrap();
    let bytes = large_and_damaged(directory.path());
    let wallet = open(directory.path());
    assert_eq!((set_aside(&wallet), wallet.intercoms().unwrap().len()), (None, 1));
    look(&directory.path().join("wallet.db"), &OnceLock::new());
    drop(wallet);
    let wallet = open(directory.path());
    assert_eq!(set_aside(&wallet), Some(FIRST.into()));
    assert_eq!(fs::read(directory.path().join(FIRST)).unwrap(), bytes);
    assert_eq!(wallet.intercoms().unwrap(), []);
    drop(wallet);
    assert_eq!(set_aside(&open(directory.path())), Some(FIRST.into()), "and no second one");
}

#[test]
fn a_large_file_that_cannot_be_read_somewhere_is_moved_aside_by_the_next_start() {
    let directory = tempfile::tempdir().unwrap();
    large_and_damaged(directory.path());
    let wallet = open(directory.path());
    assert_eq!(set_aside(&wallet), None);
    assert!(wallet.draft().is_err_and(|error| error.is_damage()));
    drop(wallet);
    assert_eq!(set_aside(&open(directory.path())), Some(FIRST.into()));
}

#[test]
fn a_large_file_that_is_sound_stays_where_it_is() {
    let directory = tempfile::tempdir().unwrap();
    let (wallet, _, _) = manager(directory.path());
    let draft = "x".repeat(6 << 20);
    wallet.set_draft(Some(&draft)).unwrap();
    look(&directory.path().join("wallet.db"), &OnceLock::new());
    drop(wallet);
    let wallet = open(directory.path());
    assert_eq!((set_aside(&wallet), wallet.draft().unwrap()), (None, Some(draft)));
}

#[test]
fn a_place_that_cannot_be_written_is_a_clear_error() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("file");
    fs::write(&file, b"").unwrap();
    assert_eq!(Wallet::open(&file, WRAPPING).unwrap_err(), WalletError::ReadOnly);
    // Whoever may write anywhere cannot write what is no file.
    fs::create_dir(directory.path().join("wallet.db")).unwrap();
    assert_eq!(Wallet::open(directory.path(), WRAPPING).unwrap_err(), WalletError::ReadOnly);
}

#[test]
fn a_full_disk_is_a_clear_error_and_what_was_confirmed_stays() {
    let directory = tempfile::tempdir().unwrap();
    let (wallet, intercom, key) = manager(directory.path());
    let before = wallet.key(key).unwrap();
    {
        let writer = wallet.writer.lock().unwrap();
        let pages: i64 = writer.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
        writer.pragma_update(None, "max_page_count", pages).unwrap();
    }
    let phone = signing_key(1);
    let full = (2..=255)
        .find_map(|number| wallet.create_key(intercom, made(number, "One too many", &phone), &secret(number)).err());
    assert_eq!(full, Some(WalletError::Full));
    assert_eq!(wallet.key(key).unwrap(), before);
}

#[test]
fn on_another_phone_it_opens_but_its_secrets_do_not() {
    let directory = tempfile::tempdir().unwrap();
    let (wallet, intercom, key) = manager(directory.path());
    let pairing = Pairing { uuid: [3; 16], alias: "a".into(), name: "Home".into(), address: None };
    wallet.begin_pairing(&pairing).unwrap();
    wallet.begin_tap(intercom, None, None, NOW_MS, |_| vec![1, 2, 3]).unwrap();
    let own = wallet.key(key).unwrap();
    assert!(own.has_secret() && !own.needs_sharing_again(false));
    drop(wallet);

    let elsewhere = Wallet::open(directory.path(), [8; 32]).unwrap();
    let moved = elsewhere.key(key).unwrap();
    assert!(!moved.has_secret() && moved.needs_sharing_again(true));
    assert_eq!(elsewhere.secret(key).unwrap(), None);
    assert!(elsewhere.intercom(intercom).unwrap().is_foreign);
    assert_eq!(elsewhere.pairing().unwrap(), None);
    assert_eq!(elsewhere.tap_in_hand(intercom).unwrap().unwrap().body, None);
    drop(elsewhere);

    // Nothing was lost by looking.
    let back = open(directory.path());
    assert_eq!(back.key(key).unwrap(), own);
    assert_eq!(back.pairing().unwrap(), Some(pairing));
}

#[test]
fn a_guests_keys_on_another_phone_need_to_be_shared_again() {
    let directory = tempfile::tempdir().unwrap();
    let (wallet, intercom, key) = guest(directory.path());
    assert_eq!(wallet.claims(intercom).unwrap().len(), 1);
    drop(wallet);
    let elsewhere = Wallet::open(directory.path(), [8; 32]).unwrap();
    assert!(elsewhere.intercom(intercom).unwrap().is_foreign);
    assert_eq!(elsewhere.claims(intercom).unwrap(), []);
    assert!(elsewhere.key(key).unwrap().needs_sharing_again(true));
}

#[test]
fn no_secret_stands_in_the_file() {
    let directory = tempfile::tempdir().unwrap();
    let (wallet, intercom, _) = guest(directory.path());
    let uuid = [0x5a; 16];
    wallet.begin_pairing(&Pairing { uuid, alias: "a".into(), name: "x".into(), address: None }).unwrap();
    wallet.begin_tap(intercom, None, None, NOW_MS, |_| secret(1).0.to_vec()).unwrap();
    for file in fs::read_dir(directory.path()).unwrap() {
        let bytes = fs::read(file.unwrap().path()).unwrap();
        for secret in [secret(1).0, uuid] {
            assert!(!bytes.windows(16).any(|window| window == secret));
        }
    }
}

#[test]
fn readers_do_not_wait_for_a_writer() {
    let directory = tempfile::tempdir().unwrap();
    let (wallet, intercom, _) = manager(directory.path());
    let other = Connection::open(directory.path().join("wallet.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE; UPDATE intercom SET name = 'Elsewhere';").unwrap();
    let writing = wallet.writer.lock().unwrap();
    assert_eq!(wallet.intercom(intercom).unwrap().name, "Home");
    drop(writing);
    other.execute_batch("COMMIT").unwrap();
    assert_eq!(wallet.intercom(intercom).unwrap().name, "Elsewhere");
}

/// The file as version 1 wrote it: it does not reuse the migrations that it checks.
const V1: &str = include_str!("../../../tests/data/wallet-1.sql");

#[test]
fn version_1_reaches_the_newest_and_keeps_its_rows() {
    let directory = tempfile::tempdir().unwrap();
    let old = Connection::open(directory.path().join("wallet.db")).unwrap();
    old.execute_batch(V1).unwrap();
    let count = |connection: &Connection, table: &str| -> i64 {
        connection.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap()
    };
    drop(old);
    let wallet = open(directory.path());
    let reader = wallet.reader.lock().unwrap();
    let version: usize = reader
        .pragma_query_value(None, "user_version", |row| Ok(usize::try_from(row.get::<_, i64>(0)?).unwrap()))
        .unwrap();
    assert_eq!(version, VERSION);
    let rows = ["intercom", "person", "key", "deletion", "tap", "activity", "note", "pairing"]
        .map(|table| count(&reader, table));
    assert_eq!(rows, [1, 2, 2, 1, 1, 2, 1, 1]);
    drop(reader);

    let intercom = wallet.intercoms().unwrap().remove(0);
    assert_eq!((&*intercom.name, intercom.is_manager, intercom.read.number), ("Home", true, 2));
    let key = wallet.keys("clean", crate::wallet::KeyFilter::default(), None, 9).unwrap().remove(0);
    assert_eq!(key.ledger.holder.as_ref().map(|(_, name)| &**name), Some("Anna"));
    assert_eq!(wallet.activity(crate::wallet::ActivityFilter::default(), None, 9).unwrap().len(), 2);
    assert_eq!(wallet.pairing().unwrap().map(|pairing| pairing.uuid), Some([3; 16]));
    assert_eq!(wallet.own_name().unwrap(), "Béla");
    assert_eq!(wallet.home(&|_, _| Serves::Now).unwrap().place, None);
}

#[test]
fn home_stands_where_it_stood_until_that_is_gone() {
    let directory = tempfile::tempdir().unwrap();
    let (wallet, home, _) = manager(directory.path());
    let office = Joined { public_key: [8; 32], name: "Office", alias: "other", ..joined(&signing_key(2)) };
    let (office, _) = wallet.paired(&office, NOW_MS + 1).unwrap();
    assert_eq!(wallet.home(&|_, _| Serves::Now).unwrap().place, Some(office), "where something was added");
    wallet.stand_at(home).unwrap();
    drop(wallet);
    let wallet = open(directory.path());
    assert_eq!(wallet.home(&|_, _| Serves::Now).unwrap().place, Some(home));
    wallet.forget_intercom(home).unwrap();
    assert_eq!(wallet.home(&|_, _| Serves::Now).unwrap().place, None);
    assert_eq!(wallet.stand_at(home), Err(WalletError::Gone));
}

#[test]
fn a_migrated_file_has_the_shape_of_a_new_one() {
    let shape = |directory: &Path| -> Vec<(String, String)> {
        drop(open(directory));
        let connection = Connection::open(directory.join("wallet.db")).unwrap();
        let sql = "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'key_words_%'
                   ORDER BY name";
        let mut statement = connection.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        rows.collect::<Result<_, _>>().unwrap()
    };
    let (old, new) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    Connection::open(old.path().join("wallet.db")).unwrap().execute_batch(V1).unwrap();
    let squeeze = |shape: Vec<(String, String)>| -> Vec<(String, String)> {
        shape.into_iter().map(|(name, sql)| (name, sql.split_whitespace().collect::<Vec<_>>().join(" "))).collect()
    };
    assert_eq!(squeeze(shape(old.path())), squeeze(shape(new.path())));
}
