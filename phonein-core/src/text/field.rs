//! The page of a new key.

use super::Text;
use super::fixed::{arguments, messages};

messages! {
    /// What is wrong with a field.
    #[derive(uniffi::Enum)]
    pub enum FieldProblem {
        /// The key has no name.
        NoName => "field-name-missing",
        /// The name has more than 40 characters.
        NameTooLong => "field-name-long",
        /// No weekday is chosen.
        NoDay => "field-no-day",
        /// Single use: it expires before it starts, or just then.
        EndBeforeStart => "field-end-before-start",
        /// Recurring: the last date is before the first.
        EndDateBeforeStart => "field-end-date-before-start",
        /// Single use: it has expired already.
        Over => "field-over",
        /// Recurring: there will be no opening any more.
        DatesOver => "field-dates-over",
        /// Recurring: no chosen weekday lies between the two dates.
        NoChosenDay => "field-no-chosen-day",
        /// Recurring: the clock skips the hours on the only days there are.
        SkippedHours => "field-skipped-hours",
        /// The message has more than 200 characters.
        WelcomeTooLong => "field-welcome-long",
        /// The message has more than 400 bytes.
        WelcomeTooHeavy => "field-welcome-heavy",
    }
}

impl Text {
    /// What is wrong with a field.
    pub fn field_problem(&self, problem: FieldProblem) -> String {
        self.word(problem.message_id())
    }

    /// Beside START OVER.
    pub fn brought_back(&self) -> String {
        self.word("field-brought-back")
    }

    /// The number of uses as the field shows it: "5", "No limit".
    pub fn field_uses(&self, uses: Option<u64>) -> String {
        match uses {
            Some(count) => self.say("field-uses", &arguments!["count" => count]),
            None => self.word("field-uses-any"),
        }
    }
}
