//! Which of two changes of a key counts, where another manager was faster.

use super::change::new_secret;
use super::core::{Core, random};
use super::error::WalletError;
use super::phonein::Phonein;
use super::record::{Keep, id_of};
use crate::wallet::{self, KeyRef, WalletError as Fault, change};
use phonein_protocol::id::KeyId;
use std::sync::Arc;

#[uniffi::export]
impl Phonein {
    /// Whose change of an overtaken key counts. Returns the key, which is a new one if this phone's takes the place of one
    /// that was deleted: it needs to be shared again then.
    pub async fn resolve(&self, id: String, keep: Keep) -> Result<String, WalletError> {
        let core = self.core.clone();
        let resolved = async move {
            let id = id_of(&id)?;
            match keep {
                Keep::Theirs => core.keep_theirs(id).await.map(|()| id),
                Keep::Mine => core.keep_mine(id).await,
            }
        };
        Ok(self.core.see_through(resolved).await?.to_string())
    }
}

impl Core {
    async fn keep_theirs(self: &Arc<Self>, id: KeyRef) -> Result<(), Fault> {
        let (intercom, _) = self.key_and_place(id).await?;
        self.db(move |core| core.wallet.keep_theirs(id)).await?;
        self.changed(intercom.id);
        Ok(())
    }

    async fn keep_mine(self: &Arc<Self>, id: KeyRef) -> Result<KeyRef, Fault> {
        let (intercom, key) = self.key_and_place(id).await?;
        if key.overtaken() != Some(wallet::Overtaken::Deleted) {
            return self.change(id, None, |key, now| change::keep_mine(&key.ledger, now)).await.map(|()| id);
        }
        let (secret, new) = (new_secret()?, KeyId::from_bytes(random()?));
        let grant = self.now(&intercom, |now| change::copy(&key.ledger, new, None, secret.commitment(), now));
        let grant = self.sign(&intercom, grant.ok_or(Fault::Gone)?).await?;
        let new = self.db(move |core| core.wallet.replace_deleted(&key, grant, &secret)).await?;
        self.changed(intercom.id);
        Ok(new)
    }
}
