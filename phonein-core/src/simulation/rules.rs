//! When a key opens, said a second time: by what chrono-tz's wall clock shows, and nothing of ours.

use chrono::{Datelike, NaiveDate, NaiveTime, TimeZone};
use chrono_tz::Europe::Budapest;
use phonein_protocol::{
    Time,
    rule::{Rule, Weekly},
};

/// Whether a key with this rule opens at this instant.
pub(super) fn opens(rule: &Rule, at: Time) -> bool {
    match rule {
        Rule::Always => true,
        Rule::Between { start, expiry } => *start <= at && at < *expiry,
        Rule::Weekly(weekly) => is_in_a_window(weekly, at),
    }
}

/// Does the wall clock show a time inside a window that starts on a chosen day between the dates?
fn is_in_a_window(rule: &Weekly, at: Time) -> bool {
    let now = Budapest.timestamp_opt(at, 0).unwrap().naive_local();
    let date = |days: i32| NaiveDate::from_ymd_opt(1970, 1, 1).unwrap() + chrono::TimeDelta::days(days.into());
    let time = |minute: u16| NaiveTime::from_hms_opt(u32::from(minute / 60), u32::from(minute % 60), 0).unwrap();
    let (start, end) = (time(rule.start.get()), time(rule.end.get()));
    [Some(now.date()), now.date().pred_opt()].into_iter().flatten().any(|day| {
        let is_chosen = rule.days.bits() >> day.weekday().num_days_from_monday() & 1 == 1;
        let last_day = if end <= start { day.succ_opt().unwrap() } else { day };
        let is_within = date(rule.from.days()) <= day && day <= date(rule.until.days());
        is_chosen && is_within && day.and_time(start) <= now && now < last_day.and_time(end)
    })
}
