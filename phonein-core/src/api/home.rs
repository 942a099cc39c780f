//! Home.

use super::core::Core;
use super::error::WalletError;
use super::phonein::Phonein;
use super::record::{
    DoorButton, Home, HomeNote, IntercomHome, KeyChip, NoteAction, OpensBy, QuickDoor, TapLook, id_of,
};
use super::status::makes_keys;
use super::watch::News;
use crate::category::Category;
use crate::text::label::Label;
use crate::text::link::LinkProblem;
use crate::text::notice::{ManagerNews, Trouble};
use crate::text::{Told, tap::Door as ShownDoor};
use crate::wallet::{self, Card, Intercom, Key, NoteKind, OnHome, WalletError as Fault};
use phonein_protocol::id::{Door, Doors};

/// What dismisses the note of a file that was set aside.
const SET_ASIDE: &str = "set-aside";

#[uniffi::export]
impl Phonein {
    /// Every intercom with its doors, the key on its button, and what should be known.
    pub async fn home(&self) -> Result<Home, WalletError> {
        self.core.ask(Core::home).await
    }

    /// The door that a shortcut, a tile, a widget or a voice opens: of the intercom that it names, else of the one at which
    /// Home stands. `None` where there is none: if the one that was named is gone, no other opens in its place.
    #[uniffi::method(default(intercom = None))]
    pub async fn quick_door(&self, intercom: Option<String>) -> Result<Option<QuickDoor>, WalletError> {
        self.core.ask(move |core| core.quick_door(intercom)).await
    }

    /// Hides a note that was read: takes its `dismissal`.
    pub async fn dismiss(&self, note: String) -> Result<(), WalletError> {
        let dismiss = move |core: &Core| match &*note {
            SET_ASIDE => core.wallet.dismiss_set_aside(),
            note => core.wallet.dismiss_note(id_of(note)?),
        };
        let dismissed = self.core.ask(dismiss).await;
        self.core.changes.tell([News::Intercoms]);
        dismissed
    }
}

impl Core {
    fn home(&self) -> Result<Home, Fault> {
        let OnHome { cards, place, set_aside } = self.wallet.home(&|key, intercom| self.serves(key, intercom))?;
        let notes = set_aside.map(|file| HomeNote {
            dismissal: Some(SET_ASIDE.to_owned()),
            ..self.note(self.words().text.wallet_damaged(&file), NoteAction::None)
        });
        let place = place.or_else(|| cards.first().map(|card| card.intercom.id));
        Ok(Home {
            intercoms: cards.iter().map(|found| self.card(found)).collect(),
            place: place.map(|place| place.to_string()),
            notes: notes.into_iter().collect(),
        })
    }

    fn quick_door(&self, named: Option<String>) -> Result<Option<QuickDoor>, Fault> {
        let Home { intercoms, place, .. } = self.home()?;
        let wanted = named.or(place);
        let card = intercoms.into_iter().find(|card| Some(&card.intercom.id) == wanted.as_ref());
        Ok(card.and_then(|card| {
            let door = card.doors.first()?.door;
            Some(QuickDoor { intercom: card.intercom, door, ask_first: card.ask_first })
        }))
    }

    fn card(&self, found: &Card) -> IntercomHome {
        let intercom = &found.intercom;
        let (opens_by, doors) = match &found.button {
            _ if intercom.is_manager => (OpensBy::Manager, Some(managers_doors(intercom))),
            Some(key) => (OpensBy::Key { key: chip(key) }, doors_of(key)),
            None => (OpensBy::Nothing, Some(Doors::ENTRANCE)),
        };
        let text = self.words().text;
        let key = key_of(&opens_by);
        let mut buttons = Vec::new();
        for door in [Door::Entrance, Door::Inner] {
            if doors.is_some_and(|doors| doors.contains(door)) {
                let shown = ShownDoor::from(door);
                let tap = self.door_tap(intercom, door, &found.taps);
                // Once, and not in the place of what a tap became.
                let is_named = buttons.is_empty() && tap.look == TapLook::Idle;
                let key_name = key.filter(|_| is_named).map(|key| key.name.clone());
                let key = key.map(|key| key.id.clone());
                buttons.push(DoorButton { door: shown, name: text.door(shown), key, key_name, tap });
            }
        }
        IntercomHome {
            intercom: intercom.into(),
            opens_by,
            doors: buttons,
            ask_first: intercom.ask_presence,
            makes_keys: makes_keys(intercom),
            takes_links: !makes_keys(intercom),
            notes: self.notes(found),
        }
    }

    fn notes(&self, found: &Card) -> Vec<HomeNote> {
        let intercom = &found.intercom;
        let (text, now) = (self.words().text, self.clock.now());
        let mut notes = Vec::new();
        if intercom.is_foreign {
            notes.push(self.note(text.trouble(Trouble::Moved), NoteAction::None));
        }
        if !intercom.is_manager {
            for key in &found.claiming {
                let told = text.link_problem(LinkProblem::NotYoursYet);
                let told = Told { title: text.parts(&[&told.title, &key.name]), ..told };
                notes.push(self.note(told, NoteAction::Key { key: key.id.to_string() }));
            }
            return notes;
        }
        if let Some(ahead) = intercom.clock_ahead {
            let zone = self.zones.shown(intercom.zone.as_deref(), now);
            let told = text.clock_differs(now.saturating_add(ahead), now, &zone);
            notes.push(self.note(told, NoteAction::AnswerClock));
        } else if intercom.settings_at.is_some() && intercom.clock_error.is_none() {
            notes.push(self.note(text.clock_unknown(), NoteAction::None));
        }
        if found.changes_waiting > 0 {
            let waiting = text.told_alone(text.changes_waiting(found.changes_waiting));
            notes.push(self.note(Told { detail: text.delivery(), ..waiting }, NoteAction::None));
        }
        notes.extend(found.notes.iter().map(|found| self.kept_note(found)));
        notes
    }

    fn note(&self, told: Told, action: NoteAction) -> HomeNote {
        let label = match &action {
            NoteAction::None => None,
            NoteAction::AnswerClock => Some(Label::Settings),
            NoteAction::Key { .. } => Some(Label::Details),
            NoteAction::Managers => Some(Label::Managers),
        };
        let action_words = label.map(|label| self.words().text.label(label));
        HomeNote { title: told.title, detail: told.detail, action, action_words, dismissal: None }
    }

    fn kept_note(&self, found: &wallet::Note) -> HomeNote {
        let text = self.words().text;
        let person = match &found.person {
            Some((_, name)) if !name.is_empty() => name.clone(),
            _ => text.unknown_person(),
        };
        let news = |news| text.told_alone(text.manager_news(news, &person));
        // Where it asks something, that is answered among the managers.
        let (told, action) = match found.kind {
            NoteKind::RanOut { count } => (text.told_alone(text.ran_out(count)), NoteAction::None),
            NoteKind::LogBroken => (text.log_broken(), NoteAction::None),
            NoteKind::ManagerPaired => (news(ManagerNews::Paired), NoteAction::Managers),
            NoteKind::ManagerBack => (news(ManagerNews::Back), NoteAction::Managers),
            NoteKind::ManagerLost => (news(ManagerNews::Lost), NoteAction::Managers),
        };
        HomeNote { dismissal: Some(found.id.to_string()), ..self.note(told, action) }
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

/// The key on a guest's button.
fn key_of(opens_by: &OpensBy) -> Option<&KeyChip> {
    match opens_by {
        OpensBy::Key { key } => Some(key),
        OpensBy::Manager | OpensBy::Nothing => None,
    }
}
