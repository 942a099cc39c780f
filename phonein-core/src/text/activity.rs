//! Recent activity: one entry as a title and its lines, and the words of its export.

use super::fixed::arguments;
use super::refusal::Refusal;
use super::tap::{Door, Via};
use super::{Present, Text, Told};
use fluent_bundle::FluentArgs;
use phonein_protocol::Time;

/// What an entry tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// A door opened.
    Opened(Door),
    /// A door was refused.
    Refused(Door, Refusal),
    /// A claim was refused before any door was named.
    LinkRefused(Refusal),
    /// A key was accepted by that person.
    Claimed(String),
    /// A key was accepted on this phone.
    ClaimedHere,
    /// A key was made.
    KeyCreated,
    /// A key was changed.
    KeyChanged,
    /// A key was deleted.
    KeyDeleted,
    /// The settings were changed.
    SettingsChanged,
    /// That person became a manager.
    ManagerAdded(String),
    /// That person is a manager no more.
    ManagerRemoved(String),
    /// That person's phone was paired at the device.
    Paired(String),
    /// The clock was set to that time.
    ClockSet(Time),
    /// The intercom started.
    Restarted,
    /// The power failed between use and answer.
    Interrupted(Door),
    /// The door's relay could not be moved.
    DoorFault(Door),
    /// This phone's own tap that reached nothing.
    Unreachable(Door),
    /// This phone's own tap without an answer.
    NoAnswer(Door),
    /// Something of a later version.
    Unknown,
}

/// An entry and who and what it is about. Empty texts are left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What happened.
    pub deed: Deed,
    /// The key's name; `None` where no key is involved.
    pub key: Option<String>,
    /// Who did it.
    pub person: Option<String>,
    /// How.
    pub via: Option<Via>,
}

/// An entry as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryWords {
    /// "Entrance refused"
    pub title: String,
    /// Which key or whom, and how: "Cleaner · Network".
    pub line: String,
    /// Why, or what else there is to say; empty if nothing.
    pub reason: String,
}

impl Text {
    /// The words of an entry.
    pub fn entry(&self, entry: &Entry, present: &Present) -> EntryWords {
        let (title, about, reason) = self.deed(&entry.deed, present);
        // A key says more than the person who holds it; where neither is known the deed stands alone.
        let key = entry.key.as_deref().unwrap_or_default();
        let person = entry.person.as_deref().unwrap_or_default();
        let subject = if key.is_empty() { person } else { key };
        let via = entry.via.map(|via| self.via(via)).unwrap_or_default();
        let about = match entry.deed {
            // Whose doing it was is what two managers ask each other.
            Deed::KeyCreated | Deed::KeyChanged | Deed::KeyDeleted | Deed::SettingsChanged if !person.is_empty() => {
                self.say("did-by", &arguments!["person" => person])
            }
            _ => about,
        };
        let line = if about.is_empty() { self.parts(&[subject, &via]) } else { self.parts(&[key, &about]) };
        EntryWords { title, line, reason }
    }

    /// Title, whom or which door it is about, and why.
    fn deed(&self, deed: &Deed, present: &Present) -> (String, String, String) {
        let none = String::new;
        match deed {
            Deed::Opened(Door::Entrance) => (self.word("did-opened-entrance"), none(), none()),
            Deed::Opened(Door::Inner) => (self.word("did-opened-inner"), none(), none()),
            Deed::Refused(Door::Entrance, why) => (self.word("did-refused-entrance"), none(), self.why(*why, present)),
            Deed::Refused(Door::Inner, why) => (self.word("did-refused-inner"), none(), self.why(*why, present)),
            Deed::LinkRefused(why) => (self.word("did-refused-link"), none(), self.why(*why, present)),
            Deed::Claimed(person) => {
                (self.word("did-claimed"), self.say("did-claimed-on", &arguments!["person" => &**person]), none())
            }
            Deed::ClaimedHere => (self.word("did-claimed"), self.word("did-claimed-here"), none()),
            Deed::KeyCreated => (self.word("did-created"), none(), none()),
            Deed::KeyChanged => (self.word("did-changed"), none(), none()),
            Deed::KeyDeleted => (self.word("did-deleted"), none(), none()),
            Deed::SettingsChanged => (self.word("did-settings"), none(), none()),
            Deed::ManagerAdded(person) => (self.word("did-manager-added"), person.clone(), none()),
            Deed::ManagerRemoved(person) => (self.word("did-manager-removed"), person.clone(), none()),
            Deed::Paired(person) => (self.word("did-paired"), person.clone(), none()),
            Deed::ClockSet(time) => {
                let moment = self.moment(*time, present.zone);
                (self.word("did-clock"), self.say("did-clock-to", &arguments!["moment" => moment]), none())
            }
            Deed::Restarted => (self.word("did-restarted"), none(), none()),
            Deed::Interrupted(door) => {
                (self.word("did-interrupted"), self.door(*door), self.word("did-interrupted-detail"))
            }
            Deed::DoorFault(door) => (self.word("did-fault"), self.door(*door), self.word("did-fault-detail")),
            Deed::Unreachable(door) => {
                (self.word("did-unreachable"), self.door(*door), self.word("did-unreachable-detail"))
            }
            Deed::NoAnswer(door) => (self.word("did-no-answer"), self.door(*door), self.word("did-no-answer-detail")),
            Deed::Unknown => (self.word("did-unknown"), none(), none()),
        }
    }

    /// The next opening where it is known, else the reason.
    fn why(&self, refusal: Refusal, present: &Present) -> String {
        match refusal {
            Refusal::NotYet { opens: Some(at) } | Refusal::OutsideHours { opens: Some(at) } if at > present.now => {
                self.opens(at, present)
            }
            _ => self.refusal_reason(refusal),
        }
    }

    /// A name in an entry that this phone does not know: of a key, of a phone.
    pub fn unknown_key(&self) -> String {
        self.word("did-unknown-key")
    }

    /// A person's phone this phone does not know.
    pub fn unknown_person(&self) -> String {
        self.word("did-unknown-person")
    }

    /// This phone, as one of the people.
    pub fn this_phone(&self) -> String {
        self.word("did-this-phone")
    }

    /// An entry made while the intercom did not know the time.
    pub fn unknown_time(&self) -> String {
        self.word("did-unknown-time")
    }

    /// Requests of strangers in the running hour.
    pub fn strangers(&self, count: u64) -> String {
        self.say("activity-strangers", &arguments!["count" => count])
    }

    /// Entries the intercom dropped before this phone had pulled them.
    pub fn ran_out(&self, count: u64) -> String {
        self.say("activity-ran-out", &arguments!["count" => count])
    }

    /// The log does not contain what this phone had read or was told.
    pub fn log_broken(&self) -> Told {
        self.told("activity-broken", &FluentArgs::new())
    }

    /// Beside an entry whose hash does not follow from the one before.
    pub fn entry_tampered(&self) -> String {
        self.word("activity-tampered")
    }

    /// Beside an interrupted entry whose use was given back.
    pub fn use_returned(&self) -> String {
        self.word("activity-use-returned")
    }

    /// The head of an exported table, in the order of its columns: intercom, number, time, event, key, person, door, path,
    /// reason.
    pub fn export_columns(&self) -> [String; 9] {
        ["intercom", "number", "time", "event", "key", "person", "door", "path", "reason"]
            .map(|name| self.word(&format!("export-{name}")))
    }
}
