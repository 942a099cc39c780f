//! The words of a tap.

use super::core::Core;
use super::record::{FailedPath, Tap, TapState, Way};
use crate::text::label::Label;
use crate::text::tap::{Door as ShownDoor, PathFault, TapEnding, TapStep, Via};
use crate::text::{Present, Text, Told};
use crate::wallet::Intercom;
use crate::wallet::tap::Tap as Kept;
use phonein_protocol::id::Door;

impl Core {
    /// The words on a door's button; `kept` are the taps in the wallet.
    pub(super) fn door_tap(&self, intercom: &Intercom, door: Door, kept: &[Kept]) -> Tap {
        let heard = intercom.heard.map(|(at, _)| at);
        let (state, since_ms) = self.doors.state(intercom.id, door, kept, heard, self.clock.now_ms());
        self.tap(intercom, door, state, since_ms)
    }

    /// `state` in words, at this intercom; since when it stands.
    pub(super) fn tap(&self, intercom: &Intercom, door: Door, state: TapState, since_ms: i64) -> Tap {
        let (text, age_ms) = (self.words().text, self.clock.now_ms().saturating_sub(since_ms));
        self.at(intercom, |present| Tap::new(ShownDoor::from(door), state, age_ms, &text, present))
    }
}

impl Tap {
    /// `state` in words.
    fn new(door: ShownDoor, state: TapState, age_ms: i64, text: &Text, present: &Present<'_>) -> Self {
        let (title, detail, spoken) = match &state {
            TapState::Searching => step(text, TapStep::Searching),
            TapState::Connecting => step(text, TapStep::Connecting),
            TapState::Asking => step(text, TapStep::Asking),
            TapState::Idle | TapState::Opened { seconds: 0, .. } => step(text, TapStep::Idle),
            TapState::Opened { seconds, .. } => {
                let (title, _, _) = step(text, TapStep::Active);
                (title, text.seconds_left(*seconds), text.open_spoken(door, *seconds))
            }
            TapState::Refused { refusal, .. } => told(text.refusal(*refusal, present)),
            TapState::Unreachable { .. } => told(text.tap_ending(TapEnding::Unreachable)),
            TapState::NoAnswer => told(text.tap_ending(TapEnding::NoAnswer)),
            TapState::Stranger => told(text.tap_ending(TapEnding::Stranger)),
            TapState::Cancelled => told(text.tap_ending(TapEnding::Cancelled)),
            TapState::Settled { how } => {
                let words = text.settled(*how);
                (words.clone(), String::new(), words)
            }
        };
        // Beside the entrance an inner door at rest needs no words to be seen.
        let is_plain = door == ShownDoor::Inner && state == TapState::Idle;
        let title = if is_plain { String::new() } else { title };
        Self {
            door,
            look: state.look(),
            sign: state.sign(door),
            thirds: state.thirds(),
            after_ms: state.after_ms(age_ms),
            state,
            title,
            detail,
            spoken,
        }
    }
}

impl FailedPath {
    /// Why `by` failed, in words.
    pub(super) fn new(by: Via, fault: PathFault, text: &Text) -> Self {
        let way = Way::from(&fault);
        let label = match way {
            Way::BluetoothSettings => Some(Label::TurnOnBluetooth),
            Way::Permission => Some(Label::Allow),
            Way::Address => Some(Label::ChangeAddress),
            Way::NetworkSettings => Some(Label::TurnOnNetwork),
            Way::Paths => Some(Label::ChangePaths),
            Way::None => None,
        };
        let way_words = label.map(|label| text.label(label));
        Self { by, told: text.path_fault(&fault), way, way_words, fault }
    }
}

fn step(text: &Text, step: TapStep) -> (String, String, String) {
    let words = text.tap_step(step);
    (words.clone(), String::new(), words)
}

fn told(told: Told) -> (String, String, String) {
    (told.title, told.detail, told.sentence)
}
