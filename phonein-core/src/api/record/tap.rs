//! A tap on a door, from the press to its end.

use crate::text::Told;
use crate::text::refusal::Refusal;
use crate::text::tap::{Door, PathFault, Settled, Via};
use phonein_protocol::Time;

/// How a door stands: the tap in hand, or how the last one ended.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Tap {
    /// Which door.
    pub door: Door,
    /// What it is.
    pub state: TapState,
    /// The words on or under the button: "Press to activate key", "Asking the intercom…", "Not open yet".
    pub title: String,
    /// The second line, empty if there is none: "5 seconds left", "Opens at 14:00, in 12 minutes".
    pub detail: String,
    /// All of it as a screen reader says it: "Entrance open, 5 seconds".
    pub spoken: String,
}

/// What a tap is, for icon, colour and ring.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum TapState {
    /// Nothing asked.
    Idle,
    /// Looking for the intercom.
    Searching,
    /// Found, being connected.
    Connecting,
    /// Asked.
    Asking,
    /// The door is open.
    Opened {
        /// How long it still is, in seconds; at 0 the door is shut again.
        seconds: i32,
        /// How the intercom was reached.
        by: Via,
    },
    /// The intercom said no.
    Refused {
        /// Why.
        refusal: Refusal,
        /// When this key opens next, in Unix seconds.
        opens: Option<Time>,
    },
    /// Nothing was sent: the door stays shut.
    Unreachable {
        /// Why, for each path that was tried.
        paths: Vec<FailedPath>,
    },
    /// It was sent and not answered; the next contact says what became of it.
    NoAnswer,
    /// Intercoms answered that do not know this phone.
    Stranger,
    /// Ended by the person before anything was sent.
    Cancelled,
    /// What became of a tap that had no answer.
    Settled {
        /// It.
        how: Settled,
    },
}

/// Why an intercom was not reached on one path.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct FailedPath {
    /// Which.
    pub by: Via,
    /// Why.
    pub fault: PathFault,
    /// In words.
    pub told: Told,
    /// Where the phone can help.
    pub way: Way,
}

/// What one button beside a path's fault does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, uniffi::Enum)]
pub enum Way {
    /// Opens the system's Bluetooth settings.
    BluetoothSettings,
    /// Asks for the permission, or opens the app's settings.
    Permission,
    /// Opens the intercom's settings at its address.
    Address,
    /// Opens the system's network settings.
    NetworkSettings,
    /// Opens the intercom's settings at its paths.
    Paths,
    /// There is none.
    None,
}

impl From<&PathFault> for Way {
    fn from(fault: &PathFault) -> Self {
        match fault {
            PathFault::BluetoothOff => Self::BluetoothSettings,
            PathFault::BluetoothDenied => Self::Permission,
            PathFault::NoAddress
            | PathFault::Silent { .. }
            | PathFault::NotPhonein { .. }
            | PathFault::Stranger { .. } => Self::Address,
            PathFault::NetworkOff => Self::NetworkSettings,
            PathFault::SwitchedOff => Self::Paths,
            PathFault::BluetoothMissing
            | PathFault::BluetoothBusy
            | PathFault::BluetoothSilent
            | PathFault::BluetoothStranger
            | PathFault::BluetoothNotPhonein
            | PathFault::NotNear
            | PathFault::Later
            | PathFault::ThisPhone => Self::None,
        }
    }
}
