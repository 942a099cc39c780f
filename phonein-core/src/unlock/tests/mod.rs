//! Taps against the very intercom that ships, over ways that lose, delay and repeat.

mod ahead;
mod journal;
pub(crate) mod schedule;
mod story;
mod unsettled;

use std::{sync::Arc, time::Duration};

use phonein_protocol::{
    grant::{About, Grant, SignedGrant, Terms},
    id::{Door, Doors, KeyId, LinkSecret},
    message::{Answer, Outcome},
    rule::Rule,
};
use tokio::time::{Instant, sleep, timeout};

use self::journal::{Entry, MemoryJournal};
use super::*;
use crate::exchange::{
    Fault, IsAnswer, Line, Obstacle, Step, Transport, Via,
    fake::{BEGIN, FINE, FakeIntercom, FakeKeys, FakeTransport, Fate, Leg, SECONDS, managed, phone},
};

const ENTRANCE: Wish = Wish::Open { key: None, held: 0, door: Door::Entrance };
const INNER: Wish = Wish::Open { key: None, held: 0, door: Door::Inner };

const fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

/// A manager in front of an intercom.
struct Scene {
    intercom: Arc<FakeIntercom>,
    line: Arc<Line>,
    journal: Arc<MemoryJournal>,
    taps: Taps,
}

impl Scene {
    async fn new(ways: impl FnOnce(&Arc<FakeIntercom>) -> Vec<Arc<dyn Transport>>) -> Self {
        let (intercom, line) = managed(ways).await;
        let journal = MemoryJournal::new();
        let taps = Taps::new(line.clone(), journal.clone());
        Self { intercom, line, journal, taps }
    }

    /// With one way, on which `weather` decides about each leg.
    async fn weathered(weather: impl Fn(Leg) -> Fate + Send + Sync + 'static) -> Self {
        Self::new(|intercom| vec![FakeTransport::weathered(intercom, Via::Http, weather)]).await
    }

    /// From now on nothing goes wrong.
    fn clear_up(&self) {
        self.line.reroute(vec![FakeTransport::fine(&self.intercom, Via::Http)]);
    }

    /// The app ends and begins again.
    fn restart_app(&mut self) {
        let line = Line::new(*self.line.intercom(), self.line.key().clone(), vec![]);
        self.line = Arc::new(line);
        self.clear_up();
        self.taps = Taps::new(self.line.clone(), self.journal.clone());
    }

    /// Presses, waits for the end, and for all of it to be written down.
    async fn tap(&self, wish: Wish) -> Ending {
        end(&mut self.taps.press(wish).unwrap()).await.0
    }

    fn openings(&self) -> usize {
        self.intercom.openings().len()
    }
}

/// The end of a tap, with how long it took to come.
async fn end(pressed: &mut Pressed) -> (Ending, Option<Answer>, Duration) {
    let began = Instant::now();
    let mut ended = None;
    while let Some(progress) = timeout(ms(20_000), pressed.progress.recv()).await.expect("it never ends") {
        if let Progress::Ended { ending, answer } = progress {
            assert!(ended.is_none(), "one ending");
            ended = Some((ending, answer.map(|answer| *answer), began.elapsed()));
        }
    }
    ended.expect("no ending")
}

/// The next thing that is told.
async fn next(pressed: &mut Pressed) -> Progress {
    timeout(ms(20_000), pressed.progress.recv()).await.expect("nothing more").expect("closed")
}

fn opened(door: Door, via: Via) -> Ending {
    Ending::Opened { door, seconds: SECONDS, via }
}

fn unreachable(fault: Fault) -> Ending {
    Ending::Unreachable { paths: vec![Obstacle { via: Via::Http, fault }] }
}

/// `fate` on `leg`, and all is well elsewhere.
fn only(leg: Leg, fate: Fate) -> impl Fn(Leg) -> Fate + Send + Sync {
    move |at| if at == leg { fate.clone() } else { FINE }
}

/// `fate` on `leg` the first so many times.
fn first(times: usize, leg: Leg, fate: Fate) -> impl Fn(Leg) -> Fate + Send + Sync {
    let left = std::sync::atomic::AtomicUsize::new(times);
    let counts = std::sync::atomic::Ordering::Relaxed;
    move |at| {
        let hits = at == leg && left.fetch_update(counts, counts, |left| left.checked_sub(1)).is_ok();
        if hits { fate.clone() } else { FINE }
    }
}

/// What Bela wants with a link of Anna's, which opens the entrance so many times.
fn claim(anna: &Line, uses: u64) -> Wish {
    let secret = LinkSecret([7; 16]);
    let terms = Terms {
        claim_by: BEGIN + 1_000,
        rule: Rule::Always,
        uses: Some(uses),
        doors: Doors::ENTRANCE,
        commitment: secret.commitment(),
    };
    let key = KeyId::from_bytes([8; 8]);
    let grant = Grant { key, version: 1, base: 0, issued: BEGIN, terms: Some(terms), about: About::default() };
    let kid = anna.key().kid();
    let text = SignedGrant::text(&grant, kid, anna.intercom());
    let grant = SignedGrant::new(grant, kid, FakeKeys::key("anna").sign(&text));
    Wish::Claim { grant, secret, name: "Bela".into(), door: Some(Door::Entrance) }
}
