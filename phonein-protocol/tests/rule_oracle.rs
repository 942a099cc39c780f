//! The rules of time held against an independent oracle: chrono's calendar and chrono-tz's zones.
//!
//! The oracle asks only what the wall clock shows at an instant and whether that lies in a window; it finds openings by
//! trying instants one by one, where the crate computes them.
#![allow(clippy::unwrap_used)]

use chrono::{Datelike, Days as Span, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeZone, Utc};
use chrono_tz::Tz;
use phonein_protocol::Time;
use phonein_protocol::rule::{Date, Days, Minute, Rule, Verdict, Weekly};
use phonein_protocol::zone::{Local, ZoneTable};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use std::fmt;
use std::sync::LazyLock;

const MINUTE: Time = 60;
const HOUR: Time = 3_600;
const DAY: Time = 86_400;

const ZONES: [Tz; 13] = [
    Tz::Europe__Budapest,
    Tz::America__New_York,
    Tz::America__St_Johns,
    Tz::America__Sao_Paulo, // sets its clock at midnight
    Tz::Asia__Kolkata,
    Tz::Asia__Kathmandu,
    Tz::Asia__Gaza,
    Tz::Africa__Casablanca,   // four changes a year
    Tz::Australia__Lord_Howe, // by half an hour
    Tz::Pacific__Apia,        // skipped 30 December 2011
    Tz::Pacific__Kiritimati,
    Tz::Pacific__Pago_Pago,
    Tz::UTC,
];

/// A table and the zone it was made from.
struct Place {
    tz: Tz,
    table: ZoneTable,
    from: Time,
}

impl fmt::Debug for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} from {}", self.tz, utc(self.from))
    }
}

/// Each zone for two spans of years, in the past and in the future.
static PLACES: LazyLock<Vec<Place>> = LazyLock::new(|| {
    let spans = [(2007, 2016), (2024, 2034)];
    ZONES.iter().flat_map(|tz| spans.map(|(first, last)| place(*tz, first, last))).collect()
});

fn place(tz: Tz, first: i32, last: i32) -> Place {
    let new_year = |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap().and_time(NaiveTime::MIN).and_utc().timestamp();
    let (from, until) = (new_year(first), new_year(last));
    let mut transitions = Vec::new();
    let mut before = from;
    while before < until {
        let after = before + 6 * HOUR;
        if offset(tz, before) != offset(tz, after) {
            let at = (before..=after).step_by(60).find(|at| offset(tz, *at) != offset(tz, before)).unwrap();
            assert_ne!(offset(tz, at - 1), offset(tz, at), "the oracle steps by minutes: changes must be on one");
            transitions.push((at, offset(tz, at)));
        }
        assert_eq!(offset(tz, before) % 60, 0, "and so must offsets");
        before = after;
    }
    let table = ZoneTable::new(tz.name().into(), "test".into(), offset(tz, from), transitions, until).unwrap();
    Place { tz, table, from }
}

fn offset(tz: Tz, at: Time) -> i32 {
    tz.offset_from_utc_datetime(&utc(at)).fix().local_minus_utc()
}

fn utc(at: Time) -> NaiveDateTime {
    Utc.timestamp_opt(at, 0).unwrap().naive_utc()
}

fn shown(tz: Tz, at: Time) -> NaiveDateTime {
    tz.from_utc_datetime(&utc(at)).naive_local()
}

fn naive(date: Date) -> NaiveDate {
    NaiveDate::from_ymd_opt(1970, 1, 1).unwrap() + chrono::TimeDelta::days(date.days().into())
}

fn time(minute: Minute) -> NaiveTime {
    NaiveTime::from_hms_opt(minute.hour().into(), minute.minute().into(), 0).unwrap()
}

fn days_since_epoch(date: NaiveDate) -> i32 {
    date.signed_duration_since(NaiveDate::from_ymd_opt(1970, 1, 1).unwrap()).num_days().try_into().unwrap()
}

/// The definition: does the wall clock show a time inside a window that starts on a chosen day between the dates?
fn open(rule: &Weekly, tz: Tz, at: Time) -> bool {
    let now = shown(tz, at);
    let overnight = time(rule.end) <= time(rule.start);
    [Some(now.date()), now.date().pred_opt()].into_iter().flatten().any(|day| {
        let chosen = rule.days.bits() >> day.weekday().num_days_from_monday() & 1 == 1;
        let end_day = if overnight { day + Span::new(1) } else { day };
        chosen
            && naive(rule.from) <= day
            && day <= naive(rule.until)
            && day.and_time(time(rule.start)) <= now
            && now < end_day.and_time(time(rule.end))
    })
}

/// A rule over a few days and every minute of the time in which it can open.
struct Brute {
    rule: Weekly,
    tz: Tz,
    first: Time,
    /// Whether the key opens, for each minute from `first`.
    minutes: Vec<bool>,
}

impl Brute {
    /// All minutes from two days before the rule's first date to three after its last.
    fn new(rule: Weekly, tz: Tz) -> Self {
        let first = (Time::from(rule.from.days()) - 2) * DAY;
        let last = (Time::from(rule.until.days()) + 4) * DAY;
        let minutes = (first..last).step_by(60).map(|at| open(&rule, tz, at)).collect();
        Self { rule, tz, first, minutes }
    }

    fn at(&self, minute: usize) -> Time {
        self.first + MINUTE * Time::try_from(minute).unwrap()
    }

    fn minute(&self, at: Time) -> usize {
        usize::try_from((at - self.first).div_euclid(MINUTE)).unwrap()
    }

    /// The first minute from `from` on that is as wanted.
    fn find(&self, from: usize, wanted: bool) -> Option<usize> {
        (from..self.minutes.len()).find(|minute| self.minutes[*minute] == wanted)
    }

    fn verdict(&self, at: Time) -> Verdict {
        let now = self.minute(at);
        match self.find(now, true) {
            None => Verdict::Expired,
            Some(open) if open == now => Verdict::Open { closes: self.find(now, false).map(|shut| self.at(shut)) },
            Some(opens) if shown(self.tz, at).date() < naive(self.rule.from) => {
                Verdict::NotYet { opens: self.at(opens) }
            }
            Some(next) => Verdict::Outside { next: self.at(next) },
        }
    }

    fn next_opening(&self, at: Time) -> Option<Time> {
        let shut = self.find(self.minute(at), false)?;
        self.find(shut, true).map(|open| self.at(open))
    }

    /// Every instant at which the key begins or ceases to open, and midnight of the wall clock.
    fn edges(&self) -> Vec<Time> {
        let midnight = |minute: &usize| shown(self.tz, self.at(*minute)).time() == NaiveTime::MIN;
        let edge = |minute: &usize| self.minutes[minute - 1] != self.minutes[*minute] || midnight(minute);
        (1..self.minutes.len()).filter(edge).map(|minute| self.at(minute)).collect()
    }
}

fn minute() -> impl Strategy<Value = Minute> {
    // Clocks are set between midnight and 04:00: half of all edges lie there.
    prop_oneof![0_u16..1_440, 0_u16..240, select(vec![0_u16, 1, 30, 59, 60, 61, 90, 120, 150, 180, 1_439])]
        .prop_map(|minute| Minute::new(minute).unwrap())
}

fn days() -> impl Strategy<Value = Days> {
    prop_oneof![Just(127_u8), 1_u8..=127].prop_map(|bits| Days::new(bits).unwrap())
}

fn window() -> impl Strategy<Value = (Minute, Minute)> {
    prop_oneof![4 => (minute(), minute()), 1 => minute().prop_map(|minute| (minute, minute))]
}

/// An instant to build a case around: a change of the clock, the turn of a year, or any.
fn moment() -> impl Strategy<Value = (&'static Place, Time)> {
    let around = (0..PLACES.len(), any::<Index>(), 0..4_u8, 0.0..1.0_f64);
    around.prop_map(|(place, index, kind, part)| {
        let place = &PLACES[place];
        // Cases reach some days to either side, where the table must still speak.
        let inside = place.from + 30 * DAY..place.table.until() - 30 * DAY;
        let changes: Vec<_> = place.table.transitions().iter().filter(|(at, _)| inside.contains(at)).collect();
        let span = place.table.until() - place.from - 60 * DAY;
        let year = Utc.timestamp_opt(place.from, 0).unwrap().year() + i32::try_from(index.index(8)).unwrap() + 1;
        let at = match kind {
            0 | 1 if !changes.is_empty() => changes[index.index(changes.len())].0,
            2 => Utc.with_ymd_and_hms(year, 1, 1, 0, 0, 0).unwrap().timestamp(),
            #[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss)]
            _ => place.from + 30 * DAY + (part * span as f64) as Time,
        };
        (place, at)
    })
}

fn date_near(place: &Place, at: Time, days: i32) -> Date {
    Date::from_days(days_since_epoch(shown(place.tz, at).date()) + days)
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config(250))]

    /// Judgement and next opening agree with every minute tried, a second before, at and after each edge.
    #[test]
    fn a_short_rule_agrees_with_every_minute_tried(
        (place, at) in moment(), days in days(), (start, end) in window(), before in 0..3_i32, after in 0..3_i32,
        some in proptest::collection::vec(any::<Index>(), 20),
    ) {
        let (from, until) = (date_near(place, at, -before), date_near(place, at, after));
        let weekly = Weekly::new(days, from, until, start, end).unwrap();
        let (rule, zone) = (Rule::Weekly(weekly), Some(&place.table));
        let brute = Brute::new(weekly, place.tz);
        let mut edges = brute.edges();
        edges.push(at);
        edges.extend(some.iter().map(|index| brute.at(index.index(brute.minutes.len() - 2) + 1)));
        for now in edges.iter().flat_map(|edge| [edge - 1, *edge, edge + 1, edge + 59]) {
            let verdict = brute.verdict(now);
            prop_assert_eq!(rule.judge(zone, now), verdict, "at {} in {}", shown(place.tz, now), place.tz);
            prop_assert_eq!(rule.next_opening(zone, now), brute.next_opening(now), "at {}", shown(place.tz, now));
            prop_assert_eq!(rule.is_open(zone, now), open(&weekly, place.tz, now));
            prop_assert_eq!(rule.ended(zone, now), verdict == Verdict::Expired);
        }
    }
}

/// The opening after `now`, found by trying the start of every window of eight days and every change of the clock.
fn next_opening_of_years(rule: &Weekly, place: &Place, now: Time) -> Option<Time> {
    let begins = |at: &Time| *at > now && open(rule, place.tz, *at) && !open(rule, place.tz, at - 1);
    let today = shown(place.tz, now).date().max(naive(rule.from));
    let starts = (today - Span::new(1)).iter_days().take(10).flat_map(|day| {
        match place.tz.from_local_datetime(&day.and_time(time(rule.start))) {
            MappedLocalTime::None => vec![],
            MappedLocalTime::Single(at) => vec![at.timestamp()],
            MappedLocalTime::Ambiguous(first, second) => vec![first.timestamp(), second.timestamp()],
        }
    });
    let changes = place.table.transitions().iter().map(|(at, _)| *at);
    starts.chain(changes).filter(begins).min()
}

proptest! {
    #![proptest_config(config(3_000))]

    /// Over years, at the edges of windows, years and changes of the clock.
    #[test]
    fn a_long_rule_agrees_with_every_start_tried(
        (place, at) in moment(), days in days(), (start, end) in window(),
        from in -2_000..200_i32, until in 0..50_000_i32, edge in any::<bool>(),
    ) {
        let weekly = Weekly::new(days, date_near(place, at, from), date_near(place, at, from.max(0) + until), start, end);
        let weekly = weekly.unwrap();
        let (rule, zone) = (Rule::Weekly(weekly), Some(&place.table));
        let at = if edge { next_opening_of_years(&weekly, place, at).unwrap_or(at) } else { at };
        for now in [at - 1, at, at + 1].into_iter().filter(|now| *now < place.table.until() - 250 * DAY) {
            prop_assert_eq!(rule.is_open(zone, now), open(&weekly, place.tz, now));
            let next = next_opening_of_years(&weekly, place, now);
            prop_assert_eq!(rule.next_opening(zone, now), next, "at {} in {}", shown(place.tz, now), place.tz);
            match rule.judge(zone, now) {
                Verdict::Open { closes: Some(at) } => {
                    prop_assert!(!open(&weekly, place.tz, at) || at > place.table.until());
                    prop_assert!(open(&weekly, place.tz, at - 1) || at > place.table.until());
                }
                Verdict::NotYet { opens } => {
                    prop_assert_eq!(Some(opens), next);
                    prop_assert!(shown(place.tz, now).date() < naive(weekly.from));
                }
                Verdict::Outside { next: opens } => {
                    prop_assert_eq!(Some(opens), next);
                    prop_assert!(shown(place.tz, now).date() >= naive(weekly.from));
                }
                Verdict::Expired => prop_assert_eq!(next, None),
                other => prop_assert!(false, "{:?}", other),
            }
        }
    }

    /// The wall clock, and the instants of what it shows, are chrono-tz's.
    #[test]
    fn local_times_are_those_of_chrono((place, at) in moment(), away in -2 * DAY..2 * DAY, minute in minute()) {
        for at in [at - 1, at, at + 1, at + away] {
            let (wall, expected) = (place.table.local(at), shown(place.tz, at));
            prop_assert_eq!(naive(wall.date), expected.date());
            let time = time(wall.minute) + chrono::TimeDelta::seconds(wall.second.into());
            prop_assert_eq!(time, expected.time());
        }
        let date = place.table.local(at + away).date;
        let typed = naive(date).and_time(time(minute));
        let instants = place.table.instants(date, minute);
        match place.tz.from_local_datetime(&typed) {
            MappedLocalTime::Single(at) => prop_assert_eq!(instants, Local::Once(at.timestamp())),
            MappedLocalTime::Ambiguous(first, second) => {
                let (first, second) = (first.timestamp(), second.timestamp());
                prop_assert_eq!(instants, Local::Twice { first, second });
                prop_assert_eq!((instants.start(), instants.expiry()), (first, second));
            }
            MappedLocalTime::None => {
                let about = typed.and_utc().timestamp();
                let gap = offset(place.tz, about + DAY) - offset(place.tz, about - DAY);
                prop_assert!(matches!(instants, Local::Skipped { .. }), "{:?}", instants);
                prop_assert_eq!(instants.start(), instants.expiry());
                prop_assert_eq!(shown(place.tz, instants.start()), typed + chrono::TimeDelta::seconds(gap.into()));
            }
        }
    }

    /// Dates are those of chrono, over all the wire can hold and before 1970.
    #[test]
    fn dates_are_those_of_chrono(days in prop_oneof![-1_000_000..1 << 24, 0..40_000_i32]) {
        let (date, expected) = (Date::from_days(days), naive(Date::from_days(days)));
        let (year, month, day) = date.ymd();
        prop_assert_eq!((year, month.into(), day.into()), (expected.year(), expected.month(), expected.day()));
        prop_assert_eq!(Date::from_ymd(year, month, day), Some(date));
        prop_assert_eq!(u32::from(date.weekday().index()), expected.weekday().num_days_from_monday());
    }
}

/// Every change of every table, with the windows a change can touch: whole nights are not left to chance.
#[test]
fn every_change_of_the_clock_is_judged_as_tried() {
    let windows = [("02:00", "03:00"), ("01:30", "02:15"), ("23:30", "00:30"), ("02:30", "02:30"), ("00:00", "01:00")];
    for place in PLACES.iter() {
        for (index, (at, _)) in place.table.transitions().iter().enumerate() {
            let (start, end) = windows[index % windows.len()];
            let [start, end] = [start, end].map(|text| {
                let (hour, minute) = text.split_once(':').unwrap();
                Minute::at(hour.parse().unwrap(), minute.parse().unwrap()).unwrap()
            });
            let (from, until) = (date_near(place, *at, -1), date_near(place, *at, 0));
            let weekly = Weekly::new(Days::ALL, from, until, start, end).unwrap();
            let (rule, zone) = (Rule::Weekly(weekly), Some(&place.table));
            let brute = Brute::new(weekly, place.tz);
            for now in brute.edges().iter().chain([at]).flat_map(|edge| [edge - 1, *edge, edge + 1]) {
                assert_eq!(rule.judge(zone, now), brute.verdict(now), "at {} in {}", shown(place.tz, now), place.tz);
                assert_eq!(rule.next_opening(zone, now), brute.next_opening(now), "at {now} in {}", place.tz);
            }
        }
    }
}

/// Apia went from the 29th to the 31st of December 2011: a window of the 30th never came, and a time typed on it is a day later.
#[test]
fn a_skipped_day_never_opens() {
    let apia = PLACES.iter().find(|place| place.tz == Tz::Pacific__Apia).unwrap();
    let [friday, saturday] = [30, 31].map(|day| Date::from_ymd(2011, 12, day).unwrap());
    let noon = Minute::at(12, 0).unwrap();
    let rule = |until, end| Rule::Weekly(Weekly::new(Days::ALL, friday, until, noon, end).unwrap());
    let zone = Some(&apia.table);
    let long_before = apia.from;
    assert!(rule(friday, Minute::at(14, 0).unwrap()).ended(zone, long_before));
    let Local::Once(saturday_noon) = apia.table.instants(saturday, noon) else { panic!("Saturday came once") };
    assert_eq!(rule(saturday, Minute::at(14, 0).unwrap()).next_opening(zone, long_before), Some(saturday_noon));
    assert_eq!(apia.table.instants(friday, noon), Local::Skipped { moved: saturday_noon });
    // Of an overnight window that would have started on the 30th, what the clock shows of it on the 31st counts.
    let jump = saturday_noon - 12 * HOUR;
    assert_eq!(rule(friday, Minute::at(6, 0).unwrap()).next_opening(zone, long_before), Some(jump));
}
