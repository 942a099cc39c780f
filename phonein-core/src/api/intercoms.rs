//! *My Locations*, and what is decided on this phone alone.

use super::core::Core;
use super::error::{AddError, AddField, WalletError};
use super::phonein::Phonein;
use super::reach::NotDone;
use super::record::{Forgetting, Intercom, id_of};
use super::watch::News;
use crate::text::notice::ForgetNote;
use crate::text::pairing::PairingProblem;
use crate::wallet::{self, IntercomId, Manages, WalletError as Fault};
use phonein_protocol::message::{Body, ManagersAsk};
use std::sync::Arc;

#[uniffi::export]
impl Phonein {
    /// All intercoms, the one used last first.
    pub async fn intercoms(&self) -> Result<Vec<Intercom>, WalletError> {
        let asked = self.core.ask(|core| core.wallet.intercoms());
        Ok(asked.await?.iter().map(Into::into).collect())
    }

    /// Calls an intercom something else on this phone.
    pub async fn rename_intercom(&self, id: String, name: String) -> Result<(), AddError> {
        let text = self.core.words().text;
        let name = text
            .name(&name, PairingProblem::NoIntercomName)
            .map_err(|wrong| AddError::Field { field: AddField::Name, told: text.told_alone(wrong) })?;
        let renamed = self.core.ask(move |core| core.wallet.rename_intercom(id_of(&id)?, &name)).await;
        self.core.changes.tell([News::Intercoms]);
        renamed.map_err(|error| AddError::Wallet { error })
    }

    /// What removing an intercom from this phone means, to be shown before.
    pub async fn forgetting(&self, id: String) -> Result<Forgetting, WalletError> {
        self.core.ask(move |core| core.forgetting(id_of(&id)?)).await
    }

    /// Takes this phone off the intercom's managers, if it is not the last, and forgets intercom and keys here. Returns
    /// what remains to be known, if the intercom was not reached.
    pub async fn forget_intercom(&self, id: String) -> Result<Option<String>, WalletError> {
        let core = self.core.clone();
        self.core.see_through(async move { core.forget_intercom(id_of(&id)?).await }).await
    }
}

impl Core {
    fn forgetting(&self, id: IntercomId) -> Result<Forgetting, Fault> {
        let intercom = self.wallet.intercom(id)?;
        let is_last_manager = intercom.is_manager && !self.has_other_managers(&intercom)?;
        let note = match (intercom.is_manager, is_last_manager) {
            (false, _) => ForgetNote::Guest,
            (true, false) => ForgetNote::Others,
            (true, true) => ForgetNote::Last,
        };
        Ok(Forgetting { words: self.words().text.forget_note(note), is_last_manager })
    }

    fn has_other_managers(&self, intercom: &wallet::Intercom) -> Result<bool, Fault> {
        let people = self.wallet.people(intercom.id)?;
        Ok(people.iter().any(|person| person.manages == Manages::Yes && person.kid != intercom.kid))
    }

    async fn forget_intercom(self: &Arc<Self>, id: IntercomId) -> Result<Option<String>, Fault> {
        let asked = self.db(move |core| {
            let intercom = core.wallet.intercom(id)?;
            let resigns = intercom.is_manager && !intercom.is_foreign && core.has_other_managers(&intercom)?;
            Ok((intercom, resigns))
        });
        let (intercom, resigns) = asked.await?;
        let mut left = None;
        if resigns {
            let remove = Body::Managers(ManagersAsk::Remove(intercom.kid));
            match self.ask_there(&intercom, remove).await {
                // It says no where it knows this phone as no manager, or as the last: nothing is left to do there.
                Ok(_) | Err(NotDone::Refused(..)) => {}
                Err(NotDone::Fault(fault)) => return Err(fault),
                Err(_) => left = Some(self.words().text.forget_note(ForgetNote::Unreached)),
            }
        }
        let alias = self.db(move |core| core.wallet.forget_intercom(id)).await?;
        self.lines.forget(id);
        self.forget_alias(Some(alias)).await;
        self.changes.tell(super::watch::ALL);
        Ok(left)
    }
}
