//! Keys made and changed on this phone: signed here, kept, and put at the intercom at the next chance.

use super::core::{Core, random};
use super::watch::News;
use crate::wallet::change::Now;
use crate::wallet::{Intercom, IntercomId, Key, KeyRef, WalletError as Fault};
use phonein_protocol::grant::Grant;
use phonein_protocol::id::LinkSecret;
use std::sync::Arc;

/// A key may change while a change of it is being signed; more often than that it does not.
const TRIES: usize = 5;

impl Core {
    /// An intercom where this phone may make keys.
    pub(super) fn managed(&self, id: IntercomId) -> Result<Intercom, Fault> {
        let intercom = self.wallet.intercom(id)?;
        if intercom.is_manager && !intercom.is_foreign { Ok(intercom) } else { Err(Fault::Gone) }
    }

    /// A key with the intercom where this phone may change it.
    pub(super) async fn key_and_place(self: &Arc<Self>, id: KeyRef) -> Result<(Intercom, Key), Fault> {
        self.db(move |core| {
            let key = core.wallet.key(id)?;
            Ok((core.managed(key.intercom)?, key))
        })
        .await
    }

    /// Signs a new key and keeps it.
    pub(super) async fn keep_new(
        self: &Arc<Self>,
        intercom: Intercom,
        grant: Grant,
        secret: LinkSecret,
    ) -> Result<KeyRef, Fault> {
        let grant = self.sign(&intercom, grant).await?;
        let place = intercom.id;
        let key = self.db(move |core| core.wallet.create_key(place, grant, &secret)).await?;
        self.changed(place);
        Ok(key)
    }

    /// Signs the next version of a key and keeps it; `secret` if it has a new link.
    pub(super) async fn change(
        self: &Arc<Self>,
        id: KeyRef,
        secret: Option<LinkSecret>,
        next: impl Fn(&Key, Now<'_>) -> Option<Grant> + Send,
    ) -> Result<(), Fault> {
        for _ in 0..TRIES {
            let (intercom, key) = self.key_and_place(id).await?;
            let grant = self.now(&intercom, |now| next(&key, now)).ok_or(Fault::Gone)?;
            let grant = self.sign(&intercom, grant).await?;
            let secret = secret.clone();
            match self.db(move |core| core.wallet.change_key(&key, grant, secret.as_ref())).await {
                // It changed while it was being signed, or it is really gone: the next turn tells.
                Err(Fault::Gone) => {}
                changed => {
                    self.changed(intercom.id);
                    return changed;
                }
            }
        }
        Err(Fault::Gone)
    }

    /// When a change is made, at this intercom.
    pub(super) fn now<T>(&self, intercom: &Intercom, with: impl FnOnce(Now<'_>) -> T) -> T {
        let time = self.clock.now();
        let zone = intercom.zone.as_deref().map(|zone| self.zones.shown(Some(zone), time));
        with(Now { time, zone: zone.as_deref() })
    }

    /// Keys of an intercom changed here: whoever looks is told, and the intercom as soon as it can be reached.
    pub(super) fn changed(self: &Arc<Self>, intercom: IntercomId) {
        self.changes.tell([News::Keys, News::Intercoms]);
        self.reach_soon(intercom);
    }
}

/// The secret of a new link.
pub(super) fn new_secret() -> Result<LinkSecret, Fault> {
    random().map(LinkSecret)
}
