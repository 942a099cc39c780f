//! SQLite is built as `.cargo/config.toml` says, which is ignored where it is not found.
#![allow(clippy::unwrap_used, reason = "tests")]

use rusqlite::Connection;

#[test]
fn what_nobody_asks_of_sqlite_is_left_out() {
    let connection = Connection::open_in_memory().unwrap();
    let mut options = connection.prepare("PRAGMA compile_options").unwrap();
    let options: Vec<String> = options.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
    for option in ["OMIT_LOAD_EXTENSION", "OMIT_JSON", "OMIT_SHARED_CACHE", "OMIT_UTF16", "DQS=0", "ENABLE_FTS5"] {
        assert!(options.iter().any(|known| known == option), "{option} is not among {options:?}");
    }
    assert!(!options.iter().any(|option| option == "ENABLE_RTREE"));
}

#[test]
fn a_text_in_double_quotes_is_an_error_and_not_a_column_that_reads_as_itself() {
    let connection = Connection::open_in_memory().unwrap();
    assert!(connection.query_row("SELECT \"nothing of that name\"", [], |_| Ok(())).is_err());
}
