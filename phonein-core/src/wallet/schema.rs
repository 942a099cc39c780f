//! The tables, by version. Append only: an entry that has shipped is never edited.

use super::error::WalletError;
use rusqlite::{Connection, TransactionBehavior};

/// Entry 0 makes version 1. Each is one transaction.
const MIGRATIONS: [&str; 2] = [include_str!("schema/1.sql"), include_str!("schema/2.sql")];

/// The version this app writes.
pub(super) const VERSION: usize = MIGRATIONS.len();

/// Brings the file to the newest version; a newer one is refused untouched.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), WalletError> {
    if version(connection)? > VERSION {
        return Err(WalletError::TooNew);
    }
    loop {
        // Asked inside the transaction: another process may have migrated meanwhile. It also shows at once whether the
        // file can be written.
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let version = version(&transaction)?;
        let Some(migration) = MIGRATIONS.get(version) else { return Ok(()) };
        transaction.execute_batch(migration)?;
        transaction.pragma_update(None, "user_version", i64::try_from(version + 1).unwrap_or(i64::MAX))?;
        transaction.commit()?;
    }
}

fn version(connection: &Connection) -> Result<usize, WalletError> {
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    // A negative version is none that any app has written.
    usize::try_from(version).map_err(|_| WalletError::TooNew)
}
