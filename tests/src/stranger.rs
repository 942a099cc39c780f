//! A phone by hand, without the core: it composes each request itself, and so may do what no app does.

use anyhow::{Context, Result, bail};
use phonein_protocol::Time;
use phonein_protocol::es256::SigningKey;
use phonein_protocol::grant::{About, Grant, SignedGrant, Terms};
use phonein_protocol::id::{Doors, KeyId, Kid, LinkSecret};
use phonein_protocol::message::{Answer, Body, Detail, Op, Request};
use phonein_protocol::rule::Rule;
use phonein_protocol::session::phone::{Awaiting, Peer, Request as Said, begin};
use phonein_protocol::session::{Hello, PairingSecret};
use std::time::{SystemTime, UNIX_EPOCH};

/// The time of this computer.
pub fn now() -> Result<Time> {
    Ok(SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs().try_into()?)
}

/// Its key, and whom it knows.
#[derive(Clone)]
pub struct Stranger {
    key: SigningKey,
    /// The intercom's public key, zeros until it was paired.
    pub intercom: [u8; 32],
}

/// What stands in a link.
#[derive(Clone)]
pub struct Link {
    /// The key's id.
    pub key: KeyId,
    grant: Vec<u8>,
    secret: LinkSecret,
}

impl Stranger {
    /// One that knows an intercom's public key, and that no intercom knows.
    pub fn knowing(intercom: [u8; 32]) -> Result<Self> {
        Self::with_key(random()?, intercom)
    }

    /// The one with this private key.
    pub fn with_key(key: [u8; 32], intercom: [u8; 32]) -> Result<Self> {
        Ok(Self { key: SigningKey::from_bytes(&key).context("no key")?, intercom })
    }

    /// By what the intercom calls it.
    pub fn kid(&self) -> Kid {
        Kid::of(&self.key.public())
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
        self.status_as(self.kid(), hello)
    }

    /// A REQ for a Status in the name of another phone.
    pub fn status_as(&self, kid: Kid, hello: &Hello) -> Result<(Vec<u8>, Awaiting)> {
        let request = Request { number: 0, kid: Some(kid), body: Body::Status };
        self.seal(hello, Peer::Intercom(&self.intercom), &request)
    }

    /// Makes an unlimited key to both doors; what its link holds, and a REQ that puts it at the intercom.
    pub fn put_key(&self, hello: &Hello, now: Time) -> Result<(Link, Vec<u8>, Awaiting)> {
        let (key, secret) = (KeyId::from_bytes(random()?), LinkSecret(random()?));
        let (rule, doors, commitment) = (Rule::Always, Doors::BOTH, secret.commitment());
        let terms = Terms { claim_by: now + 86_400, rule, uses: None, doors, commitment };
        let grant = Grant { key, version: 1, base: 0, issued: now, terms: Some(terms), about: About::default() };
        let signature = self.key.sign(&SignedGrant::text(&grant, self.kid(), &self.intercom));
        let grant = SignedGrant::new(grant, self.kid(), signature).bytes().to_vec();
        let body = Body::Put { grants: vec![grant.clone()], now, zone: None };
        let request = Request { number: 0, kid: Some(self.kid()), body };
        let (req, awaiting) = self.seal(hello, Peer::Intercom(&self.intercom), &request)?;
        Ok((Link { key, grant, secret }, req, awaiting))
    }

    /// A REQ that claims a key.
    pub fn claim(&self, hello: &Hello, number: u64, link: &Link) -> Result<(Vec<u8>, Awaiting)> {
        let (grant, secret, key) = (link.grant.clone(), link.secret.clone(), self.key.public());
        let body = Body::Claim { grant, secret, key, name: "Guest".into(), door: None };
        self.seal(hello, Peer::Intercom(&self.intercom), &Request { number, kid: None, body })
    }

    /// Reads the answer to [`Stranger::status`]: the next HELLO in it.
    pub fn hello_in(&self, awaiting: Awaiting, res: &[u8]) -> Result<Hello> {
        let answer = Answer::parse(Op::Status, &awaiting.open(res)?).ok().context("no answer to a Status")?;
        Ok(Hello::parse(&answer.hello.context("no HELLO in it")?)?)
    }

    /// A REQ for the entrance, by the right of a manager.
    pub fn open(&self, hello: &Hello, number: u64) -> Result<(Vec<u8>, Awaiting)> {
        self.open_with(None, hello, number)
    }

    /// A REQ for the entrance, with a key it holds or by its own right.
    pub fn open_with(&self, key: Option<KeyId>, hello: &Hello, number: u64) -> Result<(Vec<u8>, Awaiting)> {
        let request = Request { number, kid: Some(self.kid()), body: Body::Open { key, door: 0, held: 0 } };
        self.seal(hello, Peer::Intercom(&self.intercom), &request)
    }

    fn seal(&self, hello: &Hello, peer: Peer<'_>, request: &Request) -> Result<(Vec<u8>, Awaiting)> {
        let (signer, body) = (self.key.public(), request.to_bytes());
        let pending = begin(hello, peer, random::<32>()?.into(), Said { signer: &signer, age: 0, body: &body })?;
        let signature = self.key.sign(pending.text_to_sign());
        Ok(pending.seal(&signature)?)
    }
}

fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}
