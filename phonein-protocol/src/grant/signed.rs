//! A grant with its signature: an untagged `COSE_Sign1` (RFC 9052), ES256.

use super::Grant;
use crate::{
    cbor::{Malformed, Writer, whole_item},
    es256::PublicKey,
    id::Kid,
};
use alloc::vec::Vec;

/// The most bytes a signed grant may have.
const MAX_BYTES: usize = 1024;

/// Why bytes are no grant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GrantError {
    /// Not the bytes of a grant.
    #[error("malformed")]
    Malformed,
    /// It holds a restriction that is not known here.
    #[error("made for a newer version")]
    TooNew,
}

impl From<Malformed> for GrantError {
    fn from(Malformed: Malformed) -> Self {
        Self::Malformed
    }
}

/// A grant as its maker signed it. Whether the signature is right is asked with [`SignedGrant::verify`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SignedGrant {
    grant: Grant,
    signer: Kid,
    payload: Vec<u8>,
    signature: [u8; 64],
    bytes: Vec<u8>,
}

impl SignedGrant {
    /// What a phone signs to make `grant` count at the intercom that has this public key.
    pub fn text(grant: &Grant, signer: Kid, intercom: &[u8; 32]) -> Vec<u8> {
        signed_text(&grant.payload(), signer, intercom)
    }

    /// Puts grant and signature together.
    pub fn new(grant: Grant, signer: Kid, signature: [u8; 64]) -> Self {
        let payload = grant.payload();
        let mut cose = Writer::default();
        cose.array(4).bytes(&protected(signer)).map(0).bytes(&payload).bytes(&signature);
        Self { grant, signer, payload, signature, bytes: cose.into_bytes() }
    }

    /// Reads a grant as it came. Bounded, never panics.
    pub fn parse(bytes: &[u8]) -> Result<Self, GrantError> {
        if bytes.len() > MAX_BYTES {
            return Err(GrantError::Malformed);
        }
        let mut cose = whole_item(bytes)?;
        let four = cose.array()? == 4;
        let protected = cose.bytes()?;
        let bare = cose.map()? == 0;
        let payload = cose.bytes()?;
        let signature = cose.array_of()?;
        let signer = read_protected(protected)?;
        if !(four && bare) {
            return Err(GrantError::Malformed);
        }
        let grant = Grant::from_payload(payload)?;
        Ok(Self { grant, signer, payload: payload.to_vec(), signature, bytes: bytes.to_vec() })
    }

    /// Whether `key` signed this for the intercom with this public key.
    pub fn verify(&self, key: &PublicKey, intercom: &[u8; 32]) -> bool {
        Kid::of(key) == self.signer && key.verify(&signed_text(&self.payload, self.signer, intercom), &self.signature)
    }

    /// What was signed.
    pub fn grant(&self) -> &Grant {
        &self.grant
    }

    /// Who says to have signed it.
    pub fn signer(&self) -> Kid {
        self.signer
    }

    /// The grant's own bytes, without head and signature: two of the same payload are the same grant.
    pub fn payload(&self) -> &[u8] {
        &self.payload
    }

    /// The bytes as they came.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

/// `{1: -7, 4: kid}`: ES256, and who signed.
fn protected(signer: Kid) -> Vec<u8> {
    let mut header = Writer::default();
    header.map(2).u(1).int(-7).u(4).bytes(signer.as_bytes());
    header.into_bytes()
}

fn read_protected(bytes: &[u8]) -> Result<Kid, Malformed> {
    let kid = bytes.last_chunk().copied().map(Kid::from_bytes).ok_or(Malformed)?;
    if protected(kid) == bytes { Ok(kid) } else { Err(Malformed) }
}

/// The `Sig_structure` of RFC 9052, section 4.4.
fn signed_text(payload: &[u8], signer: Kid, intercom: &[u8; 32]) -> Vec<u8> {
    let mut text = Writer::default();
    text.array(4).text("Signature1").bytes(&protected(signer)).bytes(intercom).bytes(payload);
    text.into_bytes()
}
