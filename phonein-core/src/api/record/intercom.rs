//! An intercom and its settings.

use super::{KeyRow, Sign};
use crate::text::Told;
use sha2::{Digest, Sha256};

/// An intercom in a list.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Intercom {
    /// Stands for it in every call.
    pub id: String,
    /// What it is called on this phone.
    pub name: String,
    /// Whether this phone is one of its managers.
    pub is_manager: bool,
    /// The beginning of the fingerprint of its key, to compare with another phone: "4F2A 91C7 0B3E D8A5".
    pub fingerprint: String,
}

/// How an intercom may be reached from this phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, uniffi::Enum)]
pub enum PathChoice {
    /// Whichever answers first.
    Both,
    /// Only over Bluetooth.
    Bluetooth,
    /// Only over the network.
    Network,
}

/// All of *Settings of an intercom*. For an intercom where this phone is no manager only name, fingerprint, address, paths
/// and `ask_first` mean anything.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct IntercomSettings {
    /// Which, its name and fingerprint.
    pub intercom: Intercom,
    /// Whether keys may open the inner door; `None` where the hardware has none, or this phone is no manager.
    pub inner_door: Option<bool>,
    /// The name of its time zone: "Europe/Budapest".
    pub zone: String,
    /// The zone in words: "Europe/Budapest, same as this phone".
    pub zone_words: String,
    /// The line of *Clock and time zone*: how the clock stands, or the zone in words if there is nothing to say of it.
    pub clock_words: String,
    /// How its clock stands; `None` if there is nothing to say.
    pub clock: Option<ClockReading>,
    /// Its managers, this phone first.
    pub managers: Vec<Manager>,
    /// For everybody who has a key and is no manager one of their keys: what `add_manager` takes.
    pub candidates: Vec<KeyRow>,
    /// The network address typed on this phone.
    pub address: Option<String>,
    /// The line of *Network address*: the one typed, else those the intercom itself gave; empty without any.
    pub address_words: String,
    /// How it may be reached.
    pub paths: PathChoice,
    /// Whether the app asks for face or fingerprint before it opens here. Kept on this phone.
    pub ask_first: bool,
    /// "All changes are at the intercom", "2 changes wait for the intercom".
    pub changes_words: String,
    /// What is drawn beside that.
    pub changes_sign: Sign,
    /// "Last heard today at 10:21 over Bluetooth".
    pub heard_words: String,
    /// How many requests of strangers it refused in the last hour, in words; `None` if none.
    pub strangers_words: Option<String>,
}

/// How an intercom's clock stands.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ClockReading {
    /// In words.
    pub title: String,
    /// What would help; empty if nothing is needed.
    pub detail: String,
    /// Whether there is a question to answer: *use this phone's time* or *leave it*.
    pub asks: bool,
}

/// A manager.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Manager {
    /// Stands for them in calls.
    pub id: String,
    /// As they are called; this phone's says so.
    pub name: String,
    /// Whether it is this phone.
    pub is_this_phone: bool,
}

/// What removing a manager asks first.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ManagerRemoval {
    /// The question; it has a `detail` where there are keys.
    pub question: Told,
    /// The keys that person made and the one they hold, each to keep or to delete.
    pub keys: Vec<ManagerKey>,
}

/// A key of a manager who is being removed.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ManagerKey {
    /// Which.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its status line.
    pub status_words: String,
    /// Whether deleting it is proposed: nobody accepted it, and that person may still have its link.
    pub propose_delete: bool,
}

/// What removing an intercom from this phone means, to be shown before it is done.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Forgetting {
    /// In words.
    pub words: String,
    /// Whether this phone is its last manager.
    pub is_last_manager: bool,
}

/// A change of an intercom's settings. One call, one change.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum SettingsChange {
    /// Whether keys may open the inner door. Asks the intercom.
    InnerDoor {
        /// Whether.
        on: bool,
    },
    /// The time zone. Asks the intercom.
    Zone {
        /// Its name: "Europe/Budapest".
        zone: String,
    },
    /// The network address, kept on this phone; empty for none.
    Address {
        /// As typed.
        address: String,
    },
    /// How the intercom may be reached, kept on this phone.
    Paths {
        /// How.
        paths: PathChoice,
    },
    /// Whether the app asks for face or fingerprint first, kept on this phone.
    AskFirst {
        /// Whether.
        on: bool,
    },
}

impl From<&crate::wallet::Intercom> for Intercom {
    fn from(intercom: &crate::wallet::Intercom) -> Self {
        Self {
            id: intercom.id.to_string(),
            name: intercom.name.clone(),
            is_manager: intercom.is_manager,
            fingerprint: fingerprint(&intercom.public_key),
        }
    }
}

/// The first 8 bytes of SHA-256 of a public key, in groups that can be read aloud.
fn fingerprint(public_key: &[u8; 32]) -> String {
    let digest: [u8; 32] = Sha256::digest(public_key).into();
    let groups = digest.as_chunks().0.iter().take(4).map(|[high, low]| format!("{high:02X}{low:02X}"));
    groups.collect::<Vec<_>>().join(" ")
}
