//! Bytes on the air to an authenticated body, and a result back (docs/protocol.md, sections 3, 5 and 12).
//!
//! The intercom's HELLO is its half of a Noise handshake; the phone's REQ brings the other half and, sealed, a signed
//! body; the RES brings the result. This module knows nothing of bodies and results: bytes in, bytes out. Start with
//! [`phone::begin`] for a phone, with [`intercom::Epochs`] for an intercom.

mod epoch;
pub mod hello;
pub mod intercom;
pub mod key;
mod noise;
pub mod phone;
#[cfg(test)]
mod tests;
mod text;

pub use hello::Hello;
pub use key::{KeyPair, PairingSecret};

/// The newest version this crate speaks, as a phone and as an intercom.
pub const VERSION: u8 = 1;
/// Longest message in either direction, over any transport.
pub const MAX_MESSAGE: usize = 4096;
/// Longest result that fits a RES.
pub const MAX_RESULT: usize = MAX_MESSAGE - TAG;
/// Longest body that fits a REQ.
pub const MAX_BODY: usize = (MAX_MESSAGE - REQ_WITHOUT_BODY) / BLOCK * BLOCK;

const TAG: usize = 16;
/// kind 1 · token 8 · `e_phone` 32 · tag 16; what follows is sealed.
const REQ_HEAD: usize = 57;
const REQ_WITHOUT_BODY: usize = 139;
const SIGNATURE: usize = 64;
const AGE: usize = 2;
/// Body and zeros together are a multiple of this.
const BLOCK: usize = 32;

/// What a REQ is. Each kind belongs to a version; these belong to version 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A phone that knows the intercom's public key: everything but pairing.
    Session,
    /// A phone that knows the intercom's UUID.
    Pairing,
}

impl Kind {
    /// The kind that a REQ claims to be, before anything is checked: enough to slow pairings down.
    pub fn of(req: &[u8]) -> Option<Self> {
        match req.first() {
            Some(1) => Some(Self::Session),
            Some(2) => Some(Self::Pairing),
            _ => None,
        }
    }

    const fn code(self) -> u8 {
        match self {
            Self::Session => 1,
            Self::Pairing => 2,
        }
    }
}

/// Why an intercom gives no result. One byte over Bluetooth, a status code over HTTP; nobody has signed it, so it is a
/// hint to the phone and never the door's word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum TransportError {
    /// Not a message, or not one for this intercom: bad length, kind, tag, padding or signature.
    #[error("malformed")]
    Malformed,
    /// Token used, expired or from before a restart, or the frame too long on the way: fetch a HELLO and seal anew.
    #[error("token used, expired or stale")]
    Stale,
    /// Longer than [`MAX_MESSAGE`].
    #[error("too large")]
    TooLarge,
    /// Slowed down.
    #[error("try later")]
    TryLater,
}

impl TransportError {
    /// The byte that stands for it over Bluetooth.
    pub const fn code(self) -> u8 {
        match self {
            Self::Malformed => 1,
            Self::Stale => 2,
            Self::TooLarge => 3,
            Self::TryLater => 4,
        }
    }

    /// Reads a message that is an error: exactly one byte, and one of the four.
    pub fn parse(message: &[u8]) -> Option<Self> {
        match message {
            [1] => Some(Self::Malformed),
            [2] => Some(Self::Stale),
            [3] => Some(Self::TooLarge),
            [4] => Some(Self::TryLater),
            _ => None,
        }
    }
}
