//! The intercom, the people with their phones, and the clock they share.

use crate::screen::{show, tell};
use anyhow::{Context, Result, bail, ensure};
use phonein_core::api::{Accepted, KeyFilter, KeyRow, KeyWizard, PairingProgress, Phonein, Tap, TapState};
use phonein_core::text::refusal::Refusal;
use phonein_core::text::tap::Door;
use phonein_core::text::{DayClock, Text};
use phonein_core::zone;
use phonein_protocol::Time;
use phonein_protocol::rule::{Date, Minute};
use phonein_protocol::zone::ZoneTable;
use phonein_tests::passage::{Exchange, Traffic};
use phonein_tests::phone::{Phone, Pressed};
use phonein_tests::process::{IntercomProcess, Serves};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// The resident.
pub(crate) const ANNA: &str = "Anna";
const ZONE: &str = "Europe/Budapest";

/// Where the zone's table begins; all of the story is later.
const BEFORE: Time = 1_630_000_000;

/// Year, month, day, hour and minute that a clock in Budapest shows.
pub(crate) type Local = (i32, u8, u8, u16, u16);

/// Everything a step works with.
pub(crate) struct Stage {
    pub(crate) intercom: IntercomProcess,
    /// Keys as Anna's phone names them, and links she sent, by whom they are for.
    pub(crate) keys: BTreeMap<&'static str, String>,
    pub(crate) links: BTreeMap<&'static str, String>,
    people: BTreeMap<&'static str, Person>,
    zone: ZoneTable,
    now: Time,
    has_bluetooth: bool,
}

struct Person {
    phone: Phone,
    /// The intercom, as this phone names it in calls.
    place: Option<String>,
    /// The last opening of this phone, while the door may still be open.
    open: Option<Pressed>,
}

/// A tap, what it took, and what went over the air until it ended.
pub(crate) struct Tapped {
    pub(crate) tap: Tap,
    pub(crate) took: Duration,
    pub(crate) exchanges: Vec<Exchange>,
}

impl Stage {
    /// Where the intercom serves Bluetooth, its network address leads nowhere.
    pub(crate) async fn set(time: Local, serves: Serves) -> Result<Self> {
        let zone = zone::table(ZONE, BEFORE).context("Budapest has a time zone")?;
        let now = instant(&zone, time)?;
        let mut intercom = IntercomProcess::serving(serves, now).await?;
        let has_bluetooth = serves.bluetooth.is_some();
        if has_bluetooth {
            intercom.passage.set_traffic(Traffic::Cut);
            intercom.on_air().await?;
        }
        let (keys, links) = (BTreeMap::new(), BTreeMap::new());
        Ok(Self { intercom, keys, links, people: BTreeMap::new(), zone, now, has_bluetooth })
    }

    /// Somebody comes near the intercom, or goes away: within reach of their Bluetooth or not.
    pub(crate) async fn comes_near(&mut self, who: &'static str, near: bool) -> Result<()> {
        self.person(who).await?;
        let (adapter, intercom) = (adapter(who), self.intercom.on_air().await?.replace(':', "_"));
        if !near && self.person(who).await?.place.is_some() {
            // What the app still says is said, then the link ends. Whoever has none has nothing to end.
            self.core(who).await?.sync().await?;
            let _ = bluez(&format!("{adapter}/dev_{intercom}"), &["org.bluez.Device1.Disconnect"]);
        }
        power(adapter, near)
    }

    /// Moves all clocks.
    pub(crate) async fn clock(&mut self, time: Local) -> Result<()> {
        let time = instant(&self.zone, time)?;
        self.clock_at(time).await
    }

    /// Moves all clocks so much later.
    pub(crate) async fn later(&mut self, seconds: Time) -> Result<()> {
        self.clock_at(self.now + seconds).await
    }

    async fn clock_at(&mut self, time: Time) -> Result<()> {
        // Whoever is asking would find one clock moved and the other not.
        self.intercom.passage.quiet().await;
        self.intercom.set_time(time)?;
        for person in self.people.values() {
            person.phone.clock.set(time);
        }
        self.now = time;
        let words = Text::new("en", DayClock::TwentyFour).moment(time, &self.zone);
        tell(&format!("It is {words}."));
        Ok(())
    }

    /// Somebody's app; a new phone if they have none yet.
    pub(crate) async fn core(&mut self, who: &'static str) -> Result<Arc<Phonein>> {
        Ok(self.person(who).await?.phone.core.clone())
    }

    async fn person(&mut self, who: &'static str) -> Result<&mut Person> {
        if !self.people.contains_key(who) {
            let phone = if self.has_bluetooth {
                power(adapter(who), true)?;
                Phone::near(self.now, adapter(who)).await?
            } else {
                Phone::new(self.now).await?
            };
            self.people.insert(who, Person { phone, place: None, open: None });
        }
        self.people.get_mut(who).context("a person who is there")
    }

    /// The intercom on somebody's phone.
    pub(crate) async fn place(&mut self, who: &'static str) -> Result<String> {
        self.person(who).await?.place.clone().with_context(|| format!("{who} has no key and no intercom"))
    }

    /// Types the code of the device.
    pub(crate) async fn pair(&mut self, who: &'static str, own_name: &str) -> Result<PairingProgress> {
        let code = self.intercom.code();
        let person = self.person(who).await?;
        let ended = person.phone.try_pair(&code, "Home", own_name).await?;
        let (told, place) = match &ended {
            PairingProgress::Added { told, intercom } => (told, Some(intercom.clone())),
            PairingProgress::NotFound { told }
            | PairingProgress::WrongCode { told }
            | PairingProgress::AlreadyPaired { told }
            | PairingProgress::Failed { told }
            | PairingProgress::Cancelled { told } => (told, None),
            PairingProgress::Searching { .. } | PairingProgress::Connecting { .. } | PairingProgress::Asking { .. } => {
                bail!("no ending: {ended:?}")
            }
        };
        show(who, &told.sentence);
        person.place = place.or(person.place.take());
        Ok(ended)
    }

    /// Anna makes a key; its id on her phone.
    pub(crate) async fn make(&mut self, name: &str, set: impl FnOnce(&KeyWizard)) -> Result<String> {
        let place = self.place(ANNA).await?;
        let wizard = self.core(ANNA).await?.new_key(place).await?;
        wizard.set_name(name);
        set(&wizard);
        show(ANNA, &format!("NEW KEY “{name}”: {}", sentence(&wizard)?));
        Ok(wizard.save().await?)
    }

    /// Anna shares a key; its link.
    pub(crate) async fn send(&mut self, key: &str) -> Result<String> {
        let core = self.core(ANNA).await?;
        let share = core.share(key.to_owned()).await?;
        core.mark_shared(key.to_owned()).await?;
        Ok(share.link)
    }

    /// Somebody accepts a link.
    pub(crate) async fn accept(&mut self, who: &'static str, own_name: &str, link: &str) -> Result<Accepted> {
        let core = self.core(who).await?;
        let accepted = core.accept_link(link.to_owned(), own_name.to_owned()).await?;
        match &accepted {
            Accepted::Added { words, .. } => show(who, words),
            Accepted::Waiting { told, .. } | Accepted::Refused { told } => show(who, &told.sentence),
        }
        let intercoms = core.intercoms().await?;
        self.person(who).await?.place = intercoms.first().map(|intercom| intercom.id.clone());
        Ok(accepted)
    }

    /// Anna makes a key, and somebody gets and accepts its link; the key's id on Anna's phone.
    pub(crate) async fn give(&mut self, who: &'static str, name: &str, set: impl FnOnce(&KeyWizard)) -> Result<String> {
        let key = self.make(name, set).await?;
        let link = self.send(&key).await?;
        let accepted = self.accept(who, who, &link).await?;
        ensure!(matches!(accepted, Accepted::Added { .. }), "{who} was to get the key: {accepted:?}");
        Ok(key)
    }

    /// Somebody presses the button of a door.
    pub(crate) async fn tap(&mut self, who: &'static str, door: Door) -> Result<Tapped> {
        let place = self.place(who).await?;
        self.intercom.passage.quiet().await;
        let before = self.intercom.passage.count();
        let person = self.person(who).await?;
        // While a door is open, a press on it adds nothing.
        if let Some(mut pressed) = person.open.take() {
            pressed.over().await?;
        }
        let began = Instant::now();
        let mut pressed = person.phone.start_press(&place, None, door).await?;
        let tap = pressed.end().await?;
        let took = began.elapsed();
        person.open = matches!(tap.state, TapState::Opened { .. }).then_some(pressed);
        show_tap(who, &tap);
        Ok(Tapped { tap, took, exchanges: self.intercom.passage.since(before) })
    }

    /// Somebody presses a door's button, the intercom is killed by its relay's command, and started again.
    pub(crate) async fn tap_while_killed(&mut self, who: &'static str, door: Door) -> Result<Tap> {
        let place = self.place(who).await?;
        self.intercom.passage.quiet().await;
        self.intercom.dies_at_next_opening()?;
        let person = self.people.get(who).context("a person who is there")?;
        let intercom = &mut self.intercom;
        let back = async {
            intercom.killed().await?;
            intercom.start_again().await
        };
        let (tap, back) = tokio::join!(person.phone.press(&place, None, door), back);
        back?;
        let tap = tap?;
        show_tap(who, &tap);
        Ok(tap)
    }

    /// Somebody presses a door's button, and it opens.
    pub(crate) async fn opens(&mut self, who: &'static str, door: Door) -> Result<Tapped> {
        let moved = self.intercom.moved();
        let tapped = self.tap(who, door).await?;
        ensure!(matches!(tapped.tap.state, TapState::Opened { .. }), "was to open: {:?}", tapped.tap);
        self.intercom.moved_so_often(moved + 1).await?;
        Ok(tapped)
    }

    /// Somebody presses a door's button, and it stays shut.
    pub(crate) async fn refused(&mut self, who: &'static str, door: Door, detail: &str) -> Result<Refusal> {
        let moved = self.intercom.moved();
        let tap = self.tap(who, door).await?.tap;
        ensure!(self.intercom.moved() == moved, "the relay was not to move");
        ensure!(tap.detail == detail, "was to say “{detail}”: {tap:?}");
        match tap.state {
            TapState::Refused { refusal, .. } => Ok(refusal),
            _ => bail!("was to be refused: {tap:?}"),
        }
    }

    /// An intercom with a copy of this one's disk, after `change` was done to it.
    pub(crate) async fn copy_of_the_intercom(
        &self,
        change: impl FnOnce(&Path) -> Result<()>,
    ) -> Result<IntercomProcess> {
        self.intercom.start_copy(self.now, change).await
    }

    /// Waits until what `look` sees on somebody's phone is there.
    pub(crate) async fn until<T>(
        &mut self,
        who: &'static str,
        look: impl AsyncFnMut(&Phonein) -> Result<Option<T>>,
    ) -> Result<T> {
        self.person(who).await?.phone.until(look).await
    }

    /// A key with this name on somebody's phone.
    pub(crate) async fn row(&mut self, who: &'static str, name: &str) -> Result<KeyRow> {
        let keys = self.core(who).await?.keys(String::new(), KeyFilter::default(), None).await?.keys;
        keys.into_iter().find(|row| row.name == name).with_context(|| format!("no key “{name}” on {who}'s phone"))
    }
}

/// The Bluetooth adapter of somebody's phone.
fn adapter(who: &str) -> &'static str {
    if who == ANNA { "hci1" } else { "hci2" }
}

/// Switches an adapter on or off.
fn power(adapter: &str, on: bool) -> Result<()> {
    let set = ["org.freedesktop.DBus.Properties.Set", "string:org.bluez.Adapter1", "string:Powered"];
    bluez(adapter, &[&set[..], &[&format!("variant:boolean:{on}")]].concat())
}

/// Asks BlueZ, in the guest, for something of one of its objects.
fn bluez(object: &str, words: &[&str]) -> Result<()> {
    let mut asked = Command::new("dbus-send");
    asked.args(["--system", "--print-reply", "--dest=org.bluez", &format!("/org/bluez/{object}")]).args(words);
    let output = asked.output().context("dbus-send is for the guest")?;
    ensure!(output.status.success(), "BlueZ says of {object}: {}", String::from_utf8_lossy(&output.stderr).trim());
    Ok(())
}

fn show_tap(who: &str, tap: &Tap) {
    let button = if tap.door == Door::Entrance { "ENTRANCE" } else { "INNER DOOR" };
    let words: Vec<_> = [&tap.title, &tap.detail].into_iter().filter(|word| !word.is_empty()).cloned().collect();
    show(who, &format!("{button}: {}", words.join(". ")));
}

/// A link without what makes it worth something.
pub(crate) fn link_cut(link: &str) -> String {
    let shown = link.split_once('#').map_or("", |(address, _)| address);
    format!("{shown}#… ({} characters)", link.len())
}

/// The rule as the wizard says it.
pub(crate) fn sentence(wizard: &KeyWizard) -> Result<String> {
    let state = wizard.state();
    state.sentence.with_context(|| format!("no sentence: {:?}", state.reason))
}

/// The first instant at which a clock of this zone shows this.
fn instant(zone: &ZoneTable, (year, month, day, hour, minute): Local) -> Result<Time> {
    let date = Date::from_ymd(year, month, day).context("no date")?;
    let minute = Minute::at(hour, minute).context("no time of day")?;
    Ok(zone.instants(date, minute).start())
}
