//! Those who flood, in a process of their own.

use super::resident::{Resident, hello};
use crate::FLOOD;
use crate::program::Program;
use anyhow::{Context, Result};
use phonein_protocol::id::{KeyId, Kid};
use phonein_tests::stranger::{Link, Stranger};
use phonein_tests::wire::{Wire, post};
use serde::{Deserialize, Serialize};
use std::env;
use std::io::{BufRead, BufReader, Write, stdin};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::time::{sleep, timeout};

/// Forged requests come from so many sources.
pub(crate) const SOURCES_OF_FORGERS: u64 = 4;
/// How long anybody waits for an answer.
const PATIENCE: Duration = Duration::from_secs(5);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Kind {
    /// 200 connections that say something once.
    Idle,
    /// 200 that ask without a rest.
    Busy,
    /// What is no HTTP, and bodies that are no REQ.
    Garbage,
    /// Heads and bodies that are too large.
    Large,
    /// A manager's name under another phone's signature.
    Forged,
    /// One REQ again and again.
    Replayed,
    /// 512 connections, a byte a second each.
    Slow,
    /// Good requests of one guest from many addresses.
    Guest,
}

impl Kind {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Idle => "200 idle connections",
            Self::Busy => "200 busy connections",
            Self::Garbage => "garbage",
            Self::Large => "what is too large",
            Self::Forged => "wrong proofs",
            Self::Replayed => "replays",
            Self::Slow => "slow senders",
            Self::Guest => "a guest hammering",
        }
    }

    /// How many sources, and connections of each.
    fn crowd(self) -> (u8, u8) {
        match self {
            Self::Idle | Self::Busy => (20, 10),
            Self::Garbage | Self::Large | Self::Replayed | Self::Guest => (8, 2),
            Self::Forged => (4, 4),
            Self::Slow => (32, 16),
        }
    }
}

/// Whom, and what is known of them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Flooded {
    address: SocketAddr,
    intercom: [u8; 32],
    manager: [u8; 8],
    guest: [u8; 32],
    key: [u8; 8],
}

impl Flooded {
    pub(crate) fn new(program: &Program, resident: &Resident, guest: &[u8; 32], link: &Link) -> Result<Self> {
        let phone = &resident.phone;
        Ok(Self {
            address: program.address.parse()?,
            intercom: phone.intercom,
            manager: *phone.kid().as_bytes(),
            guest: *guest,
            key: *link.key.as_bytes(),
        })
    }
}

/// A flood that goes on until it is dropped.
pub(crate) struct Flood(Child);

impl Flood {
    pub(crate) fn start(kind: Kind, whom: &Flooded) -> Result<Self> {
        let mut command = Command::new("nice");
        command.args(["-n", "19"]).arg(env::current_exe()?).args([".", FLOOD]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let told = serde_json::to_string(&(kind, whom))?;
        let input = child.stdin.as_mut().context("no input")?;
        writeln!(input, "{told}")?;
        input.flush()?;
        Ok(Self(child))
    }

    /// Ends it; how many answers it had.
    pub(crate) fn end(mut self) -> Result<u64> {
        drop(self.0.stdin.take());
        let mut said = String::new();
        BufReader::new(self.0.stdout.take().context("no output")?).read_line(&mut said)?;
        Ok(said.trim().parse()?)
    }
}

impl Drop for Flood {
    fn drop(&mut self) {
        // One that has ended cannot be killed.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Floods until nobody holds the other end of the input, and prints how many answers there were.
pub(crate) async fn go_on() -> Result<()> {
    let mut told = String::new();
    stdin().read_line(&mut told)?;
    let (kind, whom): (Kind, Flooded) = serde_json::from_str(&told)?;
    let (whom, answers) = (Arc::new(whom), Arc::new(AtomicU64::new(0)));
    let (sources, of_each) = kind.crowd();
    for source in 1..=sources {
        for number in 0..of_each {
            let (whom, answers) = (Arc::clone(&whom), Arc::clone(&answers));
            let one = One { from: [127, 0, 9, source], number, whom, answers };
            tokio::spawn(async move {
                loop {
                    // Whoever is sent away comes again.
                    if one.flood(kind).await.is_err() {
                        sleep(Duration::from_millis(20)).await;
                    }
                }
            });
        }
    }
    let over = tokio::task::spawn_blocking(|| stdin().read_line(&mut String::new()));
    over.await??;
    println!("{}", answers.load(Ordering::Relaxed));
    // Those who are still at it end with this process.
    std::process::exit(0);
}

/// One connection after another of one kind.
struct One {
    from: [u8; 4],
    number: u8,
    whom: Arc<Flooded>,
    answers: Arc<AtomicU64>,
}

impl One {
    /// One connection, until it is of no more use.
    async fn flood(&self, kind: Kind) -> Result<()> {
        let mut wire = Wire::from(self.from, self.whom.address).await?;
        match kind {
            Kind::Idle => {
                self.ask(&mut wire, &post("/v1/hello", &[])).await?;
                wire.closed().await;
            }
            Kind::Busy => loop {
                self.ask(&mut wire, &post("/v1/hello", &[])).await?;
            },
            Kind::Garbage if self.number == 0 => {
                self.ask(&mut wire, &noise::<300>()?).await?;
            }
            Kind::Garbage => loop {
                let mut req = noise::<171>()?;
                // Of a session, so that it is looked at.
                req[0] = 1;
                self.ask(&mut wire, &post("/v1/request", &req)).await?;
            },
            Kind::Large if self.number == 0 => {
                wire.say(b"GET / HTTP/1.1\r\nLong: ").await?;
                for _ in 0..64 {
                    wire.say(&[b'x'; 1_024]).await?;
                }
            }
            Kind::Large => {
                self.ask(&mut wire, &post("/v1/request", &vec![1; 100_000])).await?;
            }
            Kind::Forged => {
                let liar = Stranger::knowing(self.whom.intercom)?;
                loop {
                    let (req, _) = liar.status_as(Kid::from_bytes(self.whom.manager), &hello(&mut wire).await?)?;
                    self.ask(&mut wire, &post("/v1/request", &req)).await?;
                }
            }
            Kind::Replayed => {
                let guest = Stranger::with_key(self.whom.guest, self.whom.intercom)?;
                let (req, _) = guest.status(&hello(&mut wire).await?)?;
                let req = post("/v1/request", &req);
                loop {
                    self.ask(&mut wire, &req).await?;
                }
            }
            Kind::Slow => {
                let head = "POST /v1/request HTTP/1.1\r\nHost: door\r\nContent-Length: 171\r\n\r\n";
                // Half of them let their bodies drip.
                let begun = if self.number.is_multiple_of(2) { head.len() } else { 20 };
                wire.say(head.get(..begun).context("a head")?.as_bytes()).await?;
                for byte in head.bytes().skip(begun).chain([1; 171]) {
                    sleep(Duration::from_secs(1)).await;
                    wire.say(&[byte]).await?;
                }
            }
            Kind::Guest => {
                let guest = Stranger::with_key(self.whom.guest, self.whom.intercom)?;
                let key = Some(KeyId::from_bytes(self.whom.key));
                for number in 2.. {
                    let hello = hello(&mut wire).await?;
                    let (req, _) =
                        if number % 2 == 0 { guest.status(&hello)? } else { guest.open_with(key, &hello, number)? };
                    self.ask(&mut wire, &post("/v1/request", &req)).await?;
                }
            }
        }
        Ok(())
    }

    async fn ask(&self, wire: &mut Wire, request: &[u8]) -> Result<()> {
        let asks = async {
            wire.say(request).await?;
            wire.answer().await
        };
        timeout(PATIENCE, asks).await??;
        self.answers.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }
}

fn noise<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}
