//! What the shells show: records of finished words.
//!
//! A shell draws these as they are: every text is in the language that was chosen, every time in the intercom's zone. The
//! enums beside the words are for icons and colours.

mod activity;
mod code;
mod home;
mod intercom;
mod invitation;
mod key;
mod share;
mod tap;

pub use activity::{ActivityEntry, ActivityFilter, ActivityKind, ActivityPage, ActivityShow, ExportFormat};
pub use code::CodeReading;
pub use home::{Button, DoorButton, Home, IntercomHome, KeyChip, Note, NoteAction};
pub use intercom::{
    ClockReading, Forgetting, Intercom, IntercomSettings, Manager, ManagerKey, ManagerRemoval, Paths, SettingsChange,
};
pub use invitation::{Accepted, Invitation};
pub use key::{Keep, KeyDetails, KeyFilter, KeyPage, KeyRow, Overtaken};
pub use share::{QrModules, Share};
pub use tap::{Path, Tap, TapState, Way};
