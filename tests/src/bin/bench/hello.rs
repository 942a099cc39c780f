//! HELLOs leave nothing behind in an intercom.

use crate::goals;
use crate::program::Program;
use crate::table::{Figure, Table};
use anyhow::{Context, Result, anyhow};
use phonein_core::exchange::{BaseUrl, HttpClient, HttpTransport, Transport};
use phonein_protocol::id::Doors;
use phonein_protocol::intercom::{Config, Intercom, MemoryStore, Moment};
use phonein_protocol::session::intercom::IntercomKeys;
use phonein_protocol::session::{KeyPair, PairingSecret};
use phonein_tests::process::memory_kib;
use std::hint::black_box;
use std::path::Path;
use tokio::task::JoinSet;

/// HELLOs of the judgement alone, and of the program before and after it is looked at.
const MANY: u64 = 1_000_000;
/// Until everything that is kept once is there.
const WARM_UP: u64 = 10_000;
/// Asking at once: as many requests as the intercom lets wait for one address.
const PHONES: u64 = 4;

/// The memory of intercoms before and after many HELLOs.
pub(crate) async fn measure(directory: &Path, table: &mut Table) -> Result<()> {
    let (before, after) = alone()?;
    table.row(&goals::HELLOS_ALONE, kib(after), ("before", kib(before)));
    let program = Program::start(&directory.join("asked"), None).await?;
    ask(&program, WARM_UP).await?;
    let at_first = memory_kib(program.id())?;
    ask(&program, MANY).await?;
    let before = memory_kib(program.id())?;
    ask(&program, MANY).await?;
    let after = memory_kib(program.id())?;
    // What it has once, the tokens' sets and the pools of its threads, is there after the first million; a leak would go on.
    table.row(&goals::HELLOS, kib(after), ("after 1,000,000", kib(before)));
    table.note(&format!("the program after {WARM_UP} HELLOs: {at_first} KiB"));
    Ok(())
}

pub(crate) fn kib(value: f64) -> Figure {
    Figure::exact(value, "KiB")
}

/// One HELLO each millisecond, so that epochs come and go.
fn alone() -> Result<(f64, f64)> {
    let session = KeyPair::from_private([7; 32].into());
    let config = Config { intercom: *session.public(), doors: Doors::BOTH, seconds: 1, urls: Vec::new() };
    let keys = IntercomKeys { session, pairing: PairingSecret::of(&[1; 16]) };
    let moment = |mono_ms| Moment { mono_ms, system: None };
    let Ok(mut intercom) = Intercom::start(config, keys, MemoryStore::default(), 1, &moment(0));
    let mut before = 0.0;
    for number in 0..MANY + WARM_UP {
        if number == WARM_UP {
            before = memory_kib(std::process::id())?;
        }
        let mut random = [0; 32];
        getrandom::fill(&mut random).map_err(|error| anyhow!("no randomness: {error}"))?;
        black_box(intercom.hello(&moment(number), &random));
    }
    Ok((before, memory_kib(std::process::id())?))
}

async fn ask(program: &Program, hellos: u64) -> Result<()> {
    let base = BaseUrl::parse(&program.address).ok().context("an address")?;
    let client = HttpClient::new()?;
    let mut phones = JoinSet::new();
    for _ in 0..PHONES {
        let http = HttpTransport::new(&client, &base);
        phones.spawn(async move {
            for _ in 0..hellos / PHONES {
                http.hello().await.map_err(|fault| anyhow!("no HELLO: {fault:?}"))?;
            }
            Ok(())
        });
    }
    phones.join_all().await.into_iter().collect()
}
