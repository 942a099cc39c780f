//! *New key* and *Edit*: the object a page holds.

use super::core::Core;
use super::draft::{KeptDraft, Subject};
use super::error::SaveError;
use crate::category::Category;
use crate::text::Present;
use crate::wizard::{CalendarDate, ClockTime, Context, Draft, Field, Uses, WizardState};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The page on which a key is made or changed. What was set is on disk a tenth of a second later, and when `Phonein` is
/// closed; `new_key` or `edit_key` for the same thing brings it back.
///
/// Setters and `state` take no time. Times and dates are the intercom's.
#[derive(uniffi::Object)]
pub struct KeyWizard {
    core: Arc<Core>,
    subject: Subject,
    place: Place,
    draft: Mutex<Draft>,
    /// Whether it began with what was set another time, which was not thrown away since.
    is_brought_back: AtomicBool,
}

/// What the page must know of the intercom.
pub(super) struct Place {
    pub(super) zone: Option<String>,
    pub(super) has_inner_door: bool,
}

impl KeyWizard {
    pub(super) fn new(core: Arc<Core>, subject: Subject, place: Place, draft: Draft) -> Arc<Self> {
        let is_brought_back = AtomicBool::new(draft.is_touched());
        let wizard = Self { core, subject, place, draft: Mutex::new(draft), is_brought_back };
        wizard.keep(&wizard.draft());
        Arc::new(wizard)
    }

    fn draft(&self) -> MutexGuard<'_, Draft> {
        self.draft.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn keep(&self, draft: &Draft) {
        self.core.drafts.keep(&KeptDraft { subject: self.subject, draft: draft.clone() });
    }

    fn set(&self, set: impl FnOnce(&mut Draft)) {
        let mut draft = self.draft();
        set(&mut draft);
        self.keep(&draft);
    }

    fn with_context<T>(&self, with: impl FnOnce(&Context<'_>) -> T) -> T {
        let (words, now) = (self.core.words(), self.core.clock.now());
        let zone = self.core.zones.shown(self.place.zone.as_deref(), now);
        with(&Context {
            present: Present { now, zone: &zone },
            phone_zone: &words.phone_zone,
            has_inner_door: self.place.has_inner_door,
            text: &words.text,
        })
    }
}

#[uniffi::export]
impl KeyWizard {
    /// The page as it stands: which fields show, their values, what is wrong, the rule as a sentence.
    pub fn state(&self) -> WizardState {
        let draft = self.draft().clone();
        let mut state = self.with_context(|context| draft.state(context));
        state.brought_back = state.brought_back.filter(|_| self.is_brought_back.load(Ordering::Acquire));
        state
    }

    /// The intercom it is for.
    pub fn intercom(&self) -> String {
        self.subject.intercom.to_string()
    }

    /// The key that is edited; `None` in *New key*.
    pub fn key(&self) -> Option<String> {
        self.subject.key.map(|key| key.to_string())
    }

    /// The key's name, as typed so far.
    pub fn set_name(&self, name: &str) {
        self.set(|draft| draft.set_name(name));
    }

    /// The category.
    pub fn set_category(&self, category: Category) {
        self.set(|draft| draft.set_category(category));
    }

    /// *Unlimited Key*.
    pub fn set_unlimited(&self, on: bool) {
        self.set(|draft| draft.set_unlimited(on));
    }

    /// *Recurring*.
    pub fn set_recurring(&self, on: bool) {
        self.set(|draft| draft.set_recurring(on));
    }

    /// Single use: the start date.
    pub fn set_start_date(&self, date: CalendarDate) {
        self.set(|draft| draft.set_start_date(date));
    }

    /// Single use: the start time.
    pub fn set_start_time(&self, time: ClockTime) {
        self.set(|draft| draft.set_start_time(time));
    }

    /// Single use: the expiration date.
    pub fn set_expiry_date(&self, date: CalendarDate) {
        self.set(|draft| draft.set_expiry_date(date));
    }

    /// Single use: the expiration time.
    pub fn set_expiry_time(&self, time: ClockTime) {
        self.set(|draft| draft.set_expiry_time(time));
    }

    /// Single use: how often it opens each door.
    pub fn set_uses(&self, uses: Uses) {
        self.set(|draft| draft.set_uses(uses));
    }

    /// Recurring: chooses a weekday, 0 for Monday to 6 for Sunday, or takes it back.
    pub fn toggle_day(&self, day: i32) {
        self.with_context(|context| self.set(|draft| draft.toggle_day(day, context)));
    }

    /// Recurring: the first date.
    pub fn set_from(&self, date: CalendarDate) {
        self.set(|draft| draft.set_from(date));
    }

    /// Recurring: the last date.
    pub fn set_until(&self, date: CalendarDate) {
        self.set(|draft| draft.set_until(date));
    }

    /// Recurring: the time at which its hours begin.
    pub fn set_window_start(&self, time: ClockTime) {
        self.set(|draft| draft.set_window_start(time));
    }

    /// Recurring: the time at which they end; at or before the start it is the next day's.
    pub fn set_window_end(&self, time: ClockTime) {
        self.set(|draft| draft.set_window_end(time));
    }

    /// *Also Opens Inner Door*.
    pub fn set_inner_door(&self, on: bool) {
        self.set(|draft| draft.set_inner_door(on));
    }

    /// *Welcome Message*. Its text is kept while it is off.
    pub fn set_welcome_on(&self, on: bool) {
        self.set(|draft| draft.set_welcome_on(on));
    }

    /// The welcome message, as typed so far.
    pub fn set_welcome(&self, message: &str) {
        self.set(|draft| draft.set_welcome(message));
    }

    /// The person left a field: what is wrong with it is shown from now on.
    pub fn leave(&self, field: Field) {
        self.set(|draft| draft.leave(field));
    }

    /// START OVER: forgets what was set.
    pub fn start_over(&self) {
        self.is_brought_back.store(false, Ordering::Release);
        self.set(Draft::start_over);
    }

    /// Drops the draft. The page is to be closed then.
    pub fn discard(&self) {
        self.core.drafts.drop_of(self.subject);
    }

    /// CREATE KEY or SAVE: the key, once it is on disk. It goes to the intercom at the next chance. `Field` if something is
    /// wrong; from then on `state` shows all of it.
    pub async fn save(&self) -> Result<String, SaveError> {
        let fields = {
            let mut draft = self.draft();
            let saved = self.with_context(|context| draft.save(context));
            self.keep(&draft);
            saved.map_err(|field| {
                let wrong = self.with_context(|context| draft.state(context)).reason.unwrap_or_default();
                SaveError::Field { field, told: self.core.words().text.told_alone(wrong) }
            })?
        };
        let saved = self.core.save_key(self.subject, fields).await;
        let key = saved.map_err(|error| SaveError::Wallet { error })?;
        Ok(key.to_string())
    }
}
