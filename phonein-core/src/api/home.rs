//! Home.

use super::core::Core;
use super::error::WalletError;
use super::listener::Change;
use super::phonein::Phonein;
use super::record::{DoorButton, Home, HomeNote, IntercomHome, KeyChip, NoteAction, OpensBy, id_of};
use crate::category::Category;
use crate::text::link::LinkProblem;
use crate::text::notice::{ManagerNews, Trouble};
use crate::text::{Told, tap::Door as ShownDoor};
use crate::wallet::{self, Intercom, Key, NoteKind, OnHome, WalletError as Fault};
use phonein_protocol::id::{Door, Doors};

#[uniffi::export]
impl Phonein {
    /// Every intercom with its doors, the key on its button, and what should be known.
    pub async fn home(&self) -> Result<Home, WalletError> {
        self.core.ask(Core::home).await
    }

    /// Hides a note that was read.
    pub async fn dismiss(&self, note: String) -> Result<(), WalletError> {
        let dismissed = self.core.ask(move |core| core.wallet.dismiss_note(id_of(&note)?)).await;
        self.core.changes.tell([Change::Intercoms]);
        dismissed
    }
}

impl Core {
    fn home(&self) -> Result<Home, Fault> {
        Ok(Home { intercoms: self.wallet.home()?.iter().map(|found| self.card(found)).collect() })
    }

    fn card(&self, found: &OnHome) -> IntercomHome {
        let intercom = &found.intercom;
        let (opens_by, doors) = match &found.button {
            _ if intercom.is_manager => (OpensBy::Manager, Some(managers_doors(intercom))),
            Some(key) => (OpensBy::Key { key: chip(key) }, doors_of(key)),
            None => (OpensBy::Nothing, Some(Doors::ENTRANCE)),
        };
        let text = self.words().text;
        let mut buttons = Vec::new();
        for door in [Door::Entrance, Door::Inner] {
            if doors.is_some_and(|doors| doors.contains(door)) {
                let shown = ShownDoor::from(door);
                let tap = self.door_tap(intercom, door, &found.taps);
                buttons.push(DoorButton { door: shown, name: text.door(shown), tap });
            }
        }
        IntercomHome {
            intercom: intercom.into(),
            opens_by,
            doors: buttons,
            makes_keys: intercom.is_manager && !intercom.is_foreign,
            notes: self.notes(found),
        }
    }

    fn notes(&self, found: &OnHome) -> Vec<HomeNote> {
        let intercom = &found.intercom;
        let (text, now) = (self.words().text, self.clock.now());
        let mut notes = Vec::new();
        if intercom.is_foreign {
            notes.push(note(text.trouble(Trouble::Moved), NoteAction::None));
        }
        if !intercom.is_manager {
            for key in &found.claiming {
                let Told { title, detail, .. } = text.link_problem(LinkProblem::NotYoursYet);
                let title = text.parts(&[&title, &key.name]);
                notes.push(HomeNote { title, detail, action: NoteAction::Key { key: key.id.to_string() } });
            }
            return notes;
        }
        if let Some(ahead) = intercom.clock_ahead {
            let zone = self.zones.shown(intercom.zone.as_deref(), now);
            let told = text.clock_differs(now.saturating_add(ahead), now, &zone);
            notes.push(note(told, NoteAction::AnswerClock));
        } else if intercom.settings_at.is_some() && intercom.clock_error.is_none() {
            notes.push(note(text.clock_unknown(), NoteAction::None));
        }
        if found.changes_waiting > 0 {
            let (title, detail) = (text.changes_waiting(found.changes_waiting), text.delivery());
            notes.push(HomeNote { title, detail, action: NoteAction::None });
        }
        notes.extend(found.notes.iter().map(|found| self.note(found)));
        notes
    }

    fn note(&self, found: &wallet::Note) -> HomeNote {
        let text = self.words().text;
        let person = match &found.person {
            Some((_, name)) if !name.is_empty() => name.clone(),
            _ => text.unknown_person(),
        };
        let news = |news| (text.manager_news(news, &person), String::new());
        let (title, detail) = match found.kind {
            NoteKind::RanOut { count } => (text.ran_out(count), String::new()),
            NoteKind::LogBroken => {
                let Told { title, detail, .. } = text.log_broken();
                (title, detail)
            }
            NoteKind::ManagerPaired => news(ManagerNews::Paired),
            NoteKind::ManagerBack => news(ManagerNews::Back),
            NoteKind::ManagerLost => news(ManagerNews::Lost),
        };
        HomeNote { title, detail, action: NoteAction::Dismiss { note: found.id.to_string() } }
    }
}

fn doors_of(key: &Key) -> Option<Doors> {
    key.grant().and_then(|grant| grant.grant().terms.as_ref()).map(|terms| terms.doors)
}

/// All there are, but for an inner door that is switched off.
fn managers_doors(intercom: &Intercom) -> Doors {
    if intercom.inner_door == Some(false) { Doors::ENTRANCE } else { intercom.doors }
}

fn chip(key: &Key) -> KeyChip {
    KeyChip { id: key.id.to_string(), name: key.name.clone(), category: key.category.and_then(Category::from_code) }
}

fn note(told: Told, action: NoteAction) -> HomeNote {
    HomeNote { title: told.title, detail: told.detail, action }
}
