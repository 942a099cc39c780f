//! Handing a key's link to somebody.

use super::core::Core;
use super::error::{ShareError, WalletError};
use super::phonein::Phonein;
use super::record::{QrModules, QrStretch, Share, ShareWay, id_of, shown};
use super::status::{link_until, status};
use super::watch::News;
use crate::share::{Qr, Stretch};
use crate::text::key::{KeyNote, KeyStatus};
use crate::wallet::{KeyRef, WalletError as Fault};
use phonein_protocol::link::Link;

/// What keeps a key from being shared as it is.
enum NotShared {
    Held { person: String, is_status: bool },
    OnlyReissue(KeyNote),
    Fault(Fault),
}

impl From<Fault> for NotShared {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

#[uniffi::export]
impl Phonein {
    /// The link of a key that nobody has accepted yet: the same each time.
    pub async fn share(&self, id: String) -> Result<Share, ShareError> {
        let core = self.core.clone();
        let wallet = |error| ShareError::Wallet { error };
        let shared = self.core.spawner.blocking(move || core.share(id_of(&id)?)).await;
        let text = self.core.words().text;
        shared.map_err(|lost| wallet(self.core.words().lost(lost)))?.map_err(|error| match error {
            NotShared::Held { person, is_status } => ShareError::NoLink {
                ways: vec![ShareWay::SomeoneElse, ShareWay::NewPhone],
                told: text.told_alone(text.key_held(&person)),
                is_status,
            },
            NotShared::OnlyReissue(why) => ShareError::NoLink {
                ways: vec![ShareWay::NewPhone],
                told: text.told_alone(text.key_note(why)),
                is_status: false,
            },
            NotShared::Fault(fault) => wallet(self.core.words().tell(fault)),
        })
    }

    /// The link was handed to the share sheet, or its QR code shown.
    pub async fn mark_shared(&self, id: String) -> Result<(), WalletError> {
        let marked = self.core.ask(move |core| core.wallet.mark_shared(id_of(&id)?, core.clock.now())).await;
        self.core.changes.tell([News::Keys]);
        marked
    }
}

impl From<Stretch> for QrStretch {
    fn from(Stretch { x, y, length }: Stretch) -> Self {
        Self { x: shown(x.into()), y: shown(y.into()), length: shown(length.into()) }
    }
}

impl Core {
    fn share(&self, id: KeyRef) -> Result<Share, NotShared> {
        let (words, now) = (self.words(), self.clock.now());
        let key = self.wallet.key(id)?;
        let intercom = self.wallet.intercom(key.intercom)?;
        let zone = self.zones.shown(intercom.zone.as_deref(), now);
        let grant =
            key.ledger.shown().filter(|_| intercom.is_manager && !key.ledger.is_deletion()).ok_or(Fault::Gone)?;
        let terms = grant.grant().terms.as_ref().ok_or(Fault::Gone)?;
        let Some(secret) = self.wallet.secret(id)?.filter(|secret| secret.commitment() == terms.commitment) else {
            if let Some((_, person)) = &key.ledger.holder {
                let is_status = matches!(status(&key, &intercom, &zone, now), KeyStatus::Held { .. });
                return Err(NotShared::Held { person: person.clone(), is_status });
            }
            let is_own = grant.signer() == intercom.kid;
            return Err(NotShared::OnlyReissue(if is_own { KeyNote::HolderLost } else { KeyNote::OnlyReissue }));
        };
        let link = Link {
            intercom: intercom.public_key,
            secret,
            grant: grant.clone(),
            name: intercom.name.clone(),
            zone: intercom.zone.clone().unwrap_or_else(|| "UTC".to_owned()),
            url: intercom.address.clone().or_else(|| intercom.urls.first().cloned()),
        };
        let link = link.to_text(&self.link_host);
        // A link is at most some 900 bytes, of which a code takes 2,953.
        let qr = Qr::of(&link).map_err(|error| Fault::Fault { reason: error.to_string() })?;
        let person = self.wallet.own_name()?;
        Ok(Share {
            text: words.text.share(&person, &intercom.name, &link),
            qr: QrModules {
                side: shown(qr.side().into()),
                dark: qr.stretches().into_iter().map(QrStretch::from).collect(),
                svg: qr.to_svg(),
            },
            owner_words: words.text.key_note(KeyNote::FirstPhoneOwns),
            until_words: words.text.share_until(link_until(terms, &zone), &zone),
            link: link.to_string(),
        })
    }
}
