//! What a key and a manager may do as time goes by: windows, last days of links, the clock as it is set, lost and set anew,
//! settings that two managers write, managers' own openings, and each tap over both ways at once.
//!
//! The intercom here has no clock of its own that could be trusted. Time is coarse: of a tick nothing that is on the way
//! remains. What the intercom should think is worked out from what phones said to it, never from what it says of itself.

mod intercom;
mod rules;

use crate::mistake::Mistake;
use intercom::{Intercom, Settled};
use phonein_protocol::{
    id::Door,
    log::Via,
    message::{Detail, Outcome},
};
use rules::Rule;
use stateright::{Model, Property};
use std::{collections::BTreeSet, sync::Arc};

/// The tick from which on the key opens no more; it opens from the first on.
pub const OVER: u8 = 2;
/// The last tick in which its link can be accepted.
pub const LAST_DAY: u8 = 1;

/// Who takes part, and how often.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct House {
    pub mistake: Mistake,
    /// By how many ticks each manager's phone is wrong.
    pub ahead: &'static [i8],
    /// The key opens at any time; otherwise until [`OVER`].
    pub always: bool,
    /// The guest has the key already.
    pub held: bool,
    /// Doors that are pressed.
    pub doors: &'static [Door],
    /// The ways that each tap takes.
    pub ways: &'static [Via],
    pub guest_taps: u8,
    pub manager_taps: u8,
    /// How often the inner door is switched.
    pub switches: u8,
    /// How often a person sets the clock.
    pub settings: u8,
    pub removal: bool,
    pub cuts: u8,
    pub ticks: u8,
    /// States differ by all that the judgement holds.
    pub whole: bool,
}

/// A phone: the guest's, or that of a manager.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Who {
    Guest,
    Manager(u8),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum What {
    Claim,
    Open(Door),
}

/// One of a tap's frames. It is there until its tick is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Frame {
    pub who: Who,
    pub number: u8,
    pub what: What,
    pub via: Via,
}

/// What a manager's phone knows of the settings and the clock.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
struct View {
    revision: Option<u64>,
    /// How many changes of the settings there had been when it read them.
    seen: u8,
    /// The intercom's clock was said to differ: the person may be asked.
    differs: bool,
}

/// What is so, as far as people can know.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Truth {
    /// By how many ticks that phone was ahead whose time the intercom took; nothing since a power cut.
    ahead: Option<i8>,
    inner_door: bool,
    changes: u8,
    is_removed: bool,
    opened: BTreeSet<(Who, u8)>,
    spent: [u64; 2],
    /// The guest was told that the key, or its link, is over.
    over: [bool; 2],
    /// Rules that did not hold.
    pub broken: BTreeSet<Rule>,
    pub seen: BTreeSet<&'static str>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct State {
    intercom: Arc<Intercom>,
    now: u8,
    frames: BTreeSet<Frame>,
    numbers: [u8; 3],
    views: Vec<View>,
    taps_left: [u8; 2],
    switches_left: u8,
    settings_left: u8,
    cuts_left: u8,
    pub truth: Truth,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    Tap(Who, What),
    Deliver(Frame),
    /// A manager's phone brings its time.
    Put(u8),
    ReadSettings(u8),
    Switch(u8, bool),
    /// A person says that the phone's time is right.
    SetClock(u8),
    Remove,
    PowerCut,
    Tick,
}

impl State {
    /// The same state, told apart from others by less.
    pub fn abridged(&self) -> Self {
        Self { intercom: self.intercom.abridged().into(), ..self.clone() }
    }

    fn intercom(&mut self) -> &mut Intercom {
        Arc::make_mut(&mut self.intercom)
    }

    fn must(&mut self, rule: Rule, holds: bool) {
        if !holds {
            self.truth.broken.insert(rule);
        }
    }

    fn is_manager(&self, who: Who) -> bool {
        match who {
            Who::Guest => false,
            Who::Manager(manager) => manager == 0 || !self.truth.is_removed,
        }
    }
}

fn place(who: Who) -> usize {
    match who {
        Who::Guest => 0,
        Who::Manager(manager) => 1 + usize::from(manager),
    }
}

impl Model for House {
    type State = State;
    type Action = Action;

    fn init_states(&self) -> Vec<State> {
        let intercom = Intercom::new(self);
        let numbers = [u8::from(self.held), 0, 0];
        let truth = Truth {
            ahead: Some(0),
            inner_door: true,
            changes: 0,
            is_removed: false,
            opened: BTreeSet::new(),
            spent: [0; 2],
            over: [false; 2],
            broken: BTreeSet::new(),
            seen: BTreeSet::new(),
        };
        vec![State {
            intercom: intercom.into(),
            now: 0,
            frames: BTreeSet::new(),
            numbers,
            views: vec![View::default(); self.ahead.len()],
            taps_left: [self.guest_taps, self.manager_taps],
            switches_left: self.switches,
            settings_left: self.settings,
            cuts_left: self.cuts,
            truth,
        }]
    }

    fn actions(&self, s: &State, actions: &mut Vec<Action>) {
        let opens = self.doors.iter().map(|door| What::Open(*door));
        if s.taps_left[0] > 0 {
            let claims = (!self.held).then_some(What::Claim);
            actions.extend(claims.into_iter().chain(opens.clone()).map(|what| Action::Tap(Who::Guest, what)));
        }
        for manager in (0..).take(self.ahead.len()) {
            if s.taps_left[1] > 0 {
                actions.extend(opens.clone().map(|what| Action::Tap(Who::Manager(manager), what)));
            }
            if !s.is_manager(Who::Manager(manager)) {
                continue;
            }
            actions.extend([Action::Put(manager), Action::ReadSettings(manager)]);
            let view = &s.views[usize::from(manager)];
            if view.revision.is_some() && s.switches_left > 0 {
                actions.extend([true, false].map(|on| Action::Switch(manager, on)));
            }
            if view.revision.is_some() && view.differs && s.settings_left > 0 {
                actions.push(Action::SetClock(manager));
            }
        }
        actions.extend(s.frames.iter().copied().map(Action::Deliver));
        if self.removal && !s.truth.is_removed {
            actions.push(Action::Remove);
        }
        if s.cuts_left > 0 {
            actions.push(Action::PowerCut);
        }
        if s.now < self.ticks {
            actions.push(Action::Tick);
        }
    }

    fn next_state(&self, before: &State, action: Action) -> Option<State> {
        let mut s = before.clone();
        match action {
            Action::Tap(who, what) => {
                s.taps_left[usize::from(who != Who::Guest)] -= 1;
                let number = &mut s.numbers[place(who)];
                *number += 1;
                let number = *number;
                // What is left of an earlier tap never arrives: other scenes have that.
                s.frames.retain(|frame| frame.who != who);
                s.frames.extend(self.ways.iter().map(|via| Frame { who, number, what, via: *via }));
            }
            Action::Deliver(frame) => self.deliver(before, &mut s, frame),
            Action::Put(manager) => self.put(before, &mut s, manager),
            Action::ReadSettings(manager) => {
                let (now, changes) = (s.now, s.truth.changes);
                let revision = s.intercom().revision(manager, now);
                let view = &mut s.views[usize::from(manager)];
                (view.revision, view.seen) = (Some(revision), changes);
            }
            Action::Switch(manager, on) => {
                s.switches_left -= 1;
                self.write(&mut s, manager, Some(on));
            }
            Action::SetClock(manager) => {
                s.settings_left -= 1;
                self.write(&mut s, manager, None);
            }
            Action::Remove => {
                let now = s.now;
                s.intercom().remove(now);
                s.truth.is_removed = true;
            }
            Action::PowerCut => {
                s.cuts_left -= 1;
                s.frames.clear();
                s.truth.ahead = None;
                let now = s.now;
                s.intercom().cut_power(now);
            }
            Action::Tick => {
                s.now += 1;
                s.frames.clear();
                let now = s.now;
                s.intercom().tick(now);
            }
        }
        (s != *before).then_some(s)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        rules::all()
    }
}

impl House {
    fn deliver(&self, before: &State, s: &mut State, frame: Frame) {
        let Frame { who, number, what, via } = frame;
        s.frames.remove(&frame);
        let now = s.now;
        let Some(Settled { outcome, opened, logged_via }) = s.intercom().judge(frame, now) else { return };
        if let Some(door) = opened {
            self.note_opening(s, who, number, door);
            s.must(Rule::LogSaysWhichWay, logged_via == Some(via));
        }
        if let What::Claim = what
            && !before.intercom.is_held()
            && s.intercom.is_held()
        {
            // With the time unknown the floor is what there is, and it is no later than the time.
            s.must(Rule::LinkHasALastDay, s.truth.ahead != Some(0) || now <= LAST_DAY);
            s.must(Rule::WhatIsOverStaysOver, !s.truth.over[1]);
        }
        // The same tap again is answered as it was.
        let is_first = before.frames.iter().filter(|other| other.who == who).count() == self.ways.len();
        if who == Who::Guest && is_first {
            match (outcome, what) {
                (Outcome::Expired, _) => s.truth.over[0] = true,
                (Outcome::LinkExpired, What::Claim) => s.truth.over[1] = true,
                (Outcome::TimeUnknown, _) => _ = s.truth.seen.insert("a guest is told that the time is unknown"),
                _ => {}
            }
        }
        if let (true, What::Open(door)) = (s.is_manager(who), what) {
            let is_on = door == Door::Entrance || s.truth.inner_door;
            let is_opened = matches!(outcome, Outcome::Opened { .. });
            s.must(Rule::ManagerOpens, !is_first || is_opened == is_on);
        }
        if !is_first && matches!(outcome, Outcome::Opened { .. }) {
            s.truth.seen.insert("a tap is answered over both ways");
        }
    }

    fn note_opening(&self, s: &mut State, who: Who, number: u8, door: Door) {
        let is_new = s.truth.opened.insert((who, number));
        s.must(Rule::TapOpensOnce, is_new);
        s.must(Rule::InnerDoorIsShutWhileOff, door == Door::Entrance || s.truth.inner_door);
        if s.is_manager(who) {
            s.truth.seen.insert("a manager opens");
        } else {
            s.must(Rule::OnlyManagersAndHolder, who == Who::Guest);
            s.truth.spent[door.index()] += 1;
            let in_time = match s.truth.ahead {
                Some(0) => s.now < OVER,
                // Whoever set it wrong answers for that.
                Some(_) => true,
                None => false,
            };
            s.must(Rule::KeyOpensInItsTime, self.always || in_time);
            s.must(Rule::WhatIsOverStaysOver, !s.truth.over[0]);
            s.truth.seen.insert("the guest opens");
        }
        let (spent, used) = (s.truth.spent, s.intercom.used());
        s.must(Rule::OnlyGuestsSpend, spent == used);
    }

    fn put(&self, before: &State, s: &mut State, manager: u8) {
        let (now, ahead) = (s.now, self.ahead[usize::from(manager)]);
        let differs = s.intercom().put(manager, now, ahead);
        let (was, is) = (before.intercom.time(now), s.intercom.time(now));
        if let (Some(was), Some(is)) = (was, is) {
            s.must(Rule::NoPhoneMovesAClock, was.abs_diff(is) <= 61);
        }
        if was.is_none() && is.is_some() {
            s.truth.ahead = Some(ahead);
            s.truth.seen.insert("a clock is set anew");
        }
        if differs {
            s.truth.seen.insert(if was.is_some() { "a clock differs" } else { "a time that has passed is not taken" });
        }
        s.views[usize::from(manager)].differs = differs;
    }

    /// Switches the inner door, or sets the clock.
    fn write(&self, s: &mut State, manager: u8, inner_door: Option<bool>) {
        let (now, ahead) = (s.now, self.ahead[usize::from(manager)]);
        let view = s.views[usize::from(manager)].clone();
        let Some(revision) = view.revision else { return };
        let answer = s.intercom().write(manager, revision, inner_door, now, ahead);
        let Detail::Settings(settings) = answer.detail else {
            assert_eq!(answer.outcome, Outcome::SettingsChanged);
            s.truth.seen.insert("settings were changed by somebody else");
            s.views[usize::from(manager)].revision = None;
            return;
        };
        let changes = inner_door.is_none_or(|on| on != s.truth.inner_door);
        s.must(Rule::NoSettingIsLostUnseen, !changes || view.seen == s.truth.changes);
        if changes {
            s.truth.changes += 1;
        }
        if let Some(on) = inner_door {
            s.truth.inner_door = on;
        } else {
            s.truth.ahead = Some(ahead);
            // A person has said that it is not over yet.
            s.truth.over = [false; 2];
            s.truth.seen.insert("a person sets a clock");
        }
        let seen = s.truth.changes;
        s.views[usize::from(manager)] = View { revision: Some(settings.revision), seen, differs: false };
    }
}
