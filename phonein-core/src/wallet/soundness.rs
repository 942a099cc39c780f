//! Whether the file is sound, found out beside everything else where it is large: reading all of it would be most of a
//! start. What is found is told by a mark, and the next start moves the file aside.

use super::{
    error::is_damage,
    file::{Mark, connect},
};
use rusqlite::{Connection, InterruptHandle};
use std::{
    fmt,
    path::{Path, PathBuf},
    sync::{
        Arc, OnceLock,
        mpsc::{self, RecvTimeoutError, SyncSender},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

/// A start has better things to do first.
const REST: Duration = Duration::from_secs(10);

/// What looks after the file for as long as it is open.
#[derive(Debug)]
pub(super) struct Soundness {
    mark: Mark,
    _looking: Option<Looking>,
}

struct Looking {
    /// Ends the rest when dropped.
    open: Option<SyncSender<()>>,
    /// Ends the looking, once that has begun.
    interrupt: Arc<OnceLock<InterruptHandle>>,
    thread: Option<JoinHandle<()>>,
}

impl Soundness {
    /// Of a file all of which was looked at.
    pub(super) fn seen(path: &Path) -> Self {
        Self { mark: Mark::beside(path), _looking: None }
    }

    /// Of one that is looked at after a rest.
    pub(super) fn in_doubt(path: PathBuf) -> Self {
        let mark = Mark::beside(&path);
        let (open, is_open) = mpsc::sync_channel::<()>(0);
        let interrupt = Arc::<OnceLock<_>>::default();
        let begun = Arc::clone(&interrupt);
        let looks = move || {
            if is_open.recv_timeout(REST) == Err(RecvTimeoutError::Timeout) {
                look(&path, &begun);
            }
        };
        let thread = thread::Builder::new().name("phonein-sound".into()).spawn(looks).ok();
        Self { mark, _looking: Some(Looking { open: Some(open), interrupt, thread }) }
    }

    /// Something in the file contradicts itself.
    pub(super) fn is_damaged(&self) {
        self.mark.set();
    }
}

impl fmt::Debug for Looking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Looking(..)")
    }
}

impl Drop for Looking {
    fn drop(&mut self) {
        drop(self.open.take());
        let Some(thread) = self.thread.take() else { return };
        // Again and again: interrupted before it has begun, it would go on to the end.
        while !thread.is_finished() {
            self.interrupt.get().inspect(|looking| looking.interrupt());
            std::thread::sleep(Duration::from_millis(1));
        }
    }
}

/// Looks at all of the file and leaves a mark where it is damaged.
pub(super) fn look(path: &Path, begun: &OnceLock<InterruptHandle>) {
    let sound = connect(path).and_then(|connection| {
        connection.pragma_update(None, "query_only", true)?;
        begun.get_or_init(|| connection.get_interrupt_handle());
        is_sound(&connection)
    });
    let damaged = match sound {
        Ok(sound) => !sound,
        Err(error) => is_damage(&error),
    };
    if damaged {
        tracing::warn!("the wallet's file is damaged; the next start moves it aside");
        Mark::beside(path).set();
    }
}

pub(super) fn is_sound(connection: &Connection) -> rusqlite::Result<bool> {
    let found: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    Ok(found == "ok")
}
