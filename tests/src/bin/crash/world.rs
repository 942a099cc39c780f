//! An intercom, a resident and a guest, each a process, and somebody who kills them.

use super::book::Book;
use super::dice::Dice;
use super::fault::Fault;
use super::phone::PhoneProcess;
use anyhow::{Context, Result, ensure};
use phonein_protocol::Time;
use phonein_tests::order::{Order, Said};
use phonein_tests::process::IntercomProcess;
use std::fmt;
use std::path::PathBuf;
use std::pin::pin;
use std::time::Duration;
use tokio::time::sleep;

/// Tuesday, October 12, 2021 at 10:22 in Budapest.
const NOW: Time = 1_634_026_920;
/// How often is looked whether the intercom still runs.
const LOOK: Duration = Duration::from_millis(2);
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
    pub(crate) phones: [PhoneProcess; 2],
    victim: Victim,
    pub(crate) disk: PathBuf,
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

    pub(crate) async fn start_intercom(&mut self) -> Result<()> {
        if self.intercom.pid().is_err() || self.intercom.is_killed()? {
            self.intercom.start_again().await.context("after a kill")?;
        }
        Ok(())
    }

    pub(crate) async fn start_phone(&mut self, who: Who) -> Result<()> {
        let phone = &mut self.phones[who as usize];
        if phone.pid().is_none() {
            let said = phone.start(Vec::new()).await.context("after a kill")?;
            ensure!(matches!(said, Some(Said::Ready)), "{said:?}");
        }
        Ok(())
    }
}
