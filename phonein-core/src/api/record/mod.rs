//! What the shells show: records of finished words.
//!
//! A shell draws these as they are: every text is in the language that was chosen, every time in the intercom's zone. The
//! enums beside the words are for icons and colours.

mod activity;
mod code;
mod empty;
mod home;
mod intercom;
mod invitation;
mod key;
mod share;
mod sign;
mod tap;

pub use activity::{ActivityEntry, ActivityFilter, ActivityKind, ActivityPage, ActivityShow, ExportFormat, ShowChoice};
pub use code::CodeReading;
pub use empty::{EmptyList, EmptyWhy};
pub use home::{DoorButton, Home, HomeNote, IntercomHome, KeyChip, NoteAction, OpensBy, QuickDoor};
pub use intercom::{
    ClockReading, Forgetting, Intercom, IntercomSettings, Manager, ManagerKey, ManagerRemoval, PathChoice,
    SettingsChange,
};
pub use invitation::{Accepted, Invitation, InvitationOffer};
pub use key::{Keep, KeyDetails, KeyFilter, KeyOffer, KeyPage, KeyRow, MoreUses, MoreUsesChoice, Overtaken};
pub use share::{QrModules, QrStretch, Share, ShareWay};
pub use sign::{Fact, Meaning, Sign};
pub use tap::{FailedPath, Tap, TapLook, TapState, Way};

use crate::wallet::WalletError;

/// A count as the shells have it: neither Kotlin nor Swift counts without a sign.
pub(super) fn shown(count: u64) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// The wallet's id in an id that a shell handed back.
pub(super) fn id_of(id: &str) -> Result<i64, WalletError> {
    id.parse().map_err(|_| WalletError::Gone)
}
