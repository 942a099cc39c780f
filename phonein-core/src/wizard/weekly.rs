//! Recurring: the same hours on chosen weekdays between two dates.

use super::{CalendarDate, ClockTime, Context, Draft, Field, FieldProblem};
use crate::category::Category;
use phonein_protocol::rule::{Date, Days, Minute, Rule, Weekday, Weekly};

/// The hours unless said otherwise.
const MORNING: ClockTime = ClockTime { hour: 10, minute: 0 };
const AFTERNOON: ClockTime = ClockTime { hour: 14, minute: 0 };
const FOUR_HOURS: u16 = 240;
const MINUTES_A_DAY: u16 = 1_440;

/// What the fields of a recurring key show; not yet a rule.
#[derive(Clone, Copy)]
pub(super) struct WeeklyParts {
    /// Bit 0 is Monday; may be none.
    pub(super) days: u8,
    pub(super) from: Date,
    pub(super) until: Date,
    pub(super) start: Minute,
    pub(super) end: Minute,
}

impl WeeklyParts {
    fn rule(&self) -> Option<Rule> {
        Weekly::new(Days::new(self.days)?, self.from, self.until, self.start, self.end).map(Rule::Weekly)
    }

    /// Whether a chosen weekday lies between the two dates.
    fn has_day(&self) -> bool {
        let chosen = |day: Weekday| self.days & Days::only(day).bits() != 0;
        (0..7).map(|days| self.from.plus_days(days)).any(|date| date <= self.until && chosen(date.weekday()))
    }
}

impl Draft {
    pub(super) fn weekly(&self, context: &Context) -> WeeklyParts {
        let today = context.present.today();
        let original = match self.original_rule() {
            Some(Rule::Weekly(weekly)) => Some(weekly),
            _ => None,
        };
        let from = self.from.map(Date::from).or(original.map(|key| key.from)).unwrap_or(today);
        let until = self.until.map(Date::from).or(original.map(|key| key.until));
        let until = until.unwrap_or_else(|| a_month_after(from.max(today)));
        let start = self.window_start.map(Minute::from).or(original.map(|key| key.start));
        let start = start.unwrap_or(MORNING.into());
        let end = self.window_end.map(Minute::from).or(original.map(|key| key.end));
        let end = end.unwrap_or_else(|| suggested_end(start));
        let with = |days: Days| WeeklyParts { days: days.bits(), from, until, start, end };
        match (self.days, original) {
            (Some(days), _) => WeeklyParts { days, ..with(Days::ALL) },
            (None, Some(key)) => with(key.days),
            (None, None) => {
                let working = self.category() == Some(Category::Services);
                let usual = if working { Days::WORKING } else { Days::only(today.weekday()) };
                // Days nobody chose give way to dates somebody did.
                let [first, last] = [from, until].map(|date| Days::only(date.weekday()));
                let choices = [usual, first, last].map(with);
                let opens = |parts: &&WeeklyParts| {
                    parts.rule().is_some_and(|rule| !rule.ended(Some(context.present.zone), context.present.now))
                };
                let open = choices.iter().find(opens);
                *open.or_else(|| choices.iter().find(|parts| parts.has_day())).unwrap_or(&with(usual))
            }
        }
    }

    pub(super) fn weekly_rule(&self, context: &Context) -> Result<Rule, (Field, FieldProblem)> {
        let parts = self.weekly(context);
        let zone = Some(context.present.zone);
        if parts.days == 0 {
            return Err((Field::Days, FieldProblem::NoDay));
        }
        match parts.rule() {
            None => Err((Field::Until, FieldProblem::EndDateBeforeStart)),
            Some(_) if !parts.has_day() => Err((Field::Days, FieldProblem::NoChosenDay)),
            Some(rule) if rule.ended(zone, 0) => Err((Field::WindowStart, FieldProblem::SkippedHours)),
            Some(rule) if rule.ended(zone, context.present.now) => Err((Field::Until, FieldProblem::DatesOver)),
            Some(rule) => Ok(rule),
        }
    }
}

/// 14:00, or four hours after a start that is not before it.
fn suggested_end(start: Minute) -> Minute {
    let usual = Minute::from(AFTERNOON);
    if start < usual { usual } else { Minute::new((start.get() + FOUR_HOURS) % MINUTES_A_DAY).unwrap_or(usual) }
}

/// The same day of the next month, or its last.
fn a_month_after(date: Date) -> Date {
    let (year, month, day) = date.ymd();
    let (year, month) = if month == 12 { (year.saturating_add(1), 1) } else { (year, month + 1) };
    CalendarDate { year, month: month.into(), day: day.into() }.into()
}
