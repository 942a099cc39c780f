//! *Delete key*.

use super::core::Core;
use super::error::WalletError;
use super::phonein::Phonein;
use super::record::id_of;
use super::watch::News;
use crate::text::key::KeyNote;
use crate::wallet::{KeyRef, WalletError as Fault, change};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;

/// How long a person waits to hear whether the door knows of a deletion.
const DELETION: Duration = Duration::from_secs(3);

#[uniffi::export]
impl Phonein {
    /// Deletes a key. It is final, and done once the intercom knows: returns in words whether it does already. Where this
    /// phone is no manager the key is removed from it and stays valid: returns `None`.
    pub async fn delete_key(&self, id: String) -> Result<Option<String>, WalletError> {
        let core = self.core.clone();
        self.core.see_through(async move { core.delete(id_of(&id)?).await }).await
    }
}

impl Core {
    async fn delete(self: &Arc<Self>, id: KeyRef) -> Result<Option<String>, Fault> {
        let intercom = self.db(move |core| core.wallet.intercom(core.wallet.key(id)?.intercom)).await?;
        let place = intercom.id;
        if !intercom.is_manager {
            self.db(move |core| core.wallet.forget_key(id)).await?;
            self.changes.tell([News::Keys, News::Doors, News::Intercoms]);
            return Ok(None);
        }
        self.change(id, None, |key, now| change::delete(&key.ledger, now)).await?;
        // Whoever stands at the door is told so at once.
        if let Ok(reached) = timeout(DELETION, self.reach(place)).await {
            reached?;
        }
        let is_known = self.db(move |core| core.wallet.key(id)).await == Err(Fault::Gone);
        let note = if is_known { KeyNote::DeletionKnown } else { KeyNote::DeletionWaiting };
        Ok(Some(self.words().text.key_note(note)))
    }
}
