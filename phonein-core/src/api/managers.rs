//! Who manages an intercom.

use super::core::Core;
use super::error::{IntercomError, WalletError};
use super::phonein::Phonein;
use super::reach::NotDone;
use super::record::{ManagerKey, ManagerRemoval, id_of};
use super::watch::News;
use crate::sync::ManagerPages;
use crate::text::Told;
use crate::wallet::{IntercomId, KeyRef, WalletError as Fault, change};
use phonein_protocol::id::Kid;
use phonein_protocol::message::{Body, ManagersAsk, Outcome};
use std::fmt::Write;
use std::sync::Arc;

#[uniffi::export]
impl Phonein {
    /// Makes the phone that holds this key a manager of its intercom.
    pub async fn add_manager(&self, key: String) -> Result<(), IntercomError> {
        let core = self.core.clone();
        self.core.run_there(async move { core.add_manager(id_of(&key)?).await }).await
    }

    /// What to ask before a manager is removed: which of their keys to keep.
    pub async fn manager_removal(&self, intercom: String, manager: String) -> Result<ManagerRemoval, WalletError> {
        self.core.ask(move |core| core.manager_removal(id_of(&intercom)?, &manager)).await
    }

    /// Removes a manager, and deletes these of their keys.
    pub async fn remove_manager(
        &self,
        intercom: String,
        manager: String,
        delete_keys: Vec<String>,
    ) -> Result<(), IntercomError> {
        let core = self.core.clone();
        let removed = async move { core.remove_manager(id_of(&intercom)?, &manager, &delete_keys).await };
        self.core.run_there(removed).await
    }
}

impl Core {
    async fn add_manager(self: &Arc<Self>, key: KeyRef) -> Result<(), NotDone> {
        let (intercom, key) = self.key_and_place(key).await?;
        // Whom the person was shown, not whoever has the key by now.
        let Some((holder, _)) = key.ledger.holder else {
            return Err(NotDone::Refused(intercom, Outcome::UnknownKey));
        };
        self.ask_there(&intercom, Body::Managers(ManagersAsk::Add { key: key.key, holder })).await?;
        self.list_managers(intercom.id).await
    }

    fn manager_removal(&self, intercom: IntercomId, manager: &str) -> Result<ManagerRemoval, Fault> {
        let (text, intercom) = (self.words().text, self.wallet.intercom(intercom)?);
        let kid = kid_of(manager)?;
        let person =
            self.wallet.people(intercom.id)?.into_iter().find(|person| person.kid == kid).ok_or(Fault::Gone)?;
        let name = if person.name.is_empty() { text.unknown_person() } else { person.name };
        let keys = self.wallet.keys_of_person(intercom.id, kid)?;
        let keys = keys.iter().filter(|key| !key.ledger.is_deletion()).map(|key| {
            let row = self.key_row(key, &intercom);
            let propose_delete = key.ledger.holder.is_none();
            ManagerKey { id: row.id, name: row.name, status_words: row.status_words, propose_delete }
        });
        let keys: Vec<_> = keys.collect();
        let mut question = text.removal_question(&name);
        if keys.is_empty() {
            question = Told { detail: String::new(), ..text.told_alone(question.title) };
        }
        Ok(ManagerRemoval { question, keys })
    }

    async fn remove_manager(
        self: &Arc<Self>,
        intercom: IntercomId,
        manager: &str,
        delete_keys: &[String],
    ) -> Result<(), NotDone> {
        let (kid, intercom) = (kid_of(manager)?, self.db(move |core| core.wallet.intercom(intercom)).await?);
        self.ask_there(&intercom, Body::Managers(ManagersAsk::Remove(kid))).await?;
        for key in delete_keys {
            match self.change(id_of(key)?, None, |key, now| change::delete(&key.ledger, now)).await {
                // Deleted meanwhile.
                Ok(()) | Err(Fault::Gone) => {}
                Err(fault) => return Err(fault.into()),
            }
        }
        self.list_managers(intercom.id).await
    }

    /// Reads who the managers are now.
    async fn list_managers(self: &Arc<Self>, id: IntercomId) -> Result<(), NotDone> {
        let intercom = self.db(move |core| core.wallet.intercom(id)).await?;
        let mut pages = ManagerPages::default();
        let is_whole = loop {
            match pages.take(self.ask_there(&intercom, pages.ask()).await?.detail) {
                Some(true) => {}
                Some(false) => break true,
                // The next sync reads it.
                None => break false,
            }
        };
        if is_whole {
            let managers = pages.into_all();
            self.db(move |core| core.wallet.save_managers(id, &managers, core.clock.now())).await?;
        }
        self.changes.tell([News::Intercoms, News::Activity]);
        self.reach_soon(id);
        Ok(())
    }
}

/// A phone's short name as shells hand it back.
pub(super) fn kid_text(kid: Kid) -> String {
    kid.as_bytes().iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn kid_of(text: &str) -> Result<Kid, Fault> {
    let bytes = u64::from_str_radix(text, 16).map_err(|_| Fault::Gone)?;
    Ok(Kid::from_bytes(bytes.to_be_bytes()))
}
