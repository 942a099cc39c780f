//! A story in frames, told by the judgement itself: a pairing, and every op after it.

use super::{
    fields::{self, guest, intercom, manager, stranger},
    grants::signed,
    support::{NOW, Phone, UUID, budapest, deletion, grant, next, secret, with_terms},
};
use hkdf::Hkdf;
use phonein_protocol::{
    id::{Door, Doors, KeyId},
    intercom::{Arrival, Config, Intercom, MemoryStore, Moment, Reply},
    log::Via,
    message::{Answer, Body, ManagersAsk, Op, Request, SettingsWrite},
    rule::Rule,
    session::{
        Hello, KeyPair, PairingSecret,
        intercom::IntercomKeys,
        phone::{Peer, Request as Outgoing, begin},
    },
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

const BOOT: u64 = 3;

struct Story {
    intercom: Intercom<MemoryStore>,
    mono_ms: u64,
    randoms: u64,
    /// What the epoch was made from: the random bytes of its first HELLO.
    epoch: [u8; 32],
    frames: Vec<Value>,
}

impl Story {
    fn begin() -> Self {
        let config = Config {
            intercom: *intercom().public(),
            doors: Doors::BOTH,
            seconds: 5,
            urls: vec!["http://192.168.1.20:8042".into()],
        };
        let keys = IntercomKeys { session: intercom(), pairing: PairingSecret::of(&UUID) };
        let moment = Moment { mono_ms: 0, system: None };
        let intercom = Intercom::start(config, keys, MemoryStore::default(), BOOT, &moment).unwrap();
        Self { intercom, mono_ms: 1_000, randoms: 0, epoch: random(1), frames: Vec::new() }
    }

    fn random(&mut self) -> [u8; 32] {
        self.randoms += 1;
        random(self.randoms)
    }

    /// The private key of a HELLO, as section 3.2 has it.
    fn e_door(&self, token: u64) -> [u8; 32] {
        let seed = [self.epoch.as_slice(), &BOOT.to_be_bytes()].concat();
        let (mut epoch, mut private) = ([0; 32], [0; 32]);
        Hkdf::<Sha256>::new(None, &seed).expand(b"phonein epoch key v1", &mut epoch).unwrap();
        let info = [b"phonein e_door v1".as_slice(), &token.to_be_bytes()].concat();
        Hkdf::<Sha256>::from_prk(&epoch).unwrap().expand(&info, &mut private).unwrap();
        private
    }

    fn exchange(&mut self, name: &str, signer: (&str, &Phone), request: &Request, age: u16) {
        let random = self.random();
        let moment = Moment { mono_ms: self.mono_ms, system: None };
        let hello = Hello::parse(&self.intercom.hello(&moment, &random)).unwrap();
        let e_door = self.e_door(hello.token);
        assert_eq!(KeyPair::from_private(Zeroizing::new(e_door)).public(), &hello.e_door, "{name}");

        let e_phone = self.random();
        let (pairing, static_key) = (PairingSecret::of(&UUID), intercom());
        let pairs = request.op() == Op::Pair;
        let peer = if pairs { Peer::Unpaired(&pairing) } else { Peer::Intercom(static_key.public()) };
        let (public, body) = (signer.1.key.public(), request.to_bytes());
        let pending =
            begin(&hello, peer, Zeroizing::new(e_phone), Outgoing { signer: &public, age, body: &body }).unwrap();
        let text = pending.text_to_sign().to_vec();
        let signature = signer.1.key.sign(&text);
        let (req, awaiting) = pending.seal(&signature).unwrap();

        self.mono_ms += u64::from(age) * 10 + 40;
        let moment = Moment { mono_ms: self.mono_ms, system: None };
        let arrival = Arrival { via: Via::Http, source: 1, moment, random: self.random() };
        let res = match self.intercom.request(&req, &arrival).unwrap() {
            Reply::Open { .. } => self.intercom.acted(true, &arrival).unwrap(),
            reply => reply,
        };
        self.intercom.finish().unwrap();
        let Reply::Send(res) = res else { panic!("{name}: {res:?}") };
        let result = awaiting.open(&res).unwrap();
        let answer = Answer::parse(request.op(), &result).unwrap();
        assert_eq!(answer.to_bytes(), result, "{name}");
        self.frames.push(json!({
            "name": name,
            "kind": if pairs { 2 } else { 1 },
            "signer": signer.0,
            "token": hello.token,
            "e_door_private": hex::encode(e_door),
            "hello": hex::encode(hello.encode()),
            "e_phone_private": hex::encode(e_phone),
            "age": age,
            "request": fields::request(request),
            "body": hex::encode(&body),
            "signed_text": hex::encode(&text),
            "signature": hex::encode(signature),
            "req": hex::encode(&req),
            "answer": fields::answer(&answer),
            "result": hex::encode(&result),
            "res": hex::encode(&res),
        }));
    }
}

fn random(number: u64) -> [u8; 32] {
    Sha256::digest(number.to_be_bytes()).into()
}

/// An Open by a phone that holds the first version.
fn press(phone: &mut Phone, key: KeyId, door: Door) -> Request {
    let number = phone.next();
    phone.request(number, Body::Open { key: Some(key), door: door.number(), held: 1 })
}

pub(crate) fn all() -> Value {
    let (anna, mut peter, mallory) = (manager(), guest(), stranger());
    let mut story = Story::begin();
    let as_anna = |story: &mut Story, name: &str, body| {
        story.exchange(name, ("manager", &anna), &anna.request(0, body), 2);
    };
    let first = signed(grant(1));
    let later = signed(with_terms(grant(2), |terms| {
        terms.rule = Rule::between(NOW + 3_600, NOW + 7_200).unwrap();
        terms.uses = Some(1);
    }));
    let gone = signed(deletion(&grant(3)));
    let edited = signed(next(first.grant()));
    let public = anna.key.public();
    let put = |grants: &[&[u8]], now, zone| Body::Put {
        grants: grants.iter().map(|grant| grant.to_vec()).collect(),
        now,
        zone,
    };
    let write = |revision, write| Body::WriteSettings { revision, write: Ok(write) };

    let pair = Body::Pair { key: public, name: anna.name.clone(), zone: Some(budapest()), now: NOW };
    as_anna(&mut story, "pair", pair);
    as_anna(&mut story, "put three grants", put(&[first.bytes(), later.bytes(), gone.bytes()], NOW, None));
    as_anna(&mut story, "settings read", Body::ReadSettings);
    let switched_off = SettingsWrite { inner_door: Some(false), ..SettingsWrite::default() };
    as_anna(&mut story, "settings write", write(1, switched_off));
    as_anna(
        &mut story,
        "settings write of an old revision",
        write(1, SettingsWrite { clock: Some(NOW), ..SettingsWrite::default() }),
    );

    let claim = peter.claim(&first, &secret(1), None);
    story.exchange("claim", ("guest", &peter), &claim, 12);
    let open = press(&mut peter, first.grant().key, Door::Entrance);
    story.exchange("open", ("guest", &peter), &open, 150);
    story.exchange("open, the same tap again", ("guest", &peter), &open, 0);
    story.exchange("status", ("guest", &peter), &peter.request(0, Body::Status), 0);
    let inner = press(&mut peter, first.grant().key, Door::Inner);
    story.exchange("open a door that is switched off", ("guest", &peter), &inner, 0);
    let unknown = press(&mut peter, KeyId::from_bytes([9; 8]), Door::Entrance);
    story.exchange("open with an unknown key", ("guest", &peter), &unknown, 0);
    story.exchange("open with an old number", ("guest", &peter), &inner, 0);
    let early = peter.claim(&later, &secret(2), Some(Door::Entrance));
    story.exchange("claim of a key that opens later", ("guest", &peter), &early, 0);
    story.exchange("keys asked by a guest", ("guest", &peter), &peter.request(0, Body::Keys { after: 0 }), 0);
    story.exchange("status of a stranger", ("stranger", &mallory), &mallory.request(0, Body::Status), 0);
    let forwarded = mallory.clone().claim(&first, &secret(1), Some(Door::Entrance));
    story.exchange("claim of a forwarded link", ("stranger", &mallory), &forwarded, 0);

    as_anna(
        &mut story,
        "put an edit, what stands, a deletion again and no grant",
        put(&[edited.bytes(), edited.bytes(), gone.bytes(), &[]], NOW + 900, None),
    );
    let edited_at_the_door = press(&mut peter, first.grant().key, Door::Entrance);
    story.exchange("open, the answer brings an edit", ("guest", &peter), &edited_at_the_door, 0);
    as_anna(&mut story, "put an older version", put(&[first.bytes()], NOW, None));
    let (add, remove) =
        (ManagersAsk::Add { key: first.grant().key, holder: peter.kid() }, ManagersAsk::Remove(peter.kid()));
    as_anna(&mut story, "managers add", Body::Managers(add));
    as_anna(&mut story, "managers list", Body::Managers(ManagersAsk::Page { after: None }));
    as_anna(&mut story, "managers remove", Body::Managers(remove));
    as_anna(&mut story, "managers remove the last", Body::Managers(ManagersAsk::Remove(anna.kid())));
    as_anna(&mut story, "keys", Body::Keys { after: 0 });
    as_anna(&mut story, "log", Body::Log { after: 0 });
    story.exchange("open by a manager", ("manager", &anna), &anna.clone().open(None, Door::Entrance), 0);

    json!({ "boot": BOOT, "epoch_random": hex::encode(story.epoch), "exchanges": story.frames })
}
