//! The tap in hand: one per intercom, the same however often its door is pressed, settled before the next. Pure.

use phonein_protocol::{
    id::{Door, KeyId},
    message::Outcome,
};

/// Ten seconds after a tap its outcome is final: nothing opens later.
pub const FINAL_MS: i64 = 10_000;
/// Taps have numbers up to this one.
const LAST_NUMBER: u64 = (1 << 53) - 1;

/// A tap on a door, or a claim without one.
#[derive(Clone, PartialEq, Eq)]
pub struct Tap {
    /// The door; `None` of a claim that opens nothing.
    pub door: Option<Door>,
    /// Its number.
    pub number: u64,
    /// The key it was made with; `None` by the manager's own right.
    pub key: Option<KeyId>,
    /// What every frame of it carries, byte for byte; `None` once it is settled, or if the wallet came from another phone.
    pub body: Option<Vec<u8>>,
    /// When the door was pressed, in milliseconds.
    pub started_ms: i64,
    /// How it ended for the person who pressed.
    pub ending: Option<Ending>,
    /// When it ended, in milliseconds.
    pub ended_ms: Option<i64>,
    /// Nothing is left to ask about it.
    pub settled: bool,
}

/// A body may hold a link's secret.
impl std::fmt::Debug for Tap {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tap").field("number", &self.number).field("ending", &self.ending).finish_non_exhaustive()
    }
}

/// How a tap ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The intercom answered.
    Answered(Outcome),
    /// Nothing was sent: the door stays shut.
    Unreachable,
    /// It may have opened, it will not any more.
    NoAnswer,
    /// The intercom says that it never came.
    NeverArrived,
    /// Ended by the person before anything was sent.
    Cancelled,
}

/// What a press is, with the last tap at that intercom in mind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Press {
    /// The same tap.
    Joins,
    /// One door at a time.
    Busy,
    /// The intercom must first be asked what became of the last tap.
    Unsettled,
}

/// What a press on `door` at `now_ms` is, where `last` is not settled.
pub fn press(last: &Tap, door: Option<Door>, now_ms: i64) -> Press {
    // A clock that was set back makes a tap of the future: its ten seconds are over.
    let lasts = last.ending.is_none() && (0..FINAL_MS).contains(&now_ms.saturating_sub(last.started_ms));
    match (lasts, last.door == door) {
        (true, true) => Press::Joins,
        (true, false) => Press::Busy,
        (false, _) => Press::Unsettled,
    }
}

/// The number of the next tap: greater than any before, and than any this phone could have used before its wallet was
/// restored from a copy. `None` when there are no numbers left.
pub fn next_number(last: u64, now_ms: i64) -> Option<u64> {
    let next = last.checked_add(1)?.max(u64::try_from(now_ms).unwrap_or(0));
    (next <= LAST_NUMBER).then_some(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tap() -> Tap {
        Tap {
            door: Some(Door::Entrance),
            number: 1_000,
            key: None,
            body: Some(vec![1]),
            started_ms: 50_000,
            ending: None,
            ended_ms: None,
            settled: false,
        }
    }

    #[test]
    fn a_press_on_the_same_door_is_the_same_tap_for_ten_seconds() {
        assert_eq!(press(&tap(), Some(Door::Entrance), 59_999), Press::Joins);
        assert_eq!(press(&tap(), Some(Door::Inner), 59_999), Press::Busy);
        assert_eq!(press(&tap(), Some(Door::Entrance), 60_000), Press::Unsettled);
    }

    #[test]
    fn a_tap_that_ended_without_an_answer_is_asked_about_first() {
        let tap = Tap { ending: Some(Ending::NoAnswer), ..tap() };
        assert_eq!(press(&tap, Some(Door::Entrance), 51_000), Press::Unsettled);
    }

    #[test]
    fn a_clock_set_back_does_not_keep_a_tap_alive() {
        assert_eq!(press(&tap(), Some(Door::Entrance), 49_999), Press::Unsettled);
    }

    #[test]
    fn numbers_rise_with_the_clock_and_without_it() {
        assert_eq!(next_number(5, 1_700_000_000_000), Some(1_700_000_000_000));
        assert_eq!(next_number(1_700_000_000_005, 1_700_000_000_000), Some(1_700_000_000_006));
        assert_eq!(next_number(0, -1), Some(1));
        assert_eq!(next_number(LAST_NUMBER, 0), None);
        assert_eq!(next_number(u64::MAX, 0), None);
    }
}
