//! What Kotlin, Swift and Python see. `Phonein` is where to begin.
//!
//! Thin: each exported function hands its work to the core's own threads, asks the module that knows, and puts what it
//! says into a record of finished words. No SQL, no frames, no sentences here.

mod error;
mod listener;
mod record;

pub use error::*;
pub use listener::*;
pub use record::*;
