//! ES256 (RFC 7518, section 3.4): what phones sign with. P-256 is the one curve that both the Secure Enclave and the
//! Android Keystore hold.

use core::fmt;

use p256::ecdsa::{
    Signature,
    signature::{Signer, Verifier},
};

use crate::id::Kid;

/// r and s, 32 bytes each, big-endian.
pub type SignatureBytes = [u8; 64];

/// A phone's public key: a P-256 point in 33 bytes, compressed (SEC 1).
///
/// Whether the point lies on the curve is only found out by [`PublicKey::verify`]: finding out costs a square root, and a
/// key that is no point verifies nothing.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PublicKey([u8; 33]);

impl PublicKey {
    /// A key as it stands in a message; `None` if it is not the compressed form.
    pub fn from_bytes(bytes: [u8; 33]) -> Option<Self> {
        matches!(bytes[0], 2 | 3).then_some(Self(bytes))
    }

    /// The key as it stands in a message.
    pub fn as_bytes(&self) -> &[u8; 33] {
        &self.0
    }

    /// Whether this key signed `text`. Low and high s count alike: a Secure Enclave makes both.
    pub fn verify(&self, text: &[u8], signature: &SignatureBytes) -> bool {
        let (Ok(key), Ok(signature)) =
            (p256::ecdsa::VerifyingKey::from_sec1_bytes(&self.0), Signature::from_slice(signature))
        else {
            return false;
        };
        key.verify(text, &signature).is_ok()
    }
}

/// Only the kid: it names the phone as well and is as long as the logs need.
impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({:?})", Kid::of(self))
    }
}

/// A private key in software, for desktops and tests. Phones sign in hardware.
#[derive(Clone)]
pub struct SigningKey(p256::ecdsa::SigningKey);

impl SigningKey {
    /// A key from its 32 bytes; `None` if they are zero or not below the curve's order (one in 2³² of random bytes).
    pub fn from_bytes(bytes: &[u8; 32]) -> Option<Self> {
        p256::ecdsa::SigningKey::from_slice(bytes).ok().map(Self)
    }

    /// The public half.
    pub fn public(&self) -> PublicKey {
        let point: p256::CompressedPoint = self.0.verifying_key().into();
        PublicKey(point.into())
    }

    /// Signs the text itself: SHA-256 is taken here, once. Deterministic (RFC 6979).
    pub fn sign(&self, text: &[u8]) -> SignatureBytes {
        let signature: Signature = self.0.sign(text);
        signature.to_bytes().into()
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({:?})", Kid::of(&self.public()))
    }
}

#[cfg(test)]
mod tests {
    use alloc::format;

    use super::*;
    use crate::vectors::{array, bytes};

    fn guest() -> SigningKey {
        SigningKey::from_bytes(&array("/keys/guest_private")).unwrap()
    }

    #[test]
    fn public_key_and_kid_are_those_of_the_vectors() {
        assert_eq!(guest().public().as_bytes(), &array("/keys/guest"));
        assert_eq!(Kid::of(&guest().public()).as_bytes(), &array("/keys/guest_kid"));
    }

    #[test]
    fn signatures_of_the_vectors_verify() {
        for exchange in ["open", "claim", "pairing"] {
            let at = |field| format!("/exchanges/{exchange}/{field}");
            let signer = PublicKey::from_bytes(array(&at("signer"))).unwrap();
            let text = bytes(&at("signed_text"));
            assert!(signer.verify(&text, &array(&at("signature"))), "{exchange}");
            assert!(!signer.verify(&text[1..], &array(&at("signature"))), "{exchange}, another text");
        }
    }

    #[test]
    fn high_and_low_s_are_accepted_alike() {
        let text = b"text";
        let made = guest().sign(text);
        let (r, s) = Signature::from_slice(&made).unwrap().split_scalars();
        let other: SignatureBytes = Signature::from_scalars(r, -s).unwrap().to_bytes().into();
        assert_ne!(made, other);
        assert!(guest().public().verify(text, &made));
        assert!(guest().public().verify(text, &other));
    }

    #[test]
    fn another_key_and_a_point_off_the_curve_verify_nothing() {
        let made = guest().sign(b"text");
        let manager = SigningKey::from_bytes(&array("/keys/manager_private")).unwrap();
        assert!(!manager.public().verify(b"text", &made));
        // x = 5 is on the curve, x = 4 is not (SEC 2, P-256); whichever is tried, nothing may verify.
        for x in 0..8 {
            let mut bytes = [0; 33];
            bytes[0] = 2;
            bytes[32] = x;
            assert!(!PublicKey::from_bytes(bytes).unwrap().verify(b"text", &made));
        }
        assert!(!guest().public().verify(b"text", &[0; 64]));
        assert!(!guest().public().verify(b"text", &[255; 64]));
    }

    #[test]
    fn only_the_compressed_form_is_a_key() {
        for first in [0, 1, 4, 6, 255] {
            assert_eq!(PublicKey::from_bytes([first; 33]), None);
        }
        assert!(SigningKey::from_bytes(&[0; 32]).is_none());
        assert!(SigningKey::from_bytes(&[255; 32]).is_none());
    }

    #[test]
    fn debug_shows_the_kid_alone() {
        assert_eq!(format!("{:?}", guest()), "SigningKey(Kid(b68e874f02f47d1f))");
        assert_eq!(format!("{:?}", guest().public()), "PublicKey(Kid(b68e874f02f47d1f))");
    }
}
