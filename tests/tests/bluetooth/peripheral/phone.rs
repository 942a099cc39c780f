//! A phone's key and what it says, over a link.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

use phonein_protocol::{
    es256::SigningKey,
    fragment::fragments,
    id::{Door, Kid},
    message::{Answer, Body, Detail, Outcome, Request},
    session::{
        Hello, PairingSecret,
        phone::{self, Awaiting, Peer, begin},
    },
};

use super::{
    central::{Central, Heard, Link},
    device::Device,
};

/// What every fragment of a request is cut for.
pub(super) const MTU: usize = 185;
/// A machine that emulates another may be slower than an intercom waits for a first request.
const TRIES: usize = 5;

/// A paired phone on a link.
pub(super) struct Resident {
    phone: Phone,
    pub(super) link: Link,
    pub(super) heard: Heard,
    hello: Challenge,
}

/// A HELLO, and when it came.
struct Challenge {
    hello: Hello,
    since: Instant,
}

impl Challenge {
    fn now(hello: &[u8]) -> Self {
        Self { hello: Hello::parse(hello).unwrap(), since: Instant::now() }
    }

    /// In hundredths of a second.
    fn age(&self) -> u16 {
        u16::try_from(self.since.elapsed().as_millis() / 10).unwrap()
    }
}

struct Phone {
    key: SigningKey,
    intercom: [u8; 32],
    number: u64,
}

impl Resident {
    /// Connects and pairs, as often as it takes.
    pub(super) async fn enter(central: &Central, device: &Device) -> Self {
        let mut phone = Phone { key: SigningKey::from_bytes(&random()).unwrap(), intercom: [0; 32], number: 0 };
        for _ in 0..TRIES {
            let link = central.connect(device.address()).await;
            let Some(mut heard) = link.subscribe().await else { continue };
            if let Some(hello) = phone.pair(device.uuid(), &link, &mut heard).await {
                return Self { phone, link, heard, hello };
            }
        }
        panic!("no pairing");
    }

    /// The fragments of a tap, and what to do for its answer.
    pub(super) fn tap(&mut self, mtu: usize) -> (Vec<Vec<u8>>, Tapped) {
        self.phone.tap(&self.hello, mtu)
    }

    /// What becomes of a tap. Where it was too long on its way, or another phone's was, it is sealed anew.
    pub(super) async fn outcome(&mut self, mut tapped: Tapped) -> Outcome {
        for _ in 0..TRIES {
            let answer = match answer(&tapped.request, tapped.awaiting, &mut self.heard).await {
                Ok(answer) => answer,
                Err(hello) => {
                    self.hello = hello.expect("no answer");
                    let (req, awaiting) = self.phone.seal(&tapped.request, None, &self.hello);
                    self.link.write_all(&fragments(&req, MTU).unwrap().collect::<Vec<_>>()).await.unwrap();
                    tapped.awaiting = awaiting;
                    continue;
                }
            };
            self.hello = Challenge::now(&answer.hello.unwrap());
            return answer.outcome;
        }
        panic!("always stale");
    }

    /// Opens the entrance.
    pub(super) async fn opens(&mut self) {
        let (pieces, tapped) = self.tap(MTU);
        self.link.write_all(&pieces).await.unwrap();
        let outcome = self.outcome(tapped).await;
        assert!(matches!(outcome, Outcome::Opened { .. }), "{outcome:?}");
    }
}

impl Phone {
    /// Pairs; gives the next HELLO.
    async fn pair(&mut self, uuid: [u8; 16], link: &Link, heard: &mut Heard) -> Option<Challenge> {
        let hello = Challenge::now(&heard.message().await?);
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs().try_into().unwrap();
        let body = Body::Pair { key: self.key.public(), name: "Rosa".into(), zone: None, now };
        let request = Request { number: 0, kid: None, body };
        let (req, awaiting) = self.seal(&request, Some(&PairingSecret::of(&uuid)), &hello);
        link.write_all(&fragments(&req, MTU).unwrap().collect::<Vec<_>>()).await?;
        let answer = answer(&request, awaiting, heard).await.ok()?;
        let Detail::Paired { intercom, .. } = &answer.detail else { panic!("{answer:?}") };
        self.intercom = *intercom;
        answer.hello.map(|hello| Challenge::now(&hello))
    }

    /// The fragments of a tap, and what to do for its answer.
    fn tap(&mut self, hello: &Challenge, mtu: usize) -> (Vec<Vec<u8>>, Tapped) {
        self.number += 1;
        let request = Request { number: self.number, kid: Some(Kid::of(&self.key.public())), body: tap() };
        let (req, awaiting) = self.seal(&request, None, hello);
        (fragments(&req, mtu).unwrap().collect(), Tapped { request, awaiting })
    }

    fn seal(&self, request: &Request, pairing: Option<&PairingSecret>, hello: &Challenge) -> (Vec<u8>, Awaiting) {
        let peer = pairing.map_or(Peer::Intercom(&self.intercom), Peer::Unpaired);
        let (body, signer) = (request.to_bytes(), self.key.public());
        let said = phone::Request { signer: &signer, age: hello.age(), body: &body };
        let pending = begin(&hello.hello, peer, random().into(), said).unwrap();
        let signature = self.key.sign(pending.text_to_sign());
        pending.seal(&signature).unwrap()
    }
}

/// A tap on its way.
pub(super) struct Tapped {
    request: Request,
    awaiting: Awaiting,
}

/// What comes for this request; what comes for others is passed over. After an error that it is stale, the HELLO that follows;
/// nothing if nothing more comes.
async fn answer(request: &Request, mut awaiting: Awaiting, heard: &mut Heard) -> Result<Answer, Option<Challenge>> {
    loop {
        let message = heard.message().await.ok_or(None)?;
        if let Some(result) = awaiting.try_open(&message) {
            return Ok(Answer::parse(request.op(), &result).unwrap());
        }
        if message == [2] {
            return Err(heard.message().await.map(|hello| Challenge::now(&hello)));
        }
    }
}

fn tap() -> Body {
    Body::Open { key: None, door: Door::Entrance.number(), held: 0 }
}

fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).unwrap();
    bytes
}
