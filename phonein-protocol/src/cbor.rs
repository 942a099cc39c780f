//! Deterministic CBOR (docs/protocol.md, section 12): what is not in its one right form is refused.

use alloc::{string::String, vec::Vec};
use core::convert::Infallible;
use minicbor::{Decoder, Encoder};

/// Not the bytes this protocol allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("malformed")]
pub struct Malformed;

impl From<minicbor::decode::Error> for Malformed {
    fn from(_: minicbor::decode::Error) -> Self {
        Self
    }
}

/// How deep arrays and maps may stand in each other. The protocol itself needs five.
const DEPTH: u8 = 8;
/// Every unsigned integer is below this.
const BOUND: u64 = 1 << 63;

/// The length of the one item that `bytes` begin with, if it is deterministic: shortest heads, definite lengths, map
/// keys ascending bytewise, and nothing but integers, strings, arrays, maps, booleans and null.
pub fn item_length(bytes: &[u8]) -> Result<usize, Malformed> {
    let rest = skip_item(bytes, DEPTH)?;
    Ok(bytes.len() - rest.len())
}

/// Exactly one deterministic item, and nothing after it.
pub fn whole_item(bytes: &[u8]) -> Result<Reader<'_>, Malformed> {
    if item_length(bytes)? == bytes.len() { Ok(Reader::new(bytes)) } else { Err(Malformed) }
}

fn skip_item(bytes: &[u8], depth: u8) -> Result<&[u8], Malformed> {
    let depth = depth.checked_sub(1).ok_or(Malformed)?;
    let (major, argument, mut rest) = head(bytes)?;
    match major {
        0 | 1 if argument < BOUND => Ok(rest),
        2 => split(rest, argument).map(|(_, rest)| rest),
        3 => {
            let (text, rest) = split(rest, argument)?;
            core::str::from_utf8(text).map_err(|_| Malformed)?;
            Ok(rest)
        }
        4 => {
            for _ in 0..argument {
                rest = skip_item(rest, depth)?;
            }
            Ok(rest)
        }
        5 => {
            let mut last: &[u8] = &[];
            for _ in 0..argument {
                let after = skip_item(rest, depth)?;
                let key = &rest[..rest.len() - after.len()];
                if key <= last {
                    return Err(Malformed);
                }
                last = key;
                rest = skip_item(after, depth)?;
            }
            Ok(rest)
        }
        7 if (20..=22).contains(&argument) => Ok(rest),
        _ => Err(Malformed),
    }
}

/// Major type, argument in its shortest form, and what follows.
fn head(bytes: &[u8]) -> Result<(u8, u64, &[u8]), Malformed> {
    let (first, rest) = bytes.split_first().ok_or(Malformed)?;
    let (major, short) = (first >> 5, first & 31);
    let (length, least) = match short {
        0..=23 => return Ok((major, short.into(), rest)),
        24 => (1, 24),
        25 => (2, 1 << 8),
        26 => (4, 1 << 16),
        27 => (8, 1 << 32),
        _ => return Err(Malformed),
    };
    let (argument, rest) = rest.split_at_checked(length).ok_or(Malformed)?;
    let argument = argument.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte));
    if argument < least { Err(Malformed) } else { Ok((major, argument, rest)) }
}

fn split(bytes: &[u8], length: u64) -> Result<(&[u8], &[u8]), Malformed> {
    bytes.split_at_checked(usize::try_from(length).map_err(|_| Malformed)?).ok_or(Malformed)
}

/// Reads items that [`item_length`] has found deterministic.
#[derive(Clone, Debug)]
pub struct Reader<'a>(Decoder<'a>);

impl<'a> Reader<'a> {
    /// Begins at the first of `bytes`.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self(Decoder::new(bytes))
    }

    /// An unsigned integer.
    pub fn u(&mut self) -> Result<u64, Malformed> {
        Ok(self.0.u64()?)
    }

    /// An unsigned integer below `bound`.
    pub fn u_below(&mut self, bound: u64) -> Result<u64, Malformed> {
        Some(self.u()?).filter(|u| *u < bound).ok_or(Malformed)
    }

    /// Unix seconds, below 2^40.
    pub fn time(&mut self) -> Result<i64, Malformed> {
        i64::try_from(self.u_below(1 << 40)?).map_err(|_| Malformed)
    }

    /// A signed integer.
    pub fn int(&mut self) -> Result<i64, Malformed> {
        Ok(self.0.i64()?)
    }

    /// A boolean.
    pub fn bool(&mut self) -> Result<bool, Malformed> {
        Ok(self.0.bool()?)
    }

    /// A byte string.
    pub fn bytes(&mut self) -> Result<&'a [u8], Malformed> {
        Ok(self.0.bytes()?)
    }

    /// A byte string of exactly `N` bytes.
    pub fn array_of<const N: usize>(&mut self) -> Result<[u8; N], Malformed> {
        self.bytes()?.try_into().map_err(|_| Malformed)
    }

    /// A text of at most `characters` Unicode scalar values in at most `bytes` bytes.
    pub fn text(&mut self, characters: usize, bytes: usize) -> Result<String, Malformed> {
        let text = self.0.str()?;
        if text.len() > bytes || text.chars().count() > characters { Err(Malformed) } else { Ok(text.into()) }
    }

    /// An array's length.
    pub fn array(&mut self) -> Result<u64, Malformed> {
        self.0.array()?.ok_or(Malformed)
    }

    /// A map's number of pairs.
    pub fn map(&mut self) -> Result<u64, Malformed> {
        self.0.map()?.ok_or(Malformed)
    }

    /// `None` where null stands, else what `read` makes of the item.
    pub fn nullable<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, Malformed>,
    ) -> Result<Option<T>, Malformed> {
        if self.0.datatype()? == minicbor::data::Type::Null {
            self.0.null()?;
            return Ok(None);
        }
        read(self).map(Some)
    }

    /// The bytes of the next item, whatever it is.
    pub fn item(&mut self) -> Result<&'a [u8], Malformed> {
        let start = self.0.position();
        let rest = self.0.input().get(start..).ok_or(Malformed)?;
        let length = item_length(rest)?;
        self.0.set_position(start + length);
        rest.get(..length).ok_or(Malformed)
    }
}

/// Writes deterministic items; the caller keeps map keys in order.
#[derive(Debug)]
pub struct Writer(Encoder<Vec<u8>>);

impl Default for Writer {
    fn default() -> Self {
        Self(Encoder::new(Vec::new()))
    }
}

/// Writing into memory cannot fail.
fn written<T>(result: &Result<T, minicbor::encode::Error<Infallible>>) {
    debug_assert!(result.is_ok());
}

impl Writer {
    /// An unsigned integer.
    pub fn u(&mut self, value: u64) -> &mut Self {
        written(&self.0.u64(value));
        self
    }

    /// A signed integer.
    pub fn int(&mut self, value: i64) -> &mut Self {
        written(&self.0.i64(value));
        self
    }

    /// Unix seconds.
    pub fn time(&mut self, value: i64) -> &mut Self {
        self.int(value)
    }

    /// A boolean.
    pub fn bool(&mut self, value: bool) -> &mut Self {
        written(&self.0.bool(value));
        self
    }

    /// Null.
    pub fn null(&mut self) -> &mut Self {
        written(&self.0.null());
        self
    }

    /// A byte string.
    pub fn bytes(&mut self, value: &[u8]) -> &mut Self {
        written(&self.0.bytes(value));
        self
    }

    /// A text.
    pub fn text(&mut self, value: &str) -> &mut Self {
        written(&self.0.str(value));
        self
    }

    /// The head of an array.
    pub fn array(&mut self, length: u64) -> &mut Self {
        written(&self.0.array(length));
        self
    }

    /// The head of a map.
    pub fn map(&mut self, pairs: u64) -> &mut Self {
        written(&self.0.map(pairs));
        self
    }

    /// Null for `None`, else what `write` writes.
    pub fn nullable<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Self, T)) -> &mut Self {
        match value {
            None => return self.null(),
            Some(value) => write(self, value),
        }
        self
    }

    /// Items that are encoded already.
    pub fn raw(&mut self, items: &[u8]) -> &mut Self {
        self.0.writer_mut().extend_from_slice(items);
        self
    }

    /// All that was written.
    pub fn into_bytes(self) -> Vec<u8> {
        self.0.into_writer()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn length(hex: &str) -> Result<usize, Malformed> {
        item_length(&hex::decode(hex).unwrap())
    }

    #[test]
    fn only_the_shortest_head_counts() {
        assert_eq!(length("17"), Ok(1));
        assert_eq!(length("1818"), Ok(2));
        assert_eq!(length("1817"), Err(Malformed));
        assert_eq!(length("1900ff"), Err(Malformed));
        assert_eq!(length("1a0000ffff"), Err(Malformed));
        assert_eq!(length("1b00000000ffffffff"), Err(Malformed));
        assert_eq!(length("5800"), Err(Malformed));
    }

    #[test]
    fn a_map_is_ascending_and_has_no_key_twice() {
        assert_eq!(length("a201010200"), Ok(5));
        assert_eq!(length("a202000101"), Err(Malformed));
        assert_eq!(length("a201010100"), Err(Malformed));
    }

    #[test]
    fn indefinite_lengths_tags_floats_and_broken_text_are_refused() {
        for hex in ["9fff", "5fff", "bfff", "c000", "f90000", "f7", "e0", "61ff", "ff", "1c"] {
            assert_eq!(length(hex), Err(Malformed), "{hex}");
        }
        assert_eq!(length("f5"), Ok(1));
        assert_eq!(length("f6"), Ok(1));
    }

    #[test]
    fn a_promise_of_more_than_there_is_is_refused() {
        for hex in ["", "41", "9a7fffffff", "5a7fffffff", "1bffffffffffffffff", "818181818181818100"] {
            assert_eq!(length(hex), Err(Malformed), "{hex}");
        }
        assert_eq!(length("8181818181818100"), Ok(8));
    }
}
