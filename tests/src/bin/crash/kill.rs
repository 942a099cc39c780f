//! How somebody is killed: started with a fault in store, kept busy until it strikes, started again.

use super::fault::Fault;
use super::world::{Who, World};
use anyhow::{Context, Result};
use phonein_tests::order::{Order, Said};
use rustix::process::{Pid, Signal, kill_process};
use std::time::{Duration, Instant};
use tokio::time::sleep;

/// So many things are done while somebody is to be killed.
const DEEDS: u64 = 8;

impl World {
    /// Whether it died of the fault; otherwise it was killed when all was done.
    pub(crate) async fn kill_intercom(&mut self, fault: Fault) -> Result<bool> {
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

    pub(crate) async fn kill_phone(&mut self, who: Who, fault: Fault) -> Result<bool> {
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
}

/// Kills a process, some time from now. It is not waited for before, so that nobody else can have its number.
fn strike(pid: Pid, after: Duration) {
    tokio::spawn(async move {
        sleep(after).await;
        let _ = kill_process(pid, Signal::KILL);
    });
}
