//! A tap on a door.

use super::core::Core;
use super::doors::refused;
use super::error::UnlockError;
use super::listener::UnlockListener;
use super::phonein::Phonein;
use super::reach::is_stranger;
use super::record::{Tap, TapState, id_of, shown};
use super::teller::Teller;
use super::watch::News;
use crate::exchange::Step;
use crate::text::refusal::Refusal;
use crate::text::tap::{Door as ShownDoor, TapStep};
use crate::unlock::{Busy, Cancel, Ending, Pressed, Progress, Wish};
use crate::wallet::{Held, Intercom, IntercomId, Key, KeyRef, WalletError as Fault};
use phonein_protocol::id::Door;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::oneshot;

/// A tap. Letting go of it does not end the tap: a door that was pressed opens although the screen turned; `cancel` ends it.
#[derive(uniffi::Object)]
pub struct Unlock {
    cancel: Cancel,
}

#[uniffi::export]
impl Unlock {
    /// Sends nothing more. Before anything was sent the tap is cancelled; afterwards it is without an answer, which the
    /// next contact brings.
    pub fn cancel(&self) {
        self.cancel.cancel();
    }
}

#[uniffi::export]
impl Phonein {
    /// Presses a door's button. `key` is the one that was tapped in KEYS, or that of the button
    /// ([`DoorButton::key`](super::record::DoorButton::key)). A shortcut shows none and gives none: a manager opens by their
    /// own right, a guest with the key the button would carry now. A press on a door that is asked or open adds nothing and
    /// hears of the tap that is in hand.
    pub async fn unlock(
        &self,
        intercom: String,
        key: Option<String>,
        door: ShownDoor,
        listener: Arc<dyn UnlockListener>,
    ) -> Result<Arc<Unlock>, UnlockError> {
        let core = self.core.clone();
        let teller = Teller::start(&core.spawner, move |(tap, is_final)| listener.on_tap(tap, is_final));
        let pressed =
            self.core.spawner.told(move |tell| core.press(&intercom, key.as_deref(), door.into(), teller, tell));
        let words = || self.core.words();
        let pressed = pressed.await.map_err(|lost| UnlockError::Wallet { error: words().lost(lost) })?;
        let pressed = pressed.map_err(|fault| UnlockError::Wallet { error: words().tell(fault) })?;
        let busy = || {
            let text = words().text;
            UnlockError::Busy { told: text.told_alone(text.tap_step(TapStep::Busy)) }
        };
        pressed.map(Arc::new).map_err(|Busy| busy())
    }
}

/// What an [`UnlockListener`] is told.
type Told = (Tap, bool);
/// What a press became, for whoever waits for it.
type Tell = oneshot::Sender<Result<Result<Unlock, Busy>, Fault>>;

impl Core {
    /// Presses where it may block, and tells of it. If nobody waits for that any more nothing is pressed.
    fn press(self: &Arc<Self>, intercom: &str, key: Option<&str>, door: Door, teller: Teller<Told>, tell: Tell) {
        let wished = id_of(intercom).and_then(|intercom| self.wish(intercom, key.map(id_of).transpose()?, door));
        let (intercom, wish) = match wished {
            Ok(wished) => wished,
            Err(fault) => return drop(tell.send(Err(fault))),
        };
        if tell.is_closed() {
            return;
        }
        let taps = self.lines.to(&intercom, self.phone_key(&intercom)).taps;
        let (Pressed { progress, cancel }, write) = match taps.press_here(wish) {
            Ok(pressed) => pressed,
            Err(busy) => return drop(tell.send(Ok(Err(busy)))),
        };
        let core = self.clone();
        self.spawner.leave(async move { core.follow(intercom, door, progress, teller).await });
        // Whoever went away in this moment has nothing to end the tap with.
        if tell.send(Ok(Ok(Unlock { cancel: cancel.clone() }))).is_err() {
            cancel.cancel();
        }
        write();
    }

    /// What a press on `door` asks for.
    fn wish(&self, intercom: IntercomId, key: Option<KeyRef>, door: Door) -> Result<(Intercom, Wish), Fault> {
        let (intercom, key) = self.wallet.pressed(intercom, key, &|key, intercom| self.serves(key, intercom))?;
        if key.as_ref().is_some_and(|key| key.intercom != intercom.id) {
            return Err(Fault::Gone);
        }
        let waiting = key.as_ref().filter(|key| key.held == Some(Held::Claiming));
        let claims = waiting.map_or(Ok(Vec::new()), |_| self.wallet.claims(intercom.id))?;
        if let Some(claim) = claims.into_iter().find(|claim| waiting.is_some_and(|key| key.id == claim.id)) {
            let wish = Wish::Claim { grant: claim.grant, secret: claim.secret, name: claim.name, door: Some(door) };
            return Ok((intercom, wish));
        }
        let wish = Wish::Open { held: key.as_ref().map_or(0, Key::version_held), key: key.map(|key| key.key), door };
        Ok((intercom, wish))
    }

    /// Tells how a tap goes on, until the door is shut again.
    async fn follow(
        self: Arc<Self>,
        intercom: Intercom,
        door: Door,
        mut progress: tokio::sync::mpsc::UnboundedReceiver<Progress>,
        teller: Teller<Told>,
    ) {
        let mut end = TapState::Searching;
        while let Some(next) = progress.recv().await {
            let state = match next {
                Progress::Step(Step::Searching) => TapState::Searching,
                Progress::Step(Step::Connecting) => TapState::Connecting,
                Progress::Step(Step::Asking) => TapState::Asking,
                Progress::Ended { ending, .. } => self.ended(&intercom, ending),
            };
            self.tell_tap(&intercom, door, &state, false, &teller);
            end = state;
        }
        // Now everything is written down, and the next press is another tap.
        if !matches!(end, TapState::Opened { .. }) {
            self.tell_tap(&intercom, door, &end, true, &teller);
        }
        self.changes.tell([News::Doors, News::Keys, News::Activity, News::Intercoms]);
        if matches!(end, TapState::Opened { .. } | TapState::Refused { .. }) {
            self.reach_soon(intercom.id);
        }
        if let TapState::Opened { seconds, of, by } = end {
            for left in (0..seconds).rev() {
                tokio::time::sleep(Duration::from_secs(1)).await;
                self.tell_tap(&intercom, door, &TapState::Opened { seconds: left, of, by }, left == 0, &teller);
            }
        }
    }

    fn tell_tap(&self, intercom: &Intercom, door: Door, state: &TapState, is_final: bool, teller: &Teller<Told>) {
        let since_ms = self.doors.set(intercom.id, door, state.clone(), self.clock.now_ms());
        teller.tell((self.tap(intercom, door, state.clone(), since_ms), is_final));
        self.changes.tell([News::Doors]);
    }

    fn ended(&self, intercom: &Intercom, ending: Ending) -> TapState {
        match ending {
            Ending::Opened { seconds, via, .. } => {
                TapState::Opened { seconds: shown(seconds), of: shown(seconds).max(1), by: via.into() }
            }
            Ending::Accepted { .. } => TapState::Idle,
            Ending::Refused { outcome, .. } => refused(outcome),
            Ending::Unreachable { paths } if is_stranger(&paths) => TapState::Stranger,
            Ending::Unreachable { paths } => TapState::Unreachable { paths: self.paths(intercom, &paths) },
            Ending::NoAnswer { stranger: true } => TapState::Stranger,
            Ending::NoAnswer { stranger: false } => TapState::NoAnswer,
            Ending::Cancelled => TapState::Cancelled,
            Ending::Busy => TapState::Refused { refusal: Refusal::NumberUsed, opens: None },
        }
    }

    /// Tells the intercom of a link this phone accepted, now. The refusal, if there was one.
    pub(super) async fn claim(self: &Arc<Self>, id: KeyRef) -> Result<Option<Refusal>, Fault> {
        let found = self.db(move |core| {
            let intercom = core.wallet.intercom(core.wallet.key(id)?.intercom)?;
            let claim = core.wallet.claims(intercom.id)?.into_iter().find(|claim| claim.id == id);
            Ok((intercom, claim))
        });
        let (intercom, Some(claim)) = found.await? else { return Ok(None) };
        let taps = self.lines.to(&intercom, self.phone_key(&intercom)).taps;
        let wish = Wish::Claim { grant: claim.grant, secret: claim.secret, name: claim.name, door: None };
        // A tap goes first; the link is told at the next chance.
        let Ok(Pressed { mut progress, .. }) = taps.press(wish) else { return Ok(None) };
        let mut refusal = None;
        while let Some(next) = progress.recv().await {
            if let Progress::Ended { ending: Ending::Refused { outcome, .. }, .. } = next {
                refusal = Refusal::of_outcome(outcome);
            }
        }
        Ok(refusal)
    }
}
