//! When a key opens.
//!
//! A [`Rule`] is plain data; what it means at an instant is in [`Verdict`]. A recurring rule is judged on the wall clock of
//! the intercom, so it needs the intercom's [`ZoneTable`](crate::zone::ZoneTable); nothing local is ever kept as an instant.

mod date;
mod days;
mod opening;
mod weekly;

pub use date::{Date, Minute};
pub use days::{Days, Weekday};
pub use opening::Verdict;
pub use weekly::Weekly;

use crate::Time;

/// Seconds a day has on a clock that is not set.
pub(crate) const DAY: i64 = 86_400;

/// When a key opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rule {
    /// At any time, clock or no clock.
    Always,
    /// From `start` until just before `expiry`.
    Between {
        /// The first instant at which the key opens.
        start: Time,
        /// The first instant at which it no longer does.
        expiry: Time,
    },
    /// In the same window on chosen weekdays.
    Weekly(Weekly),
}

impl Rule {
    /// A rule between two instants; `None` if it would not hold for a single second.
    pub fn between(start: Time, expiry: Time) -> Option<Self> {
        (start < expiry).then_some(Self::Between { start, expiry })
    }
}
