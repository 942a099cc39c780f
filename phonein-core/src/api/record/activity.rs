//! Recent activity.

use super::{EmptyList, Fact, Meaning, Sign};
use crate::text::tap::{Door, Via};

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, uniffi::Enum)]
pub enum ActivityKind {
    /// A door opened.
    Opened,
    /// A door or a link was refused.
    Refused,
    /// A key was accepted.
    Accepted,
    /// A key, the settings or a manager changed.
    Changed,
    /// A phone was paired.
    Paired,
    /// The clock was set, or the intercom restarted.
    Device,
    /// The power failed during a use.
    Interrupted,
    /// A door did not react.
    Fault,
    /// What this phone did without an answer.
    Unanswered,
    /// Something of a later version.
    Unknown,
}

/// Which entries a list shows.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ActivityFilter {
    /// Only those of this intercom.
    #[uniffi(default = None)]
    pub intercom: Option<String>,
    /// Only those of this kind.
    pub show: ActivityShow,
}

/// Which kind of entries a list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, uniffi::Enum)]
pub enum ActivityShow {
    /// All.
    All,
    /// Doors that opened.
    Opened,
    /// What was refused, or stayed without an answer.
    Refused,
    /// Keys that were made, changed, deleted or accepted.
    Keys,
}

/// One of the kinds to choose from.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ShowChoice {
    /// It.
    pub show: ActivityShow,
    /// What its button says: "Opened".
    pub words: String,
}

/// An entry.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ActivityEntry {
    /// Stands for it in `give_back`.
    pub id: String,
    /// The intercom.
    pub intercom: String,
    /// What that is called.
    pub place: String,
    /// What happened.
    pub kind: ActivityKind,
    /// What is drawn beside it.
    pub sign: Sign,
    /// What the colour of that means.
    pub meaning: Meaning,
    /// The day, as a heading above the first entry of it: "Today".
    pub day: String,
    /// The time of day: "10:22"; or that it is unknown.
    pub time: String,
    /// "Entrance opened"
    pub title: String,
    /// "Cleaner · Bluetooth"
    pub line: String,
    /// Why, or what it means; empty if there is nothing to say.
    pub reason: String,
    /// All of it but title and reason, for a page of its own: when, where and how, who, with which key.
    pub facts: Vec<Fact>,
    /// Who, if that is known.
    pub person: Option<String>,
    /// The key's name, if that is known.
    pub key_name: Option<String>,
    /// The key, if it still is in a list here.
    pub key: Option<String>,
    /// Which door.
    pub door: Option<Door>,
    /// How.
    pub via: Option<Via>,
    /// Whether GIVE BACK THE USE is offered.
    pub may_give_back: bool,
}

/// A part of the activity, newest first.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ActivityPage {
    /// The entries.
    pub entries: Vec<ActivityEntry>,
    /// Give this to get the next part; `None` at the end.
    pub next: Option<String>,
    /// The next part is asked for once no more than so many entries follow the last one on screen.
    pub ahead: i32,
    /// The kinds to choose from, above the list; none where there is nothing of any kind.
    pub choices: Vec<ShowChoice>,
    /// What the list says while it is empty.
    pub empty: Option<EmptyList>,
}

/// As what the activity is exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, uniffi::Enum)]
pub enum ExportFormat {
    /// Comma-separated values (RFC 4180), with headings.
    Csv,
    /// JSON: an array of objects.
    Json,
}
