//! Why there is no answer.

use phonein_protocol::session::{TransportError, phone::PhoneError};

use super::Via;
use crate::keys::KeyFault;

/// Why one way to an intercom failed. None of it is signed by the intercom: it says what to try, never what the door did.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The person switched this way off.
    #[error("switched off by its person")]
    SwitchedOff,
    /// Bluetooth is off.
    #[error("Bluetooth is off")]
    BluetoothOff,
    /// The app may not use Bluetooth.
    #[error("no permission for Bluetooth")]
    BluetoothDenied,
    /// The phone has no Bluetooth.
    #[error("no Bluetooth")]
    BluetoothMissing,
    /// The intercom does not take this phone's link: its places are taken by others.
    #[error("the places for Bluetooth are taken")]
    BluetoothBusy,
    /// No intercom is near.
    #[error("nothing found over Bluetooth")]
    NotNear,
    /// No network address is known.
    #[error("no address")]
    NoAddress,
    /// The phone is in no network.
    #[error("no network")]
    NetworkOff,
    /// Nothing answered in time.
    #[error("no answer")]
    Silent,
    /// What answers there speaks something else.
    #[error("not a Phonein")]
    NotPhonein,
    /// An intercom answered that could not read the request: it does not know this phone, or is another one.
    #[error("an intercom that could not read the request")]
    Stranger,
    /// The same, on a way where the intercom itself may be found after it.
    #[error("an intercom that could not read the request, perhaps beside the right one")]
    Impostor,
    /// The intercom slows this source down.
    #[error("try later")]
    Later,
    /// The HELLO is used, too old, or from before a restart: a fresh one helps.
    #[error("the HELLO no longer counts")]
    Stale,
    /// The request is longer than an intercom takes.
    #[error("too large")]
    TooLarge,
    /// The intercom speaks no version this app knows.
    #[error("the intercom is too old")]
    TooOld,
    /// The wallet could not write down what was to be sent.
    #[error("the wallet did not write")]
    Wallet,
    /// The phone's keystore did not sign.
    #[error(transparent)]
    Keys(#[from] KeyFault),
}

impl Fault {
    /// Whether the same might succeed a second later.
    pub(crate) fn may_pass(&self) -> bool {
        matches!(
            self,
            Self::BluetoothBusy
                | Self::NotNear
                | Self::NetworkOff
                | Self::Silent
                | Self::Later
                | Self::Stale
                | Self::NotPhonein
        )
    }
}

impl From<TransportError> for Fault {
    fn from(hint: TransportError) -> Self {
        match hint {
            TransportError::Malformed => Self::Stranger,
            TransportError::Stale => Self::Stale,
            TransportError::TooLarge => Self::TooLarge,
            TransportError::TryLater => Self::Later,
        }
    }
}

impl From<PhoneError> for Fault {
    fn from(error: PhoneError) -> Self {
        match error {
            PhoneError::VersionTooOld => Self::TooOld,
            PhoneError::BodyTooLong => Self::TooLarge,
            PhoneError::Unreadable => Self::NotPhonein,
            PhoneError::Hint(hint) => hint.into(),
        }
    }
}

/// A request without an answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{fault}")]
pub struct Unanswered {
    /// Why.
    pub fault: Fault,
    /// Whether some of it may have left this phone, so that the intercom may have obeyed.
    pub sent: bool,
}

impl Unanswered {
    /// Nothing left this phone.
    pub fn unsent(fault: impl Into<Fault>) -> Self {
        Self { fault: fault.into(), sent: false }
    }

    /// It may have arrived.
    pub fn sent(fault: impl Into<Fault>) -> Self {
        Self { fault: fault.into(), sent: true }
    }
}

/// One way that did not lead to the intercom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obstacle {
    /// Which way.
    pub via: Via,
    /// Why.
    pub fault: Fault,
}
