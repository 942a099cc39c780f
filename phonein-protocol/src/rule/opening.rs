//! What a rule says at an instant, and when that changes.

use super::{Rule, Weekly};
use crate::Time;
use crate::zone::{MAX_OFFSET, ZoneTable};

/// What a rule says at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// The key opens.
    Open {
        /// The first instant at which it no longer does; `None` if there is none.
        closes: Option<Time>,
    },
    /// Its first day, or its start, has not come.
    NotYet {
        /// The first opening.
        opens: Time,
    },
    /// A recurring key between its windows.
    Outside {
        /// The next opening.
        next: Time,
    },
    /// It will never open again.
    Expired,
    /// A recurring key, and no zone table reaches this instant: refused as if the time were not known.
    NoZone,
}

/// Openings after the end of the zone table are reckoned with its last offset: a newer table comes before they do.
impl Rule {
    /// What the rule says at `now`, by the intercom's `zone`.
    pub fn judge(&self, zone: Option<&ZoneTable>, now: Time) -> Verdict {
        match self {
            Self::Always => Verdict::Open { closes: None },
            Self::Between { start, .. } if now < *start => Verdict::NotYet { opens: *start },
            Self::Between { expiry, .. } if now < *expiry => Verdict::Open { closes: Some(*expiry) },
            Self::Between { .. } => Verdict::Expired,
            Self::Weekly(_) if self.ended(zone, now) => Verdict::Expired,
            Self::Weekly(weekly) => match zone.filter(|zone| now <= zone.until()) {
                None => Verdict::NoZone,
                Some(zone) => weekly.judge(zone, now),
            },
        }
    }

    /// Whether the key opens at `now`.
    pub fn is_open(&self, zone: Option<&ZoneTable>, now: Time) -> bool {
        matches!(self.judge(zone, now), Verdict::Open { .. })
    }

    /// The first instant after `now` at which the key begins to open; of a key that opens now, the next time it does after
    /// it has closed. `None` if it never will, or if that takes a zone and there is none.
    pub fn next_opening(&self, zone: Option<&ZoneTable>, now: Time) -> Option<Time> {
        match self {
            Self::Always => None,
            Self::Between { start, .. } => (now < *start).then_some(*start),
            Self::Weekly(weekly) => {
                let zone = zone?;
                match weekly.open_from(zone, now)? {
                    open if open == now => weekly.open_from(zone, weekly.shut_from(zone, now)?),
                    later => Some(later),
                }
            }
        }
    }

    /// Whether the key opens neither at `at` nor ever after. Of a recurring key without a zone this is known once it holds
    /// wherever the intercom may be.
    pub fn ended(&self, zone: Option<&ZoneTable>, at: Time) -> bool {
        match (self, zone) {
            (Self::Always, _) => false,
            (Self::Between { expiry, .. }, _) => *expiry <= at,
            (Self::Weekly(weekly), Some(zone)) => weekly.open_from(zone, at).is_none(),
            (Self::Weekly(weekly), None) => weekly.first_open(at.saturating_sub(MAX_OFFSET.into())).is_none(),
        }
    }
}

/// A wall clock runs evenly between two changes of its offset, so each such stretch is looked at by itself: a change may
/// open or close a window midway, skip it, or show it again.
impl Weekly {
    fn judge(&self, zone: &ZoneTable, now: Time) -> Verdict {
        match self.open_from(zone, now) {
            None => Verdict::Expired,
            Some(open) if open == now => Verdict::Open { closes: self.shut_from(zone, now) },
            Some(opens) if zone.local(now).date < self.from => Verdict::NotYet { opens },
            Some(next) => Verdict::Outside { next },
        }
    }

    /// From `at` on, the first instant at which the key opens.
    fn open_from(&self, zone: &ZoneTable, at: Time) -> Option<Time> {
        zone.stretches().filter(|stretch| at < stretch.end).find_map(|stretch| {
            let wall = at.max(stretch.start).saturating_add(stretch.offset);
            let open = self.first_open(wall)? - stretch.offset;
            (open < stretch.end).then_some(open)
        })
    }

    /// From `at` on, the first instant at which the key does not open.
    fn shut_from(&self, zone: &ZoneTable, at: Time) -> Option<Time> {
        zone.stretches().filter(|stretch| at < stretch.end).find_map(|stretch| {
            let from = at.max(stretch.start);
            let wall = from.saturating_add(stretch.offset);
            let shut = self.first_shut(wall).map_or(from, |shut| shut - stretch.offset);
            (shut < stretch.end).then_some(shut)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::{DAY, Date, Days, Minute};
    use alloc::vec;

    /// 2026-03-29 01:00 UTC, a Sunday: Budapest skips from 02:00 to 03:00.
    const SPRING: Time = 1_774_746_000;
    /// 2026-10-25 01:00 UTC, a Sunday: Budapest goes back from 03:00 to 02:00.
    const AUTUMN: Time = 1_792_890_000;
    const HOUR: Time = 3_600;
    const UNTIL: Time = AUTUMN + 100 * DAY;

    fn budapest() -> ZoneTable {
        let transitions = vec![(SPRING, 7_200), (AUTUMN, 3_600)];
        ZoneTable::new("Europe/Budapest".into(), "2026a".into(), 3_600, transitions, UNTIL).unwrap()
    }

    fn minute(text: &str) -> Minute {
        let (hour, minute) = text.split_once(':').unwrap();
        Minute::at(hour.parse().unwrap(), minute.parse().unwrap()).unwrap()
    }

    /// Every day of October 20–25 or March 26–29, 2026, around the night the clock is set.
    fn every_day(month: u8, days: [u8; 2], start: &str, end: &str) -> Rule {
        let [from, until] = days.map(|day| Date::from_ymd(2026, month, day).unwrap());
        Rule::Weekly(Weekly::new(Days::ALL, from, until, minute(start), minute(end)).unwrap())
    }

    fn judge(rule: &Rule, now: Time) -> Verdict {
        rule.judge(Some(&budapest()), now)
    }

    #[test]
    fn a_key_without_limits_opens_with_no_zone_and_no_end() {
        assert_eq!(Rule::Always.judge(None, 0), Verdict::Open { closes: None });
        assert!(!Rule::Always.ended(None, Time::MAX));
    }

    #[test]
    fn a_single_use_key_opens_from_its_start_until_just_before_its_expiry() {
        let rule = Rule::between(100, 200).unwrap();
        assert_eq!(rule.judge(None, 99), Verdict::NotYet { opens: 100 });
        assert_eq!(rule.judge(None, 100), Verdict::Open { closes: Some(200) });
        assert_eq!(rule.judge(None, 199), Verdict::Open { closes: Some(200) });
        assert_eq!(rule.judge(None, 200), Verdict::Expired);
        assert_eq!((rule.next_opening(None, 99), rule.next_opening(None, 100)), (Some(100), None));
        assert_eq!(Rule::between(100, 100), None);
    }

    #[test]
    fn before_its_first_day_it_is_not_yet_and_from_then_on_outside_its_hours() {
        let rule = every_day(10, [20, 21], "10:00", "14:00");
        // 00:00 of October 20 in Budapest, two hours ahead of UTC.
        let midnight = AUTUMN - 5 * DAY - 3 * HOUR;
        let (first, second) = (midnight + 10 * HOUR, midnight + 34 * HOUR);
        assert_eq!(judge(&rule, midnight - 1), Verdict::NotYet { opens: first });
        assert_eq!(judge(&rule, midnight), Verdict::Outside { next: first });
        assert_eq!(judge(&rule, first), Verdict::Open { closes: Some(first + 4 * HOUR) });
        assert_eq!(judge(&rule, first + 4 * HOUR), Verdict::Outside { next: second });
        assert_eq!(rule.next_opening(Some(&budapest()), first), Some(second));
        assert_eq!(judge(&rule, second + 4 * HOUR - 1), Verdict::Open { closes: Some(second + 4 * HOUR) });
        assert_eq!(judge(&rule, second + 4 * HOUR), Verdict::Expired);
    }

    #[test]
    fn a_window_in_the_skipped_hour_does_not_open_that_day() {
        let rule = every_day(3, [28, 29], "02:15", "02:45");
        let saturday = SPRING - DAY + HOUR / 4;
        assert_eq!(judge(&rule, saturday), Verdict::Open { closes: Some(saturday + HOUR / 2) });
        assert_eq!(judge(&rule, saturday + HOUR / 2), Verdict::Expired);
    }

    #[test]
    fn a_window_cut_by_the_skipped_hour_opens_at_the_jump() {
        let rule = every_day(3, [29, 29], "02:30", "03:30");
        assert_eq!(judge(&rule, SPRING - 1), Verdict::Outside { next: SPRING });
        assert_eq!(judge(&rule, SPRING), Verdict::Open { closes: Some(SPRING + HOUR / 2) });
    }

    #[test]
    fn a_window_in_the_repeated_hour_opens_twice() {
        let rule = every_day(10, [25, 25], "02:15", "02:45");
        let (first, second) = (AUTUMN - HOUR * 3 / 4, AUTUMN + HOUR / 4);
        assert_eq!(judge(&rule, first), Verdict::Open { closes: Some(first + HOUR / 2) });
        assert_eq!(judge(&rule, first + HOUR / 2), Verdict::Outside { next: second });
        assert_eq!(judge(&rule, second), Verdict::Open { closes: Some(second + HOUR / 2) });
        assert_eq!(judge(&rule, second + HOUR / 2), Verdict::Expired);
    }

    #[test]
    fn a_window_open_when_the_clock_is_set_back_may_close_with_it() {
        let rule = every_day(10, [25, 25], "02:30", "06:00");
        assert_eq!(judge(&rule, AUTUMN - 1), Verdict::Open { closes: Some(AUTUMN) });
        assert_eq!(judge(&rule, AUTUMN), Verdict::Outside { next: AUTUMN + HOUR / 2 });
    }

    #[test]
    fn an_overnight_window_lasts_as_long_as_the_clock_takes() {
        let [longer, shorter] = [every_day(10, [24, 24], "22:00", "06:00"), every_day(3, [28, 28], "22:00", "06:00")];
        assert_eq!(judge(&longer, AUTUMN - 5 * HOUR), Verdict::Open { closes: Some(AUTUMN + 4 * HOUR) });
        assert_eq!(judge(&shorter, SPRING - 4 * HOUR), Verdict::Open { closes: Some(SPRING + 3 * HOUR) });
    }

    #[test]
    fn without_a_table_that_reaches_now_a_recurring_key_waits_for_one() {
        let far = Date::from_ymd(2040, 1, 1).unwrap();
        let rule =
            Rule::Weekly(Weekly::new(Days::ALL, Date::from_days(0), far, minute("00:00"), minute("00:00")).unwrap());
        assert!(matches!(judge(&rule, UNTIL), Verdict::Open { .. }));
        assert_eq!(judge(&rule, UNTIL + 1), Verdict::NoZone);
        assert_eq!(rule.judge(None, UNTIL), Verdict::NoZone);
        assert_eq!(rule.next_opening(None, 0), None);
    }

    #[test]
    fn past_its_last_opening_a_recurring_key_has_ended_with_or_without_a_zone() {
        let rule = every_day(3, [29, 29], "10:00", "14:00");
        let end = SPRING + 11 * HOUR;
        assert!(!rule.ended(Some(&budapest()), end - 1));
        assert!(rule.ended(Some(&budapest()), end));
        assert_eq!(judge(&rule, UNTIL + 1), Verdict::Expired);
        // With no zone the clock may be a day behind UTC: it shows 14:00 a day after UTC does.
        assert!(!rule.ended(None, end + 2 * HOUR + DAY - 1));
        assert!(rule.ended(None, end + 2 * HOUR + DAY));
        assert_eq!(rule.judge(None, UNTIL), Verdict::Expired);
    }

    #[test]
    fn the_ends_of_time_are_judged_without_a_panic() {
        let days = [Date::from_days(i32::MIN), Date::from_days(i32::MAX)];
        let all = Weekly::new(Days::ALL, days[0], days[1], minute("12:00"), minute("12:00")).unwrap();
        for rule in [Rule::Weekly(all), every_day(3, [29, 29], "10:00", "14:00")] {
            for now in [Time::MIN, Time::MAX] {
                for zone in [None, Some(&budapest())] {
                    let _ = (rule.judge(zone, now), rule.next_opening(zone, now), rule.ended(zone, now));
                }
            }
        }
    }
}
