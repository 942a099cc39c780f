//! A host whose every answer follows from a seed.

use crate::unlock::tests::schedule::dice::Dice;
use std::cell::RefCell;

/// What of a seed this is.
const PURPOSE: u64 = 40;

thread_local! {
    static DICE: RefCell<Option<Dice>> = const { RefCell::new(None) };
}

/// This thread has a seeded host until it is dropped.
pub(crate) struct Seeded;

impl Seeded {
    pub(crate) fn new(seed: u64) -> Self {
        DICE.set(Some(Dice::new(seed, PURPOSE)));
        Self
    }
}

impl Drop for Seeded {
    fn drop(&mut self) {
        DICE.set(None);
    }
}

/// How often everything else that is ready goes before some work; nothing where there is no seed.
pub(super) fn others_first() -> Option<u64> {
    DICE.with_borrow_mut(|dice| Some(dice.as_mut()?.roll(4)))
}

/// Whether there is a seed.
pub(super) fn fill(bytes: &mut [u8]) -> bool {
    DICE.with_borrow_mut(|dice| {
        let Some(dice) = dice else { return false };
        for piece in bytes.chunks_mut(8) {
            piece.copy_from_slice(&dice.roll(u64::MAX).to_be_bytes()[..piece.len()]);
        }
        true
    })
}
