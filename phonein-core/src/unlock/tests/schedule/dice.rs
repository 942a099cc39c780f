//! Chance that is the same for ever.

use std::time::Duration;

use super::ms;

/// `SplitMix64` (Steele, Lea, Flood 2014): enough to vary schedules.
pub(crate) struct Dice(u64);

impl Dice {
    /// The dice of one seed for one purpose. What is rolled for one says nothing of another, and does not disturb it.
    pub(crate) fn new(seed: u64, purpose: u64) -> Self {
        let mut dice = Self(seed);
        dice.0 = dice.next().wrapping_add(purpose);
        dice.0 = dice.next();
        dice
    }

    /// Below `sides`.
    pub(crate) fn roll(&mut self, sides: u64) -> u64 {
        self.next() % sides
    }

    /// One of these.
    pub(crate) fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        let sides = u64::try_from(of.len()).unwrap();
        &of[usize::try_from(self.roll(sides)).unwrap()]
    }

    /// True so often in a hundred.
    pub(crate) fn chance(&mut self, percent: u64) -> bool {
        self.roll(100) < percent
    }

    /// Less than so many milliseconds.
    pub(crate) fn within(&mut self, limit: u64) -> Duration {
        ms(self.roll(limit))
    }

    /// Less than the one or the other.
    pub(crate) fn within_one_of(&mut self, one: u64, other: u64) -> Duration {
        let limit = if self.chance(50) { one } else { other };
        self.within(limit)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}
