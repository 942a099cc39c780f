//! One tap, from the press to the second at which its outcome is final.

use std::{sync::Arc, time::Duration};

use phonein_protocol::message::{Answer, Body, Envelope, Op, Outcome, Request};
use tokio::{
    sync::mpsc::{UnboundedReceiver, UnboundedSender},
    task::yield_now,
    time::{Instant, sleep_until, timeout_at},
};
use zeroize::Zeroizing;

use super::{
    Ending, Progress, Wish,
    begin::{Writing, Written, on_disk, write},
    journal::{Begun, JournalError, TapJournal, TapRecord, Unheard},
    race::{FINAL, SEAL_UNTIL},
    runner::{Event, Runner},
    status::settle,
    taps::State,
};
use crate::exchange::{Fault, Line, Obstacle, Step, Via};

/// The wallet writes within this, or the tap goes on without.
const WRITE_LIMIT: Duration = Duration::from_secs(3);
/// Frames of a tap that began before the app did: more than one, as far as anyone knows.
const UNKNOWN_FRAMES: u32 = 2;

/// What those who pressed want of a tap under way.
#[derive(Debug)]
pub(super) enum Command {
    /// Another press on the same door.
    Join(UnboundedSender<Progress>),
    /// Send nothing more.
    Stop,
}

/// How a tap ended, and the answer it ended with.
type End = (Ending, Option<Answer>);

/// A tap under way.
pub(super) struct Drive {
    line: Arc<Line>,
    journal: Arc<dyn TapJournal>,
    state: Arc<State>,
    wish: Wish,
    commands: UnboundedReceiver<Command>,
    began: Instant,
    audience: Audience,
    is_stopped: bool,
}

impl Drive {
    pub(super) fn new(
        line: &Arc<Line>,
        journal: &Arc<dyn TapJournal>,
        state: &Arc<State>,
        wish: Wish,
        commands: UnboundedReceiver<Command>,
        told: UnboundedSender<Progress>,
    ) -> Self {
        Self {
            line: line.clone(),
            journal: journal.clone(),
            state: state.clone(),
            wish,
            commands,
            began: Instant::now(),
            audience: Audience::new(told),
            is_stopped: false,
        }
    }

    /// Drives the tap until its outcome is final. `writing` if another thread writes it down already.
    pub(super) async fn run(mut self, writing: Option<Writing>) {
        let turn = self.line.turn().take().await;
        let mut number = None;
        let (ending, answer) = self.tap(writing, &mut number).await;
        self.audience.end(&ending, answer.as_ref());
        // The person hears of it before anything else is begun.
        yield_now().await;
        drop(turn);
        if let Some(number) = number {
            if answer.is_some() {
                self.state.told(number);
            }
            self.write_down(number, &ending, answer).await;
        }
        self.state.release(&ending);
        // Whoever joined in the last moment.
        while let Ok(command) = self.commands.try_recv() {
            if let Command::Join(told) = command {
                self.audience.join(told);
                self.audience.end(&ending, None);
            }
        }
    }

    /// `number` is that of the tap, once it is written down.
    async fn tap(&mut self, writing: Option<Writing>, number: &mut Option<u64>) -> End {
        let (mut current, mut runner) = match self.begin(writing).await {
            Ok(begun) => begun,
            Err(ending) => return (ending, None),
        };
        *number = Some(current);
        let op = runner.op();
        let mut may_renumber = true;
        loop {
            runner.go_on();
            let now = runner.now();
            if runner.race.is_over(now) {
                return (self.silence(&runner), None);
            }
            if !runner.race.has_hope(now) {
                self.audience.end(&self.silence(&runner), None);
            }
            let event = tokio::select! {
                biased;
                Some(command) = self.commands.recv() => {
                    self.obey(command, &mut runner);
                    continue;
                }
                event = runner.next() => event,
            };
            let (attempt, answer, via) = match event {
                Event::Answered { attempt, answer, via } => (attempt, answer, via),
                event => {
                    self.audience.step(&event);
                    continue;
                }
            };
            let Outcome::NumberUsed { last } = answer.outcome else { return heard(op, answer, via) };
            if runner.race.frames() > 1 {
                // This frame decided nothing; another one may have opened, so the tap keeps its number.
                runner.race.undecided(attempt);
                may_renumber = false;
            } else if may_renumber && !self.is_stopped {
                may_renumber = false;
                match self.renumber(current, last).await {
                    Ok(next) => {
                        current = next.number;
                        *number = Some(current);
                        runner = self.runner(next.body, 0).written();
                    }
                    Err(ending) => return (ending, None),
                }
            } else {
                return heard(op, answer, via);
            }
        }
    }

    /// Has the tap written down, once nothing is left to be asked about an earlier one. Its number, and what sends it.
    async fn begin(&mut self, mut writing: Option<Writing>) -> Result<(u64, Runner), Ending> {
        loop {
            let written = writing.take().unwrap_or_else(|| write(&self.journal, &self.wish, self.line.key()));
            let (begun, ahead) = self.written(written).await?;
            match begun {
                Begun::New(tap) => {
                    self.state.remember(tap.number, self.began);
                    let runner = ahead.unwrap_or_else(|| self.runner(tap.body, 0));
                    return Ok((tap.number, runner.written()));
                }
                // Its answer was told, and not written down: to go on with it would tell of the same opening again.
                Begun::Resumed(tap) if self.state.was_told(tap.number) => self.settle(&tap).await?,
                Begun::Resumed(tap) => {
                    self.began = self.state.pressed(&tap);
                    return Ok((tap.number, self.runner(tap.body, UNKNOWN_FRAMES).written()));
                }
                Begun::Busy => return Err(Ending::Busy),
                Begun::Unsettled(tap) => self.settle(&tap).await?,
            }
        }
    }

    /// Waits until the tap is written down, and makes ready meanwhile what will be sent.
    async fn written(&mut self, mut writing: Writing) -> Result<(Begun, Option<Runner>), Ending> {
        let until = self.write_until();
        let mut ahead: Option<Runner> = None;
        loop {
            let event = tokio::select! {
                biased;
                written = writing.recv() => match written {
                    Some(Written::Draft(body)) => {
                        ahead.insert(self.runner(body, 0)).go_on();
                        continue;
                    }
                    Some(Written::Done(Ok(begun))) => return Ok((begun, ahead)),
                    Some(Written::Done(Err(error))) => return Err(self.unwritten(&error)),
                    None => return Err(self.unreachable(&Fault::Wallet)),
                },
                Some(event) = next(&mut ahead) => event,
                () = sleep_until(until) => return Err(self.unreachable(&Fault::Wallet)),
            };
            self.audience.step(&event);
            if let Some(runner) = &mut ahead {
                runner.go_on();
            }
        }
    }

    fn runner(&self, body: Zeroizing<Vec<u8>>, frames: u32) -> Runner {
        let op = op_of(&body).unwrap_or(self.wish.op());
        Runner::new(&self.line, op, body, self.began, FINAL, frames)
    }

    async fn renumber(&mut self, number: u64, last: u64) -> Result<TapRecord, Ending> {
        let (wish, key) = (self.wish.clone(), self.line.key().clone());
        let tap = self.write(move |journal| journal.renumber(number, last, &wish, &key)).await?;
        self.state.remember(tap.number, self.began);
        Ok(tap)
    }

    /// Asks what became of an earlier tap until it is settled: the intercom keeps only the last one.
    async fn settle(&mut self, earlier: &TapRecord) -> Result<(), Ending> {
        let pressed = self.state.pressed(earlier);
        loop {
            let age = pressed.elapsed();
            let (answer, via) = self.ask_status().await?;
            if let Some(settled) = settle(earlier.number, age, &answer) {
                let number = earlier.number;
                return self.write(move |journal| journal.settled(number, settled, via)).await;
            }
            // It may still be on its way, so this one waits, as long as it can be sent at all.
            let is_final = pressed + FINAL;
            if is_final >= self.began + SEAL_UNTIL {
                return Err(self.unreachable(&Fault::Later));
            }
            self.wait(is_final).await?;
        }
    }

    async fn ask_status(&mut self) -> Result<(Answer, Via), Ending> {
        let request = Request { number: 0, kid: Some(self.line.key().kid()), body: Body::Status };
        let body = Zeroizing::new(request.to_bytes());
        let mut runner = Runner::new(&self.line, Op::Status, body, self.began, SEAL_UNTIL, 0).written();
        loop {
            runner.go_on();
            if !runner.race.has_hope(runner.now()) {
                return Err(Ending::Unreachable { paths: runner.obstacles() });
            }
            tokio::select! {
                biased;
                Some(command) = self.commands.recv() => self.obey_unsent(command)?,
                event = runner.next() => match event {
                    Event::Answered { answer, via, .. } => return Ok((answer, via)),
                    Event::Found => self.audience.step(&event),
                    // What is sent here is not the tap.
                    Event::Sent | Event::Moved => {}
                },
            }
        }
    }

    async fn wait(&mut self, until: Instant) -> Result<(), Ending> {
        loop {
            tokio::select! {
                biased;
                Some(command) = self.commands.recv() => self.obey_unsent(command)?,
                () = sleep_until(until) => return Ok(()),
            }
        }
    }

    /// Before anything of the tap was sent.
    fn obey_unsent(&mut self, command: Command) -> Result<(), Ending> {
        match command {
            Command::Join(told) => self.audience.join(told),
            Command::Stop => return Err(Ending::Cancelled),
        }
        Ok(())
    }

    fn obey(&mut self, command: Command, runner: &mut Runner) {
        match command {
            Command::Join(told) => {
                self.is_stopped = false;
                runner.race.join(runner.now());
                self.audience.join(told);
            }
            Command::Stop => {
                self.is_stopped = true;
                runner.race.stop();
                // What is out may still be obeyed: the tap stays in hand until that is over.
                self.audience.end(&self.silence(runner), None);
            }
        }
    }

    /// How the tap stands if no answer comes.
    fn silence(&self, runner: &Runner) -> Ending {
        match (runner.race.frames(), self.is_stopped) {
            (0, true) => Ending::Cancelled,
            (0, false) => Ending::Unreachable { paths: runner.obstacles() },
            _ => Ending::NoAnswer { stranger: runner.race.met_only_strangers() },
        }
    }

    fn unreachable(&self, fault: &Fault) -> Ending {
        let obstacle = |via| Obstacle { via, fault: fault.clone() };
        Ending::Unreachable { paths: self.line.paths().iter().map(|path| obstacle(path.via())).collect() }
    }

    /// Has the journal write what must be on disk before anything is sent.
    async fn write<T: Send + 'static>(
        &self,
        write: impl FnOnce(&dyn TapJournal) -> Result<T, JournalError> + Send + 'static,
    ) -> Result<T, Ending> {
        match timeout_at(self.write_until(), on_disk(&self.journal, write)).await {
            Ok(Ok(written)) => Ok(written),
            Ok(Err(error)) => Err(self.unwritten(&error)),
            Err(_) => Err(self.unreachable(&Fault::Wallet)),
        }
    }

    fn write_until(&self) -> Instant {
        (Instant::now() + WRITE_LIMIT).min(self.began + SEAL_UNTIL)
    }

    fn unwritten(&self, error: &JournalError) -> Ending {
        tracing::warn!(%error, "a tap was not sent");
        self.unreachable(&Fault::Wallet)
    }

    /// Writes how it ended. If that fails the tap stays unsettled, and the next contact settles it.
    async fn write_down(&self, number: u64, ending: &Ending, answer: Option<Answer>) {
        let unheard = match ending {
            Ending::Cancelled => Unheard::Cancelled,
            Ending::Unreachable { .. } => Unheard::Unreachable,
            _ => Unheard::NoAnswer,
        };
        let via = match ending {
            Ending::Opened { via, .. } | Ending::Accepted { via } | Ending::Refused { via, .. } => Some(*via),
            _ => None,
        };
        let written = on_disk(&self.journal, move |journal| match (answer, via) {
            (Some(answer), Some(via)) => journal.answered(number, &answer, via),
            _ => journal.unheard(number, unheard),
        });
        match timeout_at(Instant::now() + WRITE_LIMIT, written).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "the end of a tap was not written down"),
            Err(_) => tracing::warn!("the wallet does not write"),
        }
    }
}

fn heard(op: Op, answer: Answer, via: Via) -> End {
    let ending = match (answer.outcome, op) {
        (Outcome::Opened { door, seconds }, _) => Ending::Opened { door, seconds, via },
        (Outcome::Done, Op::Claim) => Ending::Accepted { via },
        (outcome, _) => Ending::Refused { outcome, via },
    };
    (ending, Some(answer))
}

fn op_of(body: &[u8]) -> Option<Op> {
    Envelope::parse(body).ok()?.op()
}

/// What happens next to what is made ready, if anything is.
async fn next(ahead: &mut Option<Runner>) -> Option<Event> {
    Some(ahead.as_mut()?.next().await)
}

/// Those who are told how a tap goes on.
struct Audience {
    step: Step,
    waiting: Vec<UnboundedSender<Progress>>,
    /// Told the end; their channels close when it is written down.
    told: Vec<UnboundedSender<Progress>>,
}

// Whoever stopped listening misses nothing: sending to them may fail.
impl Audience {
    fn new(first: UnboundedSender<Progress>) -> Self {
        let mut audience = Self { step: Step::Searching, waiting: Vec::new(), told: Vec::new() };
        audience.join(first);
        audience
    }

    fn join(&mut self, told: UnboundedSender<Progress>) {
        let _ = told.send(Progress::Step(self.step));
        self.waiting.push(told);
    }

    fn step(&mut self, event: &Event) {
        let step = match event {
            Event::Found => Step::Connecting,
            Event::Sent => Step::Asking,
            Event::Answered { .. } | Event::Moved => return,
        };
        if step > self.step {
            self.step = step;
            for waiting in &self.waiting {
                let _ = waiting.send(Progress::Step(step));
            }
        }
    }

    fn end(&mut self, ending: &Ending, answer: Option<&Answer>) {
        for waiting in self.waiting.drain(..) {
            let answer = answer.cloned().map(Box::new);
            let _ = waiting.send(Progress::Ended { ending: ending.clone(), answer });
            self.told.push(waiting);
        }
    }
}
