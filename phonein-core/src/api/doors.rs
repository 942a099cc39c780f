//! How each door stands: the tap in hand, or how the last one ended.

use super::record::{TapLook, TapState, shown};
use crate::text::refusal::Refusal;
use crate::text::tap::{Settled, Via};
use crate::wallet::IntercomId;
use crate::wallet::tap::{Ending, FINAL_MS, Tap as Kept};
use phonein_protocol::Time;
use phonein_protocol::id::Door;
use phonein_protocol::message::Outcome;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// How long a refusal stays on the button.
const REFUSAL_MS: i64 = 10_000;

/// What this run of the app knows of taps beyond the wallet: steps, and why an intercom was not reached.
#[derive(Debug, Default)]
pub(crate) struct Doors(Mutex<HashMap<(IntercomId, Door), Live>>);

/// A tap of this run.
#[derive(Clone, Debug)]
struct Live {
    state: TapState,
    since_ms: i64,
}

impl Doors {
    /// The tap on this door is in this state now. Returns since when, in milliseconds: the steps of asking are one.
    pub(crate) fn set(&self, intercom: IntercomId, door: Door, state: TapState, now_ms: i64) -> i64 {
        let mut live = self.lock();
        let is_step = |state: &TapState| state.look() == TapLook::Working;
        let before = live.get(&(intercom, door)).filter(|before| is_step(&before.state) && is_step(&state));
        let since_ms = before.map_or(now_ms, |before| before.since_ms);
        live.insert((intercom, door), Live { state, since_ms });
        since_ms
    }

    /// How a door stands, and since when, in milliseconds; `kept` are the taps in the wallet. The intercom was `heard` last
    /// then.
    pub(crate) fn state(
        &self,
        intercom: IntercomId,
        door: Door,
        kept: &[Kept],
        heard: Option<Time>,
        now_ms: i64,
    ) -> (TapState, i64) {
        let kept = kept.iter().find(|tap| tap.door == Some(door));
        let live = self.lock().get(&(intercom, door)).cloned();
        let (state, since_ms) = match (live, kept) {
            (Some(live), _) if stays(&live, kept, now_ms) => (live.state, live.since_ms),
            (_, Some(kept)) => (kept_state(kept, now_ms), kept.started_ms),
            (_, None) => (TapState::Idle, now_ms),
        };
        // That it was not reached is old news once it was heard of.
        let is_old = heard.is_some_and(|heard| heard > since_ms.div_euclid(1_000));
        if is_old && matches!(state, TapState::Unreachable { .. }) {
            return (TapState::Idle, now_ms);
        }
        (state, since_ms)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<(IntercomId, Door), Live>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether what this run knows says more than the wallet.
fn stays(live: &Live, kept: Option<&Kept>, now_ms: i64) -> bool {
    match &live.state {
        TapState::Searching | TapState::Connecting | TapState::Asking | TapState::Unreachable { .. } => true,
        // Settled since then, by a Status.
        TapState::NoAnswer | TapState::Stranger => !kept.is_some_and(|kept| kept.settled),
        TapState::Opened { seconds, .. } => *seconds > 0,
        TapState::Cancelled | TapState::Refused { .. } => {
            (0..REFUSAL_MS).contains(&now_ms.saturating_sub(live.since_ms))
        }
        TapState::Idle | TapState::Settled { .. } => false,
    }
}

/// How a tap in the wallet reads.
fn kept_state(tap: &Kept, now_ms: i64) -> TapState {
    let since_ms = now_ms.saturating_sub(tap.ended_ms.unwrap_or(tap.started_ms));
    let Some(ending) = tap.ending else {
        // The app was killed while it was in hand.
        let is_final = !(0..FINAL_MS).contains(&now_ms.saturating_sub(tap.started_ms));
        return if is_final { TapState::NoAnswer } else { TapState::Asking };
    };
    // What comes later than ten seconds after the press was learnt from a Status.
    let was_settled = tap.ended_ms.unwrap_or(tap.started_ms).saturating_sub(tap.started_ms) > FINAL_MS;
    match ending {
        Ending::Answered(outcome) if was_settled => settled(outcome),
        Ending::Answered(Outcome::Opened { seconds, .. }) => {
            let open_ms = i64::try_from(seconds).unwrap_or(i64::MAX).saturating_mul(1_000);
            match u64::try_from(open_ms.saturating_sub(since_ms)) {
                Ok(left_ms) if left_ms > 0 && since_ms >= 0 => TapState::Opened {
                    seconds: shown(left_ms.div_ceil(1_000)),
                    of: shown(seconds).max(1),
                    by: Via::Network,
                },
                _ => TapState::Idle,
            }
        }
        Ending::Answered(outcome) if (0..REFUSAL_MS).contains(&since_ms) => refused(outcome),
        Ending::Answered(_) | Ending::Cancelled => TapState::Idle,
        Ending::Unreachable => TapState::Unreachable { paths: Vec::new() },
        Ending::NoAnswer => TapState::NoAnswer,
        Ending::NeverArrived => TapState::Settled { how: Settled::NeverArrived },
    }
}

/// An answer that is no opening.
pub(super) fn refused(outcome: Outcome) -> TapState {
    match Refusal::of_outcome(outcome) {
        Some(refusal) => {
            let opens = match refusal {
                Refusal::NotYet { opens } | Refusal::OutsideHours { opens } => opens,
                _ => None,
            };
            TapState::Refused { refusal, opens }
        }
        None => TapState::Idle,
    }
}

fn settled(outcome: Outcome) -> TapState {
    match (outcome, Refusal::of_outcome(outcome)) {
        (Outcome::Opened { .. }, _) => TapState::Settled { how: Settled::Opened },
        (Outcome::Interrupted, _) => TapState::Settled { how: Settled::Interrupted },
        (_, Some(refusal)) => TapState::Settled { how: Settled::Refused { refusal } },
        (_, None) => TapState::Idle,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_steps_of_a_tap_are_as_old_as_its_press() {
        let (doors, place) = (Doors::default(), 1);
        let set = |state, now_ms| doors.set(place, Door::Entrance, state, now_ms);
        assert_eq!(set(TapState::Searching, 1_000), 1_000);
        assert_eq!(set(TapState::Connecting, 1_200), 1_000);
        assert_eq!(set(TapState::Asking, 1_400), 1_000);
        assert_eq!(doors.state(place, Door::Entrance, &[], None, 1_450), (TapState::Asking, 1_000));
        assert_eq!(set(TapState::NoAnswer, 1_500), 1_500);
        assert_eq!(set(TapState::Searching, 1_600), 1_600, "another tap");
        assert_eq!(doors.state(place, Door::Inner, &[], None, 1_700), (TapState::Idle, 1_700), "another door");
    }

    #[test]
    fn an_intercom_that_was_heard_of_since_is_no_longer_one_that_was_not_reached() {
        let (doors, place) = (Doors::default(), 1);
        let unreachable = TapState::Unreachable { paths: Vec::new() };
        doors.set(place, Door::Entrance, unreachable.clone(), 5_000);
        let stands = |heard| doors.state(place, Door::Entrance, &[], heard, 90_000).0;
        assert_eq!(stands(None), unreachable);
        assert_eq!(stands(Some(5)), unreachable, "before, in the same second");
        assert_eq!(stands(Some(6)), TapState::Idle);
    }
}
