//! A request, sealed for one HELLO.

use std::fmt;

use phonein_protocol::{
    es256::{PublicKey, SignatureBytes},
    message::{Answer, Op},
    session::{
        PairingSecret,
        phone::{self, Awaiting, Pending},
    },
};
use zeroize::Zeroizing;

use super::{Fault, Held};
use crate::{
    host,
    keys::{DeviceKeysError, KeyFault, PhoneKey},
};

/// Whom a phone speaks to.
#[derive(Clone, Debug)]
pub(crate) enum Peer {
    /// The intercom with this public key.
    Intercom([u8; 32]),
    /// The intercom with this secret on its back.
    Unpaired(PairingSecret),
}

/// A REQ, and what can read its answer.
pub(crate) struct Sealed {
    req: Vec<u8>,
    awaiting: Awaiting,
    signed: Signed,
    /// What its answer said, once that was told from others.
    result: Option<Zeroizing<Vec<u8>>>,
}

/// What the keystore made, for when somebody doubts it.
struct Signed {
    signer: PublicKey,
    text: Zeroizing<Vec<u8>>,
    signature: SignatureBytes,
}

impl Signed {
    /// Why it could not be read: an intercom that is shown what a broken keystore signed is no stranger.
    fn explain(&self, fault: Fault) -> Fault {
        if fault == Fault::Stranger && !self.signer.verify(&self.text, &self.signature) {
            return KeyFault::Garbage.into();
        }
        fault
    }
}

impl Sealed {
    /// Signs and seals `body`.
    pub(crate) async fn make(held: Held, peer: &Peer, key: &PhoneKey, body: &[u8]) -> Result<Self, Fault> {
        tracing::trace!("sealing");
        let pending = begin(held, peer, key, body)?;
        let text = Zeroizing::new(pending.text_to_sign().to_vec());
        let signature = key.sign(text.to_vec()).await?;
        let (req, awaiting) = pending.seal(&signature)?;
        Ok(Self { req, awaiting, signed: Signed { signer: *key.public(), text, signature }, result: None })
    }

    /// The REQ, and what knows the answer to it.
    pub(super) fn parts(&mut self) -> (&[u8], impl FnMut(&[u8]) -> bool + Send + '_) {
        let Self { req, awaiting, result, .. } = self;
        let is_answer = move |message: &[u8]| match awaiting.try_open(message) {
            Some(opened) => {
                *result = Some(Zeroizing::new(opened));
                true
            }
            None => false,
        };
        (req, is_answer)
    }

    /// Why it could not be read, going by what the transport says.
    pub(super) fn explain(&self, fault: Fault) -> Fault {
        self.signed.explain(fault)
    }

    /// Reads the answer to a request of `op`.
    pub(super) fn open(self, res: &[u8], op: Op) -> Result<Answer, Fault> {
        tracing::trace!("opening");
        let Self { awaiting, signed, result, .. } = self;
        let result = match result {
            Some(result) => result,
            None => Zeroizing::new(awaiting.open(res).map_err(|error| signed.explain(error.into()))?),
        };
        // What an intercom of another version says in words of its own is no answer that this app could pass on.
        Answer::parse(op, &result).map_err(|_| Fault::NotPhonein)
    }
}

fn begin(held: Held, peer: &Peer, key: &PhoneKey, body: &[u8]) -> Result<Pending, Fault> {
    let mut ephemeral = Zeroizing::new([0; 32]);
    host::chance(&mut *ephemeral)
        .map_err(|error| DeviceKeysError::Failed { reason: error.to_string() })
        .map_err(KeyFault::from)?;
    let peer = match peer {
        Peer::Intercom(public) => phone::Peer::Intercom(public),
        Peer::Unpaired(secret) => phone::Peer::Unpaired(secret),
    };
    let request = phone::Request { signer: key.public(), age: held.age(), body };
    Ok(phone::begin(&held.hello, peer, ephemeral, request)?)
}

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sealed(..)")
    }
}
