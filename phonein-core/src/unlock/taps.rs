//! The presses at one intercom.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use phonein_protocol::{
    id::Door,
    message::{Answer, Body, Outcome},
};
use tokio::{
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    time::Instant,
};

use super::{
    Wish,
    begin::{Writing, on_disk, writing},
    drive::{Command, Drive},
    journal::{JournalError, TapJournal, TapRecord},
    status::settle,
};
use crate::{
    exchange::{Line, Obstacle, Step, Unreached, Via},
    host::Spawner,
};

/// An intercom that says it holds a door open for longer is not believed.
const LONGEST_OPEN: u64 = 600;

/// How a tap goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    /// It got this far.
    Step(Step),
    /// It ended, and how. What it changed in the wallet is written down once the channel closes.
    Ended {
        /// How.
        ending: Ending,
        /// The intercom's whole answer, where there is one.
        answer: Option<Box<Answer>>,
    },
}

/// How a tap ended for the person who pressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The door is open.
    Opened {
        /// Which.
        door: Door,
        /// For how long from now.
        seconds: u64,
        /// How the answer came.
        via: Via,
    },
    /// The link is accepted; no door was asked for.
    Accepted {
        /// How the answer came.
        via: Via,
    },
    /// The intercom said no.
    Refused {
        /// Why.
        outcome: Outcome,
        /// How the answer came.
        via: Via,
    },
    /// Nothing was sent: the door stays shut.
    Unreachable {
        /// Each way, and why.
        paths: Vec<Obstacle>,
    },
    /// It was sent and has no answer. The next contact says what became of it.
    NoAnswer {
        /// Only intercoms answered that could not read it.
        stranger: bool,
    },
    /// Ended by the person before anything was sent.
    Cancelled,
    /// Another door was pressed just before the app ended, and may still open: nothing was sent.
    Busy,
}

/// Another door is being asked: one at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("one door at a time")]
pub struct Busy;

/// A press, and what it became.
#[derive(Debug)]
pub struct Pressed {
    /// Steps, then one ending, then closed.
    pub progress: UnboundedReceiver<Progress>,
    /// Ends it.
    pub cancel: Cancel,
}

/// Ends a tap: nothing more is sent.
#[derive(Clone, Debug)]
pub struct Cancel(UnboundedSender<Command>);

impl Cancel {
    /// Before anything was sent the tap is cancelled; afterwards it is without an answer, settled like any.
    pub fn cancel(&self) {
        // One that is over cannot be cancelled any more.
        let _ = self.0.send(Command::Stop);
    }
}

/// The presses at one intercom. One for each intercom, shared by all who press there.
pub struct Taps {
    line: Arc<Line>,
    journal: Arc<dyn TapJournal>,
    state: Arc<State>,
}

#[derive(Default)]
pub(super) struct State(Mutex<Doors>);

#[derive(Default)]
struct Doors {
    in_hand: Option<(Wish, UnboundedSender<Command>)>,
    open: HashMap<Door, (Instant, Via)>,
    /// When the last tap was pressed, by a clock that nobody can set.
    pressed: Option<(u64, Instant)>,
    /// The last tap whose answer was told.
    told: Option<u64>,
}

impl Taps {
    /// Over this line, written down in this journal.
    pub fn new(line: Arc<Line>, journal: Arc<dyn TapJournal>) -> Self {
        Self { line, journal, state: Arc::default() }
    }

    /// A press, now. On a door that is being asked or open it adds nothing and shares what becomes of it. Within a tokio
    /// runtime.
    pub fn press(&self, wish: Wish) -> Result<Pressed, Busy> {
        Ok(self.take(wish, None)?.0)
    }

    /// The same from a thread that may block, which spares a tap the way to one: that thread then calls at once what this
    /// returns beside the press, and so writes the tap down.
    pub fn press_here(&self, wish: Wish) -> Result<(Pressed, impl FnOnce() + use<>), Busy> {
        let (write, written) = writing(&self.journal, &wish, self.line.key());
        let (pressed, is_new) = self.take(wish, Some(written))?;
        Ok((pressed, move || {
            if is_new {
                write();
            }
        }))
    }

    /// And whether it is a tap of its own.
    fn take(&self, wish: Wish, writing: Option<Writing>) -> Result<(Pressed, bool), Busy> {
        let (told, progress) = unbounded_channel();
        let mut doors = self.state.lock();
        if let Some((present, commands)) = &doors.in_hand {
            if !present.covers(&wish) {
                return Err(Busy);
            }
            // The other end is there for as long as the tap is in hand.
            let _ = commands.send(Command::Join(told));
            return Ok((Pressed { progress, cancel: Cancel(commands.clone()) }, false));
        }
        let (commands, orders) = unbounded_channel();
        let cancel = Cancel(commands.clone());
        if let Some(opened) = doors.opened(&wish) {
            let _ = told.send(Progress::Ended { ending: opened, answer: None });
            return Ok((Pressed { progress, cancel }, false));
        }
        doors.in_hand = Some((wish.clone(), commands));
        drop(doors);
        let drive = Drive::new(&self.line, &self.journal, &self.state, wish, orders, told);
        Spawner::here().leave(drive.run(writing));
        Ok((Pressed { progress, cancel }, true))
    }

    /// Asks what became of an earlier tap that had no answer, if there is one. To be called first at every contact.
    pub async fn settle(&self) -> Result<(), SettleError> {
        let Some(tap) = on_disk(&self.journal, |journal| journal.unsettled()).await? else { return Ok(()) };
        if self.state.lock().in_hand.is_some() {
            return Ok(());
        }
        // The Status is sealed later than now, so the tap is older then.
        let age = self.state.pressed(&tap).elapsed();
        let answered = self.line.ask(Body::Status).await?;
        let Some(settled) = settle(tap.number, age, &answered.answer) else { return Ok(()) };
        on_disk(&self.journal, move |journal| journal.settled(tap.number, settled, answered.via)).await?;
        Ok(())
    }
}

/// An earlier tap could not be asked about.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettleError {
    /// No way led to the intercom.
    #[error(transparent)]
    Unreached(#[from] Unreached),
    /// The wallet did not take it.
    #[error(transparent)]
    Journal(#[from] JournalError),
}

impl State {
    fn lock(&self) -> MutexGuard<'_, Doors> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The tap with this number was pressed then.
    pub(super) fn remember(&self, number: u64, pressed: Instant) {
        self.lock().pressed = Some((number, pressed));
    }

    /// The answer to the tap with this number was told.
    pub(super) fn told(&self, number: u64) {
        self.lock().told = Some(number);
    }

    /// Whether that is over for the person, whatever the wallet knows.
    pub(super) fn was_told(&self, number: u64) -> bool {
        self.lock().told == Some(number)
    }

    /// When a tap was pressed. Of one from before the app began the wallet knows it, as far as its clock can be trusted.
    pub(super) fn pressed(&self, tap: &TapRecord) -> Instant {
        let mut doors = self.lock();
        match doors.pressed {
            Some((number, pressed)) if number == tap.number => pressed,
            _ => {
                let now = Instant::now();
                let pressed = now.checked_sub(tap.age).unwrap_or(now);
                doors.pressed = Some((tap.number, pressed));
                pressed
            }
        }
    }

    /// The tap in hand is over. From here on nobody joins it.
    pub(super) fn release(&self, ending: &Ending) {
        let mut doors = self.lock();
        doors.in_hand = None;
        if let Ending::Opened { door, seconds, via } = ending {
            let until = Instant::now() + Duration::from_secs((*seconds).min(LONGEST_OPEN));
            doors.open.insert(*door, (until, *via));
        }
    }
}

impl Doors {
    /// What a press on a door that is open becomes.
    fn opened(&self, wish: &Wish) -> Option<Ending> {
        let Wish::Open { door, .. } = wish else { return None };
        let (until, via) = *self.open.get(door)?;
        let left = until.checked_duration_since(Instant::now())?;
        // Rounded up: it is open until the very end.
        let seconds = left.as_secs() + u64::from(left.subsec_nanos() > 0);
        (seconds > 0).then_some(Ending::Opened { door: *door, seconds, via })
    }
}

impl std::fmt::Debug for Taps {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Taps").field("line", &self.line).finish_non_exhaustive()
    }
}
