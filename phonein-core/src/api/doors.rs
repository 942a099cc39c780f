//! How each door stands: the tap in hand, or how the last one ended.

use super::record::{TapState, shown};
use crate::text::refusal::Refusal;
use crate::text::tap::{Settled, Via};
use crate::wallet::IntercomId;
use crate::wallet::tap::{Ending, FINAL_MS, Tap as Kept};
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
    /// The tap on this door is in this state now.
    pub(crate) fn set(&self, intercom: IntercomId, door: Door, state: TapState, now_ms: i64) {
        self.lock().insert((intercom, door), Live { state, since_ms: now_ms });
    }

    /// How a door stands; `kept` are the taps in the wallet.
    pub(crate) fn state(&self, intercom: IntercomId, door: Door, kept: &[Kept], now_ms: i64) -> TapState {
        let kept = kept.iter().find(|tap| tap.door == Some(door));
        let live = self.lock().get(&(intercom, door)).cloned();
        match live {
            Some(live) if stays(&live, kept, now_ms) => live.state,
            _ => kept.map_or(TapState::Idle, |kept| kept_state(kept, now_ms)),
        }
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
                Ok(left_ms) if left_ms > 0 && since_ms >= 0 => {
                    TapState::Opened { seconds: shown(left_ms.div_ceil(1_000)), by: Via::Network }
                }
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
