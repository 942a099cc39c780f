//! An intercom that comes back from an older copy of its disk, and the managers who put things right
//! (docs/protocol.md, section 7). The intercom is the judgement that ships; what a manager's phone does about it is here, as
//! the document has it, and in the core (phonein-core/src/sync).

mod intercom;
mod visitor;

use crate::{
    device::Stored,
    grant::Grant,
    manager::{Change, View, Wallet},
    mistake::Mistake,
};
use intercom::Intercom;
use stateright::{Model, Property};
use std::collections::BTreeSet;
use visitor::Visitor;

/// How often the first key's door opens.
const USES: u8 = 1;

/// Two managers, and guests who try every link there is.
#[derive(Clone, Copy, Debug)]
pub struct Restore {
    pub mistake: Mistake,
    pub changes: [u8; 2],
    pub guests: u8,
    /// Who signed the first grant.
    pub author: u8,
    /// Manager 1 pairs later.
    pub joins: bool,
    /// Manager 0 removes manager 1.
    pub leaves: bool,
    pub restores: u8,
    /// States differ by all that the judgement holds.
    pub whole: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
struct Witness {
    openings: u8,
    claimed: BTreeSet<(u8, u8)>,
    signed_anew: bool,
    deleted_opened: bool,
    removed_counted: bool,
    lost_unseen: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct State {
    intercom: Intercom,
    copy: Option<Intercom>,
    managers: Vec<Visitor>,
    /// Who is a manager as people see it.
    wanted: BTreeSet<u8>,
    links: BTreeSet<Grant>,
    guests_left: u8,
    may_join: bool,
    may_leave: bool,
    next_change: u8,
    witness: Witness,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    Change(u8, Change),
    /// Answered or not: "stored" counts no more than Keys does, and a refusal that is lost changes nothing.
    Put(u8),
    ReadKeys(u8),
    ReadLog(u8),
    Pair,
    Remove,
    /// A guest claims with a link, and opens.
    Claim(u8, Grant),
    Copy,
    Restore,
}

impl State {
    /// The same state, told apart from others by less.
    pub fn abridged(&self) -> Self {
        let copy = self.copy.as_ref().map(Intercom::abridged);
        Self { intercom: self.intercom.abridged(), copy, ..self.clone() }
    }

    /// Every manager's phone has read all there is.
    fn all_read(&self) -> bool {
        self.intercom.managers().eq(self.wanted.iter().copied())
            && self.wanted().all(|visitor| visitor.has_read(self.intercom.log()))
    }

    /// And as far as it can tell, there is nothing left to do.
    fn settled(&self) -> bool {
        self.all_read() && self.wanted().all(|visitor| visitor.to_put().is_none())
    }

    fn wanted(&self) -> impl Iterator<Item = &Visitor> {
        self.managers.iter().filter(|visitor| self.wanted.contains(&visitor.wallet.me))
    }

    fn someone_knows_it_deleted(&self) -> bool {
        self.wanted().any(|visitor| matches!(visitor.wallet.view, View::Deleted { .. }))
    }

    fn newest_known(&self) -> u8 {
        self.wanted().map(|visitor| visitor.wallet.known).max().unwrap_or(0)
    }

    /// Notes what became of the grant that counts.
    fn note_grant(&mut self, before: Stored) {
        if let (Stored::Known(old), Stored::Known(new)) = (before, self.intercom.key())
            && old.change != new.change
        {
            self.witness.removed_counted |= !self.wanted.contains(&new.author);
            self.witness.lost_unseen |= new.seen & (1 << old.change) == 0;
        }
    }
}

impl Model for Restore {
    type State = State;
    type Action = Action;

    fn init_states(&self) -> Vec<State> {
        let first = Grant::first(self.author);
        let wanted: BTreeSet<u8> = if self.joins { [0].into() } else { [0, 1].into() };
        let intercom = Intercom::new(&wanted, self);
        let visitor = |me: u8| {
            let wallet = Wallet {
                me,
                view: if me == self.author { View::Known(first) } else { View::Unknown },
                fresh: me == self.author,
                known: 0,
                seen: 1,
                changes_left: self.changes[usize::from(me)],
            };
            Visitor::new(wallet, intercom.log().to_vec())
        };
        vec![State {
            managers: vec![visitor(0), visitor(1)],
            intercom,
            copy: None,
            wanted,
            links: [first].into(),
            guests_left: self.guests,
            may_join: self.joins,
            may_leave: self.leaves,
            next_change: 1,
            witness: Witness::default(),
        }]
    }

    fn actions(&self, s: &State, actions: &mut Vec<Action>) {
        for visitor in &s.managers {
            let manager = visitor.wallet.me;
            if visitor.wallet.may_change() {
                // The same to all but guests.
                let edit = if self.guests > 0 { Change::Reissue } else { Change::Edit };
                actions.extend([edit, Change::Delete].map(|what| Action::Change(manager, what)));
            }
            if s.intercom.is_managed_by(manager) {
                if visitor.to_put().is_some() {
                    actions.push(Action::Put(manager));
                }
                actions.push(Action::ReadKeys(manager));
                if visitor.may_read_log() {
                    actions.push(Action::ReadLog(manager));
                }
            }
        }
        let (is, should) = (s.intercom.is_managed_by(1), s.wanted.contains(&1));
        if !is && (should || s.may_join) {
            actions.push(Action::Pair);
        }
        if is && (!should || s.may_leave) {
            actions.push(Action::Remove);
        }
        if s.guests_left > 0 {
            let guest = self.guests - s.guests_left;
            actions.extend(s.links.iter().map(|link| Action::Claim(guest, *link)));
        }
        if s.copy.is_none() && s.intercom.life() < self.restores {
            actions.push(Action::Copy);
        }
        if s.copy.is_some() {
            actions.push(Action::Restore);
        }
    }

    fn next_state(&self, before: &State, action: Action) -> Option<State> {
        let mut s = before.clone();
        let key = before.intercom.key();
        match action {
            Action::Change(manager, what) => {
                let grant = s.managers[usize::from(manager)].wallet.change(s.next_change, what)?;
                s.next_change += 1;
                if what == Change::Reissue {
                    s.links.insert(grant);
                }
            }
            Action::Put(manager) => {
                let grant = s.managers[usize::from(manager)].to_put()?;
                let verdict = s.intercom.put(manager, grant);
                let stands = s.intercom.key();
                s.witness.signed_anew |= s.managers[usize::from(manager)].hear(grant, &verdict, stands, self.mistake);
                s.note_grant(key);
            }
            Action::ReadKeys(manager) => {
                s.managers[usize::from(manager)].read_keys(key, before.intercom.log(), self.mistake);
            }
            Action::ReadLog(manager) => {
                s.managers[usize::from(manager)].read_log(before.intercom.log(), self.mistake)?;
            }
            Action::Pair => {
                s.may_join = false;
                s.wanted.insert(1);
                s.intercom.press_and_pair(1);
            }
            Action::Remove => {
                s.may_leave = false;
                s.wanted.remove(&1);
                s.intercom.remove();
            }
            Action::Claim(phone, link) => {
                s.guests_left -= 1;
                let opens = s.intercom.claim(phone, link);
                s.note_grant(key);
                if s.intercom.is_held_by(phone) {
                    s.witness.claimed.insert((link.link, phone));
                }
                s.witness.openings += u8::from(opens);
                s.witness.deleted_opened |= opens && s.someone_knows_it_deleted();
            }
            Action::Copy => s.copy = Some(s.intercom.clone()),
            Action::Restore => s.intercom = s.copy.take()?.restored(before.intercom.life() + 1),
        }
        (s != *before).then_some(s)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always("once all is put again, a deleted key is deleted", |_, s: &State| {
                !(s.settled() && s.someone_knows_it_deleted()) || s.intercom.key() == Stored::Deleted
            }),
            Property::always("once all is put again, the newest version is there", |_, s: &State| {
                let there = match s.intercom.key() {
                    Stored::Known(grant) => grant.version,
                    Stored::Deleted => u8::MAX,
                    Stored::Nothing => 0,
                };
                !s.settled() || there >= s.newest_known()
            }),
            Property::always("what there is to put can be put", |world: &Self, s: &State| {
                let mut waiting = s.wanted().filter(|visitor| visitor.to_put().is_some());
                !s.all_read() || waiting.all(|visitor| world.next_state(s, Action::Put(visitor.wallet.me)).is_some())
            }),
            Property::sometimes("all is put right after a restore", |_, s: &State| {
                s.intercom.life() > 0 && s.settled() && s.newest_known() > 1
            }),
            Property::sometimes("a deletion comes back after a restore", |_, s: &State| {
                s.intercom.life() > 0 && s.settled() && s.someone_knows_it_deleted()
            }),
            Property::sometimes("a grant is signed anew", |_, s: &State| {
                s.intercom.life() > 0 && s.settled() && s.witness.signed_anew
            }),
        ]
    }
}

/// What no rule can promise once an older copy of the disk is back.
#[derive(Clone, Copy, Debug)]
pub struct Limits(pub Restore);

impl Model for Limits {
    type State = State;
    type Action = Action;

    fn init_states(&self) -> Vec<State> {
        self.0.init_states()
    }

    fn actions(&self, state: &State, actions: &mut Vec<Action>) {
        self.0.actions(state, actions);
    }

    fn next_state(&self, state: &State, action: Action) -> Option<State> {
        self.0.next_state(state, action)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always("uses spent since the copy stay spent", |_, s: &State| s.witness.openings <= USES),
            Property::always("a claim made since the copy stands", |_, s: &State| {
                let claimed = &s.witness.claimed;
                claimed.iter().all(|(link, phone)| claimed.iter().all(|other| other.0 != *link || other.1 == *phone))
            }),
            Property::always("a deleted key opens no more, before the managers came by", |_, s: &State| {
                !s.witness.deleted_opened
            }),
            Property::always("a removed manager is none, before the managers came by", |_, s: &State| {
                !s.witness.removed_counted
            }),
            Property::always("a change made since the restore is not lost unseen", |_, s: &State| {
                !s.witness.lost_unseen
            }),
        ]
    }
}
