//! The intercom's end: HELLOs that cost no memory, REQs opened, RESs sealed.

use alloc::vec::Vec;
use core::fmt;

use zeroize::Zeroizing;

use super::epoch::{Ephemeral, Epoch};
use super::noise::{self, Channel, Own};
use super::text::signed_text;
use super::{
    BLOCK, Hello, KeyPair, Kind, MAX_MESSAGE, MAX_RESULT, PairingSecret, REQ_WITHOUT_BODY, TransportError, VERSION,
};
use crate::es256::{PublicKey, SignatureBytes};

pub use super::text::split_padding;

/// Longest time a frame may be on the way, in milliseconds.
const MAX_ON_THE_WAY_MS: u64 = 3_000;
/// How much too early a frame may seem: the phone's clock and its rounding.
const MAX_EARLY_MS: u64 = 1_000;

/// What an intercom answers with.
#[derive(Debug, Clone)]
pub struct IntercomKeys {
    /// Its static key pair.
    pub session: KeyPair,
    /// Its pairing secret.
    pub pairing: PairingSecret,
}

/// The epochs of an intercom: all the state its HELLOs need, two keys and the tokens that were used.
///
/// The clock, in milliseconds, is any that only goes forward; randomness comes from a cryptographic source. Compares and
/// clones as a value; keys are erased when dropped.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Epochs {
    boot: u64,
    current: Option<Epoch>,
    previous: Option<Epoch>,
}

impl Epochs {
    /// No epoch yet. `boot` is a counter on disk that each start of the intercom raises: even a source of randomness
    /// that begins alike after each start does not bring a key back.
    pub fn new(boot: u64) -> Self {
        Self { boot, current: None, previous: None }
    }

    /// A HELLO. Changes nothing unless an epoch is over, once a minute; a new one draws its key from `random`.
    pub fn hello(&mut self, now_ms: u64, random: &[u8; 32]) -> Hello {
        self.erase_expired(now_ms);
        if let Some(over) = self.current.take_if(|epoch| !epoch.issues(now_ms)) {
            // No token of a full epoch can be marked any more, so its key is of no use.
            if !over.is_full() {
                self.previous = Some(over);
            }
        }
        let epoch = self.current.get_or_insert_with(|| Epoch::begin(self.boot, random, now_ms, self.previous.as_ref()));
        let token = epoch.issue(now_ms, random);
        Hello { version: VERSION, token, e_door: *epoch.e_door(token).public() }
    }

    /// Erases the keys whose time is over. `hello` does it too; a timer should, so that no key outlives its time while
    /// nobody asks.
    pub fn erase_expired(&mut self, now_ms: u64) {
        self.current.take_if(|epoch| !epoch.lives(now_ms));
        self.previous.take_if(|epoch| !epoch.lives(now_ms));
    }

    /// Opens a REQ. Nobody has signed for it yet, and no token is marked: look up the signer, [`Opened::verify`], then
    /// [`Epochs::mark`]. `stale` and `malformed` decide nothing.
    pub fn open(&self, req: &[u8], now_ms: u64, keys: &IntercomKeys) -> Result<Opened, TransportError> {
        let frame = Frame::parse(req)?;
        let epoch = self
            .epochs()
            .find(|epoch| epoch.names(frame.token))
            .filter(|epoch| epoch.lives(now_ms) && epoch.is_unused(frame.token) && !epoch.is_answered(&frame.e_phone()))
            .ok_or(TransportError::Stale)?;
        let opened = frame.open(epoch.e_door(frame.token), keys)?;
        if is_on_time(epoch.issued_ms(frame.token), opened.age, now_ms) {
            Ok(opened)
        } else {
            Err(TransportError::Stale)
        }
    }

    /// Marks the token of a REQ whose signature was verified, before anything is done about it: `stale` if that
    /// happened already. Tests and sets at once, so that of two openings of one REQ only one can get past it.
    pub fn mark(&mut self, token: u64) -> Result<(), TransportError> {
        let mut epochs = self.current.iter_mut().chain(&mut self.previous);
        let marked = epochs.find(|epoch| epoch.names(token)).is_some_and(|epoch| epoch.mark(token));
        if marked { Ok(()) } else { Err(TransportError::Stale) }
    }

    /// To be called before a REQ is answered whose signature nobody has checked. Each is answered once: `stale` if it was
    /// already, `try later` if too many were.
    pub fn answer(&mut self, opened: &Opened) -> Result<(), TransportError> {
        let mut epochs = self.current.iter_mut().chain(&mut self.previous);
        let epoch = epochs.find(|epoch| epoch.names(opened.token)).ok_or(TransportError::Stale)?;
        epoch.answer(opened.e_phone)
    }

    fn epochs(&self) -> impl Iterator<Item = &Epoch> {
        self.current.iter().chain(&self.previous)
    }
}

/// now − issued − age, from −1 s to 3 s.
fn is_on_time(issued_ms: u64, age: u16, now_ms: u64) -> bool {
    let sealed_ms = issued_ms.saturating_add(u64::from(age) * 10);
    now_ms <= sealed_ms.saturating_add(MAX_ON_THE_WAY_MS) && sealed_ms <= now_ms.saturating_add(MAX_EARLY_MS)
}

/// A REQ as it came: kind u8 · token u64 · `e_phone` and tag 48 · the sealed rest.
pub(super) struct Frame<'a> {
    kind: Kind,
    pub(super) token: u64,
    message: &'a [u8; 48],
    sealed: &'a [u8],
}

impl<'a> Frame<'a> {
    pub(super) fn parse(req: &'a [u8]) -> Result<Self, TransportError> {
        if req.len() > MAX_MESSAGE {
            return Err(TransportError::TooLarge);
        }
        let kind = Kind::of(req).ok_or(TransportError::Malformed)?;
        let padded = req.len().checked_sub(REQ_WITHOUT_BODY).ok_or(TransportError::Malformed)?;
        if padded == 0 || padded % BLOCK != 0 {
            return Err(TransportError::Malformed);
        }
        let (_, rest) = req.split_first().ok_or(TransportError::Malformed)?;
        let (token, rest) = rest.split_first_chunk().ok_or(TransportError::Malformed)?;
        let (message, sealed) = rest.split_first_chunk().ok_or(TransportError::Malformed)?;
        Ok(Self { kind, token: u64::from_be_bytes(*token), message, sealed })
    }

    fn e_phone(&self) -> Ephemeral {
        let mut e_phone = Ephemeral::default();
        e_phone.copy_from_slice(&self.message[..16]);
        e_phone
    }

    pub(super) fn open(&self, e_door: KeyPair, keys: &IntercomKeys) -> Result<Opened, TransportError> {
        let malformed = |_| TransportError::Malformed;
        let own = match self.kind {
            Kind::Session => Own::Session(&keys.session),
            Kind::Pairing => Own::Pairing(&keys.pairing),
        };
        let mut channel = noise::initiate(VERSION, self.token, &own, e_door, self.message).map_err(malformed)?;
        let plain = channel.open(self.sealed).map_err(malformed)?;
        let (signature, rest) = plain.split_first_chunk().ok_or(TransportError::Malformed)?;
        let (age, padded) = rest.split_first_chunk().ok_or(TransportError::Malformed)?;
        Ok(Opened {
            kind: self.kind,
            token: self.token,
            e_phone: self.e_phone(),
            signature: *signature,
            age: u16::from_be_bytes(*age),
            padded: Zeroizing::new(padded.to_vec()),
            channel,
        })
    }
}

/// A REQ that could be opened: meant for this intercom, fresh, by whoever [`Opened::verify`] says.
pub struct Opened {
    kind: Kind,
    token: u64,
    e_phone: Ephemeral,
    signature: SignatureBytes,
    age: u16,
    padded: Zeroizing<Vec<u8>>,
    channel: Channel,
}

impl Opened {
    /// Session or pairing.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The token to mark once the signature is verified.
    pub fn token(&self) -> u64 {
        self.token
    }

    /// The body and its zeros; [`split_padding`] parts them once the end of the body is known.
    pub fn padded(&self) -> &[u8] {
        &self.padded
    }

    /// Whether `signer` signed this REQ.
    pub fn verify(&self, signer: &PublicKey) -> bool {
        signer.verify(&self.text(signer), &self.signature)
    }

    /// The RES. `too large` above [`MAX_RESULT`].
    pub fn seal_result(mut self, result: &[u8]) -> Result<Vec<u8>, TransportError> {
        if result.len() > MAX_RESULT {
            return Err(TransportError::TooLarge);
        }
        self.channel.seal(result).map_err(|_| TransportError::TooLarge)
    }

    fn text(&self, signer: &PublicKey) -> Zeroizing<Vec<u8>> {
        signed_text(self.kind, &self.channel.h, signer, self.age, &self.padded)
    }
}

impl fmt::Debug for Opened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Opened").field("kind", &self.kind).field("age", &self.age).finish_non_exhaustive()
    }
}
