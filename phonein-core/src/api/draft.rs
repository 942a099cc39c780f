//! The one draft there is: in memory for the page, on disk for after the app was killed.

use super::runtime::Spawner;
use crate::wallet::{IntercomId, KeyRef, Wallet};
use crate::wizard::Draft;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use tokio::sync::watch::{self, Receiver, Sender};

/// What a draft is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Subject {
    /// The intercom.
    pub(crate) intercom: IntercomId,
    /// The key that is edited; `None` for a new one.
    pub(crate) key: Option<KeyRef>,
}

/// A draft with what it is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KeptDraft {
    /// What it is for.
    pub(crate) subject: Subject,
    /// What was set.
    pub(crate) draft: Draft,
}

/// Keeps the draft. Whoever sets something does not wait for the disk: the newest draft is written, in order.
#[derive(Debug)]
pub(crate) struct Drafts(Sender<Option<KeptDraft>>);

impl Drafts {
    /// Begins with what is on disk. One that cannot be read is none.
    pub(crate) fn start(kept: Option<&str>, wallet: Arc<Wallet>, spawner: &Spawner) -> Self {
        let kept = kept.and_then(|kept| serde_json::from_str(kept).ok());
        let (newest, to_write) = watch::channel(kept);
        spawner.leave(write(to_write, wallet));
        Self(newest)
    }

    /// The draft, if there is one.
    pub(crate) fn kept(&self) -> Option<KeptDraft> {
        self.0.borrow().clone()
    }

    /// The draft for that, if there is one.
    pub(crate) fn of(&self, subject: Subject) -> Option<Draft> {
        self.kept().filter(|kept| kept.subject == subject).map(|kept| kept.draft)
    }

    /// Keeps this draft in the place of any other. One in which nothing was set is none.
    pub(crate) fn keep(&self, draft: &KeptDraft) {
        self.0.send_replace(draft.draft.is_touched().then(|| draft.clone()));
    }

    /// Drops the draft if it is for that.
    pub(crate) fn drop_of(&self, subject: Subject) {
        self.0.send_if_modified(|kept| kept.take_if(|kept| kept.subject == subject).is_some());
    }
}

/// Writes the newest draft until nobody keeps any more, the last one too.
async fn write(mut newest: Receiver<Option<KeptDraft>>, wallet: Arc<Wallet>) {
    while newest.changed().await.is_ok() {
        let draft = newest.borrow_and_update().as_ref().and_then(|kept| serde_json::to_string(kept).ok());
        let wallet = wallet.clone();
        let written = tokio::task::spawn_blocking(move || wallet.set_draft(draft.as_deref())).await;
        if let Ok(Err(error)) = written {
            tracing::warn!(%error, "the draft was not written");
        }
    }
}
