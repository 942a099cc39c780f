//! *I was sent a key*.

use super::core::Core;
use super::error::LinkError;
use super::phonein::Phonein;
use super::record::{Accepted, Invitation, InvitationOffer};
use super::signing::new_alias;
use super::watch::News;
use crate::category::Category;
use crate::share;
use crate::text::link::{LinkNote, LinkProblem};
use crate::text::pairing::PairingProblem;
use crate::text::refusal::Refusal;
use crate::text::{Told, plain};
use crate::wallet::{Accept, Held, KeyRef, WalletError as Fault};
use phonein_protocol::link::Link;
use std::sync::Arc;

#[uniffi::export]
impl Phonein {
    /// What a link says: alone, or with the text it was shared with around it. Touches no network.
    pub async fn preview_link(&self, text: String) -> Result<Invitation, LinkError> {
        let link = self.read_link(&text)?;
        let asked = self.core.ask(move |core| core.invitation(&link)).await;
        asked.map_err(|error| LinkError::Wallet { error })
    }

    /// Makes the key of a link this phone's, as soon as the intercom can be asked. `own_name` is kept for next time.
    pub async fn accept_link(&self, text: String, own_name: String) -> Result<Accepted, LinkError> {
        let link = self.read_link(&text)?;
        let texts = self.core.words().text;
        let own_name = texts
            .name(&own_name, PairingProblem::NoOwnName)
            .map_err(|wrong| LinkError::OwnName { told: texts.told_alone(wrong) })?;
        let core = self.core.clone();
        let accepting = async move {
            let accepted = core.accept(link, own_name).await;
            core.changes.tell([News::Keys, News::Intercoms, News::Doors]);
            accepted
        };
        let accepted = self.core.see_through(accepting).await;
        accepted.map_err(|error| LinkError::Wallet { error })
    }
}

impl Phonein {
    fn read_link(&self, text: &str) -> Result<Link, LinkError> {
        share::read(text).map_err(|problem| LinkError::Unreadable {
            problem,
            copy_again: problem != LinkProblem::TooNew,
            told: self.core.words().text.link_problem(problem),
        })
    }
}

impl Core {
    fn invitation(&self, link: &Link) -> Result<Invitation, Fault> {
        let (words, now) = (self.words(), self.clock.now());
        let grant = link.grant.grant();
        let zone = self.zones.shown(Some(&link.zone), now);
        let category = grant.about.category.and_then(Category::from_code);
        let known = self.wallet.intercom_of(&link.intercom)?.filter(|intercom| !intercom.is_foreign);
        let key = known.as_ref().map(|intercom| self.wallet.key_of(intercom.id, grant.key)).transpose()?.flatten();
        let is_own = known.as_ref().is_some_and(|intercom| intercom.is_manager);
        let is_held = key.is_some_and(|key| key.held == Some(Held::Held));
        // What this phone calls the intercom counts more than what a link says.
        let place = known.map_or_else(|| place(link), |intercom| intercom.name);
        let (offer, note) = match (is_held, is_own) {
            (true, _) => (InvitationOffer::Close, Some(LinkNote::HeldAlready)),
            (false, true) => (InvitationOffer::UseHere, Some(LinkNote::OwnIntercom)),
            (false, false) => (InvitationOffer::Add, None),
        };
        let sentence =
            grant.terms.as_ref().map(|terms| words.text.rule(&terms.rule, terms.uses, &zone, &words.phone_zone));
        Ok(Invitation {
            name: plain::line(grant.about.name.as_deref().unwrap_or_default()),
            category,
            place_words: words.text.link_place(category, &place),
            sentence: sentence.unwrap_or_default(),
            hearsay_words: words.text.link_note(LinkNote::Hearsay),
            welcome: grant.about.welcome.as_deref().and_then(plain::welcome),
            own_name: self.wallet.own_name()?,
            known_words: note.map(|note| words.text.link_note(note)),
            offer,
        })
    }

    async fn accept(self: &Arc<Self>, link: Link, own_name: String) -> Result<Accepted, Fault> {
        let (public_key, key_id) = (link.intercom, link.grant.grant().key);
        let known = self.db(move |core| {
            let intercom = core.wallet.intercom_of(&public_key)?.filter(|intercom| !intercom.is_foreign);
            let key = intercom.as_ref().map(|known| core.wallet.key_of(known.id, key_id)).transpose()?.flatten();
            Ok((intercom, key))
        });
        let (intercom, key) = known.await?;
        if let Some(key) = key.as_ref().filter(|key| key.held == Some(Held::Held)) {
            let words = self.words().text.link_note(LinkNote::HeldAlready);
            return Ok(Accepted::Added { key: key.id.to_string(), intercom: key.intercom.to_string(), words });
        }
        let signing_key = if intercom.is_some() {
            None
        } else {
            let made = self.keystore.create(new_alias()?).await;
            Some(made.map_err(|error| Fault::Fault { reason: error.to_string() })?)
        };
        let claim_by = link.grant.grant().terms.as_ref().map_or(0, |terms| terms.claim_by);
        let id = self
            .db(move |core| {
                core.wallet.set_own_name(&own_name)?;
                let place = place(&link);
                let signing_key = signing_key.as_ref().map(|key| (key.alias(), *key.public()));
                let accept = Accept { link: &link, place: &place, person: &own_name, signing_key };
                core.wallet.accept_link(&accept, core.clock.now_ms())
            })
            .await?;
        let told = self.claim(id).await?;
        self.accepted(id, told, claim_by).await
    }

    /// What accepting came to.
    async fn accepted(
        self: &Arc<Self>,
        id: KeyRef,
        refusal: Option<Refusal>,
        claim_by: i64,
    ) -> Result<Accepted, Fault> {
        let (key, intercom) = self
            .db(move |core| {
                let key = core.wallet.key(id)?;
                let intercom = core.wallet.intercom(key.intercom)?;
                Ok((key, intercom))
            })
            .await?;
        let text = self.words().text;
        let (key_text, place) = (id.to_string(), intercom.id.to_string());
        match key.held {
            Some(Held::Held) => {
                Ok(Accepted::Added { key: key_text, intercom: place, words: text.link_note(LinkNote::Added) })
            }
            None | Some(Held::Claiming) if !key.is_refused() => {
                let told = text.link_problem(LinkProblem::NotYoursYet);
                Ok(Accepted::Waiting { key: key_text, intercom: place, told })
            }
            held => {
                let refusal = refusal.unwrap_or(match held {
                    Some(Held::Taken) => Refusal::Taken,
                    Some(Held::Deleted) => Refusal::Deleted,
                    Some(Held::LinkExpired) => Refusal::LinkExpired,
                    Some(Held::Unknown | Held::Held | Held::Claiming) | None => Refusal::UnknownKey,
                });
                let refusal = refusal.of_link(claim_by, self.clock.now());
                let told: Told = self.at(&intercom, |present| text.refusal(refusal, present));
                self.drop_refused(id).await?;
                Ok(Accepted::Refused { told })
            }
        }
    }

    /// A key that will never be this phone's leaves nothing behind, and neither does its intercom if nothing else is known
    /// of it.
    async fn drop_refused(self: &Arc<Self>, id: KeyRef) -> Result<(), Fault> {
        let alias = self
            .db(move |core| {
                let place = core.wallet.key(id)?.intercom;
                core.wallet.forget_key(id)?;
                let intercom = core.wallet.intercom(place)?;
                let is_used = intercom.is_manager || core.wallet.holds_any(place)?;
                if is_used { Ok(None) } else { core.wallet.forget_intercom(place).map(|alias| Some((place, alias))) }
            })
            .await?;
        if let Some((place, alias)) = alias {
            self.lines.forget(place);
            self.forget_alias(Some(alias)).await;
        }
        Ok(())
    }
}

/// What a link calls its intercom.
fn place(link: &Link) -> String {
    plain::line(&link.name).chars().take(plain::NAME).collect()
}
