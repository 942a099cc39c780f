//! What happened at the doors: the intercom's log as it was checked, and what this phone did itself.

use super::{
    IntercomId, Wallet, WalletError,
    rows::{door, door_number, get, key_id, kid, optional, outcome, via},
    tap::{Ending, Tap},
};
use phonein_protocol::{
    Time,
    id::{Door, KeyId},
    log::{Changed, Entry, Event, Via},
    message::Outcome,
};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params, params};

/// What kind of thing happened, to choose by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// A door opened, or may have.
    Opened,
    /// A door stayed shut.
    Refused,
    /// A key was made, changed, deleted or accepted.
    Keys,
    /// Everything else.
    Others,
}

/// Which entries a list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ActivityFilter {
    /// Only those of this intercom.
    pub intercom: Option<IntercomId>,
    /// Only those of this class.
    pub class: Option<Class>,
    /// Only those of this key of `intercom`.
    pub key: Option<KeyId>,
}

/// A place in the list, to go on from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ActivityPlace {
    /// [`ActivityRow::at`] of the last row shown.
    pub at: Time,
    /// Its [`ActivityRow::id`].
    pub id: i64,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActivityRow {
    /// Its id in this wallet.
    pub id: i64,
    /// The intercom.
    pub intercom: IntercomId,
    /// Where it stands in time. An entry made while the intercom knew no time stands with the one before it,
    /// the first ones with the one behind them.
    pub at: Time,
    /// What happened.
    pub what: What,
    /// The key's name, if a key is involved whose name is known.
    pub key_name: Option<String>,
    /// Who did it, if their name is known. Of a grant that came with a guest's link nobody: the guest did not make it.
    pub person: Option<String>,
    /// Whose phone it is about, where that is another one, if their name is known.
    pub subject: Option<String>,
    /// Whether the use was given back.
    pub returned: bool,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// An entry of the log.
    Entry(Entry),
    /// This phone's own tap.
    Own {
        /// How it ended.
        ending: Ending,
        /// The door; `None` of a link accepted without one.
        door: Option<Door>,
        /// How it was reached.
        via: Option<Via>,
        /// With which key; `None` by a manager's own right.
        key: Option<KeyId>,
    },
}

impl Class {
    pub(super) fn of(event: &Event) -> Self {
        match event {
            Event::Opened | Event::Interrupted | Event::DoorFault => Self::Opened,
            Event::Refused(_) => Self::Refused,
            Event::Claimed { .. } | Event::Changed(Changed::Grant { .. } | Changed::Deletion { .. }) => Self::Keys,
            Event::Changed(_)
            | Event::Paired { .. }
            | Event::ClockSet { .. }
            | Event::Restarted
            | Event::Other { .. } => Self::Others,
        }
    }

    fn of_own(ending: Ending) -> Self {
        match ending {
            Ending::Answered(Outcome::Opened { .. } | Outcome::Interrupted | Outcome::DoorFault) => Self::Opened,
            Ending::Answered(Outcome::Done) => Self::Keys,
            _ => Self::Refused,
        }
    }
}

impl Wallet {
    /// What happened, newest first, `limit` rows after `place`.
    pub fn activity(
        &self,
        filter: ActivityFilter,
        place: Option<ActivityPlace>,
        limit: u32,
    ) -> Result<Vec<ActivityRow>, WalletError> {
        let ActivityPlace { at, id } = place.unwrap_or(ActivityPlace { at: Time::MAX, id: i64::MAX });
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&query(filter))?;
            let mut rows = statement.query(named_params! {
                ":intercom": filter.intercom, ":class": filter.class.map(|class| class as i64),
                ":key": filter.key.as_ref().map(KeyId::as_bytes), ":at": at, ":id": id, ":limit": limit,
            })?;
            let mut activity = Vec::new();
            while let Some(row) = rows.next()? {
                activity.push(read_row(connection, row)?);
            }
            Ok(activity)
        })
    }

    /// One row; `Gone` if it is no longer there.
    pub fn activity_row(&self, id: i64) -> Result<ActivityRow, WalletError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&format!("{SELECT} WHERE activity.id = ?1"))?;
            let mut rows = statement.query([id])?;
            read_row(connection, rows.next()?.ok_or(WalletError::Gone)?)
        })
    }

    /// Keeps what this phone did, or how it turned out. A manager's taps that were answered stand in the log.
    pub(super) fn log_own(
        &self,
        transaction: &Transaction<'_>,
        intercom: IntercomId,
        tap: &Tap,
        ending: Ending,
        via: Option<i64>,
    ) -> Result<(), WalletError> {
        let of_tap = params![intercom, super::rows::integer(tap.number)];
        let find = "SELECT activity FROM tap WHERE intercom = ?1 AND number = ?2";
        let old: Option<i64> = transaction.query_row(find, of_tap, |row| row.get(0)).optional()?.flatten();
        if let Some(old) = old {
            transaction.execute("DELETE FROM activity WHERE id = ?1", [old])?;
        }
        let in_log = matches!(ending, Ending::Answered(_)) && self.intercom_in(transaction, intercom)?.is_manager;
        if ending == Ending::Cancelled || in_log {
            return Ok(());
        }
        let (number, outcome) = ending.columns();
        transaction.execute(
            "INSERT INTO activity (intercom, at, class, ending, outcome, door, via, key_id)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![
                intercom,
                tap.started_ms.div_euclid(1000),
                Class::of_own(ending) as i64,
                number,
                outcome,
                door_number(tap.door),
                via,
                tap.key.as_ref().map(KeyId::as_bytes)
            ],
        )?;
        let id = transaction.last_insert_rowid();
        transaction.execute(
            "UPDATE tap SET activity = ?3 WHERE intercom = ?1 AND number = ?2",
            params![intercom, super::rows::integer(tap.number), id],
        )?;
        Ok(())
    }
}

const SELECT: &str = "SELECT activity.*, person.name AS person, person.manages AS manages,
         coalesce(nullif(key.name, ''), nullif(deletion.name, '')) AS key_name
     FROM activity
     LEFT JOIN key ON key.intercom = activity.intercom AND key.key_id = activity.key_id
     LEFT JOIN deletion ON deletion.intercom = activity.intercom AND deletion.key_id = activity.key_id
     LEFT JOIN person ON person.intercom = activity.intercom AND person.kid = activity.kid";

/// The query for a page. Parameters that a form of it does not use are compared with null.
pub(super) fn query(filter: ActivityFilter) -> String {
    let intercom = if filter.intercom.is_some() { "activity.intercom = :intercom" } else { ":intercom IS NULL" };
    // One index is enough, and the key's is the finer one.
    let class = match (filter.class, filter.key) {
        (Some(_), Some(_)) => "+activity.class = :class",
        (Some(_), None) => "activity.class = :class",
        (None, _) => ":class IS NULL",
    };
    let key = if filter.key.is_some() { "activity.key_id = :key" } else { ":key IS NULL" };
    format!(
        "{SELECT} WHERE {intercom} AND {class} AND {key} AND (activity.at, activity.id) < (:at, :id)
         ORDER BY activity.at DESC, activity.id DESC LIMIT :limit"
    )
}

fn read_row(connection: &Connection, row: &Row<'_>) -> Result<ActivityRow, WalletError> {
    let intercom: IntercomId = get(row, "intercom")?;
    let entry: Option<Vec<u8>> = optional(row, "entry")?;
    let mut subject = None;
    let what = match entry {
        Some(entry) => {
            let entry = Entry::parse(&entry).map_err(|_| WalletError::damaged("entry"))?;
            if let Event::Changed(Changed::ManagerAdded(kid) | Changed::ManagerRemoved(kid)) = entry.event {
                subject = Wallet::person_name(connection, intercom, kid)?;
            }
            What::Entry(entry)
        }
        None => What::Own {
            ending: Ending::from_columns(optional(row, "ending")?, outcome(row, "outcome")?)?
                .ok_or(WalletError::damaged("activity"))?,
            door: optional::<i64>(row, "door")?.and_then(door),
            via: via(optional(row, "via")?),
            key: key_id(row, "key_id")?,
        },
    };
    let is_grant = matches!(&what, What::Entry(Entry { event: Event::Changed(Changed::Grant { .. }), .. }));
    let is_brought = is_grant && optional::<bool>(row, "manages")?.is_none();
    // Somebody may be known by their phone alone.
    let person = kid(row, "kid")?.and(optional::<String>(row, "person")?);
    let person = person.filter(|name| !name.is_empty() && !is_brought);
    Ok(ActivityRow {
        id: get(row, "id")?,
        intercom,
        at: get(row, "at")?,
        what,
        key_name: optional(row, "key_name")?,
        person,
        subject,
        returned: get(row, "returned")?,
    })
}
