//! What this phone holds: intercoms, keys made and held, changes on their way, taps, activity.
//!
//! One SQLite file. Every function is one transaction and is on disk when it returns; none takes long, all of them block,
//! so call them off the caller's thread. Times are arguments. What follows from what — the next version of a grant, what
//! an answer does to a key, whether a tap joins another — is pure code beside the tables: [`change`], [`ledger`], [`tap`].
//!
//! A phone's signing keys are never here. A file copied to another phone opens, but its secrets do not.

mod accept;
mod activity;
pub mod change;
mod error;
mod file;
mod held;
mod home;
mod intercom;
mod key;
mod keys;
pub mod ledger;
mod log;
mod made;
mod note;
mod outbox;
mod person;
mod phone;
mod rows;
mod schema;
mod seal;
mod settings;
mod soundness;
pub mod tap;
mod taps;
#[cfg(test)]
pub(crate) mod tests;

pub use accept::{Accept, Claim};
pub use activity::{ActivityFilter, ActivityPlace, ActivityRow, Class, What};
pub use error::WalletError;
pub use home::{Card, OnHome};
pub use intercom::{Duty, Intercom, Joined, Transport};
pub use key::{Held, Key, Problem};
pub use keys::{KeyFilter, Serves};
pub(crate) use log::LogRead;
pub use made::Overtaken;
pub use note::{Note, NoteKind};
pub(crate) use outbox::Queued;
pub use person::{Manages, Person};
pub use phone::Pairing;
pub use taps::Begun;

use rusqlite::{Connection, Transaction, TransactionBehavior};
use seal::Sealer;
use soundness::Soundness;
use std::{
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// Which intercom of this wallet.
pub type IntercomId = i64;
/// Which key of this wallet: one key id at one intercom.
pub type KeyRef = i64;

/// The wallet. Share it behind an `Arc`.
#[derive(Debug)]
pub struct Wallet {
    /// The one connection that writes.
    writer: Mutex<Connection>,
    /// Reads do not wait for writes.
    reader: Mutex<Connection>,
    sealer: Sealer,
    soundness: Soundness,
}

impl Wallet {
    /// Opens the wallet in `directory`, or begins one; Home tells if a damaged file was set aside for that. `wrapping_key`
    /// comes from the phone's keystore and never leaves it.
    pub fn open(directory: &Path, wrapping_key: [u8; 32]) -> Result<Self, WalletError> {
        let wrapping_key = zeroize::Zeroizing::new(wrapping_key);
        let file::Opened { writer, reader, soundness, moved } = file::open(directory)?;
        let sealer = Sealer::new(&wrapping_key);
        let wallet = Self { writer: Mutex::new(writer), reader: Mutex::new(reader), sealer, soundness };
        if let Some(name) = moved.as_deref().and_then(Path::file_name) {
            // This start may end before anybody has read of it.
            wallet.tell_set_aside(&name.to_string_lossy())?;
        }
        Ok(wallet)
    }

    /// Reads, all of it as of one moment.
    fn read<T>(&self, read: impl FnOnce(&Connection) -> Result<T, WalletError>) -> Result<T, WalletError> {
        tracing::trace!("reading");
        self.look_after(Moment::of(&lock(&self.reader)).and_then(|moment| read(moment.0)))
    }

    /// Reads what is to be written next, by the connection that writes: it has its pages at hand, of which the other one
    /// reads those anew that were written since.
    fn read_to_write<T>(&self, read: impl FnOnce(&Connection) -> Result<T, WalletError>) -> Result<T, WalletError> {
        tracing::trace!("reading");
        self.look_after(Moment::of(&lock(&self.writer)).and_then(|moment| read(moment.0)))
    }

    /// Changes all of it or nothing; on disk when this returns.
    fn write<T>(&self, write: impl FnOnce(&Transaction<'_>) -> Result<T, WalletError>) -> Result<T, WalletError> {
        tracing::trace!("writing");
        let mut writer = lock(&self.writer);
        let written = || -> Result<T, WalletError> {
            let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let value = write(&transaction)?;
            transaction.commit()?;
            Ok(value)
        };
        self.look_after(written())
    }

    /// Has the next start look at all of the file, where a part of it turned out to be damaged.
    fn look_after<T>(&self, done: Result<T, WalletError>) -> Result<T, WalletError> {
        if done.as_ref().is_err_and(WalletError::is_damage) {
            self.soundness.is_damaged();
        }
        done
    }
}

/// A transaction that reads. rusqlite's own compiles its two statements anew each time, a tenth of what Home takes.
struct Moment<'a>(&'a Connection);

impl<'a> Moment<'a> {
    fn of(connection: &'a Connection) -> Result<Self, WalletError> {
        connection.prepare_cached("BEGIN")?.execute([])?;
        Ok(Self(connection))
    }
}

impl Drop for Moment<'_> {
    fn drop(&mut self) {
        // Nothing was written, so it ends either way.
        let ended = self.0.prepare_cached("COMMIT").and_then(|mut commit| commit.execute([]));
        if ended.is_err() {
            let _ = self.0.execute_batch("ROLLBACK");
        }
    }
}

/// A panic elsewhere leaves no transaction open, so the connection is as good as before.
fn lock(connection: &Mutex<Connection>) -> MutexGuard<'_, Connection> {
    connection.lock().unwrap_or_else(PoisonError::into_inner)
}
