//! Single use: from an instant to another, typed as local dates and times.

use super::{CalendarDate, ClockTime, Context, Draft, Field, FieldProblem};
use crate::category::Category;
use phonein_protocol::Time;
use phonein_protocol::rule::{Date, Minute, Rule};

const HOUR: Time = 3_600;
/// When an event begins and ends unless said otherwise.
const EVENING: ClockTime = ClockTime { hour: 18, minute: 0 };
const NIGHT: ClockTime = ClockTime { hour: 2, minute: 0 };
const LAST_MINUTE: ClockTime = ClockTime { hour: 23, minute: 59 };

/// The two instants, which need not be in order.
#[derive(Clone, Copy)]
pub(super) struct Single {
    pub(super) start: Time,
    pub(super) expiry: Time,
}

impl Draft {
    pub(super) fn single(&self, context: &Context) -> Single {
        let suggested = self.suggested_start(context);
        let single = self.single_from(suggested, context);
        // A suggestion yields to an expiry that was typed: today's 18:00 is no start for what ends at 17:00.
        if single.expiry <= single.start && self.original.is_none() {
            self.single_from(this_minute(context), context)
        } else {
            single
        }
    }

    pub(super) fn single_rule(&self, context: &Context) -> Result<Rule, (Field, FieldProblem)> {
        let Single { start, expiry } = self.single(context);
        let day = |at| context.present.zone.local(at).date;
        let beside = |first: Date| if day(expiry) < first { Field::ExpiryDate } else { Field::ExpiryTime };
        match Rule::between(start, expiry) {
            None => Err((beside(day(start)), FieldProblem::EndBeforeStart)),
            Some(rule) if rule.ended(Some(context.present.zone), context.present.now) => {
                Err((beside(context.present.today()), FieldProblem::Over))
            }
            Some(rule) => Ok(rule),
        }
    }

    fn single_from(&self, suggested: Time, context: &Context) -> Single {
        let start = match (self.start_date, self.start_time) {
            // Not by way of the wall clock, which shows some minutes twice.
            (None, None) => suggested,
            (date, time) => {
                let (date, time) = typed(date, time, suggested, context);
                context.present.zone.instants(date, time).start()
            }
        };
        Single { start, expiry: self.expiry(start, context) }
    }

    fn expiry(&self, start: Time, context: &Context) -> Time {
        let zone = context.present.zone;
        let suggested = self.suggested_expiry(start, context);
        let (date, time) = typed(self.expiry_date, self.expiry_time, suggested, context);
        let at = |date, time| zone.instants(date, time).expiry();
        let typed = at(date, time);
        match (self.expiry_date, self.expiry_time) {
            (None, None) => suggested,
            // What was not typed makes room, so that the window is not empty for its sake.
            (None, Some(_)) if typed <= start && self.original.is_none() => at(date.plus_days(1), time),
            (Some(_), None) if typed <= start && self.original.is_none() => at(date, LAST_MINUTE.into()),
            _ => typed,
        }
    }

    fn suggested_start(&self, context: &Context) -> Time {
        let now = this_minute(context);
        match (self.original_rule(), self.category()) {
            (Some(Rule::Between { start, .. }), _) => start,
            (_, Some(Category::Event)) => {
                context.present.zone.instants(context.present.today(), EVENING.into()).start().max(now)
            }
            _ => now,
        }
    }

    fn suggested_expiry(&self, start: Time, context: &Context) -> Time {
        let zone = context.present.zone;
        match (self.original_rule(), self.category()) {
            (Some(Rule::Between { expiry, .. }), _) => expiry,
            (_, Some(Category::Delivery)) => start.saturating_add(4 * HOUR),
            (_, Some(Category::Event)) => {
                let date = zone.local(start).date;
                let night = |date| zone.instants(date, NIGHT.into()).expiry();
                if night(date) > start { night(date) } else { night(date.plus_days(1)) }
            }
            _ => start.saturating_add(24 * HOUR),
        }
    }
}

/// The beginning of the current minute.
fn this_minute(context: &Context) -> Time {
    let now = context.present.now;
    now.saturating_sub(context.present.zone.local(now).second.into())
}

/// A date and a time, each from `suggested` unless it was typed.
fn typed(date: Option<CalendarDate>, time: Option<ClockTime>, suggested: Time, context: &Context) -> (Date, Minute) {
    let wall = context.present.zone.local(suggested);
    (date.map_or(wall.date, Date::from), time.map_or(wall.minute, Minute::from))
}
