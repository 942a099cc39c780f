//! How fast one phone may open doors. Each opening moves a relay, takes an entry of the log and keeps everybody waiting
//! while it does: whoever has a good key could otherwise take all of that from the others.

use crate::id::Kid;
use alloc::collections::BTreeMap;

/// So many openings at once …
const BURST: u64 = 6;
/// … and one more for each of these, if nothing else is said.
const INTERVAL_MS: u64 = 2_000;
/// So many phones are watched; the one that has waited longest makes room.
const PHONES: usize = 1_024;

/// When the openings of each phone are paid for. Forgotten at a restart.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Pace {
    interval_ms: u64,
    paid: BTreeMap<Kid, u64>,
}

impl Default for Pace {
    fn default() -> Self {
        Self::every(INTERVAL_MS)
    }
}

impl Pace {
    /// With another interval; 0 bounds nothing.
    pub(super) fn every(interval_ms: u64) -> Self {
        Self { interval_ms, paid: BTreeMap::new() }
    }

    /// Takes one opening of the phone's, if it has one left.
    pub(super) fn take(&mut self, kid: Kid, now_ms: u64) -> bool {
        let paid_ms = self.paid.get(&kid).copied().unwrap_or(0).max(now_ms).saturating_add(self.interval_ms);
        if paid_ms - now_ms > BURST * self.interval_ms {
            return false;
        }
        // Whoever has paid for everything needs no place.
        self.paid.retain(|_, paid_ms| *paid_ms > now_ms);
        if self.paid.len() >= PHONES && !self.paid.contains_key(&kid) {
            let longest = self.paid.iter().min_by_key(|(_, paid_ms)| **paid_ms).map(|(kid, _)| *kid);
            longest.and_then(|longest| self.paid.remove(&longest));
        }
        self.paid.insert(kid, paid_ms);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kid(n: u64) -> Kid {
        Kid::from_bytes(n.to_be_bytes())
    }

    fn taken(pace: &mut Pace, phone: u64, now_ms: u64) -> usize {
        (0..100).take_while(|_| pace.take(kid(phone), now_ms)).count()
    }

    #[test]
    fn a_phone_has_its_burst_then_its_rate_and_takes_nothing_from_another() {
        let mut pace = Pace::default();
        assert_eq!(taken(&mut pace, 1, 500), 6);
        assert_eq!(taken(&mut pace, 2, 500), 6);
        assert_eq!(taken(&mut pace, 1, 2_499), 0);
        assert_eq!(taken(&mut pace, 1, 2_500), 1);
        assert_eq!(taken(&mut pace, 1, 6_500), 2);
        assert_eq!(taken(&mut pace, 1, 100_000), 6);
    }

    #[test]
    fn a_crowd_of_phones_does_not_fill_the_memory_and_frees_nobody_who_waits() {
        let mut pace = Pace::default();
        taken(&mut pace, 0, 0);
        (1..10_000).for_each(|phone| assert!(pace.take(kid(phone), 0)));
        assert_eq!(pace.paid.len(), PHONES);
        assert!(!pace.take(kid(0), 0));
        pace.take(kid(1), 1_000_000);
        assert_eq!(pace.paid.len(), 1);
    }
}
