//! A phone: its key, what it asks, what it is answered.

use crate::{client::Client, device::Intercom};
use phonein_protocol::{
    Time,
    es256::{PublicKey, SigningKey},
    grant::{About, Grant, SignedGrant, Terms},
    id::{Doors, KeyId, Kid, LinkSecret},
    message::{Answer, Body, Detail, Outcome, PutVerdict, Request},
    rule::Rule,
    session::{
        Hello, PairingSecret,
        phone::{Awaiting, Peer, begin},
    },
};
use std::time::{SystemTime, UNIX_EPOCH};

pub(crate) struct Phone {
    key: SigningKey,
    pub(crate) client: Client,
    /// The intercom's key, once paired.
    pub(crate) intercom: [u8; 32],
    number: u64,
}

pub(crate) fn now() -> Time {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs().try_into().unwrap()
}

pub(crate) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).unwrap();
    bytes
}

impl Phone {
    pub(crate) fn new(intercom: &Intercom) -> Self {
        let key = SigningKey::from_bytes(&random()).unwrap();
        Self { key, client: Client::new(intercom.address()), intercom: [0; 32], number: 0 }
    }

    /// A phone that was paired, or has a link, and so knows the intercom's key.
    pub(crate) fn knowing(intercom: &Intercom, key: [u8; 32]) -> Self {
        Self { intercom: key, ..Self::new(intercom) }
    }

    /// Finds the intercom again after its restart.
    pub(crate) fn reconnect(&mut self, intercom: &Intercom) {
        self.client = Client::new(intercom.address());
    }

    pub(crate) fn public(&self) -> PublicKey {
        self.key.public()
    }

    pub(crate) fn kid(&self) -> Kid {
        Kid::of(&self.key.public())
    }

    pub(crate) fn hello(&mut self) -> Hello {
        let response = self.client.post("/v1/hello", &[]);
        assert_eq!(response.status, 200);
        assert_eq!(response.header("content-type"), Some("application/octet-stream"));
        Hello::parse(&response.body).unwrap()
    }

    /// Seals a request; the pairing secret stands in for the intercom's key before there is one.
    pub(crate) fn seal(&mut self, request: &Request, pairing: Option<&PairingSecret>) -> (Vec<u8>, Awaiting) {
        let hello = self.hello();
        self.seal_with(&hello, request, pairing)
    }

    /// None where there is no HELLO to be had.
    pub(crate) fn try_seal(&mut self, request: &Request) -> Option<Vec<u8>> {
        self.client.send_if_open(&crate::client::post("/v1/hello", &[]));
        let response = self.client.try_receive().filter(|response| response.status == 200)?;
        Some(self.seal_with(&Hello::parse(&response.body).unwrap(), request, None).0)
    }

    fn seal_with(&self, hello: &Hello, request: &Request, pairing: Option<&PairingSecret>) -> (Vec<u8>, Awaiting) {
        let peer = pairing.map_or(Peer::Intercom(&self.intercom), Peer::Unpaired);
        let body = request.to_bytes();
        let signer = self.key.public();
        let said = phonein_protocol::session::phone::Request { signer: &signer, age: 0, body: &body };
        let pending = begin(hello, peer, random().into(), said).unwrap();
        let signature = self.key.sign(pending.text_to_sign());
        pending.seal(&signature).unwrap()
    }

    fn exchange(&mut self, request: &Request, pairing: Option<&PairingSecret>) -> Answer {
        let (req, awaiting) = self.seal(request, pairing);
        let response = self.client.post("/v1/request", &req);
        assert_eq!(response.status, 200);
        Answer::parse(request.op(), &awaiting.open(&response.body).unwrap()).unwrap()
    }

    pub(crate) fn ask(&mut self, body: Body) -> Answer {
        let request = self.request(body);
        self.exchange(&request, None)
    }

    /// What it would ask, taps with a new number.
    pub(crate) fn request(&mut self, body: Body) -> Request {
        let tap = matches!(body, Body::Open { .. } | Body::Claim { .. });
        let bare = matches!(body, Body::Claim { .. } | Body::Pair { .. });
        self.number += u64::from(tap);
        Request { number: if tap { self.number } else { 0 }, kid: (!bare).then(|| self.kid()), body }
    }

    pub(crate) fn pair(&mut self, intercom: &Intercom) -> Answer {
        let secret = PairingSecret::of(&intercom.uuid_bytes());
        let body = Body::Pair { key: self.key.public(), name: "Rosa".into(), zone: None, now: now() };
        let request = self.request(body);
        let answer = self.exchange(&request, Some(&secret));
        if let Detail::Paired { intercom, .. } = &answer.detail {
            self.intercom = *intercom;
        }
        answer
    }

    /// Paired, which has to work.
    pub(crate) fn paired(intercom: &Intercom) -> Self {
        let mut phone = Self::new(intercom);
        assert!(matches!(phone.pair(intercom).detail, Detail::Paired { .. }));
        phone
    }

    pub(crate) fn open(&mut self, key: Option<KeyId>, door: u64) -> Answer {
        self.ask(Body::Open { key, door, held: 0 })
    }

    /// Makes a key at the intercom, and gives what its link would hold.
    pub(crate) fn make_key(&mut self, rule: Rule, uses: Option<u64>) -> Link {
        let (id, secret) = (KeyId::from_bytes(random()), LinkSecret(random()));
        let terms = Terms { claim_by: now() + 86_400, rule, uses, doors: Doors::BOTH, commitment: secret.commitment() };
        let grant = Grant { key: id, version: 1, base: 0, issued: now(), terms: Some(terms), about: About::default() };
        let signature = self.key.sign(&SignedGrant::text(&grant, self.kid(), &self.intercom));
        let grant = SignedGrant::new(grant, self.kid(), signature).bytes().to_vec();
        let answer = self.ask(Body::Put { grants: vec![grant.clone()], now: now(), zone: None });
        assert_eq!(answer.detail, Detail::Put(vec![PutVerdict::Stored]));
        Link { id, secret, grant, intercom: self.intercom }
    }

    pub(crate) fn claim(&mut self, link: &Link, door: Option<u64>) -> Answer {
        let Link { grant, secret, .. } = link;
        let (grant, secret) = (grant.clone(), secret.clone());
        self.ask(Body::Claim { grant, secret, key: self.key.public(), name: "Bo".into(), door })
    }

    /// How its last tap ended, as the intercom tells.
    pub(crate) fn last_tap(&mut self) -> (u64, Option<Outcome>) {
        match self.ask(Body::Status).detail {
            Detail::Status { number, outcome } => (number, outcome),
            other => panic!("{other:?}"),
        }
    }

    pub(crate) fn number(&self) -> u64 {
        self.number
    }
}

/// What a guest is sent.
pub(crate) struct Link {
    pub(crate) id: KeyId,
    pub(crate) secret: LinkSecret,
    pub(crate) grant: Vec<u8>,
    pub(crate) intercom: [u8; 32],
}
