//! Why a call failed: one small enum for each thing an app does differently. Each says so in `told`, which can be shown as it
//! is, or hands on that of the wallet.

use super::record::{FailedPath, ShareWay};
use crate::text::Told;
use crate::text::link::LinkProblem;
use crate::text::refusal::Refusal;
use crate::wizard::Field;

/// The wallet on this phone could not do it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum WalletError {
    /// What was asked for is no longer there: look at the list again.
    #[error("no longer here")]
    Gone {
        /// In words.
        told: Told,
    },
    /// The file was written by a newer app. Nothing was changed.
    #[error("the wallet is newer than the app")]
    TooNew {
        /// In words.
        told: Told,
    },
    /// The file cannot be written.
    #[error("the wallet cannot be written")]
    ReadOnly {
        /// In words.
        told: Told,
    },
    /// The disk is full. What was confirmed before is safe.
    #[error("the disk is full")]
    Full {
        /// In words.
        told: Told,
    },
    /// A fault to report.
    #[error("internal: {reason}")]
    Internal {
        /// For logs, without secrets.
        reason: String,
        /// In words.
        told: Told,
    },
}

/// An intercom could not be added, or one of its fields is wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum AddError {
    /// Something typed is wrong.
    #[error("a field is wrong")]
    Field {
        /// The field it stands beside.
        field: AddField,
        /// What is wrong, in words.
        told: Told,
    },
    /// The wallet could not do it.
    #[error(transparent)]
    Wallet {
        /// Why.
        error: WalletError,
    },
}

/// A field of *Add device*, of an intercom's settings or of *Accept*.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, uniffi::Enum)]
pub enum AddField {
    /// The device UUID.
    Code,
    /// The network address.
    Address,
    /// What the intercom is called here.
    Name,
    /// What the person is called.
    OwnName,
    /// The time zone.
    Zone,
}

/// What needs the intercom's answer did not succeed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum IntercomError {
    /// It did not answer: nothing has changed there that this phone knows of.
    #[error("the intercom was not reached")]
    NotReached {
        /// In words.
        told: Told,
        /// Why, for each path that was tried.
        paths: Vec<FailedPath>,
    },
    /// It refused.
    #[error("the intercom refused")]
    Refused {
        /// Why.
        refusal: Refusal,
        /// In words.
        told: Told,
    },
    /// Something typed is wrong.
    #[error("a field is wrong")]
    Field {
        /// The field it stands beside.
        field: AddField,
        /// What is wrong, in words.
        told: Told,
    },
    /// The wallet could not do it.
    #[error(transparent)]
    Wallet {
        /// Why.
        error: WalletError,
    },
}

/// A link cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum LinkError {
    /// It cannot be read.
    #[error("not a link that can be read")]
    Unreadable {
        /// Why.
        problem: LinkProblem,
        /// Whether the whole link, copied again, may help; else only a new one does.
        copy_again: bool,
        /// In words.
        told: Told,
    },
    /// The person's name is missing or too long.
    #[error("the name is missing or too long")]
    OwnName {
        /// What is wrong, in words.
        told: Told,
    },
    /// The wallet could not do it.
    #[error(transparent)]
    Wallet {
        /// Why.
        error: WalletError,
    },
}

/// A key was not saved.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum SaveError {
    /// Something on the page is wrong; from now on `state` says all of it.
    #[error("a field is wrong")]
    Field {
        /// The first field that is wrong: go there.
        field: Field,
        /// What is wrong, in words.
        told: Told,
    },
    /// The wallet could not do it.
    #[error(transparent)]
    Wallet {
        /// Why.
        error: WalletError,
    },
}

/// A key cannot be shared as it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum ShareError {
    /// It needs a new link: somebody has it, another manager made it, or its secret is no longer here.
    #[error("this key needs a new link")]
    NoLink {
        /// The ways to one.
        ways: Vec<ShareWay>,
        /// Why, in words.
        told: Told,
        /// Whether the key's status line says the same: beside that these need not be shown.
        is_status: bool,
    },
    /// The wallet could not do it.
    #[error(transparent)]
    Wallet {
        /// Why.
        error: WalletError,
    },
}

/// A door was not asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum UnlockError {
    /// The other door of this intercom is being asked.
    #[error("one door at a time")]
    Busy {
        /// In words.
        told: Told,
    },
    /// The wallet could not do it.
    #[error(transparent)]
    Wallet {
        /// Why.
        error: WalletError,
    },
}

/// A listener of the shell failed. The core goes on without it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum ListenerError {
    /// It threw.
    #[error("the listener failed: {reason}")]
    Failed {
        /// For logs.
        reason: String,
    },
}

impl From<uniffi::UnexpectedUniFFICallbackError> for ListenerError {
    fn from(error: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::Failed { reason: error.reason }
    }
}
