//! The attacks of docs/protocol.md, section 11, on the intercom: each test is named after its attack. Those on a phone's
//! wallet, on the HTTP server and on a restored disk stand with what they attack.

#![allow(clippy::unwrap_used, reason = "tests")]

mod floods;
mod frames;
mod grants;
mod links;
mod pairing;
#[path = "../support/mod.rs"]
mod support;
mod taps;
mod time;

use phonein_protocol::{id::Door, message::Answer};
use support::*;

pub(crate) const ENTRANCE: Door = Door::Entrance;

pub(crate) fn parse(sealed: Sealed, res: &[u8]) -> Answer {
    Answer::parse(sealed.op, &sealed.awaiting.open(res).unwrap()).unwrap()
}
