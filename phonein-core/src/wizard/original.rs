//! The key that *Edit* began with, in a form a draft can be kept in.

use super::KeyFields;
use crate::category::Category;
use phonein_protocol::Time;
use phonein_protocol::rule::{Date, Days, Minute, Rule, Weekly};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Original {
    pub(super) name: String,
    pub(super) category: Option<Category>,
    rule: KeptRule,
    pub(super) uses: Option<u64>,
    pub(super) inner_door: bool,
    pub(super) welcome: Option<String>,
}

impl Original {
    pub(super) fn rule(&self) -> Rule {
        self.rule.0
    }
}

impl From<&KeyFields> for Original {
    fn from(key: &KeyFields) -> Self {
        Self {
            name: key.name.clone(),
            category: key.category,
            rule: KeptRule(key.rule),
            uses: key.uses,
            inner_door: key.inner_door,
            welcome: key.welcome.clone(),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Numbers", into = "Numbers")]
struct KeptRule(Rule);

/// A rule in numbers, as on the wire.
#[derive(Clone, Serialize, Deserialize)]
enum Numbers {
    Always,
    Between { start: Time, expiry: Time },
    Weekly { days: u8, from: i32, until: i32, start: u16, end: u16 },
}

impl From<KeptRule> for Numbers {
    fn from(KeptRule(rule): KeptRule) -> Self {
        match rule {
            Rule::Always => Self::Always,
            Rule::Between { start, expiry } => Self::Between { start, expiry },
            Rule::Weekly(weekly) => Self::Weekly {
                days: weekly.days.bits(),
                from: weekly.from.days(),
                until: weekly.until.days(),
                start: weekly.start.get(),
                end: weekly.end.get(),
            },
        }
    }
}

impl TryFrom<Numbers> for KeptRule {
    type Error = &'static str;

    fn try_from(numbers: Numbers) -> Result<Self, Self::Error> {
        let rule = match numbers {
            Numbers::Always => Some(Rule::Always),
            Numbers::Between { start, expiry } => Rule::between(start, expiry),
            Numbers::Weekly { days, from, until, start, end } => weekly(days, from, until, start, end),
        };
        rule.map(Self).ok_or("no rule of a key")
    }
}

fn weekly(days: u8, from: i32, until: i32, start: u16, end: u16) -> Option<Rule> {
    let (from, until) = (Date::from_days(from), Date::from_days(until));
    Weekly::new(Days::new(days)?, from, until, Minute::new(start)?, Minute::new(end)?).map(Rule::Weekly)
}
