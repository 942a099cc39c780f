//! How the person at the device speaks to the running program: lines of JSON over a socket in the data directory, which
//! only the program's own user may open.

pub(crate) mod client;
mod print;
pub(crate) mod server;

use crate::clock::{Give, Trust};
use phonein_protocol::Time;
use serde::{Deserialize, Serialize};
use std::fmt::Display;

/// The socket's name in the data directory.
const SOCKET: &str = "control.sock";
/// The longest line in either direction: a page of the log is the longest there is.
const MAX_LINE: u64 = 512 * 1024;

/// What can be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "kebab-case")]
pub(crate) enum Ask {
    /// How things stand.
    Status,
    /// A page of the log, after the entry with this number.
    Log { after: u64 },
    /// The button is held for 5 seconds: a manager may pair.
    OpenPairing,
    /// The button is held for 20 seconds: the factory reset.
    Reset,
    /// Gives the time, where the program was started for that.
    Clock { give: Give },
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Said {
    Done,
    /// What a phone scans to pair.
    Code {
        uuid: String,
        url: Option<String>,
    },
    Status(Box<Status>),
    Log(LogPage),
    Refused {
        why: String,
    },
}

impl Said {
    pub(crate) fn refused(why: impl Display) -> Self {
        Self::Refused { why: why.to_string() }
    }
}

/// How things stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Status {
    pub(crate) version: String,
    pub(crate) uuid: String,
    /// Where it listens, if it does.
    pub(crate) http: Option<String>,
    /// How Bluetooth stands, if it was asked for.
    pub(crate) bluetooth: Option<BluetoothStatus>,
    /// Where phones are told that it is.
    pub(crate) urls: Vec<String>,
    pub(crate) doors: Vec<DoorStatus>,
    pub(crate) managers: usize,
    pub(crate) pairing_open: bool,
    pub(crate) zone: Option<String>,
    pub(crate) clock: ClockStatus,
    /// The number of the last entry of the log.
    pub(crate) entries: u64,
    /// How many signatures it has checked since it started.
    pub(crate) checks: u64,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct BluetoothStatus {
    /// The adapter that advertises; none while that is not possible.
    pub(crate) adapter: Option<String>,
    /// Its address.
    pub(crate) address: Option<String>,
    /// Why it does not advertise.
    pub(crate) trouble: Option<String>,
    /// Phones, or whoever, connected now.
    pub(crate) links: usize,
    /// Those of them that made a valid request.
    pub(crate) valid_links: usize,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct DoorStatus {
    pub(crate) door: String,
    /// Whether keys may open it.
    pub(crate) on: bool,
    /// For how long it can still be pushed.
    pub(crate) seconds_left: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ClockStatus {
    pub(crate) trust: Trust,
    pub(crate) time: Option<Time>,
    /// How far off it may be, in seconds.
    pub(crate) error: Option<u64>,
}

/// A page of the log, bytes in hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct LogPage {
    pub(crate) entries: Vec<String>,
    pub(crate) head_number: u64,
    pub(crate) head_hash: String,
}
