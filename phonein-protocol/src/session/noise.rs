//! The two handshakes, by snow. `KN` for a session, `NNpsk2` for pairing, the intercom as initiator in both.
//!
//! Snow is told every key and draws none: the intercom's ephemeral key is derived again from the token when the REQ
//! comes, the phone's is handed in, and the tag of `NNpsk2`'s first message, which HELLO leaves out, is made from the
//! public half of `e_door` alone. So its `Random` refuses, and its `Dh` ([`Keys`]) answers with what we put there. Hash and
//! cipher are those that the rest of the program has: snow's own would be the same two again, of older releases. Snow
//! erases nothing; what we hand it (private keys, the cipher's) erases itself, its own chain keys last as long as one
//! exchange.

use alloc::{boxed::Box, vec, vec::Vec};

use chacha20poly1305::{AeadInOut, ChaCha20Poly1305, KeyInit};
use sha2::{Digest, Sha256};
use snow::{
    Builder, Error, HandshakeState, TransportState,
    params::{CipherChoice, DHChoice, HashChoice},
    resolvers::CryptoResolver,
    types::{Cipher, Dh, Hash, Random},
};
use zeroize::Zeroizing;

use super::{Hello, KeyPair, Kind, PairingSecret, TAG};

/// An ephemeral public key and the tag of the empty payload: a handshake message of either pattern.
const MESSAGE: usize = 32 + TAG;

/// A finished handshake: seals and opens one message each way.
pub(super) struct Channel {
    state: TransportState,
    /// Noise's handshake hash at Split.
    pub(super) h: [u8; 32],
}

/// Whom the phone speaks to, as far as it knows yet.
pub(super) enum Door<'a> {
    Session(&'a [u8; 32]),
    Pairing(&'a PairingSecret),
}

/// The same from the other end.
pub(super) enum Own<'a> {
    Session(&'a KeyPair),
    Pairing(&'a PairingSecret),
}

/// The phone's end. Gives the channel, and `e_phone` · tag for the REQ.
pub(super) fn respond(hello: &Hello, door: &Door<'_>, e_phone: KeyPair) -> Result<(Channel, [u8; MESSAGE]), Error> {
    let (kind, first_tag) = match door {
        Door::Session(_) => (Kind::Session, [0; TAG]),
        Door::Pairing(_) => (Kind::Pairing, first_pairing_tag(hello)?),
    };
    let prologue = prologue(kind, hello.version, hello.token);
    let builder = builder(kind, &prologue, Keys::new(None, Ephemeral::Pair(e_phone)))?;
    let mut handshake = match door {
        Door::Session(intercom) => builder.remote_public_key(*intercom)?,
        Door::Pairing(secret) => builder.psk(2, secret.psk())?,
    }
    .build_responder()?;

    let mut first = [0; MESSAGE];
    first[..32].copy_from_slice(&hello.e_door);
    first[32..].copy_from_slice(&first_tag);
    let first = if kind == Kind::Pairing { &first[..] } else { &first[..32] };
    handshake.read_message(first, &mut [])?;
    let mut second = [0; MESSAGE];
    handshake.write_message(&[], &mut second)?;
    Ok((Channel::new(handshake)?, second))
}

/// The intercom's end. `second` is `e_phone` · tag from the REQ.
pub(super) fn initiate(
    version: u8,
    token: u64,
    own: &Own<'_>,
    e_door: KeyPair,
    second: &[u8; MESSAGE],
) -> Result<Channel, Error> {
    let (kind, statik) = match own {
        Own::Session(pair) => (Kind::Session, Some((*pair).clone())),
        Own::Pairing(_) => (Kind::Pairing, None),
    };
    let prologue = prologue(kind, version, token);
    let builder = builder(kind, &prologue, Keys::new(statik, Ephemeral::Pair(e_door)))?;
    let mut handshake = match own {
        Own::Session(pair) => builder.local_private_key(pair.private())?,
        Own::Pairing(secret) => builder.psk(2, secret.psk())?,
    }
    .build_initiator()?;
    handshake.write_message(&[], &mut [0; MESSAGE])?;
    handshake.read_message(second, &mut [])?;
    Channel::new(handshake)
}

/// The tag that ends the first message of `NNpsk2`: as an initiator would make it, who knows no more than HELLO.
fn first_pairing_tag(hello: &Hello) -> Result<[u8; TAG], Error> {
    let prologue = prologue(Kind::Pairing, hello.version, hello.token);
    let keys = Keys::new(None, Ephemeral::Public(hello.e_door));
    let mut message = [0; MESSAGE];
    builder(Kind::Pairing, &prologue, keys)?.build_initiator()?.write_message(&[], &mut message)?;
    let mut tag = [0; TAG];
    tag.copy_from_slice(&message[32..]);
    Ok(tag)
}

fn builder(kind: Kind, prologue: &[u8], keys: Keys) -> Result<Builder<'_>, Error> {
    let name = match kind {
        Kind::Session => "Noise_KN_25519_ChaChaPoly_SHA256",
        Kind::Pairing => "Noise_NNpsk2_25519_ChaChaPoly_SHA256",
    };
    Builder::with_resolver(name.parse()?, Box::new(keys)).prologue(prologue)
}

fn prologue(kind: Kind, version: u8, token: u64) -> Vec<u8> {
    [b"phonein/1".as_slice(), &[kind.code(), version], &token.to_be_bytes()].concat()
}

impl Channel {
    fn new(handshake: HandshakeState) -> Result<Self, Error> {
        let h = handshake.get_handshake_hash().try_into().map_err(|_| Error::Input)?;
        Ok(Self { state: handshake.into_transport_mode()?, h })
    }

    pub(super) fn seal(&mut self, plain: &[u8]) -> Result<Vec<u8>, Error> {
        let mut sealed = vec![0; plain.len() + TAG];
        self.state.write_message(plain, &mut sealed)?;
        Ok(sealed)
    }

    pub(super) fn open(&mut self, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
        let mut plain = Zeroizing::new(vec![0; sealed.len().checked_sub(TAG).ok_or(Error::Decrypt)?]);
        self.state.read_message(sealed, &mut plain)?;
        Ok(plain)
    }
}

/// An ephemeral key that is known beforehand.
#[derive(Clone)]
enum Ephemeral {
    Pair(KeyPair),
    Public([u8; 32]),
}

/// Snow asks each of its two `Dh` for one key: the static one by `set`, the ephemeral one by `generate`. Both are here
/// already, with their public halves, so that nothing is computed twice.
#[derive(Clone)]
struct Keys {
    statik: Option<KeyPair>,
    ephemeral: Ephemeral,
    asked: Asked,
}

#[derive(Clone, Copy)]
enum Asked {
    Nothing,
    Static,
    Ephemeral,
}

impl Keys {
    fn new(statik: Option<KeyPair>, ephemeral: Ephemeral) -> Self {
        Self { statik, ephemeral, asked: Asked::Nothing }
    }

    fn pair(&self) -> Option<&KeyPair> {
        match (self.asked, &self.ephemeral) {
            (Asked::Static, _) => self.statik.as_ref(),
            (Asked::Ephemeral, Ephemeral::Pair(pair)) => Some(pair),
            _ => None,
        }
    }
}

impl Dh for Keys {
    fn name(&self) -> &'static str {
        "25519"
    }

    fn pub_len(&self) -> usize {
        32
    }

    fn priv_len(&self) -> usize {
        32
    }

    fn set(&mut self, _private: &[u8]) {
        self.asked = Asked::Static;
    }

    fn generate(&mut self, _random: &mut dyn Random) -> Result<(), Error> {
        self.asked = Asked::Ephemeral;
        Ok(())
    }

    fn pubkey(&self) -> &[u8] {
        match (&self.asked, &self.ephemeral) {
            (Asked::Ephemeral, Ephemeral::Public(public)) => public,
            _ => self.pair().map_or(&[0; 32], |pair| pair.public()),
        }
    }

    fn privkey(&self) -> &[u8] {
        self.pair().map_or(&[0; 32], |pair| pair.private())
    }

    fn dh(&self, public: &[u8], out: &mut [u8]) -> Result<(), Error> {
        let (Some(pair), Some(public), Some(out)) = (self.pair(), public.first_chunk(), out.first_chunk_mut()) else {
            return Err(Error::Dh);
        };
        *out = *pair.agree(public);
        Ok(())
    }
}

impl CryptoResolver for Keys {
    fn resolve_rng(&self) -> Option<Box<dyn Random>> {
        Some(Box::new(NoRandom))
    }

    fn resolve_dh(&self, _choice: &DHChoice) -> Option<Box<dyn Dh>> {
        Some(Box::new(self.clone()))
    }

    fn resolve_hash(&self, choice: &HashChoice) -> Option<Box<dyn Hash>> {
        (*choice == HashChoice::SHA256).then(|| Box::new(Sha(Sha256::new())) as Box<dyn Hash>)
    }

    fn resolve_cipher(&self, choice: &CipherChoice) -> Option<Box<dyn Cipher>> {
        (*choice == CipherChoice::ChaChaPoly).then(|| Box::new(ChaChaPoly(Zeroizing::new([0; 32]))) as Box<dyn Cipher>)
    }
}

/// SHA-256 as snow asks for it.
struct Sha(Sha256);

impl Hash for Sha {
    fn name(&self) -> &'static str {
        "SHA256"
    }

    fn block_len(&self) -> usize {
        64
    }

    fn hash_len(&self) -> usize {
        32
    }

    fn reset(&mut self) {
        self.0 = Sha256::new();
    }

    fn input(&mut self, data: &[u8]) {
        self.0.update(data);
    }

    fn result(&mut self, out: &mut [u8]) {
        out[..32].copy_from_slice(&self.0.finalize_reset());
    }
}

/// ChaCha20-Poly1305 as snow asks for it, with its key.
struct ChaChaPoly(Zeroizing<[u8; 32]>);

impl ChaChaPoly {
    fn cipher(&self) -> ChaCha20Poly1305 {
        ChaCha20Poly1305::new(&(*self.0).into())
    }

    /// Four zeros, then the counter, little-endian (the Noise framework, section 12.3).
    fn nonce(counter: u64) -> [u8; 12] {
        let mut nonce = [0; 12];
        nonce[4..].copy_from_slice(&counter.to_le_bytes());
        nonce
    }
}

impl Cipher for ChaChaPoly {
    fn name(&self) -> &'static str {
        "ChaChaPoly"
    }

    fn set(&mut self, key: &[u8; 32]) {
        *self.0 = *key;
    }

    fn encrypt(&self, nonce: u64, authtext: &[u8], plaintext: &[u8], out: &mut [u8]) -> usize {
        let (sealed, rest) = out.split_at_mut(plaintext.len());
        sealed.copy_from_slice(plaintext);
        match self.cipher().encrypt_inout_detached(&Self::nonce(nonce).into(), authtext, sealed.into()) {
            Ok(tag) => rest[..TAG].copy_from_slice(&tag),
            // Only of more than 256 GB, and snow takes no more than 64 KB. What was handed over must not go out open.
            Err(_) => out.fill(0),
        }
        plaintext.len() + TAG
    }

    fn decrypt(&self, nonce: u64, authtext: &[u8], ciphertext: &[u8], out: &mut [u8]) -> Result<usize, Error> {
        let (sealed, tag) = ciphertext.split_last_chunk::<TAG>().ok_or(Error::Decrypt)?;
        let open = out.get_mut(..sealed.len()).ok_or(Error::Decrypt)?;
        open.copy_from_slice(sealed);
        let opened =
            self.cipher().decrypt_inout_detached(&Self::nonce(nonce).into(), authtext, open.into(), &(*tag).into());
        opened.map(|()| sealed.len()).map_err(|_| Error::Decrypt)
    }
}

/// Snow must never draw a key of its own.
struct NoRandom;

impl Random for NoRandom {
    fn try_fill_bytes(&mut self, _out: &mut [u8]) -> Result<(), Error> {
        Err(Error::Rng)
    }
}
