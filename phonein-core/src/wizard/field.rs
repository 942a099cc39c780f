//! The fields of the page, what can be wrong with them, and dates and times as a shell's pickers have them.

use crate::text::fixed::messages;
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

messages! {
    /// What is wrong with a field.
    #[derive(uniffi::Enum)]
    pub enum FieldProblem {
        /// The key has no name.
        NoName => "field-name-missing",
        /// The name has more than 40 characters.
        NameTooLong => "field-name-long",
        /// No weekday is chosen.
        NoDay => "field-no-day",
        /// Single use: it expires before it starts, or just then.
        EndBeforeStart => "field-end-before-start",
        /// Recurring: the last date is before the first.
        EndDateBeforeStart => "field-end-date-before-start",
        /// Single use: it has expired already.
        Over => "field-over",
        /// Recurring: there will be no opening any more.
        DatesOver => "field-dates-over",
        /// Recurring: no chosen weekday lies between the two dates.
        NoChosenDay => "field-no-chosen-day",
        /// Recurring: the clock skips the hours on the only days there are.
        SkippedHours => "field-skipped-hours",
        /// The message has more than 200 characters.
        WelcomeTooLong => "field-welcome-long",
        /// The message has more than 400 bytes.
        WelcomeTooHeavy => "field-welcome-heavy",
    }
}

/// A date of the calendar. What the calendar lacks is taken as the nearest date it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, uniffi::Record)]
pub struct LocalDate {
    /// The year, 2000–9999.
    pub year: i32,
    /// The month, 1–12.
    pub month: u8,
    /// The day of the month, 1–31.
    pub day: u8,
}

/// A time of day. What no clock shows is taken as the nearest time one does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, uniffi::Record)]
pub struct LocalTime {
    /// The hour, 0–23.
    pub hour: u8,
    /// The minute, 0–59.
    pub minute: u8,
}

impl From<Date> for LocalDate {
    fn from(date: Date) -> Self {
        let (year, month, day) = date.ymd();
        Self { year, month, day }
    }
}

impl From<LocalDate> for Date {
    fn from(LocalDate { year, month, day }: LocalDate) -> Self {
        let (year, month) = (year.clamp(2000, 9999), month.clamp(1, 12));
        let nearest = (1..=day.clamp(1, 31)).rev().find_map(|day| Self::from_ymd(year, month, day));
        nearest.unwrap_or(Self::from_days(0))
    }
}

impl From<Minute> for LocalTime {
    fn from(minute: Minute) -> Self {
        let part = |part: u16| u8::try_from(part).unwrap_or(0);
        Self { hour: part(minute.hour()), minute: part(minute.minute()) }
    }
}

impl From<LocalTime> for Minute {
    fn from(LocalTime { hour, minute }: LocalTime) -> Self {
        Self::at(hour.min(23).into(), minute.min(59).into()).unwrap_or(Self::MIDNIGHT)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_the_calendar_lacks_is_the_nearest_it_has() {
        let nearest = |year, month, day| LocalDate::from(Date::from(LocalDate { year, month, day }));
        assert_eq!(nearest(2023, 2, 31), LocalDate { year: 2023, month: 2, day: 28 });
        assert_eq!(nearest(2024, 2, 30), LocalDate { year: 2024, month: 2, day: 29 });
        assert_eq!(nearest(i32::MIN, 0, 0), LocalDate { year: 2000, month: 1, day: 1 });
        assert_eq!(nearest(i32::MAX, 255, 255), LocalDate { year: 9999, month: 12, day: 31 });
    }

    #[test]
    fn a_time_no_clock_shows_is_the_nearest_one_does() {
        let nearest = |hour, minute| LocalTime::from(Minute::from(LocalTime { hour, minute }));
        assert_eq!(nearest(22, 5), LocalTime { hour: 22, minute: 5 });
        assert_eq!(nearest(24, 255), LocalTime { hour: 23, minute: 59 });
    }
}
