//! A key's new link, for the same person's new phone.

use super::change::new_secret;
use super::error::WalletError;
use super::phonein::Phonein;
use super::record::id_of;
use crate::wallet::Key;
use crate::wallet::change::{self, Now};

#[uniffi::export]
impl Phonein {
    /// A new link for the same person's new phone: the old phone stops working, the old link stays dead. `more_uses` for a
    /// key that is used up.
    #[uniffi::method(default(more_uses = None))]
    pub async fn reissue(&self, id: String, more_uses: Option<i32>) -> Result<(), WalletError> {
        let core = self.core.clone();
        let more_uses = more_uses.map(|uses| u64::try_from(uses).unwrap_or(0));
        let reissued = async move {
            let secret = new_secret()?;
            let commitment = secret.commitment();
            let reissue = move |key: &Key, now: Now<'_>| change::reissue(&key.ledger, commitment, more_uses, now);
            core.change(id_of(&id)?, Some(secret), reissue).await
        };
        self.core.see_through(reissued).await
    }
}
