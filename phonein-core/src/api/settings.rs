//! *Settings of an intercom*.

use super::core::Core;
use super::error::{AddField, IntercomError, WalletError};
use super::phonein::Phonein;
use super::reach::NotDone;
use super::record::{ClockReading, IntercomSettings, KeyRow, Manager, PathChoice, SettingsChange, Sign, id_of};
use super::watch::News;
use crate::exchange::BaseUrl;
use crate::text::key::KeyStatus;
use crate::text::pairing::PairingProblem;
use crate::wallet::{Intercom, IntercomId, Manages, Transport, WalletError as Fault};
use crate::zone;
use phonein_protocol::id::Kid;
use phonein_protocol::message::{Body, Detail, Outcome, SettingsWrite};
use std::collections::HashSet;
use std::sync::Arc;

/// An hour, for which strangers' refusals are counted.
const HOUR: i64 = 3_600;

#[uniffi::export]
impl Phonein {
    /// The settings as they are known; `sync` reads them anew.
    pub async fn settings(&self, intercom: String) -> Result<IntercomSettings, WalletError> {
        self.core.ask(move |core| core.settings(id_of(&intercom)?)).await
    }

    /// Changes one setting. What the intercom keeps is asked of it and done when this returns.
    pub async fn change_settings(&self, intercom: String, change: SettingsChange) -> Result<(), IntercomError> {
        let core = self.core.clone();
        let changing = async move {
            let changed = core.change_settings(id_of(&intercom)?, change).await;
            core.changes.tell([News::Intercoms, News::Doors]);
            changed
        };
        self.core.run_there(changing).await
    }

    /// The answer to the question whose clock is right: this phone's, which the intercom then takes, or leave it.
    pub async fn answer_clock(&self, intercom: String, use_this_phone: bool) -> Result<(), IntercomError> {
        let core = self.core.clone();
        let answering = async move {
            let answered = core.answer_clock(id_of(&intercom)?, use_this_phone).await;
            core.changes.tell([News::Intercoms]);
            answered
        };
        self.core.run_there(answering).await
    }

    /// The time zones to choose from: those in whose names all the words of `search` are, the likeliest first; all of them
    /// if it is empty.
    #[uniffi::method(default(search = ""))]
    pub async fn zone_names(&self, search: String) -> Result<Vec<String>, WalletError> {
        self.core.ask(move |_| Ok(zone::search(&search))).await
    }
}

impl Core {
    fn settings(&self, id: IntercomId) -> Result<IntercomSettings, Fault> {
        let intercom = self.wallet.intercom(id)?;
        let words = self.words();
        let now = self.clock.now();
        let zone = intercom.zone.clone().unwrap_or_else(|| "UTC".to_owned());
        let waiting = self.wallet.changes_waiting(id)?;
        let strangers =
            intercom.settings_at.filter(|at| now.saturating_sub(*at) < HOUR).map_or(0, |_| intercom.strangers);
        let heard = intercom.heard.map(|(at, via)| (at, via.into()));
        let zone_words = words.text.zones(&zone, &words.phone_zone);
        let clock = self.clock_reading(&intercom);
        Ok(IntercomSettings {
            inner_door: intercom.inner_door.filter(|_| intercom.is_manager),
            clock_words: clock.as_ref().map_or_else(|| zone_words.clone(), |clock| clock.title.clone()),
            zone_words,
            zone,
            clock,
            managers: self.managers(&intercom)?,
            candidates: self.candidates(&intercom)?,
            address: intercom.address.clone(),
            address_words: intercom.address.clone().unwrap_or_else(|| intercom.urls.join(", ")),
            paths: intercom.transport.into(),
            ask_first: intercom.ask_presence,
            changes_words: words.text.changes_waiting(waiting),
            changes_sign: if waiting == 0 { Sign::Check } else { Sign::Arrows },
            heard_words: self.at(&intercom, |present| words.text.heard(heard, present)),
            strangers_words: (strangers > 0).then(|| words.text.strangers(strangers)),
            intercom: (&intercom).into(),
        })
    }

    fn clock_reading(&self, intercom: &Intercom) -> Option<ClockReading> {
        let (text, now) = (self.words().text, self.clock.now());
        if let Some(ahead) = intercom.clock_ahead {
            let shows = now.saturating_add(ahead);
            let told = self.at(intercom, |present| text.clock_differs(shows, now, present.zone));
            return Some(ClockReading { title: told.title, detail: told.detail, asks: true });
        }
        intercom.settings_at?;
        match intercom.clock_error {
            None => {
                let told = text.clock_unknown();
                Some(ClockReading { title: told.title, detail: told.detail, asks: false })
            }
            // A minute is what a person's own watch may be off.
            Some(error) if error > 60 => {
                Some(ClockReading { title: text.clock_error(error), detail: String::new(), asks: false })
            }
            Some(_) => None,
        }
    }

    fn managers(&self, intercom: &Intercom) -> Result<Vec<Manager>, Fault> {
        let text = self.words().text;
        let mut managers: Vec<Manager> = Vec::new();
        for person in self.wallet.people(intercom.id)? {
            if person.manages != Manages::Yes {
                continue;
            }
            let is_this_phone = person.kid == intercom.kid;
            let known = if person.name.is_empty() { text.unknown_person() } else { person.name };
            let name = if is_this_phone { text.manager_here(&known) } else { known };
            managers.push(Manager { id: super::managers::kid_text(person.kid), name, is_this_phone });
        }
        managers.sort_by_key(|manager| (!manager.is_this_phone, manager.name.clone()));
        Ok(managers)
    }

    /// A key of each who could be made a manager, the newest of theirs.
    fn candidates(&self, intercom: &Intercom) -> Result<Vec<KeyRow>, Fault> {
        if !intercom.is_manager {
            return Ok(Vec::new());
        }
        let people = self.wallet.people(intercom.id)?;
        let mut passed: HashSet<Kid> =
            people.iter().filter(|person| person.manages == Manages::Yes).map(|person| person.kid).collect();
        passed.insert(intercom.kid);
        let mut candidates = Vec::new();
        for key in self.wallet.held_keys(intercom.id)? {
            let row = self.key_row(&key, intercom);
            let Some((kid, _)) = key.ledger.holder else { continue };
            if matches!(row.status, KeyStatus::Held { .. }) && passed.insert(kid) {
                candidates.push(row);
            }
        }
        Ok(candidates)
    }

    async fn change_settings(self: &Arc<Self>, id: IntercomId, change: SettingsChange) -> Result<(), NotDone> {
        let text = self.words().text;
        match change {
            SettingsChange::InnerDoor { on } => {
                self.write_settings(id, SettingsWrite { inner_door: Some(on), ..SettingsWrite::default() }).await
            }
            SettingsChange::Zone { zone } => {
                let table = zone::table(&zone, self.clock.now());
                let table = table.map_err(|_| NotDone::Field(AddField::Zone, text.no_such_zone()))?;
                self.write_settings(id, SettingsWrite { zone: Some(table), ..SettingsWrite::default() }).await
            }
            SettingsChange::Address { address } => {
                let wrong = || NotDone::Field(AddField::Address, text.pairing_problem(PairingProblem::NotAnAddress));
                let url = match address.trim() {
                    "" => None,
                    typed => Some(BaseUrl::parse(typed).map_err(|_| wrong())?),
                };
                Ok(self.db(move |core| core.wallet.set_address(id, url.as_ref().map(BaseUrl::as_str))).await?)
            }
            SettingsChange::Paths { paths } => {
                Ok(self.db(move |core| core.wallet.set_transport(id, paths.into())).await?)
            }
            SettingsChange::AskFirst { on } => Ok(self.db(move |core| core.wallet.set_ask_presence(id, on)).await?),
        }
    }

    async fn answer_clock(self: &Arc<Self>, id: IntercomId, use_this_phone: bool) -> Result<(), NotDone> {
        if use_this_phone {
            let clock = Some(self.clock.now());
            self.write_settings(id, SettingsWrite { clock, ..SettingsWrite::default() }).await?;
        }
        Ok(self.db(move |core| core.wallet.set_clock_differs(id, None, core.clock.now())).await?)
    }

    async fn write_settings(self: &Arc<Self>, id: IntercomId, write: SettingsWrite) -> Result<(), NotDone> {
        let intercom = self.db(move |core| core.wallet.intercom(id)).await?;
        let revision = match intercom.revision {
            Some(revision) => revision,
            None => self.read_settings(&intercom).await?,
        };
        match self.ask_there(&intercom, Body::WriteSettings { revision, write: Ok(write) }).await {
            Ok(_) => {}
            // Whoever reads them again sees what is different.
            Err(NotDone::Refused(intercom, Outcome::SettingsChanged)) => {
                self.read_settings(&intercom).await?;
                return Err(NotDone::Refused(intercom, Outcome::SettingsChanged));
            }
            Err(other) => return Err(other),
        }
        self.read_settings(&intercom).await?;
        Ok(())
    }

    /// Reads the settings as they are at the intercom; returns their revision.
    pub(super) async fn read_settings(self: &Arc<Self>, intercom: &Intercom) -> Result<u64, NotDone> {
        let (id, answer) = (intercom.id, self.ask_there(intercom, Body::ReadSettings).await?);
        let Detail::Settings(settings) = answer.detail else {
            return Err(NotDone::Refused(intercom.clone(), Outcome::Malformed));
        };
        let revision = settings.revision;
        self.db(move |core| core.wallet.save_settings(id, &settings, core.clock.now())).await?;
        Ok(revision)
    }
}

impl From<Transport> for PathChoice {
    fn from(transport: Transport) -> Self {
        match transport {
            Transport::Both => Self::Both,
            Transport::Bluetooth => Self::Bluetooth,
            Transport::Network => Self::Network,
        }
    }
}

impl From<PathChoice> for Transport {
    fn from(paths: PathChoice) -> Self {
        match paths {
            PathChoice::Both => Self::Both,
            PathChoice::Bluetooth => Self::Bluetooth,
            PathChoice::Network => Self::Network,
        }
    }
}
