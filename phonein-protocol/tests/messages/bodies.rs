//! Bodies of every form.

use super::{fields, grants::signed, support::*};
use phonein_protocol::{
    id::{Door, KeyId},
    message::{Body, Envelope, ManagersAsk, Request, SettingsWrite},
    zone::ZoneTable,
};
use serde_json::{Value, json};

fn kathmandu() -> ZoneTable {
    ZoneTable::new("Asia/Kathmandu".into(), "2026f".into(), 20_700, Vec::new(), 2_115_569_520).unwrap()
}

/// West of Greenwich, and as many changes as a table may have.
fn longest() -> ZoneTable {
    let transitions = (0..64).map(|n| (NOW + n * 10_000_000, if n % 2 == 0 { -86_400 } else { 86_400 })).collect();
    ZoneTable::new("z".repeat(64), "t".repeat(64), -3_600, transitions, (1 << 40) - 1).unwrap()
}

pub(crate) fn zone_tables() -> Value {
    let one = |table: ZoneTable| {
        assert_eq!(ZoneTable::from_bytes(&table.to_bytes()).unwrap(), table);
        json!({ "fields": fields::zone(&table), "cbor": hex::encode(table.to_bytes()) })
    };
    [budapest(), kathmandu(), longest()].into_iter().map(one).collect()
}

fn forms() -> Vec<(&'static str, Request)> {
    let (manager, mut guest) = (fields::manager(), fields::guest());
    let (key, always) = (KeyId::from_bytes([1; 8]), signed(grant(1)));
    let public = manager.key.public();
    let pair = |name: &str, zone| manager.request(0, Body::Pair { key: public, name: name.into(), zone, now: NOW });
    let open = |number, key, door, held| guest.request(number, Body::Open { key, door, held });
    let (without_door, with_door) = (
        guest.clone().claim(&always, &secret(1), None),
        Phone { name: String::new(), ..guest.clone() }.claim(&always, &secret(1), Some(Door::Inner)),
    );
    let put = |grants: &[&[u8]], zone| {
        manager.request(0, Body::Put { grants: grants.iter().map(|grant| grant.to_vec()).collect(), now: NOW, zone })
    };
    let write = |write| manager.request(0, Body::WriteSettings { revision: 7, write: Ok(write) });
    let nothing = SettingsWrite::default;
    let managers = |ask| manager.request(0, Body::Managers(ask));
    let deleted = signed(deletion(&grant(1)));
    vec![
        ("pair with a zone table", pair("Anna", Some(budapest()))),
        ("pair without a zone table", pair("é".repeat(40).as_str(), None)),
        ("open with a key", open(1_800_000_000_001, Some(key), 0, 1)),
        ("open without a key, the last number", open((1 << 53) - 1, None, 1, 0)),
        ("open, the first number and a door there is not", open(1, Some(key), 300, 70_000)),
        ("open as phones count", guest.open(Some(key), Door::Entrance)),
        ("claim without a door", without_door),
        ("claim with a door", with_door),
        ("put nothing", put(&[], None)),
        ("put two grants and a zone table", put(&[always.bytes(), deleted.bytes()], Some(kathmandu()))),
        ("put what is no grant", put(&[&[], &[0xff]], None)),
        ("log from the start", manager.request(0, Body::Log { after: 0 })),
        ("log after an entry", manager.request(0, Body::Log { after: 4_294_967_296 })),
        ("settings read", manager.request(0, Body::ReadSettings)),
        ("settings write of nothing", write(nothing())),
        ("settings write of the inner door, on", write(SettingsWrite { inner_door: Some(true), ..nothing() })),
        ("settings write of the inner door, off", write(SettingsWrite { inner_door: Some(false), ..nothing() })),
        ("settings write of the zone", write(SettingsWrite { zone: Some(kathmandu()), ..nothing() })),
        ("settings write of the clock", write(SettingsWrite { clock: Some(NOW), ..nothing() })),
        (
            "settings write of everything",
            write(SettingsWrite { inner_door: Some(true), zone: Some(budapest()), clock: Some(NOW) }),
        ),
        ("status", guest.request(0, Body::Status)),
        ("managers by pages", managers(ManagersAsk::Page { after: None })),
        ("managers after one", managers(ManagersAsk::Page { after: Some(guest.kid()) })),
        ("managers add", managers(ManagersAsk::Add { key, holder: guest.kid() })),
        ("managers remove", managers(ManagersAsk::Remove(guest.kid()))),
        ("keys from the start", manager.request(0, Body::Keys { after: 0 })),
        ("keys after a change", manager.request(0, Body::Keys { after: 65_536 })),
    ]
}

pub(crate) fn all() -> Value {
    let one = |(name, request): (&str, Request)| {
        let cbor = request.to_bytes();
        let envelope = Envelope::parse(&cbor).unwrap();
        assert_eq!(envelope.request().as_ref(), Ok(&request), "{name}");
        json!({
            "name": name,
            "fields": fields::request(&request),
            "cbor": hex::encode(&cbor),
            "hash": hex::encode(envelope.hash()),
        })
    };
    forms().into_iter().map(one).collect()
}
