//! What the bounds allow (docs/protocol.md, sections 3.8 and 12.7), to hold against what was counted.

use std::time::Duration;

/// So many at once, and so many in each period from then on.
pub(crate) struct Bound {
    at_once: u64,
    then: u64,
    in_seconds: u64,
}

/// Signatures of a phone's requests, from wherever they come.
pub(crate) const CHECKS_OF_A_GUEST: Bound = Bound { at_once: 40, then: 10, in_seconds: 1 };
/// Signatures from one source that are not the named phone's.
pub(crate) const CHECKS_OF_A_SOURCE: Bound = Bound { at_once: 20, then: 20, in_seconds: 10 };

pub(crate) fn allowed(bound: &Bound, took: Duration) -> u64 {
    // What is under way when the period ends counts for the next.
    bound.at_once + bound.then * (took.as_secs() + 1).div_ceil(bound.in_seconds)
}
