//! The 6 bytes an intercom advertises over Bluetooth (docs/protocol.md, section 8): a hint by which its phones find it
//! first, and by which nobody else recognises it.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Nonce 3 · HMAC-SHA256(the intercom's public key, nonce) cut to 3; all zero = waits for pairing. They follow the
/// company id in the manufacturer data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Advert([u8; 6]);

impl Advert {
    /// What an intercom advertises while it waits for pairing.
    pub const PAIRING: Self = Self([0; 6]);

    /// The advertisement of the intercom with this public key. The nonce is random, new every 15 minutes.
    pub fn of(intercom: &[u8; 32], nonce: [u8; 3]) -> Self {
        let mut bytes = [0; 6];
        bytes[..3].copy_from_slice(&nonce);
        bytes[3..].copy_from_slice(&hint(intercom, nonce));
        Self(bytes)
    }

    /// The bytes as they were received.
    pub fn from_bytes(bytes: [u8; 6]) -> Self {
        Self(bytes)
    }

    /// The bytes to advertise.
    pub fn as_bytes(&self) -> &[u8; 6] {
        &self.0
    }

    /// Whether the intercom with this public key seems to have sent it. Only ever a reason to try it first: one stranger
    /// in 2²⁴ matches, and a damaged hint must not make a door invisible.
    pub fn matches(&self, intercom: &[u8; 32]) -> bool {
        let [a, b, c, hinted @ ..] = self.0;
        *self != Self::PAIRING && hint(intercom, [a, b, c]) == hinted
    }

    /// Whether the sender says that it waits for pairing.
    pub fn waits_for_pairing(&self) -> bool {
        *self == Self::PAIRING
    }
}

fn hint(intercom: &[u8; 32], nonce: [u8; 3]) -> [u8; 3] {
    // A key of 32 bytes is shorter than SHA-256's block and is taken as it is (RFC 2104), so the padded form is exact.
    let mut block = [0; 64];
    block[..32].copy_from_slice(intercom);
    let mut mac = Hmac::<Sha256>::new(&block.into());
    mac.update(&nonce);
    let full = mac.finalize().into_bytes();
    [full[0], full[1], full[2]]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vectors::array;

    #[test]
    fn advertisement_is_that_of_the_vectors() {
        let intercom = array("/keys/intercom");
        let advert = Advert::of(&intercom, array("/advertisement/nonce"));
        assert_eq!(advert.as_bytes(), &array("/advertisement/data"));
        assert!(advert.matches(&intercom));
        assert!(!advert.waits_for_pairing());
    }

    #[test]
    fn another_intercom_does_not_match() {
        let advert = Advert::of(&[1; 32], [1, 2, 3]);
        assert!(!advert.matches(&[2; 32]));
        let mut damaged = *advert.as_bytes();
        damaged[0] ^= 1;
        assert!(!Advert::from_bytes(damaged).matches(&[1; 32]));
    }

    #[test]
    fn all_zero_waits_for_pairing_and_matches_nobody() {
        assert!(Advert::from_bytes([0; 6]).waits_for_pairing());
        assert!(!Advert::PAIRING.matches(&[1; 32]));
        // One key in 2²⁴ has zeros for a hint under the nonce of zeros; this one was searched for.
        let mut unlucky = [0; 32];
        unlucky[28..].copy_from_slice(&1_528_167_u32.to_be_bytes());
        assert_eq!(Advert::of(&unlucky, [0; 3]), Advert::PAIRING);
        assert!(!Advert::PAIRING.matches(&unlucky));
    }
}
