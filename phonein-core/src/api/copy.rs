//! *Copy key*: the same rule for someone else.

use super::change::new_secret;
use super::core::{Core, random};
use super::error::WalletError;
use super::phonein::Phonein;
use super::record::id_of;
use crate::text::plain;
use crate::wallet::change::{self, Now};
use crate::wallet::{self, Key, KeyRef, WalletError as Fault};
use phonein_protocol::id::KeyId;
use std::sync::Arc;

#[uniffi::export]
impl Phonein {
    /// A new key with the same rule, for someone else.
    pub async fn copy_key(&self, id: String) -> Result<String, WalletError> {
        let core = self.core.clone();
        let copied = self.core.see_through(async move { core.copy(id_of(&id)?).await }).await?;
        Ok(copied.to_string())
    }
}

impl Core {
    async fn copy(self: &Arc<Self>, id: KeyRef) -> Result<KeyRef, Fault> {
        let (intercom, key) = self.key_and_place(id).await?;
        let (secret, new) = (new_secret()?, KeyId::from_bytes(random()?));
        let name = self.copy_name(&key).await?;
        let copy = |now: Now<'_>| change::copy(&key.ledger, new, Some(name), secret.commitment(), now);
        let grant = self.now(&intercom, copy).ok_or(Fault::Gone)?;
        self.keep_new(intercom, grant, secret).await
    }

    /// A name that tells the copy from the key: "Cleaner (2)", or the next number that no key has.
    async fn copy_name(self: &Arc<Self>, key: &Key) -> Result<String, Fault> {
        let (name, intercom) = (key.name.clone(), key.intercom);
        self.db(move |core| {
            let text = core.words().text;
            let filter = wallet::KeyFilter { intercom: Some(intercom), category: None };
            let alike = core.wallet.keys(&name, filter, None, 100)?;
            let is_free = |candidate: &String| !alike.iter().any(|key| key.name == *candidate);
            let mut candidates = (2..=102).map(|number| text.key_copy_name(&name, number));
            // A name that would be too long stays as it is.
            let found = candidates.find(is_free).filter(|name| plain::name(name).is_some());
            Ok(found.unwrap_or(name))
        })
        .await
    }
}
