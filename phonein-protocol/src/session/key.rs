//! The secrets an intercom holds for its sessions.

use core::fmt;

use curve25519_dalek::montgomery::MontgomeryPoint;
use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

/// An X25519 key pair (RFC 7748). The private half is erased when it is dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct KeyPair {
    private: Zeroizing<[u8; 32]>,
    public: [u8; 32],
}

impl KeyPair {
    /// The pair of a private key: any 32 random bytes.
    pub fn from_private(private: Zeroizing<[u8; 32]>) -> Self {
        let public = MontgomeryPoint::mul_base_clamped(*private).to_bytes();
        Self { private, public }
    }

    /// The public half.
    pub fn public(&self) -> &[u8; 32] {
        &self.public
    }

    /// The private half, to be stored.
    pub fn private(&self) -> &[u8; 32] {
        &self.private
    }

    pub(super) fn agree(&self, public: &[u8; 32]) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(MontgomeryPoint(*public).mul_clamped(*self.private).to_bytes())
    }
}

impl fmt::Debug for KeyPair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeyPair(..)")
    }
}

/// What a phone that pairs and the intercom share: derived from the intercom's UUID, which itself is never sent.
#[derive(Clone, PartialEq, Eq)]
pub struct PairingSecret(Zeroizing<[u8; 32]>);

impl PairingSecret {
    /// The secret of the intercom with this UUID, its 16 bytes in the order of RFC 9562.
    pub fn of(uuid: &[u8; 16]) -> Self {
        let mut psk = Zeroizing::new([0; 32]);
        derive(&Hkdf::new(None, uuid), &[b"phonein pairing v1"], &mut psk);
        Self(psk)
    }

    pub(super) fn psk(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for PairingSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PairingSecret(..)")
    }
}

/// HKDF-Expand. `out` is far below the 8,160 bytes at which it would fail.
pub(super) fn derive<const N: usize>(hkdf: &Hkdf<Sha256>, info: &[&[u8]], out: &mut [u8; N]) {
    const { assert!(N <= 255 * 32) };
    let expanded = hkdf.expand_multi_info(info, out);
    debug_assert!(expanded.is_ok());
}

#[cfg(test)]
mod tests {
    use alloc::format;

    use super::*;
    use crate::vectors::array;

    #[test]
    fn keys_are_those_of_the_vectors() {
        let intercom = KeyPair::from_private(Zeroizing::new(array("/keys/intercom_private")));
        assert_eq!(intercom.public(), &array("/keys/intercom"));
        assert_eq!(PairingSecret::of(&array("/keys/uuid_bytes")).psk(), &array("/keys/psk"));
    }

    #[test]
    fn agreements_are_those_of_the_vectors() {
        let pair = |pointer| KeyPair::from_private(Zeroizing::new(array(pointer)));
        let (door, phone) = (pair("/exchanges/open/e_door_private"), pair("/exchanges/open/e_phone_private"));
        assert_eq!(*door.agree(phone.public()), array("/exchanges/open/dh_ee"));
        assert_eq!(*phone.agree(door.public()), array("/exchanges/open/dh_ee"));
        assert_eq!(*pair("/keys/intercom_private").agree(phone.public()), array("/exchanges/open/dh_se"));
    }

    #[test]
    fn debug_shows_no_secret() {
        let intercom = KeyPair::from_private(Zeroizing::new([7; 32]));
        assert_eq!(format!("{intercom:?} {:?}", PairingSecret::of(&[7; 16])), "KeyPair(..) PairingSecret(..)");
    }
}
