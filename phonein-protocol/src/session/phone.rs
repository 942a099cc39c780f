//! The phone's end: HELLO in, REQ out, RES in. The signature is asked for in between, because a phone's hardware takes
//! its time for it.

use alloc::vec::Vec;
use core::fmt;

use zeroize::Zeroizing;

use super::noise::{self, Channel, Door};
use super::text::{AGE_AT, pad, signed_text};
use super::{Hello, KeyPair, Kind, MAX_BODY, PairingSecret, REQ_HEAD, SIGNATURE, TransportError};
use crate::es256::{PublicKey, SignatureBytes};

/// Why there is no REQ or no result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PhoneError {
    /// The intercom speaks no version this phone knows.
    #[error("the intercom's version is too old")]
    VersionTooOld,
    /// The body is longer than [`MAX_BODY`].
    #[error("the body is too long")]
    BodyTooLong,
    /// Not from the intercom this phone spoke to, or damaged on the way.
    #[error("not an answer of this intercom")]
    Unreadable,
    /// An error nobody has signed. A hint what to try, never the door's word.
    #[error("hint: {0}")]
    Hint(TransportError),
}

/// Whom a phone speaks to.
#[derive(Debug, Clone, Copy)]
pub enum Peer<'a> {
    /// The intercom with this public key.
    Intercom(&'a [u8; 32]),
    /// An intercom still to be paired with.
    Unpaired(&'a PairingSecret),
}

/// What a phone says.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// The key that will sign.
    pub signer: &'a PublicKey,
    /// How long the phone held HELLO, in hundredths of a second.
    pub age: u16,
    /// The body, without padding.
    pub body: &'a [u8],
}

/// Does the handshake and composes what is to be signed. `ephemeral` is 32 random bytes, never used before.
pub fn begin(
    hello: &Hello,
    peer: Peer<'_>,
    ephemeral: Zeroizing<[u8; 32]>,
    request: Request<'_>,
) -> Result<Pending, PhoneError> {
    if hello.version == 0 {
        return Err(PhoneError::VersionTooOld);
    }
    if request.body.len() > MAX_BODY {
        return Err(PhoneError::BodyTooLong);
    }
    let (kind, door) = match peer {
        Peer::Intercom(key) => (Kind::Session, Door::Session(key)),
        Peer::Unpaired(secret) => (Kind::Pairing, Door::Pairing(secret)),
    };
    let (channel, message) =
        noise::respond(hello, &door, KeyPair::from_private(ephemeral)).map_err(|_| PhoneError::Unreadable)?;
    let text = signed_text(kind, &channel.h, request.signer, request.age, &pad(request.body));
    let mut head = [0; REQ_HEAD];
    head[0] = kind.code();
    head[1..9].copy_from_slice(&hello.token.to_be_bytes());
    head[9..].copy_from_slice(&message);
    Ok(Pending { channel, head, text })
}

/// A REQ that lacks its signature.
pub struct Pending {
    channel: Channel,
    head: [u8; REQ_HEAD],
    text: Zeroizing<Vec<u8>>,
}

impl Pending {
    /// What the signer's key has to sign: this text, of which ES256 takes SHA-256 once.
    pub fn text_to_sign(&self) -> &[u8] {
        &self.text
    }

    /// The REQ, and what can read its answer.
    pub fn seal(mut self, signature: &SignatureBytes) -> Result<(Vec<u8>, Awaiting), PhoneError> {
        let signed = self.text.get(AGE_AT..).unwrap_or_default();
        let mut plain = Zeroizing::new(Vec::with_capacity(SIGNATURE + signed.len()));
        plain.extend_from_slice(signature);
        plain.extend_from_slice(signed);
        let sealed = self.channel.seal(&plain).map_err(|_| PhoneError::BodyTooLong)?;
        Ok(([self.head.as_slice(), &sealed].concat(), Awaiting { channel: self.channel }))
    }
}

/// A REQ that was made and has no answer yet.
pub struct Awaiting {
    channel: Channel,
}

impl Awaiting {
    /// The result in a RES. That it can be read at all proves the intercom made it, for this REQ.
    pub fn open(mut self, res: &[u8]) -> Result<Vec<u8>, PhoneError> {
        if let Some(hint) = TransportError::parse(res) {
            return Err(PhoneError::Hint(hint));
        }
        self.try_open(res).ok_or(PhoneError::Unreadable)
    }

    /// The result, if this is the RES for this REQ. Over Bluetooth a phone hears the messages for other phones, too: it
    /// passes over them and goes on waiting. Of no use any more once there was a result.
    pub fn try_open(&mut self, message: &[u8]) -> Option<Vec<u8>> {
        let mut result = self.channel.open(message).ok()?;
        Some(core::mem::take(&mut *result))
    }
}

impl fmt::Debug for Request<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request").field("signer", self.signer).field("age", &self.age).finish_non_exhaustive()
    }
}

impl fmt::Debug for Pending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pending(..)")
    }
}

impl fmt::Debug for Awaiting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Awaiting(..)")
    }
}
