//! Keys made and changed on this phone: signed here, kept, and put at the intercom at the next chance.

use super::core::Core;
use super::draft::Subject;
use super::error::WalletError;
use super::keys::id_of;
use super::listener::Change;
use super::phonein::Phonein;
use super::record::Keep;
use super::wizard::{KeyWizard, Place};
use crate::category::Category;
use crate::keys::PhoneKey;
use crate::text::key::KeyNote;
use crate::wallet::change::{self, Now, Wanted};
use crate::wallet::{self, Intercom, IntercomId, Key, KeyRef, WalletError as Fault};
use crate::wizard::{Draft, KeyFields, UsesChoice};
use phonein_protocol::grant::{About, Grant, SignedGrant};
use phonein_protocol::id::{Door, Doors, KeyId, LinkSecret};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;

/// A key may change while a change of it is being signed; more often than that it does not.
const TRIES: usize = 5;
/// How long a person waits to hear whether the door knows of a deletion.
const DELETION: Duration = Duration::from_secs(3);

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

    /// Deletes a key. It is final, and done once the intercom knows: returns in words whether it does already.
    pub async fn delete_key(&self, id: String) -> Result<String, WalletError> {
        let core = self.core.clone();
        self.core.run(async move { core.delete(id_of(&id)?).await }).await
    }

    /// A new key with the same rule, for someone else.
    pub async fn copy_key(&self, id: String) -> Result<String, WalletError> {
        let core = self.core.clone();
        let copied = self.core.run(async move { core.copy(id_of(&id)?).await }).await?;
        Ok(copied.to_string())
    }

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
        self.core.run(reissued).await
    }

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
        Ok(self.core.run(resolved).await?.to_string())
    }
}

impl Core {
    /// An intercom where this phone may make keys.
    fn managed(&self, id: IntercomId) -> Result<Intercom, Fault> {
        let intercom = self.wallet.intercom(id)?;
        if intercom.is_manager && !intercom.is_foreign { Ok(intercom) } else { Err(Fault::Gone) }
    }

    /// Makes or changes a key as the wizard says.
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
        };
        self.run(saved).await
    }

    async fn create(self: &Arc<Self>, intercom: IntercomId, fields: KeyFields) -> Result<KeyRef, Fault> {
        let intercom = self.db(move |core| core.managed(intercom)).await?;
        let (secret, key) = (new_secret()?, KeyId::from_bytes(random()?));
        let grant = self.now(&intercom, |now| change::create(key, wanted(&fields, None), secret.commitment(), now));
        self.keep_new(intercom, grant, secret).await
    }

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
            let found = candidates.find(is_free).filter(|name| super::phonein::name(name).is_some());
            Ok(found.unwrap_or(name))
        })
        .await
    }

    async fn keep_new(self: &Arc<Self>, intercom: Intercom, grant: Grant, secret: LinkSecret) -> Result<KeyRef, Fault> {
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

    async fn delete(self: &Arc<Self>, id: KeyRef) -> Result<String, Fault> {
        let place = self.key_and_place(id).await?.0.id;
        self.change(id, None, |key, now| change::delete(&key.ledger, now)).await?;
        // Whoever stands at the door is told so at once.
        if let Ok(reached) = timeout(DELETION, self.reach(place)).await {
            reached?;
        }
        let is_known = self.db(move |core| core.wallet.key(id)).await == Err(Fault::Gone);
        let note = if is_known { KeyNote::DeletionKnown } else { KeyNote::DeletionWaiting };
        Ok(self.words().text.key_note(note))
    }

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

    /// A key with the intercom where this phone may change it.
    pub(super) async fn key_and_place(self: &Arc<Self>, id: KeyRef) -> Result<(Intercom, Key), Fault> {
        self.db(move |core| {
            let key = core.wallet.key(id)?;
            Ok((core.managed(key.intercom)?, key))
        })
        .await
    }

    pub(super) async fn sign(&self, intercom: &Intercom, grant: Grant) -> Result<SignedGrant, Fault> {
        let text = SignedGrant::text(&grant, intercom.kid, &intercom.public_key);
        let signature = self.phone_key(intercom).sign(text).await;
        let signature = signature.map_err(|error| Fault::Fault { reason: error.to_string() })?;
        Ok(SignedGrant::new(grant, intercom.kid, signature))
    }

    /// This phone's key at an intercom.
    pub(super) fn phone_key(&self, intercom: &Intercom) -> PhoneKey {
        PhoneKey::new(self.keystore.clone(), intercom.alias.clone(), intercom.phone_key)
    }

    pub(super) fn now<T>(&self, intercom: &Intercom, with: impl FnOnce(Now<'_>) -> T) -> T {
        let time = self.clock.now();
        let zone = intercom.zone.as_deref().map(|zone| self.zones.shown(Some(zone), time));
        with(Now { time, zone: zone.as_deref() })
    }

    /// Keys of an intercom changed here: whoever looks is told, and the intercom as soon as it can be reached.
    pub(super) fn changed(self: &Arc<Self>, intercom: IntercomId) {
        self.changes.tell([Change::Keys, Change::Intercoms]);
        self.reach_soon(intercom);
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

/// Bytes from the system's own source.
pub(super) fn random<const N: usize>() -> Result<[u8; N], Fault> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| Fault::Fault { reason: error.to_string() })?;
    Ok(bytes)
}

fn new_secret() -> Result<LinkSecret, Fault> {
    random().map(LinkSecret)
}
