//! A tap is written down, and what it will send is made ready meanwhile.

use std::sync::Arc;

use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use zeroize::Zeroizing;

use super::{
    Wish,
    journal::{Begun, JournalError, TapJournal},
};
use crate::{host::Spawner, keys::PhoneKey};

/// A tap that another thread writes down.
pub(super) type Writing = UnboundedReceiver<Written>;

/// How far it has got. Nothing at all if its thread was lost.
pub(super) enum Written {
    /// What its frames will carry, if the wallet takes it.
    Draft(Zeroizing<Vec<u8>>),
    /// The wallet took it, or did not.
    Done(Result<Begun, JournalError>),
}

/// What writes a tap down, to be called where it may block, and what is heard of that.
pub(super) fn writing(
    journal: &Arc<dyn TapJournal>,
    wish: &Wish,
    key: &PhoneKey,
) -> (impl FnOnce() + Send + use<>, Writing) {
    let (journal, wish, key) = (journal.clone(), wish.clone(), key.clone());
    let (tell, written) = unbounded_channel();
    let write = move || {
        // Whoever no longer waits for it finds the tap unsettled at the next contact.
        let mut draft = |body: &[u8]| drop(tell.send(Written::Draft(Zeroizing::new(body.to_vec()))));
        let begun = journal.begin(&wish, &key, &mut draft);
        drop(tell.send(Written::Done(begun)));
    };
    (write, written)
}

/// Has it written down on a thread for such things.
pub(super) fn write(journal: &Arc<dyn TapJournal>, wish: &Wish, key: &PhoneKey) -> Writing {
    let (write, written) = writing(journal, wish, key);
    Spawner::here().leave_blocking(write);
    written
}

/// Calls the journal where it may block.
pub(super) async fn on_disk<T: Send + 'static>(
    journal: &Arc<dyn TapJournal>,
    call: impl FnOnce(&dyn TapJournal) -> Result<T, JournalError> + Send + 'static,
) -> Result<T, JournalError> {
    let journal = journal.clone();
    let called = Spawner::here().blocking(move || call(&*journal)).await;
    called.unwrap_or_else(|lost| Err(JournalError { reason: lost.reason }))
}
