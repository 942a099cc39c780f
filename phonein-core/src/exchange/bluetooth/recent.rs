//! A map that forgets. Who advertises decides how many devices there are; how many are remembered must be decided here.

use std::{collections::HashMap, hash::Hash};

/// The entries that were used last, so many at most.
#[derive(Debug)]
pub(super) struct Recent<K, V> {
    most: usize,
    uses: u64,
    entries: HashMap<K, (V, u64)>,
}

impl<K: Clone + Eq + Hash, V> Recent<K, V> {
    pub(super) fn new(most: usize) -> Self {
        Self { most, uses: 0, entries: HashMap::new() }
    }

    /// Where all places are taken, the one goes that was not used for longest.
    pub(super) fn insert(&mut self, key: K, value: V) {
        if self.entries.len() >= self.most && !self.entries.contains_key(&key) {
            let longest = self.entries.iter().min_by_key(|(_, (_, used))| *used).map(|(key, _)| key.clone());
            longest.map(|key| self.entries.remove(&key));
        }
        self.uses += 1;
        self.entries.insert(key, (value, self.uses));
    }

    pub(super) fn get(&mut self, key: &K) -> Option<&V> {
        self.uses += 1;
        let (value, used) = self.entries.get_mut(key)?;
        *used = self.uses;
        Some(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crowd_is_forgotten_and_what_is_in_use_is_not() {
        let mut recent = Recent::new(64);
        recent.insert(10_001, 7);
        for n in 0..10_000 {
            recent.insert(n, n);
            assert_eq!(recent.get(&10_001), Some(&7), "after {n}");
        }
        assert_eq!(recent.entries.len(), 64);
        assert_eq!(recent.get(&9_999), Some(&9_999));
        assert_eq!(recent.get(&0), None);
    }
}
