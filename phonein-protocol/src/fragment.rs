//! Messages over Bluetooth, in pieces that fit one packet (docs/protocol.md, section 8).
//!
//! A fragment is a header (bit 7: the last one, bits 0–6: sequence from 0, modulo 128), in the first followed by the
//! length of the message (u16, big-endian), and then the message's next bytes.

use alloc::vec::Vec;

use crate::session::{MAX_MESSAGE, TransportError};

/// Longest silence within a message, in milliseconds.
pub const MAX_SILENCE_MS: u64 = 2_000;
/// What the link layers below keep of the negotiated MTU, and a little more.
const OVERHEAD: usize = 8;
/// The least MTU there is (Bluetooth Core, volume 3, part F, 3.2.8).
const MIN_MTU: usize = 23;
const LAST: u8 = 0x80;
const SEQUENCE: u8 = 0x7f;

/// Cuts a message into fragments for a connection with this MTU. `too large` above 4 KiB, `malformed` if empty.
pub fn fragments(message: &[u8], mtu: usize) -> Result<impl Iterator<Item = Vec<u8>>, TransportError> {
    if message.len() > MAX_MESSAGE {
        return Err(TransportError::TooLarge);
    }
    let length = u16::try_from(message.len()).map_err(|_| TransportError::TooLarge)?;
    if length == 0 {
        return Err(TransportError::Malformed);
    }
    let size = mtu.max(MIN_MTU) - OVERHEAD;
    let mut rest = message;
    let mut first = true;
    let mut sequence = 0;
    Ok(core::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let length: &[u8] = if first { &length.to_be_bytes() } else { &[] };
        let (piece, after) = rest.split_at(rest.len().min(size - 1 - length.len()));
        let header = if after.is_empty() { sequence | LAST } else { sequence };
        let fragment = [&[header], length, piece].concat();
        (rest, first, sequence) = (after, false, (sequence + 1) & SEQUENCE);
        Some(fragment)
    }))
}

/// Puts fragments together again: one for each connection and direction. It never holds more than one message.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Reassembler(Option<Partial>);

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Partial {
    message: Vec<u8>,
    length: usize,
    sequence: u8,
    heard_ms: u64,
}

impl Reassembler {
    /// Takes the next fragment; gives the message once it is whole. A wrong, missing or late fragment is an error that
    /// drops what was there, so that the next message can begin. The clock is any that only goes forward.
    pub fn push(&mut self, fragment: &[u8], now_ms: u64) -> Result<Option<Vec<u8>>, TransportError> {
        self.check_silence(now_ms)?;
        let mut partial = match self.0.take() {
            Some(partial) => partial.extended(fragment)?,
            None => Partial::begun(fragment)?,
        };
        if partial.message.len() == partial.length {
            return Ok(Some(partial.message));
        }
        partial.heard_ms = now_ms;
        self.0 = Some(partial);
        Ok(None)
    }

    /// For a timer: an error, once, when a message has begun and its next fragment is overdue.
    pub fn check_silence(&mut self, now_ms: u64) -> Result<(), TransportError> {
        match &self.0 {
            Some(partial) if now_ms.saturating_sub(partial.heard_ms) > MAX_SILENCE_MS => {
                self.0 = None;
                Err(TransportError::Malformed)
            }
            _ => Ok(()),
        }
    }
}

impl Partial {
    fn begun(fragment: &[u8]) -> Result<Self, TransportError> {
        let [header, high, low, piece @ ..] = fragment else { return Err(TransportError::Malformed) };
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        if length > MAX_MESSAGE {
            return Err(TransportError::TooLarge);
        }
        let partial = Self { message: Vec::with_capacity(length), length, sequence: 0, heard_ms: 0 };
        partial.with(*header, piece)
    }

    fn extended(self, fragment: &[u8]) -> Result<Self, TransportError> {
        let [header, piece @ ..] = fragment else { return Err(TransportError::Malformed) };
        self.with(*header, piece)
    }

    /// An empty piece is refused too: a stranger could keep a message open with them for ever.
    fn with(mut self, header: u8, piece: &[u8]) -> Result<Self, TransportError> {
        let room = self.length - self.message.len();
        let last = header & LAST != 0;
        if header & SEQUENCE != self.sequence || piece.is_empty() || piece.len() > room || last != (piece.len() == room)
        {
            return Err(TransportError::Malformed);
        }
        self.message.extend_from_slice(piece);
        self.sequence = (self.sequence + 1) & SEQUENCE;
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use alloc::{format, vec};

    use proptest::prelude::*;

    use super::*;
    use crate::vectors::{bytes, value};

    fn cut(message: &[u8], mtu: usize) -> Vec<Vec<u8>> {
        fragments(message, mtu).unwrap().collect()
    }

    fn join(pieces: &[Vec<u8>]) -> Result<Option<Vec<u8>>, TransportError> {
        let mut reassembler = Reassembler::default();
        let mut whole = None;
        for piece in pieces {
            assert_eq!(whole, None, "whole before its last fragment");
            whole = reassembler.push(piece, 0)?;
        }
        Ok(whole)
    }

    #[test]
    fn fragments_are_those_of_the_vectors() {
        let message = bytes("/claim_fragments/message");
        let mtu = usize::try_from(value("/claim_fragments/mtu").as_u64().unwrap()).unwrap();
        let expected: Vec<_> = (0..3).map(|n| bytes(&format!("/claim_fragments/fragments/{n}"))).collect();
        assert_eq!(cut(&message, mtu), expected);
        assert_eq!(join(&expected), Ok(Some(message)));
        let error = vec![TransportError::Stale.code()];
        assert_eq!(cut(&error, mtu), [bytes("/claim_fragments/transport_error_2/0")]);
    }

    #[test]
    fn a_message_of_more_than_128_fragments_counts_on_from_0() {
        let message = vec![7; MAX_MESSAGE];
        let pieces = cut(&message, MIN_MTU);
        assert!(pieces.len() > 256);
        assert_eq!(pieces[128][0], 0);
        assert!(pieces.iter().all(|piece| piece.len() <= MIN_MTU - OVERHEAD));
        assert_eq!(join(&pieces), Ok(Some(message)));
    }

    #[test]
    fn too_large_is_refused_at_both_ends() {
        assert_eq!(fragments(&[0; MAX_MESSAGE + 1], 185).err(), Some(TransportError::TooLarge));
        assert_eq!(Reassembler::default().push(&[0, 0x10, 0x01, 9], 0), Err(TransportError::TooLarge));
        assert_eq!(fragments(&[], 185).err(), Some(TransportError::Malformed));
    }

    #[test]
    fn a_missing_repeated_or_wrong_fragment_ends_the_message_and_the_next_one_begins() {
        let pieces = cut(&[1; 100], 40);
        let malformed = Err(TransportError::Malformed);
        assert_eq!(join(&[pieces[0].clone(), pieces[2].clone()]), malformed, "missing");
        assert_eq!(join(&[pieces[0].clone(), pieces[0].clone()]), malformed, "repeated");
        assert_eq!(join(&pieces[1..]), malformed, "first one missing");
        let mut reassembler = Reassembler::default();
        reassembler.push(&pieces[0], 0).unwrap();
        for wrong in [&[][..], &[1], &[0x81, 1], &[1 | LAST; 200]] {
            let mut reassembler = reassembler.clone();
            assert_eq!(reassembler.push(wrong, 0), malformed, "{wrong:?}");
            assert_eq!(reassembler, Reassembler::default());
        }
        assert_eq!(join(&[vec![0, 0, 1, 5, 5]]), malformed, "more than its length, and not called the last");
        assert_eq!(join(&[vec![LAST, 0, 0]]), malformed, "empty message");
        assert_eq!(join(&[vec![0, 0, 1, 5]]), malformed, "whole, but not called the last");
    }

    #[test]
    fn a_fragment_after_more_than_2_seconds_is_an_error() {
        let pieces = cut(&[1; 90], 40);
        let mut reassembler = Reassembler::default();
        reassembler.push(&pieces[0], 10_000).unwrap();
        assert_eq!(reassembler.check_silence(12_000), Ok(()));
        assert_eq!(reassembler.clone().push(&pieces[1], 12_000), Ok(None));
        assert_eq!(reassembler.clone().push(&pieces[1], 12_001), Err(TransportError::Malformed));
        assert_eq!(reassembler.check_silence(12_001), Err(TransportError::Malformed));
        assert_eq!(reassembler.check_silence(99_000), Ok(()), "told once");
    }

    proptest! {
        #[test]
        fn every_message_survives_every_mtu(message in prop::collection::vec(any::<u8>(), 1..=MAX_MESSAGE), mtu in 0..600_usize) {
            prop_assert_eq!(join(&cut(&message, mtu)), Ok(Some(message)));
        }

        #[test]
        fn noise_neither_panics_nor_grows(pieces in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..200), 0..40)) {
            let mut reassembler = Reassembler::default();
            for (at, piece) in pieces.iter().enumerate() {
                if let Ok(Some(whole)) = reassembler.push(piece, at as u64) {
                    prop_assert!(!whole.is_empty() && whole.len() <= MAX_MESSAGE);
                }
                prop_assert!(reassembler.0.iter().all(|partial| partial.message.capacity() <= MAX_MESSAGE));
            }
        }
    }
}
