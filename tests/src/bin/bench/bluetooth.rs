//! Openings over Bluetooth beside a bare loop of btleplug against the same intercom, in the guest.

use crate::goals;
use crate::people::{near, pair, phone, press};
use crate::program::Program;
use crate::sample::Samples;
use crate::table::Table;
use anyhow::Result;
use phonein_core::api::{PathChoice, Phonein, SettingsChange};
use phonein_core::text::tap::Door;
use phonein_protocol::session::Hello;
use phonein_tests::central::{BareLink, Central, Device};
use phonein_tests::stranger::{Stranger, now};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::time::sleep;

/// Connections of either kind.
const ROUNDS: usize = 10;
/// Openings of the race beside openings by one way.
const RACES: usize = 15;
/// Until the sync after an opening is over, in a slow guest.
const REST: Duration = Duration::from_millis(700);

/// Bare loop and core in turn, each alone with the intercom; then the race.
pub(crate) async fn measure(directory: &Path, table: &mut Table) -> Result<()> {
    let program = Program::serving(&directory.join("air"), None, Some("hci0")).await?;
    let address = program.on_air().await?;
    let bare = Central::at("hci2").await?.find(&address).await?;
    let stranger = stranger(&program, &bare).await?;
    let anna = Person::new(&program, near(&directory.join("anna"), "hci1").await?, PathChoice::Bluetooth).await?;
    let annas = Central::at("hci1").await?.find(&address).await?;
    against_bare(&bare, &stranger, &anna, &annas, table).await?;

    annas.leave().await?;
    let network = Person::new(&program, phone(&directory.join("network")).await?, PathChoice::Network).await?;
    let both = Person::new(&program, near(&directory.join("both"), "hci3").await?, PathChoice::Both).await?;
    let _ready =
        (network.core.stay_ready(network.place.clone()).await?, both.core.stay_ready(both.place.clone()).await?);
    race(&both, &network, table).await
}

/// A manager by the protocol alone.
async fn stranger(program: &Program, device: &Device) -> Result<Stranger> {
    let mut stranger = Stranger::knowing([0; 32])?;
    let (mut link, hello, _) = device.greet().await?;
    let (req, awaiting) = stranger.pairing(&hello, &program.uuid()?, now()?)?;
    link.say(&req).await?;
    stranger.paired(awaiting, &link.message().await?)?;
    device.leave().await?;
    Ok(stranger)
}

/// A manager with the core.
struct Person {
    core: Arc<Phonein>,
    place: String,
}

impl Person {
    async fn new(program: &Program, core: Arc<Phonein>, paths: PathChoice) -> Result<Self> {
        program.hold_button()?;
        let place = pair(&core, &program.code(&program.url())).await?;
        core.change_settings(place.clone(), SettingsChange::Address { address: String::new() }).await?;
        core.change_settings(place.clone(), SettingsChange::Paths { paths }).await?;
        Ok(Self { core, place })
    }

    /// An opening, shut again.
    async fn open(&self) -> Result<Took> {
        let opened = press(&self.core, &self.place, Door::Entrance, || {}).await?;
        let took = Took { all: opened.took, asked: opened.asked };
        opened.shut().await?;
        sleep(REST).await;
        Ok(took)
    }
}

/// How long an opening took.
#[derive(Clone, Copy)]
struct Took {
    all: Duration,
    /// Until the request had left.
    asked: Duration,
}

/// Openings, and their two parts.
#[derive(Default)]
struct Openings {
    all: Samples,
    asked: Samples,
    answered: Samples,
}

impl Openings {
    fn add(&mut self, took: Took) {
        self.all.add(took.all);
        self.asked.add(took.asked);
        self.answered.add(took.all.saturating_sub(took.asked));
    }

    fn parts(&self, what: &str) -> String {
        let (asked, answered) = (self.asked.ms().text(), self.answered.ms().text());
        format!("parts, {what}: tap to REQ {asked}, REQ to opened {answered}")
    }
}

async fn against_bare(
    bare: &Device,
    stranger: &Stranger,
    anna: &Person,
    annas: &Device,
    table: &mut Table,
) -> Result<()> {
    let (mut cold, mut warm, mut limit) = (Openings::default(), Openings::default(), Samples::default());
    let (mut write, mut parts) = (Samples::default(), <[Samples; 3]>::default());
    anna.open().await?;
    for _ in 0..ROUNDS {
        annas.leave().await?;
        let (mut link, hello, took) = bare.greet().await?;
        let first = write_to_notify(&mut link, stranger, hello).await?;
        limit.add(took.connect + took.discover + took.subscribe + first.0);
        for (samples, part) in parts.iter_mut().zip([took.connect, took.discover, took.subscribe]) {
            samples.add(part);
        }
        write.add(first.0);
        write.add(write_to_notify(&mut link, stranger, first.1).await?.0);
        bare.leave().await?;
        cold.add(anna.open().await?);
        warm.add(anna.open().await?);
    }
    let bare = ("bare: connect, discover, subscribe, write → notify", limit.ms());
    table.row(&goals::AIR_COLD, cold.all.ms(), bare);
    table.row(&goals::AIR_WARM, warm.all.ms(), ("bare: write → notify", write.ms()));
    table.note(&cold.parts("no link yet"));
    table.note(&warm.parts("link up"));
    let [connect, discover, subscribe] = &parts;
    table.note(&format!(
        "parts, bare: connect {}, discover {}, subscribe to HELLO {}, write a Status to its answer {}",
        connect.ms().text(),
        discover.ms().text(),
        subscribe.ms().text(),
        write.ms().text()
    ));
    Ok(())
}

/// From writing a Status, composed before, to its answer; and the next HELLO.
async fn write_to_notify(link: &mut BareLink, stranger: &Stranger, hello: Hello) -> Result<(Duration, Hello)> {
    let (req, awaiting) = stranger.status(&hello)?;
    let began = Instant::now();
    link.say(&req).await?;
    let res = link.message().await?;
    let took = began.elapsed();
    Ok((took, stranger.hello_in(awaiting, &res)?))
}

/// HTTP on loopback is the faster of the two.
async fn race(both: &Person, network: &Person, table: &mut Table) -> Result<()> {
    let (mut raced, mut alone) = (Openings::default(), Openings::default());
    both.open().await?;
    network.open().await?;
    for _ in 0..RACES {
        raced.add(both.open().await?);
        alone.add(network.open().await?);
    }
    table.row(&goals::RACE, raced.all.ms(), ("HTTP alone", alone.all.ms()));
    table.note(&raced.parts("both ways"));
    table.note(&alone.parts("HTTP alone"));
    Ok(())
}
