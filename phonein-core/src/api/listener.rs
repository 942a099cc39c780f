//! What the shell is told while something goes on. Called on one of the core's threads, one call after the other.

use super::error::ListenerError;
use super::record::Tap;
use crate::text::Told;

/// Hears of what changed, so that a screen asks again.
#[uniffi::export(foreign)]
pub trait ChangeListener: Send + Sync {
    /// Something on these screens is different now.
    fn on_change(&self, changes: Vec<Change>) -> Result<(), ListenerError>;
}

/// What reads otherwise now and is to be asked for again. That may be because something happened, or because time went by:
/// "in 12 minutes" is "in 11 minutes".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, uniffi::Enum)]
pub enum Change {
    /// `home`.
    Home,
    /// `keys`, `key` and `share`.
    Keys,
    /// `activity`.
    Activity,
    /// `settings`.
    Settings,
    /// `intercoms`.
    Intercoms,
    /// The `state` of a `KeyWizard`.
    Draft,
}

/// Hears how a tap goes on.
#[uniffi::export(foreign)]
pub trait UnlockListener: Send + Sync {
    /// Each step, the end, and once a second while the door is open. The last has `is_final`: what happened is written
    /// down and the door is shut; the next press is another tap. An end without an open door comes twice, at once and
    /// as the last.
    fn on_tap(&self, tap: Tap, is_final: bool) -> Result<(), ListenerError>;
}

/// Hears how adding an intercom goes on.
#[uniffi::export(foreign)]
pub trait PairingListener: Send + Sync {
    /// Each step, and the end.
    fn on_pairing(&self, progress: PairingProgress) -> Result<(), ListenerError>;
}

/// How adding an intercom goes on. `is_final` says which are its ends.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum PairingProgress {
    /// Looking for it.
    Searching {
        /// In words.
        words: String,
    },
    /// Found, being connected.
    Connecting {
        /// In words.
        words: String,
    },
    /// Asked.
    Asking {
        /// In words.
        words: String,
    },
    /// The end: this phone is its manager.
    Added {
        /// The intercom.
        intercom: String,
        /// In words.
        told: Told,
    },
    /// The end: no intercom was found, for the reason in the words. Offer the network address.
    NotFound {
        /// In words.
        told: Told,
    },
    /// The end: the intercom does not accept the UUID.
    WrongCode {
        /// In words.
        told: Told,
    },
    /// The end: it has a manager and its button was not held.
    AlreadyPaired {
        /// In words.
        told: Told,
    },
    /// The end: it refused for another reason, or this phone could not go on.
    Failed {
        /// In words.
        told: Told,
    },
    /// The end: ended by the person.
    Cancelled {
        /// In words.
        told: Told,
    },
}

#[uniffi::export]
impl PairingProgress {
    /// Whether this is the end: nothing is told after it.
    pub fn is_final(&self) -> bool {
        match self {
            Self::Searching { .. } | Self::Connecting { .. } | Self::Asking { .. } => false,
            Self::Added { .. }
            | Self::NotFound { .. }
            | Self::WrongCode { .. }
            | Self::AlreadyPaired { .. }
            | Self::Failed { .. }
            | Self::Cancelled { .. } => true,
        }
    }
}
