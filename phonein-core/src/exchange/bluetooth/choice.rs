//! Which device to try next. Pure: time is an argument, since the search began.

use std::time::Duration;

use super::radio::{PeripheralId, Sighting};

/// After so long a device is tried whose advertisement does not match.
const ANY: Duration = Duration::from_secs(1);
/// After so long one is tried that failed before.
const DOUBTED: Duration = Duration::from_secs(2);
/// One that failed in this search is left alone for so long.
const PAUSE: Duration = Duration::from_secs(1);

/// So many devices are kept in mind in one search.
const MOST: usize = 64;

/// Who is sought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sought {
    /// The intercom with this public key.
    Intercom([u8; 32]),
    /// One that waits for pairing.
    Unpaired,
}

impl Sought {
    /// Whether this seems to be the one. A hint, never a filter: the advertisement may be damaged, or an intercom with a
    /// manager may have had its button held.
    fn is_hinted(&self, sighting: &Sighting) -> bool {
        sighting.advert.is_some_and(|advert| match self {
            Self::Intercom(public) => advert.matches(public),
            Self::Unpaired => advert.waits_for_pairing(),
        })
    }
}

/// What earlier attempts say of a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Doubt {
    /// Nothing against it.
    None,
    /// It failed lately: others first.
    Some,
    /// It was just found to be another one.
    Certain,
}

/// What to do now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// Try this one.
    Try(PeripheralId),
    /// Go on looking, until then at the latest.
    Look(Duration),
    /// All that are near are others.
    Strangers,
}

/// The devices that were seen in one search.
#[derive(Debug)]
pub(super) struct Choice {
    sought: Sought,
    seen: Vec<Seen>,
}

#[derive(Debug)]
struct Seen {
    peripheral: PeripheralId,
    is_hinted: bool,
    /// It failed in this search.
    failed: Option<Duration>,
}

impl Choice {
    pub(super) fn new(sought: Sought) -> Self {
        Self { sought, seen: Vec::new() }
    }

    /// A device was seen.
    pub(super) fn see(&mut self, sighting: &Sighting) {
        let is_hinted = self.sought.is_hinted(sighting);
        if let Some(seen) = self.seen.iter_mut().find(|seen| seen.peripheral == sighting.peripheral) {
            // The identifier may have changed in between, or come only with a later packet.
            seen.is_hinted |= is_hinted;
            return;
        }
        let new = Seen { peripheral: sighting.peripheral.clone(), is_hinted, failed: None };
        if self.seen.len() < MOST {
            self.seen.push(new);
        } else if is_hinted
            && let Some(other) = self.seen.iter_mut().find(|seen| !seen.is_hinted || seen.failed.is_some())
        {
            // In a crowd the likely ones count.
            *other = new;
        }
    }

    /// An attempt came to nothing.
    pub(super) fn fail(&mut self, peripheral: &PeripheralId, now: Duration) {
        if let Some(seen) = self.seen.iter_mut().find(|seen| seen.peripheral == *peripheral) {
            seen.failed = Some(now);
        }
    }

    /// What to do at `now`. To be asked after everything that happens, and when [`Next::Look`] says.
    pub(super) fn next(&self, now: Duration, doubt: impl Fn(&PeripheralId) -> Doubt) -> Next {
        let due = |seen: &Seen| {
            let doubt = match (doubt(&seen.peripheral), seen.failed) {
                (Doubt::Certain, _) => return None,
                (Doubt::None, None) => Doubt::None,
                _ => Doubt::Some,
            };
            let from = match (doubt, seen.is_hinted) {
                (Doubt::None, true) => Duration::ZERO,
                (Doubt::None, false) => ANY,
                _ => DOUBTED,
            };
            let pause = seen.failed.map_or(Duration::ZERO, |failed| failed + PAUSE);
            // Among those who are due: the ones without doubt, then the hinted ones, then who was seen first.
            Some((from.max(pause), doubt != Doubt::None, !seen.is_hinted))
        };
        let all = || self.seen.iter().filter_map(|seen| due(seen).map(|due| (due, seen)));
        let ready = all().filter(|((from, ..), _)| now >= *from);
        // The first of several equal ones.
        if let Some((_, seen)) = ready.min_by_key(|((_, doubted, unhinted), _)| (*doubted, *unhinted)) {
            return Next::Try(seen.peripheral.clone());
        }
        match all().map(|((from, ..), _)| from).min() {
            Some(from) => Next::Look(from),
            None if self.seen.is_empty() => Next::Look(Duration::MAX),
            None if now >= DOUBTED => Next::Strangers,
            None => Next::Look(DOUBTED),
        }
    }

    /// Whether another one could be tried instead at once that is as likely.
    pub(super) fn has_rival(&self, peripheral: &PeripheralId, doubt: impl Fn(&PeripheralId) -> Doubt) -> bool {
        self.seen
            .iter()
            .any(|seen| seen.is_hinted && seen.peripheral != *peripheral && doubt(&seen.peripheral) == Doubt::None)
    }
}

#[cfg(test)]
mod tests {
    use phonein_protocol::advert::Advert;

    use super::*;

    const KEY: [u8; 32] = [7; 32];

    fn ms(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    fn id(name: &str) -> PeripheralId {
        PeripheralId(name.into())
    }

    fn tried(name: &str) -> Next {
        Next::Try(id(name))
    }

    fn choice(sought: Sought, seen: &[(&str, Option<Advert>)]) -> Choice {
        let mut choice = Choice::new(sought);
        for (name, advert) in seen {
            choice.see(&Sighting { peripheral: id(name), advert: *advert });
        }
        choice
    }

    fn ours() -> Advert {
        Advert::of(&KEY, [1, 2, 3])
    }

    fn theirs() -> Advert {
        Advert::of(&[8; 32], [1, 2, 3])
    }

    #[test]
    fn one_that_matches_goes_at_once_and_any_other_after_a_second() {
        let choice =
            choice(Sought::Intercom(KEY), &[("other", Some(theirs())), ("bare", None), ("ours", Some(ours()))]);
        assert_eq!(choice.next(ms(0), |_| Doubt::None), tried("ours"));
        assert_eq!(choice.next(ms(5_000), |_| Doubt::None), tried("ours"));
        let doubtful = |peripheral: &PeripheralId| if peripheral.0 == "ours" { Doubt::Some } else { Doubt::None };
        assert_eq!(choice.next(ms(999), doubtful), Next::Look(ms(1_000)));
        assert_eq!(choice.next(ms(1_000), doubtful), tried("other"), "the hint is no filter");
    }

    #[test]
    fn a_crowd_is_not_remembered_and_hides_nobody() {
        let mut choice = Choice::new(Sought::Intercom(KEY));
        for n in 0..10_000 {
            choice.see(&Sighting { peripheral: id(&format!("stranger {n}")), advert: Some(theirs()) });
        }
        choice.see(&Sighting { peripheral: id("ours"), advert: Some(ours()) });
        assert_eq!(choice.seen.len(), MOST);
        assert_eq!(choice.next(ms(0), |_| Doubt::None), tried("ours"));
    }

    #[test]
    fn for_pairing_those_that_wait_for_it_go_first() {
        let choice = choice(Sought::Unpaired, &[("paired", Some(theirs())), ("new", Some(Advert::PAIRING))]);
        assert_eq!(choice.next(ms(2_000), |_| Doubt::None), tried("new"));
        let new_is_wrong = |peripheral: &PeripheralId| if peripheral.0 == "new" { Doubt::Certain } else { Doubt::None };
        assert_eq!(choice.next(ms(2_000), new_is_wrong), tried("paired"), "its button may have been held");
    }

    #[test]
    fn a_fake_with_the_same_advertisement_does_not_block_the_real_one() {
        let choice = choice(Sought::Intercom(KEY), &[("fake", Some(ours())), ("real", Some(ours()))]);
        assert_eq!(choice.next(ms(0), |_| Doubt::None), tried("fake"));
        for doubt in [Doubt::Some, Doubt::Certain] {
            let exposed = |peripheral: &PeripheralId| if peripheral.0 == "fake" { doubt } else { Doubt::None };
            assert_eq!(choice.next(ms(0), exposed), tried("real"));
        }
    }

    #[test]
    fn one_that_failed_is_tried_again_after_the_others() {
        let mut choice = choice(Sought::Intercom(KEY), &[("ours", Some(ours())), ("other", Some(theirs()))]);
        choice.fail(&id("ours"), ms(500));
        assert_eq!(choice.next(ms(600), |_| Doubt::None), Next::Look(ms(1_000)));
        assert_eq!(choice.next(ms(1_000), |_| Doubt::None), tried("other"));
        choice.fail(&id("other"), ms(1_300));
        assert_eq!(choice.next(ms(1_300), |_| Doubt::None), Next::Look(ms(2_000)));
        assert_eq!(choice.next(ms(2_400), |_| Doubt::None), tried("ours"));
    }

    #[test]
    fn when_all_are_strangers_the_search_ends_after_giving_others_time_to_be_seen() {
        let choice = choice(Sought::Intercom(KEY), &[("fake", Some(ours()))]);
        assert_eq!(choice.next(ms(100), |_| Doubt::Certain), Next::Look(ms(2_000)));
        assert_eq!(choice.next(ms(2_000), |_| Doubt::Certain), Next::Strangers);
        let nobody = Choice::new(Sought::Unpaired);
        assert_eq!(nobody.next(ms(9_000), |_| Doubt::None), Next::Look(Duration::MAX));
    }

    #[test]
    fn a_hint_that_comes_with_a_later_packet_counts() {
        let mut choice = choice(Sought::Intercom(KEY), &[("ours", None)]);
        assert_eq!(choice.next(ms(0), |_| Doubt::None), Next::Look(ms(1_000)));
        choice.see(&Sighting { peripheral: id("ours"), advert: Some(ours()) });
        assert_eq!(choice.next(ms(0), |_| Doubt::None), tried("ours"));
    }
}
