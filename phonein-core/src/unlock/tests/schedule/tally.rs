//! How often what happened: schedules are worth something only if everything does.

use std::collections::BTreeMap;

use super::{
    play::{Played, Round},
    verdict::Word,
    *,
};

/// What must happen in two schedules of a hundred.
const ALL: [&str; 15] = [
    "opened over Http",
    "opened over Bluetooth",
    "refused over Http",
    "refused over Bluetooth",
    "unreachable",
    "no answer",
    "cancelled",
    "no answer, and it opened",
    "no answer, and it never arrived",
    "opened already",
    "renumbered",
    "joined",
    "in good weather over Bluetooth",
    "the fake was asked",
    "several links",
];

/// In how many schedules each thing happened.
#[derive(Debug, Default)]
pub(super) struct Tally(BTreeMap<String, u64>);

impl Tally {
    pub(super) fn count(&mut self, played: &Played) {
        let mut seen = std::collections::BTreeSet::new();
        let (last, rounds) = played.rounds.split_last().unwrap();
        for round in rounds {
            seen.extend(round.endings.iter().map(|ending| name(round, ending)));
            if round.endings.iter().any(|ending| matches!(ending, Ending::NoAnswer { .. })) {
                match played.word(round) {
                    Some(Word::Said(Outcome::Opened { .. })) => _ = seen.insert("no answer, and it opened".into()),
                    Some(Word::Nothing) => _ = seen.insert("no answer, and it never arrived".into()),
                    _ => {}
                }
            }
            if round.numbers.len() > 1 {
                seen.insert("renumbered".into());
            }
            if round.endings.len() > 1 {
                seen.insert("joined".into());
            }
        }
        let via = Via::Bluetooth;
        if matches!(last.endings[0], Ending::Opened { via: by, .. } | Ending::Refused { via: by, .. } if by == via) {
            seen.insert("in good weather over Bluetooth".into());
        }
        if played.connected.contains(&"fake") {
            seen.insert("the fake was asked".into());
        }
        if played.connected.len() > 2 {
            seen.insert("several links".into());
        }
        for what in seen {
            *self.0.entry(what).or_default() += 1;
        }
    }

    pub(super) fn check(&self, schedules: u64) {
        for what in ALL {
            let count = self.0.get(what).copied().unwrap_or(0);
            assert!(count * 50 >= schedules, "{what}: only {count} of {schedules}, {self:?}");
        }
    }
}

fn name(round: &Round, ending: &Ending) -> String {
    match ending {
        Ending::Opened { .. } if round.numbers.is_empty() => "opened already".into(),
        Ending::Opened { via, .. } => format!("opened over {via:?}"),
        Ending::Refused { via, .. } => format!("refused over {via:?}"),
        Ending::Unreachable { .. } => "unreachable".into(),
        Ending::NoAnswer { .. } => "no answer".into(),
        Ending::Cancelled => "cancelled".into(),
        other => format!("{other:?}"),
    }
}
