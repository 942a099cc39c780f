//! The app without its pixels.

uniffi::setup_scaffolding!();

#[cfg(target_os = "android")]
mod android;
pub mod api;
pub mod category;
pub mod clock;
pub mod exchange;
pub mod export;
mod host;
pub mod keys;
#[cfg(test)]
mod seeds;
pub mod share;
#[cfg(test)]
mod simulation;
pub mod sync;
pub mod text;
pub mod unlock;
pub mod wallet;
pub mod wizard;
pub mod zone;
