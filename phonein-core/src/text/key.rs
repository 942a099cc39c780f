//! Keys: their category, status line, uses, sharing and deletion.

use super::fixed::{arguments, messages};
use super::tap::Door;
use super::{Present, Text, Told};
use crate::category::Category;
use phonein_protocol::Time;
use phonein_protocol::zone::ZoneTable;

/// Where a key stands; the first that fits, in this order, is its status line.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum KeyStatus {
    /// Deleted here, and the intercom has not heard of it.
    DeletedWaiting,
    /// Another manager changed or deleted it meanwhile; a person must say which counts.
    Overtaken,
    /// Made or changed here, and the intercom has not heard of it.
    Waiting,
    /// Its holder or its link is lost.
    ShareAgain,
    /// Held here once; another phone has it now.
    Taken,
    /// It never opens again.
    Expired,
    /// All its uses are spent.
    Used,
    /// Shared, and nobody has accepted it.
    Shared,
    /// Somebody has it and may use it now; for managers.
    Held {
        /// The holder's name.
        person: String,
    },
    /// It begins later.
    Upcoming {
        /// When, in Unix seconds.
        starts: Time,
    },
    /// A recurring key outside its hours.
    Outside {
        /// Its next opening, in Unix seconds.
        opens: Time,
    },
    /// It opens now.
    Active,
}

messages! {
    /// What is said about keys and about sharing them.
    pub enum KeyNote {
        /// The change is at the intercom.
        AtIntercom => "key-at-intercom",
        /// Another manager's change is there: this one waits for a person's answer.
        Undecided => "key-undecided",
        /// A deletion the intercom knows.
        DeletionKnown => "key-deleted-known",
        /// A deletion the intercom does not know yet.
        DeletionWaiting => "key-deleted-waiting",
        /// Beside a link: who owns the key.
        FirstPhoneOwns => "share-owner",
        /// Another manager's key, not accepted yet: only a new link can be made.
        OnlyReissue => "share-reissue-only",
        /// A used-up key is shared again: how many more uses?
        MoreUses => "share-more-uses",
        /// A key that lost its holder.
        HolderLost => "share-no-holder",
    }
}

impl Text {
    /// The name of a category.
    pub fn category(&self, category: Category) -> String {
        self.word(match category {
            Category::Friend => "category-friend",
            Category::Customer => "category-customer",
            Category::Services => "category-services",
            Category::Event => "category-event",
            Category::Delivery => "category-delivery",
            Category::Renter => "category-renter",
            Category::Employee => "category-employee",
        })
    }

    /// The status line of a key.
    pub fn key_status(&self, status: &KeyStatus, present: &Present) -> String {
        let id = match status {
            KeyStatus::Held { person } => return self.key_held(person),
            KeyStatus::Upcoming { starts } => return self.from(*starts, present),
            KeyStatus::Outside { opens } => return self.opens(*opens, present),
            KeyStatus::DeletedWaiting => "status-deleted",
            KeyStatus::Overtaken => "status-overtaken",
            KeyStatus::Waiting => "status-waiting",
            KeyStatus::ShareAgain => "status-share-again",
            KeyStatus::Taken => "status-taken",
            KeyStatus::Expired => "status-expired",
            KeyStatus::Used => "status-used",
            KeyStatus::Shared => "status-shared",
            KeyStatus::Active => "status-active",
        };
        self.word(id)
    }

    /// Who has a key: "On Anna's phone".
    pub fn key_held(&self, person: &str) -> String {
        self.say("status-held", &arguments!["person" => person])
    }

    /// What a screen reader calls the button of a key's menu.
    pub fn key_menu(&self, key: &str) -> String {
        self.say("key-menu", &arguments!["key" => key])
    }

    /// A sentence about keys and sharing.
    pub fn key_note(&self, note: KeyNote) -> String {
        self.word(note.message_id())
    }

    /// How often a key opened a door: "Entrance: used 2 of 5".
    pub fn key_uses(&self, door: Door, used: u64, limit: Option<u64>) -> String {
        let door = self.door(door);
        match limit {
            None => self.say("key-used", &arguments!["door" => door, "used" => used]),
            Some(1) => self.say("key-used-one", &arguments!["door" => door, "used" => used]),
            Some(limit) => self.say("key-used-of", &arguments!["door" => door, "used" => used, "limit" => limit]),
        }
    }

    /// Who made the key.
    pub fn key_maker(&self, person: &str) -> String {
        self.say("key-made-by", &arguments!["person" => person])
    }

    /// The name of the copy of a key for someone else; `number` counts from 2.
    pub fn key_copy_name(&self, key: &str, number: u64) -> String {
        self.say("key-copy-name", &arguments!["key" => key, "number" => number])
    }

    /// The question before a key is deleted; `person` is who has it, if that is somebody else.
    pub fn delete_question(&self, key: &str, person: Option<&str>) -> Told {
        match person {
            None => self.question("key-delete", &arguments!["key" => key]),
            Some(person) => self.question("key-delete-held", &arguments!["key" => key, "person" => person]),
        }
    }

    /// The question before a key that was sent is removed from this phone.
    pub fn remove_question(&self, key: &str) -> Told {
        self.question("key-remove", &arguments!["key" => key])
    }

    /// The text that goes with a shared link. `person` is the own name of who shares; empty if not given.
    pub fn share(&self, person: &str, place: &str, link: &str) -> String {
        let id = if person.is_empty() { "share-text" } else { "share-text-named" };
        self.say(id, &arguments!["person" => person, "place" => place, "link" => link])
    }

    /// Until when accepting a link is of use.
    pub fn share_until(&self, until: Time, zone: &ZoneTable) -> String {
        self.say("share-until", &arguments!["moment" => self.moment(until, zone)])
    }
}
