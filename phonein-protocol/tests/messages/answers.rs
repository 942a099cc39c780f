//! Answers of every form.

use super::{fields, grants::signed, support::*};
use phonein_protocol::{
    id::{Door, Doors, KeyId},
    message::{Answer, Detail, Head, KeyItem, KeyState, ManagerItem, Op, Outcome, PutVerdict, Settings},
};
use serde_json::{Value, json};

fn outcomes() -> Vec<Outcome> {
    vec![
        Outcome::Opened { door: Door::Entrance, seconds: 5 },
        Outcome::Opened { door: Door::Inner, seconds: 300 },
        Outcome::NotYet { opens: NOW },
        Outcome::OutsideHours { next: NOW },
        Outcome::Expired,
        Outcome::UsedUp,
        Outcome::Deleted,
        Outcome::Taken,
        Outcome::LinkExpired,
        Outcome::UnknownKey,
        Outcome::NotThisDoor,
        Outcome::DoorFault,
        Outcome::TimeUnknown,
        Outcome::Interrupted,
        Outcome::NumberUsed { last: (1 << 53) - 1 },
        Outcome::NotAManager,
        Outcome::AlreadyPaired,
        Outcome::LastManager,
        Outcome::SettingsChanged,
        Outcome::TooNew,
        Outcome::Malformed,
    ]
}

/// `opened` with each of what may stand beside it, and with all.
fn beside() -> Vec<Answer> {
    let opened = || Answer::from(Outcome::Opened { door: Door::Entrance, seconds: 5 });
    let (stored, hello) = (Some(signed(grant(1)).bytes().to_vec()), Some([0x41; 41]));
    let head = Some(Head { number: 2_001, hash: [0x22; 32] });
    vec![
        Answer { time: Some(NOW), ..opened() },
        Answer { stored: stored.clone(), ..opened() },
        Answer { manager: true, ..opened() },
        Answer { holds: Some(true), ..opened() },
        Answer { holds: Some(false), ..opened() },
        Answer { clock_differs: Some(NOW), ..opened() },
        Answer { hello, ..opened() },
        Answer { head, ..opened() },
        Answer { head: Some(Head::EMPTY), ..opened() },
        Answer {
            time: Some(0),
            stored,
            manager: true,
            holds: Some(true),
            clock_differs: Some((1 << 40) - 1),
            hello,
            head,
            ..opened()
        },
    ]
}

fn details() -> Vec<(Op, Detail)> {
    let grant = signed(grant(1)).bytes().to_vec();
    let paired = |doors, urls: &[&str]| Detail::Paired {
        intercom: *fields::intercom().public(),
        doors,
        urls: urls.iter().map(|url| (*url).into()).collect(),
    };
    let verdicts = vec![
        PutVerdict::Stored,
        PutVerdict::Superseded(grant.clone()),
        PutVerdict::Deleted,
        PutVerdict::NotAManager,
        PutVerdict::TooNew,
        PutVerdict::Malformed,
    ];
    let none =
        Settings { revision: 1, inner_door: None, zone: None, urls: Vec::new(), clock_error: None, strangers: 0 };
    let full = Settings {
        revision: 8,
        inner_door: Some(false),
        zone: Some(("Europe/Budapest".into(), "2026f".into(), 2_115_569_520)),
        urls: vec!["http://192.168.1.20:8042".into()],
        clock_error: Some(2),
        strangers: 1_000,
    };
    let manager = |phone: Phone| ManagerItem { kid: phone.kid(), key: phone.key.public(), name: phone.name };
    let managers = |more| Detail::Managers { items: vec![manager(fields::manager()), manager(fields::guest())], more };
    let item = |change, state| KeyItem { change, key: KeyId::from_bytes([1; 8]), state };
    let known = KeyState { grant, holder: None, used: [0, 0] };
    let held = KeyState { holder: Some((fields::guest().kid(), "Péter".into())), used: [3, 256], ..known.clone() };
    let status = |number, outcome| (Op::Status, Detail::Status { number, outcome });
    vec![
        (Op::Pair, paired(Doors::BOTH, &["http://192.168.1.20:8042", "https://relay.example/d/1"])),
        (Op::Pair, paired(Doors::ENTRANCE, &[])),
        (Op::Claim, Detail::Nothing),
        (Op::Put, Detail::Put(Vec::new())),
        (Op::Put, Detail::Put(verdicts)),
        (Op::Log, Detail::Log { entries: Vec::new(), more: false }),
        (Op::Log, Detail::Log { entries: super::log::entries().into_iter().take(2).collect(), more: true }),
        (Op::Settings, Detail::Settings(none)),
        (Op::Settings, Detail::Settings(full)),
        status(0, None),
        status(1_800_000_000_001, Some(Outcome::Done)),
        status(1_800_000_000_002, Some(Outcome::Opened { door: Door::Inner, seconds: 5 })),
        status(1_800_000_000_003, Some(Outcome::NotYet { opens: NOW })),
        status(1_800_000_000_004, Some(Outcome::Interrupted)),
        (Op::Managers, managers(false)),
        (Op::Managers, managers(true)),
        (Op::Managers, Detail::Nothing),
        (Op::Keys, Detail::Keys { items: Vec::new(), more: false, counter: 0 }),
        (
            Op::Keys,
            Detail::Keys {
                items: vec![item(1, None), item(2, Some(known)), item(3, Some(held))],
                more: true,
                counter: 9,
            },
        ),
    ]
}

pub(crate) fn all() -> Value {
    let outcomes = outcomes().into_iter().map(|outcome| (Op::Open, outcome.into()));
    let beside = beside().into_iter().map(|answer| (Op::Open, answer));
    let details = details().into_iter().map(|(op, detail)| (op, Answer::from(detail)));
    let one = |(op, answer): (Op, Answer)| {
        let cbor = answer.to_bytes();
        assert_eq!(Answer::parse(op, &cbor).as_ref(), Ok(&answer));
        json!({ "to": op as u64, "fields": fields::answer(&answer), "cbor": hex::encode(cbor) })
    };
    outcomes.chain(beside).chain(details).map(one).collect()
}
