//! What stands in a request and in its answer (docs/protocol.md, sections 3 and 12).

mod answer;
mod body;
mod detail;
mod outcome;
mod zone;

pub use answer::{Answer, Head};
pub use body::{Body, BodyError, Envelope, ManagersAsk, Op, Request, SettingsWrite, UnknownLabel};
pub use detail::{Detail, KeyItem, KeyState, ManagerItem, PutVerdict, Settings};
pub use outcome::Outcome;

/// The longest name of a person, in Unicode scalar values.
pub const PERSON_CHARACTERS: usize = 40;
/// The longest name of a person, in bytes.
pub const PERSON_BYTES: usize = 160;
