//! What a Phonein phone and intercom say to each other, and how the intercom decides. docs/protocol.md is its description.
//!
//! Values in, values out: no I/O, no clock, no randomness, no std. From the outside in: [`session`] turns bytes on the air
//! into an authenticated body, [`message`] says what stands in it, [`grant`] and [`rule`] what a key may do, [`intercom`]
//! is the judgement, [`log`] what it leaves behind. [`link`] is how a key travels.
#![no_std]
extern crate alloc;
#[cfg(test)]
extern crate std;

pub mod advert;
pub mod cbor;
pub mod es256;
pub mod fragment;
pub mod gatt;
pub mod grant;
pub mod id;
pub mod intercom;
pub mod link;
pub mod log;
pub mod message;
pub mod rule;
pub mod session;
pub mod zone;

#[cfg(test)]
mod vectors;

/// An instant: Unix seconds. On the wire `0 <= t < 2^40`.
pub type Time = i64;
