//! Carries out what a race orders: attempts run side by side, every decision is made here, one after the other.

use std::{pin::Pin, sync::Arc, time::Duration};

use phonein_protocol::message::{Answer, Op};
use tokio::{
    sync::{Notify, SetOnce},
    task::JoinSet,
    time::{Instant, sleep_until},
};
use zeroize::Zeroizing;

use super::race::{Attempt, Order, Race};
use crate::exchange::{Fault, Held, Line, Obstacle, Path, Peer, Sealed, Unanswered, Via};

/// What brought the race on.
pub(super) enum Event {
    /// An intercom is connected to, or its HELLO is held.
    Found,
    /// A REQ is out.
    Sent,
    /// The intercom answered.
    Answered { attempt: Attempt, answer: Answer, via: Via },
    /// Something failed, or time went by.
    Moved,
}

/// What an attempt did.
enum Done {
    Held(Attempt, Result<Held, Fault>),
    Sealed(Attempt, Result<Sealed, Fault>),
    Delivered(Attempt, Result<Answer, Unanswered>),
}

/// A race under way. Dropping it cancels what is under way.
pub(super) struct Runner {
    line: Arc<Line>,
    paths: Vec<Arc<Path>>,
    op: Op,
    body: Arc<Zeroizing<Vec<u8>>>,
    began: Instant,
    held: Vec<Option<Held>>,
    /// Said once what is sent is on disk. Those who wait hear it in their order.
    written: Arc<SetOnce<()>>,
    jobs: JoinSet<Done>,
    found: Arc<Notify>,
    pub(super) race: Race,
}

impl Runner {
    /// A race of `body` for a tap that began at `began`; `frames` of it may be out already. Nothing leaves before it is
    /// written.
    pub(super) fn new(
        line: &Arc<Line>,
        op: Op,
        body: Zeroizing<Vec<u8>>,
        began: Instant,
        ends: Duration,
        frames: u32,
    ) -> Self {
        let paths = line.paths();
        let held = paths.iter().map(|_| None).collect();
        let race = Race::new(paths.iter().map(|path| path.has_hello()), ends, frames);
        Self {
            line: line.clone(),
            paths,
            op,
            body: Arc::new(body),
            began,
            held,
            written: Arc::default(),
            jobs: JoinSet::new(),
            found: Arc::default(),
            race,
        }
    }

    /// What is sent is on disk, or need not be: from here on it may leave.
    pub(super) fn written(self) -> Self {
        let _ = self.written.set(());
        self
    }

    /// What the body asks for.
    pub(super) fn op(&self) -> Op {
        self.op
    }

    /// Time since the tap.
    pub(super) fn now(&self) -> Duration {
        self.began.elapsed()
    }

    /// Does what is to be done now.
    pub(super) fn go_on(&mut self) {
        for order in self.race.orders(self.now()) {
            match order {
                Order::Reach(attempt) => self.reach(attempt),
                Order::Seal(attempt) => self.seal(attempt),
            }
        }
    }

    /// Waits for the next thing that matters. May be dropped and called again.
    pub(super) async fn next(&mut self) -> Event {
        let wake = self.began + self.race.wake(self.now());
        tokio::select! {
            biased;
            Some(done) = self.jobs.join_next() => match done {
                Ok(done) => self.done(done),
                // An attempt that panicked says nothing; its lane goes on when its time is up.
                Err(_) => Event::Moved,
            },
            () = self.found.notified() => Event::Found,
            () = sleep_until(wake) => Event::Moved,
        }
    }

    /// Each way, and why it failed.
    pub(super) fn obstacles(&self) -> Vec<Obstacle> {
        let each = self.paths.iter().zip(self.race.faults());
        each.map(|(path, fault)| Obstacle { via: path.via(), fault: fault.cloned().unwrap_or_else(|| path.silent()) })
            .collect()
    }

    fn reach(&mut self, attempt: Attempt) {
        if let Some(path) = self.paths.get(attempt.lane).cloned() {
            let found = self.found.clone();
            self.start(async move { Done::Held(attempt, path.hold(|| found.notify_one()).await) });
        }
    }

    fn seal(&mut self, attempt: Attempt) {
        if let Some(held) = self.held.get_mut(attempt.lane).and_then(Option::take) {
            let (line, body, written) = (self.line.clone(), self.body.clone(), self.written.clone());
            self.start(async move {
                let peer = Peer::Intercom(*line.intercom());
                let sealed = Sealed::make(held, &peer, line.key(), &body).await;
                // Sealing is all that may be done ahead.
                written.wait().await;
                Done::Sealed(attempt, sealed)
            });
        }
    }

    /// Without its type, like all work ([`crate::host`]).
    fn start(&mut self, job: impl Future<Output = Done> + Send + 'static) {
        self.jobs.spawn(Box::pin(job) as Pin<Box<dyn Future<Output = Done> + Send>>);
    }

    fn done(&mut self, done: Done) -> Event {
        let now = self.now();
        match done {
            Done::Held(attempt, Ok(held)) => {
                self.race.held(attempt);
                if let Some(place) = self.held.get_mut(attempt.lane) {
                    *place = Some(held);
                }
                Event::Found
            }
            Done::Sealed(attempt, Ok(sealed)) => {
                let path = self.paths.get(attempt.lane).cloned();
                let (Some(path), true) = (path, self.race.may_send(attempt, now)) else { return Event::Moved };
                let op = self.op;
                self.start(async move { Done::Delivered(attempt, path.deliver(sealed, op).await) });
                Event::Sent
            }
            Done::Held(attempt, Err(fault)) | Done::Sealed(attempt, Err(fault)) => {
                self.race.failed(attempt, fault, now);
                Event::Moved
            }
            Done::Delivered(attempt, Ok(answer)) => {
                // Only a way that exists was asked.
                let via = self.paths.get(attempt.lane).map_or(Via::Http, |path| path.via());
                Event::Answered { attempt, answer, via }
            }
            Done::Delivered(attempt, Err(unanswered)) => {
                self.race.unanswered(attempt, unanswered, now);
                Event::Moved
            }
        }
    }
}

impl Drop for Runner {
    /// A HELLO that waited for its turn in vain serves the next request.
    fn drop(&mut self) {
        for (path, held) in self.paths.iter().zip(&mut self.held) {
            if let Some(held) = held.take() {
                path.keep(held);
            }
        }
    }
}
