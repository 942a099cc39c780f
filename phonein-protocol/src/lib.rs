//! What a Phonein phone and intercom say to each other.
#![no_std]
extern crate alloc;
#[cfg(test)]
extern crate std;

pub mod advert;
pub mod es256;
pub mod fragment;
pub mod id;
pub mod rule;
pub mod session;
pub mod zone;

#[cfg(test)]
mod vectors;

/// An instant: Unix seconds. On the wire `0 <= t < 2^40`.
pub type Time = i64;
