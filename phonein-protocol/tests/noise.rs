//! Nothing that comes from outside makes a reader panic, and what is read is what was written: noise, and real messages
//! with bytes changed, cut off and put in.
#![allow(clippy::unwrap_used, reason = "tests")]

#[path = "support/readers.rs"]
mod readers;
mod support;

use phonein_protocol::{
    id::Door,
    link::Link,
    message::{Body, Op},
};
use proptest::prelude::*;
use readers::read_all;
use support::*;

/// A change to a message: where, how many bytes go, what comes in their place.
fn damage() -> impl Strategy<Value = (prop::sample::Index, usize, Vec<u8>)> {
    (any::<prop::sample::Index>(), 0_usize..4, prop::collection::vec(any::<u8>(), 0..4))
}

fn damaged(message: &[u8], (at, gone, put): &(prop::sample::Index, usize, Vec<u8>)) -> Vec<u8> {
    let at = at.index(message.len() + 1);
    let after = (at + gone).min(message.len());
    [&message[..at], put, &message[after..]].concat()
}

fn messages() -> Vec<Vec<u8>> {
    let (mut world, manager, mut guest, signed) = World::with_guest(grant(1));
    let mut messages = vec![signed.bytes().to_vec(), budapest().to_bytes()];
    let requests = [
        guest.open(Some(signed.grant().key), Door::Entrance),
        guest.claim(&signed, &secret(1), Some(Door::Inner)),
        manager.put(&[&signed]),
        manager.request(0, Body::Log { after: 0 }),
        manager.request(0, Body::ReadSettings),
        manager.request(0, Body::Keys { after: 0 }),
        manager.request(0, Body::Status),
    ];
    for request in &requests {
        let phone = if request.kid == Some(manager.kid()) { &manager } else { &guest };
        messages.push(request.to_bytes());
        messages.push(world.ask(phone, request).to_bytes());
    }
    messages.extend(world.log(&manager));
    messages
}

fn link() -> String {
    let (world, _, _, signed) = World::with_guest(grant(1));
    let link = Link {
        intercom: world.config.intercom,
        secret: secret(1),
        grant: signed,
        name: "Home".into(),
        zone: "Europe/Budapest".into(),
        url: None,
    };
    link.to_text("phonein.example").to_string()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn noise_is_read_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        read_all(&bytes);
    }

    #[test]
    fn a_link_with_anything_in_it_is_read_without_panic(at in any::<prop::sample::Index>(), put in ".{0,6}") {
        let mut text = link();
        text.insert_str(at.index(text.len()), &put);
        if let Ok(link) = Link::parse(&text) {
            prop_assert_eq!(Link::parse(&link.to_text("phonein.example")), Ok(link));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn damaged_messages_are_read_without_panic(damages in prop::collection::vec(damage(), 1..4)) {
        for message in messages() {
            let bytes = damages.iter().fold(message, |bytes, damage| damaged(&bytes, damage));
            read_all(&bytes);
        }
    }

    #[test]
    fn damaged_bodies_under_a_good_signature_break_nothing(damages in prop::collection::vec(damage(), 1..3)) {
        let (mut world, manager, mut guest, signed) = World::with_guest(grant(1));
        let bodies = [
            (manager.clone(), manager.put(&[&signed]).to_bytes(), Op::Put),
            (guest.clone(), guest.open(Some(signed.grant().key), Door::Entrance).to_bytes(), Op::Open),
            (guest.clone(), guest.claim(&signed, &secret(1), None).to_bytes(), Op::Claim),
        ];
        for (phone, body, op) in bodies {
            let body = damages.iter().fold(body, |bytes, damage| damaged(&bytes, damage));
            let hello = world.hello();
            let sealed = world.seal_body(&hello, &phone, op, &body, 0);
            let _ = world.deliver(&sealed.req, 1);
        }
        let answer = world.ask(&manager, &manager.request(0, Body::Status));
        prop_assert!(answer.manager);
    }
}
