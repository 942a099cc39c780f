//! What must hold of every schedule.

use super::{
    play::{Person, Played, Round},
    *,
};

/// From the first press until all is over and written down.
const OVER: Duration = ms(10_000);

impl Played {
    /// Panics if anything went wrong.
    pub(super) fn check(&self) {
        for round in &self.rounds {
            assert!(round.lasted <= OVER, "it takes {:?}: {round:?}", round.lasted);
            self.check_openings(round);
            for ending in &round.endings {
                self.check_ending(round, ending);
            }
            assert!(round.numbers.is_empty() || self.word(round).is_some(), "nobody knows: {round:?} {self:?}");
        }
        for opening in &self.openings {
            let is_of_a_tap = self.rounds.iter().any(|round| round.numbers.contains(&opening.tap));
            assert!(is_of_a_tap || self.forgotten.contains(&opening.tap), "{opening:?} {self:?}");
        }
        let entrance = self.openings.iter().filter(|opening| opening.door == Door::Entrance).count();
        if let Person::Guest { uses } = self.person {
            assert!(entrance as u64 <= uses, "{self:?}");
        }
        self.check_last();
        assert_eq!(self.misuses, [""; 0], "{self:?}");
        assert!(self.is_clean, "a link or a scan is left: {self:?}");
    }

    /// No tap opens twice, or late, or another door; what the intercom says of it afterwards is what it did.
    fn check_openings(&self, round: &Round) {
        let openings: Vec<_> = self.openings.iter().filter(|opening| round.numbers.contains(&opening.tap)).collect();
        assert!(openings.len() <= 1, "opened twice: {round:?} {self:?}");
        for opening in &openings {
            assert_eq!(opening.door, round.door);
            assert!(opening.at - round.began <= OVER, "opened late: {opening:?} {round:?} {self:?}");
        }
        match self.word(round) {
            Some(Word::Said(Outcome::Opened { door, .. })) => {
                assert_eq!((door, openings.len()), (round.door, 1), "{round:?} {self:?}");
            }
            Some(Word::Said(outcome)) => {
                assert_eq!(openings.len(), 0, "{round:?} {self:?}");
                assert!(self.may_refuse(round, outcome), "{outcome:?}: {round:?} {self:?}");
            }
            Some(Word::Forgotten) => assert!(!self.forgotten.is_empty(), "{round:?} {self:?}"),
            Some(Word::Nothing) | None => assert_eq!(openings.len(), 0, "{round:?} {self:?}"),
        }
    }

    /// What a person is told is what is.
    fn check_ending(&self, round: &Round, ending: &Ending) {
        let opened = || self.openings.iter().find(|opening| round.numbers.contains(&opening.tap));
        match ending {
            Ending::Opened { door, .. } if round.numbers.is_empty() => {
                assert!(self.is_open(*door, round.began), "{round:?} {self:?}");
            }
            Ending::Opened { door, .. } => {
                let opening = opened().expect("it did not open");
                assert_eq!(*door, opening.door);
                assert!((round.began..=round.began + round.lasted).contains(&opening.at), "{round:?} {self:?}");
            }
            Ending::Refused { outcome, .. } => {
                assert!(opened().is_none() && self.may_refuse(round, *outcome), "{ending:?} {round:?} {self:?}");
            }
            Ending::Unreachable { .. } => assert!(opened().is_none(), "{round:?} {self:?}"),
            Ending::Cancelled => assert!(opened().is_none() && round.was_cancelled, "{round:?} {self:?}"),
            // The word of the intercom says what became of it.
            Ending::NoAnswer { .. } => assert!(!round.numbers.is_empty(), "{round:?} {self:?}"),
            Ending::Accepted { .. } | Ending::Busy => panic!("{round:?} {self:?}"),
        }
    }

    /// In good weather it opens, or is refused for what holds.
    fn check_last(&self) {
        let last = self.rounds.last().unwrap();
        let must_open = match self.person {
            Person::Manager => true,
            Person::Guest { uses } => self.used_before(last) < uses,
            Person::Stranger => false,
        };
        match &last.endings[..] {
            [Ending::Opened { via, .. }] if must_open => assert!(!self.only_bluetooth || *via == Via::Bluetooth),
            [Ending::Refused { via, .. }] if !must_open => assert!(!self.only_bluetooth || *via == Via::Bluetooth),
            endings => panic!("in good weather: {endings:?} {self:?}"),
        }
    }

    /// Whether the intercom may say that of this tap.
    fn may_refuse(&self, round: &Round, outcome: Outcome) -> bool {
        match (self.person, round.door, outcome) {
            (Person::Manager, _, Outcome::NumberUsed { .. }) => !self.forgotten.is_empty(),
            (Person::Guest { uses }, Door::Entrance, Outcome::UsedUp) => self.used_before(round) >= uses,
            (Person::Guest { .. }, Door::Inner, Outcome::NotThisDoor) | (Person::Stranger, _, Outcome::UnknownKey) => {
                true
            }
            _ => false,
        }
    }

    /// How often the entrance had opened before.
    fn used_before(&self, round: &Round) -> u64 {
        let before =
            |opening: &&crate::exchange::fake::Opening| opening.door == Door::Entrance && opening.at < round.began;
        self.openings.iter().filter(before).count() as u64
    }

    /// Whether the intercom had said of an earlier tap that the door is open, and it still is.
    fn is_open(&self, door: Door, now: Instant) -> bool {
        self.rounds.iter().filter(|round| round.began < now).any(|round| {
            let is_said = self.word(round) == Some(Word::Said(Outcome::Opened { door, seconds: SECONDS }));
            is_said && round.began + round.lasted + ms(SECONDS * 1_000) > now
        })
    }

    /// The last word about a tap.
    pub(super) fn word(&self, round: &Round) -> Option<Word> {
        self.entries.iter().rev().find_map(|entry| match entry {
            Entry::Answered(number, outcome) | Entry::Settled(number, Settled::Answered(outcome))
                if round.numbers.contains(number) =>
            {
                Some(Word::Said(*outcome))
            }
            Entry::Settled(number, Settled::Forgotten) if round.numbers.contains(number) => Some(Word::Forgotten),
            Entry::Settled(number, Settled::NeverArrived)
            | Entry::Unheard(number, Unheard::Unreachable | Unheard::Cancelled)
                if round.numbers.contains(number) =>
            {
                Some(Word::Nothing)
            }
            _ => None,
        })
    }

    /// What happened, to be compared.
    pub(super) fn story(&self) -> String {
        let rounds = self.rounds.iter().map(|round| (round.began - self.start, round.lasted, &round.endings));
        let openings = self.openings.iter().map(|opening| (opening.at - self.start, opening.door, opening.tap));
        let (rounds, openings) = (rounds.collect::<Vec<_>>(), openings.collect::<Vec<_>>());
        format!("{:?} {rounds:?} {openings:?} {:?} {:?}", self.moods, self.entries, self.connected)
    }
}

/// What is known of a tap in the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// The intercom said so.
    Said(Outcome),
    /// It never came to the intercom.
    Nothing,
    /// The intercom knows only a later one.
    Forgotten,
}
