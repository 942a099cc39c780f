//! The page of a new key.

use super::Text;
use super::fixed::arguments;
use crate::wizard::FieldProblem;

impl Text {
    /// What is wrong with a field.
    pub fn field_problem(&self, problem: FieldProblem) -> String {
        self.word(problem.message_id())
    }

    /// The number of uses as the field shows it: "5", "No limit".
    pub fn field_uses(&self, uses: Option<u64>) -> String {
        match uses {
            Some(count) => self.say("field-uses", &arguments!["count" => count]),
            None => self.word("field-uses-any"),
        }
    }
}
