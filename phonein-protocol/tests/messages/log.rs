//! A log with every kind of entry.

use super::{fields, support::NOW};
use phonein_protocol::{
    id::KeyId,
    log::{Changed, Entry, Event, Via, continue_chain, hash},
    message::Head,
};
use serde_json::{Value, json};

/// What happened; whether a phone and a key are named; door and way.
type Happened = (Event, bool, bool, Option<u64>, Option<u64>);

fn other(kind: u64, detail: &str) -> Event {
    Event::Other { kind, detail: hex::decode(detail.replace(' ', "")).unwrap() }
}

fn events() -> Vec<Happened> {
    let (http, bluetooth) = (Some(Via::Http.number()), Some(Via::Bluetooth.number()));
    let guest = fields::guest().kid();
    let changed = Event::Changed;
    vec![
        (Event::Restarted, false, false, None, None),
        (Event::ClockSet { time: NOW }, true, false, None, http),
        (Event::Paired { name: "Anna".into() }, true, false, None, http),
        (changed(Changed::Grant { version: 1 }), true, true, None, bluetooth),
        (Event::Claimed { name: "Péter".into() }, true, true, None, bluetooth),
        (Event::Opened, true, true, Some(0), bluetooth),
        (Event::DoorFault, true, true, Some(0), bluetooth),
        (Event::Opened, true, false, Some(1), http),
        (Event::Restarted, false, false, None, None),
        (Event::Interrupted, true, false, Some(1), http),
        (Event::Refused(10), true, true, Some(70_000), http),
        (Event::Refused(8), true, true, None, http),
        (changed(Changed::Settings), true, false, None, http),
        (changed(Changed::ManagerAdded(guest)), true, true, None, http),
        (changed(Changed::ManagerRemoved(guest)), true, false, None, http),
        (changed(Changed::Deletion { version: 300 }), true, true, None, http),
        // What a later version may write.
        (other(9, "83 01 20 6161"), true, false, Some(2), http),
        (other(3, "82 05 80"), true, true, None, None),
    ]
}

fn built() -> Vec<(Entry, Vec<u8>)> {
    let (kid, key) = (fields::manager().kid(), KeyId::from_bytes([1; 8]));
    let mut before = [0; 32];
    let mut entries = Vec::new();
    for (number, (event, by_phone, with_key, door, via)) in (1_u64..).zip(events()) {
        // The time is unknown until the clock is set.
        let time = (number > 1).then_some(NOW + 10 * number.cast_signed());
        let (kid, key) = (by_phone.then_some(kid), with_key.then_some(key));
        let entry = Entry { number, before, time, event, kid, key, door, via };
        let bytes = entry.to_bytes();
        before = hash(&bytes);
        entries.push((entry, bytes));
    }
    entries
}

pub(crate) fn entries() -> Vec<Vec<u8>> {
    built().into_iter().map(|(_, bytes)| bytes).collect()
}

fn detail(event: &Event) -> (u64, Value) {
    match event {
        Event::Opened => (0, json!({})),
        Event::Refused(code) => (1, json!({ "code": code })),
        Event::Claimed { name } => (2, json!({ "name": name })),
        Event::Changed(Changed::Grant { version }) => (3, json!({ "changed": 0, "version": version })),
        Event::Changed(Changed::Deletion { version }) => (3, json!({ "changed": 1, "version": version })),
        Event::Changed(Changed::Settings) => (3, json!({ "changed": 2 })),
        Event::Changed(Changed::ManagerAdded(kid)) => (3, json!({ "changed": 3, "kid": hex::encode(kid.as_bytes()) })),
        Event::Changed(Changed::ManagerRemoved(kid)) => {
            (3, json!({ "changed": 4, "kid": hex::encode(kid.as_bytes()) }))
        }
        Event::Paired { name } => (4, json!({ "name": name })),
        Event::ClockSet { time } => (5, json!({ "time": time })),
        Event::Restarted => (6, json!({})),
        Event::Interrupted => (7, json!({})),
        Event::DoorFault => (8, json!({})),
        Event::Other { kind, detail } => (*kind, json!({ "cbor": hex::encode(detail) })),
    }
}

pub(crate) fn all() -> Value {
    let (head, read) = continue_chain(Head::EMPTY, &entries()).unwrap();
    let one = |((entry, bytes), read): ((Entry, Vec<u8>), Entry)| {
        assert_eq!(read, entry);
        let (kind, detail) = detail(&entry.event);
        let fields = json!({
            "number": entry.number,
            "before": hex::encode(entry.before),
            "time": entry.time,
            "kind": kind,
            "kid": entry.kid.map_or(String::new(), |kid| hex::encode(kid.as_bytes())),
            "key": entry.key.map_or(String::new(), |key| hex::encode(key.as_bytes())),
            "door": entry.door,
            "via": entry.via,
            "detail": detail,
        });
        json!({ "fields": fields, "cbor": hex::encode(&bytes), "hash": hex::encode(hash(&bytes)) })
    };
    let entries: Vec<Value> = built().into_iter().zip(read).map(one).collect();
    json!({ "entries": entries, "head": { "number": head.number, "hash": hex::encode(head.hash) } })
}
