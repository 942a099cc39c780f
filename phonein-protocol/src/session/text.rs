//! The text a phone signs, and the padding of bodies.

use alloc::vec::Vec;

use zeroize::Zeroizing;

use super::{AGE, BLOCK, Kind, TransportError};
use crate::es256::PublicKey;

/// Where `age` begins in the signed text: context 18 · h 32 · signer 33 · age 2 · body and zeros. From there on the text
/// is also what is sealed after the signature.
pub(super) const AGE_AT: usize = 18 + 32 + 33;

/// context · h · signer's public key · age · body and zeros.
pub(super) fn signed_text(kind: Kind, h: &[u8; 32], signer: &PublicKey, age: u16, padded: &[u8]) -> Zeroizing<Vec<u8>> {
    let context: &[u8; 18] = match kind {
        Kind::Session => b"phonein request v1",
        Kind::Pairing => b"phonein pairing v1",
    };
    let mut text = Zeroizing::new(Vec::with_capacity(AGE_AT + AGE + padded.len()));
    text.extend_from_slice(context);
    text.extend_from_slice(h);
    text.extend_from_slice(signer.as_bytes());
    text.extend_from_slice(&age.to_be_bytes());
    text.extend_from_slice(padded);
    text
}

/// Body and zeros, together the least multiple of 32 that is not 0.
pub(super) fn pad(body: &[u8]) -> Zeroizing<Vec<u8>> {
    let mut padded = Zeroizing::new(Vec::with_capacity(padded_len(body.len())));
    padded.extend_from_slice(body);
    padded.resize(padded_len(body.len()), 0);
    padded
}

/// Takes the zeros off a padded body whose CBOR array ends at `end`. `malformed` unless what follows is all zeros and
/// just as many as there have to be.
pub fn split_padding(padded: &[u8], end: usize) -> Result<&[u8], TransportError> {
    match padded.split_at_checked(end) {
        Some((body, zeros)) if padded.len() == padded_len(end) && zeros.iter().all(|&byte| byte == 0) => Ok(body),
        _ => Err(TransportError::Malformed),
    }
}

fn padded_len(length: usize) -> usize {
    length.max(1).next_multiple_of(BLOCK)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vectors::bytes;

    #[test]
    fn padding_is_that_of_the_vectors() {
        for (body, padded) in [
            ("/exchanges/open/body", "/exchanges/open/padded"),
            ("/exchanges/claim/body", "/exchanges/claim/padded"),
            ("/exchanges/pairing/body", "/exchanges/pairing/padded"),
        ] {
            let (body, padded) = (bytes(body), bytes(padded));
            assert_eq!(*pad(&body), padded);
            assert_eq!(split_padding(&padded, body.len()), Ok(&body[..]));
        }
    }

    #[test]
    fn padding_fills_the_least_multiple_of_32() {
        for (length, padded) in [(0, 32), (1, 32), (31, 32), (32, 32), (33, 64), (64, 64), (65, 96)] {
            assert_eq!(pad(&[1; 70][..length]).len(), padded);
        }
    }

    #[test]
    fn a_byte_in_the_padding_a_block_too_many_or_an_end_beyond_is_malformed() {
        let malformed = Err(TransportError::Malformed);
        let mut padded = [0; 64];
        padded[40] = 1;
        assert_eq!(split_padding(&padded, 41), Ok(&padded[..41]));
        assert_eq!(split_padding(&padded, 40), malformed, "not zero");
        assert_eq!(split_padding(&[0; 64], 32), malformed, "a block too many");
        assert_eq!(split_padding(&[0; 64], 65), malformed, "beyond the end");
        assert_eq!(split_padding(&[0; 33], 33), malformed, "no multiple");
    }
}
