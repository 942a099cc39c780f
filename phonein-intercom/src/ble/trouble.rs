//! Why Bluetooth does not work.

/// Why it does not work, in words for whoever looks after the intercom.
#[derive(Debug, thiserror::Error)]
pub(super) enum Trouble {
    #[error("there is no adapter {0}")]
    NoSuchAdapter(String),
    #[error("this computer has no Bluetooth adapter")]
    NoAdapter,
    #[error("the adapter is switched off")]
    SwitchedOff,
    #[error("the adapter has gone")]
    Gone,
    #[error("bluetoothd has forgotten this intercom: it was started anew")]
    Forgotten,
    #[error("bluetoothd does not answer")]
    NoAnswer,
    /// Of BlueZ or D-Bus: most often that no bluetoothd runs, or that this user may not speak to it.
    #[error("{0}")]
    BlueZ(#[from] bluer::Error),
}
