//! Telling a listener of the shell, one thing after the other, on a thread where it may take its time.

use super::error::ListenerError;
use crate::host::Spawner;
use std::collections::VecDeque;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// A thread that has told everything waits so long for more: the steps of a tap come one upon the other, its seconds
/// need no thread in between.
const LINGER: Duration = Duration::from_millis(100);

/// Takes what is to be told and never waits for the listener. What was told before it is dropped still arrives.
pub(crate) struct Teller<T> {
    spawner: Spawner,
    told: Arc<Told<T>>,
}

impl<T> Clone for Teller<T> {
    fn clone(&self) -> Self {
        Self { spawner: self.spawner.clone(), told: self.told.clone() }
    }
}

impl<T> fmt::Debug for Teller<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Teller(..)")
    }
}

struct Told<T> {
    waiting: Mutex<Waiting<T>>,
    more: Condvar,
    tell: Box<dyn Fn(T) -> Result<(), ListenerError> + Send + Sync>,
}

struct Waiting<T> {
    queue: VecDeque<T>,
    /// A thread tells, or waits for more.
    has_thread: bool,
}

impl<T: Send + 'static> Teller<T> {
    /// Begins to tell with `tell`.
    pub(crate) fn start(
        spawner: &Spawner,
        tell: impl Fn(T) -> Result<(), ListenerError> + Send + Sync + 'static,
    ) -> Self {
        let waiting = Mutex::new(Waiting { queue: VecDeque::new(), has_thread: false });
        let told = Told { waiting, more: Condvar::new(), tell: Box::new(tell) };
        Self { spawner: spawner.clone(), told: Arc::new(told) }
    }

    /// Tells this next.
    pub(crate) fn tell(&self, next: T) {
        let mut waiting = self.told.lock();
        waiting.queue.push_back(next);
        if waiting.has_thread {
            drop(waiting);
            self.told.more.notify_one();
        } else {
            waiting.has_thread = true;
            drop(waiting);
            let told = self.told.clone();
            self.spawner.leave_blocking(move || told.tell_all());
        }
    }
}

impl<T> Told<T> {
    fn tell_all(&self) {
        while let Some(next) = self.next() {
            // A listener that panics hears the next thing all the same.
            match catch_unwind(AssertUnwindSafe(|| (self.tell)(next))) {
                Ok(Ok(())) => {}
                Ok(Err(error)) => tracing::warn!(%error, "a listener failed"),
                Err(_) => tracing::warn!("a listener panicked"),
            }
        }
    }

    /// The next thing to tell; `None` once there was none for a while, and this thread is none of this any more.
    fn next(&self) -> Option<T> {
        let waiting = self.lock();
        let empty = |waiting: &mut Waiting<T>| waiting.queue.is_empty();
        let waited = self.more.wait_timeout_while(waiting, LINGER, empty);
        let mut waiting = waited.unwrap_or_else(PoisonError::into_inner).0;
        let next = waiting.queue.pop_front();
        waiting.has_thread = next.is_some();
        next
    }

    fn lock(&self) -> MutexGuard<'_, Waiting<T>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::Runtime;
    use std::sync::mpsc;

    /// Longer than anything here takes.
    const PATIENCE: Duration = Duration::from_secs(20);

    #[test]
    fn it_is_told_one_after_the_other_though_the_listener_panics_or_fails_and_though_the_teller_is_gone() {
        let runtime = Runtime::start().unwrap();
        let (hear, heard) = mpsc::channel();
        let hear = Mutex::new(hear);
        let teller = Teller::start(&runtime.spawner(), move |number| {
            hear.lock().unwrap_or_else(PoisonError::into_inner).send(number).unwrap();
            match number % 3 {
                0 => panic!("a listener's"),
                1 => Err(ListenerError::Failed { reason: "its own".to_owned() }),
                _ => Ok(()),
            }
        });
        (0..10).for_each(|number| teller.tell(number));
        drop(teller);
        let heard: Vec<u32> = (0..10).map(|_| heard.recv_timeout(PATIENCE).unwrap()).collect();
        assert_eq!(heard, (0..10).collect::<Vec<_>>());
    }

    #[test]
    fn it_holds_a_thread_only_for_a_moment_and_has_another_for_what_comes_later() {
        let runtime = Runtime::start().unwrap();
        let (hear, heard) = mpsc::channel();
        let hear = Mutex::new(hear);
        let teller = Teller::start(&runtime.spawner(), move |number: u32| {
            hear.lock().unwrap().send(number).unwrap();
            Ok(())
        });
        for number in 0..3 {
            teller.tell(number);
            assert_eq!(heard.recv_timeout(PATIENCE), Ok(number));
            let let_go = (0..2_000).any(|_| {
                std::thread::sleep(Duration::from_millis(10));
                !teller.told.lock().has_thread
            });
            assert!(let_go, "it keeps its thread");
        }
    }

    #[test]
    fn a_hundred_listeners_that_never_return_harm_nobody_else() {
        let runtime = Runtime::start().unwrap();
        let (let_go, hangs) = mpsc::channel::<()>();
        let hangs = Arc::new(Mutex::new(hangs));
        let hang = move |_: u32| {
            let _ = hangs.lock().unwrap().recv();
            Ok(())
        };
        let hanging: Vec<_> = (0..100).map(|_| Teller::start(&runtime.spawner(), hang.clone())).collect();
        for teller in &hanging {
            teller.tell(0);
        }
        let (hear, heard) = mpsc::channel();
        let hear = Mutex::new(hear);
        let other = Teller::start(&runtime.spawner(), move |number: u32| {
            hear.lock().unwrap().send(number).unwrap();
            Ok(())
        });
        other.tell(7);
        assert_eq!(heard.recv_timeout(PATIENCE), Ok(7));
        drop(let_go);
    }
}
