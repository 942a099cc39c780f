//! The recurring rule, as a wall clock sees it.

use super::{DAY, Date, Days, Minute};
use core::ops::Range;

/// The same window on chosen weekdays between two dates, on the intercom's wall clock.
///
/// `end <= start` is overnight: the window belongs to the day on which it starts and ends on the next one, which may be
/// the day after `until`. The end minute is outside the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Weekly {
    /// The weekdays on which a window starts.
    pub days: Days,
    /// The first day on which one may start.
    pub from: Date,
    /// The last day on which one may start.
    pub until: Date,
    /// The first minute of the window.
    pub start: Minute,
    /// The first minute after it.
    pub end: Minute,
}

impl Weekly {
    /// `None` if `until` is before `from`.
    pub fn new(days: Days, from: Date, until: Date, start: Minute, end: Minute) -> Option<Self> {
        (from <= until).then_some(Self { days, from, until, start, end })
    }

    /// Whether the window ends on the day after the one on which it starts.
    pub fn is_overnight(&self) -> bool {
        self.end <= self.start
    }

    /// From `wall` on, the first wall time inside a window. Wall times are seconds since the clock showed 1970-01-01 00:00.
    pub(super) fn first_open(&self, wall: i64) -> Option<i64> {
        if self.window_at(wall).is_some() {
            return Some(wall);
        }
        let first = wall.div_euclid(DAY).max(self.from.days().into());
        // A week from today has every chosen weekday once; today's window may have passed, so one day more.
        let last = (first + 7).min(self.until.days().into());
        (first..=last).filter(|day| self.starts_on(*day)).map(|day| self.window(day).start).find(|start| *start >= wall)
    }

    /// If `wall` is inside a window, the first wall time after it that is in none.
    pub(super) fn first_shut(&self, wall: i64) -> Option<i64> {
        let mut end = self.window_at(wall)?.end;
        if self.days == Days::ALL && self.start == self.end {
            // One day's window begins as the other ends, up to the last.
            return Some(self.window(self.until.days().into()).end);
        }
        while let Some(next) = self.window_at(end) {
            end = next.end;
        }
        Some(end)
    }

    /// The window around `wall`: today's, or an overnight one of the day before.
    fn window_at(&self, wall: i64) -> Option<Range<i64>> {
        let today = wall.div_euclid(DAY);
        let days = [today, today - 1].into_iter().filter(|day| self.starts_on(*day));
        days.map(|day| self.window(day)).find(|window| window.contains(&wall))
    }

    /// Whether a window starts on that day since 1970-01-01.
    fn starts_on(&self, day: i64) -> bool {
        i32::try_from(day)
            .map(Date::from_days)
            .is_ok_and(|date| (self.from..=self.until).contains(&date) && self.days.contains(date.weekday()))
    }

    /// The window that starts on `day`, a day of [`Date`].
    fn window(&self, day: i64) -> Range<i64> {
        let end_day = day + i64::from(self.is_overnight());
        let at = |day: i64, minute: Minute| day * DAY + i64::from(minute.get()) * 60;
        at(day, self.start)..at(end_day, self.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Minute = Minute::at(12, 0).unwrap();

    fn daily(days: Days, until: i32, start: Minute, end: Minute) -> Weekly {
        Weekly::new(days, Date::from_days(0), Date::from_days(until), start, end).unwrap()
    }

    #[test]
    fn dates_the_wrong_way_round_are_no_rule() {
        let (early, late) = (Date::from_days(1), Date::from_days(2));
        assert_eq!(Weekly::new(Days::ALL, late, early, NOON, NOON), None);
        assert!(Weekly::new(Days::ALL, late, late, NOON, NOON).is_some());
    }

    #[test]
    fn the_end_minute_is_outside_the_window() {
        let rule = daily(Days::ALL, 10, NOON, Minute::at(12, 1).unwrap());
        assert_eq!(rule.first_open(12 * 3_600 + 59), Some(12 * 3_600 + 59));
        assert_eq!(rule.first_open(12 * 3_600 + 60), Some(DAY + 12 * 3_600));
    }

    #[test]
    fn an_overnight_window_reaches_into_the_day_after_the_last() {
        let rule = daily(Days::ALL, 0, Minute::at(22, 0).unwrap(), Minute::at(6, 0).unwrap());
        assert_eq!(rule.first_open(0), Some(22 * 3_600));
        assert_eq!(rule.first_open(DAY + 6 * 3_600 - 1), Some(DAY + 6 * 3_600 - 1));
        assert_eq!(rule.first_open(DAY + 6 * 3_600), None);
    }

    #[test]
    fn an_equal_start_and_end_are_24_hours() {
        let thursday = Days::new(0b000_1000).unwrap();
        let rule = daily(thursday, 10, NOON, NOON);
        assert_eq!(rule.first_shut(12 * 3_600), Some(DAY + 12 * 3_600));
    }

    #[test]
    fn windows_that_touch_are_open_throughout() {
        assert_eq!(daily(Days::ALL, 50_000, NOON, NOON).first_shut(DAY), Some(50_001 * DAY + 12 * 3_600));
        // From Thursday 1 January; not on Mondays.
        let all_but_monday = Days::new(0b111_1110).unwrap();
        assert_eq!(daily(all_but_monday, 50_000, NOON, NOON).first_shut(DAY), Some(4 * DAY + 12 * 3_600));
    }
}
