//! Where the core's work runs: never on the thread that asked for it.
//!
//! UniFFI polls an exported future on the caller's thread, which may be the one that draws. So an exported function only
//! hands its work to a runtime of the core's own and waits for what comes back. Dropping the wait ends what only asks;
//! what changes something goes on to its end.

#[cfg(test)]
use super::seeded;
use super::work::{Erased, ErasedBlocking, Lost, Wait, erased, keeping, keeping_blocking, silent};
use std::future::Future;
use std::io;
use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;
#[cfg(test)]
use tokio::task;
use tokio::task::{AbortHandle, JoinHandle};

/// One for asking, one for what else goes on.
const WORKERS: usize = 2;

/// The core's own threads. Dropping it ends everything that still runs there, without waiting.
#[derive(Debug)]
pub(crate) struct Runtime {
    spawner: Spawner,
    /// Taken only when this is dropped.
    threads: Option<tokio::runtime::Runtime>,
}

impl Runtime {
    /// Starts the threads.
    pub(crate) fn start() -> io::Result<Self> {
        let threads =
            Builder::new_multi_thread().worker_threads(WORKERS).thread_name("phonein").enable_all().build()?;
        Ok(Self { spawner: Spawner(threads.handle().clone()), threads: Some(threads) })
    }

    /// What hands work over.
    pub(crate) fn spawner(&self) -> Spawner {
        self.spawner.clone()
    }
}

impl Drop for Runtime {
    fn drop(&mut self) {
        // Waiting could be for ever, and panics on one of its own threads, where the last reference may be dropped.
        if let Some(threads) = self.threads.take() {
            threads.shutdown_background();
        }
    }
}

/// Hands work to a runtime.
#[derive(Clone, Debug)]
pub(crate) struct Spawner(Handle);

impl Spawner {
    /// To the one this runs on.
    pub(crate) fn here() -> Self {
        Self(Handle::current())
    }

    /// To this one.
    pub(crate) fn on(runtime: Handle) -> Self {
        Self(runtime)
    }

    /// Runs `work` and waits for it. Whoever drops the wait ends the work.
    pub(crate) fn run<T: Send + 'static>(&self, work: impl Future<Output = T> + Send + 'static) -> Wait<T> {
        let (outcome, work) = keeping(work);
        Wait::new(outcome, self.clone().ran(work))
    }

    /// Runs `work` and waits for it. Once begun it goes on to its end, although nobody waits any more.
    pub(crate) fn see_through<T: Send + 'static>(&self, work: impl Future<Output = T> + Send + 'static) -> Wait<T> {
        let (outcome, work) = keeping(work);
        Wait::new(outcome, self.clone().seen_through(work))
    }

    /// Runs `work`, which may read the disk or compute, on a thread for such things, and waits for it. It goes on to its end
    /// although nobody waits any more.
    pub(crate) fn blocking<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Wait<T> {
        let (outcome, work) = keeping_blocking(work);
        Wait::new(outcome, self.clone().blocked(work))
    }

    // What is the same for whatever work:

    async fn ran(self, work: Erased) -> Result<(), Lost> {
        let task = self.0.spawn(work);
        let _ends = Task(task.abort_handle());
        Ok(task.await?)
    }

    async fn seen_through(self, work: Erased) -> Result<(), Lost> {
        Ok(self.0.spawn(work).await?)
    }

    async fn blocked(self, work: ErasedBlocking) -> Result<(), Lost> {
        Ok(self.aside(work).await?)
    }

    /// Runs `work` on such a thread, and waits only until it tells something: it may go on after that. It learns from what
    /// it tells with whether anybody still waits.
    pub(crate) async fn told<T: Send + 'static>(
        &self,
        work: impl FnOnce(oneshot::Sender<T>) + Send + 'static,
    ) -> Result<T, Lost> {
        let (tell, told) = oneshot::channel();
        let task = self.aside(Box::new(move || work(tell)));
        match told.await {
            Ok(told) => Ok(told),
            Err(_) => Err(task.await.err().map_or_else(silent, Lost::from)),
        }
    }

    /// Starts `work` that goes on until it ends or the handle is dropped.
    pub(crate) fn start(&self, work: impl Future<Output = ()> + Send + 'static) -> Task {
        Task(self.0.spawn(erased(work)).abort_handle())
    }

    /// Starts `work`, which may take its time, on a thread for such things. Nobody waits for it.
    pub(crate) fn leave_blocking(&self, work: impl FnOnce() + Send + 'static) {
        drop(self.aside(Box::new(work)));
    }

    /// Starts `work` that nobody waits for and nobody ends.
    pub(crate) fn leave(&self, work: impl Future<Output = ()> + Send + 'static) {
        drop(self.0.spawn(erased(work)));
    }

    /// The one place where work is given to a thread for what may take its time.
    fn aside(&self, work: ErasedBlocking) -> JoinHandle<()> {
        #[cfg(test)]
        if let Some(others) = seeded::others_first() {
            return self.0.spawn(async move {
                for _ in 0..others {
                    task::yield_now().await;
                }
                work();
            });
        }
        self.0.spawn_blocking(work)
    }
}

/// Work in hand; dropping it ends the work.
#[derive(Debug)]
pub(crate) struct Task(AbortHandle);

impl Task {
    /// Whether the work has ended.
    pub(crate) fn is_over(&self) -> bool {
        self.0.is_finished()
    }

    /// Ends the work.
    pub(crate) fn end(&self) {
        self.0.abort();
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        self.end();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::pin::Pin;
    use std::sync::mpsc;
    use std::thread;
    use std::time::Duration;

    fn block_on<T>(future: impl Future<Output = T>) -> T {
        // A thread that is not the core's, as a shell's is.
        Builder::new_current_thread().build().unwrap().block_on(future)
    }

    /// Begins to wait, and no more.
    async fn poll_once<F: Future>(mut wait: Pin<&mut F>) {
        std::future::poll_fn(|context| {
            let _ = wait.as_mut().poll(context);
            std::task::Poll::Ready(())
        })
        .await;
    }

    #[test]
    fn work_is_done_on_the_cores_own_threads() {
        let runtime = Runtime::start().unwrap();
        let spawner = runtime.spawner();
        let name = || thread::current().name().map(ToOwned::to_owned);
        let here = thread::current().id();
        let ran = block_on(spawner.run(async move { (thread::current().id() != here, name()) })).unwrap();
        assert_eq!(ran, (true, Some("phonein".into())));
        let computed = block_on(spawner.blocking(move || (thread::current().id() != here, name()))).unwrap();
        assert_eq!(computed, (true, Some("phonein".into())));
    }

    #[test]
    fn a_seed_decides_when_what_may_wait_is_done() {
        let _host = seeded::Seeded::new(1);
        let here = thread::current().id();
        let done = block_on(async { Spawner::here().blocking(move || thread::current().id() == here).await });
        assert!(done.unwrap(), "as a task among the others");
    }

    #[test]
    fn a_panic_is_an_error_and_says_nothing_of_what_it_held() {
        let runtime = Runtime::start().unwrap();
        let spawner = runtime.spawner();
        let lost = block_on(spawner.run(async { panic!("a secret") })).map(|(): ()| ()).unwrap_err();
        assert_eq!(lost.to_string(), "a task panicked");
    }

    #[test]
    fn dropping_the_wait_ends_the_work() {
        struct Ended(mpsc::Sender<()>);
        impl Drop for Ended {
            fn drop(&mut self) {
                let _ = self.0.send(());
            }
        }
        let runtime = Runtime::start().unwrap();
        let spawner = runtime.spawner();
        let (tell, ended) = mpsc::channel();
        let (begin, begun) = mpsc::channel();
        let guard = Ended(tell);
        let waits = async {
            let work = async move {
                let _guard = guard;
                let _ = begin.send(());
                std::future::pending::<()>().await;
            };
            let wait = spawner.run(work);
            let mut wait = std::pin::pin!(wait);
            poll_once(wait.as_mut()).await;
            begun.recv().unwrap();
        };
        block_on(waits);
        ended.recv_timeout(Duration::from_secs(10)).unwrap();
    }

    #[test]
    fn nothing_begins_before_somebody_waits() {
        let runtime = Runtime::start().unwrap();
        let spawner = runtime.spawner();
        let (begin, begun) = mpsc::channel();
        let [one, two, three] = [1, 2, 3].map(|work| {
            let begin = begin.clone();
            move || begin.send(work).unwrap()
        });
        drop(spawner.run(async move { one() }));
        drop(spawner.see_through(async move { two() }));
        drop(spawner.blocking(three));
        drop(begin);
        // Nobody holds a sender any more: no work was handed over.
        assert_eq!(begun.recv_timeout(Duration::from_secs(10)), Err(mpsc::RecvTimeoutError::Disconnected));
    }

    #[test]
    fn what_changes_something_goes_on_although_nobody_waits() {
        let runtime = Runtime::start().unwrap();
        let spawner = runtime.spawner();
        let (go_on, goes_on) = oneshot::channel::<()>();
        let (begin, begun) = mpsc::channel();
        let (end, ended) = mpsc::channel();
        let waits = async {
            let work = async move {
                begin.send(()).unwrap();
                goes_on.await.unwrap();
                end.send(()).unwrap();
            };
            let mut wait = std::pin::pin!(spawner.see_through(work));
            poll_once(wait.as_mut()).await;
            begun.recv().unwrap();
        };
        block_on(waits);
        go_on.send(()).unwrap();
        ended.recv_timeout(Duration::from_secs(10)).unwrap();
    }

    #[test]
    fn work_that_told_goes_on_and_sees_that_nobody_waits_any_more() {
        let runtime = Runtime::start().unwrap();
        let spawner = runtime.spawner();
        let (go_on, goes_on) = mpsc::channel::<()>();
        let (end, ended) = mpsc::channel();
        let told = block_on(spawner.told(move |tell| {
            tell.send(7).unwrap();
            goes_on.recv().unwrap();
            end.send(()).unwrap();
        }));
        assert_eq!(told.unwrap(), 7);
        go_on.send(()).unwrap();
        ended.recv_timeout(Duration::from_secs(10)).unwrap();

        let (begin, begun) = mpsc::channel();
        let (see, seen) = mpsc::channel();
        let waits = async {
            let wait = spawner.told(move |tell: oneshot::Sender<()>| {
                begin.send(()).unwrap();
                while !tell.is_closed() {
                    thread::sleep(Duration::from_millis(1));
                }
                see.send(()).unwrap();
            });
            let mut wait = std::pin::pin!(wait);
            poll_once(wait.as_mut()).await;
            begun.recv().unwrap();
        };
        block_on(waits);
        seen.recv_timeout(Duration::from_secs(10)).unwrap();
        let silent = block_on(spawner.told(|tell: oneshot::Sender<()>| drop(tell))).unwrap_err();
        assert_eq!(silent.to_string(), "the work told nothing");
    }

    #[test]
    fn the_last_reference_may_be_dropped_on_one_of_its_threads() {
        let runtime = Runtime::start().unwrap();
        let spawner = runtime.spawner();
        block_on(spawner.run(async move { drop(runtime) })).unwrap_or_default();
    }
}
