//! Who may become a manager.

use crate::support::*;
use phonein_protocol::{
    es256::PublicKey,
    log::{Entry, Event},
    message::{Body, Detail, ManagersAsk, Outcome},
    session::{Hello, TransportError},
};

#[test]
fn pairing_after_pairing() {
    let (mut world, manager) = World::paired();
    let stranger = Phone::new(66);
    assert_eq!(world.pair(&stranger).outcome, Outcome::AlreadyPaired);
    world.ask(&manager, &manager.request(0, Body::Status));
    assert_eq!(world.pair(&manager).outcome, Outcome::AlreadyPaired);
    // The button lets one in, for ten minutes.
    let moment = world.moment();
    world.intercom.press_button(&moment);
    world.pass(600_000);
    assert_eq!(world.pair(&stranger).outcome, Outcome::AlreadyPaired);
    let moment = world.moment();
    world.intercom.press_button(&moment);
    assert_eq!(world.pair(&stranger).outcome, Outcome::Done);
    assert_eq!(world.pair(&Phone::new(67)).outcome, Outcome::AlreadyPaired);
    let paired: Vec<_> = world.log(&manager).iter().filter_map(|entry| paired_name(entry)).collect();
    assert_eq!(paired, ["Phone 101", "Phone 66"]);
}

fn paired_name(entry: &[u8]) -> Option<String> {
    match Entry::parse(entry).unwrap().event {
        Event::Paired { name } => Some(name),
        _ => None,
    }
}

#[test]
fn a_pairing_whose_answer_was_lost() {
    let (mut world, manager) = World::paired();
    let head = world.intercom.judgement().state().head;
    world.power_cut();
    let again = world.pair(&manager);
    assert_eq!((again.outcome, again.manager), (Outcome::Done, true));
    assert!(matches!(again.detail, Detail::Paired { intercom, .. } if intercom == world.config.intercom));
    assert_eq!(world.pair(&Phone::new(66)).outcome, Outcome::AlreadyPaired);
    assert_eq!(world.intercom.judgement().state().head.number, head.number + 1, "only the restart is new");
}

#[test]
fn brute_force_of_the_uuid() {
    let mut world = World::default();
    let guesser = Phone::new(66);
    let guess = |world: &mut World, source, uuid| {
        let hello = world.hello();
        let sealed = pairing_with(&hello, &guesser, [uuid; 16]);
        world.deliver(&sealed, source).map(|_| ())
    };
    for uuid in 0..20 {
        assert_eq!(guess(&mut world, 7, uuid), Err(TransportError::Malformed));
    }
    assert_eq!(guess(&mut world, 7, UUID[0]), Err(TransportError::TryLater));
    // Never shut for everyone: the owner stands elsewhere.
    assert_eq!(world.pair(&Phone::new(101)).outcome, Outcome::Done);
}

fn pairing_with(hello: &Hello, phone: &Phone, uuid: [u8; 16]) -> Vec<u8> {
    use phonein_protocol::session::{PairingSecret, phone as ends};
    let pairing = PairingSecret::of(&uuid);
    let signer: PublicKey = phone.key.public();
    let body = phone.request(0, Body::Pair { key: signer, name: "G".into(), zone: None, now: NOW }).to_bytes();
    let request = ends::Request { signer: &signer, age: 0, body: &body };
    let pending = ends::begin(hello, ends::Peer::Unpaired(&pairing), zeroize::Zeroizing::new([uuid[0]; 32]), request);
    let pending = pending.unwrap();
    let signature = phone.key.sign(pending.text_to_sign());
    pending.seal(&signature).unwrap().0
}

#[test]
fn the_last_manager_cannot_be_removed() {
    let (mut world, manager, guest, signed) = World::with_guest(grant(1));
    let remove = |phone: &Phone| Body::Managers(ManagersAsk::Remove(phone.kid()));
    let last = world.ask(&manager, &manager.request(0, remove(&manager)));
    assert_eq!((last.outcome, last.manager), (Outcome::LastManager, true));
    let add = Body::Managers(ManagersAsk::Add { key: signed.grant().key, holder: guest.kid() });
    assert_eq!(world.ask(&manager, &manager.request(0, add)).outcome, Outcome::Done);
    assert_eq!(world.ask(&guest, &guest.request(0, remove(&manager))).outcome, Outcome::Done);
    assert_eq!(world.ask(&guest, &guest.request(0, remove(&guest))).outcome, Outcome::LastManager);
}
