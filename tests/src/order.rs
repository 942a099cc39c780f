//! What a phone in a process of its own (`src/bin/phone.rs`) is told and says, a line of JSON each: it has done what it
//! says, and another process may kill it at any moment.

use serde::{Deserialize, Serialize};

/// What it is told to do.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Order {
    /// Adds the intercom with this code.
    Pair {
        /// As it is scanned.
        code: String,
    },
    /// Makes a key for the entrance.
    Make {
        /// Its name.
        name: String,
        /// For so many uses, or any number.
        uses: Option<i32>,
    },
    /// Gives a key another name.
    Rename {
        /// Which.
        key: String,
        /// The name.
        name: String,
    },
    /// Deletes a key.
    Delete {
        /// Which.
        key: String,
    },
    /// Shares a key.
    Share {
        /// Which.
        key: String,
    },
    /// Accepts a link.
    Accept {
        /// The link.
        link: String,
    },
    /// Presses on the entrance.
    Open {
        /// With this key, or as a manager.
        key: Option<String>,
    },
    /// Reaches the intercom.
    Sync,
    /// Tells what it shows.
    Look,
}

/// What it says once that is done.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Said {
    /// It has started, and found nothing a person would have to hear of.
    Ready,
    /// It is done.
    Done,
    /// A key was made.
    Made {
        /// Which.
        key: String,
    },
    /// Here is the link.
    Link {
        /// It.
        link: String,
    },
    /// The link was accepted, and the key is this phone's.
    Added {
        /// Which.
        key: String,
    },
    /// The door opened.
    Opened,
    /// It did not, and that is certain: no use was spent.
    Shut {
        /// In words.
        why: String,
    },
    /// What it shows.
    Shown(Shown),
    /// It could not, or does not know.
    Failed {
        /// Why.
        why: String,
    },
}

/// What a phone shows.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Shown {
    /// How many intercoms.
    pub intercoms: usize,
    /// The keys.
    pub keys: Vec<ShownKey>,
    /// What stands for each entry of the activity that stays.
    pub activity: Vec<String>,
}

/// A key as a phone shows it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ShownKey {
    /// Stands for it.
    pub id: String,
    /// Its name.
    pub name: String,
    /// How it stands, in words.
    pub status: String,
    /// Whether what is shown is at the intercom.
    pub is_delivered: bool,
    /// Whether this phone accepted it.
    pub is_held: bool,
    /// Whether all its uses are spent.
    pub is_used: bool,
}
