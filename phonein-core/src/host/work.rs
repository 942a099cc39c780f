//! Handing work to the runtime without its type. For each type the runtime compiles its own part again: some two kilobytes,
//! a hundred times (docs/size.md).

use std::{
    future::Future,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll, ready},
};

use tokio::task::JoinError;

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

/// Work whose type nobody knows.
pub(super) type Erased = Pin<Box<dyn Future<Output = ()> + Send>>;
/// The same, which may block.
pub(super) type ErasedBlocking = Box<dyn FnOnce() + Send>;

pub(crate) fn erased(work: impl Future<Output = ()> + Send + 'static) -> Erased {
    Box::pin(work)
}

/// `work`, and where its result is to be found once it has ended.
pub(super) fn keeping<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> (Outcome<T>, Erased) {
    let outcome = Outcome::new();
    let kept = outcome.clone();
    (outcome, Box::pin(async move { kept.put(work.await) }))
}

/// The same of work that may block.
pub(super) fn keeping_blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> (Outcome<T>, ErasedBlocking) {
    let outcome = Outcome::new();
    let kept = outcome.clone();
    (outcome, Box::new(move || kept.put(work())))
}

/// Waits for work to end and gives what came of it. It does nothing before it is polled; dropping it ends the wait.
pub(crate) struct Wait<T, E = Lost> {
    ended: Pin<Box<dyn Future<Output = Result<(), E>> + Send>>,
    outcome: Outcome<T>,
}

impl<T, E> Wait<T, E> {
    /// Until `ended`, which says whether there is an outcome.
    pub(crate) fn new(outcome: Outcome<T>, ended: impl Future<Output = Result<(), E>> + Send + 'static) -> Self {
        Self { ended: Box::pin(ended), outcome }
    }
}

impl<T, E: From<Lost>> Future for Wait<T, E> {
    type Output = Result<T, E>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        ready!(self.ended.as_mut().poll(context))?;
        Poll::Ready(self.outcome.take().map_err(E::from))
    }
}

/// What came of work.
pub(crate) struct Outcome<T>(Arc<Mutex<Option<T>>>);

impl<T> Outcome<T> {
    /// Nothing yet.
    pub(crate) fn new() -> Self {
        Self(Arc::new(Mutex::new(None)))
    }

    /// The work did it.
    pub(crate) fn put(&self, result: T) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(result);
    }

    /// To be called when the work has ended.
    pub(crate) fn take(&self) -> Result<T, Lost> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take().ok_or_else(silent)
    }
}

impl<T> Clone for Outcome<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

/// The error of work that ended without a result.
pub(super) fn silent() -> Lost {
    Lost { reason: "the work told nothing".to_owned() }
}
