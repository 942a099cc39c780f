//! Where the core's work runs: never on the thread that asked for it.
//!
//! UniFFI polls an exported future on the caller's thread, which may be the one that draws. So an exported function only
//! hands its work to a runtime of the core's own and waits for what comes back. Dropping the wait ends what only asks;
//! what changes something goes on to its end.

use std::future::Future;
use std::io;
use std::pin::Pin;
use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;
use tokio::task::{AbortHandle, JoinError, JoinHandle};

/// One for asking, one for what else goes on.
const WORKERS: usize = 2;

/// The work ended without a result: it panicked, or the core is being closed.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{reason}")]
pub(crate) struct Lost {
    /// For logs.
    pub(crate) reason: String,
}

impl From<JoinError> for Lost {
    fn from(error: JoinError) -> Self {
        // What a panic said may hold anything; that there was one is enough.
        let reason = if error.is_panic() { "a task panicked" } else { "the core was closed" };
        tracing::error!(reason, "work was lost");
        Self { reason: reason.to_owned() }
    }
}

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

/// Hands work to the runtime.
#[derive(Clone, Debug)]
pub(crate) struct Spawner(Handle);

impl Spawner {
    /// Runs `work` and waits for it. Whoever drops the wait ends the work.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl Future<Output = T> + Send + 'static,
    ) -> Result<T, Lost> {
        let (tell, told) = oneshot::channel();
        // Nobody waits for it any more: it ends with the task.
        let task = self.0.spawn(erased(async move { drop(tell.send(work.await)) }));
        let _ends = Task(task.abort_handle());
        result(task, told).await
    }

    /// Runs `work` and waits for it. Once begun it goes on to its end, although nobody waits any more.
    pub(crate) async fn see_through<T: Send + 'static>(
        &self,
        work: impl Future<Output = T> + Send + 'static,
    ) -> Result<T, Lost> {
        let (tell, told) = oneshot::channel();
        let task = self.0.spawn(erased(async move { drop(tell.send(work.await)) }));
        result(task, told).await
    }

    /// Runs `work`, which may read the disk or compute, on a thread for such things. Once begun it goes on to its end.
    pub(crate) async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Lost> {
        let (tell, told) = oneshot::channel();
        let task = self.0.spawn_blocking(erased_blocking(move || drop(tell.send(work()))));
        let _ends = Task(task.abort_handle());
        result(task, told).await
    }

    /// Runs `work` on such a thread, and waits only until it tells something: it may go on after that. It learns from what
    /// it tells with whether anybody still waits.
    pub(crate) async fn told<T: Send + 'static>(
        &self,
        work: impl FnOnce(oneshot::Sender<T>) + Send + 'static,
    ) -> Result<T, Lost> {
        let (tell, told) = oneshot::channel();
        let task = self.0.spawn_blocking(erased_blocking(move || work(tell)));
        let _ends = Task(task.abort_handle());
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
        drop(self.0.spawn_blocking(erased_blocking(work)));
    }

    /// Starts `work` that nobody waits for and nobody ends.
    pub(crate) fn leave(&self, work: impl Future<Output = ()> + Send + 'static) {
        drop(self.0.spawn(erased(work)));
    }
}

/// Runs `work` like [`Spawner::blocking`], from within work. It goes on to its end although nobody waits any more.
pub(crate) async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Lost> {
    let (tell, told) = oneshot::channel();
    let task = tokio::task::spawn_blocking(erased_blocking(move || drop(tell.send(work()))));
    result(task, told).await
}

/// The runtime compiles its own part again for each type of work: some two kilobytes, a hundred times (docs/size.md).
fn erased(work: impl Future<Output = ()> + Send + 'static) -> Pin<Box<dyn Future<Output = ()> + Send>> {
    Box::pin(work)
}

fn erased_blocking(work: impl FnOnce() + Send + 'static) -> Box<dyn FnOnce() + Send> {
    Box::new(work)
}

/// What the work told at its end.
async fn result<T>(task: JoinHandle<()>, mut told: oneshot::Receiver<T>) -> Result<T, Lost> {
    task.await?;
    told.try_recv().map_err(|_| silent())
}

fn silent() -> Lost {
    Lost { reason: "the work told nothing".to_owned() }
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
