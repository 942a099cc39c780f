//! Tools for the tests that cross crates. [`phone`] is the real core as an app uses it. At the other end stands either
//! [`intercom`], the judgement in this process, or [`process`], the program that ships, behind a [`passage`] that counts
//! and can be cut. Over Bluetooth, [`central`] is anybody who is near, and [`stranger`] speaks the protocol by hand.

pub mod central;
pub mod intercom;
pub mod order;
pub mod passage;
pub mod phone;
pub mod process;
pub mod stranger;
pub mod wire;
