//! What a rule says at an instant.

use crate::Time;

/// What a rule says at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// The key opens.
    Open {
        /// When it stops to; `None` if never.
        closes: Option<Time>,
    },
    /// Its time has not begun.
    NotYet {
        /// The first opening.
        opens: Time,
    },
    /// A recurring key between its windows.
    Outside {
        /// The next opening.
        next: Time,
    },
    /// It will never open again.
    Expired,
    /// A recurring key, and the intercom has no zone table that reaches this instant: refused as if it had no time.
    NoZone,
}
