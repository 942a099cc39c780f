//! A tap on a door: its steps, its endings, and what was learnt about it afterwards.

use super::fixed::{arguments, messages};
use super::refusal::Refusal;
use super::{Text, Told};
use fluent_bundle::FluentArgs;

/// A door an intercom opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, uniffi::Enum)]
pub enum Door {
    /// The building's entrance.
    Entrance,
    /// The door behind it.
    Inner,
}

/// The way a phone and an intercom talk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, uniffi::Enum)]
pub enum Via {
    /// Bluetooth LE.
    Bluetooth,
    /// HTTP.
    Network,
}

impl From<phonein_protocol::id::Door> for Door {
    fn from(door: phonein_protocol::id::Door) -> Self {
        match door {
            phonein_protocol::id::Door::Entrance => Self::Entrance,
            phonein_protocol::id::Door::Inner => Self::Inner,
        }
    }
}

impl From<Door> for phonein_protocol::id::Door {
    fn from(door: Door) -> Self {
        match door {
            Door::Entrance => Self::Entrance,
            Door::Inner => Self::Inner,
        }
    }
}

impl From<phonein_protocol::log::Via> for Via {
    fn from(via: phonein_protocol::log::Via) -> Self {
        match via {
            phonein_protocol::log::Via::Bluetooth => Self::Bluetooth,
            phonein_protocol::log::Via::Http => Self::Network,
        }
    }
}

messages! {
    /// Words on and around the button of a door that is at rest or being asked.
    pub enum TapStep {
        /// At rest.
        Idle => "tap-idle",
        /// No intercom was found yet.
        Searching => "tap-searching",
        /// One was found.
        Connecting => "tap-connecting",
        /// The request was sent.
        Asking => "tap-asking",
        /// The door is open.
        Active => "tap-active",
        /// Another door is asked or open.
        Busy => "tap-busy",
    }
}

messages! {
    /// Endings of a tap that no intercom gave.
    pub enum TapEnding {
        /// Nothing was sent.
        Unreachable => "tap-unreachable",
        /// Something was sent and no answer came.
        NoAnswer => "tap-no-answer",
        /// Only intercoms answered that could not read the request.
        Stranger => "tap-stranger",
        /// Ended by the person before anything was sent.
        Cancelled => "tap-cancelled",
    }
}

/// Why one way to the intercom failed.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum PathFault {
    /// Bluetooth is off.
    BluetoothOff,
    /// The app may not use Bluetooth.
    BluetoothDenied,
    /// The phone has no Bluetooth.
    BluetoothMissing,
    /// Nothing was found over Bluetooth.
    NotNear,
    /// Found over Bluetooth, and connected to other phones.
    BluetoothBusy,
    /// Found over Bluetooth, and does not answer.
    BluetoothSilent,
    /// A Phonein was found over Bluetooth that does not know this phone.
    BluetoothStranger,
    /// What was found over Bluetooth is no Phonein.
    BluetoothNotPhonein,
    /// No network address is known.
    NoAddress,
    /// The phone is in no network.
    NetworkOff,
    /// Nothing answers there.
    Silent {
        /// The address.
        address: String,
    },
    /// What answers there is no Phonein.
    NotPhonein {
        /// The address.
        address: String,
    },
    /// A Phonein answers there that does not know this phone.
    Stranger {
        /// The address.
        address: String,
    },
    /// The intercom said: try later.
    Later,
    /// This phone could not sign, or not write down, what it was to send.
    ThisPhone,
    /// The person switched this way off.
    SwitchedOff,
}

/// What became of an earlier tap that had no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Settled {
    /// It opened.
    Opened,
    /// It was refused.
    Refused {
        /// Why.
        refusal: Refusal,
    },
    /// The power failed between use and answer.
    Interrupted,
    /// The intercom never got it.
    NeverArrived,
}

impl Text {
    /// "Entrance", "Inner door"
    pub fn door(&self, door: Door) -> String {
        self.word(match door {
            Door::Entrance => "door-entrance",
            Door::Inner => "door-inner",
        })
    }

    /// "Bluetooth", "Network"
    pub fn via(&self, via: Via) -> String {
        self.word(match via {
            Via::Bluetooth => "via-bluetooth",
            Via::Network => "via-network",
        })
    }

    /// The words of a step.
    pub fn tap_step(&self, step: TapStep) -> String {
        self.word(step.message_id())
    }

    /// "4 seconds left"
    pub fn seconds_left(&self, seconds: i32) -> String {
        self.say("tap-seconds", &arguments!["count" => seconds])
    }

    /// What a screen reader says when the door opens: "Entrance open, 5 seconds".
    pub fn open_spoken(&self, door: Door, seconds: i32) -> String {
        self.say("tap-spoken", &arguments!["door" => self.door(door), "count" => seconds])
    }

    /// An ending that no intercom gave. Refusals are [`Text::refusal`].
    pub fn tap_ending(&self, ending: TapEnding) -> Told {
        self.told(ending.message_id(), &FluentArgs::new())
    }

    /// Why one way to the intercom failed, and what to do.
    pub fn path_fault(&self, fault: &PathFault) -> Told {
        let (id, address) = match fault {
            PathFault::BluetoothOff => ("path-bluetooth-off", ""),
            PathFault::BluetoothDenied => ("path-bluetooth-denied", ""),
            PathFault::BluetoothMissing => ("path-bluetooth-none", ""),
            PathFault::NotNear => ("path-not-near", ""),
            PathFault::BluetoothBusy => ("path-bluetooth-busy", ""),
            PathFault::BluetoothSilent => ("path-bluetooth-silent", ""),
            PathFault::BluetoothStranger => ("path-bluetooth-stranger", ""),
            PathFault::BluetoothNotPhonein => ("path-bluetooth-not-phonein", ""),
            PathFault::NoAddress => ("path-no-address", ""),
            PathFault::NetworkOff => ("path-network-off", ""),
            PathFault::Silent { address } => ("path-address-silent", &**address),
            PathFault::NotPhonein { address } => ("path-not-phonein", &**address),
            PathFault::Stranger { address } => ("path-stranger", &**address),
            PathFault::Later => ("path-later", ""),
            PathFault::ThisPhone => ("path-phone", ""),
            PathFault::SwitchedOff => ("path-off", ""),
        };
        self.told(id, &arguments!["address" => address])
    }

    /// What became of an earlier tap that had no answer.
    pub fn settled(&self, settled: Settled) -> String {
        match settled {
            Settled::Opened => self.word("settled-opened"),
            Settled::Refused { refusal } => {
                self.say("settled-refused", &arguments!["why" => self.refusal_reason(refusal)])
            }
            Settled::Interrupted => self.word("settled-interrupted"),
            Settled::NeverArrived => self.word("settled-never"),
        }
    }
}
