//! Dates, times of day and how far away they are, on the intercom's wall clock.

use super::fixed::arguments;
use super::{DayClock, Text};
use crate::zone::Wall;
use fluent_bundle::FluentArgs;
use phonein_protocol::Time;
use phonein_protocol::rule::{Date, Minute, Weekday};
use phonein_protocol::zone::ZoneTable;

const MINUTE: Time = 60;
const HOUR: Time = 60 * MINUTE;

/// The present at an intercom: what "today" and "in 12 minutes" are measured from.
#[derive(Clone, Copy, Debug)]
pub struct Present<'a> {
    /// Now.
    pub now: Time,
    /// The intercom's zone.
    pub zone: &'a ZoneTable,
}

impl Present<'_> {
    /// The intercom's date now.
    pub fn today(&self) -> Date {
        self.zone.local(self.now).date
    }

    fn days_until(&self, date: Date) -> i32 {
        date.days().saturating_sub(self.today().days())
    }

    fn is_this_year(&self, date: Date) -> bool {
        date.ymd().0 == self.today().ymd().0
    }
}

impl Text {
    /// "Wednesday"
    pub fn weekday(&self, day: Weekday) -> String {
        self.word(&format!("weekday-{}", name(day)))
    }

    /// "W", as a circle to press shows it.
    pub fn weekday_letter(&self, day: Weekday) -> String {
        self.word(&format!("weekday-letter-{}", name(day)))
    }

    /// "Wed"
    pub fn weekday_short(&self, day: Weekday) -> String {
        self.word(&format!("weekday-short-{}", name(day)))
    }

    /// "10:22", or "10:22 AM".
    pub fn time(&self, minute: Minute) -> String {
        let minutes = format!("{:02}", minute.minute());
        let (id, hour) = match (self.day_clock, minute.hour()) {
            (DayClock::TwentyFour, hour) => ("time-24", format!("{hour:02}")),
            (DayClock::Twelve, 0) => ("time-am", "12".to_owned()),
            (DayClock::Twelve, hour @ 1..12) => ("time-am", hour.to_string()),
            (DayClock::Twelve, 12) => ("time-pm", "12".to_owned()),
            (DayClock::Twelve, hour) => ("time-pm", hour.saturating_sub(12).to_string()),
        };
        self.say(id, &arguments!["hour" => hour, "minute" => minutes])
    }

    /// "Tuesday, October 12, 2021"
    pub fn date(&self, date: Date) -> String {
        self.say("date-full", &self.date_arguments(date, "month", self.weekday(date.weekday())))
    }

    /// "Oct 12"; "Oct 12, 2022" in another year.
    pub fn date_short(&self, date: Date, present: &Present) -> String {
        let id = if present.is_this_year(date) { "date-short" } else { "date-short-year" };
        self.say(id, &self.date_arguments(date, "month-short", String::new()))
    }

    /// As a field shows it: "Tue, Oct 12"; "Oct 12, 2022" in another year.
    pub fn date_field(&self, date: Date, present: &Present) -> String {
        if present.is_this_year(date) {
            let weekday = self.weekday_short(date.weekday());
            self.say("date-field", &self.date_arguments(date, "month-short", weekday))
        } else {
            self.date_short(date, present)
        }
    }

    /// The heading of a day in a list: "Today", "Yesterday", "Tuesday, October 12"; with the year if it is another.
    pub fn day_heading(&self, date: Date, present: &Present) -> String {
        match present.days_until(date) {
            0 => self.word("today"),
            -1 => self.word("yesterday"),
            _ if present.is_this_year(date) => {
                self.say("date-this-year", &self.date_arguments(date, "month", self.weekday(date.weekday())))
            }
            _ => self.date(date),
        }
    }

    /// The time of day in a list: "10:22".
    pub fn time_at(&self, at: Time, present: &Present) -> String {
        self.time(present.zone.local(at).minute)
    }

    /// "Tuesday, October 12, 2021 at 10:22"
    pub fn moment(&self, at: Time, zone: &ZoneTable) -> String {
        let Wall { date, minute, .. } = zone.local(at);
        self.moment_of(&self.date(date), minute)
    }

    /// "today at 10:21", "yesterday at 10:21", "tomorrow at 10:21"; else the date and time.
    pub fn moment_near(&self, at: Time, present: &Present) -> String {
        let Wall { date, minute, .. } = present.zone.local(at);
        let id = match present.days_until(date) {
            0 => "moment-today",
            -1 => "moment-yesterday",
            1 => "moment-tomorrow",
            _ => return self.moment_of(&self.day_heading(date, present), minute),
        };
        self.say(id, &arguments!["time" => self.time(minute)])
    }

    /// How long until then: "in 12 minutes", "in 2 hours". A begun minute counts, so that who waits that long is not early.
    pub fn wait(&self, at: Time, now: Time) -> String {
        let seconds = at.saturating_sub(now).max(0);
        let minutes = (seconds.saturating_add(MINUTE - 1) / MINUTE).max(1);
        let (id, count) = match minutes {
            0..60 => ("in-minutes", minutes),
            _ => ("in-hours", seconds.saturating_add(HOUR / 2) / HOUR),
        };
        self.say(id, &arguments!["count" => count])
    }

    /// "Opens at 14:00, in 12 minutes", "Opens tomorrow at 10:00", "Opens Wed 10:00", "Opens Oct 12 at 10:00".
    pub fn opens(&self, at: Time, present: &Present) -> String {
        let Wall { date, minute, .. } = present.zone.local(at);
        let time = self.time(minute);
        let days = present.days_until(date);
        if days <= 0 || at.saturating_sub(present.now) < HOUR {
            self.say("opens-soon", &arguments!["time" => time, "wait" => self.wait(at, present.now)])
        } else if days == 1 {
            self.say("opens-tomorrow", &arguments!["time" => time])
        } else if days < 7 {
            let weekday = self.weekday_short(date.weekday());
            self.say("opens-this-week", &arguments!["weekday" => weekday, "time" => time])
        } else {
            let date = self.date_short(date, present);
            self.say("opens-later", &arguments!["date" => date, "time" => time])
        }
    }

    /// "From Oct 12"; on that day itself "From 18:00, in 2 hours".
    pub fn from(&self, at: Time, present: &Present) -> String {
        let Wall { date, minute, .. } = present.zone.local(at);
        if present.days_until(date) <= 0 {
            let arguments = arguments!["time" => self.time(minute), "wait" => self.wait(at, present.now)];
            self.say("from-soon", &arguments)
        } else {
            self.say("from-date", &arguments!["date" => self.date_short(date, present)])
        }
    }

    fn moment_of(&self, date: &str, minute: Minute) -> String {
        self.say("moment", &arguments!["date" => date, "time" => self.time(minute)])
    }

    fn date_arguments(&self, date: Date, months: &str, weekday: String) -> FluentArgs<'static> {
        let (year, month, day) = date.ymd();
        arguments![
            "weekday" => weekday,
            "month" => self.word(&format!("{months}-{month}")),
            "day" => day.to_string(),
            "year" => year.to_string()
        ]
    }
}

fn name(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "monday",
        Weekday::Tuesday => "tuesday",
        Weekday::Wednesday => "wednesday",
        Weekday::Thursday => "thursday",
        Weekday::Friday => "friday",
        Weekday::Saturday => "saturday",
        Weekday::Sunday => "sunday",
    }
}
