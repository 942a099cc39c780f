//! Every sentence a person reads, in one place, by locale.
//!
//! [`Text`] has one typed method for each thing that is said; the words are in `en.ftl` and its sisters (Fluent). No other
//! module makes sentences. Whatever a method returns can be shown as it is.

pub mod activity;
pub mod field;
pub(crate) mod fixed;
pub mod key;
pub mod label;
mod language;
pub mod link;
pub mod notice;
pub mod pairing;
pub mod plain;
pub mod refusal;
mod rule;
#[cfg(test)]
mod snapshot;
pub mod tap;
mod when;

pub use when::Present;

use fixed::arguments;
use fluent_bundle::FluentArgs;
use language::Language;
use std::sync::Arc;

/// How times of day are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum DayClock {
    /// "10:22 AM"
    Twelve,
    /// "22:22"
    TwentyFour,
}

/// The words of one locale.
#[derive(Clone)]
pub struct Text {
    language: Arc<Language>,
    day_clock: DayClock,
}

impl Text {
    /// The words of `locale` ("en", "hu-HU"); English where there are none in that language.
    pub fn new(locale: &str, day_clock: DayClock) -> Self {
        Self { language: Arc::new(Language::of(locale)), day_clock }
    }

    /// How times of day are written.
    pub const fn day_clock(&self) -> DayClock {
        self.day_clock
    }

    fn say(&self, id: &str, arguments: &FluentArgs) -> String {
        self.language.say(id, arguments)
    }

    fn word(&self, id: &str) -> String {
        self.say(id, &FluentArgs::new())
    }

    fn told(&self, id: &str, arguments: &FluentArgs) -> Told {
        self.told_with(id, arguments, self.say(&format!("{id}-detail"), arguments))
    }

    fn told_with(&self, id: &str, arguments: &FluentArgs, detail: String) -> Told {
        let title = self.say(id, arguments);
        let sentence = self.say("told", &arguments!["title" => &*title, "detail" => &*detail]);
        Told { title, detail, sentence }
    }

    /// What happened, where nothing more is to be said.
    pub fn told_alone(&self, title: String) -> Told {
        let sentence = self.say("told-alone", &arguments!["title" => &*title]);
        Told { title, detail: String::new(), sentence }
    }

    fn question(&self, id: &str, arguments: &FluentArgs) -> Told {
        let [title, detail] = ["title", "detail"].map(|part| self.say(&format!("{id}-{part}"), arguments));
        let sentence = self.say("told-question", &arguments!["title" => &*title, "detail" => &*detail]);
        Told { title, detail, sentence }
    }

    /// "Wednesday and Saturday", "Monday, Wednesday and Saturday".
    fn list(&self, items: &[String]) -> String {
        match items {
            [] => String::new(),
            [only] => only.clone(),
            [first, last] => self.say("list-two", &arguments!["first" => &**first, "last" => &**last]),
            [first, rest @ ..] => self.say("list-more", &arguments!["first" => &**first, "rest" => self.list(rest)]),
        }
    }

    /// "Cleaner · Network": the parts of a line that are not empty.
    pub fn parts(&self, parts: &[&str]) -> String {
        let join = |line: String, part: &&str| {
            if line.is_empty() {
                (*part).to_owned()
            } else {
                self.say("parts", &arguments!["first" => line, "second" => *part])
            }
        };
        parts.iter().filter(|part| !part.is_empty()).fold(String::new(), join)
    }
}

impl std::fmt::Debug for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Text").field("day_clock", &self.day_clock).finish_non_exhaustive()
    }
}

/// What happened, and what would help.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Told {
    /// What happened, without a full stop: "Not open yet".
    pub title: String,
    /// What would help, without a full stop: "Opens at 14:00, in 12 minutes". Empty if there is nothing to say.
    pub detail: String,
    /// Both as sentences, for a screen reader or a place with one line: "Not open yet. Opens at 14:00, in 12 minutes."
    pub sentence: String,
}
