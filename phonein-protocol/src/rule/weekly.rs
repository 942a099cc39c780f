//! The recurring rule, as a wall clock sees it.

use super::{Date, Days, Minute};

/// The same window on chosen weekdays between two dates, on the intercom's wall clock.
///
/// `end <= start` is overnight: the window belongs to the day on which it starts and ends on the next one, which may be
/// the day after `until`. The end minute is outside the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Weekly {
    /// The weekdays on which a window starts.
    pub days: Days,
    /// The first day on which one may start.
    pub from: Date,
    /// The last day on which one may start.
    pub until: Date,
    /// The first minute of the window.
    pub start: Minute,
    /// The first minute after it.
    pub end: Minute,
}

impl Weekly {
    /// `None` if `until` is before `from`.
    pub fn new(days: Days, from: Date, until: Date, start: Minute, end: Minute) -> Option<Self> {
        (from <= until).then_some(Self { days, from, until, start, end })
    }

    /// Whether the window ends on the day after the one on which it starts.
    pub fn is_overnight(&self) -> bool {
        self.end <= self.start
    }
}
