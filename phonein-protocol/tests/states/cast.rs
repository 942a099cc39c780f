//! Who takes part: phones and managers, their keys, the one door key, and the time.

use phonein_protocol::{
    Time,
    es256::PublicKey,
    id::{KeyId, Kid},
    intercom::Moment,
};
use std::sync::LazyLock;

pub const KEY: KeyId = KeyId::from_bytes(*b"the key.");
pub const T0: Time = 1_800_000_000;
/// The three limits of a tap are 7 s for sealing, 3 s on the way and 10 s in all. Ticks keep their order: a frame is
/// sealed at most one tick after its tap, is on the way for at most one, and the tap is over after three.
pub const TICK_SECONDS: Time = 4;

const MANAGERS: u8 = 2;
const PHONES: u8 = 2;

#[derive(Clone, Copy, Debug)]
pub struct Person {
    pub key: PublicKey,
    pub kid: Kid,
}

static MANAGER: LazyLock<Vec<Person>> = LazyLock::new(|| (0..MANAGERS).map(|n| person(0x10 + n)).collect());
static PHONE: LazyLock<Vec<Person>> = LazyLock::new(|| (0..PHONES).map(|n| person(0x20 + n)).collect());

fn person(n: u8) -> Person {
    let mut bytes = [n; 33];
    bytes[0] = 2;
    let key = PublicKey::from_bytes(bytes).unwrap();
    Person { key, kid: Kid::of(&key) }
}

pub fn manager(n: u8) -> Person {
    MANAGER[usize::from(n)]
}

pub fn phone(n: u8) -> Person {
    PHONE[usize::from(n)]
}

pub fn managers() -> impl Iterator<Item = (u8, Person)> {
    (0..).zip(MANAGER.iter().copied())
}

pub fn phones() -> impl Iterator<Item = (u8, Person)> {
    (0..).zip(PHONE.iter().copied())
}

/// Which manager has this kid.
pub fn author(kid: Kid) -> u8 {
    managers().find(|(_, person)| person.kid == kid).unwrap().0
}

/// Which phone has this kid.
pub fn guest(kid: Kid) -> u8 {
    phones().find(|(_, person)| person.kid == kid).unwrap().0
}

/// The intercom trusts its computer's clock, so that a power cut costs it no time.
pub fn moment(tick: u8) -> Moment {
    let seconds = u64::from(tick) * TICK_SECONDS.unsigned_abs();
    Moment { mono_ms: seconds * 1_000, system: Some(T0.saturating_add_unsigned(seconds)) }
}
