//! Who is known at an intercom: managers, and those who accepted keys.

use super::{
    Duty, IntercomId, NoteKind, Wallet, WalletError,
    rows::{get, kid, optional},
};
use crate::text::plain::line;
use phonein_protocol::{Time, id::Kid, message::ManagerItem};
use rusqlite::{OptionalExtension, Transaction, params};

/// Whether somebody's phone is a manager.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manages {
    /// It is.
    Yes,
    /// It was.
    Removed,
    /// It never was, as far as this phone knows.
    No,
}

/// Somebody's phone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The phone.
    pub kid: Kid,
    /// What its person is called; empty if that is not known.
    pub name: String,
    /// Whether it is a manager.
    pub manages: Manages,
}

impl Wallet {
    /// Everybody known at an intercom.
    pub fn people(&self, intercom: IntercomId) -> Result<Vec<Person>, WalletError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached("SELECT * FROM person WHERE intercom = ?1 ORDER BY kid")?;
            let mut rows = statement.query([intercom])?;
            let mut people = Vec::new();
            while let Some(row) = rows.next()? {
                let manages = match optional::<i64>(row, "manages")? {
                    Some(1) => Manages::Yes,
                    Some(_) => Manages::Removed,
                    None => Manages::No,
                };
                let kid = kid(row, "kid")?.ok_or(WalletError::damaged("person"))?;
                people.push(Person { kid, name: get(row, "name")?, manages });
            }
            Ok(people)
        })
    }

    /// All managers, as the intercom gave them. After a log that did not hold what it should, those who are gone and
    /// those who are back are noted for a person to look at.
    pub fn save_managers(&self, intercom: IntercomId, managers: &[ManagerItem], now: Time) -> Result<(), WalletError> {
        self.write(|transaction| {
            let this = self.intercom_in(transaction, intercom)?;
            let mut statement = transaction
                .prepare_cached("SELECT kid, name, manages FROM person WHERE intercom = ?1 AND manages IS NOT NULL")?;
            let mut rows = statement.query([intercom])?;
            while let Some(row) = rows.next()? {
                let kid = kid(row, "kid")?.ok_or(WalletError::damaged("person"))?;
                let (name, managed): (String, bool) = (get(row, "name")?, get(row, "manages")?);
                let manages = managers.iter().any(|manager| manager.kid == kid);
                if this.duty == Duty::Refill && managed != manages && kid != this.kid {
                    let kind = if managed { NoteKind::ManagerLost } else { NoteKind::ManagerBack };
                    Self::add_note(transaction, intercom, &kind, Some((kid, &name)), now)?;
                }
            }
            let none = "UPDATE person SET manages = 0 WHERE intercom = ?1 AND manages = 1";
            transaction.execute(none, [intercom])?;
            for ManagerItem { kid, name, .. } in managers {
                Self::name_person(transaction, intercom, *kid, name)?;
                Self::set_manages(transaction, intercom, *kid, true)?;
            }
            Self::drop_answered(transaction, intercom)
        })
    }

    /// What a person was asked of a manager who is back, or gone, is answered once they are gone, or back.
    pub(super) fn drop_answered(transaction: &Transaction<'_>, intercom: IntercomId) -> Result<(), WalletError> {
        transaction.execute(
            "DELETE FROM note WHERE intercom = ?1 AND EXISTS (SELECT 1 FROM person WHERE person.intercom = ?1
                 AND person.kid = note.kid AND (note.kind = ?2 AND manages = 0 OR note.kind = ?3 AND manages = 1))",
            params![intercom, NoteKind::ManagerBack.number(), NoteKind::ManagerLost.number()],
        )?;
        Ok(())
    }

    /// Keeps what somebody is called.
    pub(super) fn name_person(
        transaction: &Transaction<'_>,
        intercom: IntercomId,
        kid: Kid,
        name: &str,
    ) -> Result<(), WalletError> {
        transaction.execute(
            "INSERT INTO person (intercom, kid, name) VALUES (?1, ?2, ?3)
             ON CONFLICT DO UPDATE SET name = excluded.name WHERE name <> excluded.name",
            params![intercom, kid.as_bytes(), line(name)],
        )?;
        Ok(())
    }

    pub(super) fn set_manages(
        transaction: &Transaction<'_>,
        intercom: IntercomId,
        kid: Kid,
        manages: bool,
    ) -> Result<(), WalletError> {
        transaction.execute(
            "INSERT INTO person (intercom, kid, name, manages) VALUES (?1, ?2, '', ?3)
             ON CONFLICT DO UPDATE SET manages = excluded.manages",
            params![intercom, kid.as_bytes(), manages],
        )?;
        Ok(())
    }

    pub(super) fn person_name(
        connection: &rusqlite::Connection,
        intercom: IntercomId,
        kid: Kid,
    ) -> Result<Option<String>, WalletError> {
        let name = "SELECT name FROM person WHERE intercom = ?1 AND kid = ?2 AND name <> ''";
        let mut statement = connection.prepare_cached(name)?;
        Ok(statement.query_row(params![intercom, kid.as_bytes()], |row| row.get(0)).optional()?)
    }
}
