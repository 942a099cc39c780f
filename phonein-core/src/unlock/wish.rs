//! What a person wants of an intercom.

use phonein_protocol::{
    grant::SignedGrant,
    id::{Door, KeyId, LinkSecret},
    message::{Body, Op, Request},
};
use zeroize::Zeroizing;

use crate::keys::PhoneKey;

/// What a tap is to do.
#[derive(Clone, Debug)]
pub enum Wish {
    /// Open a door.
    Open {
        /// With which key; a manager needs none.
        key: Option<KeyId>,
        /// The version of its grant in the wallet, 0 for none.
        held: u64,
        /// Which door.
        door: Door,
    },
    /// Make the key of a link this phone's, and open a door with it.
    Claim {
        /// The grant in the link.
        grant: SignedGrant,
        /// The link's secret.
        secret: LinkSecret,
        /// What the person is called.
        name: String,
        /// Which door, if any.
        door: Option<Door>,
    },
}

impl Wish {
    /// The door it is about.
    pub fn door(&self) -> Option<Door> {
        match self {
            Self::Open { door, .. } => Some(*door),
            Self::Claim { door, .. } => *door,
        }
    }

    /// The key it is made with.
    pub fn key(&self) -> Option<KeyId> {
        match self {
            Self::Open { key, .. } => *key,
            Self::Claim { grant, .. } => Some(grant.grant().key),
        }
    }

    pub(super) fn op(&self) -> Op {
        match self {
            Self::Open { .. } => Op::Open,
            Self::Claim { .. } => Op::Claim,
        }
    }

    /// What is signed and sealed for a tap of this number. A claim's holds the link's secret.
    pub fn body(&self, number: u64, signer: &PhoneKey) -> Zeroizing<Vec<u8>> {
        let (kid, body) = match self {
            Self::Open { key, held, door } => {
                (Some(signer.kid()), Body::Open { key: *key, door: door.number(), held: *held })
            }
            Self::Claim { grant, secret, name, door } => {
                let (grant, secret, name) = (grant.bytes().to_vec(), secret.clone(), name.clone());
                let door = door.map(Door::number);
                (None, Body::Claim { grant, secret, key: *signer.public(), name, door })
            }
        };
        Zeroizing::new(Request { number, kid, body }.to_bytes())
    }

    /// Whether `other` adds nothing to it: the same door, and no link that would be forgotten.
    pub(super) fn covers(&self, other: &Self) -> bool {
        self.door() == other.door()
            && match (self, other) {
                (_, Self::Open { .. }) => true,
                (Self::Claim { grant: mine, .. }, Self::Claim { grant, .. }) => mine == grant,
                (Self::Open { .. }, Self::Claim { .. }) => false,
            }
    }
}
