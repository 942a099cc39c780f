//! The store on disk behaves like the one in memory, and looks things up instead of searching for them.

use super::{SqliteStore, read, schema};
use phonein_protocol::{
    es256::PublicKey,
    grant::{About, Grant, SignedGrant, Terms},
    id::{Door, Doors, KeyId, Kid, LinkSecret},
    intercom::{
        MemoryStore, Store,
        store::{Change, Holder, Key, KeyRecord, Manager, Phone, State, Tap, Unfinished},
    },
    log::Via,
    message::{Head, Outcome},
    rule::Rule,
    zone::ZoneTable,
};
use proptest::{collection::vec, option, prelude::*};
use rusqlite::Connection;

fn empty() -> SqliteStore {
    let mut connection = Connection::open_in_memory().unwrap();
    schema::create(&mut connection).unwrap();
    schema::start(connection).unwrap().store
}

/// Few of each, so that they meet.
fn kid() -> impl Strategy<Value = Kid> {
    (0..5u8).prop_map(|n| Kid::from_bytes([n; 8]))
}

fn key_id() -> impl Strategy<Value = KeyId> {
    (0..6u8).prop_map(|n| KeyId::from_bytes([n; 8]))
}

fn public_key() -> impl Strategy<Value = PublicKey> {
    (2..4u8, any::<u8>()).prop_map(|(sign, n)| {
        let mut bytes = [n; 33];
        bytes[0] = sign;
        PublicKey::from_bytes(bytes).unwrap()
    })
}

fn door() -> impl Strategy<Value = Door> {
    prop_oneof![Just(Door::Entrance), Just(Door::Inner)]
}

fn outcome() -> impl Strategy<Value = Outcome> {
    prop_oneof![
        (door(), 1..60u64).prop_map(|(door, seconds)| Outcome::Opened { door, seconds }),
        Just(Outcome::Done),
        Just(Outcome::Interrupted),
        Just(Outcome::DoorFault),
    ]
}

fn phone() -> impl Strategy<Value = Phone> {
    let tap = (1..1u64 << 53, any::<[u8; 32]>(), option::of(outcome()));
    let last = option::of(tap.prop_map(|(number, hash, outcome)| Tap { number, hash, outcome }));
    (public_key(), last, option::of(0..1i64 << 40)).prop_map(|(key, last, idle_since)| Phone { key, last, idle_since })
}

fn key() -> impl Strategy<Value = Key> {
    let holder = option::of((kid(), "\\PC{0,40}").prop_map(|(kid, name)| Holder { kid, name }));
    let record =
        (key_id(), 1..1_000u64, kid(), holder, any::<[u32; 2]>()).prop_map(|(id, version, signer, holder, used)| {
            let terms = Terms {
                claim_by: 5,
                rule: Rule::Always,
                uses: None,
                doors: Doors::BOTH,
                commitment: LinkSecret([7; 16]).commitment(),
            };
            let grant = Grant { key: id, version, base: 0, issued: 3, terms: Some(terms), about: About::default() };
            let grant = SignedGrant::new(grant, signer, [9; 64]);
            Key::Known(KeyRecord { grant, holder, used: used.map(u64::from) })
        });
    prop_oneof![4 => record, 1 => Just(Key::Deleted)]
}

fn state() -> impl Strategy<Value = State> {
    let zone =
        option::of(Just(ZoneTable::new("Asia/Kolkata".into(), "2026a".into(), 19_800, vec![(7, 0)], 99).unwrap()));
    let via = prop_oneof![Just(Via::Bluetooth), Just(Via::Http)];
    let unfinished =
        (kid(), option::of(key_id()), door(), via).prop_map(|(kid, key, door, via)| Unfinished { kid, key, door, via });
    let head = (0..1u64 << 40, any::<[u8; 32]>()).prop_map(|(number, hash)| Head { number, hash });
    (1..100u64, any::<bool>(), zone, 0..1u64 << 40, head, 0..1i64 << 40, option::of(unfinished)).prop_map(
        |(revision, inner_door, zone, changes, head, floor, unfinished)| State {
            revision,
            inner_door,
            zone,
            changes,
            head,
            floor,
            unfinished,
        },
    )
}

fn change() -> impl Strategy<Value = Change> {
    let manager =
        (public_key(), "\\PC{0,40}", any::<bool>()).prop_map(|(key, name, is_new)| Manager { key, name, is_new });
    prop_oneof![
        1 => state().prop_map(Change::State),
        3 => (kid(), manager).prop_map(|(kid, manager)| Change::Manager(kid, manager)),
        1 => kid().prop_map(Change::ManagerRemoved),
        3 => (kid(), phone()).prop_map(|(kid, phone)| Change::Phone(kid, phone)),
        1 => kid().prop_map(Change::PhoneForgotten),
        4 => (key_id(), 0..40u64, key()).prop_map(|(id, change, key)| Change::Key { id, change, key }),
        3 => (1..30u64, vec(any::<u8>(), 0..80)).prop_map(|(number, bytes)| Change::Entry { number, bytes }),
        1 => (0..30u64).prop_map(Change::EntriesBefore),
    ]
}

fn assert_alike(disk: &SqliteStore, memory: &MemoryStore, cursor: u64, limit: usize) {
    assert_eq!(disk.state().unwrap(), memory.state().unwrap());
    assert_eq!(disk.managers().unwrap(), memory.managers().unwrap());
    assert_eq!(disk.idle_phones().unwrap(), memory.idle_phones().unwrap());
    for n in 0..6 {
        let (kid, key) = (Kid::from_bytes([n; 8]), KeyId::from_bytes([n; 8]));
        assert_eq!(disk.manager(kid).unwrap(), memory.manager(kid).unwrap());
        assert_eq!(disk.phone(kid).unwrap(), memory.phone(kid).unwrap());
        assert_eq!(disk.key(key).unwrap(), memory.key(key).unwrap());
    }
    for cursor in [0, cursor, u64::MAX] {
        assert_eq!(disk.keys_after(cursor, limit).unwrap(), memory.keys_after(cursor, limit).unwrap());
        assert_eq!(disk.entries_after(cursor, limit).unwrap(), memory.entries_after(cursor, limit).unwrap());
    }
}

proptest! {
    #[test]
    fn disk_and_memory_tell_the_same(
        commits in vec(vec(change(), 0..6), 1..12),
        cursor in 0..40u64,
        limit in 0..10usize,
    ) {
        let (mut disk, mut memory) = (empty(), MemoryStore::default());
        for changes in commits {
            disk.commit(&changes).unwrap();
            memory.commit(&changes).unwrap();
            assert_alike(&disk, &memory, cursor, limit);
        }
    }
}

#[test]
fn of_a_commit_that_fails_nothing_stays() {
    let mut disk = empty();
    let kept = Change::Entry { number: 1, bytes: vec![1] };
    disk.commit(std::slice::from_ref(&kept)).unwrap();
    let too_large = Change::Entry { number: u64::MAX, bytes: vec![] };
    assert!(disk.commit(&[Change::EntriesBefore(9), too_large]).is_err());
    assert_eq!(disk.entries_after(0, 9).unwrap(), [[1]]);
}

#[test]
fn every_read_is_on_an_index() {
    let disk = empty();
    let plan = |sql: &str| {
        let mut statement = disk.connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let steps =
            statement.query_map(rusqlite::params_from_iter(vec![1; statement.parameter_count()]), |row| row.get(3));
        steps.unwrap().collect::<Result<Vec<String>, _>>().unwrap()
    };
    let looked_up = [read::STATE, read::MANAGER, read::PHONE, read::KEY, read::KEYS_AFTER, read::ENTRIES_AFTER];
    for step in looked_up.into_iter().flat_map(plan) {
        assert!(step.starts_with("SEARCH"), "{step}");
    }
    // These two are about all rows of their table; nothing is sorted or searched for in them.
    assert_eq!(plan(read::MANAGERS), ["SCAN manager"]);
    let idle = plan(read::IDLE_PHONES);
    assert_eq!(
        idle.iter().filter(|step| step.starts_with("SCAN") && !step.starts_with("SCAN phone")).count(),
        0,
        "{idle:?}"
    );
    assert!(idle.iter().any(|step| step.contains("access_key_holder")), "{idle:?}");
    assert!(!idle.iter().any(|step| step.contains("TEMP B-TREE")), "{idle:?}");
}
