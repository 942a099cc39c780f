//! The one draft there is: in memory for the page, on disk for after the app was closed or killed.

use crate::host::Spawner;
use crate::wallet::{IntercomId, KeyRef, Wallet};
use crate::wizard::Draft;
use serde::{Deserialize, Serialize};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;
use tokio::sync::watch::{self, Receiver, Sender};

/// What is set within that time is written together. More than this is not lost when the app is killed.
const TOGETHER: Duration = Duration::from_millis(100);

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

/// Keeps the draft. Whoever sets something does not wait for the disk: the newest draft is written behind it, and only
/// [`Drafts::close`] waits until it is.
#[derive(Debug)]
pub(crate) struct Drafts {
    newest: Sender<Option<KeptDraft>>,
    file: Arc<File>,
}

/// Where drafts are written, one after the other.
#[derive(Debug)]
struct File {
    wallet: Arc<Wallet>,
    /// Knows whether the newest is there already.
    unwritten: Mutex<Receiver<Option<KeptDraft>>>,
}

impl Drafts {
    /// Begins with what is on disk. One that cannot be read is none.
    pub(crate) fn start(kept: Option<&str>, wallet: Arc<Wallet>, spawner: &Spawner) -> Self {
        let kept = kept.and_then(|kept| serde_json::from_str(kept).ok());
        let (newest, to_write) = watch::channel(kept);
        let file = Arc::new(File { wallet, unwritten: Mutex::new(to_write.clone()) });
        spawner.leave(write_behind(to_write, file.clone()));
        Self { newest, file }
    }

    /// The draft, if there is one.
    pub(crate) fn kept(&self) -> Option<KeptDraft> {
        self.newest.borrow().clone()
    }

    /// The draft for that, if there is one.
    pub(crate) fn of(&self, subject: Subject) -> Option<Draft> {
        self.kept().filter(|kept| kept.subject == subject).map(|kept| kept.draft)
    }

    /// Keeps this draft in the place of any other. One in which nothing was set is none.
    pub(crate) fn keep(&self, draft: &KeptDraft) {
        let draft = draft.draft.is_touched().then_some(draft);
        self.newest.send_if_modified(|kept| {
            let is_new = kept.as_ref() != draft;
            if is_new {
                *kept = draft.cloned();
            }
            is_new
        });
    }

    /// Drops the draft if it is for that.
    pub(crate) fn drop_of(&self, subject: Subject) {
        self.newest.send_if_modified(|kept| kept.take_if(|kept| kept.subject == subject).is_some());
    }

    /// Returns once the newest draft is on disk, which another thread sees to: the caller's may be the one that draws.
    pub(crate) fn close(&self) {
        let file = self.file.clone();
        let written = thread::Builder::new().name("phonein".into()).spawn(move || file.write());
        if let Ok(written) = written {
            // It writes or says in the log why not; a panic in there is over too.
            let _ = written.join();
        }
    }
}

impl File {
    fn write(&self) {
        // Held until it is written, so that an older draft never follows a newer one.
        let mut unwritten = self.unwritten.lock().unwrap_or_else(PoisonError::into_inner);
        // When nobody keeps drafts any more, whoever closed has written the last.
        if !unwritten.has_changed().unwrap_or(false) {
            return;
        }
        let draft = unwritten.borrow_and_update().as_ref().and_then(|kept| serde_json::to_string(kept).ok());
        if let Err(error) = self.wallet.set_draft(draft.as_deref()) {
            tracing::warn!(%error, "the draft was not written");
            unwritten.mark_changed();
        }
    }
}

/// Writes the newest draft until nobody keeps any more: the first change at once, what follows together.
async fn write_behind(mut newest: Receiver<Option<KeptDraft>>, file: Arc<File>) {
    while newest.changed().await.is_ok() {
        let file = file.clone();
        // That it was lost is in the log; closing tries again.
        let _ = Spawner::here().blocking(move || file.write()).await;
        tokio::time::sleep(TOGETHER).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::Runtime;
    use crate::wallet::tests::open;

    fn named(name: &str) -> KeptDraft {
        let mut draft = Draft::new();
        draft.set_name(name);
        KeptDraft { subject: Subject { intercom: 1, key: None }, draft }
    }

    fn on_disk(wallet: &Wallet) -> Option<KeptDraft> {
        wallet.draft().unwrap().map(|kept| serde_json::from_str(&kept).unwrap())
    }

    #[test]
    fn closing_writes_what_was_not_written_behind() {
        let directory = tempfile::tempdir().unwrap();
        let wallet = Arc::new(open(directory.path()));
        let runtime = Runtime::start().unwrap();
        let drafts = Drafts::start(None, wallet.clone(), &runtime.spawner());
        // From here on nothing is written behind.
        drop(runtime);
        drafts.keep(&named("Peter"));
        drafts.keep(&named("Peter, my brother"));
        drafts.close();
        assert_eq!(on_disk(&wallet), Some(named("Peter, my brother")));
        drafts.drop_of(named("").subject);
        drafts.close();
        assert_eq!(on_disk(&wallet), None);
    }

    #[test]
    fn what_is_set_is_written_although_nobody_closes() {
        let directory = tempfile::tempdir().unwrap();
        let wallet = Arc::new(open(directory.path()));
        let runtime = Runtime::start().unwrap();
        let drafts = Drafts::start(None, wallet.clone(), &runtime.spawner());
        for name in ["P", "Pe", "Pet"] {
            drafts.keep(&named(name));
        }
        while on_disk(&wallet) != Some(named("Pet")) {
            std::thread::yield_now();
        }
    }
}
