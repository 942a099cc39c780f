//! Why the wallet could not do what was asked.

use rusqlite::ErrorCode;

/// Why the wallet could not do what was asked. Nothing of the attempt is on disk then.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WalletError {
    /// The file was written by a newer app: update the app.
    #[error("the wallet is newer than the app")]
    TooNew,
    /// The file or its directory cannot be written.
    #[error("the wallet cannot be written")]
    ReadOnly,
    /// The disk is full.
    #[error("the disk is full")]
    Full,
    /// What was asked for is no longer there.
    #[error("no longer there")]
    Gone,
    /// A fault to report. Holds no key material.
    #[error("internal: {reason}")]
    Fault {
        /// For logs.
        reason: String,
    },
}

impl WalletError {
    pub(crate) fn fault(reason: impl Into<String>) -> Self {
        Self::Fault { reason: reason.into() }
    }

    /// Whether SQLite found that the file contradicts itself.
    pub(super) fn is_damage(&self) -> bool {
        matches!(self, Self::Fault { reason } if *reason == of_sqlite(ErrorCode::DatabaseCorrupt))
    }

    /// A row that this app cannot have written.
    pub(super) fn damaged(what: &str) -> Self {
        Self::fault(format!("damaged {what}"))
    }
}

impl From<rusqlite::Error> for WalletError {
    fn from(error: rusqlite::Error) -> Self {
        if error == rusqlite::Error::QueryReturnedNoRows {
            return Self::Gone;
        }
        match error.sqlite_error_code() {
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => Self::ReadOnly,
            Some(ErrorCode::DiskFull) => Self::Full,
            // The text of SQLite's own errors names tables and columns, never values.
            Some(code) => Self::fault(of_sqlite(code)),
            None => Self::fault("SQLite: unexpected row"),
        }
    }
}

fn of_sqlite(code: ErrorCode) -> String {
    format!("SQLite: {code:?}")
}

/// Whether the file itself is damaged: no SQLite file, or one that contradicts itself.
pub(super) fn is_damage(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase))
}
