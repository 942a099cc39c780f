//! The intercom's own time zone, as instants at which its offset changes: no time zone database needed.

use crate::Time;
use alloc::string::String;
use alloc::vec::Vec;

/// The most offset changes a table may have: 10 years of any zone fit.
const MAX_TRANSITIONS: usize = 64;
/// The longest name of a zone or of a tzdb version, in bytes.
const MAX_NAME: usize = 64;
/// Offsets lie within a day on either side.
const MAX_OFFSET: i32 = 86_400;
/// The first instant past what the wire can hold.
const END_OF_TIME: Time = 1 << 40;

/// The offsets of a time zone up to `until` (docs/protocol.md, section 12).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ZoneTable {
    zone: String,
    tzdb: String,
    first_offset: i32,
    transitions: Vec<(Time, i32)>,
    until: Time,
}

impl ZoneTable {
    /// A table of `zone` ("Europe/Budapest") from the `tzdb` version ("2026a"). `first_offset`, in seconds east of UTC,
    /// holds until the first of `transitions`, each the instant from which another offset holds.
    ///
    /// `None` unless names have 1–64 bytes, offsets are within ±86,400, instants are on the wire's scale and at most
    /// 64 transitions ascend.
    pub fn new(
        zone: String,
        tzdb: String,
        first_offset: i32,
        transitions: Vec<(Time, i32)>,
        until: Time,
    ) -> Option<Self> {
        let named = |text: &str| (1..=MAX_NAME).contains(&text.len());
        let offset = |offset: i32| (-MAX_OFFSET..=MAX_OFFSET).contains(&offset);
        let time = |time: Time| (0..END_OF_TIME).contains(&time);
        let good = named(&zone)
            && named(&tzdb)
            && offset(first_offset)
            && time(until)
            && transitions.len() <= MAX_TRANSITIONS
            && transitions.iter().all(|(at, to)| time(*at) && offset(*to))
            && transitions.is_sorted_by(|(one, _), (next, _)| one < next);
        good.then_some(Self { zone, tzdb, first_offset, transitions, until })
    }

    /// The zone's name in the tz database, for example "Europe/Budapest".
    pub fn zone(&self) -> &str {
        &self.zone
    }

    /// The version of the tz database the table was made from, for example "2026a".
    pub fn tzdb(&self) -> &str {
        &self.tzdb
    }

    /// Seconds east of UTC before the first transition.
    pub fn first_offset(&self) -> i32 {
        self.first_offset
    }

    /// The instants from which another offset holds, ascending, with that offset.
    pub fn transitions(&self) -> &[(Time, i32)] {
        &self.transitions
    }

    /// The last instant the table speaks for.
    pub fn until(&self) -> Time {
        self.until
    }
}
