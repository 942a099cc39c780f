//! What the core takes from the machine it runs on, besides the time: threads that may wait, and chance.
//!
//! A simulation has both from its seed: work is then done where it was asked for, as a task among the others, sooner or
//! later among what happens in the same moment.

use tokio::task::{self, JoinHandle};

use crate::work::ErasedBlocking;

/// Does what may take its time on a thread for such things.
pub(crate) fn aside(work: ErasedBlocking) -> JoinHandle<()> {
    #[cfg(test)]
    if let Some(others) = seeded::others_first() {
        return task::spawn(async move {
            for _ in 0..others {
                task::yield_now().await;
            }
            work();
        });
    }
    task::spawn_blocking(work)
}

/// Fills it with what nobody can guess.
pub(crate) fn chance(bytes: &mut [u8]) -> Result<(), getrandom::Error> {
    #[cfg(test)]
    if seeded::fill(bytes) {
        return Ok(());
    }
    getrandom::fill(bytes)
}

/// A host whose every answer follows from a seed.
#[cfg(test)]
pub(crate) mod seeded {
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
}
