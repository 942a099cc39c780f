//! The intercom: it alone decides.
//!
//! [`Judgement`] is the decision, a pure machine over a [`Store`]: it clones and compares as a value over a
//! [`MemoryStore`], so that a model checker drives the very code that ships. [`Intercom`] puts sessions around it and is
//! what a program or a firmware holds.

mod claim;
mod clock;
mod draft;
mod frames;
mod grants;
mod judgement;
mod manage;
mod memory;
mod open;
mod pace;
mod pair;
mod refusals;
pub mod store;
mod throttle;

pub use clock::{Clock, Moment};
pub use frames::{Arrival, Intercom, Reply};
pub use judgement::{Config, Judged, Judgement, Ruling, Signatures};
pub use memory::MemoryStore;
pub use store::Store;
pub use throttle::Source;
