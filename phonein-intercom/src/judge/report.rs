//! What the judge tells people: status, log, and one line for each new entry without anybody's name.

use super::{Bench, Standing};
use crate::{
    control::{ClockStatus, DoorStatus, LogPage, Said, Status},
    relay,
    store::{SqliteStore, StoreError},
};
use phonein_protocol::{
    id::Door,
    intercom::{Intercom, Judgement, Store},
    log::{Changed, Entry, Event, Via},
};
use tracing::{Level, enabled, info};

/// Entries in one answer.
const PAGE: usize = 100;
/// A request adds a few entries; a Put of many grants more.
const NEW_ENTRIES: usize = 200;

/// Logs what came into the log after entry `before`.
pub(super) fn new_entries(judgement: &Judgement<SqliteStore>, before: u64) {
    if judgement.state().head.number == before || !enabled!(Level::INFO) {
        return;
    }
    let entries = judgement.store().entries_after(before, NEW_ENTRIES).unwrap_or_default();
    for entry in entries.iter().filter_map(|bytes| Entry::parse(bytes).ok()) {
        let door = entry.door.and_then(Door::from_number).map(relay::name);
        info!(event = kind(&entry.event), door, via = entry.via.map(via), refusal = refusal(&entry.event), "logged");
    }
}

fn refusal(event: &Event) -> Option<u64> {
    if let Event::Refused(code) = event { Some(*code) } else { None }
}

/// An event in two words.
pub(crate) fn kind(event: &Event) -> &'static str {
    match event {
        Event::Opened => "opened",
        Event::Refused(_) => "refused",
        Event::Claimed { .. } => "key accepted",
        Event::Changed(Changed::Grant { .. }) => "key changed",
        Event::Changed(Changed::Deletion { .. }) => "key deleted",
        Event::Changed(Changed::Settings) => "settings changed",
        Event::Changed(Changed::ManagerAdded(_)) => "manager added",
        Event::Changed(Changed::ManagerRemoved(_)) => "manager removed",
        Event::Paired { .. } => "paired",
        Event::ClockSet { .. } => "clock set",
        Event::Restarted => "restarted",
        Event::Interrupted => "interrupted",
        Event::DoorFault => "door fault",
        Event::Other { .. } => "of a later version",
    }
}

/// How a request came.
pub(crate) fn via(number: u64) -> &'static str {
    match Via::from_number(number) {
        Some(Via::Bluetooth) => "Bluetooth",
        Some(Via::Http) => "HTTP",
        None => "another way",
    }
}

pub(super) fn log(judgement: &Judgement<SqliteStore>, after: u64) -> Result<Said, StoreError> {
    let entries = judgement.store().entries_after(after, PAGE)?;
    let head = judgement.state().head;
    Ok(Said::Log(LogPage {
        entries: entries.iter().map(hex::encode).collect(),
        head_number: head.number,
        head_hash: hex::encode(head.hash),
    }))
}

pub(super) fn status(bench: &Bench, intercom: &Intercom<SqliteStore>) -> Result<Said, StoreError> {
    let judgement = intercom.judgement();
    let moment = bench.clock.moment();
    let (state, config) = (judgement.state(), judgement.config());
    let doors = [(&bench.entrance, Door::Entrance, true), (&bench.inner, Door::Inner, state.inner_door)];
    let wired = doors.into_iter().filter(|(_, door, _)| config.doors.contains(*door));
    Ok(Said::Status(Box::new(Status {
        version: env!("CARGO_PKG_VERSION").into(),
        uuid: bench.uuid.clone(),
        http: bench.http.map(|address| address.to_string()),
        bluetooth: bench.bluetooth.as_ref().map(Standing::status),
        urls: config.urls.clone(),
        doors: wired
            .map(|(relay, door, on)| DoorStatus {
                door: relay::name(door).into(),
                on,
                seconds_left: relay.seconds_left(),
            })
            .collect(),
        managers: judgement.store().managers()?.len(),
        pairing_open: judgement.is_pairing_open(&moment)?,
        zone: state.zone.as_ref().map(|zone| zone.zone().into()),
        clock: ClockStatus {
            trust: bench.trust(),
            time: judgement.clock().time(&moment),
            error: judgement.clock().error(&moment),
        },
        entries: state.head.number,
        checks: intercom.checks(),
    })))
}
