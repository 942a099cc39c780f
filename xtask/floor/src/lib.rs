//! The crates that an app of this kind stands on, each called as any such app would call it, and nothing of ours.
//! `cargo xtask size` holds phonein-core against this library. Nobody runs it; it only has to link what an app would.

mod address;
mod radio;
mod table;

use std::sync::Arc;
use tokio::sync::oneshot;

uniffi::setup_scaffolding!();

/// What can go wrong.
#[derive(Debug, thiserror::Error, uniffi::Error)]
pub enum FloorError {
    /// The disk.
    #[error("the disk: {reason}")]
    Disk {
        /// For the log.
        reason: String,
    },
    /// The network.
    #[error("the network: {reason}")]
    Network {
        /// For the log.
        reason: String,
    },
    /// Bluetooth.
    #[error("Bluetooth: {reason}")]
    Radio {
        /// For the log.
        reason: String,
    },
    /// The other side threw something else.
    #[error("unexpected: {reason}")]
    Unexpected {
        /// For the log.
        reason: String,
    },
}

impl From<uniffi::UnexpectedUniFFICallbackError> for FloorError {
    fn from(error: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::Unexpected { reason: error.reason }
    }
}

/// A row that is kept, and sent.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize, uniffi::Record)]
pub struct Entry {
    /// What it is called.
    pub name: String,
    /// When, in Unix seconds.
    pub at: i64,
    /// Some bytes.
    pub bytes: Option<Vec<u8>>,
}

/// The app hears of what happened.
#[uniffi::export(foreign)]
pub trait Listener: Send + Sync {
    /// Something happened.
    fn on_entry(&self, entry: Entry) -> Result<(), FloorError>;
}

/// Everything at once.
#[derive(uniffi::Object)]
pub struct Floor {
    runtime: tokio::runtime::Runtime,
    table: Arc<table::Table>,
    client: reqwest::Client,
}

#[uniffi::export]
impl Floor {
    /// Opens a table in `file`.
    #[uniffi::constructor]
    pub fn open(file: &str) -> Result<Arc<Self>, FloorError> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
        let runtime = runtime.map_err(|error| FloorError::Disk { reason: error.to_string() })?;
        let table = Arc::new(table::Table::open(file)?);
        Ok(Arc::new(Self { runtime, table, client: address::client()? }))
    }

    /// Keeps an entry and says when that was.
    pub async fn keep(&self, entry: Entry, listener: Arc<dyn Listener>) -> Result<String, FloorError> {
        let table = self.table.clone();
        let (done, answer) = oneshot::channel();
        self.runtime.spawn_blocking(move || {
            let kept = table.keep(&entry).and_then(|()| listener.on_entry(entry));
            // Nobody may wait for it any more.
            let _ = done.send(kept.map(|()| table::now()));
        });
        answer.await.unwrap_or_else(|_| Err(FloorError::Unexpected { reason: "ended".into() }))
    }

    /// What was kept.
    pub fn entries(&self) -> Result<Vec<Entry>, FloorError> {
        self.table.entries()
    }

    /// Sends an entry to `url`, and reads the answer as another.
    pub async fn send(&self, url: String, entry: Entry) -> Result<Entry, FloorError> {
        let client = self.client.clone();
        let (done, answer) = oneshot::channel();
        self.runtime.spawn(async move {
            let _ = done.send(address::post(&client, &url, &entry).await);
        });
        answer.await.unwrap_or_else(|_| Err(FloorError::Unexpected { reason: "ended".into() }))
    }

    /// Asks whoever advertises `service` and gives the answer.
    pub async fn ask(&self, service: String, bytes: Vec<u8>) -> Result<Vec<u8>, FloorError> {
        let (done, answer) = oneshot::channel();
        self.runtime.spawn(async move {
            let _ = done.send(radio::ask(&service, bytes).await);
        });
        answer.await.unwrap_or_else(|_| Err(FloorError::Unexpected { reason: "ended".into() }))
    }
}
