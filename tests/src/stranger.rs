//! A phone by hand, without the core: it composes each request itself, and so may do what no app does.

use anyhow::{Context, Result, bail};
use phonein_protocol::Time;
use phonein_protocol::es256::SigningKey;
use phonein_protocol::id::Kid;
use phonein_protocol::message::{Answer, Body, Detail, Op, Request};
use phonein_protocol::session::phone::{Awaiting, Peer, Request as Said, begin};
use phonein_protocol::session::{Hello, PairingSecret};
use std::time::{SystemTime, UNIX_EPOCH};

/// The time of this computer.
pub fn now() -> Result<Time> {
    Ok(SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs().try_into()?)
}

/// Its key, and whom it knows.
pub struct Stranger {
    key: SigningKey,
    intercom: [u8; 32],
}

impl Stranger {
    /// One that knows an intercom's public key, and that no intercom knows.
    pub fn knowing(intercom: [u8; 32]) -> Result<Self> {
        let mut secret = [0; 32];
        getrandom::fill(&mut secret)?;
        Ok(Self { key: SigningKey::from_bytes(&secret).context("no key")?, intercom })
    }

    /// A REQ that asks to be made a manager by whoever has the UUID in hand.
    pub fn pairing(&self, hello: &Hello, uuid: &[u8; 16], now: Time) -> Result<(Vec<u8>, Awaiting)> {
        let body = Body::Pair { key: self.key.public(), name: "Stranger".into(), zone: None, now };
        let request = Request { number: 0, kid: None, body };
        self.seal(hello, Peer::Unpaired(&PairingSecret::of(uuid)), &request)
    }

    /// Reads the answer to [`Stranger::pairing`], and knows the intercom from then on.
    pub fn paired(&mut self, awaiting: Awaiting, res: &[u8]) -> Result<()> {
        let answer = Answer::parse(Op::Pair, &awaiting.open(res)?);
        match answer.ok().map(|answer| answer.detail) {
            Some(Detail::Paired { intercom, .. }) => self.intercom = intercom,
            other => bail!("not paired: {other:?}"),
        }
        Ok(())
    }

    /// A REQ for a Status.
    pub fn status(&self, hello: &Hello) -> Result<(Vec<u8>, Awaiting)> {
        let request = Request { number: 0, kid: Some(Kid::of(&self.key.public())), body: Body::Status };
        self.seal(hello, Peer::Intercom(&self.intercom), &request)
    }

    /// Reads the answer to [`Stranger::status`]: the next HELLO in it.
    pub fn hello_in(&self, awaiting: Awaiting, res: &[u8]) -> Result<Hello> {
        let answer = Answer::parse(Op::Status, &awaiting.open(res)?).ok().context("no answer to a Status")?;
        Ok(Hello::parse(&answer.hello.context("no HELLO in it")?)?)
    }

    /// A REQ for the entrance, by the right of a manager.
    pub fn open(&self, hello: &Hello, number: u64) -> Result<(Vec<u8>, Awaiting)> {
        let kid = Some(Kid::of(&self.key.public()));
        let request = Request { number, kid, body: Body::Open { key: None, door: 0, held: 0 } };
        self.seal(hello, Peer::Intercom(&self.intercom), &request)
    }

    fn seal(&self, hello: &Hello, peer: Peer<'_>, request: &Request) -> Result<(Vec<u8>, Awaiting)> {
        let (signer, body) = (self.key.public(), request.to_bytes());
        let mut ephemeral = [0; 32];
        getrandom::fill(&mut ephemeral)?;
        let pending = begin(hello, peer, ephemeral.into(), Said { signer: &signer, age: 0, body: &body })?;
        let signature = self.key.sign(pending.text_to_sign());
        Ok(pending.seal(&signature)?)
    }
}
