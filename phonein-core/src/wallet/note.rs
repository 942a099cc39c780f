//! What a person should know or answer about an intercom, until they have.

use super::{
    IntercomId, Wallet, WalletError,
    rows::{get, integer, kid, optional},
};
use phonein_protocol::{Time, id::Kid};
use rusqlite::{Connection, Transaction, params};

/// What there is to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoteKind {
    /// So many entries of the log ran out before this phone read them.
    RanOut {
        /// How many.
        count: u64,
    },
    /// The log does not hold what this phone had read or was told: the intercom may have been restored from an old copy.
    LogBroken,
    /// A phone was paired at the device.
    ManagerPaired,
    /// A manager that was seen removed is one again.
    ManagerBack,
    /// A manager is none any more, and nobody was seen to remove them.
    ManagerLost,
}

/// One note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Its id, to dismiss it.
    pub id: i64,
    /// The intercom.
    pub intercom: IntercomId,
    /// What there is to know.
    pub kind: NoteKind,
    /// Whose phone it is about, with their name, which may be empty.
    pub person: Option<(Kid, String)>,
    /// When it was noticed.
    pub at: Time,
}

impl NoteKind {
    pub(super) fn number(self) -> i64 {
        self.columns().0
    }

    fn columns(self) -> (i64, Option<i64>) {
        match self {
            Self::RanOut { count } => (1, Some(integer(count))),
            Self::LogBroken => (2, None),
            Self::ManagerPaired => (3, None),
            Self::ManagerBack => (4, None),
            Self::ManagerLost => (5, None),
        }
    }

    fn from_columns(kind: i64, count: Option<i64>) -> Result<Self, WalletError> {
        Ok(match (kind, count) {
            (1, Some(count)) => Self::RanOut { count: u64::try_from(count).unwrap_or(0) },
            (2, _) => Self::LogBroken,
            (3, _) => Self::ManagerPaired,
            (4, _) => Self::ManagerBack,
            (5, _) => Self::ManagerLost,
            _ => return Err(WalletError::damaged("note")),
        })
    }
}

impl Wallet {
    /// The notes about an intercom, oldest first.
    pub fn notes(&self, intercom: IntercomId) -> Result<Vec<Note>, WalletError> {
        self.read(|connection| Self::notes_in(connection, intercom))
    }

    pub(super) fn notes_in(connection: &Connection, intercom: IntercomId) -> Result<Vec<Note>, WalletError> {
        let mut statement = connection.prepare_cached("SELECT * FROM note WHERE intercom = ?1 ORDER BY id")?;
        let mut rows = statement.query([intercom])?;
        let mut notes = Vec::new();
        while let Some(row) = rows.next()? {
            let kind = NoteKind::from_columns(get(row, "kind")?, optional(row, "count")?)?;
            let person = kid(row, "kid")?.zip(optional(row, "name")?);
            notes.push(Note { id: get(row, "id")?, intercom, kind, person, at: get(row, "at")? });
        }
        Ok(notes)
    }

    /// A person has seen or answered a note.
    pub fn dismiss_note(&self, id: i64) -> Result<(), WalletError> {
        self.write(|transaction| {
            transaction.execute("DELETE FROM note WHERE id = ?1", [id])?;
            Ok(())
        })
    }

    pub(super) fn add_note(
        transaction: &Transaction<'_>,
        intercom: IntercomId,
        kind: &NoteKind,
        person: Option<(Kid, &str)>,
        at: Time,
    ) -> Result<(), WalletError> {
        let (number, count) = kind.columns();
        transaction.execute(
            "INSERT INTO note (intercom, kind, kid, name, count, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                intercom,
                number,
                person.as_ref().map(|(kid, _)| kid.as_bytes()),
                person.map(|(_, name)| name),
                count,
                at
            ],
        )?;
        Ok(())
    }
}
