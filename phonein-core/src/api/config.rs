//! How the core is started.

use crate::text::DayClock;

/// How the core is started.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Config {
    /// A directory of the app's own that no backup takes along and no other app reads. It is made if it is not there.
    pub directory: String,
    /// The language to speak: "en", "hu-HU".
    pub locale: String,
    /// How times of day are written.
    pub day_clock: DayClock,
    /// The phone's time zone: "Europe/Budapest".
    pub zone: String,
    /// The host of shared links.
    #[uniffi(default = "phonein.example")]
    pub link_host: String,
}
