//! What a Status says of a tap that had no answer. Pure.

use std::{cmp::Ordering, time::Duration};

use phonein_protocol::message::{Answer, Detail, Outcome};

use super::{journal::Settled, race::FINAL};

/// Settles the tap `number` that was `age` old when the Status was sealed; `None` if that is too early to say.
pub(super) fn settle(number: u64, age: Duration, answer: &Answer) -> Option<Settled> {
    let is_final = age >= FINAL;
    let (last, outcome) = match (&answer.outcome, &answer.detail) {
        (Outcome::Done, Detail::Status { number, outcome }) => (*number, *outcome),
        // The intercom knows no such phone, so it has no tap of it.
        (Outcome::UnknownKey, _) => (0, None),
        _ => return is_final.then_some(Settled::Forgotten),
    };
    match last.cmp(&number) {
        Ordering::Equal => match outcome {
            Some(outcome) => Some(Settled::Answered(outcome)),
            None => is_final.then_some(Settled::Forgotten),
        },
        Ordering::Less => is_final.then_some(Settled::NeverArrived),
        Ordering::Greater => is_final.then_some(Settled::Forgotten),
    }
}

#[cfg(test)]
mod tests {
    use phonein_protocol::id::Door;

    use super::*;

    const YOUNG: Duration = Duration::from_millis(9_999);

    fn status(number: u64, outcome: Option<Outcome>) -> Answer {
        Detail::Status { number, outcome }.into()
    }

    #[test]
    fn a_tap_it_knows_is_settled_at_once() {
        for outcome in [Outcome::Opened { door: Door::Inner, seconds: 5 }, Outcome::Interrupted, Outcome::UsedUp] {
            assert_eq!(settle(7, YOUNG, &status(7, Some(outcome))), Some(Settled::Answered(outcome)));
        }
    }

    #[test]
    fn a_tap_it_does_not_know_never_arrived_only_ten_seconds_later() {
        for answer in [status(6, Some(Outcome::UsedUp)), status(0, None), Outcome::UnknownKey.into()] {
            assert_eq!(settle(7, YOUNG, &answer), None);
            assert_eq!(settle(7, FINAL, &answer), Some(Settled::NeverArrived));
        }
    }

    #[test]
    fn a_later_tap_hides_it() {
        assert_eq!(settle(7, YOUNG, &status(8, Some(Outcome::UsedUp))), None);
        assert_eq!(settle(7, FINAL, &status(8, Some(Outcome::UsedUp))), Some(Settled::Forgotten));
    }
}
