//! The one thread that judges: it owns the intercom and its disk, and takes one thing after another.

mod advertised;
mod lanes;
pub(crate) mod report;
mod standing;

pub(crate) use advertised::Advertised;
pub(crate) use standing::Standing;

use crate::{
    clock::{Clock, Trust},
    control::{Ask, Said},
    relay::Relay,
    store::{self, Opened, SqliteStore, StoreError},
};
use lanes::{Found, Giver, Lane, NotTaken, Taker, lanes};
use phonein_protocol::{
    id::Door,
    intercom::{Arrival, Config, Intercom, Moment, Reply, Source},
    log::Via,
    session::TransportError,
};
use std::{
    net::SocketAddr,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};
use tokio::sync::{oneshot, watch};
use tracing::{error, info};

/// How often the intercom looks after itself.
const TICK: Duration = Duration::from_mins(1);
/// The person at the device, among the sources that are near. Bluetooth's links count down from the largest number.
const DEVICE: Source = 0;

/// Why there is no frame to send.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    /// What the protocol says.
    #[error("{0}")]
    Transport(#[from] TransportError),
    /// Too much waits to be judged.
    #[error("busy")]
    Busy,
    /// The disk failed, or the program ends.
    #[error("out of order")]
    OutOfOrder,
}

type Frame = Result<Vec<u8>, Refusal>;

enum Job {
    Hello(oneshot::Sender<Frame>),
    Request { req: Vec<u8>, via: Via, source: Source, reply: oneshot::Sender<Frame> },
    Control { ask: Ask, reply: oneshot::Sender<Said> },
}

/// How the rest of the program asks the judge. The thread ends when the last of these is dropped.
#[derive(Clone, Debug)]
pub(crate) struct Judge {
    jobs: Arc<Giver<Job>>,
    works: Arc<AtomicBool>,
}

impl Judge {
    /// Starts the thread. What is wrong with the store at the start is told here.
    pub(crate) fn start(bench: Bench, opened: Opened) -> Result<(Self, JoinHandle<()>), StoreError> {
        let (jobs, queue) = lanes();
        let works = Arc::new(AtomicBool::new(true));
        let intercom = bench.intercom(opened)?;
        bench.advertise(&intercom);
        let thread_works = Arc::clone(&works);
        let thread = thread::Builder::new()
            .name("judge".into())
            .spawn(move || bench.judge(intercom, &queue, &thread_works))
            .map_err(StoreError::Directory)?;
        Ok((Self { jobs: Arc::new(jobs), works }, thread))
    }

    /// A HELLO.
    pub(crate) async fn hello(&self, via: Via, source: Source) -> Frame {
        let (reply, answer) = oneshot::channel();
        self.ask(lane(via), source, Job::Hello(reply))?;
        answer.await.unwrap_or(Err(Refusal::OutOfOrder))
    }

    /// The answer to a REQ.
    pub(crate) async fn request(&self, req: Vec<u8>, via: Via, source: Source) -> Frame {
        let (reply, answer) = oneshot::channel();
        self.ask(lane(via), source, Job::Request { req, via, source, reply })?;
        answer.await.unwrap_or(Err(Refusal::OutOfOrder))
    }

    /// The answer to a command of the person at the device.
    pub(crate) async fn control(&self, ask: Ask) -> Said {
        let (reply, answer) = oneshot::channel();
        match self.ask(Lane::Near, DEVICE, Job::Control { ask, reply }) {
            Ok(()) => answer.await.unwrap_or_else(|_| Said::refused(Refusal::OutOfOrder)),
            Err(refusal) => Said::refused(refusal),
        }
    }

    /// Whether the disk worked when it was last asked.
    pub(crate) fn works(&self) -> bool {
        self.works.load(Ordering::Relaxed)
    }

    fn ask(&self, lane: Lane, source: Source, job: Job) -> Result<(), Refusal> {
        self.jobs.give(lane, source, job).map_err(|not| match not {
            NotTaken::Full => Refusal::Busy,
            NotTaken::Ended => Refusal::OutOfOrder,
        })
    }
}

fn lane(via: Via) -> Lane {
    match via {
        Via::Bluetooth => Lane::Near,
        Via::Http => Lane::Network,
    }
}

/// What the thread works with besides the intercom itself.
#[derive(Debug)]
pub(crate) struct Bench {
    pub(crate) directory: PathBuf,
    /// Where it listens, if it does.
    pub(crate) http: Option<SocketAddr>,
    /// How Bluetooth stands, if it was asked for.
    pub(crate) bluetooth: Option<Standing>,
    /// Told whenever it changes.
    pub(crate) advertised: watch::Sender<Advertised>,
    pub(crate) clock: Clock,
    /// What the intercom is made of; its key is put in once the store is open.
    pub(crate) config: Config,
    /// Between two openings of a phone, in the long run.
    pub(crate) opening_every_ms: u64,
    pub(crate) entrance: Relay,
    pub(crate) inner: Relay,
    pub(crate) uuid: String,
    /// Whether the last job was an opening, whose end is not on disk yet.
    pub(crate) has_opened: bool,
}

/// What came of a job.
enum Next {
    Go,
    /// Erase everything, tell this one, begin anew.
    Reset(oneshot::Sender<Said>),
    Stop,
}

impl Bench {
    fn intercom(&self, opened: Opened) -> Result<Intercom<SqliteStore>, StoreError> {
        let Opened { store, identity, .. } = opened;
        let config = Config { intercom: *identity.keys.public(), ..self.config.clone() };
        let intercom = Intercom::start(config, identity.session_keys(), store, identity.boot, &self.clock.moment())?;
        Ok(intercom.opening_every(self.opening_every_ms))
    }

    fn judge(mut self, mut intercom: Intercom<SqliteStore>, queue: &Taker<Job>, works: &AtomicBool) {
        let mut next_tick = Instant::now();
        loop {
            // However much there is to do.
            if Instant::now() >= next_tick {
                next_tick = Instant::now() + TICK;
                note(works, intercom.tick(&self.clock.moment()));
                self.advertise(&intercom);
            }
            let next = match queue.take_until(next_tick) {
                Found::Job(job) => {
                    if !matches!(job, Job::Request { .. }) {
                        finish(&mut intercom, works);
                    }
                    let next = self.take(&mut intercom, job, works);
                    // The end of an opening waits for one more job, where there is one: if that is an opening too, both are
                    // one transaction.
                    if !(std::mem::take(&mut self.has_opened) && queue.is_waiting()) {
                        finish(&mut intercom, works);
                    }
                    next
                }
                Found::Nothing => Next::Go,
                Found::Ended => Next::Stop,
            };
            match next {
                Next::Go => {}
                Next::Reset(reply) => {
                    // Only one may have the file open.
                    drop(intercom);
                    let erased = store::reset(&self.directory);
                    info!(erased = erased.is_ok(), "factory reset");
                    match store::open(&self.directory).and_then(|opened| self.intercom(opened)) {
                        Ok(anew) => {
                            intercom = anew;
                            self.advertise(&intercom);
                        }
                        Err(error) => {
                            error!(%error, "the store cannot be opened again");
                            let _ = reply.send(Said::refused(error));
                            return;
                        }
                    }
                    let _ = reply.send(match erased {
                        Ok(()) => self.code(),
                        Err(error) => Said::refused(error),
                    });
                }
                Next::Stop => break,
            }
        }
        finish(&mut intercom, works);
        self.entrance.wait();
        self.inner.wait();
    }

    fn take(&mut self, intercom: &mut Intercom<SqliteStore>, job: Job, works: &AtomicBool) -> Next {
        match job {
            // Whoever asked has gone.
            Job::Hello(reply) if reply.is_closed() => {}
            Job::Hello(reply) => {
                let frame = random().map(|random| intercom.hello(&self.clock.moment(), &random).to_vec());
                let _ = reply.send(frame);
            }
            Job::Request { req, via, source, reply } => {
                let before = intercom.judgement().state().head.number;
                note(works, self.request(intercom, &req, via, source, reply));
                report::new_entries(intercom.judgement(), before);
                if intercom.judgement().state().head.number != before {
                    self.advertise(intercom);
                }
            }
            Job::Control { ask: Ask::Reset, reply } => return Next::Reset(reply),
            Job::Control { ask, reply } => {
                let said = self.control(intercom, ask);
                let _ = reply.send(said);
                self.advertise(intercom);
            }
        }
        Next::Go
    }

    /// Judges one REQ, and moves the relay where that is the ruling.
    fn request(
        &mut self,
        intercom: &mut Intercom<SqliteStore>,
        req: &[u8],
        via: Via,
        source: Source,
        reply: oneshot::Sender<Frame>,
    ) -> Result<(), StoreError> {
        let Ok(random) = random() else {
            let _ = reply.send(Err(Refusal::OutOfOrder));
            return Ok(());
        };
        let arrival = |moment: Moment| Arrival { via, source, moment, random };
        let mut ruling = intercom.request(req, &arrival(self.clock.moment()));
        if let Ok(Reply::Open { door, seconds }) = ruling {
            let moved = match door {
                Door::Entrance => self.entrance.open(seconds),
                Door::Inner => self.inner.open(seconds),
            };
            ruling = intercom.acted(moved, &arrival(self.clock.moment()));
            self.has_opened = moved;
        }
        let (frame, judged) = match ruling {
            Ok(Reply::Send(res)) => (Ok(res), Ok(())),
            Ok(Reply::Refuse(error)) => (Err(error.into()), Ok(())),
            // Each opening is answered by `acted`.
            Ok(Reply::Open { .. }) => (Err(Refusal::OutOfOrder), Ok(())),
            Err(error) => (Err(Refusal::OutOfOrder), Err(error)),
        };
        let _ = reply.send(frame);
        judged
    }

    fn control(&mut self, intercom: &mut Intercom<SqliteStore>, ask: Ask) -> Said {
        match ask {
            Ask::Status => report::status(self, intercom).unwrap_or_else(Said::refused),
            Ask::Log { after } => report::log(intercom.judgement(), after).unwrap_or_else(Said::refused),
            Ask::OpenPairing => {
                intercom.press_button(&self.clock.moment());
                info!("the button was held: a manager may pair for ten minutes");
                self.code()
            }
            Ask::Clock { give } => match self.clock.give(give) {
                Ok(()) => self.tick(intercom),
                Err(error) => Said::refused(error),
            },
            // Done by the loop, which owns the intercom.
            Ask::Reset => Said::refused(Refusal::OutOfOrder),
        }
    }

    /// Says what the intercom's advertisement has to tell, if that changed.
    fn advertise(&self, intercom: &Intercom<SqliteStore>) {
        let judgement = intercom.judgement();
        let Ok(waits_for_pairing) = judgement.is_pairing_open(&self.clock.moment()) else { return };
        let now = Advertised { intercom: judgement.config().intercom, waits_for_pairing };
        self.advertised.send_if_modified(|told| std::mem::replace(told, now) != now);
    }

    fn tick(&self, intercom: &mut Intercom<SqliteStore>) -> Said {
        intercom.tick(&self.clock.moment()).map_or_else(Said::refused, |()| Said::Done)
    }

    fn code(&self) -> Said {
        Said::Code { uuid: self.uuid.clone(), url: self.config.urls.first().cloned() }
    }

    pub(crate) fn trust(&self) -> Trust {
        self.clock.trust()
    }
}

fn random() -> Result<[u8; 32], Refusal> {
    let mut random = [0; 32];
    getrandom::fill(&mut random).map_err(|_| Refusal::OutOfOrder)?;
    Ok(random)
}

/// Writes the end of an opening whose answer was sent.
fn finish(intercom: &mut Intercom<SqliteStore>, works: &AtomicBool) {
    // That nothing was to be written does not say that the disk works.
    if let Err(error) = intercom.finish() {
        note(works, Err(error));
    }
}

fn note(works: &AtomicBool, outcome: Result<(), StoreError>) {
    works.store(outcome.is_ok(), Ordering::Relaxed);
    if let Err(error) = outcome {
        error!(%error, "the disk failed");
    }
}
