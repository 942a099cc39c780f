//! A grant: what a manager signs about one key (docs/protocol.md, section 2).

mod payload;
mod signed;

pub use signed::{GrantError, SignedGrant};

use crate::{
    Time,
    id::{Commitment, Doors, KeyId},
    rule::Rule,
};
use alloc::string::String;

/// The longest name of a key, in Unicode scalar values.
pub const NAME_CHARACTERS: usize = 40;
/// The longest welcome message, in bytes.
pub const WELCOME_BYTES: usize = 400;

/// One version of one key.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Grant {
    /// Which key.
    pub key: KeyId,
    /// Rises with each change; 1 at first.
    pub version: u64,
    /// The newest version its maker knew to be at the intercom, 0 for none; below `version`.
    pub base: u64,
    /// When it was made, for people only: it touches no clock.
    pub issued: Time,
    /// What the key may do; `None` in a deletion.
    pub terms: Option<Terms>,
    /// What people call it.
    pub about: About,
}

/// What a key may do.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Terms {
    /// The last second of a first claim.
    pub claim_by: Time,
    /// When it opens.
    pub rule: Rule,
    /// How often it opens each door; `None` for any number of times.
    pub uses: Option<u64>,
    /// What it opens.
    pub doors: Doors,
    /// Whose link may claim it.
    pub commitment: Commitment,
}

/// What people call a key. The intercom only keeps it for other managers' phones.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct About {
    /// At most [`NAME_CHARACTERS`].
    pub name: Option<String>,
    /// 0 Friend, 1 Customer, 2 Services, 3 Event, 4 Delivery, 5 Renter, 6 Employee; others are shown without an icon.
    pub category: Option<u64>,
    /// Shown to the guest, at most [`WELCOME_BYTES`].
    pub welcome: Option<String>,
}

impl Grant {
    /// Whether this version may take the place of `stored`, neither of them a deletion. `same_signer`: both have the same
    /// kid, so that whoever made this one had seen the other.
    pub fn may_replace(&self, stored: &Grant, same_signer: bool) -> bool {
        self.version > stored.version && (self.base >= stored.version || same_signer)
    }
}
