//! What waits, what other managers did, the intercom's clock, and the wallet's own troubles.

use super::fixed::{arguments, messages};
use super::tap::Via;
use super::{Present, Text, Told};
use fluent_bundle::FluentArgs;
use phonein_protocol::Time;
use phonein_protocol::zone::ZoneTable;

messages! {
    /// What is wrong with this phone's wallet, or with a call to the core.
    pub enum Trouble {
        /// Its file came from another phone, whose keys cannot be copied.
        Moved => "notice-moved",
        /// Its file was written by a newer app.
        TooNew => "notice-too-new",
        /// Its file cannot be written.
        ReadOnly => "notice-read-only",
        /// The disk is full.
        Full => "notice-full",
        /// A fault to report.
        Fault => "notice-fault",
        /// What was asked for is no longer there.
        Gone => "notice-gone",
    }
}

messages! {
    /// What is said before an intercom is removed from this phone, or after.
    pub enum ForgetNote {
        /// This phone is the last manager.
        Last => "forget-last",
        /// There are other managers.
        Others => "forget-others",
        /// The intercom still counts this phone as a manager.
        Unreached => "forget-unreached",
        /// A guest's phone.
        Guest => "forget-guest",
    }
}

/// What another manager did to a key that was changed here too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overtaking {
    /// Changed it.
    Changed,
    /// Deleted it.
    Deleted,
}

messages! {
    /// News about managers that somebody should know or answer.
    pub enum ManagerNews {
        /// Paired with the button.
        Paired => "manager-paired",
        /// Seen removed, and there again.
        Back => "manager-back",
        /// Seen added, and gone.
        Lost => "manager-lost",
    }
}

impl Text {
    /// A change that has not reached the intercom: when it will.
    pub fn delivery(&self) -> String {
        self.word("delivery")
    }

    /// How many changes wait for the intercom.
    pub fn changes_waiting(&self, count: u64) -> String {
        if count == 0 { self.word("changes-none") } else { self.say("changes-waiting", &arguments!["count" => count]) }
    }

    /// When the intercom was heard last.
    pub fn heard(&self, last: Option<(Time, Via)>, present: &Present) -> String {
        match last {
            None => self.word("heard-never"),
            Some((at, via)) => {
                let arguments = arguments!["moment" => self.moment_near(at, present), "via" => self.via(via)];
                self.say("heard", &arguments)
            }
        }
    }

    /// What another manager did meanwhile, and what keeping one's own version means. `person` if it is known.
    pub fn overtaken(&self, overtaking: Overtaking, person: Option<&str>) -> Told {
        let (title, detail) = match (overtaking, person) {
            (Overtaking::Changed, Some(_)) => ("overtaken-changed", "overtaken-keep-changed"),
            (Overtaking::Changed, None) => ("overtaken-changed-nobody", "overtaken-keep-changed"),
            (Overtaking::Deleted, Some(_)) => ("overtaken-deleted", "overtaken-keep-deleted"),
            (Overtaking::Deleted, None) => ("overtaken-deleted-nobody", "overtaken-keep-deleted"),
        };
        self.told_with(title, &arguments!["person" => person.unwrap_or_default()], self.word(detail))
    }

    /// This phone's version of an overtaken key; `rule` is its sentence.
    pub fn overtaken_mine(&self, rule: &str) -> String {
        self.say("overtaken-mine", &arguments!["rule" => rule])
    }

    /// The other manager's version; `rule` is its sentence.
    pub fn overtaken_theirs(&self, rule: &str) -> String {
        self.say("overtaken-theirs", &arguments!["rule" => rule])
    }

    /// The intercom's zone beside the phone's.
    pub fn zones(&self, zone: &str, phone_zone: &str) -> String {
        let id = if zone == phone_zone { "clock-same" } else { "clock-other" };
        self.say(id, &arguments!["zone" => zone, "phone" => phone_zone])
    }

    /// A name that is no time zone.
    pub fn no_such_zone(&self) -> String {
        self.word("notice-zone")
    }

    /// The intercom was asked to change something and did not answer.
    pub fn change_not_reached(&self) -> Told {
        self.told("change-not-reached", &FluentArgs::new())
    }

    /// The question when the clocks differ.
    pub fn clock_differs(&self, intercom: Time, phone: Time, zone: &ZoneTable) -> Told {
        let (intercom, phone) = (self.moment(intercom, zone), self.moment(phone, zone));
        self.told("clock-differs", &arguments!["intercom" => intercom, "phone" => phone])
    }

    /// The intercom has no time.
    pub fn clock_unknown(&self) -> Told {
        self.told("clock-unknown", &FluentArgs::new())
    }

    /// By how much the intercom's clock may be off.
    pub fn clock_error(&self, seconds: u64) -> String {
        match seconds {
            0..120 => self.say("clock-error", &arguments!["count" => seconds]),
            _ => self.say("clock-error-minutes", &arguments!["count" => seconds.div_ceil(60)]),
        }
    }

    /// In the list of managers, the one who reads it: "Anna (this phone)".
    pub fn manager_here(&self, person: &str) -> String {
        self.say("manager-this-phone", &arguments!["person" => person])
    }

    /// This phone became a manager of an intercom, or is one no more.
    pub fn manager_changed(&self, place: &str, is_manager: bool) -> String {
        let id = if is_manager { "manager-now" } else { "manager-no-more" };
        self.say(id, &arguments!["place" => place])
    }

    /// The question before a manager is removed, above the keys that person made and the one they hold.
    pub fn removal_question(&self, person: &str) -> Told {
        self.question("manager-remove", &arguments!["person" => person])
    }

    /// News about another manager.
    pub fn manager_news(&self, news: ManagerNews, person: &str) -> String {
        self.say(news.message_id(), &arguments!["person" => person])
    }

    /// What removing an intercom from this phone means.
    pub fn forget_note(&self, note: ForgetNote) -> String {
        self.word(note.message_id())
    }

    /// A damaged wallet was set aside as `file`.
    pub fn wallet_damaged(&self, file: &str) -> Told {
        self.told("notice-damaged", &arguments!["file" => file])
    }

    /// What is wrong with the wallet or went wrong in a call.
    pub fn trouble(&self, trouble: Trouble) -> Told {
        self.told(trouble.message_id(), &FluentArgs::new())
    }
}
