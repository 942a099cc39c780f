//! The intercom's clock: set by managers, less exact the longer that was ago (docs/protocol.md, section 6).

use crate::Time;

/// A judged window may be off by this many seconds; a clock that may be off by more knows no time.
const GOOD_SECONDS: u64 = 300;
/// Two clocks agree within this and the intercom's own error.
const AGREE_SECONDS: u64 = 60;
/// How far off a clock is that was just set by a phone.
const FIRST_ERROR_MS: u64 = 1_000;
/// The last second that can be said.
const LAST: Time = (1 << 40) - 1;
/// Parts per million that a clock drifts.
const DRIFT_PPM: u64 = 10;

/// The moment at which something is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Milliseconds of a clock that only goes forward, from any beginning since the start.
    pub mono_ms: u64,
    /// The computer's own time, if it is to be trusted.
    pub system: Option<Time>,
}

/// What the intercom believes of the time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Clock {
    set: Option<Set>,
    /// What agreement is measured against: the last setting that was the first one, or that a person confirmed. The present
    /// one would let a phone walk the clock, a minute with each Put.
    anchor: Option<Set>,
    /// Set by hand: the computer's own time no longer counts.
    forced: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Set {
    at_ms: u64,
    time: Time,
    error_ms: u64,
}

/// What came of a manager's time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sync {
    /// There was no time before.
    First,
    /// Both agreed, and the clock moved to it.
    Agreed,
    /// They do not agree; the clock stays at this.
    Differs(Time),
}

impl Clock {
    /// The time, however good.
    pub fn time(&self, moment: &Moment) -> Option<Time> {
        Some(self.set?.time(moment))
    }

    /// How far off it may be, in seconds, rounded up.
    pub fn error(&self, moment: &Moment) -> Option<u64> {
        Some(self.set?.error(moment))
    }

    /// The time, if it is good enough to judge by.
    pub fn good_time(&self, moment: &Moment) -> Option<Time> {
        self.error(moment).filter(|error| *error <= GOOD_SECONDS).and_then(|_| self.time(moment))
    }

    /// Follows the computer's own time where that is to be trusted and nobody has set another.
    pub(super) fn follow(&mut self, moment: &Moment) {
        if let (Some(time), false) = (moment.system, self.forced) {
            self.anchor = Some(Set { at_ms: moment.mono_ms, time, error_ms: 0 });
            self.set = self.anchor;
        }
    }

    /// Takes a manager's time if it agrees with the anchor, or if there is none and it is not before `floor`: a time has
    /// passed, and only a person can say that it had not.
    pub(super) fn sync(&mut self, time: Time, floor: Time, moment: &Moment) -> Sync {
        let before = self.time(moment).zip(self.anchor);
        match before {
            Some((mine, anchor)) if !anchor.agrees(time, moment) => return Sync::Differs(mine),
            None if time.saturating_add_unsigned(AGREE_SECONDS) < floor => return Sync::Differs(floor),
            _ => {}
        }
        self.set = Some(Set { at_ms: moment.mono_ms, time, error_ms: FIRST_ERROR_MS });
        self.anchor = self.anchor.or(self.set);
        self.follow(moment);
        if before.is_some() { Sync::Agreed } else { Sync::First }
    }

    /// Sets it whatever it was: a person has confirmed it.
    pub(super) fn force(&mut self, time: Time, moment: &Moment) {
        self.set = Some(Set { at_ms: moment.mono_ms, time, error_ms: FIRST_ERROR_MS });
        self.anchor = self.set;
        self.forced = true;
    }
}

impl Set {
    /// What it shows at a later moment.
    fn time(&self, moment: &Moment) -> Time {
        let elapsed = moment.mono_ms.saturating_sub(self.at_ms) / 1000;
        self.time.saturating_add_unsigned(elapsed).min(LAST)
    }

    /// How far off it may be then, in seconds, rounded up.
    fn error(&self, moment: &Moment) -> u64 {
        let elapsed = moment.mono_ms.saturating_sub(self.at_ms);
        (self.error_ms + elapsed.saturating_mul(DRIFT_PPM) / 1_000_000).div_ceil(1000)
    }

    fn agrees(&self, time: Time, moment: &Moment) -> bool {
        self.time(moment).abs_diff(time) <= self.error(moment).saturating_add(AGREE_SECONDS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> Moment {
        Moment { mono_ms: seconds * 1000, system: None }
    }

    #[test]
    fn it_is_set_once_and_then_only_moved_by_those_who_agree() {
        let mut clock = Clock::default();
        assert_eq!(clock.time(&at(5)), None);
        assert_eq!(clock.sync(1_000, 0, &at(10)), Sync::First);
        assert_eq!(clock.time(&at(20)), Some(1_010));
        assert_eq!(clock.sync(1_071, 0, &at(20)), Sync::Agreed);
        assert_eq!(clock.sync(1_072, 0, &at(20)), Sync::Differs(1_071));
        assert_eq!(clock.sync(948, 0, &at(20)), Sync::Differs(1_071));
        assert_eq!(clock.time(&at(20)), Some(1_071));
        assert_eq!(clock.sync(949, 0, &at(20)), Sync::Agreed);
    }

    #[test]
    fn those_who_agree_move_it_by_one_agreement_in_all() {
        let mut clock = Clock::default();
        clock.sync(1_000_000, 0, &at(0));
        for step in [60, -60] {
            for seconds in 0..1_000 {
                let now = at(seconds);
                let mine = clock.time(&now).unwrap();
                clock.sync(mine + step, 0, &now);
                let right = 1_000_000_i64.saturating_add_unsigned(seconds);
                assert!(clock.time(&now).unwrap().abs_diff(right) <= AGREE_SECONDS + 2);
            }
        }
        // What a person confirms is what is agreed with from then on.
        clock.force(5_000_000, &at(2_000));
        assert_eq!(clock.sync(5_000_060, 0, &at(2_000)), Sync::Agreed);
        assert_eq!(clock.sync(1_002_000, 0, &at(2_000)), Sync::Differs(5_000_060));
    }

    #[test]
    fn a_time_before_the_floor_is_no_first_time() {
        let mut clock = Clock::default();
        assert_eq!(clock.sync(1_000, 1_061, &at(0)), Sync::Differs(1_061));
        assert_eq!(clock.time(&at(0)), None);
        assert_eq!(clock.sync(1_000, 1_060, &at(0)), Sync::First);
    }

    #[test]
    fn it_ends_where_times_end() {
        let mut clock = Clock::default();
        clock.force(LAST, &at(0));
        assert_eq!(clock.time(&at(100)), Some(LAST));
    }

    #[test]
    fn its_error_grows_until_it_knows_no_time() {
        let mut clock = Clock::default();
        clock.sync(1_000, 0, &at(0));
        assert_eq!(clock.error(&at(1)), Some(1));
        assert_eq!(clock.error(&at(86_400)), Some(2));
        let last_good = 29_900_000;
        assert_eq!(clock.error(&at(last_good)), Some(300));
        assert!(clock.good_time(&at(last_good)).is_some());
        assert_eq!(clock.good_time(&at(last_good + 1_000)), None);
        assert!(clock.time(&at(last_good + 1_000)).is_some());
    }

    #[test]
    fn a_forced_time_stays_though_the_computer_has_another() {
        let system = |seconds, system| Moment { system: Some(system), ..at(seconds) };
        let mut clock = Clock::default();
        clock.follow(&system(0, 5_000));
        assert_eq!(clock.time(&at(1)), Some(5_001));
        clock.force(1_000, &system(2, 5_002));
        clock.follow(&system(3, 5_003));
        assert_eq!(clock.time(&at(3)), Some(1_001));
    }
}
