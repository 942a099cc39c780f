//! What must hold after each kill, once everybody is back.

use super::book::Deletion;
use super::world::{Who, World};
use anyhow::{Context, Result, bail, ensure};
use phonein_tests::order::{Order, Said, Shown};
use std::collections::BTreeSet;
use std::time::{Duration, Instant};
use tokio::time::sleep;

/// What a relay's command does is seen within this.
const RELAY: Duration = Duration::from_secs(5);

/// What the intercom's log says of openings.
#[derive(Debug, Default)]
struct Log {
    opened: u64,
    interrupted: u64,
    /// The lines of openings with a key.
    keys: Vec<String>,
}

impl Log {
    /// Of a log that is whole: `phonein-intercom log` checks each entry against the one before.
    fn read(text: &str) -> Result<Self> {
        ensure!(text.contains("The log is whole up to entry"), "a log that does not end: {text}");
        let mut log = Self::default();
        for line in text.lines() {
            let is = |kind: &str| line.contains(&format!("  {kind}  "));
            ensure!(!is("door fault"), "a relay that worked was called faulty: {line}");
            log.interrupted += u64::from(is("interrupted"));
            if is("opened") {
                log.opened += 1;
                log.keys.extend(line.split("  key ").nth(1).map(str::to_owned));
            }
        }
        Ok(log)
    }

    fn openings(&self, key: &str) -> u64 {
        self.keys.iter().filter(|other| *other == key).count() as u64
    }
}

impl World {
    pub(crate) async fn shown(&mut self, who: Who) -> Result<Shown> {
        match self.tell(who, Order::Look).await? {
            Some(Said::Shown(shown)) => Ok(shown),
            said => bail!("{who:?} shows nothing: {said:?}"),
        }
    }

    /// Everybody runs again: nothing that was confirmed is gone, no use was spent twice, no door opened unlogged.
    pub(crate) async fn check(&mut self) -> Result<()> {
        if self.shown(Who::Resident).await?.intercoms == 0 {
            return Ok(());
        }
        self.check_keys().await?;
        for who in [Who::Resident, Who::Guest] {
            self.check_activity(who).await?;
        }
        self.check_openings().await
    }

    async fn check_keys(&mut self) -> Result<()> {
        for who in [Who::Resident, Who::Guest] {
            let said = self.tell(who, Order::Sync).await?;
            ensure!(matches!(said, Some(Said::Done)), "{who:?} does not reach the intercom: {said:?}");
        }
        let shown = self.shown(Who::Resident).await?;
        for key in &mut self.book.keys {
            let fits = |id: &str, name: &str| match &key.id {
                Some(own) => own == id,
                None => key.names.iter().any(|own| own == name),
            };
            let found = shown.keys.iter().find(|row| fits(&row.id, &row.name));
            let Some(row) = found else {
                let may_be_gone = key.id.is_none() || key.deletion != Deletion::No;
                ensure!(may_be_gone, "the resident's phone lost {key:?}");
                if key.deletion == Deletion::Perhaps {
                    key.deletion = Deletion::Confirmed;
                }
                continue;
            };
            ensure!(key.deletion != Deletion::Confirmed, "a deleted key is back: {key:?} {row:?}");
            ensure!(key.names.contains(&row.name), "a change is lost: {key:?} is {row:?}");
            ensure!(row.is_delivered, "it is not at the intercom: {key:?} {row:?}");
            // From here on this is known.
            key.id = Some(row.id.clone());
            key.names = vec![row.name.clone()];
            key.deletion = Deletion::No;
        }
        let shown = self.shown(Who::Guest).await?;
        ensure!(
            shown.intercoms > 0 || !self.book.keys.iter().any(|key| key.guests.is_some()),
            "the guest's phone lost it"
        );
        for key in self.book.keys.iter().filter(|key| key.deletion == Deletion::No) {
            let Some(id) = &key.guests else { continue };
            let row = shown.keys.iter().find(|row| row.id == *id);
            let row = row.with_context(|| format!("the guest's phone lost {key:?}"))?;
            ensure!(row.is_held, "the guest does not hold {key:?} any more: {row:?}");
        }
        Ok(())
    }

    async fn check_activity(&mut self, who: Who) -> Result<()> {
        let now: BTreeSet<String> = self.shown(who).await?.activity.into_iter().collect();
        let seen = &mut self.book.activity[who as usize];
        let gone: Vec<_> = seen.difference(&now).collect();
        ensure!(gone.is_empty(), "{who:?} no longer sees of the activity: {gone:?}");
        *seen = now;
        Ok(())
    }

    async fn check_openings(&mut self) -> Result<()> {
        let began = Instant::now();
        let log = Log::read(&self.intercom.log()?)?;
        // What moved without a log entry; what the log has and did not move; what people were told.
        while (self.intercom.moved() as u64) < log.opened.saturating_sub(log.interrupted) {
            ensure!(began.elapsed() < RELAY, "the log has openings that never were: {log:?}");
            sleep(Duration::from_millis(5)).await;
        }
        let moved = self.intercom.moved() as u64;
        ensure!(moved <= log.opened, "{moved} openings, of which the log has {}", log.opened);
        ensure!(self.book.opened <= moved, "people were told of {} openings, there were {moved}", self.book.opened);
        for key in &self.book.keys {
            let Some(id) = &key.logged_as else { continue };
            let openings = log.openings(id);
            ensure!(key.uses.is_none_or(|uses| openings <= uses), "{openings} openings with {key:?}");
            ensure!(openings + key.shut <= key.presses, "{openings} openings for {key:?}");
            ensure!(key.opened <= openings, "people were told of openings that the log does not have: {key:?}");
        }
        Ok(())
    }

    /// Every use that is left is spent: not one more, not one less.
    pub(crate) async fn finish(&mut self) -> Result<()> {
        self.check().await?;
        for place in self.book.which(|key| key.guests.is_some() && key.deletion == Deletion::No && key.uses.is_some()) {
            for _ in 0..4 {
                self.open(Who::Guest, Some(place)).await?;
            }
        }
        self.check().await?;
        let log = Log::read(&self.intercom.log()?)?;
        let shown = self.shown(Who::Resident).await?;
        for key in self.book.keys.iter().filter(|key| key.guests.is_some() && key.deletion == Deletion::No) {
            let (Some(uses), Some(id)) = (key.uses, &key.logged_as) else { continue };
            ensure!(log.openings(id) == uses, "{} of {uses} uses could be spent: {key:?}", log.openings(id));
            let row = shown.keys.iter().find(|row| Some(&row.id) == key.id.as_ref());
            ensure!(row.is_some_and(|row| row.is_used), "the resident does not see that it is used up: {row:?}");
        }
        Ok(())
    }
}
