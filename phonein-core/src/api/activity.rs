//! Recent activity: the words of each entry, and the list as a file.

use super::core::Core;
use super::error::WalletError;
use super::keys::AHEAD;
use super::phonein::Phonein;
use super::record::{
    ActivityEntry, ActivityFilter, ActivityKind, ActivityPage, ActivityShow, EmptyList, EmptyWhy, ExportFormat, Fact,
    ShowChoice, Sign, id_of,
};
use crate::export::{self, ExportRow};
use crate::text::activity::{Deed, Entry as Said};
use crate::text::label::Label;
use crate::text::refusal::Refusal;
use crate::text::tap::{Door as ShownDoor, Via as ShownVia};
use crate::text::{Present, Text};
use crate::wallet::change;
use crate::wallet::tap::Ending;
use crate::wallet::{self, ActivityPlace, ActivityRow, Class, Intercom, IntercomId, WalletError as Fault, What};
use phonein_protocol::Time;
use phonein_protocol::id::{Door, KeyId};
use phonein_protocol::log::{Changed, Entry, Event, Via};
use phonein_protocol::message::Outcome;
use std::collections::HashMap;
use std::sync::Arc;

/// Entries of a page.
const PAGE: u32 = 50;
/// Entries read at a time for a file.
const CHUNK: u32 = 500;

#[uniffi::export]
impl Phonein {
    /// What happened, newest first. `after` is the `next` of the page before.
    #[uniffi::method(default(after = None))]
    pub async fn activity(&self, filter: ActivityFilter, after: Option<String>) -> Result<ActivityPage, WalletError> {
        self.core.ask(move |core| core.activity_page(&filter, after.as_deref())).await
    }

    /// Gives back a use that was spent while the power failed: the key may be used once more on each door.
    pub async fn give_back(&self, entry: String) -> Result<(), WalletError> {
        let core = self.core.clone();
        self.core.see_through(async move { core.give_back(id_of(&entry)?).await }).await
    }

    /// What the file of such an export is called. Takes no time.
    pub fn export_name(&self, format: ExportFormat) -> String {
        match format {
            ExportFormat::Csv => "phonein.csv".to_owned(),
            ExportFormat::Json => "phonein.json".to_owned(),
        }
    }

    /// All of the activity as a file's text, newest first.
    pub async fn export_activity(&self, format: ExportFormat) -> Result<String, WalletError> {
        self.core.ask(move |core| core.export(format)).await
    }
}

/// An entry as it will be said.
struct Read {
    deed: Deed,
    kind: ActivityKind,
    time: Option<Time>,
    number: Option<u64>,
    key: Option<KeyId>,
    door: Option<Door>,
    via: Option<Via>,
}

impl Core {
    fn activity_page(&self, filter: &ActivityFilter, after: Option<&str>) -> Result<ActivityPage, Fault> {
        let place = after.map(|after| place(after).ok_or(Fault::Gone)).transpose()?;
        let show = filter.show;
        let filter = wallet::ActivityFilter {
            intercom: filter.intercom.as_deref().map(id_of).transpose()?,
            class: match show {
                ActivityShow::All => None,
                ActivityShow::Opened => Some(Class::Opened),
                ActivityShow::Refused => Some(Class::Refused),
                ActivityShow::Keys => Some(Class::Keys),
            },
            key: None,
        };
        let rows = self.wallet.activity(filter, place, PAGE)?;
        let is_full = u32::try_from(rows.len()).is_ok_and(|count| count == PAGE);
        let next = rows.last().filter(|_| is_full).map(|row| format!("{} {}", row.at, row.id));
        let intercoms = self.intercoms_by_id()?;
        let mut entries = Vec::new();
        for row in &rows {
            if let Some(intercom) = intercoms.get(&row.intercom) {
                entries.push(self.activity_entry(row, intercom)?);
            }
        }
        let text = self.words().text;
        let empty = entries.is_empty().then(|| EmptyList {
            why: EmptyWhy::Nothing,
            sign: Sign::Clock,
            title: text.label(Label::NoActivity),
            detail: text.label(Label::NoActivityHelp),
        });
        // One that shows nothing is left by choosing another.
        let has_choices = !entries.is_empty() || show != ActivityShow::All || place.is_some();
        let choices = if has_choices { show_choices(&text) } else { Vec::new() };
        Ok(ActivityPage { entries, next, ahead: AHEAD, choices, empty })
    }

    fn intercoms_by_id(&self) -> Result<HashMap<IntercomId, Intercom>, Fault> {
        Ok(self.wallet.intercoms()?.into_iter().map(|one| (one.id, one)).collect())
    }

    fn activity_entry(&self, row: &ActivityRow, intercom: &Intercom) -> Result<ActivityEntry, Fault> {
        let text = self.words().text;
        let read = self.read_row(row);
        let key = read.key.map(|key| self.wallet.key_of(row.intercom, key)).transpose()?.flatten();
        let is_interrupted = read.kind == ActivityKind::Interrupted;
        let is_counted =
            key.as_ref().is_some_and(|key| self.now(intercom, |now| change::give_back(&key.ledger, now)).is_some());
        self.at(intercom, |present| {
            let words = text.entry(&self.said(row, &read), present);
            let reason = if row.returned { text.use_returned() } else { words.reason };
            let day = text.day_heading(present.zone.local(row.at).date, present);
            let time = read.time.map_or_else(|| text.unknown_time(), |at| text.time_at(at, present));
            let mut facts = vec![
                Fact { sign: Sign::Clock, words: day.clone(), more: time.clone() },
                Fact { sign: Sign::Intercom, words: intercom.name.clone(), more: words.line.clone() },
            ];
            facts.extend(row.person.clone().map(|person| Fact::new(Sign::People, person)));
            facts.extend(row.key_name.clone().map(|key| Fact::new(Sign::Key, key)));
            Ok(ActivityEntry {
                id: row.id.to_string(),
                intercom: intercom.id.to_string(),
                place: intercom.name.clone(),
                kind: read.kind,
                sign: Sign::of_activity(read.kind, read.door.map(ShownDoor::from)),
                meaning: read.kind.into(),
                day,
                time,
                title: words.title,
                line: words.line,
                reason,
                facts,
                person: row.person.clone(),
                key_name: row.key_name.clone(),
                key: key.map(|key| key.id.to_string()),
                door: read.door.map(ShownDoor::from),
                via: read.via.map(ShownVia::from),
                may_give_back: is_interrupted && !row.returned && intercom.is_manager && is_counted,
            })
        })
    }

    fn said(&self, row: &ActivityRow, read: &Read) -> Said {
        let text = self.words().text;
        let unknown_key = || read.key.map(|_| text.unknown_key());
        let is_own = matches!(row.what, What::Own { .. });
        Said {
            deed: read.deed.clone(),
            key: row.key_name.clone().or_else(unknown_key),
            person: row.person.clone().or_else(|| is_own.then(|| text.this_phone())),
            via: read.via.map(ShownVia::from),
        }
    }

    fn read_row(&self, row: &ActivityRow) -> Read {
        let text = self.words().text;
        let subject = || row.subject.clone().unwrap_or_else(|| text.unknown_person());
        match &row.what {
            What::Entry(entry) => {
                let (deed, kind) = deed_of(entry, subject);
                let door = entry.door.and_then(Door::from_number);
                let via = entry.via.and_then(Via::from_number);
                let Entry { number, time, key, .. } = entry;
                Read { deed, kind, time: *time, number: Some(*number), key: *key, door, via }
            }
            What::Own { ending, door, via, key } => {
                let (deed, kind) = own_deed(*ending, *door);
                Read { deed, kind, time: Some(row.at), number: None, key: *key, door: *door, via: *via }
            }
        }
    }

    async fn give_back(self: &Arc<Self>, entry: i64) -> Result<(), Fault> {
        let key = self
            .db(move |core| {
                let row = core.wallet.activity_row(entry)?;
                let key = core.read_row(&row).key.filter(|_| !row.returned).ok_or(Fault::Gone)?;
                Ok(core.wallet.key_of(row.intercom, key)?.ok_or(Fault::Gone)?.id)
            })
            .await?;
        let (intercom, key) = self.key_and_place(key).await?;
        let grant = self.now(&intercom, |now| change::give_back(&key.ledger, now)).ok_or(Fault::Gone)?;
        let grant = self.sign(&intercom, grant).await?;
        self.db(move |core| core.wallet.give_back(&key, grant, entry)).await?;
        self.changed(intercom.id);
        Ok(())
    }

    fn export(&self, format: ExportFormat) -> Result<String, Fault> {
        let intercoms = self.intercoms_by_id()?;
        let (mut rows, mut place) = (Vec::new(), None);
        loop {
            let chunk = self.wallet.activity(wallet::ActivityFilter::default(), place, CHUNK)?;
            let Some(last) = chunk.last() else { break };
            place = Some(ActivityPlace { at: last.at, id: last.id });
            let known = chunk.iter().filter_map(|row| Some((row, intercoms.get(&row.intercom)?)));
            rows.extend(
                known.map(|(row, intercom)| self.at(intercom, |present| self.export_row(row, intercom, present))),
            );
        }
        let text = self.words().text;
        let written = match format {
            ExportFormat::Csv => export::csv(&text.export_columns(), &rows),
            ExportFormat::Json => export::json(&rows),
        };
        written.map_err(|error| Fault::Fault { reason: error.to_string() })
    }

    fn export_row(&self, row: &ActivityRow, intercom: &Intercom, present: &Present<'_>) -> ExportRow {
        let text = self.words().text;
        let read = self.read_row(row);
        let said = self.said(row, &read);
        let words = text.entry(&said, present);
        ExportRow {
            intercom: intercom.name.clone(),
            number: read.number,
            time: read.time.map(|at| export::timestamp(at, present.zone)),
            event: words.title,
            key: said.key.unwrap_or_default(),
            person: said.person.unwrap_or_default(),
            door: read.door.map(|door| text.door(door.into())).unwrap_or_default(),
            path: read.via.map(|via| text.via(via.into())).unwrap_or_default(),
            reason: if row.returned { text.use_returned() } else { words.reason },
        }
    }
}

/// The kinds to choose from.
fn show_choices(text: &Text) -> Vec<ShowChoice> {
    let shows = [
        (ActivityShow::All, Label::All),
        (ActivityShow::Opened, Label::Opened),
        (ActivityShow::Refused, Label::Refused),
        (ActivityShow::Keys, Label::KeysFilter),
    ];
    shows.map(|(show, label)| ShowChoice { show, words: text.label(label) }).into()
}

/// What an entry of the log says.
fn deed_of(entry: &Entry, subject: impl FnOnce() -> String) -> (Deed, ActivityKind) {
    let door = entry.door.and_then(Door::from_number).map(ShownDoor::from);
    let shown = door.unwrap_or(ShownDoor::Entrance);
    match &entry.event {
        Event::Opened => (Deed::Opened(shown), ActivityKind::Opened),
        Event::Refused(code) => {
            let refusal = Refusal::of_code(*code).unwrap_or(Refusal::Malformed);
            let deed = door.map_or(Deed::LinkRefused(refusal), |door| Deed::Refused(door, refusal));
            (deed, ActivityKind::Refused)
        }
        Event::Claimed { name } => (Deed::Claimed(name.clone()), ActivityKind::Accepted),
        Event::Changed(Changed::Grant { version: 1 }) => (Deed::KeyCreated, ActivityKind::Changed),
        Event::Changed(Changed::Grant { .. }) => (Deed::KeyChanged, ActivityKind::Changed),
        Event::Changed(Changed::Deletion { .. }) => (Deed::KeyDeleted, ActivityKind::Changed),
        Event::Changed(Changed::Settings) => (Deed::SettingsChanged, ActivityKind::Changed),
        Event::Changed(Changed::ManagerAdded(_)) => (Deed::ManagerAdded(subject()), ActivityKind::Changed),
        Event::Changed(Changed::ManagerRemoved(_)) => (Deed::ManagerRemoved(subject()), ActivityKind::Changed),
        Event::Paired { name } => (Deed::Paired(name.clone()), ActivityKind::Paired),
        Event::ClockSet { time } => (Deed::ClockSet(*time), ActivityKind::Device),
        Event::Restarted => (Deed::Restarted, ActivityKind::Device),
        Event::Interrupted => (Deed::Interrupted(shown), ActivityKind::Interrupted),
        Event::DoorFault => (Deed::DoorFault(shown), ActivityKind::Fault),
        Event::Other { .. } => (Deed::Unknown, ActivityKind::Unknown),
    }
}

/// What this phone's own tap says.
fn own_deed(ending: Ending, door: Option<Door>) -> (Deed, ActivityKind) {
    let asked = door.map(ShownDoor::from);
    let shown = asked.unwrap_or(ShownDoor::Entrance);
    match ending {
        Ending::Answered(Outcome::Opened { .. }) => (Deed::Opened(shown), ActivityKind::Opened),
        Ending::Answered(Outcome::Done) => (Deed::ClaimedHere, ActivityKind::Accepted),
        Ending::Answered(Outcome::Interrupted) => (Deed::Interrupted(shown), ActivityKind::Interrupted),
        Ending::Answered(Outcome::DoorFault) => (Deed::DoorFault(shown), ActivityKind::Fault),
        Ending::Answered(outcome) => {
            let refusal = Refusal::of_outcome(outcome).unwrap_or(Refusal::Malformed);
            let deed = asked.map_or(Deed::LinkRefused(refusal), |door| Deed::Refused(door, refusal));
            (deed, ActivityKind::Refused)
        }
        Ending::Unreachable | Ending::NeverArrived | Ending::Cancelled => {
            (Deed::Unreachable(shown), ActivityKind::Unanswered)
        }
        Ending::NoAnswer => (Deed::NoAnswer(shown), ActivityKind::Unanswered),
    }
}

/// Where a page goes on: the time and id of the last entry shown.
fn place(after: &str) -> Option<ActivityPlace> {
    let (at, id) = after.split_once(' ')?;
    Some(ActivityPlace { at: at.parse().ok()?, id: id.parse().ok()? })
}
