//! Names and numbers of things: phones, keys, doors, secrets of links.

use crate::es256::PublicKey;
use core::fmt;
use sha2::{Digest, Sha256};
use zeroize::Zeroize;

macro_rules! bytes {
    ($(#[$doc:meta])* $name:ident, $length:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; $length]);

        impl $name {
            /// As it stands in a message.
            pub const fn from_bytes(bytes: [u8; $length]) -> Self {
                Self(bytes)
            }

            /// As it stands in a message.
            pub const fn as_bytes(&self) -> &[u8; $length] {
                &self.0
            }

            /// `None` unless there are exactly as many bytes as this has.
            pub fn from_slice(bytes: &[u8]) -> Option<Self> {
                Some(Self(bytes.try_into().ok()?))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "("))?;
                self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))?;
                f.write_str(")")
            }
        }
    };
}

bytes! {
    /// Which phone: the first 8 bytes of SHA-256 of its public key.
    Kid, 8
}
bytes! {
    /// Which key: 8 random bytes.
    KeyId, 8
}
bytes! {
    /// All that the intercom knows of a link's secret: its SHA-256 cut to 16 bytes.
    Commitment, 16
}

impl Kid {
    /// The kid of the phone that has this public key.
    pub fn of(key: &PublicKey) -> Self {
        let digest = Sha256::digest(key.as_bytes());
        let mut kid = [0; 8];
        kid.copy_from_slice(&digest[..8]);
        Self(kid)
    }
}

/// What a link holds and nobody else: 16 random bytes. Never printed, erased when dropped.
#[derive(Clone, PartialEq, Eq, Zeroize, zeroize::ZeroizeOnDrop)]
pub struct LinkSecret(pub [u8; 16]);

impl LinkSecret {
    /// What a grant says of this secret.
    pub fn commitment(&self) -> Commitment {
        let digest = Sha256::digest(self.0);
        let mut cut = [0; 16];
        cut.copy_from_slice(&digest[..16]);
        Commitment(cut)
    }
}

impl fmt::Debug for LinkSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LinkSecret")
    }
}

/// A door of the intercom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Door {
    /// The building's entrance.
    Entrance,
    /// The inner door, where the intercom has one.
    Inner,
}

impl Door {
    /// 0 is the entrance, 1 the inner door, anything else no door.
    pub fn from_number(number: u64) -> Option<Self> {
        match number {
            0 => Some(Self::Entrance),
            1 => Some(Self::Inner),
            _ => None,
        }
    }

    /// The number on the air.
    pub fn number(self) -> u64 {
        self.index() as u64
    }

    /// The same as an index into what is kept for each door.
    pub fn index(self) -> usize {
        match self {
            Self::Entrance => 0,
            Self::Inner => 1,
        }
    }
}

/// Which doors: a set that is never empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Doors(u8);

impl Doors {
    /// The entrance alone.
    pub const ENTRANCE: Self = Self(1);
    /// The inner door alone.
    pub const INNER: Self = Self(2);
    /// Entrance and inner door.
    pub const BOTH: Self = Self(3);

    /// From the mask on the air: 1 entrance, 2 inner door.
    pub fn from_mask(mask: u64) -> Option<Self> {
        u8::try_from(mask).ok().filter(|mask| (1..=3).contains(mask)).map(Self)
    }

    /// The mask on the air.
    pub fn mask(self) -> u64 {
        self.0.into()
    }

    /// Whether `door` is one of them.
    pub fn contains(self, door: Door) -> bool {
        self.0 & (1 << door.index()) != 0
    }
}
