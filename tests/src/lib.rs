//! Tools for the tests that cross crates: an intercom in this process, and phones with the real core.

pub mod intercom;
pub mod phone;
