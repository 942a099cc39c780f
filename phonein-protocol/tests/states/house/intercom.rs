//! The judgement that ships, where no computer's clock is to be trusted.

use super::{Frame, House, LAST_DAY, OVER, What, Who};
use crate::{
    cast::{self, KEY, Person, T0},
    grant::secret,
    intercom::{restarted, started},
    mistake::Mistake,
};
use phonein_protocol::{
    Time,
    grant::{About, Grant, SignedGrant, Terms},
    id::{Door, Doors, Kid},
    intercom::{
        Clock, Moment, Ruling, Store,
        store::{Key, KeyRecord},
    },
    log::{Entry, Event, Via},
    message::{Answer, Body, Detail, ManagersAsk, Outcome, Request, SettingsWrite},
    rule::Rule,
};

/// More than the hour in which the floor moves, and more than clocks may differ by.
const TICK_SECONDS: Time = 4_000;

/// What of the intercom decides about all that may come. Left out are the log, the counts of changes, and how often a phone
/// may open: nobody here opens so often.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Known {
    /// Whether the key always opens.
    always: bool,
    key: Option<(Option<Kid>, [u64; 2])>,
    managers: Vec<Kid>,
    inner_door: bool,
    revision: u64,
    floor: Time,
    clock: Clock,
    /// The tick of its last start.
    began: u8,
    last: Vec<(u64, Option<Outcome>)>,
}

pub type Intercom = crate::intercom::Intercom<Known>;

/// What became of a frame.
pub struct Settled {
    pub outcome: Outcome,
    pub opened: Option<Door>,
    pub logged_via: Option<Via>,
}

fn time(now: u8, ahead: i8) -> Time {
    T0 + (Time::from(now) + Time::from(ahead)) * TICK_SECONDS
}

fn person(who: Who) -> Person {
    match who {
        Who::Guest => cast::phone(0),
        Who::Manager(manager) => cast::manager(manager),
    }
}

impl Intercom {
    pub fn new(house: &House) -> Self {
        let moment = Moment { mono_ms: 0, system: None };
        let judgement = started(house.mistake, &moment);
        let known = Known {
            always: house.always,
            key: None,
            managers: Vec::new(),
            inner_door: true,
            revision: 0,
            floor: 0,
            clock: Clock::default(),
            began: 0,
            last: Vec::new(),
        };
        let mut new = Self { judgement, is_whole: house.whole, known };
        for (_, manager) in cast::managers().take(house.ahead.len()) {
            new.pair(manager, &moment);
        }
        let put = Body::Put { grants: vec![grant(house.always).bytes().to_vec()], now: T0, zone: None };
        new.answer(cast::manager(0).kid, put, &moment);
        if house.held {
            let claim = Frame { who: Who::Guest, number: 1, what: What::Claim, via: Via::Http };
            new.judge(claim, 0);
        }
        new.look(0);
        new
    }

    pub fn is_held(&self) -> bool {
        matches!(self.known.key, Some((Some(_), _)))
    }

    pub fn used(&self) -> [u64; 2] {
        self.known.key.map_or([0; 2], |(_, used)| used)
    }

    /// What its clock shows.
    pub fn time(&self, now: u8) -> Option<Time> {
        self.judgement.clock().time(&self.moment(now))
    }

    fn mistake(&self) -> Mistake {
        self.judgement.store().mistake
    }

    fn moment(&self, now: u8) -> Moment {
        let since = Time::from(now - self.known.began) * TICK_SECONDS;
        let floor = self.judgement.state().floor;
        let system = (self.mistake() == Mistake::FloorAsTime).then_some(floor + since);
        Moment { mono_ms: since.unsigned_abs() * 1_000, system }
    }

    fn answer_of(&mut self, kid: Kid, body: Body, now: u8) -> Answer {
        self.answer(kid, body, &self.moment(now))
    }

    /// Judges a frame of a tap; a relay moves and its answer is written at once.
    pub fn judge(&mut self, frame: Frame, now: u8) -> Option<Settled> {
        let Frame { who, number, what, via } = frame;
        let asker = person(who);
        let via = if self.mistake() == Mistake::WayNotTold { Via::Http } else { via };
        let number = match self.mistake() {
            Mistake::NumberByWay => u64::from(number) * 2 + via.number(),
            _ => number.into(),
        };
        let (kid, body) = match what {
            What::Open(door) => (Some(asker.kid), Body::Open { key: Some(KEY), door: door.number(), held: 1 }),
            What::Claim => {
                let grant = grant(self.known.always).bytes().to_vec();
                (None, Body::Claim { grant, secret: secret(0), key: asker.key, name: "G".into(), door: None })
            }
        };
        let moment = self.moment(now);
        let settled = match self.ask(&Request { number, kid, body }, via, &moment) {
            Ruling::Answer(answer) => Some(Settled { outcome: answer.outcome, opened: None, logged_via: None }),
            Ruling::Open { door, .. } => {
                let Ok(answer) = self.judgement.acted(true, &moment);
                let Ok(()) = self.judgement.finish();
                let outcome = answer.unwrap().outcome;
                Some(Settled { outcome, opened: Some(door), logged_via: self.way_of_last_opening() })
            }
            Ruling::Refuse(_) => None,
        };
        self.look(now);
        settled
    }

    fn way_of_last_opening(&self) -> Option<Via> {
        let Ok(entries) = self.judgement.store().entries_after(0, usize::MAX);
        let entries = entries.iter().map(|bytes| Entry::parse(bytes).unwrap());
        entries.rev().find(|entry| entry.event == Event::Opened).and_then(|entry| Via::from_number(entry.via?))
    }

    /// A manager's phone brings its time; whether the intercom's differs.
    pub fn put(&mut self, manager: u8, now: u8, ahead: i8) -> bool {
        let kid = cast::manager(manager).kid;
        let put = Body::Put { grants: Vec::new(), now: time(now, ahead), zone: None };
        let differs = self.answer_of(kid, put, now).clock_differs.is_some();
        if differs && self.mistake() == Mistake::ClockByAnyPut {
            let revision = self.judgement.state().revision;
            self.write(manager, revision, None, now, ahead);
        }
        self.look(now);
        differs
    }

    pub fn revision(&mut self, manager: u8, now: u8) -> u64 {
        match self.answer_of(cast::manager(manager).kid, Body::ReadSettings, now).detail {
            Detail::Settings(settings) => settings.revision,
            other => panic!("no settings but {other:?}"),
        }
    }

    /// Switches the inner door, or sets the clock to a phone's time.
    pub fn write(&mut self, manager: u8, revision: u64, inner_door: Option<bool>, now: u8, ahead: i8) -> Answer {
        let revision = match self.mistake() {
            Mistake::RevisionIgnored => self.judgement.state().revision,
            _ => revision,
        };
        let clock = inner_door.is_none().then(|| time(now, ahead));
        let inner_door = inner_door.map(|on| on || self.mistake() == Mistake::InnerDoorStaysOn);
        let write = Ok(SettingsWrite { inner_door, zone: None, clock });
        let answer = self.answer_of(cast::manager(manager).kid, Body::WriteSettings { revision, write }, now);
        self.look(now);
        answer
    }

    /// Manager 0 removes manager 1.
    pub fn remove(&mut self, now: u8) {
        let body = Body::Managers(ManagersAsk::Remove(cast::manager(1).kid));
        self.answer_of(cast::manager(0).kid, body, now);
        self.look(now);
    }

    /// The power is cut, and comes back.
    pub fn cut_power(&mut self, now: u8) {
        let disk = self.judgement.store().after_power_cut(std::iter::empty());
        self.known.began = now;
        self.judgement = restarted(&self.judgement, disk, &self.moment(now));
        self.look(now);
    }

    pub fn tick(&mut self, now: u8) {
        let Ok(()) = self.judgement.tick(&self.moment(now));
        self.look(now);
    }

    fn look(&mut self, now: u8) {
        let everybody = [Who::Guest, Who::Manager(0), Who::Manager(1)].map(|who| person(who).kid);
        let known = |kid: &Kid| matches!(self.judgement.store().phone(*kid), Ok(Some(_)));
        let everybody: Vec<Kid> = everybody.into_iter().filter(known).collect();
        let last = everybody.into_iter().map(|kid| match self.answer_of(kid, Body::Status, now).detail {
            Detail::Status { number, outcome } => (number, outcome),
            other => panic!("no status but {other:?}"),
        });
        let last = last.collect();
        let store = self.judgement.store();
        let (Ok(key), Ok(managers)) = (store.key(KEY), store.managers());
        let key = match key {
            Some(Key::Known(KeyRecord { holder, used, .. })) => Some((holder.map(|holder| holder.kid), used)),
            Some(Key::Deleted) | None => None,
        };
        let state = self.judgement.state();
        self.known = Known {
            always: self.known.always,
            key,
            managers: managers.into_iter().map(|(kid, _)| kid).collect(),
            inner_door: state.inner_door,
            revision: state.revision,
            floor: state.floor,
            clock: *self.judgement.clock(),
            began: self.known.began,
            last,
        };
    }
}

fn grant(always: bool) -> SignedGrant {
    let terms = Terms {
        claim_by: time(LAST_DAY, 0),
        rule: if always { Rule::Always } else { Rule::between(T0, time(OVER, 0)).unwrap() },
        uses: None,
        doors: Doors::BOTH,
        commitment: secret(0).commitment(),
    };
    let grant = Grant { key: KEY, version: 1, base: 0, issued: 0, terms: Some(terms), about: About::default() };
    // A signature that names its maker stands for one that only the maker can make.
    SignedGrant::new(grant, cast::manager(0).kid, [0; 64])
}
