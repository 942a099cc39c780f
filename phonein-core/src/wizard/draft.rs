//! What the person has set so far.

use super::original::Original;
use super::{CalendarDate, ClockTime, Context, Field, KeyFields};
use crate::category::Category;
use phonein_protocol::rule::Rule;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// More is never kept of a typed text: it is too long anyhow, and the page says so.
const MOST_TYPED: usize = 2_000;
/// The most uses a person can choose.
pub(super) const MOST_USES: i32 = 99;

/// How often a single-use key opens each door.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, uniffi::Enum)]
pub enum Uses {
    /// So often, 1–99.
    Times {
        /// How often.
        count: i32,
    },
    /// As often as wished.
    NoLimit,
}

/// A key that is being made or edited: what the person has set, nothing derived. Can be kept with serde.
///
/// Setters take whatever a shell hands over; what no calendar, clock or page has becomes the nearest it has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    pub(super) original: Option<Original>,
    pub(super) name: Option<String>,
    pub(super) category: Option<Category>,
    pub(super) unlimited: Option<bool>,
    pub(super) recurring: Option<bool>,
    pub(super) start_date: Option<CalendarDate>,
    pub(super) start_time: Option<ClockTime>,
    pub(super) expiry_date: Option<CalendarDate>,
    pub(super) expiry_time: Option<ClockTime>,
    pub(super) uses: Option<Uses>,
    /// Bit 0 is Monday; no day may be chosen meanwhile.
    pub(super) days: Option<u8>,
    pub(super) from: Option<CalendarDate>,
    pub(super) until: Option<CalendarDate>,
    pub(super) window_start: Option<ClockTime>,
    pub(super) window_end: Option<ClockTime>,
    pub(super) inner_door: Option<bool>,
    pub(super) welcome_on: Option<bool>,
    pub(super) welcome: Option<String>,
    left: BTreeSet<Field>,
    tried: bool,
    /// Whether weekdays are being chosen: whatever is set next leaves them.
    at_days: bool,
}

impl Draft {
    /// A new key.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same page with what a key has now.
    pub fn edit(key: &KeyFields) -> Self {
        Self { original: Some(key.into()), ..Self::default() }
    }

    /// Forgets what was set: START OVER.
    pub fn start_over(&mut self) {
        *self = Self { original: self.original.take(), ..Self::default() };
    }

    /// Whether anything was set.
    pub fn is_touched(&self) -> bool {
        let Self { at_days, tried, .. } = *self;
        *self != Self { original: self.original.clone(), left: self.left.clone(), tried, at_days, ..Self::default() }
    }

    /// Sets the name, as typed so far.
    pub fn set_name(&mut self, name: &str) {
        self.go_on();
        self.name = Some(name.chars().take(MOST_TYPED).collect());
    }

    /// Sets the category. It never touches *Unlimited*, nor what the person has set.
    pub fn set_category(&mut self, category: Category) {
        self.go_on();
        self.category = Some(category);
    }

    /// Sets the *Unlimited Key* toggle.
    pub fn set_unlimited(&mut self, on: bool) {
        self.go_on();
        self.unlimited = Some(on);
    }

    /// Sets the *Recurring* toggle.
    pub fn set_recurring(&mut self, on: bool) {
        self.go_on();
        self.recurring = Some(on);
    }

    /// Sets the date on which a single-use key starts.
    pub fn set_start_date(&mut self, date: CalendarDate) {
        self.go_on();
        self.start_date = Some(date);
    }

    /// Sets the time at which a single-use key starts.
    pub fn set_start_time(&mut self, time: ClockTime) {
        self.go_on();
        self.start_time = Some(time);
    }

    /// Sets the date on which a single-use key expires.
    pub fn set_expiry_date(&mut self, date: CalendarDate) {
        self.go_on();
        self.expiry_date = Some(date);
    }

    /// Sets the time at which a single-use key expires.
    pub fn set_expiry_time(&mut self, time: ClockTime) {
        self.go_on();
        self.expiry_time = Some(time);
    }

    /// Sets how often a single-use key opens each door.
    pub fn set_uses(&mut self, uses: Uses) {
        self.go_on();
        self.uses = Some(match uses {
            Uses::Times { count } => Uses::Times { count: count.clamp(1, MOST_USES) },
            Uses::NoLimit => Uses::NoLimit,
        });
    }

    /// Chooses a weekday, 0 for Monday to 6 for Sunday, or takes it back.
    pub fn toggle_day(&mut self, day: i32, context: &Context) {
        if (0..7).contains(&day) {
            self.days = Some(self.weekly(context).days ^ (1 << day));
            self.at_days = true;
        }
    }

    /// Sets the first date of a recurring key.
    pub fn set_from(&mut self, date: CalendarDate) {
        self.go_on();
        self.from = Some(date);
    }

    /// Sets the last date of a recurring key.
    pub fn set_until(&mut self, date: CalendarDate) {
        self.go_on();
        self.until = Some(date);
    }

    /// Sets the time at which the hours of a recurring key begin.
    pub fn set_window_start(&mut self, time: ClockTime) {
        self.go_on();
        self.window_start = Some(time);
    }

    /// Sets the time at which they end; at or before the start it is the next day's.
    pub fn set_window_end(&mut self, time: ClockTime) {
        self.go_on();
        self.window_end = Some(time);
    }

    /// Sets the *Also Opens Inner Door* toggle.
    pub fn set_inner_door(&mut self, on: bool) {
        self.go_on();
        self.inner_door = Some(on);
    }

    /// Sets the *Welcome Message* toggle. The text is kept while it is off.
    pub fn set_welcome_on(&mut self, on: bool) {
        self.go_on();
        self.welcome_on = Some(on);
    }

    /// Sets the welcome message, as typed so far.
    pub fn set_welcome(&mut self, message: &str) {
        self.go_on();
        self.welcome = Some(message.chars().take(MOST_TYPED).collect());
    }

    /// The person left a field: what is wrong with it is shown from now on.
    pub fn leave(&mut self, field: Field) {
        self.left.insert(field);
    }

    fn go_on(&mut self) {
        if std::mem::take(&mut self.at_days) {
            self.leave(Field::Days);
        }
    }

    /// What to save, or the first field that is wrong; from then on all that is wrong is shown.
    pub fn save(&mut self, context: &Context) -> Result<KeyFields, Field> {
        self.check(context).map_err(|problems| {
            self.tried = true;
            problems.first().map_or(Field::Name, |(field, _)| *field)
        })
    }

    pub(super) fn shows_problem_of(&self, field: Field) -> bool {
        self.tried || self.left.contains(&field)
    }

    pub(super) fn original_rule(&self) -> Option<Rule> {
        self.original.as_ref().map(Original::rule)
    }

    /// Friend in a new key; in *Edit* `None` for a category this version does not know.
    pub(super) fn category(&self) -> Option<Category> {
        self.category.or_else(|| self.original.as_ref().map_or(Some(Category::default()), |key| key.category))
    }

    pub(super) fn is_unlimited(&self) -> bool {
        self.unlimited.unwrap_or_else(|| self.original_rule().is_none_or(|rule| rule == Rule::Always))
    }

    pub(super) fn is_recurring(&self) -> bool {
        self.recurring.unwrap_or_else(|| match self.original_rule() {
            Some(Rule::Between { .. }) => false,
            Some(Rule::Weekly(_)) => true,
            None | Some(Rule::Always) => self.category() == Some(Category::Services),
        })
    }
}
