//! A link that was opened, pasted or scanned.

use crate::category::Category;
use crate::text::Told;

/// What a link says. No network was touched; all of it is hearsay.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Invitation {
    /// The key's name.
    pub name: String,
    /// Its category, for the icon.
    pub category: Option<Category>,
    /// What it is for and where: "Services · Home".
    pub place_words: String,
    /// The rule as one sentence.
    pub sentence: String,
    /// "As the link says, until the intercom has answered".
    pub hearsay_words: String,
    /// The welcome message.
    pub welcome: Option<String>,
    /// The name this phone's person gave last, to begin with.
    pub own_name: String,
    /// What this phone knows of it: "This phone has this key already", "This is a key to your own intercom".
    pub known_words: Option<String>,
    /// Which button it has.
    pub offer: InvitationOffer,
}

/// Which button an invitation has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, uniffi::Enum)]
pub enum InvitationOffer {
    /// ADD KEY, below the name of this phone's person.
    Add,
    /// *Use it on this phone*, which brings ADD KEY: it is a key to an own intercom.
    UseHere,
    /// OK: this phone has the key.
    Close,
}

/// What became of accepting a link.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Accepted {
    /// The key is this phone's.
    Added {
        /// Which.
        key: String,
        /// The intercom: Home goes there.
        intercom: String,
        /// In words.
        words: String,
    },
    /// The intercom was not reached. Nobody owns the key yet; it is tried again at every chance.
    Waiting {
        /// Which.
        key: String,
        /// The intercom: Home goes there.
        intercom: String,
        /// In words.
        told: Told,
    },
    /// The intercom refused: this key will not be this phone's.
    Refused {
        /// In words.
        told: Told,
    },
}
