//! The intercom: the judgement that ships, over a disk in memory, and the program around it.

use crate::{
    cast::{self, KEY, moment},
    disk::Disk,
    grant::{Allows, Grant, secret},
    intercom::{answered, restarted, started},
    mistake::Mistake,
    phone::{Op, Word},
};
use phonein_protocol::{
    es256::PublicKey,
    grant::SignedGrant,
    id::Kid,
    intercom::{
        Judged, Judgement, Ruling, Signatures, Store,
        store::{Key, KeyRecord, Tap},
    },
    log::{Entry, Event, Via},
    message::{Answer, Body, Detail, Envelope, ManagersAsk, PutVerdict, Request},
    session::TransportError,
};
use std::hash::{DefaultHasher, Hash, Hasher};

/// A sealed request of a tap; that it is authentic is the session's part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Frame {
    pub phone: u8,
    pub number: u8,
    pub op: Op,
    pub door: u8,
    pub link: Grant,
    pub sealed_at: u8,
    /// Which of the tap's frames.
    pub copy: u8,
}

/// How the key stands at the intercom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stored {
    Nothing,
    Known(Grant),
    Deleted,
}

/// A tap that is remembered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Last {
    pub number: u8,
    /// The beginning of its body's hash.
    body: u64,
    /// Nothing until the relay's word is written.
    pub word: Option<Word>,
}

/// What of the intercom decides about all that may come.
///
/// States are compared by this, not by all that the judgement holds, or else they would differ by the order in which
/// they came about. Left out are the log but for its count of openings, and what only the log depends on: its head, the
/// limits on its entries; the counters of changes and revisions, which nobody here asks; the clock, which follows the
/// moment of each request; the rest of the opening in hand, which its tap and the key tell.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Known {
    pub key: Stored,
    pub holder: Option<u8>,
    pub used: [u8; 2],
    pub managers: Vec<u8>,
    /// What Status would say to each phone.
    pub last: [Option<Last>; 2],
    on_disk: [Option<Last>; 2],
    is_unfinished: bool,
    has_moved: bool,
    /// Openings in the log, but for those that were door faults.
    pub spent: [u8; 2],
    /// The taps that the log has as door faults.
    pub faulted: Vec<(u8, u8)>,
}

impl Known {
    pub fn is_held_by(&self, phone: u8) -> bool {
        self.holder == Some(phone)
    }
}

/// What a tap is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    pub word: Word,
    /// To a claim: whether this phone holds the key now.
    pub holds: Option<bool>,
    /// The stored grant came with it.
    pub given: bool,
}

impl From<&Answer> for Told {
    fn from(answer: &Answer) -> Self {
        Self { word: answer.outcome.into(), holds: answer.holds, given: answer.stored.is_some() }
    }
}

/// What the intercom does about a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ruled {
    Answers(Told),
    Opens,
    /// A hint for the transport, no answer.
    Refuses,
}

#[derive(Clone, Debug)]
pub struct Device {
    judgement: Judgement<Disk>,
    pub known: Known,
    /// What is on the disk, where a mistake leaves it behind.
    behind: Option<(Disk, Known)>,
    /// For each phone the last number that came and the one it was given, where numbers have no order.
    renumbered: [(u8, u8); 2],
    read: u64,
    /// The beginning of the hash of the body that came last.
    body: u64,
    allows: Allows,
    /// All of the judgement is compared, and not only what is known to matter.
    is_whole: bool,
    print: u64,
}

/// What happens to the intercom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Happening {
    Tap(Frame),
    Put {
        manager: u8,
        grant: Grant,
    },
    /// Manager 0 removes manager 1.
    Removal,
    RelayMoves(Frame),
    RelayFails(Frame),
    /// The answer was sent, and is written.
    Finish,
    PowerCut,
}

/// What the intercom says to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reaction {
    /// To a tap; and whether its frame could not come again.
    Ruled(Ruled, bool),
    /// To a grant: how the key stands by the answer, and whether the grant counts.
    Stands(Stored, bool),
    /// After the relay.
    Told(Told),
    Nothing,
}

impl PartialEq for Device {
    fn eq(&self, other: &Self) -> bool {
        self.print == other.print && self.identity() == other.identity()
    }
}

impl Eq for Device {}

impl Hash for Device {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.print.hash(state);
    }
}

/// Whoever is named as the signer did sign, but for grants: there the signature itself names its maker.
#[derive(Default)]
pub struct Seals {
    is_marked: bool,
}

impl Signatures for Seals {
    fn check_request(&mut self, _: &PublicKey) -> Result<(), TransportError> {
        self.is_marked = true;
        Ok(())
    }

    fn check_grant(&mut self, grant: &SignedGrant, signer: &PublicKey) -> bool {
        grant.bytes().last().is_some_and(|maker| cast::manager(*maker).key == *signer)
    }
}

impl Device {
    /// An intercom that so many managers have paired with.
    pub fn new(managers: u8, allows: Allows, mistake: Mistake, is_whole: bool) -> Self {
        let judgement = started(mistake, &moment(0));
        let known = Known {
            key: Stored::Nothing,
            holder: None,
            used: [0; 2],
            managers: Vec::new(),
            last: [None; 2],
            on_disk: [None; 2],
            is_unfinished: false,
            has_moved: false,
            spent: [0; 2],
            faulted: Vec::new(),
        };
        let mut device = Self {
            judgement,
            known,
            behind: None,
            renumbered: [(0, 0); 2],
            read: 0,
            body: 0,
            allows,
            is_whole,
            print: 0,
        };
        for (_, manager) in cast::managers().take(managers.into()) {
            device.judgement.press_button(&moment(0));
            let pair = Body::Pair { key: manager.key, name: "M".into(), zone: None, now: cast::T0 };
            device.ask(None, 0, pair, 0);
            device.ask(Some(manager.kid), 0, Body::Status, 0);
        }
        device.look(None, 0);
        device.take_print();
        device
    }

    /// Lets something happen.
    pub fn react(&mut self, to: Happening, now: u8) -> Reaction {
        let reaction = match to {
            Happening::Tap(frame) => self.judge(&frame, now),
            Happening::Put { manager, grant } => self.put(manager, grant, now),
            Happening::Removal => self.remove_manager(0, 1, now),
            Happening::RelayMoves(frame) => self.moved(&frame, now),
            Happening::RelayFails(frame) => self.failed(&frame, now),
            Happening::Finish => self.finish(now),
            Happening::PowerCut => self.cut_power(now),
        };
        self.take_print();
        reaction
    }

    fn take_print(&mut self) {
        let mut hasher = DefaultHasher::new();
        self.identity().hash(&mut hasher);
        self.print = hasher.finish();
    }

    /// The same, of which only that is compared which is known to matter.
    pub fn abridged(&self) -> Self {
        let mut device = Self { is_whole: false, ..self.clone() };
        device.take_print();
        device
    }

    fn identity(&self) -> impl Hash + Eq {
        let Allows { uses, opens_at } = self.allows;
        let behind = self.behind.as_ref().map(|(_, known)| known);
        let whole = self.is_whole.then_some(&self.judgement);
        (&self.known, behind, self.renumbered, self.judgement.store().mistake, uses, opens_at, whole)
    }

    /// Sends one request through its bytes; whether its token is marked as used.
    fn ask(&mut self, kid: Option<Kid>, number: u8, body: Body, now: u8) -> (Ruling, bool) {
        let bytes = Request { number: number.into(), kid, body }.to_bytes();
        let envelope = Envelope::parse(&bytes).unwrap();
        self.body = beginning(envelope.hash());
        let mut seals = Seals::default();
        let Ok(Judged { ruling, .. }) = self.judgement.judge(&envelope, &mut seals, Via::Http, &moment(now));
        (ruling, seals.is_marked)
    }

    fn answer(&mut self, kid: Kid, body: Body, now: u8) -> Answer {
        answered(self.ask(Some(kid), 0, body, now).0)
    }

    fn judge(&mut self, frame: &Frame, now: u8) -> Reaction {
        let mistake = self.judgement.store().mistake;
        let before =
            (mistake == Mistake::RelayBeforeDisk).then(|| (self.judgement.store().clone(), self.known.clone()));
        if frame.op != Op::Open
            && mistake == Mistake::SignerBeforeStored
            && !self.known.managers.contains(&frame.link.author)
        {
            return Reaction::Ruled(Ruled::Answers(Told { word: Word::Refused, holds: None, given: false }), true);
        }
        let number = self.renumber(frame, mistake);
        let (kid, body) = self.request(frame, mistake);
        let (ruling, is_marked) = self.ask(kid, number, body, now);
        let ruled = match ruling {
            Ruling::Answer(answer) => Ruled::Answers(Told::from(&answer)),
            Ruling::Open { door, .. } => {
                assert_eq!(door.number(), u64::from(frame.door));
                Ruled::Opens
            }
            Ruling::Refuse(_) => Ruled::Refuses,
        };
        let is_refused = matches!(ruled, Ruled::Answers(Told { word: Word::Refused, .. }));
        if is_refused && mistake == Mistake::RefusalsForgotten {
            self.restart(now);
        }
        self.look(Some(frame), now);
        if matches!(ruled, Ruled::Opens) {
            self.behind = before;
        }
        Reaction::Ruled(ruled, is_marked && mistake != Mistake::TokensForgotten)
    }

    fn renumber(&mut self, frame: &Frame, mistake: Mistake) -> u8 {
        if mistake != Mistake::UnorderedIds {
            return frame.number;
        }
        let (last, given) = &mut self.renumbered[usize::from(frame.phone)];
        if *last != frame.number {
            (*last, *given) = (frame.number, *given + 1);
        }
        *given
    }

    fn request(&self, frame: &Frame, mistake: Mistake) -> (Option<Kid>, Body) {
        let phone = cast::phone(frame.phone);
        let door = u64::from(frame.door);
        if frame.op == Op::Open {
            return (Some(phone.kid), Body::Open { key: Some(KEY), door, held: frame.link.version.into() });
        }
        let mut link = frame.link;
        match (mistake, self.known.key) {
            (Mistake::PresentedCommitment, Stored::Known(stored)) if stored.version > link.version => link = stored,
            (Mistake::NoBase, _) => link.base = link.version - 1,
            (Mistake::ClaimBringsAnySigner, Stored::Known(_)) => link.author = 0,
            _ => {}
        }
        let body = Body::Claim {
            grant: link.signed(self.allows).bytes().to_vec(),
            secret: secret(link.link),
            key: phone.key,
            name: "G".into(),
            door: (frame.op == Op::ClaimAndOpen).then_some(door),
        };
        (None, body)
    }

    fn put(&mut self, manager: u8, grant: Grant, now: u8) -> Reaction {
        let is_careless = self.judgement.store().mistake == Mistake::NoBase;
        let sent = if is_careless { Grant { base: grant.version - 1, ..grant } } else { grant };
        let grants = vec![sent.signed(self.allows).bytes().to_vec()];
        let moment = moment(now);
        let body = Body::Put { grants, now: moment.system.unwrap(), zone: None };
        let answer = self.answer(cast::manager(manager).kid, body, now);
        self.look(None, now);
        let Detail::Put(verdicts) = answer.detail else { panic!("no verdict but {answer:?}") };
        let (stands, counts) = match verdicts.as_slice() {
            [PutVerdict::Stored] if grant.revoked => (Stored::Deleted, true),
            [PutVerdict::Stored] => (Stored::Known(sent), true),
            [PutVerdict::Superseded(stored)] => {
                (Stored::Known(Grant::read(&SignedGrant::parse(stored).unwrap())), false)
            }
            [PutVerdict::Deleted] => (Stored::Deleted, false),
            [PutVerdict::NotAManager] => (Stored::Nothing, false),
            other => panic!("unexpected verdict {other:?}"),
        };
        Reaction::Stands(stands, counts)
    }

    fn remove_manager(&mut self, by: u8, who: u8, now: u8) -> Reaction {
        let body = Body::Managers(ManagersAsk::Remove(cast::manager(who).kid));
        self.answer(cast::manager(by).kid, body, now);
        self.look(None, now);
        Reaction::Nothing
    }

    fn moved(&mut self, frame: &Frame, now: u8) -> Reaction {
        let Ok(answer) = self.judgement.acted(true, &moment(now));
        self.known.has_moved = true;
        self.look(Some(frame), now);
        Reaction::Told(Told::from(&answer.unwrap()))
    }

    fn failed(&mut self, frame: &Frame, now: u8) -> Reaction {
        let before = self.judgement.store().clone();
        let known = self.known.clone();
        let Ok(answer) = self.judgement.acted(false, &moment(now));
        self.look(Some(frame), now);
        if before.mistake == Mistake::UseBackApart {
            self.behind = Some(self.only_use_back(before, known));
        }
        Reaction::Told(Told::from(&answer.unwrap()))
    }

    /// The disk from before with nothing but the use given back.
    fn only_use_back(&self, before: Disk, known: Known) -> (Disk, Known) {
        let Ok(key) = self.judgement.store().key(KEY);
        let change = phonein_protocol::intercom::store::Change::Key { id: KEY, change: 0, key: key.unwrap() };
        let mut disk = before;
        let Ok(()) = disk.commit(&[change]);
        (disk, Known { used: self.known.used, ..known })
    }

    fn finish(&mut self, now: u8) -> Reaction {
        let Ok(()) = self.judgement.finish();
        self.behind = None;
        self.look(None, now);
        Reaction::Nothing
    }

    /// The power is cut, and comes back.
    fn cut_power(&mut self, now: u8) -> Reaction {
        let disk = match self.behind.take() {
            Some((disk, known)) => {
                self.known = known;
                disk
            }
            None => self.judgement.store().clone(),
        };
        self.start(disk.after_power_cut(cast::phones().map(|(_, phone)| phone.kid)), now);
        self.look(None, now);
        Reaction::Nothing
    }

    fn restart(&mut self, now: u8) {
        self.start(self.judgement.store().clone(), now);
    }

    fn start(&mut self, disk: Disk, now: u8) {
        self.judgement = restarted(&self.judgement, disk, &moment(now));
    }

    /// Brings up to date what is known; `frame` is the tap that was worked on.
    fn look(&mut self, frame: Option<&Frame>, now: u8) {
        self.read_log(frame);
        let store = self.judgement.store();
        let Ok(key) = store.store.key(KEY);
        (self.known.key, self.known.holder, self.known.used) = match key {
            None => (Stored::Nothing, None, [0; 2]),
            Some(Key::Deleted) => (Stored::Deleted, None, [0; 2]),
            Some(Key::Known(KeyRecord { grant, holder, used })) => {
                let holder = holder.map(|holder| cast::guest(holder.kid));
                (Stored::Known(Grant::read(&grant)), holder, used.map(|used| u8::try_from(used).unwrap()))
            }
        };
        let Ok(managers) = store.managers();
        self.known.managers = managers.into_iter().map(|(kid, _)| cast::author(kid)).collect();
        self.known.is_unfinished = self.judgement.state().unfinished.is_some();
        self.known.has_moved &= self.known.is_unfinished;
        let body = self.body;
        for (n, phone) in (0..).zip(cast::phones().map(|(_, phone)| phone)) {
            let Ok(stored) = self.judgement.store().phone(phone.kid);
            let is_known = stored.is_some();
            let on_disk = stored.and_then(|phone| phone.last).map(|Tap { number, hash, outcome }| Last {
                number: u8::try_from(number).unwrap(),
                body: beginning(hash),
                word: outcome.map(Word::from),
            });
            let before = std::mem::replace(&mut self.known.on_disk[n], on_disk);
            // Nobody is told of a tap in hand, and asking would end it.
            self.known.last[n] = if is_known && !self.known.is_unfinished {
                let before = self.known.last[n].or(before);
                self.status(phone.kid, now).map(|(number, word)| {
                    let same = [on_disk, before].into_iter().flatten().find(|last| last.number == number);
                    Last { number, body: same.map_or(body, |last| last.body), word }
                })
            } else {
                on_disk
            };
        }
    }

    fn status(&mut self, kid: Kid, now: u8) -> Option<(u8, Option<Word>)> {
        match self.answer(kid, Body::Status, now).detail {
            Detail::Status { number: 0, .. } => None,
            Detail::Status { number, outcome } => Some((u8::try_from(number).unwrap(), outcome.map(Word::from))),
            other => panic!("no status but {other:?}"),
        }
    }

    fn read_log(&mut self, frame: Option<&Frame>) {
        let Ok(entries) = self.judgement.store().entries_after(self.read, usize::MAX);
        for bytes in entries {
            let entry = Entry::parse(&bytes).unwrap();
            self.read = entry.number;
            let spent = entry.door.and_then(|door| self.known.spent.get_mut(usize::try_from(door).unwrap()));
            match (entry.event, spent) {
                (Event::Opened, Some(spent)) => *spent += 1,
                (Event::DoorFault, Some(spent)) => {
                    *spent -= 1;
                    self.known.faulted.extend(frame.map(|frame| (frame.phone, frame.number)));
                }
                _ => {}
            }
        }
    }
}

fn beginning(hash: [u8; 32]) -> u64 {
    u64::from_be_bytes(*hash.first_chunk().unwrap())
}
