//! A list with nothing in it.

use super::Sign;

/// What it says.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct EmptyList {
    /// Why it is empty.
    pub why: EmptyWhy,
    /// What is drawn above it.
    pub sign: Sign,
    /// "No keys yet"
    pub title: String,
    /// What would help: "Create a new access key".
    pub detail: String,
}

/// Why a list is empty, for the way on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, uniffi::Enum)]
pub enum EmptyWhy {
    /// There is nothing yet.
    Nothing,
    /// Nothing fits what is searched for.
    NoMatch,
    /// This phone was sent no key: offer *I was sent a key*.
    NoneSent,
}
