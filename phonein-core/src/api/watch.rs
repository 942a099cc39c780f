//! Telling the shells that something is different.

use super::listener::{Change, ChangeListener};
use crate::clock::Clock;
use crate::host::{Spawner, Task};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::sync::broadcast::{self, Receiver, Sender, error::RecvError};

/// More than a screen misses while it draws.
const REMEMBERED: usize = 64;
/// Everything that can happen.
pub(super) const ALL: [News; 5] = [News::Intercoms, News::Doors, News::Keys, News::Activity, News::Time];
const MINUTE_MS: i64 = 60_000;

/// What is different.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum News {
    /// The list of intercoms, their settings, or a note on Home.
    Intercoms,
    /// How a door stands.
    Doors,
    /// Keys.
    Keys,
    /// The activity.
    Activity,
    /// Only time went by: "in 12 minutes" is "in 11 minutes", or a window opened or closed.
    Time,
}

impl News {
    /// What reads otherwise by that.
    fn changes(self) -> &'static [Change] {
        match self {
            Self::Intercoms => &[Change::Home, Change::Keys, Change::Activity, Change::Settings, Change::Intercoms],
            Self::Doors => &[Change::Home],
            // A guest's button carries a key, the activity names it, and its holder could be made a manager.
            Self::Keys => &[Change::Home, Change::Keys, Change::Activity, Change::Settings],
            Self::Activity => &[Change::Activity],
            Self::Time => &[Change::Home, Change::Keys, Change::Activity, Change::Settings, Change::Draft],
        }
    }
}

/// Whoever changes something says so here.
#[derive(Clone, Debug)]
pub(crate) struct Changes(Sender<News>);

impl Default for Changes {
    fn default() -> Self {
        Self(broadcast::channel(REMEMBERED).0)
    }
}

impl Changes {
    /// Says that these are different.
    pub(crate) fn tell(&self, all: impl IntoIterator<Item = News>) {
        for news in all {
            // Nobody listens: nothing to tell.
            let _ = self.0.send(news);
        }
    }

    /// Tells `listener` until the subscription is dropped, and whenever the clock shows another minute.
    pub(crate) fn subscribe(
        &self,
        listener: Arc<dyn ChangeListener>,
        clock: Arc<dyn Clock>,
        spawner: &Spawner,
    ) -> ChangeSubscription {
        let (changes, is_open) = (self.0.subscribe(), Arc::new(AtomicBool::new(true)));
        ChangeSubscription { task: spawner.start(tell(changes, listener, clock, is_open.clone())), is_open }
    }
}

/// While it is held, the listener is told. Closing or dropping it ends that.
#[derive(Debug, uniffi::Object)]
pub struct ChangeSubscription {
    task: Task,
    /// What the task does at this moment would still be told when it is ended.
    is_open: Arc<AtomicBool>,
}

#[uniffi::export]
impl ChangeSubscription {
    /// Ends it now; where objects are collected later, dropping it is not soon enough. Nothing that changes from now on is
    /// told; a call that has begun goes on to its end.
    pub fn cancel(&self) {
        self.is_open.store(false, Ordering::Release);
        self.task.end();
    }
}

impl Drop for ChangeSubscription {
    fn drop(&mut self) {
        self.cancel();
    }
}

async fn tell(
    mut changes: Receiver<News>,
    listener: Arc<dyn ChangeListener>,
    clock: Arc<dyn Clock>,
    is_open: Arc<AtomicBool>,
) {
    loop {
        let mut told: BTreeSet<Change> = BTreeSet::new();
        tokio::select! {
            change = changes.recv() => match change {
                Ok(news) => told.extend(news.changes()),
                Err(RecvError::Lagged(_)) => told.extend(ALL.iter().flat_map(|news| news.changes())),
                Err(RecvError::Closed) => return,
            },
            () = tokio::time::sleep(until_next_minute(clock.now_ms())) => told.extend(News::Time.changes()),
        }
        // What changed together is told together.
        while let Ok(news) = changes.try_recv() {
            told.extend(news.changes());
        }
        let (listener, is_open) = (listener.clone(), is_open.clone());
        let call = move || {
            if is_open.load(Ordering::Acquire) { listener.on_change(told.into_iter().collect()) } else { Ok(()) }
        };
        if let Ok(Err(error)) = Spawner::here().blocking(call).await {
            tracing::warn!(%error, "a listener failed");
        }
    }
}

/// All rules begin and end at a full minute, and so do words such as "in 12 minutes".
fn until_next_minute(now_ms: i64) -> Duration {
    let left = MINUTE_MS.saturating_sub(now_ms.rem_euclid(MINUTE_MS));
    Duration::from_millis(u64::try_from(left).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::super::error::ListenerError;
    use super::*;
    use crate::host::Runtime;
    use std::sync::mpsc;

    struct Heard(mpsc::Sender<Vec<Change>>);
    impl ChangeListener for Heard {
        fn on_change(&self, changes: Vec<Change>) -> Result<(), ListenerError> {
            self.0.send(changes).map_err(|error| ListenerError::Failed { reason: error.to_string() })
        }
    }

    struct At(i64);
    impl Clock for At {
        fn now_ms(&self) -> i64 {
            self.0
        }
    }

    const LONG: Duration = Duration::from_secs(10);

    #[test]
    fn a_listener_hears_of_changes_until_it_is_cancelled() {
        let (runtime, changes) = (Runtime::start().unwrap(), Changes::default());
        let (tell, heard) = mpsc::channel();
        let subscription = changes.subscribe(Arc::new(Heard(tell)), Arc::new(At(0)), &runtime.spawner());
        changes.tell([News::Doors]);
        assert_eq!(heard.recv_timeout(LONG).unwrap(), [Change::Home]);
        subscription.cancel();
        // The listener is dropped with the task.
        assert_eq!(heard.recv_timeout(LONG), Err(mpsc::RecvTimeoutError::Disconnected));
    }

    #[test]
    fn time_alone_is_told_at_the_next_minute() {
        let (runtime, changes) = (Runtime::start().unwrap(), Changes::default());
        let (tell, heard) = mpsc::channel();
        let almost = Arc::new(At(7 * MINUTE_MS - 5));
        let _subscription = changes.subscribe(Arc::new(Heard(tell)), almost, &runtime.spawner());
        assert_eq!(heard.recv_timeout(LONG).unwrap(), News::Time.changes());
    }

    #[test]
    fn the_next_minute_is_never_more_than_a_minute_away() {
        for (now, left) in [(0, 60_000), (1, 59_999), (59_999, 1), (-1, 1), (i64::MAX, 4_193)] {
            assert_eq!(until_next_minute(now), Duration::from_millis(left), "{now}");
        }
    }
}
