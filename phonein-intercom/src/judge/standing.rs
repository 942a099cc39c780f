//! How Bluetooth stands, for `status`.

use crate::control::BluetoothStatus;
use std::{
    fmt::Display,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tracing::warn;

/// Shared between who serves and who tells.
#[derive(Clone, Debug, Default)]
pub(crate) struct Standing(Arc<Mutex<BluetoothStatus>>);

impl Standing {
    pub(super) fn status(&self) -> BluetoothStatus {
        self.lock().clone()
    }

    pub(crate) fn on_air(&self, adapter: &str, address: impl Display) {
        let (adapter, address) = (Some(adapter.to_owned()), Some(address.to_string()));
        *self.lock() = BluetoothStatus { adapter, address, ..BluetoothStatus::default() };
    }

    pub(crate) fn links(&self, (links, valid_links): (usize, usize)) {
        let mut status = self.lock();
        (status.links, status.valid_links) = (links, valid_links);
    }

    /// Tells it, and logs it if it is news.
    pub(crate) fn tell(&self, trouble: &impl Display) {
        if self.off(trouble) {
            warn!(%trouble, "Bluetooth does not work; everything else goes on");
        }
    }

    /// Gives whether that is news.
    fn off(&self, trouble: &impl Display) -> bool {
        let off = BluetoothStatus { trouble: Some(trouble.to_string()), ..BluetoothStatus::default() };
        std::mem::replace(&mut *self.lock(), off.clone()) != off
    }

    fn lock(&self) -> MutexGuard<'_, BluetoothStatus> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_trouble_is_news_once() {
        let standing = Standing::default();
        assert!(standing.off(&"switched off"));
        assert!(!standing.off(&"switched off"));
        standing.on_air("hci0", "01:01:01:01:01:01");
        assert_eq!(standing.status().address.as_deref(), Some("01:01:01:01:01:01"));
        standing.links((3, 1));
        assert!(standing.off(&"switched off"));
        assert_eq!((standing.status().adapter, standing.status().links), (None, 0));
    }
}
