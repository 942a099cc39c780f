//! An epoch: one minute of HELLOs that cost no memory.
//!
//! The token is the epoch's number (u16), the milliseconds since the epoch began (u16) and 32 random bits, so that no two
//! HELLOs share a key. The private half of `e_door` is derived from the epoch's key and the token; a token that was never
//! issued is of no use, because nobody but the intercom knows the public half that belongs to it. The number is random:
//! a token from before a restart reads as stale, not as malformed.

use alloc::collections::BTreeSet;
use core::fmt;

use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::{ZeroizeOnDrop, Zeroizing};

use super::key::derive;
use super::{KeyPair, TransportError};

/// How long an epoch issues tokens.
pub(super) const ISSUING_MS: u64 = 60_000;
/// How long its key lives.
pub(super) const LIFE_MS: u64 = 2 * ISSUING_MS;
/// How many tokens it can remember as used. The next request then ends it early.
pub(super) const MAX_USED: usize = 1_024;
/// How many REQs it can remember that were answered though nobody had checked their signature. Strangers send those: when
/// they are too many, strangers wait, and nobody else.
pub(super) const MAX_ANSWERED: usize = 1_024;

#[derive(Clone, PartialEq, Eq, Hash, ZeroizeOnDrop)]
pub(super) struct Epoch {
    key: [u8; 32],
    #[zeroize(skip)]
    number: u16,
    #[zeroize(skip)]
    begun_ms: u64,
    #[zeroize(skip)]
    used: BTreeSet<u64>,
    #[zeroize(skip)]
    answered: BTreeSet<Ephemeral>,
}

/// Enough of a phone's ephemeral key to know it again: with the token it decides the keys of an exchange.
pub(super) type Ephemeral = [u8; 16];

impl Epoch {
    /// A new epoch, with another number than `other`.
    pub(super) fn begin(boot: u64, random: &[u8; 32], now_ms: u64, other: Option<&Self>) -> Self {
        let mut seed = Zeroizing::new([0; 40]);
        seed[..32].copy_from_slice(random);
        seed[32..].copy_from_slice(&boot.to_be_bytes());
        let hkdf = Hkdf::<Sha256>::new(None, &*seed);
        let (mut key, mut number) = ([0; 32], [0; 2]);
        derive(&hkdf, &[b"phonein epoch key v1"], &mut key);
        derive(&hkdf, &[b"phonein epoch number v1"], &mut number);
        let number = u16::from_be_bytes(number);
        let taken = other.is_some_and(|epoch| epoch.number == number);
        Self {
            key,
            number: number ^ u16::from(taken),
            begun_ms: now_ms,
            used: BTreeSet::new(),
            answered: BTreeSet::new(),
        }
    }

    /// A token of this moment.
    pub(super) fn issue(&self, now_ms: u64, random: &[u8; 32]) -> u64 {
        let mut nonce = [0; 4];
        derive(&Hkdf::<Sha256>::new(None, random), &[b"phonein token v1"], &mut nonce);
        let since = u16::try_from(self.age_ms(now_ms)).unwrap_or(u16::MAX);
        u64::from(self.number) << 48 | u64::from(since) << 32 | u64::from(u32::from_be_bytes(nonce))
    }

    /// Whether a token says that it is of this epoch.
    pub(super) fn names(&self, token: u64) -> bool {
        token >> 48 == u64::from(self.number)
    }

    /// When a token of this epoch was issued.
    pub(super) fn issued_ms(&self, token: u64) -> u64 {
        self.begun_ms.saturating_add(token >> 32 & 0xffff)
    }

    /// The intercom's ephemeral key for a token.
    pub(super) fn e_door(&self, token: u64) -> KeyPair {
        let mut private = Zeroizing::new([0; 32]);
        if let Ok(hkdf) = Hkdf::<Sha256>::from_prk(&self.key) {
            derive(&hkdf, &[b"phonein e_door v1", &token.to_be_bytes()], &mut private);
        }
        KeyPair::from_private(private)
    }

    pub(super) fn issues(&self, now_ms: u64) -> bool {
        self.age_ms(now_ms) < ISSUING_MS && !self.is_full()
    }

    pub(super) fn lives(&self, now_ms: u64) -> bool {
        self.age_ms(now_ms) < LIFE_MS
    }

    pub(super) fn is_full(&self) -> bool {
        self.used.len() >= MAX_USED
    }

    /// Whether a token of this epoch can still be marked.
    pub(super) fn is_unused(&self, token: u64) -> bool {
        !self.is_full() && !self.used.contains(&token)
    }

    /// Remembers a token as used; false if it was, or cannot be.
    pub(super) fn mark(&mut self, token: u64) -> bool {
        !self.is_full() && self.used.insert(token)
    }

    /// Whether a REQ was answered before anybody had checked its signature.
    pub(super) fn is_answered(&self, e_phone: &Ephemeral) -> bool {
        self.answered.contains(e_phone)
    }

    /// Remembers a REQ as answered without a signature. An answer's key and nonce serve for one answer: were the same REQ
    /// answered again, both answers together would betray the key that seals them.
    pub(super) fn answer(&mut self, e_phone: Ephemeral) -> Result<(), TransportError> {
        if self.answered.len() >= MAX_ANSWERED {
            return Err(TransportError::TryLater);
        }
        if self.answered.insert(e_phone) { Ok(()) } else { Err(TransportError::Stale) }
    }

    fn age_ms(&self, now_ms: u64) -> u64 {
        now_ms.saturating_sub(self.begun_ms)
    }
}

impl fmt::Debug for Epoch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Epoch")
            .field("number", &self.number)
            .field("begun_ms", &self.begun_ms)
            .field("used", &self.used.len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_epochs_never_have_one_number() {
        let first = Epoch::begin(1, &[5; 32], 0, None);
        let second = Epoch::begin(1, &[5; 32], 0, Some(&first));
        assert!(!second.names(first.issue(0, &[5; 32])));
    }
}
