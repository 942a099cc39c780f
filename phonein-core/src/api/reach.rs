//! Asking an intercom something in the name of an exported function.

use super::core::Core;
use super::error::{IntercomError, WalletError};
use super::record::FailedPath;
use crate::exchange::{Fault as Way, Obstacle, Unreached};
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
    /// Does work that needs the intercom.
    pub(super) async fn run_there<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl Future<Output = Result<T, NotDone>> + Send + 'static,
    ) -> Result<T, IntercomError> {
        let wallet = |error: WalletError| IntercomError::Wallet { error };
        let done = self.spawner.run(work).await.map_err(|lost| wallet(self.words().lost(lost)))?;
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

    /// Each way that did not lead there, in words.
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
        paths
    }
}

/// Whether intercoms answered, and none of them knew this phone.
pub(super) fn is_stranger(obstacles: &[Obstacle]) -> bool {
    obstacles.iter().any(|obstacle| matches!(obstacle.fault, Way::Stranger | Way::Impostor))
}

fn path_fault(obstacle: &Obstacle, address: &str) -> PathFault {
    let address = address.to_owned();
    match (&obstacle.fault, Via::from(obstacle.via)) {
        (Way::SwitchedOff, _) => PathFault::SwitchedOff,
        (Way::BluetoothOff, _) => PathFault::BluetoothOff,
        (Way::BluetoothDenied, _) => PathFault::BluetoothDenied,
        (Way::BluetoothMissing, _) => PathFault::BluetoothMissing,
        (Way::BluetoothBusy, _) => PathFault::BluetoothBusy,
        (Way::NotNear, _) => PathFault::NotNear,
        (Way::NoAddress, _) => PathFault::NoAddress,
        (Way::NetworkOff, _) => PathFault::NetworkOff,
        (Way::Silent | Way::Stale, Via::Bluetooth) => PathFault::BluetoothSilent,
        (Way::Silent | Way::Stale, Via::Network) => PathFault::Silent { address },
        (Way::NotPhonein | Way::TooLarge | Way::TooOld, Via::Bluetooth) => PathFault::BluetoothNotPhonein,
        (Way::NotPhonein | Way::TooLarge | Way::TooOld, Via::Network) => PathFault::NotPhonein { address },
        (Way::Stranger | Way::Impostor, Via::Bluetooth) => PathFault::BluetoothStranger,
        (Way::Stranger | Way::Impostor, Via::Network) => PathFault::Stranger { address },
        (Way::Later, _) => PathFault::Later,
        (Way::Keys(_) | Way::Wallet, _) => PathFault::ThisPhone,
    }
}
