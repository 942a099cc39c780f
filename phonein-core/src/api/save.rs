//! What the page of a key says becomes a key, or the next version of one.

use super::change::new_secret;
use super::core::{Core, random};
use super::draft::Subject;
use super::error::WalletError;
use crate::category::Category;
use crate::wallet::change::{self, Now, Wanted};
use crate::wallet::{IntercomId, Key, KeyRef, WalletError as Fault};
use crate::wizard::KeyFields;
use phonein_protocol::grant::{About, SignedGrant};
use phonein_protocol::id::{Doors, KeyId};
use std::sync::Arc;

impl Core {
    /// Makes or changes a key as the wizard says; the draft is gone then.
    pub(super) async fn save_key(self: &Arc<Self>, subject: Subject, fields: KeyFields) -> Result<KeyRef, WalletError> {
        let core = self.clone();
        let saved = async move {
            match subject.key {
                None => core.create(subject.intercom, fields).await,
                Some(key) => {
                    let edit =
                        move |key: &Key, now: Now<'_>| change::edit(&key.ledger, wanted(&fields, Some(key)), now);
                    core.change(key, None, edit).await.map(|()| key)
                }
            }
            .inspect(|_| core.drafts.drop_of(subject))
        };
        self.see_through(saved).await
    }

    async fn create(self: &Arc<Self>, intercom: IntercomId, fields: KeyFields) -> Result<KeyRef, Fault> {
        let intercom = self.db(move |core| core.managed(intercom)).await?;
        let (secret, key) = (new_secret()?, KeyId::from_bytes(random()?));
        let grant = self.now(&intercom, |now| change::create(key, wanted(&fields, None), secret.commitment(), now));
        self.keep_new(intercom, grant, secret).await
    }
}

/// What the page says, with what it does not show as it was in `key`.
fn wanted(fields: &KeyFields, key: Option<&Key>) -> Wanted {
    let before = key.and_then(Key::grant).map(SignedGrant::grant);
    let category = fields.category.map(Category::code).or(before.and_then(|grant| grant.about.category));
    let only_inner = before.and_then(|grant| grant.terms.as_ref()).is_some_and(|terms| terms.doors == Doors::INNER);
    let doors = match fields.inner_door {
        true if only_inner => Doors::INNER,
        true => Doors::BOTH,
        false => Doors::ENTRANCE,
    };
    let about = About { name: Some(fields.name.clone()), category, welcome: fields.welcome.clone() };
    Wanted { about, rule: fields.rule, uses: fields.uses, doors }
}
