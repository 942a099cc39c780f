//! What is drawn beside words, and what its colour means.

use super::{ActivityKind, EmptyWhy};
use crate::text::key::KeyStatus;
use crate::text::refusal::Refusal;
use crate::text::tap::Door;

/// What is drawn beside words, or on a button. A shell has a picture for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, uniffi::Enum)]
pub enum Sign {
    /// The entrance, shut.
    Entrance,
    /// The entrance, open.
    EntranceOpen,
    /// The inner door, shut.
    InnerDoor,
    /// The inner door, open.
    InnerDoorOpen,
    /// A key.
    Key,
    /// An intercom.
    Intercom,
    /// A phone.
    Phone,
    /// People.
    People,
    /// A clock: a matter of time.
    Clock,
    /// A check: it is done, and fine.
    Check,
    /// A cross: it is over.
    Cross,
    /// Arrows in a circle: on its way.
    Arrows,
    /// A bin: deleted.
    Bin,
    /// What somebody says.
    Message,
    /// The system's own sign for sharing.
    Share,
    /// A pencil: changed.
    Pencil,
    /// A magnifying glass: searched for.
    Glass,
    /// A bar: refused.
    Bar,
    /// No signal: not reached.
    NoSignal,
    /// A question mark.
    Question,
    /// Something to look at.
    Alert,
}

/// Something to know of a key or an entry, on a line of its own.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Fact {
    /// What is drawn beside it.
    pub sign: Sign,
    /// It.
    pub words: String,
    /// What belongs to it, below; empty if there is nothing.
    pub more: String,
}

/// What the colour of a line with its sign means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, uniffi::Enum)]
pub enum Meaning {
    /// It opens, or opened.
    Active,
    /// Under way, or done by somebody.
    Working,
    /// Refused, or somebody has to look at it.
    Refused,
    /// It opens later.
    Upcoming,
    /// Over, or nothing to act on.
    Used,
}

impl Fact {
    /// A line with its sign.
    pub(in crate::api) fn new(sign: Sign, words: String) -> Self {
        Self { sign, words, more: String::new() }
    }
}

impl Sign {
    /// A door, shut.
    pub(in crate::api) fn of(door: Door) -> Self {
        match door {
            Door::Entrance => Self::Entrance,
            Door::Inner => Self::InnerDoor,
        }
    }

    /// A door, open.
    pub(in crate::api) fn open(door: Door) -> Self {
        match door {
            Door::Entrance => Self::EntranceOpen,
            Door::Inner => Self::InnerDoorOpen,
        }
    }

    /// What happened; `door` is the one it happened at.
    pub(in crate::api) fn of_activity(kind: ActivityKind, door: Option<Door>) -> Self {
        match kind {
            ActivityKind::Opened => Self::open(door.unwrap_or(Door::Entrance)),
            ActivityKind::Refused => Self::Bar,
            ActivityKind::Accepted => Self::Phone,
            ActivityKind::Changed => Self::Pencil,
            ActivityKind::Paired => Self::People,
            ActivityKind::Device => Self::Intercom,
            ActivityKind::Interrupted | ActivityKind::Unknown => Self::Question,
            ActivityKind::Fault => Self::Alert,
            ActivityKind::Unanswered => Self::NoSignal,
        }
    }
}

impl From<&KeyStatus> for Sign {
    fn from(status: &KeyStatus) -> Self {
        match status {
            KeyStatus::Active => Self::Key,
            KeyStatus::Held { .. } => Self::Phone,
            KeyStatus::Upcoming { .. } | KeyStatus::Outside { .. } => Self::Clock,
            KeyStatus::Shared => Self::Share,
            KeyStatus::Waiting => Self::Arrows,
            KeyStatus::DeletedWaiting => Self::Bin,
            KeyStatus::Used | KeyStatus::Expired => Self::Cross,
            KeyStatus::Overtaken | KeyStatus::ShareAgain | KeyStatus::Taken => Self::Alert,
        }
    }
}

impl From<Refusal> for Sign {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NotYet { .. } | Refusal::OutsideHours { .. } | Refusal::Expired | Refusal::TimeUnknown => {
                Self::Clock
            }
            Refusal::UsedUp => Self::Cross,
            Refusal::Deleted => Self::Bin,
            Refusal::Taken | Refusal::LinkTaken => Self::Phone,
            _ => Self::Bar,
        }
    }
}

impl From<EmptyWhy> for Sign {
    fn from(why: EmptyWhy) -> Self {
        match why {
            EmptyWhy::Nothing | EmptyWhy::NoneSent => Self::Key,
            EmptyWhy::NoMatch => Self::Glass,
        }
    }
}

impl From<&KeyStatus> for Meaning {
    fn from(status: &KeyStatus) -> Self {
        match status {
            KeyStatus::Active | KeyStatus::Held { .. } => Self::Active,
            KeyStatus::Upcoming { .. } | KeyStatus::Outside { .. } => Self::Upcoming,
            KeyStatus::Shared | KeyStatus::Waiting | KeyStatus::DeletedWaiting => Self::Working,
            KeyStatus::Used | KeyStatus::Expired => Self::Used,
            KeyStatus::Overtaken | KeyStatus::ShareAgain | KeyStatus::Taken => Self::Refused,
        }
    }
}

impl From<ActivityKind> for Meaning {
    fn from(kind: ActivityKind) -> Self {
        match kind {
            ActivityKind::Opened => Self::Active,
            ActivityKind::Refused | ActivityKind::Fault => Self::Refused,
            ActivityKind::Accepted | ActivityKind::Changed | ActivityKind::Paired => Self::Working,
            ActivityKind::Device | ActivityKind::Interrupted | ActivityKind::Unanswered | ActivityKind::Unknown => {
                Self::Used
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_opening_shows_the_door_that_opened() {
        let sign = |door| Sign::of_activity(ActivityKind::Opened, door);
        assert_eq!(sign(Some(Door::Inner)), Sign::InnerDoorOpen);
        assert_eq!([sign(Some(Door::Entrance)), sign(None)], [Sign::EntranceOpen; 2]);
        assert_eq!(Sign::of_activity(ActivityKind::Refused, Some(Door::Inner)), Sign::Bar, "no door stood open");
    }

    #[test]
    fn nothing_a_key_can_be_is_told_by_colour_alone() {
        let person = "Béla".to_owned();
        let statuses = [
            KeyStatus::Active,
            KeyStatus::Held { person },
            KeyStatus::Upcoming { starts: 0 },
            KeyStatus::Shared,
            KeyStatus::Waiting,
            KeyStatus::DeletedWaiting,
            KeyStatus::Expired,
            KeyStatus::Overtaken,
        ];
        let mut looks: Vec<_> = statuses.iter().map(Sign::from).collect();
        looks.sort_by_key(|sign| format!("{sign:?}"));
        looks.dedup();
        assert_eq!(looks.len(), statuses.len());
        let over = [KeyStatus::Used, KeyStatus::Expired].map(|status| (Sign::from(&status), Meaning::from(&status)));
        assert_eq!(over, [(Sign::Cross, Meaning::Used); 2], "over is over");
        assert_eq!(Sign::from(Refusal::UsedUp), Sign::Cross);
    }
}
