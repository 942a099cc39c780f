//! What readers must refuse, and what they must take though nobody writes it yet.

use super::{fields, grants::signed, support::*};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use phonein_protocol::{
    cbor::Writer,
    grant::{GrantError, SignedGrant},
    link::{Link, LinkError},
    log::Entry,
    message::{Answer, Body, BodyError, Envelope, Op, Request},
    zone::ZoneTable,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const GOOD: &str = "good";
const MALFORMED: &str = "malformed";
const TOO_NEW: &str = "version too new";
const TRANSPORT: &str = "transport error 1";

pub(crate) fn all() -> Value {
    [bodies(), grants(), containers(), answers(), zone_tables(), log_entries(), links()].concat().into()
}

fn case(what: &str, why: &str, bytes: &[u8], verdict: &str) -> Value {
    json!({ "what": what, "why": why, "bytes": hex::encode(bytes), "verdict": verdict })
}

fn bytes(hex: &str) -> Vec<u8> {
    hex::decode(hex.replace(' ', "")).unwrap()
}

fn text(text: &str) -> String {
    let mut w = Writer::default();
    w.text(text);
    hex::encode(w.into_bytes())
}

fn body(why: &str, hex: &str, expected: &str) -> Value {
    let cbor = bytes(hex);
    let verdict = match Envelope::parse(&cbor).map(|envelope| envelope.request()) {
        Err(_) => TRANSPORT,
        Ok(Err(BodyError::UnknownOp) | Ok(Request { body: Body::WriteSettings { write: Err(_), .. }, .. })) => TOO_NEW,
        Ok(Err(BodyError::Malformed)) => MALFORMED,
        Ok(Ok(_)) => GOOD,
    };
    assert_eq!(verdict, expected, "{why}");
    case("body", why, &cbor, verdict)
}

#[allow(clippy::too_many_lines, reason = "a table")]
fn bodies() -> Vec<Value> {
    let kid = format!("48{}", hex::encode(fields::guest().kid().as_bytes()));
    let public = format!("5821{}", hex::encode(fields::guest().key.public().as_bytes()));
    let (kid, public) = (&kid, &public);
    let status = |more: &str| format!("84 06 00 {kid} {more}");
    let claim = |name: &str, door: &str| format!("88 02 01 40 40 50{} {public} {} {door}", "22".repeat(16), text(name));
    let pair = |key: &str, rest: &str| format!("87 00 00 40 {key} {rest}");
    let write = |map: &str| format!("85 05 00 {kid} 07 {map}");
    vec![
        body("an element more at the end is skipped", &status("f6"), GOOD),
        body("a skipped element at depth 8", &status(&("81".repeat(6) + "00")), GOOD),
        body("a skipped element at depth 9", &status(&("81".repeat(7) + "00")), TRANSPORT),
        body("a skipped map", &status("a2 01 20 18 20 f4"), GOOD),
        body("a skipped map with a label twice", &status("a2 01 00 01 00"), TRANSPORT),
        body("a skipped map out of order", &status("a2 02 00 01 00"), TRANSPORT),
        body("a skipped tag", &status("c0 00"), TRANSPORT),
        body("a skipped float", &status("f9 0000"), TRANSPORT),
        body("a skipped undefined", &status("f7"), TRANSPORT),
        body("a skipped text that is no UTF-8", &status("61 ff"), TRANSPORT),
        body("a skipped text of indefinite length", &status("7f 61 61 ff"), TRANSPORT),
        body("the op not in its shortest form", &format!("83 1806 00 {kid}"), TRANSPORT),
        body("the array's head not in its shortest form", &format!("9803 06 00 {kid}"), TRANSPORT),
        body("an array of indefinite length", &format!("9f 06 00 {kid} ff"), TRANSPORT),
        body("two elements", "82 06 00", TRANSPORT),
        body("an array that promises more than there is", &format!("84 06 00 {kid}"), TRANSPORT),
        body("a map", "a0", TRANSPORT),
        body("nothing", "", TRANSPORT),
        body("an op that is a text", &format!("83 6136 00 {kid}"), TRANSPORT),
        body("a negative number", &format!("83 06 20 {kid}"), TRANSPORT),
        body("a number of 2^63", &format!("83 06 1b8000000000000000 {kid}"), TRANSPORT),
        body("a kid of 7 bytes", "83 06 00 47 01020304050607", TRANSPORT),
        body("a pairing with a key of 32 bytes", &pair(&format!("5820{}", "02".repeat(32)), "60 f6 00"), TRANSPORT),
        body(
            "a pairing with a key that begins with 4",
            &pair(&format!("5821{}", "04".repeat(33)), "60 f6 00"),
            TRANSPORT,
        ),
        body("a claim without a key", "85 02 01 40 40 40", TRANSPORT),
        body("an unknown op", &format!("83 09 00 {kid}"), TOO_NEW),
        body("an unknown op with fields", &format!("84 1903e8 18ff {kid} 80"), TOO_NEW),
        body("an open with number 0", &format!("86 01 00 {kid} 40 00 00"), MALFORMED),
        body("an open with number 2^53", &format!("86 01 1b0020000000000000 {kid} 40 00 00"), MALFORMED),
        body("a status with number 1", &format!("83 06 01 {kid}"), MALFORMED),
        body("an open that lacks its version", &format!("85 01 01 {kid} 40 00"), MALFORMED),
        body("an open with a key id of 7 bytes", &format!("86 01 01 {kid} 47 01020304050607 00 00"), MALFORMED),
        body("an open with a negative door", &format!("86 01 01 {kid} 40 20 00"), MALFORMED),
        body("an open without a door", &format!("86 01 01 {kid} 40 f6 00"), MALFORMED),
        body("a claim with an empty name", &claim("", "00"), GOOD),
        body("a claim with a name of 40 characters", &claim(&"🔑".repeat(40), "f6"), GOOD),
        body("a claim with a name of 41 characters", &claim(&"a".repeat(41), "f6"), MALFORMED),
        body("a claim with false for a door", &claim("G", "f4"), MALFORMED),
        body("a claim with a kid", &claim("G", "f6").replacen("40 40", &format!("{kid} 40"), 1), MALFORMED),
        body(
            "a claim with a secret of 15 bytes",
            &claim("G", "f6").replace(&format!("50{}", "22".repeat(16)), &format!("4f{}", "22".repeat(15))),
            MALFORMED,
        ),
        body("a pairing with a kid", &pair(public, "60 f6 00").replacen("40", kid, 1), MALFORMED),
        body("a pairing without a time", &format!("86 00 00 40 {public} 60 f6"), MALFORMED),
        body("a pairing with false for a zone table", &pair(public, "60 f4 00"), MALFORMED),
        body("a pairing at 2^40", &pair(public, "60 f6 1b0000010000000000"), MALFORMED),
        body("a put with one grant and no list", &format!("86 03 00 {kid} 40 00 f6"), MALFORMED),
        body("a put with a text for a grant", &format!("86 03 00 {kid} 81 60 00 f6"), MALFORMED),
        body("a put without a zone table", &format!("85 03 00 {kid} 80 00"), MALFORMED),
        body("a log read from nowhere", &format!("83 04 00 {kid}"), MALFORMED),
        body("a settings write that is no map", &write("80"), MALFORMED),
        body("a settings write without a map", &format!("84 05 00 {kid} 07"), MALFORMED),
        body("a settings write with an unknown label", &write("a1 05 f6"), TOO_NEW),
        body("a settings write with the label of the revision", &write("a1 00 07"), TOO_NEW),
        body("a settings write of the clock that is not forced", &write("a1 03 00"), MALFORMED),
        body("a settings write of force alone", &write("a1 04 f5"), MALFORMED),
        body("a settings write with false for force", &write("a2 03 00 04 f4"), MALFORMED),
        body("a settings write with null for the inner door", &write("a1 01 f6"), MALFORMED),
        body("managers after a kid of 7 bytes", &format!("85 07 00 {kid} 00 47{}", "01".repeat(7)), MALFORMED),
        body("a manager added without its kid", &format!("85 07 00 {kid} 01 48{}", "01".repeat(8)), MALFORMED),
        body("managers asked without a page", &format!("84 07 00 {kid} 00"), MALFORMED),
        body("managers asked in an unknown way", &format!("84 07 00 {kid} 03"), MALFORMED),
        body("a manager added without a key", &format!("84 07 00 {kid} 01"), MALFORMED),
        body("a manager removed by a kid of 9 bytes", &format!("85 07 00 {kid} 02 49{}", "01".repeat(9)), MALFORMED),
        body("keys after a negative count", &format!("84 08 00 {kid} 20"), MALFORMED),
    ]
}

fn grant_case(why: &str, grant: &[u8], expected: &str) -> Value {
    let verdict = match SignedGrant::parse(grant) {
        Ok(_) => GOOD,
        Err(GrantError::Malformed) => MALFORMED,
        Err(GrantError::TooNew) => TOO_NEW,
    };
    assert_eq!(verdict, expected, "{why}");
    case("grant", why, grant, verdict)
}

fn cose(payload: &[u8]) -> Vec<u8> {
    let mut w = Writer::default();
    let protected = [&bytes("a2 01 26 04 48")[..], fields::manager().kid().as_bytes()].concat();
    w.array(4).bytes(&protected).map(0).bytes(payload).bytes(&[0x33; 64]);
    w.into_bytes()
}

/// The payload of an unlimited key with some labels replaced, added, or taken out where the value is empty.
fn payload(changes: &[(u64, &str)]) -> Vec<u8> {
    let commitment = format!("50{}", "44".repeat(16));
    let plain = [
        (0, "480101010101010101"),
        (1, "02"),
        (2, "01"),
        (3, "00"),
        (4, "00"),
        (5, "8100"),
        (7, "03"),
        (8, &commitment),
    ];
    let mut map: BTreeMap<u64, &str> = plain.into_iter().collect();
    map.extend(changes.iter().copied());
    map.retain(|_, value| !value.is_empty());
    let mut w = Writer::default();
    w.map(map.len() as u64);
    for (label, value) in map {
        w.u(label).raw(&bytes(value));
    }
    w.into_bytes()
}

/// The labels 0–31 that a deletion lacks.
const GONE: [(u64, &str); 4] = [(4, ""), (5, ""), (7, ""), (8, "")];

fn grants() -> Vec<Value> {
    let one = |why: &str, changes: &[(u64, &str)], verdict| grant_case(why, &cose(&payload(changes)), verdict);
    let deletion = |label, value| [&GONE[..], &[(9, "f5"), (label, value)]].concat();
    let (long_name, long_welcome) = (text(&"a".repeat(41)), text(&"w".repeat(401)));
    let mut cases = vec![
        one("a plain one", &[], GOOD),
        one("label 35 is skipped", &[(35, "f6")], GOOD),
        one("label 2^40 is skipped, a map too", &[(1 << 40, "a100a0")], GOOD),
        one("a category that is not known", &[(33, "07")], GOOD),
        one("a deletion with a skipped label", &deletion(99, "00"), GOOD),
        one("label 10", &[(10, "f5")], TOO_NEW),
        one("label 31", &[(31, "a0")], TOO_NEW),
        one("label 10 beside a version of 0", &[(1, "00"), (10, "f5")], TOO_NEW),
        one("label 10 in a deletion", &deletion(10, "f5"), TOO_NEW),
        one("a tag under label 99", &[(99, "c000")], MALFORMED),
        one("a version of 0", &[(1, "00"), (2, "00")], MALFORMED),
        one("a base that is the version", &[(2, "02")], MALFORMED),
        one("issued at 2^40", &[(3, "1b0000010000000000")], MALFORMED),
        one("a key id of 7 bytes", &[(0, "4701010101010101")], MALFORMED),
        one("no use", &[(6, "00")], MALFORMED),
        one("null for uses", &[(6, "f6")], MALFORMED),
        one("no door", &[(7, "00")], MALFORMED),
        one("a third door", &[(7, "04")], MALFORMED),
        one("a commitment of 15 bytes", &[(8, "4f444444444444444444444444444444")], MALFORMED),
        one("revoked false", &[(9, "f4")], MALFORMED),
        one("a deletion with terms", &[(9, "f5")], MALFORMED),
        one("a deletion with uses", &deletion(6, "01"), MALFORMED),
        one("an unknown kind of rule", &[(5, "8103")], MALFORMED),
        one("a rule always with more", &[(5, "820000")], MALFORMED),
        one("a rule between that is empty", &[(5, "83010505")], MALFORMED),
        one("a weekly rule without a day", &[(5, "86020000000000")], MALFORMED),
        one("a weekly rule with an eighth day", &[(5, "86021880 00000000")], MALFORMED),
        one("a weekly rule with its dates the wrong way round", &[(5, "86020101000000")], MALFORMED),
        one(
            "a weekly rule with a date whose day no time can hold",
            &[(5, "8602011a00c22e431a00c22e430000")],
            MALFORMED,
        ),
        one("a weekly rule that starts at minute 1440", &[(5, "86020100001905a000")], MALFORMED),
        one("a weekly rule that ends at minute 1440", &[(5, "8602010000001905a0")], MALFORMED),
        one("a name of 41 characters", &[(32, &long_name)], MALFORMED),
        one("null for a name", &[(32, "f6")], MALFORMED),
        one("a welcome of 401 bytes", &[(34, &long_welcome)], MALFORMED),
    ];
    let missing =
        [0, 1, 2, 3, 4, 5, 7, 8].map(|label| one(&format!("label {label} is missing"), &[(label, "")], MALFORMED));
    cases.extend(missing);
    cases
}

/// Around the payload, and what makes no map of it.
fn containers() -> Vec<Value> {
    let plain = cose(&payload(&[]));
    let as_hex = hex::encode(&plain);
    let one = |why: &str, from: &str, to: &str| {
        let changed = as_hex.replacen(&from.replace(' ', ""), &to.replace(' ', ""), 1);
        assert_ne!(changed, as_hex, "{why}");
        grant_case(why, &bytes(&changed), MALFORMED)
    };
    let raw = |why: &str, pairs: &str| grant_case(why, &cose(&bytes(pairs)), MALFORMED);
    let filler = format!("590400{}", "00".repeat(1_024));
    vec![
        raw("a payload with a label twice", "a2 01 02 01 02"),
        raw("a payload out of order", "a2 02 01 01 02"),
        raw("a payload with a negative label", "a1 20 00"),
        raw("a payload with a text for a label", "a1 6131 00"),
        raw("a payload that is an array", "80"),
        grant_case("a payload and a byte more", &cose(&[payload(&[]), vec![0]].concat()), MALFORMED),
        grant_case("a grant and a byte more", &[plain.clone(), vec![0]].concat(), MALFORMED),
        grant_case("more than 1,024 bytes", &cose(&payload(&[(99, &filler)])), MALFORMED),
        one("a tagged one", "844da2", "d2844da2"),
        one("another algorithm", "a2 01 26", "a2 01 27"),
        one("a header of indefinite length", "844d a20126", "844e bf0126"),
        one("an unprotected header", "a0 58", "a1 01 26 58"),
        one("a signature of 63 bytes", &format!("5840{}", "33".repeat(64)), &format!("583f{}", "33".repeat(63))),
        grant_case("five elements", &[&[0x85], &plain[1..], &[0xf6]].concat(), MALFORMED),
        grant_case("nothing", &[], MALFORMED),
    ]
}

fn answer(why: &str, op: Op, hex: &str, expected: &str) -> Value {
    let cbor = bytes(hex);
    let verdict = if Answer::parse(op, &cbor).is_ok() { GOOD } else { MALFORMED };
    assert_eq!(verdict, expected, "{why}");
    let mut case = case("answer", why, &cbor, verdict);
    case["to"] = json!(op as u64);
    case
}

fn answers() -> Vec<Value> {
    vec![
        answer("an empty detail", Op::Open, "a2 00 04 01 80", GOOD),
        answer("an unknown label", Op::Open, "a2 00 04 09 a0", GOOD),
        answer("a detail with an element more", Op::Open, "a2 00 00 01 83 00 05 f6", GOOD),
        answer(
            "settings with an unknown label",
            Op::Settings,
            "a2 00 01 01 81 a9 00 01 01 f6 02 f6 03 f6 04 f6 05 80 06 f6 07 00 08 f5",
            GOOD,
        ),
        answer("no code", Op::Open, "a1 02 00", MALFORMED),
        answer("code 20", Op::Open, "a1 00 14", MALFORMED),
        answer("code 22", Op::Open, "a1 00 16", MALFORMED),
        answer("opened without a door", Op::Open, "a1 00 00", MALFORMED),
        answer("opened, a third door", Op::Open, "a2 00 00 01 82 02 05", MALFORMED),
        answer("not yet without a time", Op::Open, "a2 00 02 01 80", MALFORMED),
        answer("no more managers, said", Op::Managers, "a2 00 01 01 81 f4", MALFORMED),
        answer("more managers, said twice", Op::Managers, "a2 00 01 01 82 f5 f5", MALFORMED),
        answer("manager false", Op::Open, "a2 00 04 04 f4", MALFORMED),
        answer("null for the time", Op::Open, "a2 00 04 02 f6", MALFORMED),
        answer("null for holds", Op::Claim, "a2 00 04 05 f6", MALFORMED),
        answer("a HELLO of 40 bytes", Op::Open, &format!("a2 00 04 07 5828{}", "00".repeat(40)), MALFORMED),
        answer("a head of three", Op::Log, &format!("a2 00 04 08 83 00 5820{} 00", "00".repeat(32)), MALFORMED),
        answer(
            "settings without a revision",
            Op::Settings,
            "a2 00 01 01 81 a7 01 f6 02 f6 03 f6 04 f6 05 80 06 f6 07 00",
            MALFORMED,
        ),
        answer(
            "settings with a zone and no table",
            Op::Settings,
            "a2 00 01 01 81 a8 00 01 01 f6 02 615a 03 f6 04 f6 05 80 06 f6 07 00",
            MALFORMED,
        ),
        answer("an unknown verdict", Op::Put, "a2 00 01 01 81 81 06", MALFORMED),
        answer("superseded without the grant", Op::Put, "a2 00 01 01 81 81 01", MALFORMED),
        answer("stored with more", Op::Put, "a2 00 01 01 81 82 00 00", MALFORMED),
        answer("a key's item of three", Op::Keys, "a2 00 01 01 83 81 83 01 480101010101010101 40 f4 01", MALFORMED),
        answer("a last tap without a detail", Op::Status, "a2 00 01 01 82 01 81 01", MALFORMED),
    ]
}

fn zone_tables() -> Vec<Value> {
    let name = |length: usize| text(&"z".repeat(length));
    let pairs = |count: u8| (0..count).map(|n| format!("82 18{:02x} 00", n + 24)).collect::<Vec<_>>().concat();
    let one = |why: &str, hex: &str, expected: &str| {
        let verdict = if ZoneTable::from_bytes(&bytes(hex)).is_ok() { GOOD } else { MALFORMED };
        assert_eq!(verdict, expected, "{why}");
        case("zone table", why, &bytes(hex), verdict)
    };
    let table = |zone: &str, first: &str, pairs: &str, until: &str| format!("85 {zone} 6161 {first} {pairs} {until}");
    let z = &*name(1);
    vec![
        one("the least", &table(z, "00", "80", "00"), GOOD),
        one("64 pairs", &table(z, "00", &format!("9840 {}", pairs(64)), "00"), GOOD),
        one("65 pairs", &table(z, "00", &format!("9841 {}", pairs(65)), "00"), MALFORMED),
        one("no name", &table(&name(0), "00", "80", "00"), MALFORMED),
        one("a name of 65 bytes", &table(&name(65), "00", "80", "00"), MALFORMED),
        one("an offset of 86,401", &table(z, "1a00015181", "80", "00"), MALFORMED),
        one("an offset of -86,401", &table(z, "3a00015180", "80", "00"), MALFORMED),
        one("an instant twice", &table(z, "00", "82 820100 820100", "00"), MALFORMED),
        one("instants that descend", &table(z, "00", "82 820200 820100", "00"), MALFORMED),
        one("a negative instant", &table(z, "00", "81 822000", "00"), MALFORMED),
        one("a pair of three", &table(z, "00", "81 83010000", "00"), MALFORMED),
        one("until 2^40", &table(z, "00", "80", "1b0000010000000000"), MALFORMED),
        one("six elements", &table(z, "00", "80", "00 00").replacen("85", "86", 1), MALFORMED),
    ]
}

fn log_entries() -> Vec<Value> {
    let one = |why: &str, number: &str, rest: &str, expected: &str| {
        let entry = bytes(&format!("89 {number} 5820{} {rest}", "00".repeat(32)));
        let verdict = if Entry::parse(&entry).is_ok() { GOOD } else { MALFORMED };
        assert_eq!(verdict, expected, "{why}");
        case("log entry", why, &entry, verdict)
    };
    vec![
        one("a refusal with a code that is not known", "01", "f6 01 40 40 f6 f6 81 1863", GOOD),
        one("number 0", "00", "f6 06 40 40 f6 f6 80", MALFORMED),
        one("a kind that is not known", "01", "f6 09 40 40 f6 f6 80", GOOD),
        one("a kind that is not known, with a detail", "01", "f6 1903e8 40 40 f6 f6 83 00 a1 01 f5 6161", GOOD),
        one("a kind that is not known, and a number for its detail", "01", "f6 09 40 40 f6 f6 00", MALFORMED),
        one("a kind that is not known, and a tag in its detail", "01", "f6 09 40 40 f6 f6 81 c0 00", MALFORMED),
        one("a way that is not known", "01", "f6 06 40 40 f6 02 80", GOOD),
        one("a way that is a text", "01", "f6 06 40 40 f6 6161 80", MALFORMED),
        one("a kid of 7 bytes", "01", "f6 06 47 01020304050607 40 f6 f6 80", MALFORMED),
        one("null for a key id", "01", "f6 06 40 f6 f6 f6 80", MALFORMED),
        one("an opening with a detail", "01", "f6 00 40 40 f6 f6 81 00", MALFORMED),
        one("changed settings with a version", "01", "f6 03 40 40 f6 f6 82 02 01", MALFORMED),
        one("a change that is not known", "01", "f6 03 40 40 f6 f6 83 05 01 80", GOOD),
        one("a change that is a text", "01", "f6 03 40 40 f6 f6 81 6135", MALFORMED),
        one("no change", "01", "f6 03 40 40 f6 f6 80", MALFORMED),
    ]
}

fn links() -> Vec<Value> {
    let one = |why: &str, text: &str, expected: &str| {
        let verdict = match Link::parse(text) {
            Ok(_) => GOOD,
            Err(LinkError::NotALink) => "not a link",
            Err(LinkError::Damaged) => "damaged",
            Err(LinkError::TooNew) => TOO_NEW,
        };
        assert_eq!(verdict, expected, "{why}");
        json!({ "what": "link", "why": why, "text": text, "verdict": verdict })
    };
    let payload = |version: u8, grant: &[u8], display: &str| {
        let secret = secret(1);
        [&[version], fields::intercom().public().as_slice(), &secret.0, grant, &bytes(display)].concat()
    };
    let always = signed(grant(1));
    let with = |version, grant: &[u8], display: &str| BASE64_URL_SAFE_NO_PAD.encode(payload(version, grant, display));
    let home = "83 64486f6d65 6355544360";
    let good = with(1, always.bytes(), home);
    let deleted = signed(deletion(&grant(1)));
    let link = |fragment: &str| format!("https://phonein.example/k#{fragment}");
    vec![
        one("a plain one", &link(&good), GOOD),
        one("without an address", &link(&with(1, always.bytes(), "83 64486f6d65 63555443 f6")), GOOD),
        one(
            "another host, a port, a query, the scheme in capitals, spaces around",
            &format!(" HTTPS://a.example:8/k?x=1#{good}\n"),
            GOOD,
        ),
        one("http", &link(&good).replace("https", "http"), "not a link"),
        one("another path", &link(&good).replace("/k#", "/k/#"), "not a link"),
        one("no host", &format!("https:///k#{good}"), "not a link"),
        one("no fragment", "https://phonein.example/k", "not a link"),
        one("an empty fragment", &link(""), "damaged"),
        one("padding", &link(&format!("{good}=")), "damaged"),
        one("cut off", &link(&good[..good.len() - 4]), "damaged"),
        one("a byte more", &link(&with(1, always.bytes(), &format!("{home} 00"))), "damaged"),
        one("a deletion", &link(&with(1, deleted.bytes(), home)), "damaged"),
        one("a display of two", &link(&with(1, always.bytes(), "82 64486f6d65 63555443")), "damaged"),
        one("version 0", &link(&with(0, always.bytes(), home)), "damaged"),
        one("version 2", &link(&with(2, always.bytes(), home)), TOO_NEW),
        one("a grant with label 10", &link(&with(1, &cose(&self::payload(&[(10, "f5")])), home)), TOO_NEW),
    ]
}
