//! *Add device*.

use super::core::Core;
use super::error::{AddError, AddField};
use super::listener::{PairingListener, PairingProgress};
use super::phonein::Phonein;
use super::reach::path_fault;
use super::record::CodeReading;
use super::signing::new_alias;
use super::teller::Teller;
use super::watch::News;
use crate::exchange::{self, BaseUrl, Introduction, Obstacle, PairError, Paired, Step, Via};
use crate::host::Task;
use crate::keys::PhoneKey;
use crate::share::DeviceCode;
use crate::text::pairing::{CodeCheck, PairingEnding, PairingProblem, PairingStep};
use crate::text::refusal::Refusal;
use crate::text::tap::{PathFault, TapEnding};
use crate::text::{Present, Text, Told};
use crate::wallet::{IntercomId, Joined, Pairing as Kept, WalletError as Fault};
use crate::zone;
use std::sync::{Arc, Mutex, PoisonError};

/// An intercom that is being added. Dropping it ends the attempt, and so does `cancel`; either way adding the same device
/// again finishes what the intercom may have accepted already.
#[derive(uniffi::Object)]
pub struct Pairing {
    task: Task,
    teller: Mutex<Option<Teller<PairingProgress>>>,
    core: Arc<Core>,
}

#[uniffi::export]
impl Pairing {
    /// Ends the attempt, if it has not ended.
    pub fn cancel(&self) {
        if self.task.is_over() {
            return;
        }
        self.task.end();
        if let Some(teller) = self.teller.lock().unwrap_or_else(PoisonError::into_inner).take() {
            teller.tell(PairingProgress::Cancelled {
                told: self.core.words().text.pairing_ending(PairingEnding::Cancelled),
            });
        }
    }
}

#[uniffi::export]
impl Phonein {
    /// Reads a device code while it is being typed, or one that was scanned: what it is, or what is missing. Takes no time.
    #[uniffi::method(default(scanned = false))]
    pub fn check_code(&self, text: &str, scanned: bool) -> CodeReading {
        let words = self.core.words().text;
        match DeviceCode::read(text) {
            Ok(code) if code.address.as_deref().is_some_and(|address| BaseUrl::parse(address).is_err()) => {
                CodeReading {
                    shown: text.to_owned(),
                    code: None,
                    address: None,
                    words: words.pairing_problem(PairingProblem::NotAnAddress),
                    is_wrong: true,
                }
            }
            Ok(code) => {
                let printed = code.to_text().to_string();
                let may_go_on = !scanned && (code.address.is_some() || text.ends_with(' '));
                CodeReading {
                    shown: if may_go_on { text.to_owned() } else { printed.clone() },
                    code: Some(printed),
                    address: code.address.filter(|_| scanned),
                    words: words.code_check(CodeCheck::Complete),
                    is_wrong: false,
                }
            }
            Err(check) => CodeReading {
                shown: text.to_owned(),
                code: None,
                address: None,
                // Nothing is missing yet of what nobody began to type.
                words: if text.trim().is_empty() { String::new() } else { words.code_check(check) },
                is_wrong: !matches!(check, CodeCheck::Missing(_)),
            },
        }
    }

    /// Adds the intercom with this UUID. `code` may hold its address behind a space; `address`, if it is not empty, counts
    /// more. `name` is what the intercom is called here, `own_name` what its activity calls this phone's person.
    pub async fn add_intercom(
        &self,
        code: String,
        address: String,
        name: String,
        own_name: String,
        listener: Arc<dyn PairingListener>,
    ) -> Result<Arc<Pairing>, AddError> {
        let core = self.core.clone();
        let wish = Wish::read(&core.words().text, &code, &address, &name, &own_name)?;
        let teller = Teller::start(&core.spawner, move |progress| listener.on_pairing(progress));
        let wallet = |error| AddError::Wallet { error };
        let kept = self.core.see_through(async move { core.keep_pairing(&wish).await.map(|kept| (wish, kept)) }).await;
        let (wish, kept) = kept.map_err(wallet)?;
        let task = self.core.spawner.start(self.core.clone().pair(wish, kept, teller.clone()));
        Ok(Arc::new(Pairing { task, teller: Mutex::new(Some(teller)), core: self.core.clone() }))
    }
}

/// What was typed, understood.
#[derive(Clone)]
struct Wish {
    code: DeviceCode,
    address: Option<BaseUrl>,
    name: String,
    own_name: String,
}

impl Wish {
    fn read(text: &Text, code: &str, address: &str, place: &str, person: &str) -> Result<Self, AddError> {
        let wrong = |field, words| AddError::Field { field, told: text.told_alone(words) };
        let code = DeviceCode::read(code).map_err(|check| wrong(AddField::Code, text.code_check(check)))?;
        let typed = if address.trim().is_empty() { code.address.as_deref().unwrap_or_default() } else { address };
        // What stands behind the UUID is wrong there.
        let field = if address.trim().is_empty() { AddField::Code } else { AddField::Address };
        let no_address = || wrong(field, text.pairing_problem(PairingProblem::NotAnAddress));
        let address = match typed.trim() {
            "" => None,
            typed => Some(BaseUrl::parse(typed).map_err(|_| no_address())?),
        };
        let name = text.name(place, PairingProblem::NoIntercomName).map_err(|words| wrong(AddField::Name, words))?;
        let own_name = text.name(person, PairingProblem::NoOwnName).map_err(|words| wrong(AddField::OwnName, words))?;
        Ok(Self { code, address, name, own_name })
    }
}

impl Core {
    /// Writes the attempt down before anything is sent, so that an answer that is lost can be asked for again.
    async fn keep_pairing(self: &Arc<Self>, wish: &Wish) -> Result<Kept, Fault> {
        let (uuid, own_name) = (*wish.code.uuid, wish.own_name.clone());
        let address = wish.address.as_ref().map(|url| url.as_str().to_owned());
        let name = wish.name.clone();
        let fresh = new_alias()?;
        let (kept, old) = self
            .db(move |core| {
                core.wallet.set_own_name(&own_name)?;
                let before = core.wallet.pairing()?;
                // The same device: the intercom may have this phone's key already.
                let (same, other) = match before {
                    Some(before) if before.uuid == uuid => (Some(before.alias.clone()), None),
                    Some(before) => (None, Some(before.alias.clone())),
                    None => (None, None),
                };
                let kept = Kept { uuid, alias: same.unwrap_or(fresh), name, address };
                core.wallet.begin_pairing(&kept)?;
                Ok((kept, other))
            })
            .await?;
        self.forget_alias(old).await;
        Ok(kept)
    }

    async fn pair(self: Arc<Self>, wish: Wish, kept: Kept, teller: Teller<PairingProgress>) {
        let text = self.words().text;
        let ended = match self.keystore.create(kept.alias.clone()).await {
            Err(error) => Err(Fault::Fault { reason: error.to_string() }),
            Ok(key) => self.ask_to_pair(&wish, &key, &teller).await,
        };
        let ending = |ending| text.pairing_ending(ending);
        let progress = match ended {
            Ok(Ok(intercom)) => {
                PairingProgress::Added { intercom: intercom.to_string(), told: ending(PairingEnding::Added) }
            }
            Ok(Err(PairError::NotFound { paths })) => {
                let address = wish.address.as_ref().map_or("", BaseUrl::as_str);
                PairingProgress::NotFound { told: not_found(&paths, address, &text) }
            }
            Ok(Err(PairError::NoAnswer { .. })) => {
                PairingProgress::Failed { told: text.tap_ending(TapEnding::NoAnswer) }
            }
            Ok(Err(PairError::WrongCode)) => PairingProgress::WrongCode { told: ending(PairingEnding::WrongCode) },
            Ok(Err(PairError::AlreadyPaired)) => {
                PairingProgress::AlreadyPaired { told: ending(PairingEnding::AlreadyPaired) }
            }
            Ok(Err(PairError::Refused(outcome))) => {
                let zone = self.zones.shown(None, self.clock.now());
                let present = Present { now: self.clock.now(), zone: &zone };
                let refusal = Refusal::of_outcome(outcome).unwrap_or(Refusal::Malformed);
                PairingProgress::Failed { told: text.refusal(refusal, &present) }
            }
            Err(fault) => {
                tracing::error!(%fault, "pairing failed");
                PairingProgress::Failed { told: text.trouble(crate::text::notice::Trouble::Fault) }
            }
        };
        teller.tell(progress);
    }

    async fn ask_to_pair(
        self: &Arc<Self>,
        wish: &Wish,
        key: &PhoneKey,
        teller: &Teller<PairingProgress>,
    ) -> Result<Result<IntercomId, PairError>, Fault> {
        let (words, now) = (self.words(), self.clock.now());
        // A zone this build does not know goes untold; the intercom then keeps its own.
        let zone = zone::table(&words.phone_zone, now).ok();
        let introduction = Introduction { name: wish.own_name.clone(), zone, now };
        let on_step = |step| teller.tell(progress(&words.text, step));
        let ways = self.lines.ways_to(wish.address.as_ref());
        let paired = match exchange::pair(ways, &wish.code.uuid, key, introduction, &on_step).await {
            Ok(paired) => paired,
            Err(refused @ (PairError::WrongCode | PairError::AlreadyPaired | PairError::Refused(_))) => {
                // The intercom does not have this key: nothing to come back for.
                self.db(|core| core.wallet.end_pairing()).await?;
                self.forget_alias(Some(key.alias().to_owned())).await;
                return Ok(Err(refused));
            }
            // It may have agreed: the key stays for the next attempt.
            Err(unanswered) => return Ok(Err(unanswered)),
        };
        // The intercom has agreed: that is kept, whoever cancels now.
        let (core, wish, key) = (self.clone(), wish.clone(), key.clone());
        let kept = self.spawner.see_through(async move {
            let (id, old) = core.keep_paired(&wish, &key, paired).await?;
            core.forget_alias(old).await;
            core.changes.tell([News::Intercoms, News::Keys, News::Doors]);
            core.reach_soon(id);
            Ok(id)
        });
        kept.await.map_err(|lost| Fault::Fault { reason: lost.reason })?.map(Ok)
    }

    async fn keep_paired(
        self: &Arc<Self>,
        wish: &Wish,
        key: &PhoneKey,
        paired: Paired,
    ) -> Result<(IntercomId, Option<String>), Fault> {
        let (name, alias, phone_key) = (wish.name.clone(), key.alias().to_owned(), *key.public());
        let address = wish.address.as_ref().map(|url| url.as_str().to_owned());
        let zone = self.words().phone_zone;
        self.db(move |core| {
            let (now, now_ms) = (core.clock.now(), core.clock.now_ms());
            let Paired { intercom, doors, urls, clock_differs, via } = paired;
            let joined = Joined {
                public_key: intercom,
                name: &name,
                doors,
                alias: &alias,
                phone_key,
                address: address.as_deref(),
                urls: &urls,
                zone: zone::exists(&zone).then_some(&*zone),
            };
            let (id, old) = core.wallet.paired(&joined, now_ms)?;
            core.wallet.rename_intercom(id, &name)?;
            core.wallet.heard(id, via, now)?;
            core.wallet.set_clock_differs(id, clock_differs, now)?;
            Ok((id, old))
        })
        .await
    }
}

/// What is said where no intercom was found: what Bluetooth did not find is only said where it could look.
fn not_found(paths: &[Obstacle], address: &str, text: &Text) -> Told {
    let fault = |via| paths.iter().find(|path| path.via == via).map(|path| path_fault(path, address));
    let unusable = fault(Via::Bluetooth).filter(|fault| {
        matches!(fault, PathFault::BluetoothOff | PathFault::BluetoothDenied | PathFault::BluetoothMissing)
    });
    let Some(unusable) = unusable else { return text.pairing_ending(PairingEnding::NotFound) };
    text.path_fault(&fault(Via::Http).filter(|fault| *fault != PathFault::NoAddress).unwrap_or(unusable))
}

fn progress(text: &Text, step: Step) -> PairingProgress {
    match step {
        Step::Searching => PairingProgress::Searching { words: text.pairing_step(PairingStep::Searching) },
        Step::Connecting => PairingProgress::Connecting { words: text.pairing_step(PairingStep::Connecting) },
        Step::Asking => PairingProgress::Asking { words: text.pairing_step(PairingStep::Asking) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::Fault as Hindrance;
    use crate::text::DayClock;

    /// The title, where each way failed like this.
    fn said(network: Hindrance, bluetooth: Hindrance) -> String {
        let paths = [(Via::Http, network), (Via::Bluetooth, bluetooth)].map(|(via, fault)| Obstacle { via, fault });
        not_found(&paths, "http://192.168.1.40", &Text::new("en", DayClock::TwentyFour)).title
    }

    #[test]
    fn bluetooth_has_not_found_what_it_could_not_look_for() {
        for network in [Hindrance::NoAddress, Hindrance::Silent] {
            assert_eq!(said(network, Hindrance::NotNear), "Not found over Bluetooth");
        }
        assert_eq!(said(Hindrance::NoAddress, Hindrance::BluetoothMissing), "This phone has no Bluetooth");
        assert_eq!(said(Hindrance::NoAddress, Hindrance::BluetoothOff), "Bluetooth is off");
        assert_eq!(said(Hindrance::NoAddress, Hindrance::BluetoothDenied), "Phonein may not use Bluetooth");
        for unusable in [Hindrance::BluetoothMissing, Hindrance::BluetoothOff, Hindrance::BluetoothDenied] {
            assert_eq!(said(Hindrance::Silent, unusable), "Nothing answers at http://192.168.1.40");
        }
    }
}
