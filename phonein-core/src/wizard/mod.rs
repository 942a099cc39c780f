//! *New key* and *Edit*: a pure state machine over a draft.
//!
//! A [`Draft`] keeps only what the person has set; everything else follows the clock and the category each time
//! [`state`](Draft::state) is asked. `single` and `weekly` work out the two kinds of rule, `check` what is wrong,
//! `state` what the page shows.

mod check;
mod draft;
mod field;
mod original;
mod single;
mod state;
#[cfg(test)]
mod tests;
mod weekly;

pub use draft::{Draft, Uses};
pub use field::{CalendarDate, ClockTime, Field};
pub use state::{
    CategoryChoice, DateChoice, DayChoice, Problem, SingleUse, TimeChoice, UsesChoice, WeeklyHours, WizardState,
};

use crate::category::Category;
use crate::text::{Present, Text, field::FieldProblem};
use phonein_protocol::rule::Rule;

/// What a draft is looked at with.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// Now, in the intercom's zone.
    pub present: Present<'a>,
    /// The phone's zone: the sentence names the intercom's if it is another.
    pub phone_zone: &'a str,
    /// Whether the intercom has an inner door.
    pub has_inner_door: bool,
    /// The words.
    pub text: &'a Text,
}

/// What a saved page says of a key, and what *Edit* begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyFields {
    /// Its name, plain and not empty.
    pub name: String,
    /// Its category. `None` in and out of *Edit* for one this version does not know: it stays as it was.
    pub category: Option<Category>,
    /// When it opens.
    pub rule: Rule,
    /// How often it opens each door; `None` for no limit.
    pub uses: Option<u64>,
    /// Whether it also opens the inner door.
    pub inner_door: bool,
    /// The welcome message, plain and not empty.
    pub welcome: Option<String>,
}
