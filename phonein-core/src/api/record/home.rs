//! Home: every intercom with its doors, the key on its button and what should be known.

use super::{Intercom, Tap};
use crate::category::Category;
use crate::text::tap::Door;

/// All of Home.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Home {
    /// The intercoms, the one used last first. Empty: show Welcome.
    pub intercoms: Vec<IntercomHome>,
}

/// One intercom's card.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct IntercomHome {
    /// Which.
    pub intercom: Intercom,
    /// By what its buttons open.
    pub opens_by: OpensBy,
    /// Its doors; the entrance is the first.
    pub doors: Vec<DoorButton>,
    /// Whether NEW KEY shows.
    pub makes_keys: bool,
    /// What should be known or answered.
    pub notes: Vec<HomeNote>,
}

/// By what a door's button opens.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum OpensBy {
    /// By the manager's own right: every door, no rule, no use.
    Manager,
    /// By a key that this phone was sent.
    Key {
        /// Which: name it on the button.
        key: KeyChip,
    },
    /// There is no key to this intercom here.
    Nothing,
}

/// A key in a few words.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct KeyChip {
    /// Which.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its category, for the icon.
    pub category: Option<Category>,
}

/// A door's button.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct DoorButton {
    /// Which door.
    pub door: Door,
    /// What it is called.
    pub name: String,
    /// The tap in hand, or how the last one ended.
    pub tap: Tap,
}

/// Something to know or to answer.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct HomeNote {
    /// What happened.
    pub title: String,
    /// What would help, empty if there is nothing.
    pub detail: String,
    /// What a press on it does.
    pub action: NoteAction,
}

/// What a press on a note does.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum NoteAction {
    /// Nothing; it goes by itself.
    None,
    /// Asks which clock is right, then calls `answer_clock`.
    AnswerClock,
    /// Opens this key's page.
    Key {
        /// Which.
        key: String,
    },
    /// Hides it: call `dismiss`.
    Dismiss {
        /// With this.
        note: String,
    },
}
