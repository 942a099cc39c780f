//! Refusals: why, and what would work.

use super::{Present, Text, Told};
use fluent_bundle::FluentArgs;
use phonein_protocol::Time;
use phonein_protocol::message::Outcome;

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
    /// The refusal in an intercom's answer; `None` if it opened or did what was asked.
    pub fn of_outcome(outcome: Outcome) -> Option<Self> {
        match outcome {
            Outcome::NotYet { opens } => Some(Self::NotYet { opens: Some(opens) }),
            Outcome::OutsideHours { next } => Some(Self::OutsideHours { opens: Some(next) }),
            _ => Self::of_code(outcome.code()),
        }
    }

    /// The refusal of that code, as the log keeps it; `None` for what is no refusal or not known to this version.
    pub fn of_code(code: u64) -> Option<Self> {
        Some(match code {
            2 => Self::NotYet { opens: None },
            3 => Self::OutsideHours { opens: None },
            4 => Self::Expired,
            5 => Self::UsedUp,
            6 => Self::Deleted,
            7 => Self::Taken,
            8 => Self::LinkExpired,
            9 => Self::UnknownKey,
            10 => Self::NotForThisDoor,
            11 => Self::DoorFault,
            12 => Self::TimeUnknown,
            13 => Self::Interrupted,
            14 => Self::NumberUsed,
            15 => Self::NotManager,
            16 => Self::AlreadyPaired,
            17 => Self::LastManager,
            18 => Self::SettingsChanged,
            19 => Self::VersionTooNew,
            20 => Self::VersionTooOld,
            21 => Self::Malformed,
            _ => return None,
        })
    }

    /// The same, of a link that is being accepted and by its own word can be until `claim_by`: a key nobody here had yet is
    /// not lost, and a link refused before its time was replaced.
    #[must_use]
    pub fn of_link(self, claim_by: Time, now: Time) -> Self {
        match self {
            Self::Taken => Self::LinkTaken,
            Self::UnknownKey => Self::LinkUnknown,
            Self::LinkExpired if now <= claim_by => Self::LinkReplaced,
            other => other,
        }
    }

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_outcome_that_is_no_success_is_a_refusal_with_its_times() {
        let of = Refusal::of_outcome;
        assert_eq!(of(Outcome::NotYet { opens: 5 }), Some(Refusal::NotYet { opens: Some(5) }));
        assert_eq!(of(Outcome::OutsideHours { next: 6 }), Some(Refusal::OutsideHours { opens: Some(6) }));
        assert_eq!(of(Outcome::NumberUsed { last: 7 }), Some(Refusal::NumberUsed));
        assert_eq!(of(Outcome::Malformed), Some(Refusal::Malformed));
        assert_eq!(of(Outcome::Done), None);
        assert!((2..=21).all(|code| Refusal::of_code(code).is_some()));
        assert_eq!((Refusal::of_code(0), Refusal::of_code(1), Refusal::of_code(22)), (None, None, None));
    }

    #[test]
    fn a_link_refused_before_its_time_was_replaced() {
        assert_eq!(Refusal::LinkExpired.of_link(100, 100), Refusal::LinkReplaced);
        assert_eq!(Refusal::LinkExpired.of_link(100, 101), Refusal::LinkExpired);
        assert_eq!(Refusal::Taken.of_link(100, 101), Refusal::LinkTaken);
        assert_eq!(Refusal::UsedUp.of_link(100, 101), Refusal::UsedUp);
    }
}
