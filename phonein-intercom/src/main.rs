//! The reference intercom.

fn main() {}
