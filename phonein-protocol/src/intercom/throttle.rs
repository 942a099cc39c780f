//! Slows those whose claims, pairings and signatures fail, and nobody else.

use alloc::collections::BTreeMap;

/// Where requests come from: an address, a connection. Any number that stands for it.
pub type Source = u64;

/// So many failures …
const FAILURES: u32 = 20;
/// … within this …
const WITHIN_MS: u64 = 60_000;
/// … shut a source out for this long.
const SHUT_MS: u64 = 10_000;
/// So many are watched; the one that began longest ago makes room.
const SOURCES: usize = 1_024;

/// Failures by who failed: a source, or a source that used a phone's name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Throttle<Who>(BTreeMap<Who, Failures>);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Failures {
    since_ms: u64,
    count: u32,
    shut_until_ms: u64,
}

impl<Who> Default for Throttle<Who> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<Who: Copy + Ord> Throttle<Who> {
    /// Whether they have to wait.
    pub(super) fn is_shut(&self, who: Who, now_ms: u64) -> bool {
        self.0.get(&who).is_some_and(|failures| now_ms < failures.shut_until_ms)
    }

    /// Counts a failure.
    pub(super) fn count(&mut self, who: Who, now_ms: u64) {
        let running = self.0.get(&who).filter(|failures| now_ms.saturating_sub(failures.since_ms) < WITHIN_MS);
        let mut failures = running.copied().unwrap_or(Failures { since_ms: now_ms, count: 0, shut_until_ms: 0 });
        failures.count += 1;
        if failures.count >= FAILURES {
            failures = Failures { since_ms: now_ms, count: 0, shut_until_ms: now_ms.saturating_add(SHUT_MS) };
        }
        if self.0.len() >= SOURCES && !self.0.contains_key(&who) {
            let oldest = self.0.iter().min_by_key(|(_, failures)| failures.since_ms).map(|(who, _)| *who);
            oldest.and_then(|oldest| self.0.remove(&oldest));
        }
        self.0.insert(who, failures);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twenty_failures_in_a_minute_shut_that_source_for_ten_seconds() {
        let mut throttle = Throttle::default();
        (0..19).for_each(|n| throttle.count(1, n));
        assert!(!throttle.is_shut(1, 19));
        throttle.count(1, 19);
        assert!(throttle.is_shut(1, 10_018));
        assert!(!throttle.is_shut(2, 20));
        assert!(!throttle.is_shut(1, 10_019));
    }

    #[test]
    fn failures_a_minute_apart_do_not_add_up() {
        let mut throttle = Throttle::default();
        (0..100).for_each(|n| throttle.count(1, n * 4_000));
        assert!(!throttle.is_shut(1, 400_000));
    }

    #[test]
    fn a_crowd_of_sources_does_not_fill_the_memory() {
        let mut throttle = Throttle::default();
        (0..10_000).for_each(|source| throttle.count(source, source));
        assert_eq!(throttle.0.len(), SOURCES);
    }
}
