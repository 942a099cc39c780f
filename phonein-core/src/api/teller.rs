//! Telling a listener of the shell, one thing after the other, on a thread where it may take its time.

use super::error::ListenerError;
use super::runtime::Spawner;
use std::sync::Arc;
use tokio::sync::mpsc::{self, UnboundedSender};

/// Takes what is to be told and never waits for the listener. What was told before it is dropped still arrives.
#[derive(Clone, Debug)]
pub(crate) struct Teller<T>(UnboundedSender<T>);

impl<T: Send + 'static> Teller<T> {
    /// Begins to tell with `tell`.
    pub(crate) fn start(
        spawner: &Spawner,
        tell: impl Fn(T) -> Result<(), ListenerError> + Send + Sync + 'static,
    ) -> Self {
        let (told, mut to_tell) = mpsc::unbounded_channel();
        let tell = Arc::new(tell);
        spawner.leave(async move {
            while let Some(next) = to_tell.recv().await {
                let tell = tell.clone();
                if let Ok(Err(error)) = tokio::task::spawn_blocking(move || tell(next)).await {
                    tracing::warn!(%error, "a listener failed");
                }
            }
        });
        Self(told)
    }

    /// Tells this next.
    pub(crate) fn tell(&self, next: T) {
        // Only the core's end ends the other side.
        let _ = self.0.send(next);
    }
}
