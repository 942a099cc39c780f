//! Names of phones, keys and links.

use core::fmt;

use sha2::{Digest, Sha256};

use crate::es256::PublicKey;

/// Names a phone at one intercom: the first 8 bytes of SHA-256 of its public key.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Kid([u8; 8]);

impl Kid {
    /// The kid of the phone with this public key.
    pub fn of(key: &PublicKey) -> Self {
        let mut kid = [0; 8];
        kid.copy_from_slice(&Sha256::digest(key.as_bytes())[..8]);
        Self(kid)
    }

    /// A kid as it stands in a message.
    pub fn from_bytes(bytes: [u8; 8]) -> Self {
        Self(bytes)
    }

    /// The kid as it stands in a message.
    pub fn as_bytes(&self) -> &[u8; 8] {
        &self.0
    }
}

impl fmt::Debug for Kid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Kid({:016x})", u64::from_be_bytes(self.0))
    }
}
