//! Tools for the tests that cross crates.
