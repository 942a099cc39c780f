//! What the wallet writes down about taps.

use std::time::Duration;

use phonein_protocol::message::{Answer, Outcome};
use zeroize::Zeroizing;

use super::Wish;
use crate::{exchange::Via, keys::PhoneKey};

/// The wallet's book of the taps at one intercom, of which one at most is not settled. Every method returns once it is
/// on disk; all are called where they may block.
pub trait TapJournal: Send + Sync {
    /// Writes a tap down: its number, greater than any used at this intercom and not below the clock's milliseconds, and
    /// its body, [`Wish::body`]. From here on a frame of it may have left, so that one write is enough before sending.
    ///
    /// `draft` is handed the body of a new tap before that is on disk, so that it can be sealed meanwhile. It counts only
    /// if this returns [`Begun::New`] afterwards.
    fn begin(&self, wish: &Wish, signer: &PhoneKey, draft: &mut dyn FnMut(&[u8])) -> Result<Begun, JournalError>;

    /// The intercom had seen `last`: the tap `number` goes on under a greater one, with a new body.
    fn renumber(&self, number: u64, last: u64, wish: &Wish, signer: &PhoneKey) -> Result<TapRecord, JournalError>;

    /// The intercom answered the tap: everything it says of key, phone and tap, and the tap is settled.
    fn answered(&self, number: u64, answer: &Answer, via: Via) -> Result<(), JournalError>;

    /// The tap ended without an answer.
    fn unheard(&self, number: u64, ending: Unheard) -> Result<(), JournalError>;

    /// The tap whose answer is not known, in hand or not.
    fn unsettled(&self) -> Result<Option<TapRecord>, JournalError>;

    /// A Status said what became of it. It is settled by that, whatever was said: [`TapJournal::unsettled`] no longer has
    /// it. Nothing if it was settled meanwhile.
    fn settled(&self, number: u64, settled: Settled, via: Via) -> Result<(), JournalError>;
}

/// What a press became.
#[derive(Debug)]
pub enum Begun {
    /// A tap of its own.
    New(TapRecord),
    /// The tap of this door that was in hand when the app ended, and still is.
    Resumed(TapRecord),
    /// A tap of another door was, and still is.
    Busy,
    /// Ask first what became of this one.
    Unsettled(TapRecord),
}

/// A tap as it was written down.
pub struct TapRecord {
    /// Its number.
    pub number: u64,
    /// What all its frames carry, byte for byte.
    pub body: Zeroizing<Vec<u8>>,
    /// How long ago the door was pressed; nothing where the clock went back.
    pub age: Duration,
}

/// How a tap ended that has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unheard {
    /// Nothing was sent: it is settled by that.
    Unreachable,
    /// Ended by the person before anything was sent: settled too.
    Cancelled,
    /// It may have opened, it will not any more. A Status settles it.
    NoAnswer,
}

/// What became of a tap that had no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settled {
    /// This is what the intercom had answered.
    Answered(Outcome),
    /// It never got it.
    NeverArrived,
    /// It knows a later tap of this phone and nothing of this one: nobody will ever know.
    Forgotten,
}

/// The wallet did not take it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the tap could not be written down: {reason}")]
pub struct JournalError {
    /// For the log.
    pub reason: String,
}

/// A body may hold a link's secret.
impl std::fmt::Debug for TapRecord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TapRecord").field("number", &self.number).field("age", &self.age).finish_non_exhaustive()
    }
}
