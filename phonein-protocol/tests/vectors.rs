//! Grants, links, bodies, answers, zone tables and the log against vectors that somebody else's program made from the
//! document alone (docs/vectors). Each is read and made again, so that both directions are held to them.
#![allow(clippy::unwrap_used, reason = "tests")]

use phonein_protocol::{
    es256::{PublicKey, SigningKey},
    grant::{About, Grant, SignedGrant, Terms},
    id::{Commitment, Door, Doors, KeyId, Kid, LinkSecret},
    link::Link,
    log::{Changed, Entry, Event, Via, continue_chain, hash},
    message::{Answer, Body, Detail, Envelope, Head, Op, Outcome, Request},
    rule::{Date, Days, Minute, Rule, Weekly},
    zone::ZoneTable,
};
use serde_json::Value;

fn value(pointer: &str) -> Value {
    let all: Value = serde_json::from_str(include_str!("../../docs/vectors/phonein-v1.json")).unwrap();
    all.pointer(pointer).unwrap_or_else(|| panic!("no vector at {pointer}")).clone()
}

fn bytes(pointer: &str) -> Vec<u8> {
    hex::decode(value(pointer).as_str().unwrap()).unwrap()
}

fn array<const N: usize>(pointer: &str) -> [u8; N] {
    bytes(pointer).try_into().unwrap()
}

fn number(pointer: &str) -> u64 {
    value(pointer).as_u64().unwrap()
}

fn kid(name: &str) -> Kid {
    Kid::from_bytes(array(&format!("/keys/{name}_kid")))
}

fn public(name: &str) -> PublicKey {
    PublicKey::from_bytes(array(&format!("/keys/{name}"))).unwrap()
}

fn zone_table() -> ZoneTable {
    ZoneTable::from_bytes(&bytes("/zone_table/cbor")).unwrap()
}

/// The grant of the vectors, built from its fields.
fn grant(name: &str, version: u64, rule: Rule, uses: Option<u64>, doors: Doors, category: u64) -> Grant {
    let field = |label: &str| value(&format!("/grants/{name}/fields/{label}"));
    let id = field("key")["b"].as_str().unwrap().to_owned();
    Grant {
        key: KeyId::from_slice(&hex::decode(id).unwrap()).unwrap(),
        version,
        base: version - 1,
        issued: 1_800_000_000,
        terms: Some(Terms {
            claim_by: field("claim_by").as_i64().unwrap(),
            rule,
            uses,
            doors,
            commitment: Commitment::from_bytes(array("/keys/commitment")),
        }),
        about: About {
            name: Some("Peter Smith".into()),
            category: Some(category),
            welcome: value(&format!("/grants/{name}/fields")).get("welcome").map(|t| t.as_str().unwrap().into()),
        },
    }
}

#[test]
fn grants_are_made_and_read_alike() {
    let always = grant("always", 1, Rule::Always, None, Doors::ENTRANCE, 0);
    let between = Rule::between(1_800_086_400, 1_800_172_800).unwrap();
    let between = grant("between", 2, between, Some(1), Doors::BOTH, 4);
    let weekly = Weekly::new(
        Days::new(20).unwrap(),
        Date::from_days(20_833),
        Date::from_days(20_923),
        Minute::new(1_320).unwrap(),
        Minute::new(360).unwrap(),
    );
    let weekly = grant("weekly", 1, Rule::Weekly(weekly.unwrap()), None, Doors::ENTRANCE, 2);
    let deletion =
        Grant { version: 2, base: 1, issued: 1_800_000_060, terms: None, about: About::default(), ..always.clone() };
    let intercom = array("/keys/intercom");
    for (name, grant) in [("always", always), ("between", between), ("weekly", weekly), ("deletion", deletion)] {
        let at = |field| format!("/grants/{name}/{field}");
        assert_eq!(grant.payload(), bytes(&at("payload")), "{name}");
        assert_eq!(SignedGrant::text(&grant, kid("manager"), &intercom), bytes(&at("sig_structure")), "{name}");
        let signed = SignedGrant::new(grant.clone(), kid("manager"), array(&at("signature")));
        assert_eq!(signed.bytes(), bytes(&at("cose")), "{name}");
        let read = SignedGrant::parse(&bytes(&at("cose"))).unwrap();
        assert_eq!(read, signed, "{name}");
        assert!(read.verify(&public("manager"), &intercom), "{name}");
        assert!(!read.verify(&public("guest"), &intercom), "{name}");
        assert!(!read.verify(&public("manager"), &[7; 32]), "{name}");
    }
}

#[test]
fn a_link_is_made_and_read_alike() {
    let text = value("/link/text").as_str().unwrap().to_owned();
    let link = Link::parse(&text).unwrap();
    assert_eq!(link.intercom, array("/keys/intercom"));
    assert_eq!(link.secret, LinkSecret(array("/keys/link_secret")));
    assert_eq!(link.secret.commitment(), Commitment::from_bytes(array("/keys/commitment")));
    assert_eq!(link.grant.bytes(), bytes("/grants/always/cose"));
    assert_eq!((&*link.name, &*link.zone), ("Home", "Europe/Budapest"));
    assert_eq!(link.url.as_deref(), Some("http://192.168.1.20:8042"));
    assert_eq!(*link.to_text("phonein.example"), text);
}

#[test]
fn bodies_are_made_and_read_alike() {
    let guest = kid("guest");
    let open = Request {
        number: 1_800_000_000_001,
        kid: Some(guest),
        body: Body::Open { key: Some(KeyId::from_bytes(array("/keys/key_id"))), door: 0, held: 1 },
    };
    let claim = Request {
        number: 1_800_000_000_001,
        kid: None,
        body: Body::Claim {
            grant: bytes("/grants/always/cose"),
            secret: LinkSecret(array("/keys/link_secret")),
            key: public("guest"),
            name: "Peter".into(),
            door: None,
        },
    };
    let pair = Request {
        number: 0,
        kid: None,
        body: Body::Pair { key: public("manager"), name: "Anna".into(), zone: Some(zone_table()), now: 1_800_000_000 },
    };
    for (name, request) in [("open", open), ("claim", claim), ("pairing", pair)] {
        let at = |field| format!("/exchanges/{name}/{field}");
        let body = bytes(&at("body"));
        let padded = bytes(&at("padded"));
        let envelope = Envelope::parse(&padded).unwrap();
        assert_eq!(envelope.length(), body.len(), "{name}");
        assert_eq!(envelope.hash().as_slice(), bytes(&at("body_hash")), "{name}");
        let read = envelope.request().unwrap();
        assert_eq!(read.to_bytes(), body, "{name}");
        assert_eq!(Request { number: read.number, ..request.clone() }, read, "{name}");
    }
}

#[test]
fn answers_are_made_and_read_alike() {
    let opened = Answer { time: Some(1_800_000_000), ..Outcome::Opened { door: Door::Entrance, seconds: 5 }.into() };
    let claimed = Answer { time: Some(1_800_000_000), holds: Some(true), ..Outcome::Done.into() };
    let paired = Detail::Paired {
        intercom: array("/keys/intercom"),
        doors: Doors::BOTH,
        urls: vec!["http://192.168.1.20:8042".into()],
    };
    let paired = Answer { time: Some(1_800_000_000), manager: true, ..paired.into() };
    for (name, op, answer) in [("open", Op::Open, opened), ("claim", Op::Claim, claimed), ("pairing", Op::Pair, paired)]
    {
        let expected = bytes(&format!("/exchanges/{name}/res_plaintext"));
        assert_eq!(answer.to_bytes(), expected, "{name}");
        assert_eq!(Answer::parse(op, &expected).unwrap(), answer, "{name}");
    }
}

#[test]
fn a_zone_table_is_made_and_read_alike() {
    let table = zone_table();
    assert_eq!(table.to_bytes(), bytes("/zone_table/cbor"));
    assert_eq!((table.zone(), table.tzdb(), table.first_offset()), ("Europe/Budapest", "2026f", 3_600));
    assert_eq!(table.until(), value("/zone_table/table/4").as_i64().unwrap());
    assert_eq!(table.transitions().len(), value("/zone_table/table/3").as_array().unwrap().len());
}

#[test]
fn the_log_is_made_and_read_alike() {
    let (manager, guest) = (Some(kid("manager")), Some(kid("guest")));
    let key = Some(KeyId::from_bytes(array("/keys/key_id")));
    let expected = [
        (Event::Paired { name: "Anna".into() }, manager, None, None, Some(Via::Http)),
        (Event::Claimed { name: "Peter".into() }, guest, key, None, Some(Via::Bluetooth)),
        (Event::Refused(10), guest, key, Some(1), Some(Via::Bluetooth)),
    ];
    let mut entries = Vec::new();
    let mut before = [0; 32];
    for (index, (event, kid, key, door, via)) in expected.into_iter().enumerate() {
        let raw = bytes(&format!("/log/{index}/entry"));
        let number = index as u64 + 1;
        let time = Some(1_800_000_000 + i64::try_from(number).unwrap());
        let via = via.map(Via::number);
        let entry = Entry { number, before, time, event, kid, key, door, via };
        assert_eq!(entry.to_bytes(), raw);
        assert_eq!(Entry::parse(&raw).unwrap(), entry);
        before = hash(&raw);
        assert_eq!(before.as_slice(), bytes(&format!("/log/{index}/hash")));
        entries.push(raw);
    }
    assert_eq!(continue_chain(Head::EMPTY, &entries).unwrap().0, Head { number: 3, hash: before });
    // What the vectors have no entry of.
    for changed in [Changed::Settings, Changed::ManagerAdded(kid("guest")), Changed::Deletion { version: 2 }] {
        let entry = Entry {
            number: 4,
            before,
            time: None,
            event: Event::Changed(changed),
            kid: manager,
            key: None,
            door: None,
            via: None,
        };
        assert_eq!(Entry::parse(&entry.to_bytes()).unwrap(), entry);
    }
}

#[test]
fn sizes_are_those_that_were_seen() {
    assert_eq!(bytes("/exchanges/open/req").len() as u64, number("/sizes/open_req"));
    assert_eq!(value("/link/text").as_str().unwrap().len() as u64, number("/sizes/link_characters"));
    // HELLO, REQ and RES of an opening: a guest's and a manager's.
    assert!(41 + number("/sizes/open_req") + number("/sizes/open_res") + 2 <= 256);
}

#[test]
fn software_keys_sign_what_the_vectors_verify() {
    let manager = SigningKey::from_bytes(&array("/keys/manager_private")).unwrap();
    assert_eq!(manager.public(), public("manager"));
    assert_eq!(Kid::of(&manager.public()), kid("manager"));
    let text = bytes("/grants/always/sig_structure");
    assert!(public("manager").verify(&text, &manager.sign(&text)));
}
