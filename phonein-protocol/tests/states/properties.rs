//! What must hold in every state, and what must be seen in some.

use crate::{
    device::Stored,
    phone::Word,
    world::{State, Step, World},
};
use stateright::Property;
use std::collections::BTreeSet;

pub fn all() -> Vec<Property<World>> {
    vec![
        Property::always("never more openings than uses", |w: &World, s: &State| {
            let openings = |door| s.witness.relay.iter().filter(|opening| opening.2 == door).count();
            (0..w.doors).all(|door| openings(door) <= w.allows.uses.into())
        }),
        Property::always("a tap opens once", |_, s: &State| {
            s.witness.relay.iter().collect::<BTreeSet<_>>().len() == s.witness.relay.len()
        }),
        Property::always("a link is claimed once", |_, s: &State| {
            let claimed = &s.witness.claimed;
            claimed.iter().all(|(link, phone)| claimed.iter().all(|other| other.0 != *link || other.1 == *phone))
        }),
        Property::always("only the holder opens", |_, s: &State| !s.witness.opened_for_stranger),
        Property::always("only the holder is given the stored grant", |_, s: &State| !s.witness.grant_leaked),
        Property::always("a claim is told who holds the key", |_, s: &State| !s.witness.holding_misreported),
        Property::always("nothing opens after the person gave up", |_, s: &State| !s.witness.opened_late),
        Property::always("a person is told the truth", |_, s: &State| {
            s.witness.told.iter().all(|(phone, number, word)| {
                let opened = s.witness.relay.iter().any(|opening| (opening.0, opening.1) == (*phone, *number));
                match word {
                    Word::Opened => opened,
                    Word::Interrupted => true,
                    _ => !opened,
                }
            })
        }),
        Property::always("no tap that opened is said to have never arrived", |_, s: &State| {
            s.witness
                .relay
                .iter()
                .all(|(phone, number, _)| !s.witness.told.contains(&(*phone, *number, Word::NeverArrived)))
        }),
        Property::always("a remembered tap has an answer", |_, s: &State| {
            s.step != Step::Idle || s.known().last.iter().flatten().all(|last| last.word.is_some())
        }),
        Property::always("a use is spent, or given back once", |_, s: &State| {
            let is_known = matches!(s.known().key, Stored::Known(_));
            s.step != Step::Idle || !is_known || s.known().spent == s.known().used
        }),
        Property::always("a door fault costs nothing", |_, s: &State| {
            let mut faults = s.witness.told.iter().filter(|told| told.2 == Word::DoorFault);
            s.step != Step::Idle || faults.all(|(phone, number, _)| s.known().faulted.contains(&(*phone, *number)))
        }),
        Property::always("a deleted key stays deleted", |_, s: &State| !s.witness.back_from_deletion),
        Property::always("no change is lost unseen", |_, s: &State| !s.witness.lost_unseen),
        Property::always("a removed manager's new grant is never taken", |_, s: &State| !s.witness.from_removed),
        Property::always("a stored key can be claimed, whoever signed it", |_, s: &State| !s.witness.kept_refused),
        Property::sometimes("someone opens", |_, s: &State| is_told(s, Word::Opened)),
        Property::sometimes("someone is told of a power cut", |_, s: &State| is_told(s, Word::Interrupted)),
        Property::sometimes("someone is told that a tap never arrived", |_, s: &State| is_told(s, Word::NeverArrived)),
        Property::sometimes("someone is told of a door fault", |_, s: &State| is_told(s, Word::DoorFault)),
        Property::sometimes("Status tells of an opening", |_, s: &State| s.witness.told_by_status),
        Property::sometimes("a renewed link is claimed", |_, s: &State| {
            s.witness.claimed.iter().any(|claim| claim.0 != 0)
        }),
        Property::sometimes("a removed manager's kept link is claimed", |_, s: &State| s.witness.kept_claimed),
        Property::sometimes("a manager is told of a conflict", |_, s: &State| s.witness.conflict_told),
    ]
}

fn is_told(s: &State, word: Word) -> bool {
    s.witness.told.iter().any(|told| told.2 == word)
}
