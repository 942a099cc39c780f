//! This phone's signing keys: one at each intercom, kept by the phone's keystore.

use super::core::{Core, random};
use crate::keys::PhoneKey;
use crate::wallet::{Intercom, WalletError as Fault};
use phonein_protocol::grant::{Grant, SignedGrant};

/// A name for a signing key that no other has.
pub(super) fn new_alias() -> Result<String, Fault> {
    Ok(format!("intercom-{:016x}", u64::from_be_bytes(random()?)))
}

impl Core {
    /// This phone's key at an intercom.
    pub(super) fn phone_key(&self, intercom: &Intercom) -> PhoneKey {
        PhoneKey::new(self.keystore.clone(), intercom.alias.clone(), intercom.phone_key)
    }

    /// A grant of this phone.
    pub(super) async fn sign(&self, intercom: &Intercom, grant: Grant) -> Result<SignedGrant, Fault> {
        let text = SignedGrant::text(&grant, intercom.kid, &intercom.public_key);
        let signature = self.phone_key(intercom).sign(text).await;
        let signature = signature.map_err(|error| Fault::Fault { reason: error.to_string() })?;
        Ok(SignedGrant::new(grant, intercom.kid, signature))
    }

    /// Destroys a signing key nobody needs any more. That it could not be destroyed harms nobody.
    pub(super) async fn forget_alias(&self, alias: Option<String>) {
        if let Some(alias) = alias
            && let Err(error) = self.keystore.forget(alias).await
        {
            tracing::warn!(%error, "a signing key was not destroyed");
        }
    }
}
