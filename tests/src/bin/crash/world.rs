//! An intercom, a resident and a guest, each a process, and somebody who kills them.

use super::book::Book;
use super::dice::Dice;
use super::fault::Fault;
use super::phone::PhoneProcess;
use anyhow::{Context, Result, ensure};
use phonein_protocol::Time;
use phonein_tests::order::{Order, Said};
use phonein_tests::process::IntercomProcess;
use rustix::process::{Pid, Signal, kill_process};
use std::fmt;
use std::path::PathBuf;
use std::pin::pin;
use std::time::{Duration, Instant};
use tokio::time::sleep;

/// Tuesday, October 12, 2021 at 10:22 in Budapest.
const NOW: Time = 1_634_026_920;
/// How often is looked whether the intercom still runs.
const LOOK: Duration = Duration::from_millis(2);
/// So many things are done while somebody is to be killed.
const DEEDS: u64 = 8;
/// About so many calls write something meanwhile: to the intercom's disk, and to a phone's.
const CALLS: [u64; 2] = [120, 90];

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Victim {
    Wallet,
    Intercom,
}

impl fmt::Display for Victim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if *self == Self::Wallet { "wallet" } else { "intercom" })
    }
}

/// Whose phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    Resident = 0,
    Guest = 1,
}

pub(crate) struct World {
    pub(crate) dice: Dice,
    pub(crate) book: Book,
    pub(crate) intercom: IntercomProcess,
    phones: [PhoneProcess; 2],
    victim: Victim,
    disk: PathBuf,
}

impl World {
    /// A resident who has paired, and a guest; on the way there somebody may have been killed already.
    pub(crate) async fn new(seed: u64, victim: Victim, disk: PathBuf) -> Result<Self> {
        let intercom = IntercomProcess::new(NOW).await?;
        let phones = [PhoneProcess::new(NOW)?, PhoneProcess::new(NOW)?];
        Ok(Self { dice: Dice(seed), book: Book::default(), intercom, phones, victim, disk })
    }

    /// Kills somebody so often; in which ways.
    pub(crate) async fn play(mut self, kills: u32) -> Result<Vec<String>> {
        let mut ways = Vec::new();
        let early = self.dice.chance(40);
        for kill in 0..kills {
            if kill == 0 && !early || kill == 1 && early {
                self.begin().await?;
            }
            let who = if self.dice.chance(50) { Who::Resident } else { Who::Guest };
            let often = CALLS[usize::from(self.victim == Victim::Wallet)];
            // At the first start and while pairing little is written.
            let fault = Fault::roll(&mut self.dice, if early && kill == 0 { 24 } else { often });
            let what = format!("kill {} of {who:?} or intercom, {fault:?}", kill + 1);
            let killed = async {
                match self.victim {
                    Victim::Intercom => self.kill_intercom(fault).await,
                    Victim::Wallet => self.kill_phone(who, fault).await,
                }
            };
            let is_in_time = killed.await.with_context(|| what.clone())?;
            ways.push(if is_in_time { fault.to_string() } else { "at rest".into() });
            if kill > 0 || !early {
                self.check().await.context(what)?;
            }
        }
        self.begin().await?;
        self.finish().await.context("at the end")?;
        Ok(ways)
    }

    /// Everybody runs, and the resident has paired.
    async fn begin(&mut self) -> Result<()> {
        self.start_intercom().await?;
        for who in [Who::Resident, Who::Guest] {
            self.start_phone(who).await?;
        }
        if self.shown(Who::Resident).await?.intercoms == 0 {
            let code = self.intercom.code();
            let said = self.tell(Who::Resident, Order::Pair { code }).await?;
            ensure!(matches!(said, Some(Said::Done)), "pairing: {said:?}");
        }
        Ok(())
    }

    /// Whether it died of the fault; otherwise it was killed when all was done.
    async fn kill_intercom(&mut self, fault: Fault) -> Result<bool> {
        if self.dice.chance(50) {
            self.intercom.stop().await?;
        }
        self.intercom.kill()?;
        let data = self.intercom.data();
        self.intercom.set_environment(fault.environment(&self.disk, &data));
        let started = self.intercom.start_again().await;
        let mut is_dead = match (started, self.intercom.is_killed()) {
            // Without a disk it may refuse to start.
            (Err(_), Err(_)) if fault.is_survived() => true,
            (Err(error), Ok(false)) => return Err(error),
            (_, is_dead) => is_dead?,
        };
        self.intercom.set_environment(Vec::new());
        if !is_dead && let Fault::AnyMoment(after) = fault {
            strike(self.intercom.pid()?, after);
        }
        for who in [Who::Resident, Who::Guest] {
            self.start_phone(who).await?;
        }
        let mut deeds = 0;
        while !is_dead && deeds < DEEDS {
            is_dead = self.deed_or_death().await?;
            deeds += 1;
        }
        if fault.is_survived() && !is_dead {
            // What did not work then works now, without a new start.
            self.wait_for_space().await?;
            self.check().await.context("before it is killed")?;
        }
        self.intercom.kill()?;
        self.start_intercom().await?;
        Ok(is_dead)
    }

    /// Until everything is delivered: each try comes nearer to the end of what is wrong with the disk.
    async fn wait_for_space(&mut self) -> Result<()> {
        for _ in 0..40 {
            self.tell(Who::Resident, Order::Sync).await?;
            if self.shown(Who::Resident).await?.keys.iter().all(|key| key.is_delivered) {
                break;
            }
        }
        Ok(())
    }

    /// Somebody does something; true if the intercom was killed meanwhile, which runs again then.
    async fn deed_or_death(&mut self) -> Result<bool> {
        let before = self.intercom.pid()?;
        if self.shown(Who::Resident).await?.intercoms == 0 {
            let code = self.intercom.code();
            self.tell(Who::Resident, Order::Pair { code }).await?;
        } else {
            let who = if self.dice.chance(50) { Who::Resident } else { Who::Guest };
            self.deed(who).await?;
        }
        Ok(self.intercom.pid()? != before)
    }

    async fn kill_phone(&mut self, who: Who, fault: Fault) -> Result<bool> {
        self.start_intercom().await?;
        let other = if who == Who::Resident { Who::Guest } else { Who::Resident };
        self.start_phone(other).await?;
        let phone = &mut self.phones[who as usize];
        phone.kill().await?;
        let environment = fault.environment(&self.disk, &phone.files());
        let said = phone.start(environment).await;
        let mut is_dead = match said {
            Ok(said) => said.is_none(),
            // Without a disk it may refuse to start.
            Err(_) if fault.is_survived() => true,
            Err(error) => return Err(error),
        };
        if let (Fault::AnyMoment(after), Some(pid)) = (fault, phone.pid()) {
            strike(i32::try_from(pid).ok().and_then(Pid::from_raw).context("a process has a number")?, after);
        }
        let mut deeds = 0;
        while !is_dead && deeds < DEEDS {
            let is_paired = match self.tell(Who::Resident, Order::Look).await? {
                Some(Said::Shown(shown)) => shown.intercoms > 0,
                _ => who != Who::Resident,
            };
            if is_paired {
                let doer = if self.dice.chance(80) { who } else { other };
                self.deed(doer).await?;
            } else {
                let code = self.intercom.code();
                self.tell(Who::Resident, Order::Pair { code }).await?;
            }
            is_dead = self.phones[who as usize].pid().is_none();
            deeds += 1;
        }
        self.phones[who as usize].kill().await?;
        self.book.killed[who as usize] = Some(Instant::now());
        self.start_phone(who).await?;
        Ok(is_dead)
    }

    /// Tells a phone something. An intercom that is killed meanwhile gets its power back at once.
    pub(crate) async fn tell(&mut self, who: Who, order: Order) -> Result<Option<Said>> {
        let mut told = pin!(self.phones[who as usize].tell(&order));
        loop {
            tokio::select! {
                said = &mut told => return said,
                () = sleep(LOOK) => if self.intercom.is_killed()? {
                    self.intercom.start_again().await?;
                },
            }
        }
    }

    async fn start_intercom(&mut self) -> Result<()> {
        if self.intercom.pid().is_err() || self.intercom.is_killed()? {
            self.intercom.start_again().await.context("after a kill")?;
        }
        Ok(())
    }

    async fn start_phone(&mut self, who: Who) -> Result<()> {
        let phone = &mut self.phones[who as usize];
        if phone.pid().is_none() {
            let said = phone.start(Vec::new()).await.context("after a kill")?;
            ensure!(matches!(said, Some(Said::Ready)), "{said:?}");
        }
        Ok(())
    }
}

/// Kills a process, some time from now. It is not waited for before, so that nobody else can have its number.
fn strike(pid: Pid, after: Duration) {
    tokio::spawn(async move {
        sleep(after).await;
        let _ = kill_process(pid, Signal::KILL);
    });
}
