//! The pages on which keys are made and changed.

use super::draft::Subject;
use super::error::WalletError;
use super::phonein::Phonein;
use super::record::id_of;
use super::wizard::{KeyWizard, Place};
use crate::category::Category;
use crate::wallet::{Intercom, Key, WalletError as Fault};
use crate::wizard::{Draft, KeyFields, UsesChoice};
use phonein_protocol::id::Door;
use std::sync::Arc;

#[uniffi::export]
impl Phonein {
    /// The page for a new key to this intercom: as it was left, if it was.
    pub async fn new_key(&self, intercom: String) -> Result<Arc<KeyWizard>, WalletError> {
        let asked = self.core.ask(move |core| core.managed(id_of(&intercom)?));
        let intercom = asked.await?;
        let subject = Subject { intercom: intercom.id, key: None };
        let draft = self.core.drafts.of(subject).unwrap_or_default();
        Ok(KeyWizard::new(self.core.clone(), subject, place(&intercom), draft))
    }

    /// The page for changing this key: as it was left, if it was.
    pub async fn edit_key(&self, id: String) -> Result<Arc<KeyWizard>, WalletError> {
        let asked = self.core.ask(move |core| {
            let key = core.wallet.key(id_of(&id)?)?;
            let fields = fields(&key).filter(|_| !key.ledger.is_deletion()).ok_or(Fault::Gone)?;
            Ok((core.managed(key.intercom)?, key.id, fields))
        });
        let (intercom, key, fields) = asked.await?;
        let subject = Subject { intercom: intercom.id, key: Some(key) };
        let draft = self.core.drafts.of(subject).unwrap_or_else(|| Draft::edit(&fields));
        Ok(KeyWizard::new(self.core.clone(), subject, place(&intercom), draft))
    }

    /// The page that was left, if one was.
    pub async fn draft(&self) -> Result<Option<Arc<KeyWizard>>, WalletError> {
        let Some(kept) = self.core.drafts.kept() else { return Ok(None) };
        let intercom = self.core.ask(move |core| core.managed(kept.subject.intercom)).await;
        let wizard = |intercom| KeyWizard::new(self.core.clone(), kept.subject, place(&intercom), kept.draft);
        Ok(intercom.ok().map(wizard))
    }

    /// The numbers of uses a person can choose, in the order in which they are offered. Takes no time.
    pub fn uses_choices(&self) -> Vec<UsesChoice> {
        UsesChoice::all(&self.core.words().text)
    }
}

fn place(intercom: &Intercom) -> Place {
    Place { zone: intercom.zone.clone(), has_inner_door: intercom.doors.contains(Door::Inner) }
}

/// What *Edit* begins with.
fn fields(key: &Key) -> Option<KeyFields> {
    let grant = key.grant()?.grant();
    let terms = grant.terms.as_ref()?;
    Some(KeyFields {
        name: grant.about.name.clone().unwrap_or_default(),
        category: grant.about.category.and_then(Category::from_code),
        rule: terms.rule,
        uses: terms.uses,
        inner_door: terms.doors.contains(Door::Inner),
        welcome: grant.about.welcome.clone(),
    })
}
