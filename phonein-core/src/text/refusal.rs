//! Refusals: why, and what would work.

use super::{Present, Text, Told};
use fluent_bundle::FluentArgs;
use phonein_protocol::Time;

/// Why an intercom, or this phone in its name, refused (the results of docs/protocol.md, section 12).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, uniffi::Enum)]
pub enum Refusal {
    /// The key's time has not begun.
    NotYet {
        /// When it begins, in Unix seconds; `None` where only the reason was kept, as in the log.
        opens: Option<Time>,
    },
    /// A recurring key outside its hours.
    OutsideHours {
        /// The next opening, in Unix seconds; `None` where only the reason was kept.
        opens: Option<Time>,
    },
    /// It never opens again.
    Expired,
    /// Its uses for this door are spent.
    UsedUp,
    /// It was deleted.
    Deleted,
    /// A key held here that now belongs to another phone.
    Taken,
    /// The key of a link that another phone accepted first.
    LinkTaken,
    /// A link in whose place a newer one was made.
    LinkReplaced,
    /// A link that nobody accepted in time.
    LinkExpired,
    /// The intercom does not know this phone or key.
    UnknownKey,
    /// A link whose maker is no manager of the intercom.
    LinkUnknown,
    /// The key does not open this door, or the door is switched off.
    NotForThisDoor,
    /// The relay could not be moved; the use was given back.
    DoorFault,
    /// The intercom has no time or no zone to judge the key with.
    TimeUnknown,
    /// The power failed between use and answer; the use stays spent.
    Interrupted,
    /// The intercom has seen a later tap.
    NumberUsed,
    /// Only managers may ask this.
    NotManager,
    /// The intercom has a manager and its button was not held.
    AlreadyPaired,
    /// The only manager cannot be removed.
    LastManager,
    /// Somebody else changed the settings since they were read.
    SettingsChanged,
    /// The intercom does not understand what this app asks.
    VersionTooNew,
    /// The app does not understand what this intercom speaks.
    VersionTooOld,
    /// The request broke the rules of the protocol.
    Malformed,
}

impl Refusal {
    fn message_id(self) -> &'static str {
        match self {
            Self::NotYet { .. } => "refused-not-yet",
            Self::OutsideHours { .. } => "refused-outside",
            Self::Expired => "refused-expired",
            Self::UsedUp => "refused-used",
            Self::Deleted => "refused-deleted",
            Self::Taken => "refused-taken",
            Self::LinkTaken => "refused-link-taken",
            Self::LinkReplaced => "refused-link-replaced",
            Self::LinkExpired => "refused-link-expired",
            Self::UnknownKey => "refused-unknown",
            Self::LinkUnknown => "refused-link-unknown",
            Self::NotForThisDoor => "refused-door",
            Self::DoorFault => "refused-fault",
            Self::TimeUnknown => "refused-no-time",
            Self::Interrupted => "refused-interrupted",
            Self::NumberUsed => "refused-number",
            Self::NotManager => "refused-no-manager",
            Self::AlreadyPaired => "refused-paired",
            Self::LastManager => "refused-last-manager",
            Self::SettingsChanged => "refused-settings",
            Self::VersionTooNew => "refused-too-new",
            Self::VersionTooOld => "refused-too-old",
            Self::Malformed => "refused-malformed",
        }
    }
}

impl Text {
    /// Why it was refused and what would work: "Not open yet", "Opens at 14:00, in 12 minutes".
    pub fn refusal(&self, refusal: Refusal, present: &Present) -> Told {
        match refusal {
            Refusal::NotYet { opens: Some(opens) } | Refusal::OutsideHours { opens: Some(opens) } => {
                self.told_with(refusal.message_id(), &FluentArgs::new(), self.opens(opens, present))
            }
            _ => self.told(refusal.message_id(), &FluentArgs::new()),
        }
    }

    /// The reason alone, as in the activity: "Used up".
    pub(super) fn refusal_reason(&self, refusal: Refusal) -> String {
        self.word(refusal.message_id())
    }
}
