//! Both ends against the vectors and against each other.

use alloc::{format, vec, vec::Vec};
use std::sync::LazyLock;

use proptest::prelude::*;
use zeroize::Zeroizing;

use super::epoch::{ISSUING_MS, LIFE_MS, MAX_USED};
use super::intercom::{Epochs, Frame, IntercomKeys, Opened, split_padding};
use super::noise::{self, Door};
use super::phone::{self, Awaiting, Peer, Pending, PhoneError, Request};
use super::{AGE, Hello, KeyPair, Kind, MAX_BODY, MAX_MESSAGE, MAX_RESULT, PairingSecret, SIGNATURE, TransportError};
use crate::es256::{PublicKey, SigningKey};
use crate::vectors::{array, bytes, value};

const EXCHANGES: [&str; 3] = ["open", "claim", "pairing"];
const STALE: TransportError = TransportError::Stale;
const MALFORMED: TransportError = TransportError::Malformed;

static INTERCOM: LazyLock<IntercomKeys> = LazyLock::new(|| IntercomKeys {
    session: KeyPair::from_private(Zeroizing::new(array("/keys/intercom_private"))),
    pairing: PairingSecret::of(&array("/keys/uuid_bytes")),
});
static STRANGER: LazyLock<IntercomKeys> = LazyLock::new(|| IntercomKeys {
    session: KeyPair::from_private(Zeroizing::new([3; 32])),
    pairing: PairingSecret::of(&[3; 16]),
});

fn signer() -> SigningKey {
    SigningKey::from_bytes(&array("/keys/guest_private")).unwrap()
}

fn peer(keys: &IntercomKeys, kind: Kind) -> Peer<'_> {
    match kind {
        Kind::Session => Peer::Intercom(keys.session.public()),
        Kind::Pairing => Peer::Unpaired(&keys.pairing),
    }
}

fn req_to(peer: Peer<'_>, hello: &Hello, age: u16, body: &[u8]) -> (Vec<u8>, Awaiting) {
    let request = Request { signer: &signer().public(), age, body };
    let pending = phone::begin(hello, peer, Zeroizing::new([9; 32]), request).unwrap();
    let signature = signer().sign(pending.text_to_sign());
    pending.seal(&signature).unwrap()
}

fn req(kind: Kind, hello: &Hello, age: u16) -> (Vec<u8>, Awaiting) {
    req_to(peer(&INTERCOM, kind), hello, age, b"body")
}

/// An intercom that has just issued a HELLO, at 100 s.
fn issued() -> (Epochs, Hello) {
    let mut epochs = Epochs::new(1);
    let hello = epochs.hello(100_000, &[5; 32]);
    (epochs, hello)
}

fn error(opened: Result<Opened, TransportError>) -> Option<TransportError> {
    opened.err()
}

struct Exchange {
    name: &'static str,
    peer: Peer<'static>,
    signer: PublicKey,
}

impl Exchange {
    fn all() -> impl Iterator<Item = Self> {
        EXCHANGES.into_iter().map(|name| {
            let kind = if name == "pairing" { Kind::Pairing } else { Kind::Session };
            let signer = PublicKey::from_bytes(array(&format!("/exchanges/{name}/signer"))).unwrap();
            Self { name, peer: peer(&INTERCOM, kind), signer }
        })
    }

    fn bytes(&self, field: &str) -> Vec<u8> {
        bytes(&format!("/exchanges/{}/{field}", self.name))
    }

    fn age(&self) -> u16 {
        value(&format!("/exchanges/{}/age", self.name)).as_u64().unwrap().try_into().unwrap()
    }

    fn pending(&self) -> Pending {
        let ephemeral = Zeroizing::new(self.bytes("e_phone_private").try_into().unwrap());
        let request = Request { signer: &self.signer, age: self.age(), body: &self.bytes("body") };
        phone::begin(&Hello::parse(&self.bytes("hello")).unwrap(), self.peer, ephemeral, request).unwrap()
    }

    fn opened(&self) -> Opened {
        let e_door = KeyPair::from_private(Zeroizing::new(self.bytes("e_door_private").try_into().unwrap()));
        Frame::parse(&self.bytes("req")).unwrap().open(e_door, &INTERCOM).unwrap()
    }
}

#[test]
fn phone_makes_the_bytes_of_the_vectors() {
    for exchange in Exchange::all() {
        let pending = exchange.pending();
        assert_eq!(pending.text_to_sign(), exchange.bytes("signed_text"), "{}: text", exchange.name);
        assert_eq!(pending.text_to_sign()[18..50], exchange.bytes("h"), "{}: h", exchange.name);
        let (req, awaiting) = pending.seal(&exchange.bytes("signature").try_into().unwrap()).unwrap();
        assert_eq!(req, exchange.bytes("req"), "{}: REQ", exchange.name);
        assert_eq!(awaiting.open(&exchange.bytes("res")), Ok(exchange.bytes("res_plaintext")), "{}", exchange.name);
    }
}

#[test]
fn intercom_makes_the_bytes_of_the_vectors() {
    for exchange in Exchange::all() {
        let opened = exchange.opened();
        assert!(opened.verify(&exchange.signer), "{}: signature", exchange.name);
        assert_eq!(opened.padded(), exchange.bytes("padded"), "{}: body", exchange.name);
        assert_eq!(split_padding(opened.padded(), exchange.bytes("body").len()), Ok(&exchange.bytes("body")[..]));
        assert_eq!(
            opened.seal_result(&exchange.bytes("res_plaintext")),
            Ok(exchange.bytes("res")),
            "{}",
            exchange.name
        );
    }
}

#[test]
fn a_request_and_its_result_pass_in_both_kinds() {
    for kind in [Kind::Session, Kind::Pairing] {
        let (mut epochs, hello) = issued();
        let (req, awaiting) = req(kind, &hello, 20);
        assert_eq!(req.len(), 171);
        let opened = epochs.open(&req, 100_250, &INTERCOM).unwrap();
        assert_eq!((opened.kind(), Kind::of(&req)), (kind, Some(kind)));
        assert_eq!(split_padding(opened.padded(), 4), Ok(&b"body"[..]));
        assert!(opened.verify(&signer().public()));
        epochs.mark(opened.token()).unwrap();
        assert_eq!(awaiting.open(&opened.seal_result(b"result").unwrap()), Ok(b"result".to_vec()));
    }
}

#[test]
fn a_phone_passes_over_what_is_for_others_and_opens_its_own_answer() {
    let (mut epochs, hello) = issued();
    let others = epochs.hello(100_000, &[6; 32]);
    let result = |req: &[u8]| epochs.open(req, 100_100, &INTERCOM).unwrap().seal_result(b"result").unwrap();
    let (own, mut awaiting) = req(Kind::Session, &hello, 0);
    let (foreign, _) = req(Kind::Session, &others, 0);
    for passed in [result(&foreign), others.encode().to_vec(), vec![TransportError::Stale.code()], vec![]] {
        assert_eq!(awaiting.try_open(&passed), None);
    }
    assert_eq!(awaiting.try_open(&result(&own)), Some(b"result".to_vec()));
}

#[test]
fn only_the_signer_verifies() {
    let (epochs, hello) = issued();
    let opened = epochs.open(&req(Kind::Session, &hello, 0).0, 100_000, &INTERCOM).unwrap();
    assert!(!opened.verify(&SigningKey::from_bytes(&[4; 32]).unwrap().public()));
}

#[test]
fn a_signature_of_one_kind_or_age_is_none_of_another() {
    let (epochs, hello) = issued();
    let texts: Vec<_> = [(Kind::Session, 0), (Kind::Pairing, 0), (Kind::Session, 1)]
        .into_iter()
        .map(|(kind, age)| {
            let request = Request { signer: &signer().public(), age, body: b"body" };
            phone::begin(&hello, peer(&INTERCOM, kind), Zeroizing::new([9; 32]), request).unwrap()
        })
        .collect();
    let signature = signer().sign(texts[0].text_to_sign());
    let verified: Vec<_> = texts
        .into_iter()
        .map(|pending| {
            let (req, _) = pending.seal(&signature).unwrap();
            epochs.open(&req, 100_000, &INTERCOM).unwrap().verify(&signer().public())
        })
        .collect();
    assert_eq!(verified, [true, false, false]);
}

#[test]
fn a_replayed_frame_is_stale_once_its_token_is_marked() {
    let (mut epochs, hello) = issued();
    let (req, _) = req(Kind::Session, &hello, 0);
    let first = epochs.open(&req, 100_000, &INTERCOM).unwrap();
    let second = epochs.open(&req, 100_000, &INTERCOM).expect("opening marks nothing");
    assert_eq!(epochs.mark(first.token()), Ok(()));
    assert_eq!(epochs.mark(second.token()), Err(STALE));
    assert_eq!(error(epochs.open(&req, 100_000, &INTERCOM)), Some(STALE));
}

#[test]
fn a_frame_for_another_intercom_cannot_be_opened() {
    for kind in [Kind::Session, Kind::Pairing] {
        let (epochs, hello) = issued();
        let (req, _) = req_to(peer(&STRANGER, kind), &hello, 0, b"body");
        assert_eq!(error(epochs.open(&req, 100_000, &INTERCOM)), Some(MALFORMED));
    }
}

#[test]
fn an_intercom_without_the_key_cannot_answer() {
    for kind in [Kind::Session, Kind::Pairing] {
        let (epochs, hello) = issued();
        assert_eq!(error(epochs.open(&req(kind, &hello, 0).0, 100_000, &STRANGER)), Some(MALFORMED));
    }
}

#[test]
fn an_answer_to_another_request_is_unreadable() {
    let (mut epochs, first) = issued();
    let second = epochs.hello(100_000, &[6; 32]);
    let (req, _) = req(Kind::Session, &first, 0);
    let (_, awaiting) = super::tests::req(Kind::Session, &second, 0);
    let res = epochs.open(&req, 100_000, &INTERCOM).unwrap().seal_result(b"result").unwrap();
    assert_eq!(awaiting.open(&res), Err(PhoneError::Unreadable));
}

#[test]
fn a_frame_that_was_late_or_early_is_stale_and_marks_nothing() {
    let (epochs, hello) = issued();
    let before = epochs.clone();
    for (age, now_ms, opens) in [
        (0, 103_000, true),
        (0, 103_001, false),
        (500, 108_000, true),
        (500, 108_001, false),
        (100, 100_000, true),
        (101, 100_000, false),
        (u16::MAX, 100_000, false),
    ] {
        let opened = error(epochs.open(&req(Kind::Session, &hello, age).0, now_ms, &INTERCOM));
        assert_eq!(opened, (!opens).then_some(STALE), "age {age}, now {now_ms}");
    }
    assert_eq!(epochs, before);
}

#[test]
fn a_flood_of_hellos_costs_no_state() {
    let (mut epochs, hello) = issued();
    let before = epochs.clone();
    let mut seen = std::collections::BTreeSet::from([hello.token]);
    // Within an epoch each HELLO leaves the value as it was, so any number leaves no more than these.
    for n in 0..1_000_u64 {
        let mut random = [0; 32];
        random[..8].copy_from_slice(&n.to_be_bytes());
        assert!(seen.insert(epochs.hello(100_000 + n / 100, &random).token), "token issued twice");
        assert_eq!(epochs, before);
    }
}

#[test]
fn tokens_of_the_epoch_before_still_count_and_older_ones_are_stale() {
    let (mut epochs, hello) = issued();
    // A phone that held it for as long.
    let held = |ms: u64| req(Kind::Session, &hello, u16::try_from(ms / 10).unwrap()).0;
    let now_ms = 100_000 + ISSUING_MS;
    let first = epochs.clone();
    let next = epochs.hello(now_ms, &[6; 32]);
    assert_ne!(epochs, first, "no new epoch");
    assert!(epochs.open(&req(Kind::Session, &next, 0).0, now_ms, &INTERCOM).is_ok());
    assert!(epochs.open(&held(ISSUING_MS), now_ms, &INTERCOM).is_ok());
    assert!(epochs.open(&held(LIFE_MS - 10), 100_000 + LIFE_MS - 1, &INTERCOM).is_ok());
    assert_eq!(error(epochs.open(&held(LIFE_MS), 100_000 + LIFE_MS, &INTERCOM)), Some(STALE));
}

#[test]
fn a_frame_is_timed_from_its_own_hello() {
    let (mut epochs, _) = issued();
    let hello = epochs.hello(130_000, &[6; 32]);
    assert!(epochs.open(&req(Kind::Session, &hello, 0).0, 133_000, &INTERCOM).is_ok());
    assert_eq!(error(epochs.open(&req(Kind::Session, &hello, 0).0, 133_001, &INTERCOM)), Some(STALE));
}

#[test]
fn expired_keys_are_erased_though_nobody_asks() {
    let (mut epochs, _) = issued();
    epochs.erase_expired(100_000 + LIFE_MS - 1);
    assert_ne!(epochs, Epochs::new(1));
    epochs.erase_expired(100_000 + LIFE_MS);
    assert_eq!(epochs, Epochs::new(1));

    let (mut epochs, _) = issued();
    epochs.hello(100_000 + ISSUING_MS, &[6; 32]);
    epochs.erase_expired(100_000 + LIFE_MS);
    let mut younger = Epochs::new(1);
    younger.hello(100_000 + ISSUING_MS, &[6; 32]);
    assert_eq!(epochs, younger);
}

#[test]
fn an_epoch_that_ends_early_leaves_the_one_before_alone() {
    let (mut epochs, first) = issued();
    let now_ms = 100_000 + ISSUING_MS;
    let full = epochs.hello(now_ms, &[6; 32]);
    for n in 0..MAX_USED as u64 {
        assert_eq!(epochs.mark(full.token ^ n), Ok(()));
    }
    epochs.hello(now_ms, &[7; 32]);
    let (held, _) = req(Kind::Session, &first, u16::try_from(ISSUING_MS / 10).unwrap());
    assert!(epochs.open(&held, now_ms, &INTERCOM).is_ok());
}

#[test]
fn a_full_epoch_ends_early_and_its_tokens_are_stale() {
    let (mut epochs, hello) = issued();
    let (unmarked, _) = req(Kind::Session, &hello, 0);
    for n in 1..=MAX_USED as u64 {
        assert_eq!(epochs.mark(hello.token ^ n), Ok(()));
    }
    assert_eq!(epochs.mark(hello.token), Err(STALE));
    assert_eq!(error(epochs.open(&unmarked, 100_000, &INTERCOM)), Some(STALE));
    let fresh = epochs.hello(100_000, &[6; 32]);
    assert!(epochs.open(&req(Kind::Session, &fresh, 0).0, 100_000, &INTERCOM).is_ok());
    assert_eq!(error(epochs.open(&unmarked, 100_000, &INTERCOM)), Some(STALE));
}

#[test]
fn a_token_from_before_a_restart_is_stale_even_if_randomness_begins_alike() {
    let (_, hello) = issued();
    let mut restarted = Epochs::new(2);
    assert_ne!(restarted.hello(100_000, &[5; 32]).e_door, hello.e_door);
    assert_eq!(error(restarted.open(&req(Kind::Session, &hello, 0).0, 100_000, &INTERCOM)), Some(STALE));
}

#[test]
fn frames_of_a_wrong_length_are_refused() {
    let (epochs, hello) = issued();
    let (req, _) = req(Kind::Session, &hello, 0);
    for length in (0..300).filter(|&length| length != req.len()) {
        let mut frame = req.clone();
        frame.resize(length, 0);
        assert_eq!(error(epochs.open(&frame, 100_000, &INTERCOM)), Some(MALFORMED), "{length}");
    }
    assert_eq!(error(epochs.open(&[1; MAX_MESSAGE + 1], 100_000, &INTERCOM)), Some(TransportError::TooLarge));
}

#[test]
fn a_sealed_body_without_a_block_or_with_a_broken_one_is_malformed() {
    let (epochs, hello) = issued();
    for (body, opened) in [(0, Some(MALFORMED)), (31, Some(MALFORMED)), (32, None), (33, Some(MALFORMED))] {
        let e_phone = KeyPair::from_private(Zeroizing::new([9; 32]));
        let door = Door::Session(INTERCOM.session.public());
        let (mut channel, message) = noise::respond(&hello, &door, e_phone).unwrap();
        let sealed = channel.seal(&vec![0; SIGNATURE + AGE + body]).unwrap();
        let req = [&[1][..], &hello.token.to_be_bytes(), &message, &sealed].concat();
        assert_eq!(error(epochs.open(&req, 100_000, &INTERCOM)), opened, "{body} bytes");
    }
}

#[test]
fn the_longest_body_and_result_fit_and_longer_ones_are_refused() {
    let (epochs, hello) = issued();
    let (req, awaiting) = req_to(peer(&INTERCOM, Kind::Session), &hello, 0, &[1; MAX_BODY]);
    assert!(req.len() <= MAX_MESSAGE && req.len() + 32 > MAX_MESSAGE);
    let opened = epochs.open(&req, 100_000, &INTERCOM).unwrap();
    let res = opened.seal_result(&[1; MAX_RESULT]).unwrap();
    assert_eq!(res.len(), MAX_MESSAGE);
    assert!(awaiting.open(&res).is_ok());

    let request = Request { signer: &signer().public(), age: 0, body: &[1; MAX_BODY + 1] };
    let pending = phone::begin(&hello, peer(&INTERCOM, Kind::Session), Zeroizing::new([9; 32]), request);
    assert_eq!(pending.err(), Some(PhoneError::BodyTooLong));
    let opened = epochs.open(&req, 100_000, &INTERCOM).unwrap();
    assert_eq!(opened.seal_result(&[1; MAX_RESULT + 1]), Err(TransportError::TooLarge));
}

#[test]
fn a_phone_uses_its_kind_with_a_newer_intercom_and_refuses_version_0() {
    let (_, mut hello) = issued();
    let begin = |hello: &Hello| {
        let request = Request { signer: &signer().public(), age: 0, body: b"body" };
        phone::begin(hello, peer(&INTERCOM, Kind::Session), Zeroizing::new([9; 32]), request)
    };
    hello.version = 2;
    assert!(begin(&hello).is_ok());
    hello.version = 0;
    assert_eq!(begin(&hello).err(), Some(PhoneError::VersionTooOld));
}

#[test]
fn a_changed_version_in_hello_is_noticed() {
    let (epochs, mut hello) = issued();
    hello.version = 2;
    assert_eq!(error(epochs.open(&req(Kind::Session, &hello, 0).0, 100_000, &INTERCOM)), Some(MALFORMED));
}

#[test]
fn transport_errors_have_the_codes_of_the_protocol() {
    let errors = [MALFORMED, STALE, TransportError::TooLarge, TransportError::TryLater];
    assert_eq!(errors.map(TransportError::code), [1, 2, 3, 4]);
    assert_eq!(errors.map(|error| TransportError::parse(&[error.code()])), errors.map(Some));
    assert_eq!([&[][..], &[0], &[5], &[1, 1]].map(TransportError::parse), [None; 4]);
}

#[test]
fn one_byte_in_place_of_a_result_is_a_hint() {
    let (_, hello) = issued();
    for hint in [MALFORMED, STALE, TransportError::TooLarge, TransportError::TryLater] {
        let (_, awaiting) = req(Kind::Session, &hello, 0);
        assert_eq!(awaiting.open(&[hint.code()]), Err(PhoneError::Hint(hint)));
    }
    assert_eq!(req(Kind::Session, &hello, 0).1.open(&[5]), Err(PhoneError::Unreadable));
    assert_eq!(req(Kind::Session, &hello, 0).1.open(&[]), Err(PhoneError::Unreadable));
}

#[test]
fn debug_shows_no_secret() {
    let (epochs, hello) = issued();
    let shown = format!("{epochs:?}");
    assert!(shown.starts_with("Epochs { boot: 1, current: Some(Epoch { number: "), "{shown}");
    assert!(shown.ends_with("begun_ms: 100000, used: 0, .. }), previous: None }"), "{shown}");
    let request = Request { signer: &signer().public(), age: 3, body: b"secret" };
    assert_eq!(format!("{request:?}"), "Request { signer: PublicKey(Kid(b68e874f02f47d1f)), age: 3, .. }");
    let pending = phone::begin(&hello, peer(&INTERCOM, Kind::Session), Zeroizing::new([9; 32]), request).unwrap();
    assert_eq!(format!("{pending:?}"), "Pending(..)");
    let (req, awaiting) = pending.seal(&[0; 64]).unwrap();
    assert_eq!(format!("{awaiting:?}"), "Awaiting(..)");
    let opened = epochs.open(&req, 100_000, &INTERCOM).unwrap();
    assert_eq!(format!("{opened:?}"), "Opened { kind: Session, age: 3, .. }");
}

proptest! {
    #[test]
    fn noise_is_never_opened(kind in 0..4_u8, noise in prop::collection::vec(any::<u8>(), 0..600), blocks in 1..8_usize) {
        let (epochs, hello) = issued();
        prop_assert!(epochs.open(&noise, 100_000, &INTERCOM).is_err());
        // The same with a length, kind and token that lead further in.
        let mut frame = noise;
        frame.resize(139 + 32 * blocks, 7);
        frame[0] = kind;
        frame[1..9].copy_from_slice(&hello.token.to_be_bytes());
        prop_assert_eq!(error(epochs.open(&frame, 100_000, &INTERCOM)), Some(MALFORMED));
    }

    #[test]
    fn a_changed_bit_anywhere_in_a_request_is_refused(bit in 0..171 * 8_usize, pairing in any::<bool>()) {
        let (epochs, hello) = issued();
        let (mut req, _) = req(if pairing { Kind::Pairing } else { Kind::Session }, &hello, 0);
        // Of an X25519 public key the highest bit has no meaning, but the handshake hash holds it all the same.
        req[bit / 8] ^= 1 << (bit % 8);
        prop_assert!(epochs.open(&req, 100_000, &INTERCOM).is_err());
    }

    #[test]
    fn a_changed_answer_is_unreadable(byte in 0..22_usize, mask in 1..=255_u8, cut in 0..22_usize) {
        let (epochs, hello) = issued();
        let answered = || {
            let (req, awaiting) = req(Kind::Session, &hello, 0);
            (epochs.open(&req, 100_000, &INTERCOM).unwrap().seal_result(b"result").unwrap(), awaiting)
        };
        let (mut res, awaiting) = answered();
        res[byte] ^= mask;
        prop_assert_eq!(awaiting.open(&res), Err(PhoneError::Unreadable));
        let (res, awaiting) = answered();
        prop_assert!(awaiting.open(&res[..cut]).is_err());
    }

    #[test]
    fn any_hello_gives_a_request_or_an_error(hello in prop::collection::vec(any::<u8>(), 41), pairing in any::<bool>()) {
        let hello = Hello::parse(&hello).unwrap();
        let request = Request { signer: &signer().public(), age: 0, body: b"body" };
        let peer = peer(&INTERCOM, if pairing { Kind::Pairing } else { Kind::Session });
        let begun = phone::begin(&hello, peer, Zeroizing::new([9; 32]), request);
        prop_assert_eq!(begun.is_err(), hello.version == 0);
    }

    #[test]
    fn noise_as_an_answer_is_unreadable(noise in prop::collection::vec(any::<u8>(), 2..100)) {
        let (_, hello) = issued();
        prop_assert_eq!(req(Kind::Session, &hello, 0).1.open(&noise), Err(PhoneError::Unreadable));
    }
}

#[test]
fn a_changed_byte_anywhere_in_the_vectors_requests_is_refused() {
    for exchange in Exchange::all() {
        let req = exchange.bytes("req");
        for at in 0..req.len() {
            let mut changed = req.clone();
            changed[at] ^= 0x40;
            let e_door = KeyPair::from_private(Zeroizing::new(exchange.bytes("e_door_private").try_into().unwrap()));
            let opened = Frame::parse(&changed).and_then(|frame| frame.open(e_door, &INTERCOM));
            assert_eq!(error(opened), Some(MALFORMED), "{} byte {at}", exchange.name);
        }
    }
}
