//! Grants of every form.

use super::{fields, support::*};
use phonein_protocol::{
    grant::{About, Grant, SignedGrant},
    id::{Doors, KeyId},
    rule::{Date, Days, Minute, Rule, Weekly},
};
use serde_json::{Value, json};

const LAST_TIME: i64 = (1 << 40) - 1;
const LAST: u64 = (1 << 63) - 1;

pub(crate) fn signed(grant: Grant) -> SignedGrant {
    fields::manager().sign(grant, fields::intercom().public())
}

fn weekly(days: u8, [from, until]: [i32; 2], [start, end]: [u16; 2]) -> Rule {
    let (from, until) = (Date::from_days(from), Date::from_days(until));
    let (start, end) = (Minute::new(start).unwrap(), Minute::new(end).unwrap());
    Rule::Weekly(Weekly::new(Days::new(days).unwrap(), from, until, start, end).unwrap())
}

fn with_rule(id: u8, rule: Rule) -> Grant {
    with_terms(grant(id), |terms| terms.rule = rule)
}

fn forms() -> Vec<(&'static str, Grant)> {
    let bare = Grant { about: About::default(), ..grant(1) };
    let about =
        About { name: Some("Péter 🔑".into()), category: Some(4), welcome: Some("2. emelet\njobbra".into()) };
    let everything = with_terms(Grant { version: 300, base: 298, about: about.clone(), ..grant(2) }, |terms| {
        terms.rule = Rule::between(NOW, NOW + 86_400).unwrap();
        terms.uses = Some(99);
        terms.doors = Doors::INNER;
    });
    let longest = About { name: Some("é".repeat(40)), category: Some(LAST), welcome: Some("w".repeat(400)) };
    let greatest = with_terms(
        Grant {
            key: KeyId::from_bytes([255; 8]),
            version: LAST,
            base: LAST - 1,
            issued: LAST_TIME,
            about: longest,
            ..grant(3)
        },
        |terms| {
            terms.claim_by = LAST_TIME;
            terms.rule = weekly(127, [12_725_826; 2], [1_439, 1_438]);
            terms.uses = Some(LAST);
        },
    );
    let least = with_terms(
        Grant { issued: 0, about: About { name: Some(String::new()), ..About::default() }, ..grant(4) },
        |terms| {
            terms.claim_by = 0;
            terms.rule = weekly(1, [0; 2], [0; 2]);
            terms.uses = Some(1);
            terms.doors = Doors::ENTRANCE;
        },
    );
    vec![
        ("always, nothing for people", bare),
        ("always, with a name", grant(1)),
        ("between, with everything", everything),
        ("weekly by day", with_rule(5, weekly(0b11111, [20_833, 20_923], [600, 840]))),
        ("weekly overnight", with_rule(6, weekly(0b010_0100, [20_833, 20_923], [1_320, 360]))),
        ("the greatest of everything", greatest),
        ("the least of everything", least),
        ("deletion", deletion(&grant(1))),
        ("deletion that keeps the name", Grant { about, ..deletion(&grant(1)) }),
    ]
}

pub(crate) fn all() -> Value {
    let one = |(name, grant): (&str, Grant)| {
        let signed = signed(grant.clone());
        assert_eq!(SignedGrant::parse(signed.bytes()).unwrap(), signed, "{name}");
        assert!(signed.verify(&fields::manager().key.public(), fields::intercom().public()), "{name}");
        json!({
            "name": name,
            "signer": "manager",
            "fields": fields::grant(&grant),
            "payload": hex::encode(signed.payload()),
            "sig_structure": hex::encode(SignedGrant::text(&grant, signed.signer(), fields::intercom().public())),
            "grant": hex::encode(signed.bytes()),
        })
    };
    forms().into_iter().map(one).collect()
}
