//! The wallet on a real disk.

mod activity;
mod disk;
mod keys;
mod next_versions;
mod taps;
mod words;

use super::{
    Accept, Joined, KeyRef, Wallet,
    change::{self, Now, Wanted},
};
use phonein_protocol::{
    es256::SigningKey,
    grant::{About, Grant, SignedGrant},
    id::{Doors, KeyId, Kid, LinkSecret},
    link::Link,
    rule::Rule,
};
use std::path::Path;

/// 2027-01-15 08:00 UTC.
pub(crate) const NOW: i64 = 1_800_000_000;
pub(crate) const NOW_MS: i64 = NOW * 1000;
pub(crate) const INTERCOM: [u8; 32] = [9; 32];
pub(crate) const WRAPPING: [u8; 32] = [7; 32];
pub(crate) const HERE: Now<'static> = Now { time: NOW, zone: None };

pub(crate) fn signing_key(number: u8) -> SigningKey {
    SigningKey::from_bytes(&[number; 32]).unwrap()
}

pub(crate) fn open(directory: &Path) -> Wallet {
    Wallet::open(directory, WRAPPING).unwrap()
}

pub(crate) fn joined(phone: &SigningKey) -> Joined<'static> {
    Joined {
        public_key: INTERCOM,
        name: "Home",
        doors: Doors::BOTH,
        alias: "alias",
        phone_key: phone.public(),
        address: None,
        urls: &[],
        zone: Some("Europe/Budapest"),
    }
}

pub(crate) fn wanted(name: &str) -> Wanted {
    let about = About { name: Some(name.into()), category: Some(2), welcome: None };
    Wanted { about, rule: Rule::Always, uses: Some(3), doors: Doors::BOTH }
}

pub(crate) fn secret(number: u8) -> LinkSecret {
    LinkSecret([number; 16])
}

pub(crate) fn key_id(number: u64) -> KeyId {
    KeyId::from_bytes(number.to_be_bytes())
}

pub(crate) fn sign(grant: Grant, by: &SigningKey) -> SignedGrant {
    let kid = Kid::of(&by.public());
    let signature = by.sign(&SignedGrant::text(&grant, kid, &INTERCOM));
    SignedGrant::new(grant, kid, signature)
}

/// A new key signed by `by`, whose link's secret and id are `number`.
pub(crate) fn made(number: u8, name: &str, by: &SigningKey) -> SignedGrant {
    sign(change::create(key_id(number.into()), wanted(name), secret(number).commitment(), HERE), by)
}

/// A wallet in which this phone manages one intercom with one key.
fn manager(directory: &Path) -> (Wallet, i64, KeyRef) {
    let (wallet, phone) = (open(directory), signing_key(1));
    let (intercom, _) = wallet.paired(&joined(&phone), NOW_MS).unwrap();
    let key = wallet.create_key(intercom, made(1, "Cleaner", &phone), &secret(1)).unwrap();
    (wallet, intercom, key)
}

fn link(number: u8) -> Link {
    Link {
        intercom: INTERCOM,
        secret: secret(number),
        grant: made(number, "Anna", &signing_key(1)),
        name: "Old house".into(),
        zone: "Europe/Budapest".into(),
        url: Some("http://10.0.0.2:8042".into()),
    }
}

/// A wallet in which this phone has accepted one link.
pub(crate) fn guest(directory: &Path) -> (Wallet, i64, KeyRef) {
    let (wallet, phone) = (open(directory), signing_key(2));
    let signing_key = Some(("alias", phone.public()));
    let accept = Accept { link: &link(1), place: "Old house", person: "Anna", signing_key };
    let key = wallet.accept_link(&accept, NOW_MS).unwrap();
    let intercom = wallet.key(key).unwrap().intercom;
    (wallet, intercom, key)
}
