//! Happy eyeballs for doors: one tap, whichever way answers first, one opening.
//!
//! [`Taps`] takes the presses at one intercom. Each tap is driven by a task of its own (`drive`) that carries out what a
//! pure race (`race`) orders; the wallet writes down what must not be forgotten, through [`TapJournal`]. The rules are
//! those of docs/protocol.md, section 3.

mod begin;
mod drive;
mod journal;
mod race;
mod runner;
mod status;
mod taps;
#[cfg(test)]
pub(crate) mod tests;
mod wish;

pub use journal::{Begun, JournalError, Settled, TapJournal, TapRecord, Unheard};
pub use taps::{Busy, Cancel, Ending, Pressed, Progress, SettleError, Taps};
pub use wish::Wish;
