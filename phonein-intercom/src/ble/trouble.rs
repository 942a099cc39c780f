//! Why Bluetooth does not work.

use bluer::{ErrorKind, InternalErrorKind};

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
    #[error("no bluetoothd runs (package bluez)")]
    NoBluetoothd,
    #[error("there is no D-Bus to reach bluetoothd by")]
    NoBus,
    #[error("this user may not speak to bluetoothd (group bluetooth)")]
    NotAllowed,
    #[error("{0}")]
    BlueZ(bluer::Error),
}

impl From<bluer::Error> for Trouble {
    fn from(error: bluer::Error) -> Self {
        let ErrorKind::Internal(InternalErrorKind::DBus(name)) = &error.kind else { return Self::BlueZ(error) };
        match name.rsplit('.').next() {
            Some("ServiceUnknown") => Self::NoBluetoothd,
            Some("FileNotFound" | "NoServer") => Self::NoBus,
            Some("AccessDenied") => Self::NotAllowed,
            Some("NoReply") => Self::NoAnswer,
            _ => Self::BlueZ(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str) -> String {
        let kind = ErrorKind::Internal(InternalErrorKind::DBus(format!("org.freedesktop.DBus.Error.{name}")));
        Trouble::from(bluer::Error { kind, message: "long".into() }).to_string()
    }

    #[test]
    fn what_is_missing_is_named_and_what_is_not_known_is_quoted() {
        assert_eq!(of("ServiceUnknown"), "no bluetoothd runs (package bluez)");
        assert_eq!(of("FileNotFound"), "there is no D-Bus to reach bluetoothd by");
        assert_eq!(of("AccessDenied"), "this user may not speak to bluetoothd (group bluetooth)");
        assert!(of("Surprise").contains("Surprise"));
    }
}
