//! Adding an intercom: its code, names, and how pairing ended.

use super::fixed::{arguments, messages};
use super::{Text, Told, plain};
use fluent_bundle::FluentArgs;

/// What a typed or scanned device UUID is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeCheck {
    /// A whole one.
    Complete,
    /// So many characters are missing.
    Missing(u64),
    /// So many are too many.
    TooMany(u64),
    /// A character no UUID has.
    NotHex(char),
    /// Whole, and yet no code of a Phonein.
    NotOurs,
}

messages! {
    /// Words while an intercom is being added.
    pub enum PairingStep {
        /// Nothing found yet.
        Searching => "pairing-searching",
        /// Found.
        Connecting => "pairing-connecting",
        /// Asked.
        Asking => "pairing-asking",
    }
}

messages! {
    /// How adding an intercom ended.
    pub enum PairingEnding {
        /// This phone is its manager.
        Added => "pairing-added",
        /// No intercom was found.
        NotFound => "pairing-not-found",
        /// The intercom does not accept the UUID.
        WrongCode => "pairing-wrong-code",
        /// It has a manager and its button was not held.
        AlreadyPaired => "pairing-already",
        /// Ended by the person.
        Cancelled => "pairing-cancelled",
    }
}

messages! {
    /// What is wrong with a field of the page.
    pub enum PairingProblem {
        /// The intercom has no name.
        NoIntercomName => "intercom-name-missing",
        /// The person gave no name.
        NoOwnName => "own-name-missing",
        /// No network address.
        NotAnAddress => "code-address",
    }
}

impl Text {
    /// What is missing in a device UUID: "18 more characters".
    pub fn code_check(&self, check: CodeCheck) -> String {
        match check {
            CodeCheck::Complete => self.word("code-complete"),
            CodeCheck::Missing(count) => self.say("code-more", &arguments!["count" => count]),
            CodeCheck::TooMany(count) => self.say("code-too-many", &arguments!["count" => count]),
            CodeCheck::NotHex(character) => {
                self.say("code-not-hex", &arguments!["character" => plain::line(&character.to_string())])
            }
            CodeCheck::NotOurs => self.word("code-not-ours"),
        }
    }

    /// The words of a step.
    pub fn pairing_step(&self, step: PairingStep) -> String {
        self.word(step.message_id())
    }

    /// How it ended.
    pub fn pairing_ending(&self, ending: PairingEnding) -> Told {
        self.told(ending.message_id(), &FluentArgs::new())
    }

    /// What is wrong with a field.
    pub fn pairing_problem(&self, problem: PairingProblem) -> String {
        self.word(problem.message_id())
    }

    /// A name of a person or an intercom as it is kept, or what is wrong with it; `missing` if there is none.
    pub fn name(&self, typed: &str, missing: PairingProblem) -> Result<String, String> {
        plain::name(typed).ok_or_else(|| {
            if plain::line(typed).is_empty() { self.pairing_problem(missing) } else { self.name_too_long() }
        })
    }

    pub(super) fn name_too_long(&self) -> String {
        self.say("name-too-long", &arguments!["most" => plain::NAME])
    }
}
