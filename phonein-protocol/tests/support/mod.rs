//! An intercom in memory and phones that speak to it in frames, with every input fixed.
#![allow(dead_code, missing_docs, unreachable_pub, clippy::unwrap_used, reason = "each test program uses a part of it")]

use phonein_protocol::{
    Time,
    es256::SigningKey,
    grant::{About, Grant, SignedGrant, Terms},
    id::{Commitment, Door, Doors, KeyId, Kid, LinkSecret},
    intercom::{Arrival, Config, Intercom, MemoryStore, Moment, Reply, Source},
    log::Via,
    message::{Answer, Body, Detail, Op, Outcome, PutVerdict, Request},
    rule::Rule,
    session::{
        Hello, KeyPair, PairingSecret, TransportError,
        intercom::IntercomKeys,
        phone::{self, Awaiting, Peer},
    },
    zone::ZoneTable,
};
use sha2::Digest;
use zeroize::Zeroizing;

pub const UUID: [u8; 16] = [0x7d; 16];
/// 2027-01-15, 08:00 UTC, a Friday.
pub const NOW: Time = 1_800_000_000;
pub const NEVER: Time = NOW + 100 * 86_400;

/// An intercom, its power, and a clock that only this moves.
pub struct World {
    pub intercom: Intercom<MemoryStore>,
    pub config: Config,
    pub mono_ms: u64,
    boot: u64,
    counter: u64,
    pub relay_works: bool,
    /// Doors that opened, in order.
    pub opened: Vec<Door>,
}

/// A phone: its key, what it counts.
#[derive(Clone)]
pub struct Phone {
    pub key: SigningKey,
    pub number: u64,
    pub name: String,
}

/// A frame and what reads its answer.
pub struct Sealed {
    pub req: Vec<u8>,
    pub awaiting: Awaiting,
    pub op: Op,
}

impl Phone {
    pub fn new(seed: u8) -> Self {
        Self { key: SigningKey::from_bytes(&[seed; 32]).unwrap(), number: 1_000, name: format!("Phone {seed}") }
    }

    pub fn kid(&self) -> Kid {
        Kid::of(&self.key.public())
    }

    pub fn next(&mut self) -> u64 {
        self.number += 1;
        self.number
    }

    pub fn request(&self, number: u64, body: Body) -> Request {
        let kid = (!matches!(body, Body::Claim { .. } | Body::Pair { .. })).then(|| self.kid());
        Request { number, kid, body }
    }

    pub fn open(&mut self, key: Option<KeyId>, door: Door) -> Request {
        let number = self.next();
        self.request(number, Body::Open { key, door: door.number(), held: 0 })
    }

    pub fn claim(&mut self, grant: &SignedGrant, secret: &LinkSecret, door: Option<Door>) -> Request {
        let number = self.next();
        let (grant, secret, name) = (grant.bytes().to_vec(), secret.clone(), self.name.clone());
        let door = door.map(Door::number);
        self.request(number, Body::Claim { grant, secret, key: self.key.public(), name, door })
    }

    pub fn put(&self, grants: &[&SignedGrant]) -> Request {
        let grants = grants.iter().map(|grant| grant.bytes().to_vec()).collect();
        self.request(0, Body::Put { grants, now: NOW, zone: None })
    }

    pub fn sign(&self, grant: Grant, intercom: &[u8; 32]) -> SignedGrant {
        let signature = self.key.sign(&SignedGrant::text(&grant, self.kid(), intercom));
        SignedGrant::new(grant, self.kid(), signature)
    }
}

pub fn secret(seed: u8) -> LinkSecret {
    LinkSecret([seed; 16])
}

/// An unlimited key to both doors, first version.
pub fn grant(id: u8) -> Grant {
    Grant {
        key: KeyId::from_bytes([id; 8]),
        version: 1,
        base: 0,
        issued: NOW,
        terms: Some(Terms {
            claim_by: NOW + 30 * 86_400,
            rule: Rule::Always,
            uses: None,
            doors: Doors::BOTH,
            commitment: secret(id).commitment(),
        }),
        about: About { name: Some("Peter".into()), category: Some(0), welcome: None },
    }
}

pub fn with_terms(grant: Grant, change: impl FnOnce(&mut Terms)) -> Grant {
    let mut grant = grant;
    change(grant.terms.as_mut().unwrap());
    grant
}

/// The next version, by somebody who knew this one.
pub fn next(grant: &Grant) -> Grant {
    Grant { version: grant.version + 1, base: grant.version, ..grant.clone() }
}

pub fn deletion(grant: &Grant) -> Grant {
    Grant { terms: None, about: About::default(), ..next(grant) }
}

pub fn commitment(seed: u8) -> Commitment {
    secret(seed).commitment()
}

pub fn budapest() -> ZoneTable {
    ZoneTable::new("Europe/Budapest".into(), "2026f".into(), 3_600, vec![(1_806_195_600, 7_200)], 2_115_569_520)
        .unwrap()
}

impl Default for World {
    fn default() -> Self {
        Self::new(1)
    }
}

impl World {
    /// A new intercom; `seed` makes its static key.
    pub fn new(seed: u8) -> Self {
        let keys = Self::keys(seed);
        let config = Config {
            intercom: *keys.session.public(),
            doors: Doors::BOTH,
            seconds: 5,
            urls: vec!["http://10.0.0.2:8042".into()],
        };
        let moment = Moment { mono_ms: 0, system: None };
        let intercom = Intercom::start(config.clone(), keys, MemoryStore::default(), 1, &moment).unwrap();
        Self { intercom, config, mono_ms: 0, boot: 1, counter: seed.into(), relay_works: true, opened: Vec::new() }
    }

    fn keys(seed: u8) -> IntercomKeys {
        IntercomKeys { session: KeyPair::from_private(Zeroizing::new([seed; 32])), pairing: PairingSecret::of(&UUID) }
    }

    /// With a manager who has paired.
    pub fn paired() -> (Self, Phone) {
        let mut world = Self::default();
        let manager = Phone::new(101);
        let answer = world.pair(&manager);
        assert_eq!(answer.outcome, Outcome::Done);
        (world, manager)
    }

    /// With a manager, and a key that a guest holds.
    pub fn with_guest(grant: Grant) -> (Self, Phone, Phone, SignedGrant) {
        let (mut world, manager) = Self::paired();
        let mut guest = Phone::new(102);
        let secret = LinkSecret([grant.key.as_bytes()[0]; 16]);
        let signed = manager.sign(grant, &world.config.intercom);
        let claim = guest.claim(&signed, &secret, None);
        let answer = world.ask(&guest, &claim);
        assert_eq!((answer.outcome, answer.holds), (Outcome::Done, Some(true)));
        (world, manager, guest, signed)
    }

    pub fn moment(&self) -> Moment {
        Moment { mono_ms: self.mono_ms, system: None }
    }

    pub fn arrival(&mut self, source: Source) -> Arrival {
        Arrival { via: Via::Http, source, moment: self.moment(), random: self.random() }
    }

    pub fn random(&mut self) -> [u8; 32] {
        self.counter += 1;
        let mut random = [0; 32];
        random[..8].copy_from_slice(&self.counter.to_be_bytes());
        sha2::Sha256::digest(random).into()
    }

    pub fn pass(&mut self, ms: u64) {
        self.mono_ms += ms;
    }

    /// The power fails and comes back; the clock of the processor begins anew.
    pub fn power_cut(&mut self) {
        let store = self.intercom.judgement().store().clone();
        self.restart_from(store);
    }

    pub fn restart_from(&mut self, store: MemoryStore) {
        self.boot += 1;
        let keys = Self::keys(1);
        self.intercom = Intercom::start(self.config.clone(), keys, store, self.boot, &self.moment()).unwrap();
    }

    pub fn hello(&mut self) -> Hello {
        let random = self.random();
        let moment = self.moment();
        Hello::parse(&self.intercom.hello(&moment, &random)).unwrap()
    }

    /// Seals a request for this intercom, or pairs with it.
    pub fn seal(&mut self, phone: &Phone, request: &Request) -> Sealed {
        let hello = self.hello();
        self.seal_with(&hello, phone, request, 0)
    }

    pub fn seal_with(&mut self, hello: &Hello, phone: &Phone, request: &Request, age: u16) -> Sealed {
        self.seal_body(hello, phone, request.op(), &request.to_bytes(), age)
    }

    pub fn seal_body(&mut self, hello: &Hello, phone: &Phone, op: Op, body: &[u8], age: u16) -> Sealed {
        let ephemeral = Zeroizing::new(self.random());
        let pairing = PairingSecret::of(&UUID);
        let peer = if op == Op::Pair { Peer::Unpaired(&pairing) } else { Peer::Intercom(&self.config.intercom) };
        let signer = phone.key.public();
        let pending = phone::begin(hello, peer, ephemeral, phone::Request { signer: &signer, age, body }).unwrap();
        let signature = phone.key.sign(pending.text_to_sign());
        let (req, awaiting) = pending.seal(&signature).unwrap();
        Sealed { req, awaiting, op }
    }

    /// Delivers a frame, moves the relay where that is asked, and gives the bytes that go back.
    pub fn deliver(&mut self, req: &[u8], source: Source) -> Result<Vec<u8>, TransportError> {
        let arrival = self.arrival(source);
        let mut reply = self.intercom.request(req, &arrival).unwrap();
        if let Reply::Open { door, .. } = reply {
            if self.relay_works {
                self.opened.push(door);
            }
            reply = self.intercom.acted(self.relay_works, &arrival).unwrap();
            self.intercom.finish().unwrap();
        }
        match reply {
            Reply::Send(res) => Ok(res),
            Reply::Refuse(error) => Err(error),
            Reply::Open { .. } => panic!("a relay that moved is asked to move"),
        }
    }

    /// One request, there and back.
    pub fn ask(&mut self, phone: &Phone, request: &Request) -> Answer {
        let Sealed { req, awaiting, op } = self.seal(phone, request);
        let res = self.deliver(&req, 1).unwrap();
        Answer::parse(op, &awaiting.open(&res).unwrap()).unwrap()
    }

    /// A new tap.
    pub fn open(&mut self, phone: &mut Phone, key: Option<KeyId>, door: Door) -> Answer {
        let request = phone.open(key, door);
        self.ask(phone, &request)
    }

    /// A new claim.
    pub fn claim(&mut self, phone: &mut Phone, grant: &SignedGrant, secret: &LinkSecret, door: Option<Door>) -> Answer {
        let request = phone.claim(grant, secret, door);
        self.ask(phone, &request)
    }

    /// The same where no answer is to be had.
    pub fn try_ask(&mut self, phone: &Phone, request: &Request) -> Result<Answer, TransportError> {
        let Sealed { req, awaiting, op } = self.seal(phone, request);
        let res = self.deliver(&req, 1)?;
        Ok(Answer::parse(op, &awaiting.open(&res).unwrap()).unwrap())
    }

    pub fn pair(&mut self, phone: &Phone) -> Answer {
        let name = phone.name.clone();
        let body = Body::Pair { key: phone.key.public(), name, zone: Some(budapest()), now: NOW };
        self.ask(phone, &phone.request(0, body))
    }

    pub fn put(&mut self, manager: &Phone, grants: &[&SignedGrant]) -> Vec<PutVerdict> {
        match self.ask(manager, &manager.put(grants)).detail {
            Detail::Put(verdicts) => verdicts,
            other => panic!("{other:?}"),
        }
    }

    /// All of the log as it is kept.
    pub fn log(&mut self, manager: &Phone) -> Vec<Vec<u8>> {
        let mut all = Vec::new();
        loop {
            match self.ask(manager, &manager.request(0, Body::Log { after: all.len() as u64 })).detail {
                Detail::Log { entries, more } => {
                    all.extend(entries);
                    if !more {
                        return all;
                    }
                }
                other => panic!("{other:?}"),
            }
        }
    }
}
