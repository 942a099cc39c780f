//! The fields of the page, what can be wrong with them, and dates and times as a shell's pickers have them.

use phonein_protocol::rule::{Date, Minute};
use serde::{Deserialize, Serialize};

/// A field of the page that can be left or be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, uniffi::Enum)]
// Kotlin takes `Field` for the case of that name of a `SaveError`, and does not compile.
#[uniffi(name = "KeyField")]
pub enum Field {
    /// The key's name.
    Name,
    /// Single use: the date on which it starts.
    StartDate,
    /// Single use: the time at which it starts.
    StartTime,
    /// Single use: the date on which it expires.
    ExpiryDate,
    /// Single use: the time at which it expires.
    ExpiryTime,
    /// Single use: how often it opens each door.
    Uses,
    /// Recurring: the weekdays.
    Days,
    /// Recurring: the first date.
    From,
    /// Recurring: the last date.
    Until,
    /// Recurring: the time at which its hours begin.
    WindowStart,
    /// Recurring: the time at which they end.
    WindowEnd,
    /// The welcome message.
    Welcome,
}

/// A date of the calendar. What the calendar lacks is taken as the nearest date it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, uniffi::Record)]
pub struct CalendarDate {
    /// The year, 2000–9999.
    pub year: i32,
    /// The month, 1–12.
    pub month: i32,
    /// The day of the month, 1–31.
    pub day: i32,
}

/// A time of day. What no clock shows is taken as the nearest time one does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, uniffi::Record)]
pub struct ClockTime {
    /// The hour, 0–23.
    pub hour: i32,
    /// The minute, 0–59.
    pub minute: i32,
}

impl From<Date> for CalendarDate {
    fn from(date: Date) -> Self {
        let (year, month, day) = date.ymd();
        Self { year, month: month.into(), day: day.into() }
    }
}

impl From<CalendarDate> for Date {
    fn from(CalendarDate { year, month, day }: CalendarDate) -> Self {
        let part = |part: i32, most: u8| u8::try_from(part.clamp(1, most.into())).unwrap_or(most);
        let (year, month) = (year.clamp(2000, 9999), part(month, 12));
        let nearest = (1..=part(day, 31)).rev().find_map(|day| Self::from_ymd(year, month, day));
        nearest.unwrap_or(Self::from_days(0))
    }
}

impl From<Minute> for ClockTime {
    fn from(minute: Minute) -> Self {
        Self { hour: minute.hour().into(), minute: minute.minute().into() }
    }
}

impl From<ClockTime> for Minute {
    fn from(ClockTime { hour, minute }: ClockTime) -> Self {
        let part = |part: i32, most: u16| u16::try_from(part.clamp(0, most.into())).unwrap_or(most);
        Self::at(part(hour, 23), part(minute, 59)).unwrap_or(Self::MIDNIGHT)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_the_calendar_lacks_is_the_nearest_it_has() {
        let nearest = |year, month, day| CalendarDate::from(Date::from(CalendarDate { year, month, day }));
        assert_eq!(nearest(2023, 2, 31), CalendarDate { year: 2023, month: 2, day: 28 });
        assert_eq!(nearest(2024, 2, 30), CalendarDate { year: 2024, month: 2, day: 29 });
        assert_eq!(nearest(i32::MIN, 0, -1), CalendarDate { year: 2000, month: 1, day: 1 });
        assert_eq!(nearest(i32::MAX, 255, i32::MAX), CalendarDate { year: 9999, month: 12, day: 31 });
    }

    #[test]
    fn a_time_no_clock_shows_is_the_nearest_one_does() {
        let nearest = |hour, minute| ClockTime::from(Minute::from(ClockTime { hour, minute }));
        assert_eq!(nearest(22, 5), ClockTime { hour: 22, minute: 5 });
        assert_eq!(nearest(24, 255), ClockTime { hour: 23, minute: 59 });
        assert_eq!(nearest(-1, i32::MIN), ClockTime { hour: 0, minute: 0 });
    }
}
