//! Phones, managers and a network that drops, delays, repeats and reorders, around one intercom that may lose power at
//! any moment.

use crate::{
    device::{Device, Frame, Happening, Known, Reaction, Ruled, Stored, Told},
    grant::{Allows, Grant},
    manager::{Change, View, Wallet},
    mistake::Mistake,
    phone::{Guest, Op, Reply, Said, WAY, Word},
    properties,
    reactions::react,
};
use stateright::{Model, Property};
use std::{collections::BTreeSet, sync::Arc};

/// Who takes part, and how often.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct World {
    pub mistake: Mistake,
    pub allows: Allows,
    pub phones: u8,
    pub doors: u8,
    pub taps: u8,
    /// Frames of one tap: both transports, and again.
    pub copies: u8,
    /// Status requests of a phone.
    pub asks: u8,
    /// For each manager, how many changes it may make.
    pub changes: &'static [u8],
    /// Manager 0 may remove manager 1, who made the first grant.
    pub removal: bool,
    pub cuts: u8,
    /// How often the relay cannot be moved.
    pub faults: u8,
    pub ticks: u8,
    /// The first grant is at the intercom before anything happens.
    pub stored: bool,
    /// Phone 0 holds the key already, and only opens.
    pub held: bool,
    /// States differ by all that the judgement holds.
    pub whole: bool,
}

/// How far the opening in hand has got. Lost in a power cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    Idle,
    /// On disk; the relay is to move.
    Agreed(Frame),
    /// The relay moved, or could not.
    Acted(Frame, Word),
    /// The answer is sent, not yet written.
    Told(Frame, Word),
}

/// What properties look at, and nobody in the world.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct Witness {
    /// Phone, number and door, each time the relay moved.
    pub relay: Vec<(u8, u8, u8)>,
    /// Phone, number and how that tap's person was told it ended.
    pub told: BTreeSet<(u8, u8, Word)>,
    /// Link and phone, each time a key found its holder.
    pub claimed: BTreeSet<(u8, u8)>,
    pub conflict_told: bool,
    pub kept_claimed: bool,
    pub kept_refused: bool,
    pub lost_unseen: bool,
    pub back_from_deletion: bool,
    pub from_removed: bool,
    pub opened_for_stranger: bool,
    pub opened_late: bool,
    pub told_by_status: bool,
    pub holding_misreported: bool,
    pub grant_leaked: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct State {
    /// Most steps leave the intercom as it is, and share it.
    pub device: Arc<Device>,
    pub step: Step,
    frames: BTreeSet<Frame>,
    /// Status requests: phone, its number then, when.
    asked: BTreeSet<(u8, u8, u8)>,
    replies: BTreeSet<Reply>,
    puts: BTreeSet<(u8, Grant)>,
    phones: Vec<Guest>,
    managers: Vec<Wallet>,
    now: u8,
    cuts_left: u8,
    faults_left: u8,
    next_change: u8,
    pub witness: Arc<Witness>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    Tap { phone: u8, op: Op, door: u8 },
    Send { phone: u8 },
    GiveUp { phone: u8 },
    Deliver(Frame),
    RelayMoves,
    RelayFails,
    Tell,
    Write,
    Ask { phone: u8 },
    AnswerStatus { phone: u8, number: u8, sealed_at: u8 },
    Hear(Reply),
    PowerCut,
    Tick,
    Change { manager: u8, what: Change },
    Put { manager: u8 },
    DeliverPut { manager: u8, grant: Grant, is_heard: bool },
    Look { manager: u8 },
    RemoveManager,
}

impl State {
    /// The same state, told apart from others by less.
    pub fn abridged(&self) -> Self {
        Self { device: self.device.abridged().into(), ..self.clone() }
    }

    pub fn known(&self) -> &Known {
        &self.device.known
    }

    fn react(&mut self, to: Happening) -> Reaction {
        react(&mut self.device, to, self.now)
    }

    fn note(&mut self) -> &mut Witness {
        Arc::make_mut(&mut self.witness)
    }

    fn answer(&mut self, frame: &Frame, word: Word) {
        let Frame { phone, number, sealed_at, .. } = *frame;
        let reply = Reply { phone, number, sealed_at, said: Said::Tap(word) };
        if self.phones[usize::from(phone)].waits_for(reply) {
            self.replies.insert(reply);
        }
    }

    /// Notes what work on the intercom did to the grant that counts; `brought` is the one that came.
    fn note_grant(&mut self, before: &State, brought: Grant) {
        let key = |state: &State| match state.known().key {
            Stored::Nothing => (false, None),
            Stored::Deleted => (true, None),
            Stored::Known(grant) => (false, Some(grant.change)),
        };
        if key(before) == key(self) {
            return;
        }
        let is_managers = self.known().managers.contains(&brought.author);
        self.note().from_removed |= !is_managers;
        self.note().back_from_deletion |= before.known().key == Stored::Deleted;
        if let (Stored::Known(old), Stored::Known(new)) = (before.known().key, self.known().key) {
            self.note().lost_unseen |= new.seen & (1 << old.change) == 0;
        }
    }

    fn note_claim(&mut self, before: &State, frame: &Frame, is_judged: bool) {
        let Frame { phone, number, op, link, .. } = *frame;
        let (was, is) = (before.known(), self.known().clone());
        if is.is_held_by(phone) && !was.is_held_by(phone) {
            self.note().claimed.insert((link.link, phone));
            self.note().kept_claimed |= !is.managers.contains(&link.author);
        }
        // With the right secret, a key that nobody holds is claimed, though its maker is gone since.
        let is_free = matches!(was.key, Stored::Known(grant) if grant.link == link.link && !grant.revoked)
            && was.holder.is_none();
        let is_first = was.last[usize::from(phone)].is_none_or(|last| last.number < number);
        let counts = is_free && is_first && is_judged && op != Op::Open;
        self.note().kept_refused |= counts && !is.is_held_by(phone);
    }

    fn note_told(&mut self, frame: &Frame, told: Told) {
        let holds = self.known().is_held_by(frame.phone);
        self.note().holding_misreported |= told.holds.is_some_and(|told| told != holds);
        self.note().grant_leaked |= told.given && !holds;
    }
}

impl Model for World {
    type State = State;
    type Action = Action;

    fn init_states(&self) -> Vec<State> {
        let managers = u8::try_from(self.changes.len().max(1)).unwrap();
        let first = Grant::first(u8::from(self.removal));
        let mut device = Device::new(managers, self.allows, self.mistake, self.whole);
        let mut number = 0;
        if self.stored {
            device.react(Happening::Put { manager: first.author, grant: first }, 0);
        }
        if self.held {
            number = 1;
            let frame = Frame { phone: 0, number, op: Op::Claim, door: 0, link: first, sealed_at: 0, copy: 0 };
            device.react(Happening::Tap(frame), 0);
        }
        let guest = Guest { link: first, taps: vec![], number, taps_left: self.taps, asks_left: self.asks };
        let wallets = (0..).zip(self.changes).map(|(me, changes)| Wallet {
            me,
            view: if self.stored || me == first.author { View::Known(first) } else { View::Unknown },
            fresh: !self.stored && me == first.author,
            known: u8::from(self.stored),
            seen: 1,
            changes_left: *changes,
        });
        vec![State {
            device: device.into(),
            step: Step::Idle,
            frames: BTreeSet::new(),
            asked: BTreeSet::new(),
            replies: BTreeSet::new(),
            puts: BTreeSet::new(),
            phones: vec![guest; self.phones.into()],
            managers: wallets.collect(),
            now: 0,
            cuts_left: self.cuts,
            faults_left: self.faults,
            next_change: 1,
            witness: Arc::default(),
        }]
    }

    fn actions(&self, s: &State, actions: &mut Vec<Action>) {
        self.actions_of_phones(s, actions);
        for m in &s.managers {
            let manager = m.me;
            if m.may_change() {
                let all = [Change::Edit, Change::Reissue, Change::Delete];
                actions.extend(all.map(|what| Action::Change { manager, what }));
            }
            if m.fresh && s.puts.iter().all(|(other, _)| *other != manager) {
                actions.push(Action::Put { manager });
            }
        }
        match s.step {
            Step::Idle => self.actions_of_idle_intercom(s, actions),
            Step::Agreed(_) => {
                actions.push(Action::RelayMoves);
                if s.faults_left > 0 {
                    actions.push(Action::RelayFails);
                }
            }
            Step::Acted(_, word) if word == Word::Opened || self.mistake == Mistake::FaultToldFirst => {
                actions.push(Action::Tell);
            }
            Step::Acted(..) | Step::Told(..) => {
                actions.push(Action::Write);
                // A program may leave the writing to the next request. It comes to the same.
                if self.mistake == Mistake::None && matches!(s.step, Step::Told(..)) {
                    actions.extend(s.frames.iter().copied().map(Action::Deliver));
                }
            }
        }
        if s.cuts_left > 0 {
            actions.push(Action::PowerCut);
        }
    }

    fn next_state(&self, before: &State, action: Action) -> Option<State> {
        let mut s = before.clone();
        match action {
            Action::Tap { phone, op, door } => s.phones[usize::from(phone)].tap(op, door, s.now),
            Action::Send { phone } => {
                let tap = s.phones[usize::from(phone)].taps.last_mut()?;
                let (number, op, door, link, copy) = (tap.number, tap.op, tap.door, tap.link, tap.sent);
                tap.sent += 1;
                s.frames.insert(Frame { phone, number, op, door, link, sealed_at: s.now, copy });
            }
            Action::GiveUp { phone } => s.phones[usize::from(phone)].taps.last_mut()?.cancelled = true,
            Action::Deliver(frame) => Self::deliver(before, &mut s, frame)?,
            Action::RelayMoves => Self::move_relay(before, &mut s)?,
            Action::RelayFails => self.fail_relay(&mut s)?,
            Action::Tell => {
                let Step::Acted(frame, word) = s.step else { return None };
                s.answer(&frame, word);
                s.step = Step::Told(frame, word);
            }
            Action::Write => self.write(&mut s)?,
            Action::Ask { phone } => {
                let guest = &mut s.phones[usize::from(phone)];
                guest.asks_left -= 1;
                s.asked.insert((phone, guest.number, s.now));
            }
            Action::AnswerStatus { phone, number, sealed_at } => {
                s.asked.remove(&(phone, number, sealed_at));
                let last = s.known().last[usize::from(phone)];
                let said = Said::Status(last.and_then(|last| Some((last.number, last.word?))));
                let reply = Reply { phone, number, sealed_at, said };
                if s.phones[usize::from(phone)].waits_for(reply) {
                    s.replies.insert(reply);
                }
            }
            Action::Hear(reply) => self.hear(&mut s, reply),
            Action::PowerCut => self.cut_power(&mut s),
            Action::Tick => self.tick(&mut s),
            Action::Change { manager, what } => {
                let grant = s.managers[usize::from(manager)].change(s.next_change, what)?;
                s.next_change += 1;
                if let (Change::Reissue, Some(right_guest)) = (what, s.phones.last_mut()) {
                    right_guest.link = grant;
                }
            }
            Action::Put { manager } => {
                let View::Known(grant) = s.managers[usize::from(manager)].view else { return None };
                s.puts.insert((manager, grant));
            }
            Action::DeliverPut { manager, grant, is_heard } => {
                s.puts.remove(&(manager, grant));
                if s.known().managers.contains(&manager) {
                    let Reaction::Stands(key, counts) = s.react(Happening::Put { manager, grant }) else { return None };
                    s.note_grant(before, grant);
                    if is_heard {
                        s.note().conflict_told |= !counts;
                        s.managers[usize::from(manager)].look(key);
                    }
                }
            }
            Action::Look { manager } => {
                let key = s.known().key;
                s.managers[usize::from(manager)].look(key);
            }
            Action::RemoveManager => _ = s.react(Happening::Removal),
        }
        (s != *before).then_some(s)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        properties::all()
    }
}

impl World {
    fn actions_of_phones(&self, s: &State, actions: &mut Vec<Action>) {
        for (phone, guest) in (0..).zip(&s.phones) {
            if let Some(tap) = guest.taps.last() {
                if tap.may_send(s.now, self.copies, self.mistake) {
                    actions.push(Action::Send { phone });
                }
                // Who gives up matters where somebody asks after.
                if tap.is_in_hand(s.now) && tap.sent > 0 && guest.asks_left > 0 {
                    actions.push(Action::GiveUp { phone });
                }
            }
            for door in (0..self.doors).filter(|door| guest.may_tap(*door, s.now, self.mistake)) {
                let ops: &[Op] = if self.held { &[Op::Open] } else { &[Op::Open, Op::Claim, Op::ClaimAndOpen] };
                actions.extend(ops.iter().map(|op| Action::Tap { phone, op: *op, door }));
            }
            if guest.may_ask(s.now) {
                actions.push(Action::Ask { phone });
            }
        }
        actions.extend(s.replies.iter().copied().map(Action::Hear));
    }

    fn actions_of_idle_intercom(&self, s: &State, actions: &mut Vec<Action>) {
        actions.extend(s.frames.iter().copied().map(Action::Deliver));
        let asked = s.asked.iter().copied();
        actions.extend(asked.map(|(phone, number, sealed_at)| Action::AnswerStatus { phone, number, sealed_at }));
        for (manager, grant) in s.puts.iter().copied() {
            actions.extend([true, false].map(|is_heard| Action::DeliverPut { manager, grant, is_heard }));
        }
        let managers = &s.known().managers;
        let looking = s.managers.iter().map(|wallet| wallet.me).filter(|me| managers.contains(me));
        actions.extend(looking.map(|manager| Action::Look { manager }));
        if self.removal && managers.contains(&1) {
            actions.push(Action::RemoveManager);
        }
        if s.now < self.ticks {
            actions.push(Action::Tick);
        }
    }

    fn deliver(before: &State, s: &mut State, frame: Frame) -> Option<()> {
        // To the judgement one frame of a tap is like another, as long as it is in time.
        let tap = Frame { sealed_at: 0, copy: 0, ..frame };
        let Reaction::Ruled(ruled, is_spent) = s.react(Happening::Tap(tap)) else { return None };
        s.step = Step::Idle;
        if is_spent {
            s.frames.remove(&frame);
        }
        if frame.op != Op::Open {
            s.note_grant(before, frame.link);
        }
        s.note_claim(before, &frame, !matches!(ruled, Ruled::Refuses));
        match ruled {
            Ruled::Opens => s.step = Step::Agreed(frame),
            Ruled::Answers(told) => {
                s.note_told(&frame, told);
                s.answer(&frame, told.word);
            }
            Ruled::Refuses => {}
        }
        Some(())
    }

    fn move_relay(before: &State, s: &mut State) -> Option<()> {
        let Step::Agreed(frame) = s.step else { return None };
        let Reaction::Told(told) = s.react(Happening::RelayMoves(frame)) else { return None };
        s.note_told(&frame, told);
        let guest = &s.phones[usize::from(frame.phone)];
        let tap = guest.taps.iter().find(|tap| tap.number == frame.number);
        let is_late = tap.is_none_or(|tap| tap.is_over(s.now)) || frame.number != guest.number;
        s.note().opened_late |= is_late;
        s.note().opened_for_stranger |= !before.known().is_held_by(frame.phone);
        s.note().relay.push((frame.phone, frame.number, frame.door));
        s.step = Step::Acted(frame, told.word);
        Some(())
    }

    /// The judgement has written a fault when it answers; only mistakes leave anything to be done after.
    fn fail_relay(&self, s: &mut State) -> Option<()> {
        let Step::Agreed(frame) = s.step else { return None };
        s.faults_left -= 1;
        if self.mistake == Mistake::FaultToldFirst {
            s.step = Step::Acted(frame, Word::DoorFault);
            return Some(());
        }
        let Reaction::Told(told) = s.react(Happening::RelayFails(frame)) else { return None };
        s.note_told(&frame, told);
        if self.mistake == Mistake::UseBackApart {
            s.step = Step::Acted(frame, told.word);
        } else {
            s.step = Step::Idle;
            s.answer(&frame, told.word);
        }
        Some(())
    }

    fn write(&self, s: &mut State) -> Option<()> {
        let (Step::Acted(frame, word) | Step::Told(frame, word)) = s.step else { return None };
        let is_fault_to_write = word == Word::DoorFault && self.mistake == Mistake::FaultToldFirst;
        s.react(if is_fault_to_write { Happening::RelayFails(frame) } else { Happening::Finish });
        if matches!(s.step, Step::Acted(..)) {
            s.answer(&frame, word);
        }
        s.step = Step::Idle;
        Some(())
    }

    fn hear(&self, s: &mut State, reply: Reply) {
        s.replies.remove(&reply);
        let ended = s.phones[usize::from(reply.phone)].hear(reply, s.now, self.mistake);
        for (number, word) in ended {
            s.note().told.insert((reply.phone, number, word));
            s.note().told_by_status |= word == Word::Opened && reply.said != Said::Tap(word);
        }
        let guest = &s.phones[usize::from(reply.phone)];
        s.replies.retain(|other| other.phone != reply.phone || guest.waits_for(*other));
    }

    fn cut_power(&self, s: &mut State) {
        s.cuts_left -= 1;
        s.step = Step::Idle;
        s.react(Happening::PowerCut);
        if self.mistake != Mistake::RefusalAfterCut {
            s.replies.retain(|reply| reply.said != Said::Tap(Word::Refused));
        }
        s.asked.clear();
        // Nobody can open them any more: their epoch's key is gone.
        if self.mistake != Mistake::TokensForgotten {
            s.frames.clear();
            s.puts.clear();
        }
    }

    /// What was too long on the way is gone. That late frames decide nothing is held by the session's own tests
    /// (`a_frame_that_was_late_or_early_is_stale_and_marks_nothing`): the judgement never sees them.
    fn tick(&self, s: &mut State) {
        s.now += 1;
        let now = s.now;
        let is_on_time = |sealed_at: u8, limit: u8| now - sealed_at <= limit;
        s.frames.retain(|frame| is_on_time(frame.sealed_at, WAY) || self.mistake == Mistake::NoAge);
        s.asked.retain(|(.., sealed_at)| is_on_time(*sealed_at, WAY));
        s.replies.retain(|reply| is_on_time(reply.sealed_at, WAY + 1));
    }
}
