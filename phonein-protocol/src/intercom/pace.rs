//! How fast one phone may open doors, and ask for anything at all. Each opening moves a relay, takes an entry of the log
//! and keeps everybody waiting while it does, and each request costs a signature's check: whoever has a good key could
//! otherwise take all of that from the others, from however many addresses they come.

use crate::id::Kid;
use alloc::collections::BTreeMap;

/// So many openings at once …
const BURST: u64 = 6;
/// … and one more for each of these, if nothing else is said.
const INTERVAL_MS: u64 = 2_000;
/// A guest's phone may ask once in this long …
const ASK_MS: u64 = 100;
/// … and a manager's, which reads keys and log page by page, in this.
const MANAGER_ASK_MS: u64 = 10;
/// Requests that are worth so long may come at once.
const ASKS_SAVED_MS: u64 = 4_000;
/// So many phones are watched; the one that has waited longest makes room.
const PHONES: usize = 1_024;

/// When the openings of each phone are paid for. Forgotten at a restart.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Pace {
    interval_ms: u64,
    paid: Paid,
}

/// When what each phone did is paid for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
struct Paid(BTreeMap<Kid, u64>);

impl Default for Pace {
    fn default() -> Self {
        Self::every(INTERVAL_MS)
    }
}

impl Pace {
    /// With another interval; 0 bounds nothing.
    pub(super) fn every(interval_ms: u64) -> Self {
        Self { interval_ms, paid: Paid::default() }
    }

    /// Takes one opening of the phone's, if it has one left.
    pub(super) fn take(&mut self, kid: Kid, now_ms: u64) -> bool {
        let interval_ms = self.interval_ms;
        let has_left = self.paid.owes(kid, now_ms) + interval_ms <= BURST * interval_ms;
        if has_left {
            self.paid.pay(kid, interval_ms, now_ms);
        }
        has_left
    }
}

/// When the requests of each phone are paid for: those whose signature was good, so that nobody pays for another's.
#[derive(Clone, Debug, Default)]
pub(super) struct Asks {
    paid: Paid,
    /// Whether they are not bounded at all.
    pub(super) unbounded: bool,
}

impl Asks {
    /// Whether the phone has to wait before anything of it is looked at again.
    pub(super) fn are_too_many(&self, kid: Kid, now_ms: u64) -> bool {
        !self.unbounded && self.paid.owes(kid, now_ms) >= ASKS_SAVED_MS
    }

    /// Counts one of its requests.
    pub(super) fn count(&mut self, kid: Kid, is_manager: bool, now_ms: u64) {
        self.paid.pay(kid, if is_manager { MANAGER_ASK_MS } else { ASK_MS }, now_ms);
    }
}

impl Paid {
    fn owes(&self, kid: Kid, now_ms: u64) -> u64 {
        self.0.get(&kid).map_or(0, |paid_ms| paid_ms.saturating_sub(now_ms))
    }

    fn pay(&mut self, kid: Kid, ms: u64, now_ms: u64) {
        let paid_ms = now_ms.saturating_add(self.owes(kid, now_ms)).saturating_add(ms);
        // Whoever has paid for everything needs no place.
        self.0.retain(|_, paid_ms| *paid_ms > now_ms);
        if self.0.len() >= PHONES && !self.0.contains_key(&kid) {
            let longest = self.0.iter().min_by_key(|(_, paid_ms)| **paid_ms).map(|(kid, _)| *kid);
            longest.and_then(|longest| self.0.remove(&longest));
        }
        self.0.insert(kid, paid_ms);
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
        assert_eq!(pace.paid.0.len(), PHONES);
        assert!(!pace.take(kid(0), 0));
        pace.take(kid(1), 1_000_000);
        assert_eq!(pace.paid.0.len(), 1);
    }

    #[test]
    fn a_guest_asks_forty_times_at_once_then_ten_times_a_second_and_a_manager_ten_times_as_often() {
        for (is_manager, at_once, a_second) in [(false, 40, 10), (true, 400, 100)] {
            let mut asks = Asks::default();
            let mut ask = |now_ms| {
                let may = !asks.are_too_many(kid(1), now_ms);
                if may {
                    asks.count(kid(1), is_manager, now_ms);
                }
                may
            };
            let mut asked = |now_ms| (0..1_000).take_while(|_| ask(now_ms)).count();
            assert_eq!(asked(500), at_once);
            assert_eq!(asked(1_500), a_second);
            assert_eq!(asked(100_000), at_once);
            assert!(!asks.are_too_many(kid(2), 500));
        }
    }
}
