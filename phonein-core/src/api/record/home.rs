//! Home: every intercom with its doors, the key on its button and what should be known.

use super::{Intercom, Tap};
use crate::category::Category;
use crate::text::tap::Door;

/// All of Home.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Home {
    /// The intercoms, the one used last first. Empty: show Welcome.
    pub intercoms: Vec<IntercomHome>,
    /// At which of them Home stands: where it stood last, else the first. `None` if there is none.
    pub place: Option<String>,
    /// What should be known of the wallet itself, on Welcome too.
    pub notes: Vec<HomeNote>,
}

/// The door that a shortcut, a tile, a widget or a voice opens.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct QuickDoor {
    /// The intercom: Home goes there.
    pub intercom: Intercom,
    /// Its door.
    pub door: Door,
    /// Whether the app asks who presses, before it opens.
    pub ask_first: bool,
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
    /// Whether the app asks who presses, before a door opens here: by face, fingerprint or the screen lock; on a phone without
    /// a lock with the words of `Label::AskWithoutLock`.
    pub ask_first: bool,
    /// Whether NEW KEY shows.
    pub makes_keys: bool,
    /// Whether KEYS ends with *I was sent a key*; while it is empty that is its [`EmptyWhy`](super::EmptyWhy)'s to say.
    pub takes_links: bool,
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
    /// The key it stands for, which `unlock` takes; `None`: this phone's own right.
    pub key: Option<String>,
    /// The name of that key, to be shown here, where it is not plain.
    pub key_name: Option<String>,
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
    /// What the button of that press says; `None` without one.
    pub action_words: Option<String>,
    /// What `dismiss` takes to hide it; `None` where it goes by itself.
    pub dismissal: Option<String>,
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
    /// Opens the page of the intercom's managers.
    Managers,
}
