//! What is wrong with a draft, and what is saved of one with which nothing is.

use super::{Context, Draft, Field, FieldProblem, KeyFields, Uses};
use crate::text::plain;
use phonein_protocol::rule::Rule;

/// The longest welcome message, in bytes.
const WELCOME_BYTES: usize = 400;

impl Draft {
    /// What would be saved, or all that is wrong, in the order of the page.
    pub(super) fn check(&self, context: &Context) -> Result<KeyFields, Vec<(Field, FieldProblem)>> {
        let name = plain::line(self.typed_name());
        let welcome = if self.has_welcome() { plain::message(self.typed_welcome()) } else { String::new() };
        let name_problem = match plain::characters(&name) {
            0 => Some((Field::Name, FieldProblem::NoName)),
            1..=plain::NAME => None,
            _ => Some((Field::Name, FieldProblem::NameTooLong)),
        };
        let welcome_problem = if plain::characters(&welcome) > plain::WELCOME {
            Some((Field::Welcome, FieldProblem::WelcomeTooLong))
        } else {
            (welcome.len() > WELCOME_BYTES).then_some((Field::Welcome, FieldProblem::WelcomeTooHeavy))
        };
        match (self.rule(context), name_problem, welcome_problem) {
            (Ok(rule), None, None) => Ok(KeyFields {
                name,
                category: self.category(),
                rule,
                uses: self.uses_of(&rule),
                inner_door: self.opens_inner_door(),
                welcome: (!welcome.is_empty()).then_some(welcome),
            }),
            (rule, name, welcome) => Err(name.into_iter().chain(rule.err()).chain(welcome).collect()),
        }
    }

    /// The rule as it stands, if it can open at all.
    pub(super) fn rule(&self, context: &Context) -> Result<Rule, (Field, FieldProblem)> {
        if self.is_unlimited() {
            Ok(Rule::Always)
        } else if self.is_recurring() {
            self.weekly_rule(context)
        } else {
            self.single_rule(context)
        }
    }

    /// How often a key of this rule opens each door. Only a single-use key has a field for it; what *Edit* found in another
    /// kind stays.
    pub(super) fn uses_of(&self, rule: &Rule) -> Option<u64> {
        match rule {
            Rule::Between { .. } => self.single_uses(),
            Rule::Always | Rule::Weekly(_) => {
                let original = self.original.as_ref().filter(|key| kind(&key.rule()) == kind(rule));
                original.and_then(|key| key.uses)
            }
        }
    }

    /// Once, unless the person or the edited key says otherwise.
    pub(super) fn single_uses(&self) -> Option<u64> {
        let original = self.original.as_ref().filter(|key| matches!(key.rule(), Rule::Between { .. }));
        match (self.uses, original) {
            (Some(Uses::Times { count }), _) => Some(u64::try_from(count).unwrap_or(1)),
            (Some(Uses::NoLimit), _) => None,
            (None, Some(key)) => key.uses,
            (None, None) => Some(1),
        }
    }

    pub(super) fn typed_name(&self) -> &str {
        let original = self.original.as_ref().map(|key| key.name.as_str());
        self.name.as_deref().or(original).unwrap_or_default()
    }

    pub(super) fn typed_welcome(&self) -> &str {
        let original = self.original.as_ref().and_then(|key| key.welcome.as_deref());
        self.welcome.as_deref().or(original).unwrap_or_default()
    }

    pub(super) fn has_welcome(&self) -> bool {
        self.welcome_on.unwrap_or_else(|| self.original.as_ref().is_some_and(|key| key.welcome.is_some()))
    }

    /// Where the intercom has no inner door now, an edited key keeps what it had.
    pub(super) fn opens_inner_door(&self) -> bool {
        self.inner_door.unwrap_or_else(|| self.original.as_ref().is_some_and(|key| key.inner_door))
    }
}

fn kind(rule: &Rule) -> std::mem::Discriminant<Rule> {
    std::mem::discriminant(rule)
}
