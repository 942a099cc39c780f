//! What moves a door's relay: a GPIO line, a command, or, on a developer's desk, a printed line.

mod pin;

pub(crate) use pin::LineName;

use phonein_protocol::id::Door;
use pin::Pin;
use rustix::process::{Pid, Signal, kill_process_group};
use std::{
    io::{self, Write},
    process::{ExitStatus, Stdio},
    sync::mpsc,
    time::{Duration, Instant},
};
use tokio::{
    process::{Child, Command},
    runtime::Handle,
    sync::oneshot,
    time::{sleep, timeout},
};
use tracing::{info, warn};

/// A command that fails within this could not be started: a busy line, a missing device. Whatever it does later is only
/// logged.
const SETTLES: Duration = Duration::from_millis(100);
/// A command ends by itself when the door has been active for its seconds; after this much longer it is made to.
const GRACE: Duration = Duration::from_secs(1);
/// How long a command that is told to end for the next one may take.
const HURRY: Duration = Duration::from_millis(300);

/// A command as its words: no shell takes it apart, and the intercom itself is its parent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Words {
    program: String,
    arguments: Vec<String>,
}

impl Words {
    /// Splits at blanks, quotes as a shell has them.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let words = shlex::split(text).ok_or("a quote is not closed")?;
        let mut words = words.into_iter();
        let program = words.next().filter(|program| !program.is_empty()).ok_or("there is no command")?;
        Ok(Self { program, arguments: words.collect() })
    }
}

/// How a door's relay is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Wiring {
    /// Not at all: an opening is printed.
    Printed,
    Command(Words),
    Line(LineName),
}

/// The relay of one door.
#[derive(Debug)]
pub(crate) struct Relay {
    door: Door,
    mover: Mover,
    runtime: Handle,
    running: Option<Running>,
    until: Option<Instant>,
}

#[derive(Debug)]
enum Mover {
    Print,
    Command(Words),
    Pin(Pin),
}

/// A command that was started: it has ended once `ended` is closed.
#[derive(Debug)]
struct Running {
    stop: oneshot::Sender<()>,
    ended: mpsc::Receiver<()>,
}

impl Relay {
    pub(crate) fn new(door: Door, wiring: Wiring, runtime: Handle) -> Self {
        let mover = match wiring {
            Wiring::Printed => Mover::Print,
            Wiring::Command(words) => Mover::Command(words),
            Wiring::Line(name) => Mover::Pin(Pin::new(door, name, runtime.clone())),
        };
        Self { door, mover, runtime, running: None, until: None }
    }

    /// Moves the relay for `seconds` from now, also if it moves already. False if it cannot be moved.
    pub(crate) fn open(&mut self, seconds: u64) -> bool {
        let moved = match &self.mover {
            Mover::Print => {
                let _ = writeln!(io::stdout(), "The {} opens for {seconds} s.", name(self.door));
                true
            }
            Mover::Pin(pin) => pin.open(Duration::from_secs(seconds)),
            Mover::Command(words) => {
                let words = words.clone();
                self.stop();
                self.start(&words, seconds)
            }
        };
        self.until = Instant::now().checked_add(Duration::from_secs(seconds)).filter(|_| moved);
        moved
    }

    /// Whole seconds for which the door can still be pushed.
    pub(crate) fn seconds_left(&self) -> u64 {
        let left = self.until.map_or(Duration::ZERO, |until| until.saturating_duration_since(Instant::now()));
        left.as_secs() + u64::from(left.subsec_nanos() > 0)
    }

    /// Waits until the relay is at rest: a command that runs may have a line to set back, too.
    pub(crate) fn wait(&mut self) {
        if let Mover::Pin(pin) = &self.mover {
            pin.wait();
        }
        if let Some(Running { stop, ended }) = self.running.take() {
            let _ = ended.recv();
            drop(stop);
        }
    }

    /// Ends a command that still runs, so that the next one finds the line free.
    fn stop(&mut self) {
        if let Some(Running { stop, ended }) = self.running.take()
            && stop.send(()).is_ok()
        {
            let _ = ended.recv_timeout(2 * HURRY);
        }
    }

    fn start(&mut self, words: &Words, seconds: u64) -> bool {
        let entered = self.runtime.enter();
        let mut command = Command::new(&words.program);
        command.args(&words.arguments).process_group(0).stdin(Stdio::null()).stdout(Stdio::null());
        command.env("PHONEIN_DOOR", name(self.door)).env("PHONEIN_SECONDS", seconds.to_string());
        let child = match command.spawn() {
            Ok(child) => child,
            Err(error) => {
                warn!(door = name(self.door), %error, "the relay's command cannot be started");
                return false;
            }
        };
        drop(entered);
        let (stop, stopped) = oneshot::channel();
        let (ends, ended) = mpsc::channel();
        let (reports, early) = mpsc::channel();
        let door = self.door;
        self.runtime.spawn(async move {
            watch(child, door, Duration::from_secs(seconds), stopped, reports).await;
            drop(ends);
        });
        let failed = matches!(early.recv_timeout(SETTLES), Ok(status) if !status.success());
        self.running = Some(Running { stop, ended });
        !failed
    }
}

/// Sees a command to its end, one way or another.
async fn watch(
    mut child: Child,
    door: Door,
    active: Duration,
    mut stopped: oneshot::Receiver<()>,
    reports: mpsc::Sender<ExitStatus>,
) {
    let group = child.id().and_then(|id| Pid::from_raw(id.try_into().ok()?));
    let patience = tokio::select! {
        status = child.wait() => {
            if let Ok(status) = status {
                info!(door = name(door), success = status.success(), code = status.code(), "the relay's command ended");
                let _ = reports.send(status);
            }
            return;
        }
        () = sleep(active.saturating_add(GRACE)) => GRACE,
        Ok(()) = &mut stopped => HURRY,
    };
    // It has not been waited for, so nobody else can have its number.
    let signal = |signal| group.map(|group| kill_process_group(group, signal));
    signal(Signal::TERM);
    if timeout(patience, child.wait()).await.is_err() {
        signal(Signal::KILL);
        let _ = child.wait().await;
    }
    info!(door = name(door), "the relay's command was ended");
}

/// A door's name for logs, people and commands.
pub(crate) fn name(door: Door) -> &'static str {
    match door {
        Door::Entrance => "entrance",
        Door::Inner => "inner door",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{fs, path::Path};
    use tokio::runtime::Runtime;

    fn relay(runtime: &Runtime, command: &str) -> Relay {
        Relay::new(Door::Entrance, Wiring::Command(Words::parse(command).unwrap()), runtime.handle().clone())
    }

    fn lines(path: &Path) -> Vec<String> {
        fs::read_to_string(path).unwrap_or_default().lines().map(str::to_owned).collect()
    }

    #[test]
    fn words_are_split_as_a_shell_would_but_no_shell_runs() {
        let words = Words::parse("gpioset -t '5s, 0' \"a b\" $HOME;").unwrap();
        assert_eq!(words.program, "gpioset");
        assert_eq!(words.arguments, ["-t", "5s, 0", "a b", "$HOME;"]);
        assert!(Words::parse("gpioset 'x").is_err());
        assert!(Words::parse("  ").is_err());
        assert!(Words::parse("'' x").is_err());
    }

    #[test]
    fn a_command_that_cannot_be_started_or_fails_at_once_is_a_fault() {
        let runtime = Runtime::new().unwrap();
        assert!(!relay(&runtime, "/nowhere/to/be/found").open(1));
        assert!(!relay(&runtime, "false").open(1));
        let mut door = relay(&runtime, "/nowhere/to/be/found");
        door.open(1);
        assert_eq!(door.seconds_left(), 0);
    }

    #[test]
    fn a_command_knows_its_door_and_is_ended_after_its_time() {
        let runtime = Runtime::new().unwrap();
        let directory = tempfile::tempdir().unwrap();
        let told = directory.path().join("told");
        let script = format!("echo $PHONEIN_DOOR $PHONEIN_SECONDS >> {}; sleep 600", told.display());
        let mut door = relay(&runtime, &format!("sh -c '{script}'"));
        let start = Instant::now();
        assert!(door.open(1));
        assert_eq!(door.seconds_left(), 1);
        door.wait();
        assert!((Duration::from_secs(1)..Duration::from_mins(1)).contains(&start.elapsed()));
        assert_eq!(lines(&told), ["entrance 1"]);
        assert_eq!(door.seconds_left(), 0);
    }

    #[test]
    fn a_second_opening_ends_the_first_command_and_starts_anew() {
        let runtime = Runtime::new().unwrap();
        let directory = tempfile::tempdir().unwrap();
        let told = directory.path().join("told");
        let script =
            format!("trap \"echo ended >> {0}; exit\" TERM; echo started >> {0}; sleep 600 & wait", told.display());
        let mut door = relay(&runtime, &format!("sh -c '{script}'"));
        assert!(door.open(60));
        while lines(&told).is_empty() {
            std::thread::yield_now();
        }
        assert!(door.open(1));
        door.wait();
        assert_eq!(lines(&told), ["started", "ended", "started", "ended"]);
    }

    #[test]
    fn the_intercom_is_the_commands_parent() {
        let runtime = Runtime::new().unwrap();
        let directory = tempfile::tempdir().unwrap();
        let told = directory.path().join("told");
        let mut door = relay(&runtime, &format!("sh -c 'echo $PPID > {}'", told.display()));
        assert!(door.open(1));
        door.wait();
        assert_eq!(lines(&told), [std::process::id().to_string()]);
    }
}
