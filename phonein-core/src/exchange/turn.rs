//! Who may speak to an intercom now: one at a time, and taps first.

use std::sync::Arc;

use tokio::sync::{Mutex, OwnedMutexGuard, watch};

/// The turn at one intercom.
#[derive(Clone, Debug)]
pub struct Turn {
    in_hand: Arc<Mutex<()>>,
    /// How many taps want it or have it.
    taps: Arc<watch::Sender<usize>>,
}

/// The turn of a tap, until it is dropped.
#[derive(Debug)]
pub struct TapTurn {
    _in_hand: OwnedMutexGuard<()>,
    _wish: Wish,
}

/// A tap that wants the turn or has it.
#[derive(Debug)]
struct Wish(Arc<watch::Sender<usize>>);

impl Drop for Wish {
    fn drop(&mut self) {
        self.0.send_modify(|taps| *taps = taps.saturating_sub(1));
    }
}

impl Turn {
    pub(super) fn new() -> Self {
        Self { in_hand: Arc::default(), taps: Arc::new(watch::Sender::new(0)) }
    }

    /// The turn for a tap. A request that has it gives way at once.
    pub async fn take(&self) -> TapTurn {
        self.taps.send_modify(|taps| *taps += 1);
        let wish = Wish(self.taps.clone());
        TapTurn { _in_hand: self.in_hand.clone().lock_owned().await, _wish: wish }
    }

    /// Makes a request that may be made again when there is no tap; one that a tap interrupts begins anew.
    pub(super) async fn between_taps<F: Future>(&self, mut request: impl FnMut() -> F) -> F::Output {
        let mut taps = self.taps.subscribe();
        loop {
            // Neither wait can fail: this turn holds the sender.
            _ = taps.wait_for(|taps| *taps == 0).await;
            let _in_hand = self.in_hand.lock().await;
            let has_tap = *taps.borrow_and_update() > 0;
            if has_tap {
                continue;
            }
            tokio::select! {
                biased;
                _ = taps.wait_for(|taps| *taps > 0) => {}
                answer = request() => return answer,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{
        sync::atomic::{AtomicUsize, Ordering},
        time::Duration,
    };

    use tokio::time::{Instant, sleep};

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_request_gives_way_to_a_tap_and_begins_anew() {
        let turn = Turn::new();
        let begun = Arc::new(AtomicUsize::new(0));
        let pull = tokio::spawn({
            let (turn, begun) = (turn.clone(), begun.clone());
            async move {
                turn.between_taps(|| {
                    begun.fetch_add(1, Ordering::Relaxed);
                    sleep(Duration::from_secs(2))
                })
                .await;
                Instant::now()
            }
        });
        sleep(Duration::from_secs(1)).await;
        let pressed = Instant::now();
        let tap = turn.take().await;
        assert_eq!(pressed.elapsed(), Duration::ZERO, "it waits for nobody");
        sleep(Duration::from_secs(5)).await;
        drop(tap);
        assert_eq!(pull.await.unwrap() - pressed, Duration::from_secs(7));
        assert_eq!(begun.load(Ordering::Relaxed), 2);
    }

    #[tokio::test(start_paused = true)]
    async fn requests_are_made_one_at_a_time() {
        let turn = Turn::new();
        let began = Instant::now();
        let pull = || turn.between_taps(|| sleep(Duration::from_secs(2)));
        tokio::join!(pull(), pull());
        assert_eq!(began.elapsed(), Duration::from_secs(4));
    }
}
