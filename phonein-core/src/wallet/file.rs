//! The wallet's file: opened, checked, and set aside if it is damaged.

use super::{
    error::{WalletError, is_damage},
    schema,
    soundness::{Soundness, is_sound},
};
use rusqlite::{Connection, OpenFlags, config::DbConfig};
use std::{
    fs, io,
    path::{Path, PathBuf},
    time::Duration,
};

/// The file's name in the app's directory.
const NAME: &str = "wallet.db";
/// Statements that are prepared once and kept: about as many as there are.
const STATEMENTS: usize = 64;
/// What SQLite adds to the name for the files beside it.
const BESIDE: [&str; 3] = ["", "-wal", "-shm"];

/// Up to here all of the file is looked at before it is used; of a larger one that would be what a start takes longest.
const SMALL: u64 = 4 * 1024 * 1024;

/// The two connections, what looks after the file, and where a damaged one was moved to.
pub(super) struct Opened {
    pub(super) writer: Connection,
    pub(super) reader: Connection,
    pub(super) soundness: Soundness,
    pub(super) moved: Option<PathBuf>,
}

/// Opens the wallet in `directory`, which is made if it is not there. A damaged file is moved aside, never deleted.
pub(super) fn open(directory: &Path) -> Result<Opened, WalletError> {
    fs::create_dir_all(directory).map_err(|error| io_error(&error))?;
    let path = directory.join(NAME);
    let (writer, moved) = match prepare(&path) {
        Ok(writer) => (writer, None),
        Err(Failure::Damaged) => {
            let moved = move_aside(&path)?;
            let writer = prepare(&path).map_err(|failure| match failure {
                Failure::Damaged => WalletError::damaged("disk"),
                Failure::Other(error) => error,
            })?;
            (writer, Some(moved))
        }
        Err(Failure::Other(error)) => return Err(error),
    };
    let reader = connect(&path)?;
    reader.pragma_update(None, "query_only", true)?;
    let soundness = if size(&path) > SMALL { Soundness::in_doubt(path) } else { Soundness::seen(&path) };
    Ok(Opened { writer, reader, soundness, moved })
}

fn size(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |file| file.len())
}

enum Failure {
    Damaged,
    Other(WalletError),
}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        if is_damage(&error) { Self::Damaged } else { Self::Other(error.into()) }
    }
}

fn prepare(path: &Path) -> Result<Connection, Failure> {
    let mut writer = connect(path)?;
    let mark = Mark::beside(path);
    if (size(path) <= SMALL || mark.is_set()) && !is_sound(&writer)? {
        return Err(Failure::Damaged);
    }
    schema::migrate(&mut writer).map_err(Failure::Other)?;
    mark.remove();
    Ok(writer)
}

/// A file beside the wallet's that says that something in it was found damaged: the next start looks at all of it, however
/// large it is.
#[derive(Clone, Debug)]
pub(super) struct Mark(PathBuf);

impl Mark {
    pub(super) fn beside(path: &Path) -> Self {
        Self(path.with_file_name("wallet.suspect"))
    }

    fn is_set(&self) -> bool {
        self.0.exists()
    }

    pub(super) fn set(&self) {
        // Where even this cannot be written, the next start is like this one.
        let _ = fs::write(&self.0, b"");
    }

    fn remove(&self) {
        let _ = fs::remove_file(&self.0);
    }
}

pub(super) fn connect(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    // Else a statement that a partial index serves is compiled anew at each use, as its parameters might be others.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    // What a person was told is saved is on disk; what is erased is overwritten.
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;
         PRAGMA cell_size_check = ON;",
    )?;
    Ok(connection)
}

/// Moves the file and those beside it to the first free name.
fn move_aside(path: &Path) -> Result<PathBuf, WalletError> {
    let with = |base: &Path, suffix: &str| {
        let mut name = base.as_os_str().to_owned();
        name.push(suffix);
        PathBuf::from(name)
    };
    let free = (1_u32..=9_999)
        .map(|number| path.with_file_name(format!("wallet.damaged-{number}.db")))
        .find(|aside| BESIDE.iter().all(|suffix| !with(aside, suffix).exists()))
        .ok_or(WalletError::ReadOnly)?;
    for suffix in BESIDE {
        match fs::rename(with(path, suffix), with(&free, suffix)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(io_error(&error)),
            _ => {}
        }
    }
    Ok(free)
}

fn io_error(error: &io::Error) -> WalletError {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => WalletError::Full,
        _ => WalletError::ReadOnly,
    }
}
