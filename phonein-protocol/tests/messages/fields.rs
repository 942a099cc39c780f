//! What stands in a message, as JSON.

use super::support::{Phone, UUID};
use phonein_protocol::{
    grant::Grant,
    id::Kid,
    message::{Answer, Body, Detail, KeyItem, ManagerItem, ManagersAsk, Outcome, PutVerdict, Request, Settings},
    rule::{Rule, Weekly},
    session::KeyPair,
    zone::ZoneTable,
};
use serde_json::{Map, Value, json};
use zeroize::Zeroizing;

pub(crate) fn manager() -> Phone {
    Phone { name: "Anna".into(), ..Phone::new(101) }
}

pub(crate) fn guest() -> Phone {
    Phone { name: "Péter".into(), ..Phone::new(102) }
}

pub(crate) fn stranger() -> Phone {
    Phone { name: "Mallory".into(), ..Phone::new(66) }
}

pub(crate) fn intercom() -> KeyPair {
    KeyPair::from_private(Zeroizing::new([0x11; 32]))
}

/// The keys of everybody; private ones are the same byte 32 times.
pub(crate) fn phones() -> Value {
    let phone = |byte: u8, phone: Phone| {
        json!({
            "private": hex::encode([byte; 32]),
            "public": hex::encode(phone.key.public().as_bytes()),
            "kid": hex::encode(phone.kid().as_bytes()),
        })
    };
    json!({
        "manager": phone(101, manager()),
        "guest": phone(102, guest()),
        "stranger": phone(66, stranger()),
        "intercom": { "private": hex::encode(intercom().private()), "public": hex::encode(intercom().public()) },
        "uuid": hex::encode(UUID),
    })
}

pub(crate) fn zone(table: &ZoneTable) -> Value {
    json!({
        "zone": table.zone(),
        "tzdb": table.tzdb(),
        "first_offset": table.first_offset(),
        "transitions": table.transitions(),
        "until": table.until(),
    })
}

pub(crate) fn grant(grant: &Grant) -> Value {
    let mut map = Map::new();
    let mut put = |name: &str, value: Value| map.insert(name.into(), value);
    put("key", json!(hex::encode(grant.key.as_bytes())));
    put("version", json!(grant.version));
    put("base", json!(grant.base));
    put("issued", json!(grant.issued));
    match &grant.terms {
        None => _ = put("revoked", json!(true)),
        Some(terms) => {
            put("claim_by", json!(terms.claim_by));
            put("rule", rule(terms.rule));
            if let Some(uses) = terms.uses {
                put("uses", json!(uses));
            }
            put("doors", json!(terms.doors.mask()));
            put("commitment", json!(hex::encode(terms.commitment.as_bytes())));
        }
    }
    if let Some(name) = &grant.about.name {
        put("name", json!(name));
    }
    if let Some(category) = grant.about.category {
        put("category", json!(category));
    }
    if let Some(welcome) = &grant.about.welcome {
        put("welcome", json!(welcome));
    }
    map.into()
}

fn rule(rule: Rule) -> Value {
    match rule {
        Rule::Always => json!("always"),
        Rule::Between { start, expiry } => json!({ "start": start, "expiry": expiry }),
        Rule::Weekly(Weekly { days, from, until, start, end }) => json!({
            "days": days.bits(),
            "from": from.days(),
            "until": until.days(),
            "start": start.get(),
            "end": end.get(),
        }),
    }
}

pub(crate) fn request(request: &Request) -> Value {
    let fields = match &request.body {
        Body::Pair { key, name, zone: table, now } => {
            json!({ "public": hex::encode(key.as_bytes()), "name": name, "zone": table.as_ref().map(zone), "now": now })
        }
        Body::Open { key, door, held } => {
            json!({ "key": key.map_or(String::new(), |key| hex::encode(key.as_bytes())), "door": door, "held": held })
        }
        Body::Claim { grant, secret, key, name, door } => json!({
            "grant": hex::encode(grant),
            "secret": hex::encode(secret.0),
            "public": hex::encode(key.as_bytes()),
            "name": name,
            "door": door,
        }),
        Body::Put { grants, now, zone: table } => json!({
            "grants": grants.iter().map(hex::encode).collect::<Vec<_>>(),
            "now": now,
            "zone": table.as_ref().map(zone),
        }),
        Body::Log { after } | Body::Keys { after } => json!({ "after": after }),
        Body::ReadSettings | Body::Status => json!({}),
        Body::WriteSettings { revision, write } => {
            let write = write.as_ref().unwrap();
            let mut map = Map::new();
            write.inner_door.map(|on| map.insert("inner_door".into(), json!(on)));
            write.zone.as_ref().map(|table| map.insert("zone".into(), zone(table)));
            write.clock.map(|time| map.insert("clock".into(), json!(time)));
            json!({ "revision": revision, "write": map })
        }
        Body::Managers(ManagersAsk::Page { after }) => {
            json!({ "ask": "page", "after": after.map_or(String::new(), |kid| hex::encode(kid.as_bytes())) })
        }
        Body::Managers(ManagersAsk::Add { key, holder }) => {
            json!({ "ask": "add", "key": hex::encode(key.as_bytes()), "holder": hex::encode(holder.as_bytes()) })
        }
        Body::Managers(ManagersAsk::Remove(kid)) => json!({ "ask": "remove", "kid": hex::encode(kid.as_bytes()) }),
    };
    let kid = request.kid.map_or(String::new(), |kid| hex::encode(kid.as_bytes()));
    json!({ "op": request.op() as u64, "number": request.number, "kid": kid, "fields": fields })
}

pub(crate) fn answer(answer: &Answer) -> Value {
    let mut map = Map::new();
    let mut put = |name: &str, value: Value| map.insert(name.into(), value);
    put("code", json!(answer.outcome.code()));
    put("detail", if answer.outcome == Outcome::Done { detail(&answer.detail) } else { outcome(answer.outcome) });
    if let Some(time) = answer.time {
        put("time", json!(time));
    }
    if let Some(stored) = &answer.stored {
        put("stored", json!(hex::encode(stored)));
    }
    if answer.manager {
        put("manager", json!(true));
    }
    if let Some(holds) = answer.holds {
        put("holds", json!(holds));
    }
    if let Some(time) = answer.clock_differs {
        put("clock_differs", json!(time));
    }
    if let Some(hello) = answer.hello {
        put("hello", json!(hex::encode(hello)));
    }
    if let Some(head) = answer.head {
        put("head", json!({ "number": head.number, "hash": hex::encode(head.hash) }));
    }
    map.into()
}

fn outcome(outcome: Outcome) -> Value {
    match outcome {
        Outcome::Opened { door, seconds } => json!({ "door": door.number(), "seconds": seconds }),
        Outcome::NotYet { opens: time } | Outcome::OutsideHours { next: time } => json!({ "time": time }),
        Outcome::NumberUsed { last } => json!({ "last": last }),
        _ => Value::Null,
    }
}

fn detail(detail: &Detail) -> Value {
    match detail {
        Detail::Nothing => Value::Null,
        Detail::Paired { intercom, doors, urls } => {
            json!({ "intercom": hex::encode(intercom), "doors": doors.mask(), "urls": urls })
        }
        Detail::Put(verdicts) => verdicts.iter().map(verdict).collect(),
        Detail::Log { entries, more } => {
            json!({ "entries": entries.iter().map(hex::encode).collect::<Vec<_>>(), "more": more })
        }
        Detail::Settings(settings) => self::settings(settings),
        Detail::Status { number, outcome: last } => {
            json!({ "number": number, "last": last.map(|last| json!({ "code": last.code(), "detail": outcome(last) })) })
        }
        Detail::Managers { items, more } => {
            let more = more.then(|| json!(true));
            items.iter().map(one_manager).chain(more).collect()
        }
        Detail::Keys { items, more, counter } => {
            json!({ "items": items.iter().map(key_item).collect::<Vec<_>>(), "more": more, "counter": counter })
        }
    }
}

fn verdict(verdict: &PutVerdict) -> Value {
    match verdict {
        PutVerdict::Stored => json!({ "verdict": 0 }),
        PutVerdict::Superseded(grant) => json!({ "verdict": 1, "stored": hex::encode(grant) }),
        PutVerdict::Deleted => json!({ "verdict": 2 }),
        PutVerdict::NotAManager => json!({ "verdict": 3 }),
        PutVerdict::TooNew => json!({ "verdict": 4 }),
        PutVerdict::Malformed => json!({ "verdict": 5 }),
    }
}

fn settings(settings: &Settings) -> Value {
    let zone = settings.zone.as_ref().map(|(zone, tzdb, until)| json!({ "zone": zone, "tzdb": tzdb, "until": until }));
    json!({
        "revision": settings.revision,
        "inner_door": settings.inner_door,
        "zone": zone,
        "urls": settings.urls,
        "clock_error": settings.clock_error,
        "strangers": settings.strangers,
    })
}

fn one_manager(ManagerItem { kid, key, name }: &ManagerItem) -> Value {
    json!({ "kid": hex::encode(kid.as_bytes()), "public": hex::encode(key.as_bytes()), "name": name })
}

fn key_item(KeyItem { change, key, state }: &KeyItem) -> Value {
    let key = hex::encode(key.as_bytes());
    let holder = |(kid, name): &(Kid, String)| json!({ "kid": hex::encode(kid.as_bytes()), "name": name });
    match state {
        None => json!({ "change": change, "key": key }),
        Some(state) => json!({
            "change": change,
            "key": key,
            "grant": hex::encode(&state.grant),
            "holder": state.holder.as_ref().map(holder),
            "used": state.used,
        }),
    }
}
