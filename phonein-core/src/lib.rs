//! The app without its pixels.

uniffi::setup_scaffolding!();

pub mod category;
pub mod text;
pub mod wizard;
pub mod zone;
