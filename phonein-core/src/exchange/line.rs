//! The line to one intercom.

use std::sync::{Arc, PoisonError, RwLock};

use phonein_protocol::message::{Answer, Body, Op, Request};
use tokio::task::JoinSet;
use zeroize::Zeroizing;

use super::{Obstacle, Path, Peer, Transport, Via, turn::Turn};
use crate::{host::erased, keys::PhoneKey};

/// An answer, under the intercom's seal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// What it says.
    pub answer: Answer,
    /// How it came.
    pub via: Via,
}

/// No way led to an answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no way led to the intercom")]
pub struct Unreached {
    /// Each way, and why.
    pub paths: Vec<Obstacle>,
}

/// The line to one intercom: the ways that lead there, and one request in hand. One for each intercom, shared by all
/// who speak to it.
#[derive(Debug)]
pub struct Line {
    intercom: [u8; 32],
    key: PhoneKey,
    paths: RwLock<Vec<Arc<Path>>>,
    turn: Turn,
}

impl Line {
    /// The line to the intercom with this public key. Ways that come first are preferred where it does not matter.
    pub fn new(intercom: [u8; 32], key: PhoneKey, transports: Vec<Arc<dyn Transport>>) -> Self {
        Self { intercom, key, paths: RwLock::new(paths(transports)), turn: Turn::new() }
    }

    /// The intercom's public key.
    pub fn intercom(&self) -> &[u8; 32] {
        &self.intercom
    }

    /// This phone's key there.
    pub fn key(&self) -> &PhoneKey {
        &self.key
    }

    /// Other ways lead there now. What is in hand stays on the old ones.
    pub fn reroute(&self, transports: Vec<Arc<dyn Transport>>) {
        *self.paths.write().unwrap_or_else(PoisonError::into_inner) = paths(transports);
    }

    /// The ways there.
    pub(crate) fn paths(&self) -> Vec<Arc<Path>> {
        self.paths.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whose turn it is there.
    pub fn turn(&self) -> &Turn {
        &self.turn
    }

    /// Asks anything that is no tap, and may therefore be asked again: it waits for a tap in hand, and is asked anew if one
    /// comes meanwhile. One way after the other, those first that have a HELLO at hand.
    pub async fn ask(&self, body: Body) -> Result<Answered, Unreached> {
        let request = Request { number: 0, kid: Some(self.key.kid()), body };
        let (op, body) = (request.op(), Zeroizing::new(request.to_bytes()));
        self.turn.between_taps(|| self.ask_each(op, &body)).await
    }

    /// Fetches a HELLO ahead on every way, so that a tap is one round trip. To be called again every 20 seconds while
    /// somebody may tap.
    pub async fn prefetch(&self) {
        let fetch = || async {
            let mut fetching = JoinSet::new();
            for path in self.paths() {
                let (peer, key) = (Peer::Intercom(self.intercom), self.key.clone());
                fetching.spawn(erased(async move { path.prefetch(&peer, &key).await }));
            }
            fetching.join_all().await;
        };
        self.turn.between_taps(fetch).await;
    }

    async fn ask_each(&self, op: Op, body: &[u8]) -> Result<Answered, Unreached> {
        let mut paths = self.paths();
        paths.sort_by_key(|path| !path.has_hello());
        let mut obstacles = Vec::new();
        let peer = Peer::Intercom(self.intercom);
        for path in paths {
            let via = path.via();
            match path.converse(&peer, &self.key, body, op, &|_| {}).await {
                Ok(answer) => return Ok(Answered { answer, via }),
                Err(unanswered) => obstacles.push(Obstacle { via, fault: unanswered.fault }),
            }
        }
        Err(Unreached { paths: obstacles })
    }
}

pub(super) fn paths(transports: Vec<Arc<dyn Transport>>) -> Vec<Arc<Path>> {
    transports.into_iter().map(|transport| Arc::new(Path::new(transport))).collect()
}

#[cfg(test)]
mod tests {
    use std::{
        sync::atomic::{AtomicUsize, Ordering},
        time::Duration,
    };

    use phonein_protocol::message::{Detail, Outcome};
    use tokio::time::{Instant, sleep};

    use super::{
        super::{
            Fault, NoWay,
            fake::{FINE, FakeIntercom, FakeTransport, Fate, Leg, managed, phone},
        },
        *,
    };

    /// A way that counts its HELLOs.
    fn counting(intercom: &Arc<FakeIntercom>, hellos: &Arc<AtomicUsize>) -> Arc<dyn Transport> {
        let hellos = hellos.clone();
        FakeTransport::weathered(intercom, Via::Http, move |leg| {
            if leg == Leg::Hello {
                hellos.fetch_add(1, Ordering::Relaxed);
            }
            FINE
        })
    }

    async fn counted() -> (Arc<FakeIntercom>, Arc<Line>, Arc<AtomicUsize>) {
        let hellos = Arc::new(AtomicUsize::new(0));
        let (intercom, line) = managed(|intercom| vec![counting(intercom, &hellos)]).await;
        (intercom, line, hellos)
    }

    #[tokio::test(start_paused = true)]
    async fn an_answer_brings_the_next_hello() {
        let (_intercom, line, hellos) = counted().await;
        for _ in 0..5 {
            let answered = line.ask(Body::ReadSettings).await.unwrap();
            assert!(matches!(answered.answer.detail, Detail::Settings(_)));
            assert!(answered.answer.manager);
            assert_eq!(answered.via, Via::Http);
            sleep(Duration::from_secs(30)).await;
        }
        assert_eq!(hellos.load(Ordering::Relaxed), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn a_hello_fetched_ahead_makes_one_round_trip_until_it_is_too_old() {
        let (_intercom, line, hellos) = counted().await;
        line.prefetch().await;
        line.prefetch().await;
        assert_eq!(hellos.load(Ordering::Relaxed), 1);
        sleep(Duration::from_secs(49)).await;
        let began = Instant::now();
        line.ask(Body::Status).await.unwrap();
        assert_eq!(began.elapsed(), Duration::from_millis(20), "REQ and RES");
        sleep(Duration::from_secs(50)).await;
        line.ask(Body::Status).await.unwrap();
        assert_eq!(hellos.load(Ordering::Relaxed), 2);
    }

    #[tokio::test(start_paused = true)]
    async fn prefetching_now_and_then_keeps_a_hello_at_hand() {
        let (_intercom, line, hellos) = counted().await;
        for _ in 0..6 {
            line.prefetch().await;
            sleep(Duration::from_secs(20)).await;
            assert!(line.paths()[0].has_hello());
        }
        assert_eq!(hellos.load(Ordering::Relaxed), 3);
    }

    #[tokio::test(start_paused = true)]
    async fn a_hello_that_no_longer_counts_is_replaced_once() {
        let (intercom, line, hellos) = counted().await;
        line.prefetch().await;
        intercom.restart();
        let answered = line.ask(Body::Status).await.unwrap();
        assert_eq!(answered.answer.outcome, Outcome::Done);
        assert_eq!(hellos.load(Ordering::Relaxed), 2);

        let stale = FakeTransport::weathered(&intercom, Via::Http, |leg| match leg {
            Leg::Res => Fate::Instead(vec![2]),
            _ => FINE,
        });
        line.reroute(vec![stale]);
        let unreached = line.ask(Body::Status).await.unwrap_err();
        assert_eq!(unreached.paths, [Obstacle { via: Via::Http, fault: Fault::Stale }]);
    }

    #[tokio::test(start_paused = true)]
    async fn each_way_is_tried_and_says_why_it_failed() {
        let (intercom, line) = managed(|intercom| {
            vec![
                Arc::new(NoWay { via: Via::Bluetooth, fault: Fault::BluetoothOff }),
                FakeTransport::fine(intercom, Via::Http),
            ]
        })
        .await;
        assert_eq!(line.ask(Body::Status).await.unwrap().via, Via::Http);

        let lost = |lost| {
            FakeTransport::weathered(&intercom, Via::Http, move |leg| if leg == lost { Fate::Lost } else { FINE })
        };
        line.reroute(vec![lost(Leg::Hello), lost(Leg::Res)]);
        let began = Instant::now();
        let unreached = line.ask(Body::Status).await.unwrap_err();
        assert_eq!(unreached.paths, vec![Obstacle { via: Via::Http, fault: Fault::Silent }; 2]);
        assert_eq!(began.elapsed().as_secs(), 4 + 3);
    }

    #[tokio::test(start_paused = true)]
    async fn nonsense_is_no_answer() {
        let (intercom, line) = managed(|_| vec![]).await;
        for (leg, nonsense, fault) in [
            (Leg::Hello, vec![], Fault::NotPhonein),
            (Leg::Hello, vec![7; 9_000], Fault::NotPhonein),
            (Leg::Hello, vec![0; 41], Fault::TooOld),
            (Leg::Res, vec![], Fault::NotPhonein),
            (Leg::Res, vec![1], Fault::Stranger),
            (Leg::Res, vec![4], Fault::Later),
            (Leg::Res, vec![7; 45], Fault::NotPhonein),
            (Leg::Res, vec![7; 9_000], Fault::NotPhonein),
        ] {
            line.reroute(vec![FakeTransport::weathered(&intercom, Via::Http, move |at| {
                if at == leg { Fate::Instead(nonsense.clone()) } else { FINE }
            })]);
            assert_eq!(line.ask(Body::Status).await.unwrap_err().paths, [Obstacle { via: Via::Http, fault }]);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_fake_intercom_cannot_read_the_request() {
        let (_intercom, line) = managed(|_| vec![]).await;
        let fake = FakeIntercom::with_key([5; 32]);
        line.reroute(vec![FakeTransport::fine(&fake, Via::Http)]);
        let unreached = line.ask(Body::ReadSettings).await.unwrap_err();
        assert_eq!(unreached.paths, [Obstacle { via: Via::Http, fault: Fault::Stranger }]);
    }

    #[tokio::test(start_paused = true)]
    async fn an_unknown_phone_is_told_so_under_seal() {
        let (intercom, _line) = managed(|_| vec![]).await;
        let ways = vec![FakeTransport::fine(&intercom, Via::Http)];
        let line = Line::new(intercom.public(), phone("mallory").await, ways);
        assert_eq!(line.ask(Body::ReadSettings).await.unwrap().answer.outcome, Outcome::UnknownKey);
    }
}
