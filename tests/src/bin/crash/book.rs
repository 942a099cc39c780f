//! What the people of a world were told, and what they tried: the book that each phone and the intercom is held against.

use super::world::Who;
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

/// A key that the resident made, or may have made.
#[derive(Debug, Default)]
pub(crate) struct Key {
    /// On the resident's phone; unknown if she was killed before she was told.
    pub(crate) id: Option<String>,
    /// Names it may have: the last one confirmed, and those asked for since and not confirmed.
    pub(crate) names: Vec<String>,
    pub(crate) uses: Option<u64>,
    /// Deleted, or that was asked for.
    pub(crate) deletion: Deletion,
    /// As it is called in links and in the log.
    pub(crate) logged_as: Option<String>,
    pub(crate) link: Option<String>,
    /// Where it has it on the guest's phone, once that was confirmed.
    pub(crate) guests: Option<String>,
    /// How often the guest pressed with it.
    pub(crate) presses: u64,
    /// Of these, how often they were told that it opened.
    pub(crate) opened: u64,
    /// And how often that it certainly did not.
    pub(crate) shut: u64,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Deletion {
    #[default]
    No,
    Perhaps,
    Confirmed,
}

#[derive(Debug, Default)]
pub(crate) struct Book {
    pub(crate) keys: Vec<Key>,
    /// How often anybody was told that a door opened.
    pub(crate) opened: u64,
    /// What each phone's activity has shown: the resident's and the guest's.
    pub(crate) activity: [BTreeSet<String>; 2],
    /// When each phone was last killed in the middle of something.
    pub(crate) killed: [Option<Instant>; 2],
}

/// A tap that was not written down to its end is in hand for so long, also after a kill: a press is the same tap, and hears the
/// same answer.
const IN_HAND: Duration = Duration::from_secs(10);

impl Book {
    /// Whether somebody who is told that a door opened may have been told of that opening before.
    pub(crate) fn may_be_told_again(&self, who: Who) -> bool {
        self.killed[who as usize].is_some_and(|since| since.elapsed() < IN_HAND)
    }

    /// The keys that fit, by their places.
    pub(crate) fn which(&self, fits: impl Fn(&Key) -> bool) -> Vec<usize> {
        self.keys.iter().enumerate().filter(|(_, key)| fits(key)).map(|(place, _)| place).collect()
    }
}
