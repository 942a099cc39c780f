//! What is new at the intercom: settings, log, keys, managers.

use super::{ManagerPages, Run, Step, SyncError};
use crate::wallet::LogRead;
use phonein_protocol::message::{Body, Detail, Head};

/// The log has thousands of entries; more pages than this are nonsense.
const PAGES: usize = 4_096;

impl Run<'_> {
    pub(super) async fn settings(&mut self) -> Result<Step, SyncError> {
        let Some(answer) = self.ask_as_manager(Body::ReadSettings).await? else { return Ok(Step::Dismissed) };
        let Detail::Settings(settings) = answer.detail else { return Err(SyncError::Nonsense) };
        let now = self.now();
        self.is_news |= self.keep(move |wallet, id| wallet.save_settings(id, &settings, now)).await?;
        Ok(Step::Done)
    }

    /// Reads the log until it has passed through `head`, which came with words that count only then.
    pub(super) async fn pass(&mut self, head: Option<Head>) -> Result<Step, SyncError> {
        let head = head.ok_or(SyncError::Nonsense)?;
        let now = self.now();
        match self.keep(move |wallet, id| wallet.look_at_head(id, head, now)).await? {
            LogRead::Passed => Ok(Step::Done),
            LogRead::Broken => Ok(Step::Broken),
            LogRead::Behind => self.read_log().await,
        }
    }

    async fn read_log(&mut self) -> Result<Step, SyncError> {
        for _ in 0..PAGES {
            let read = self.intercom().await?.read;
            let after = read.number;
            let Some(answer) = self.ask_as_manager(Body::Log { after }).await? else { return Ok(Step::Dismissed) };
            let (Detail::Log { entries, .. }, Some(head)) = (answer.detail, answer.head) else {
                return Err(SyncError::Nonsense);
            };
            let (is_empty, now) = (entries.is_empty(), self.now());
            self.is_news |= !is_empty;
            match self.keep(move |wallet, id| wallet.append_log(id, &entries, head, now)).await? {
                LogRead::Passed => return Ok(Step::Done),
                LogRead::Broken => return Ok(Step::Broken),
                LogRead::Behind if is_empty => return Err(SyncError::Nonsense),
                LogRead::Behind => {}
            }
        }
        Err(SyncError::Nonsense)
    }

    pub(super) async fn keys(&mut self) -> Result<Step, SyncError> {
        loop {
            let after = self.intercom().await?.keys_cursor;
            let Some(answer) = self.ask_as_manager(Body::Keys { after }).await? else { return Ok(Step::Dismissed) };
            let Detail::Keys { items, more, counter } = answer.detail else { return Err(SyncError::Nonsense) };
            match self.pass(answer.head).await? {
                Step::Done => {}
                step => return Ok(step),
            }
            let last = items.last().map_or(counter, |item| item.change);
            let cursor = if more { last } else { counter };
            // A page that leads nowhere; below a cursor that is above the counter it begins from the start.
            if more && (items.is_empty() || last <= after && after <= counter) {
                return Err(SyncError::Nonsense);
            }
            if !items.is_empty() || cursor != after {
                self.is_news |= !items.is_empty();
                self.keep(move |wallet, id| wallet.apply_keys(id, &items, cursor)).await?;
            }
            if !more {
                return Ok(Step::Done);
            }
        }
    }

    /// The managers, and with them everything was read that is read after a first contact or a broken log.
    pub(super) async fn managers(&mut self) -> Result<Step, SyncError> {
        let mut pages = ManagerPages::default();
        loop {
            let Some(answer) = self.ask_as_manager(pages.ask()).await? else {
                return Ok(Step::Dismissed);
            };
            if !pages.take(answer.detail).ok_or(SyncError::Nonsense)? {
                break;
            }
        }
        let managers = pages.into_all();
        let now = self.now();
        self.is_news = true;
        self.keep(move |wallet, id| {
            wallet.save_managers(id, &managers, now)?;
            wallet.filled(id)
        })
        .await?;
        Ok(Step::Done)
    }
}
