//! The vectors of `docs/vectors`, for tests.

use alloc::{borrow::ToOwned, vec::Vec};
use serde_json::Value;

/// The value at `pointer` (RFC 6901), for example `/exchanges/open/age`.
pub(crate) fn value(pointer: &str) -> Value {
    let all: Value = serde_json::from_str(include_str!("../../docs/vectors/phonein-v1.json")).unwrap();
    all.pointer(pointer).unwrap_or_else(|| panic!("no vector at {pointer}")).to_owned()
}

/// The byte string at `pointer`.
pub(crate) fn bytes(pointer: &str) -> Vec<u8> {
    hex::decode(value(pointer).as_str().unwrap()).unwrap()
}

/// The byte string at `pointer`, which has exactly `N` bytes.
pub(crate) fn array<const N: usize>(pointer: &str) -> [u8; N] {
    bytes(pointer).try_into().unwrap()
}
