//! What the core takes from the machine it runs on, besides the time: threads and tasks, and chance.
//!
//! Work for another thread or for later is given to a [`Spawner`]. A simulation has all of it from its seed: work that may
//! wait is then done where it was asked for, as a task among the others, sooner or later among what happens in the same
//! moment.

mod runtime;
#[cfg(test)]
pub(crate) mod seeded;
mod work;

pub(crate) use runtime::{Runtime, Spawner, Task};
pub(crate) use work::{Lost, Outcome, Wait, erased};

/// Fills it with what nobody can guess.
pub(crate) fn chance(bytes: &mut [u8]) -> Result<(), getrandom::Error> {
    #[cfg(test)]
    if seeded::fill(bytes) {
        return Ok(());
    }
    getrandom::fill(bytes)
}
