//! What the log keeps of refusals, so that nobody can fill the disk with them.

use crate::id::{KeyId, Kid};
use alloc::collections::BTreeMap;

/// Equal refusals of one phone within this are one entry.
const EQUAL_MS: u64 = 60_000;
/// One phone's refusals fill at most so many entries a day.
const ENTRIES_A_DAY: u32 = 20;
const DAY_MS: u64 = 86_400_000;
const HOUR_MS: u64 = 3_600_000;

/// Refusals since the start. Bounded: only phones that the intercom knows have a place here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Refusals {
    phones: BTreeMap<Kid, Recent>,
    counted: (u64, u64),
}

/// What makes two refusals of a phone equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Refused {
    pub(super) key: Option<KeyId>,
    pub(super) door: Option<u64>,
    pub(super) code: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Recent {
    last: Refused,
    last_ms: u64,
    day: u64,
    entries: u32,
}

impl Refusals {
    /// Whether this refusal gets an entry of its own.
    pub(super) fn is_worth_an_entry(&mut self, kid: Kid, refused: Refused, now_ms: u64) -> bool {
        let day = now_ms / DAY_MS;
        let recent = self.phones.get(&kid).copied();
        if recent.is_some_and(|recent| recent.last == refused && now_ms.saturating_sub(recent.last_ms) < EQUAL_MS) {
            return false;
        }
        let entries = recent.filter(|recent| recent.day == day).map_or(0, |recent| recent.entries);
        if entries >= ENTRIES_A_DAY {
            self.count(now_ms);
            return false;
        }
        self.phones.insert(kid, Recent { last: refused, last_ms: now_ms, day, entries: entries + 1 });
        true
    }

    pub(super) fn forget(&mut self, kid: Kid) {
        self.phones.remove(&kid);
    }

    /// A refusal that gets no entry: of somebody unknown, or of a phone that had its entries for the day.
    pub(super) fn count(&mut self, now_ms: u64) {
        let count = self.counted(now_ms).saturating_add(1);
        self.counted = (now_ms / HOUR_MS, count);
    }

    /// Refusals in the running hour that got no entry.
    pub(super) fn counted(&self, now_ms: u64) -> u64 {
        let (hour, count) = self.counted;
        if hour == now_ms / HOUR_MS { count } else { 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PHONE: Kid = Kid::from_bytes([1; 8]);

    fn refused(code: u64) -> Refused {
        Refused { key: None, door: Some(0), code }
    }

    #[test]
    fn equal_refusals_within_a_minute_are_one_entry() {
        let mut refusals = Refusals::default();
        assert!(refusals.is_worth_an_entry(PHONE, refused(4), 0));
        assert!(!refusals.is_worth_an_entry(PHONE, refused(4), 59_999));
        assert!(refusals.is_worth_an_entry(PHONE, refused(4), 60_000));
        assert!(refusals.is_worth_an_entry(PHONE, refused(5), 60_001));
    }

    #[test]
    fn a_phone_fills_twenty_entries_a_day_and_another_its_own() {
        let mut refusals = Refusals::default();
        let entries = (0..100).filter(|n| refusals.is_worth_an_entry(PHONE, refused(n % 7), n * 1_000)).count();
        assert_eq!(entries, 20);
        assert_eq!(refusals.counted(100_000), 72, "the rest is counted, but for what equals the last entry");
        assert!(refusals.is_worth_an_entry(Kid::from_bytes([2; 8]), refused(4), 100_000));
        assert!(refusals.is_worth_an_entry(PHONE, refused(4), DAY_MS));
    }

    #[test]
    fn strangers_are_counted_by_the_hour() {
        let mut refusals = Refusals::default();
        (0..5).for_each(|n| refusals.count(n));
        assert_eq!(refusals.counted(HOUR_MS - 1), 5);
        assert_eq!(refusals.counted(HOUR_MS), 0);
    }
}
