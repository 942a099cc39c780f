//! Chance that is the same for ever: `SplitMix64`.

pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// Below `sides`.
    pub(crate) fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % sides
    }

    /// True so often in a hundred.
    pub(crate) fn chance(&mut self, percent: u64) -> bool {
        self.roll(100) < percent
    }

    /// One of these, if there is any.
    pub(crate) fn pick<T>(&mut self, of: &[T]) -> Option<usize> {
        let sides = u64::try_from(of.len()).ok().filter(|sides| *sides > 0)?;
        usize::try_from(self.roll(sides)).ok()
    }
}
