//! The intercom's own time zone, as instants at which its offset changes: no time zone database needed.

mod wall;

pub use wall::{Local, Wall};

use crate::Time;
use alloc::string::String;
use alloc::vec::Vec;

/// The most offset changes a table may have: 10 years of any zone fit.
const MAX_TRANSITIONS: usize = 64;
/// The longest name of a zone or of a tzdb version, in bytes.
const MAX_NAME: usize = 64;
/// Offsets lie within a day on either side.
pub(crate) const MAX_OFFSET: i32 = 86_400;
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
    /// `None` unless names have 1–64 characters of printable ASCII, offsets are within ±86,400, instants are on the wire's
    /// scale and at most 64 transitions ascend.
    pub fn new(
        zone: String,
        tzdb: String,
        first_offset: i32,
        transitions: Vec<(Time, i32)>,
        until: Time,
    ) -> Option<Self> {
        // Names of the tz database have nothing else, and these reach terminals.
        let named =
            |text: &str| (1..=MAX_NAME).contains(&text.len()) && text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
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

    /// Whether this table takes the place of `standing`: of the same zone, and from a newer tz database, or from the same
    /// one and reaching further.
    pub fn supersedes(&self, standing: &Self) -> bool {
        self.zone == standing.zone && (&self.tzdb, self.until) > (&standing.tzdb, standing.until)
    }

    /// Seconds east of UTC at `at`. Past `until` the last offset goes on.
    pub fn offset_at(&self, at: Time) -> i32 {
        let passed = self.transitions.partition_point(|(time, _)| *time <= at);
        passed.checked_sub(1).and_then(|last| self.transitions.get(last)).map_or(self.first_offset, |(_, to)| *to)
    }

    /// The stretches of time with one offset each: all of time, in order, without a hole.
    pub(crate) fn stretches(&self) -> impl Iterator<Item = Stretch> {
        let starts = core::iter::once((Time::MIN, self.first_offset)).chain(self.transitions.iter().copied());
        let ends = self.transitions.iter().map(|(at, _)| *at).chain(core::iter::once(Time::MAX));
        starts.zip(ends).map(|((start, offset), end)| Stretch { start, end, offset: offset.into() })
    }
}

/// `[start, end)`, in which the wall clock is `offset` seconds ahead of UTC.
#[derive(Clone, Copy)]
pub(crate) struct Stretch {
    pub(crate) start: Time,
    pub(crate) end: Time,
    pub(crate) offset: i64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    fn table(tzdb: &str, transitions: Vec<(Time, i32)>, until: Time) -> Option<ZoneTable> {
        ZoneTable::new("Europe/Budapest".into(), tzdb.into(), 3_600, transitions, until)
    }

    #[test]
    fn a_table_outside_the_bounds_is_refused() {
        assert!(table("2026a", vec![(10, 7_200), (20, 3_600)], 100).is_some());
        assert_eq!(table("2026a", vec![(10, 86_401)], 100), None);
        assert_eq!(table("2026a", vec![(10, -86_401)], 100), None);
        assert_eq!(table("2026a", vec![(20, 3_600), (10, 7_200)], 100), None);
        assert_eq!(table("2026a", vec![(10, 3_600), (10, 7_200)], 100), None);
        assert_eq!(table("2026a", vec![(-1, 3_600)], 100), None);
        assert_eq!(table("2026a", vec![], 1 << 40), None);
        assert_eq!(table("", vec![], 100), None);
        assert_eq!(table(&"2".repeat(65), vec![], 100), None);
        let pairs = |count| (0..count).map(|at| (at, 0)).collect();
        assert!(table("2026a", pairs(64), 100).is_some());
        assert_eq!(table("2026a", pairs(65), 100), None);
    }

    #[test]
    fn names_are_printable_ascii() {
        for bad in ["\u{1b}[31m", "a\n", "\u{7f}", "Z\u{fc}rich", "\u{202e}"] {
            assert_eq!(table(bad, vec![], 100), None, "{bad:?}");
            assert_eq!(ZoneTable::new(bad.into(), "2026a".into(), 0, vec![], 100), None, "{bad:?}");
        }
    }

    #[test]
    fn an_offset_holds_from_its_transition_on() {
        let table = table("2026a", vec![(1_000, 7_200), (2_000, 3_600)], 3_000).unwrap();
        let offsets = [Time::MIN, 999, 1_000, 1_999, 2_000, Time::MAX].map(|at| table.offset_at(at));
        assert_eq!(offsets, [3_600, 3_600, 7_200, 7_200, 3_600, 3_600]);
    }

    #[test]
    fn a_newer_database_or_a_longer_reach_supersedes() {
        let standing = table("2026a", vec![], 100).unwrap();
        let supersedes = |tzdb, until| table(tzdb, vec![], until).unwrap().supersedes(&standing);
        assert!(supersedes("2026b", 50));
        assert!(supersedes("2026a", 101));
        assert!(!supersedes("2026a", 100));
        assert!(!supersedes("2025z", 200));
        let elsewhere = ZoneTable::new("Europe/Vienna".into(), "2027a".into(), 3_600, vec![], 200).unwrap();
        assert!(!elsewhere.supersedes(&standing));
    }
}
