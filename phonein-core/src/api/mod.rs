//! What Kotlin, Swift and Python see. [`Phonein`] is where to begin.
//!
//! Thin: each exported function hands its work to the core's own threads, asks the module that knows, and puts what it
//! says into a record of finished words. No SQL, no frames, no sentences here.

mod activity;
mod change;
mod config;
mod contact;
mod copy;
mod core;
mod delete;
mod doors;
mod draft;
mod error;
mod home;
mod intercoms;
mod invitation;
pub(crate) mod journal;
mod keys;
mod lines;
mod listener;
mod make;
mod managers;
mod pairing;
mod phonein;
mod reach;
mod record;
mod reissue;
mod resolve;
mod save;
mod settings;
mod share;
mod signing;
mod status;
mod tap;
mod teller;
mod unlock;
mod watch;
mod wizard;
mod zones;

pub use config::Config;
pub use contact::StayReady;
pub use error::*;
pub use listener::*;
pub use pairing::Pairing;
pub use phonein::Phonein;
pub use record::*;
pub use unlock::Unlock;
pub use watch::ChangeSubscription;
pub use wizard::KeyWizard;
