//! What happened in all worlds, so that nobody takes silence for peace.

use std::collections::BTreeMap;

/// What must have happened in every five worlds at least once.
const ALL: [&str; 16] = [
    "opened: manager",
    "opened: always",
    "opened: between",
    "opened: weekly",
    "told: opened",
    "told: refused",
    "told: unreachable",
    "told: no answer",
    "told: cancelled",
    "claimed",
    "claimed: taken",
    "power cut while it opened",
    "key changed",
    "key deleted",
    "overtaken",
    "confirmed",
];

/// How often each thing happened.
#[derive(Debug, Default)]
pub(super) struct Tally(BTreeMap<String, u64>);

impl Tally {
    pub(super) fn count(&mut self, what: &str) {
        *self.0.entry(what.into()).or_default() += 1;
    }

    pub(super) fn add(&mut self, other: &Self) {
        for (what, times) in &other.0 {
            *self.0.entry(what.clone()).or_default() += times;
        }
    }

    pub(super) fn check(&self, worlds: u64) {
        for what in ALL {
            let times = self.0.get(what).copied().unwrap_or(0);
            assert!(worlds < 5 || times * 5 >= worlds, "{what}: only {times} in {worlds} worlds, {self:?}");
        }
    }
}
