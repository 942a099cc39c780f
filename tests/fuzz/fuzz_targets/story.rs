//! The steps of a story, and what must hold after each.

use std::collections::{BTreeMap, HashMap};

use arbitrary::Arbitrary;
use phonein_protocol::{
    grant::{About, Grant, SignedGrant, Terms},
    id::{Door, Doors, KeyId, Kid},
    intercom::{Reply, Store, store::Key},
    log::{Event, continue_chain},
    message::{Body, Envelope, Head, ManagersAsk, Op, Request, SettingsWrite},
    rule::Rule,
};

use crate::support::{NOW, Phone, World, budapest, secret};

const PHONES: usize = 5;
const KEYS: u8 = 4;

/// What somebody does. Small numbers stand for phones, grants and frames, modulo how many there are.
#[derive(Arbitrary, Debug)]
pub(crate) enum Step {
    /// A phone pairs.
    Pair { phone: u8 },
    /// A phone signs a grant, whether it may or not.
    Sign { phone: u8, key: u8, version: u8, base: u8, terms: Option<Wanted> },
    /// A phone brings grants.
    Put { phone: u8, grants: [u8; 2], ahead: i8 },
    /// A phone claims a link, with the right secret or another.
    Claim { phone: u8, grant: u8, secret: u8, door: Option<bool>, number: Number, cut: Cut },
    /// A phone presses on a door.
    Open { phone: u8, key: Option<u8>, inner: bool, number: Number, cut: Cut },
    /// A phone reads something.
    Read { phone: u8, what: u8, after: u16 },
    /// A phone writes settings.
    Settings { phone: u8, revision: u8, inner_door: Option<bool>, zone: bool, clock: Option<i8> },
    /// A phone makes the other one, which may hold the key, a manager, or removes it.
    Managers { phone: u8, key: Option<u8>, other: u8 },
    /// Any body under a good signature.
    Say { phone: u8, op: u8, body: Vec<u8> },
    /// A frame that was sent before comes again.
    Again { frame: u8 },
    /// A frame that was sent before comes with some bytes changed.
    Damaged { frame: u8, at: u16, with: u8 },
    /// Bytes of anybody.
    Noise(Vec<u8>),
    /// Time goes by.
    Pass { ms: u32 },
    /// The minute's housekeeping.
    Tick,
    /// The button is held.
    Button,
    /// The power fails.
    PowerCut,
    /// The relay is stuck, or works again.
    Relay(bool),
}

#[derive(Arbitrary, Debug)]
pub(crate) struct Wanted {
    uses: Option<u8>,
    doors: u8,
    hours: Option<(i8, i8)>,
    secret: u8,
    claim_by: i8,
}

/// Which number a tap bears.
#[derive(Arbitrary, Clone, Copy, Debug)]
pub(crate) enum Number {
    Next,
    Last,
    Old(u8),
}

/// Where in an opening the power fails.
#[derive(Arbitrary, Clone, Copy, Debug, PartialEq)]
pub(crate) enum Cut {
    Never,
    BeforeRelay,
    AfterRelay,
    BeforeWritten,
}

/// What a key was ever allowed, and what it did.
#[derive(Default)]
struct Account {
    /// The most uses any grant named; `None` inside for any number.
    uses: Option<Option<u64>>,
    opened: [u64; 2],
}

pub(crate) struct Story {
    world: World,
    phones: Vec<Phone>,
    grants: Vec<SignedGrant>,
    frames: Vec<Vec<u8>>,
    accounts: HashMap<KeyId, Account>,
    /// Taps that moved a relay.
    taps: HashMap<(Kid, Vec<u8>), u32>,
    head: Head,
    opened_entries: usize,
    unmoved: usize,
    versions: BTreeMap<KeyId, Option<u64>>,
}

impl Story {
    pub(crate) fn begin() -> Self {
        Self {
            world: World::new(1),
            phones: (0..PHONES as u8).map(|seed| Phone::new(seed + 1)).collect(),
            grants: Vec::new(),
            frames: Vec::new(),
            accounts: HashMap::new(),
            taps: HashMap::new(),
            head: Head::EMPTY,
            opened_entries: 0,
            unmoved: 0,
            versions: BTreeMap::new(),
        }
    }

    pub(crate) fn tell(&mut self, step: Step) {
        match step {
            Step::Pair { phone } => {
                let phone = self.phone(phone);
                let body = Body::Pair { key: phone.key.public(), name: "P".into(), zone: Some(budapest()), now: NOW };
                let request = phone.request(0, body);
                self.ask(&phone, &request, Cut::Never);
            }
            Step::Sign { phone, key, version, base, terms } => self.sign(phone, key, version, base, terms),
            Step::Put { phone, grants, ahead } => {
                let phone = self.phone(phone);
                let grants = grants.iter().filter_map(|grant| self.grant(*grant)).map(|grant| grant.bytes().to_vec());
                let now = NOW + i64::from(ahead) * 600;
                let request = phone.request(0, Body::Put { grants: grants.collect(), now, zone: None });
                self.ask(&phone, &request, Cut::Never);
            }
            Step::Claim { phone, grant, secret: seed, door, number, cut } => {
                let Some(grant) = self.grant(grant) else { return };
                let number = self.number(phone, number);
                let phone = self.phone(phone);
                let door = door.map(|inner| if inner { Door::Inner } else { Door::Entrance }.number());
                let (key, name) = (phone.key.public(), phone.name.clone());
                let body = Body::Claim { grant: grant.bytes().to_vec(), secret: secret(seed % 3), key, name, door };
                let request = phone.request(number, body);
                self.ask(&phone, &request, cut);
            }
            Step::Open { phone, key, inner, number, cut } => {
                let number = self.number(phone, number);
                let phone = self.phone(phone);
                let key = key.map(|key| KeyId::from_bytes([key % KEYS; 8]));
                let door = if inner { Door::Inner } else { Door::Entrance }.number();
                let request = phone.request(number, Body::Open { key, door, held: 0 });
                self.ask(&phone, &request, cut);
            }
            Step::Read { phone, what, after } => {
                let phone = self.phone(phone);
                let after = after.into();
                let body = match what % 5 {
                    0 => Body::Log { after },
                    1 => Body::ReadSettings,
                    2 => Body::Status,
                    3 => Body::Managers(ManagersAsk::Page { after: None }),
                    _ => Body::Keys { after },
                };
                let request = phone.request(0, body);
                self.ask(&phone, &request, Cut::Never);
            }
            Step::Settings { phone, revision, inner_door, zone, clock } => {
                let phone = self.phone(phone);
                let clock = clock.map(|hours| NOW + i64::from(hours) * 3_600);
                let write = Ok(SettingsWrite { inner_door, zone: zone.then(budapest), clock });
                let request = phone.request(0, Body::WriteSettings { revision: revision.into(), write });
                self.ask(&phone, &request, Cut::Never);
            }
            Step::Managers { phone, key, other } => {
                let (phone, other) = (self.phone(phone), self.phone(other).kid());
                let ask = match key {
                    Some(key) => ManagersAsk::Add { key: KeyId::from_bytes([key % KEYS; 8]), holder: other },
                    None => ManagersAsk::Remove(other),
                };
                let request = phone.request(0, Body::Managers(ask));
                self.ask(&phone, &request, Cut::Never);
            }
            Step::Say { phone, op, body } => {
                let phone = self.phone(phone);
                let Some(op) = Op::from_number((op % 9).into()) else { return };
                self.say(&phone, op, &body, Cut::Never);
            }
            Step::Again { frame } => {
                let Some(frame) = self.frame(frame) else { return };
                self.arrives_for_nothing(&frame);
            }
            Step::Damaged { frame, at, with } => {
                let Some(mut frame) = self.frame(frame) else { return };
                let at = usize::from(at) % frame.len();
                frame[at] ^= with.max(1);
                self.arrives_for_nothing(&frame);
            }
            Step::Noise(bytes) => self.arrives_for_nothing(&bytes),
            Step::Pass { ms } => self.world.pass((ms % 10_000_000).into()),
            Step::Tick => {
                let moment = self.world.moment();
                let Ok(()) = self.world.intercom.tick(&moment);
            }
            Step::Button => {
                let moment = self.world.moment();
                self.world.intercom.press_button(&moment);
            }
            Step::PowerCut => self.world.power_cut(),
            Step::Relay(works) => self.world.relay_works = works,
        }
    }

    /// What holds whatever happened.
    pub(crate) fn check(&mut self) {
        let judgement = self.world.intercom.judgement();
        let store = judgement.store();
        let Ok(entries) = store.entries_after(self.head.number, usize::MAX);
        let (head, entries) = continue_chain(self.head, &entries).expect("the log is a chain");
        assert_eq!(head, judgement.state().head, "the log ends where its head says");
        self.head = head;
        for entry in &entries {
            match entry.event {
                Event::Opened => self.opened_entries += 1,
                Event::DoorFault | Event::Interrupted => self.unmoved += 1,
                _ => {}
            }
        }
        let opened = self.world.opened.len();
        assert!(opened <= self.opened_entries, "a door opened and the log does not know");
        assert!(self.opened_entries <= opened + self.unmoved, "the log knows of a door that did not open");
        for count in self.taps.values() {
            assert!(*count <= 1, "a tap opened twice");
        }
        for (key, account) in &self.accounts {
            if let Some(Some(uses)) = account.uses {
                assert!(account.opened.iter().all(|opened| *opened <= uses), "{key:?} opened more often than it may");
            }
        }
        let Ok(keys) = store.keys_after(0, usize::MAX);
        for (_, id, key) in keys {
            let version = match key {
                Key::Known(record) => Some(record.grant.grant().version),
                Key::Deleted => None,
            };
            match self.versions.insert(id, version) {
                Some(None) => assert_eq!(version, None, "a deleted key came back"),
                Some(Some(before)) => assert!(version.is_none_or(|version| version >= before), "a version fell"),
                None => {}
            }
        }
    }

    fn sign(&mut self, phone: u8, key: u8, version: u8, base: u8, wanted: Option<Wanted>) {
        let phone = self.phone(phone);
        let version = u64::from(version % 6) + 1;
        let terms = wanted.map(|wanted| Terms {
            claim_by: NOW + i64::from(wanted.claim_by) * 86_400,
            rule: wanted.hours.map_or(Rule::Always, |(start, length)| {
                let start = NOW + i64::from(start) * 3_600;
                Rule::between(start, start + i64::from(length).abs() * 3_600 + 1).expect("longer than nothing")
            }),
            uses: wanted.uses.map(|uses| u64::from(uses % 4) + 1),
            doors: Doors::from_mask(u64::from(wanted.doors % 3) + 1).expect("one of three masks"),
            commitment: secret(wanted.secret % 3).commitment(),
        });
        let key = KeyId::from_bytes([key % KEYS; 8]);
        if let Some(terms) = &terms {
            let account = self.accounts.entry(key).or_default();
            account.uses = Some(match (account.uses, terms.uses) {
                (None, uses) => uses,
                (Some(most), uses) => most.zip(uses).map(|(most, uses)| most.max(uses)),
            });
        }
        let grant =
            Grant { key, version, base: u64::from(base) % version, issued: NOW, terms, about: About::default() };
        self.grants.push(phone.sign(grant, &self.world.config.intercom));
    }

    fn ask(&mut self, phone: &Phone, request: &Request, cut: Cut) {
        self.say(phone, request.op(), &request.to_bytes(), cut);
    }

    /// Seals a body and delivers it, and looks at what opened.
    fn say(&mut self, phone: &Phone, op: Op, body: &[u8], cut: Cut) {
        let hello = self.world.hello();
        // Too long for a frame.
        if body.len() > 2_000 {
            return;
        }
        let sealed = self.world.seal_body(&hello, phone, op, body, 0);
        self.frames.push(sealed.req.clone());
        let Ok(manager) = self.world.intercom.judgement().store().manager(phone.kid());
        let Some(door) = self.deliver(&sealed.req, cut) else { return };
        *self.taps.entry((phone.kid(), body.to_vec())).or_default() += 1;
        if manager.is_none() {
            self.opened_by_a_guest(phone, body, door);
        }
    }

    /// A guest opened a door: by a key that is this guest's, for this door, at its time.
    fn opened_by_a_guest(&mut self, phone: &Phone, body: &[u8], door: Door) {
        let request = Envelope::parse(body).expect("it opened").request().expect("it opened");
        let key = match &request.body {
            Body::Open { key, .. } => key.expect("a guest opens with a key"),
            Body::Claim { grant, .. } => SignedGrant::parse(grant).expect("it opened").grant().key,
            other => panic!("{other:?} opened a door"),
        };
        let judgement = self.world.intercom.judgement();
        let Ok(Some(Key::Known(record))) = judgement.store().key(key) else { panic!("a key that is not there opened") };
        assert_eq!(record.holder.map(|holder| holder.kid), Some(phone.kid()), "somebody else's key opened");
        let terms = record.grant.grant().terms.clone().expect("a key that is there");
        assert!(terms.doors.contains(door), "not a door of this key");
        match terms.rule {
            Rule::Always => {}
            Rule::Between { start, expiry } => {
                let time = judgement.clock().time(&self.world.moment());
                // The power may have failed in the middle, and with it the time.
                assert!(time.is_none_or(|time| (start..expiry).contains(&time)), "outside its time");
            }
            Rule::Weekly(_) => panic!("nobody signed such a rule"),
        }
        self.accounts.entry(key).or_default().opened[door.index()] += 1;
    }

    /// Delivers a frame, the power failing where `cut` says; the door that opened.
    fn deliver(&mut self, req: &[u8], cut: Cut) -> Option<Door> {
        let arrival = self.world.arrival(1);
        let Ok(reply) = self.world.intercom.request(req, &arrival);
        let Reply::Open { door, .. } = reply else { return None };
        if cut == Cut::BeforeRelay {
            self.world.power_cut();
            return None;
        }
        let moves = self.world.relay_works;
        if moves {
            self.world.opened.push(door);
        }
        if cut != Cut::AfterRelay {
            let Ok(reply) = self.world.intercom.acted(moves, &arrival);
            assert!(matches!(reply, Reply::Send(_)), "an opening without an answer");
        }
        if cut == Cut::Never {
            let Ok(()) = self.world.intercom.finish();
        } else {
            self.world.power_cut();
        }
        moves.then_some(door)
    }

    /// Nothing opens by what was delivered before, was changed on the way or comes from nowhere.
    fn arrives_for_nothing(&mut self, req: &[u8]) {
        let opened = self.deliver(req, Cut::Never);
        assert_eq!(opened, None, "a door opened to a frame nobody sent");
    }

    fn phone(&self, phone: u8) -> Phone {
        self.phones[usize::from(phone) % PHONES].clone()
    }

    fn grant(&self, grant: u8) -> Option<SignedGrant> {
        (!self.grants.is_empty()).then(|| self.grants[usize::from(grant) % self.grants.len()].clone())
    }

    fn frame(&self, frame: u8) -> Option<Vec<u8>> {
        (!self.frames.is_empty()).then(|| self.frames[usize::from(frame) % self.frames.len()].clone())
    }

    fn number(&mut self, phone: u8, number: Number) -> u64 {
        let phone = &mut self.phones[usize::from(phone) % PHONES];
        match number {
            Number::Next => phone.next(),
            Number::Last => phone.number,
            Number::Old(by) => phone.number.saturating_sub(by.into()).max(1),
        }
    }
}
