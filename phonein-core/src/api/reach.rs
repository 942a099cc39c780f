//! Asking an intercom something in the name of an exported function.

use super::core::Core;
use super::error::{IntercomError, WalletError};
use super::record::{FailedPath, Way};
use crate::exchange::{Fault as Hindrance, Obstacle, Unreached};
use crate::text::refusal::Refusal;
use crate::text::tap::{PathFault, TapEnding, Via};
use crate::wallet::{Intercom, WalletError as Fault};
use phonein_protocol::message::{Answer, Body, Outcome};
use std::future::Future;
use std::sync::Arc;

/// Why an intercom did not do what was asked.
pub(super) enum NotDone {
    /// No way led there.
    Unreached(Intercom, Vec<Obstacle>),
    /// It said no.
    Refused(Intercom, Outcome),
    /// Something typed is wrong.
    Field(super::error::AddField, String),
    /// The wallet could not.
    Fault(Fault),
}

impl From<Fault> for NotDone {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl Core {
    /// Does work that needs the intercom, to its end.
    pub(super) async fn run_there<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl Future<Output = Result<T, NotDone>> + Send + 'static,
    ) -> Result<T, IntercomError> {
        let wallet = |error: WalletError| IntercomError::Wallet { error };
        let done = self.spawner.see_through(work).await.map_err(|lost| wallet(self.words().lost(lost)))?;
        done.map_err(|not_done| self.tell_not_done(not_done))
    }

    fn tell_not_done(&self, not_done: NotDone) -> IntercomError {
        let words = self.words();
        match not_done {
            NotDone::Unreached(intercom, obstacles) => IntercomError::NotReached {
                told: if is_stranger(&obstacles) {
                    words.text.tap_ending(TapEnding::Stranger)
                } else {
                    words.text.change_not_reached()
                },
                paths: self.paths(&intercom, &obstacles),
            },
            NotDone::Refused(intercom, outcome) => {
                let refusal = Refusal::of_outcome(outcome).unwrap_or(Refusal::Malformed);
                IntercomError::Refused {
                    refusal,
                    told: self.at(&intercom, |present| words.text.refusal(refusal, present)),
                }
            }
            NotDone::Field(field, wrong) => IntercomError::Field { field, told: words.text.told_alone(wrong) },
            NotDone::Fault(fault) => IntercomError::Wallet { error: words.tell(fault) },
        }
    }

    /// Asks an intercom, and keeps what any answer says of this phone there.
    pub(super) async fn ask_there(self: &Arc<Self>, intercom: &Intercom, body: Body) -> Result<Answer, NotDone> {
        let line = self.lines.to(intercom, self.phone_key(intercom)).line;
        let answered =
            line.ask(body).await.map_err(|Unreached { paths }| NotDone::Unreached(intercom.clone(), paths))?;
        let (id, is_manager, via) = (intercom.id, answered.answer.manager, answered.via);
        self.db(move |core| {
            core.wallet.heard(id, via, core.clock.now())?;
            core.wallet.set_manager(id, is_manager)
        })
        .await?;
        match answered.answer.outcome {
            Outcome::Done => Ok(answered.answer),
            refused => Err(NotDone::Refused(intercom.clone(), refused)),
        }
    }

    /// Each way that did not lead there, in words; the one to show first.
    pub(super) fn paths(&self, intercom: &Intercom, obstacles: &[Obstacle]) -> Vec<FailedPath> {
        let text = self.words().text;
        let address = intercom.address.as_ref().or(intercom.urls.first()).cloned().unwrap_or_default();
        let mut paths: Vec<FailedPath> = Vec::new();
        for obstacle in obstacles {
            let path = FailedPath::new(Via::from(obstacle.via), path_fault(obstacle, &address), &text);
            if !paths.contains(&path) {
                paths.push(path);
            }
        }
        // First what the person can do something about.
        paths.sort_by_key(|path| path.way == Way::None);
        paths
    }
}

/// Whether intercoms answered, and none of them knew this phone.
pub(super) fn is_stranger(obstacles: &[Obstacle]) -> bool {
    obstacles.iter().any(|obstacle| matches!(obstacle.fault, Hindrance::Stranger | Hindrance::Impostor))
}

/// What the obstacle is called in words; `address` is where the network was tried.
pub(super) fn path_fault(obstacle: &Obstacle, address: &str) -> PathFault {
    let address = address.to_owned();
    match (&obstacle.fault, Via::from(obstacle.via)) {
        (Hindrance::SwitchedOff, _) => PathFault::SwitchedOff,
        (Hindrance::BluetoothOff, _) => PathFault::BluetoothOff,
        (Hindrance::BluetoothDenied, _) => PathFault::BluetoothDenied,
        (Hindrance::BluetoothMissing, _) => PathFault::BluetoothMissing,
        (Hindrance::BluetoothBusy, _) => PathFault::BluetoothBusy,
        (Hindrance::NotNear, _) => PathFault::NotNear,
        (Hindrance::NoAddress, _) => PathFault::NoAddress,
        (Hindrance::NetworkOff, _) => PathFault::NetworkOff,
        (Hindrance::Silent | Hindrance::Stale, Via::Bluetooth) => PathFault::BluetoothSilent,
        (Hindrance::Silent | Hindrance::Stale, Via::Network) => PathFault::Silent { address },
        (Hindrance::NotPhonein | Hindrance::TooLarge | Hindrance::TooOld, Via::Bluetooth) => {
            PathFault::BluetoothNotPhonein
        }
        (Hindrance::NotPhonein | Hindrance::TooLarge | Hindrance::TooOld, Via::Network) => {
            PathFault::NotPhonein { address }
        }
        (Hindrance::Stranger | Hindrance::Impostor, Via::Bluetooth) => PathFault::BluetoothStranger,
        (Hindrance::Stranger | Hindrance::Impostor, Via::Network) => PathFault::Stranger { address },
        (Hindrance::Later, _) => PathFault::Later,
        (Hindrance::Keys(_) | Hindrance::Wallet, _) => PathFault::ThisPhone,
    }
}
