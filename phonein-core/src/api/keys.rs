//! The list of keys and the page of one.

use super::core::Core;
use super::error::WalletError;
use super::phonein::Phonein;
use super::record::{
    EmptyList, EmptyWhy, Fact, KeyDetails, KeyFilter, KeyPage, KeyRow, Meaning, MoreUses, MoreUsesChoice, Overtaken,
    Sign, id_of,
};
use super::status::{is_used_up, link_until, makes_keys, offers, opens, status};
use crate::category::Category;
use crate::text::Present;
use crate::text::key::KeyNote;
use crate::text::label::Label;
use crate::text::notice::{Overtaking, Trouble};
use crate::text::plain;
use crate::wallet::{self, Held, Intercom, Key, KeyRef, WalletError as Fault};
use crate::wizard::{Uses, UsesChoice};
use phonein_protocol::grant::SignedGrant;
use phonein_protocol::id::Door;
use std::collections::HashMap;

/// Rows of a page.
const PAGE: u32 = 50;
/// From so many keys on a search field shows.
const SEARCHABLE: u32 = 10;
/// So many rows below the screen are there before somebody scrolls to them.
pub(super) const AHEAD: i32 = 25;

#[uniffi::export]
impl Phonein {
    /// Keys, newest first: those made here or by other managers, and those this phone was sent. `search` holds beginnings
    /// of words in a key's name or its holder's. `after` is the `next` of the page before.
    #[uniffi::method(default(search = "", after = None, filter))]
    pub async fn keys(&self, search: String, filter: KeyFilter, after: Option<String>) -> Result<KeyPage, WalletError> {
        self.core.ask(move |core| core.key_page(&search, &filter, after.as_deref())).await
    }

    /// The page of a key.
    pub async fn key(&self, id: String) -> Result<KeyDetails, WalletError> {
        self.core.ask(move |core| core.key_details(id_of(&id)?)).await
    }
}

impl Core {
    fn key_page(&self, search: &str, filter: &KeyFilter, after: Option<&str>) -> Result<KeyPage, Fault> {
        let filter = wallet::KeyFilter {
            intercom: filter.intercom.as_deref().map(id_of).transpose()?,
            category: filter.category.map(Category::code),
        };
        let after = after.map(id_of).transpose()?;
        let keys = self.wallet.keys(search, filter, after, PAGE)?;
        let all = self.wallet.keys("", wallet::KeyFilter { category: None, ..filter }, None, SEARCHABLE)?;
        let is_full = u32::try_from(keys.len()).is_ok_and(|count| count == PAGE);
        let next = keys.last().filter(|_| is_full).map(|key| key.id.to_string());
        let intercoms: HashMap<_, _> = self.wallet.intercoms()?.into_iter().map(|one| (one.id, one)).collect();
        let row = |key: &Key| intercoms.get(&key.intercom).map(|intercom| self.key_row(key, intercom));
        let why = if !search.trim().is_empty() || filter.category.is_some() {
            EmptyWhy::NoMatch
        } else if intercoms.values().any(|one| makes_keys(one) && filter.intercom.is_none_or(|id| id == one.id)) {
            EmptyWhy::Nothing
        } else {
            EmptyWhy::NoneSent
        };
        Ok(KeyPage {
            keys: keys.iter().filter_map(row).collect(),
            next,
            ahead: AHEAD,
            empty: keys.is_empty().then(|| self.no_keys(why)),
            is_searchable: u32::try_from(all.len()).is_ok_and(|count| count == SEARCHABLE),
        })
    }

    fn no_keys(&self, why: EmptyWhy) -> EmptyList {
        let text = self.words().text;
        let [title, detail] = match why {
            EmptyWhy::Nothing => [Label::NoKeys, Label::NoKeysHelp],
            EmptyWhy::NoMatch => [Label::NoMatch, Label::NoMatchHelp],
            EmptyWhy::NoneSent => [Label::NoKeys, Label::LinkHelp],
        };
        EmptyList { why, sign: why.into(), title: text.label(title), detail: text.label(detail) }
    }

    /// A key as a list shows it.
    pub(super) fn key_row(&self, key: &Key, intercom: &Intercom) -> KeyRow {
        let (text, now) = (self.words().text, self.clock.now());
        let zone = self.zones.shown(intercom.zone.as_deref(), now);
        let status = status(key, intercom, &zone, now);
        let category = key.category.and_then(Category::from_code);
        KeyRow {
            id: key.id.to_string(),
            intercom: key.intercom.to_string(),
            name: key.name.clone(),
            category,
            category_words: category.map(|category| text.category(category)).unwrap_or_default(),
            status_words: text.key_status(&status, &Present { now, zone: &zone }),
            sign: Sign::from(&status),
            meaning: Meaning::from(&status),
            menu_words: text.key_menu(&key.name),
            status,
            is_managed: intercom.is_manager,
            is_held: key.held.is_some(),
            opens: opens(key, intercom, &zone, now),
            offers: offers(key, intercom),
        }
    }

    fn key_details(&self, id: KeyRef) -> Result<KeyDetails, Fault> {
        let key = self.wallet.key(id)?;
        let intercom = self.wallet.intercom(key.intercom)?;
        let text = self.words().text;
        let sentence = |grant: Option<&SignedGrant>| self.sentence(grant, &intercom);
        let is_hearsay = key.held == Some(Held::Claiming);
        let is_delivered = key.ledger.mine.is_none() && !is_hearsay;
        let delivery_words = if is_delivered && !intercom.is_manager {
            String::new()
        } else if is_delivered {
            text.key_note(KeyNote::AtIntercom)
        } else if key.ledger.is_overtaken() {
            text.key_note(KeyNote::Undecided)
        } else {
            text.delivery()
        };
        let terms = key.grant().and_then(|grant| grant.grant().terms.as_ref());
        let overtaken = key.overtaken().map(|by| {
            let (overtaking, theirs) = match by {
                wallet::Overtaken::Changed(grant) => (Overtaking::Changed, Some(grant)),
                wallet::Overtaken::Deleted => (Overtaking::Deleted, None),
            };
            let person = theirs.as_ref().and_then(|grant| self.person(&intercom, grant));
            Overtaken {
                told: text.overtaken(overtaking, person.as_deref()),
                mine_words: text.overtaken_mine(&sentence(key.ledger.mine.as_ref())),
                theirs_words: theirs.as_ref().map(|grant| text.overtaken_theirs(&sentence(Some(grant)))),
            }
        });
        let other = key.ledger.holder.as_ref().filter(|(kid, _)| *kid != intercom.kid).map(|(_, person)| &**person);
        let (delete_question, delete_label) = if intercom.is_manager {
            (text.delete_question(&key.name, other), Label::DeleteButton)
        } else {
            (text.remove_question(&key.name), Label::RemoveButton)
        };
        Ok(KeyDetails {
            row: self.key_row(&key, &intercom),
            sentence: sentence(key.grant()),
            is_hearsay,
            delivery_words,
            is_delivered,
            facts: self.facts(&key, &intercom),
            overtaken,
            locked: (intercom.is_manager && intercom.is_foreign).then(|| text.trouble(Trouble::Moved)),
            delete_question,
            delete_words: text.label(delete_label),
            more_uses: terms.filter(|terms| intercom.is_manager && is_used_up(terms, key.ledger.used)).map(|_| {
                let choices = UsesChoice::all(&text).into_iter().filter_map(|choice| match choice.uses {
                    Uses::Times { count } => Some(MoreUsesChoice { uses: count, words: choice.words }),
                    Uses::NoLimit => None,
                });
                MoreUses { question: text.key_note(KeyNote::MoreUses), choices: choices.collect() }
            }),
        })
    }

    /// What else its page says of a key.
    fn facts(&self, key: &Key, intercom: &Intercom) -> Vec<Fact> {
        let (text, mut facts) = (self.words().text, Vec::new());
        let grant = key.grant();
        let terms = grant.and_then(|grant| grant.grant().terms.as_ref());
        if intercom.is_manager {
            let zone = self.zones.shown(intercom.zone.as_deref(), self.clock.now());
            let until = terms.map(|terms| link_until(terms, &zone));
            match &key.ledger.holder {
                Some((_, person)) => facts.push(Fact::new(Sign::Phone, text.key_held(person))),
                None => facts.extend(until.map(|until| Fact::new(Sign::Share, text.share_until(until, &zone)))),
            }
            let maker = grant.filter(|grant| grant.signer() != intercom.kid);
            let maker = maker.and_then(|grant| self.person(intercom, grant));
            facts.extend(maker.map(|person| Fact::new(Sign::People, text.key_maker(&person))));
            if let Some(terms) = terms {
                let doors = [Door::Entrance, Door::Inner].into_iter().zip(key.ledger.used);
                for (door, used) in doors.filter(|(door, _)| terms.doors.contains(*door)) {
                    facts.push(Fact::new(Sign::of(door.into()), text.key_uses(door.into(), used, terms.uses)));
                }
            }
        }
        let welcome = grant.and_then(|grant| plain::welcome(grant.grant().about.welcome.as_deref()?));
        facts.extend(welcome.map(|welcome| Fact::new(Sign::Message, welcome)));
        facts
    }

    /// The rule of a grant as one sentence; empty for a deletion.
    pub(super) fn sentence(&self, grant: Option<&SignedGrant>, intercom: &Intercom) -> String {
        let Some(terms) = grant.and_then(|grant| grant.grant().terms.as_ref()) else { return String::new() };
        let words = self.words();
        let zone = self.zones.shown(intercom.zone.as_deref(), self.clock.now());
        words.text.rule(&terms.rule, terms.uses, &zone, &words.phone_zone)
    }
}
