//! Days of the Gregorian calendar and minutes of a day, as a wall clock shows them: without a zone.

use super::Weekday;

/// Days in 400 years, after which the calendar repeats.
const ERA: i64 = 146_097;
/// 1970-01-01 counted from 0000-03-01, the first day of a year that ends with its leap day.
const EPOCH: i64 = 719_468;

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(i32);

impl Date {
    /// The day that many days after 1970-01-01. On the wire less than 2^24.
    pub const fn from_days(days: i32) -> Self {
        Self(days)
    }

    /// Days since 1970-01-01.
    pub const fn days(self) -> i32 {
        self.0
    }

    /// The day of that year, month (1–12) and day of the month (1–31), if the calendar has it.
    pub fn from_ymd(year: i32, month: u8, day: u8) -> Option<Self> {
        if !(1..=12).contains(&month) {
            return None;
        }
        // Years begin in March here, so that the leap day comes last.
        let years = i64::from(year) - i64::from(month < 3);
        let months = (i64::from(month) + 9) % 12;
        let (era, year_of_era) = (years.div_euclid(400), years.rem_euclid(400));
        let day_of_year = (153 * months + 2) / 5 + i64::from(day) - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        let date = Self(i32::try_from(era * ERA + day_of_era - EPOCH).ok()?);
        (date.ymd() == (year, month, day)).then_some(date)
    }

    /// Year, month (1–12) and day of the month (1–31).
    pub fn ymd(self) -> (i32, u8, u8) {
        let days = i64::from(self.0) + EPOCH;
        let (era, day_of_era) = (days.div_euclid(ERA), days.rem_euclid(ERA));
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / (ERA - 1)) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let months = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * months + 2) / 5 + 1;
        let month = if months < 10 { months + 3 } else { months - 9 };
        let year = era * 400 + year_of_era + i64::from(month < 3);
        // A year of an i32 of days and the parts of a date always fit.
        (i32::try_from(year).unwrap_or(i32::MAX), u8::try_from(month).unwrap_or(1), u8::try_from(day).unwrap_or(1))
    }

    /// The weekday.
    pub fn weekday(self) -> Weekday {
        // 1970-01-01 was a Thursday.
        match (i64::from(self.0) + 3).rem_euclid(7) {
            0 => Weekday::Monday,
            1 => Weekday::Tuesday,
            2 => Weekday::Wednesday,
            3 => Weekday::Thursday,
            4 => Weekday::Friday,
            5 => Weekday::Saturday,
            _ => Weekday::Sunday,
        }
    }

    /// The day that many days later, or earlier if negative; stays at the ends of the type.
    #[must_use]
    pub const fn plus_days(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }
}

/// A minute of the day on a wall clock, 0–1439.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Minute(u16);

impl Minute {
    /// Midnight, the day's first minute.
    pub const MIDNIGHT: Self = Self(0);

    /// The minute that many minutes after midnight; `None` from 1440 on.
    pub const fn new(minute: u16) -> Option<Self> {
        if minute < 1_440 { Some(Self(minute)) } else { None }
    }

    /// The minute a clock shows as `hour:minute`; `None` if no clock does.
    pub const fn at(hour: u16, minute: u16) -> Option<Self> {
        if hour < 24 && minute < 60 { Some(Self(hour * 60 + minute)) } else { None }
    }

    /// Minutes since midnight.
    pub const fn get(self) -> u16 {
        self.0
    }

    /// The hour, 0–23.
    pub const fn hour(self) -> u16 {
        self.0 / 60
    }

    /// The minute of the hour, 0–59.
    pub const fn minute(self) -> u16 {
        self.0 % 60
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_has_the_weekday_of_the_calendar() {
        assert_eq!(Date::from_days(0).weekday(), Weekday::Thursday);
        assert_eq!(Date::from_ymd(2021, 10, 12).map(Date::weekday), Some(Weekday::Tuesday));
        assert_eq!(Date::from_days(-4).weekday(), Weekday::Sunday);
    }

    #[test]
    fn a_day_the_calendar_lacks_is_no_date() {
        assert!(Date::from_ymd(2024, 2, 29).is_some());
        for (year, month, day) in
            [(2023, 2, 29), (2100, 2, 29), (2024, 4, 31), (2024, 1, 0), (2024, 0, 1), (2024, 13, 1)]
        {
            assert_eq!(Date::from_ymd(year, month, day), None, "{year}-{month}-{day}");
        }
        assert_eq!(Date::from_ymd(i32::MAX, 1, 1), None);
    }

    #[test]
    fn the_ends_of_the_type_are_dates_like_any() {
        for days in [i32::MIN, i32::MAX] {
            let (year, month, day) = Date::from_days(days).ymd();
            assert_eq!(Date::from_ymd(year, month, day), Some(Date::from_days(days)));
        }
    }

    #[test]
    fn a_day_has_1440_minutes() {
        assert_eq!(Minute::new(1_439).map(|minute| (minute.hour(), minute.minute())), Some((23, 59)));
        assert_eq!(Minute::new(1_440), None);
        assert_eq!(Minute::at(24, 0), None);
        assert_eq!(Minute::at(14, 60), None);
    }
}
