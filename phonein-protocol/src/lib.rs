//! What a Phonein phone and intercom say to each other.
#![no_std]
extern crate alloc;

pub mod rule;
pub mod zone;

/// An instant: Unix seconds. On the wire `0 <= t < 2^40`.
pub type Time = i64;
