//! Becoming a manager of an intercom by the UUID on its back.

use std::sync::Arc;

use phonein_protocol::{
    Time,
    id::Doors,
    message::{Answer, Body, Detail, Op, Outcome, Request},
    session::PairingSecret,
    zone::ZoneTable,
};

use super::{Fault, Obstacle, Peer, Step, Transport, Unanswered, Via, line::paths};
use crate::keys::PhoneKey;

/// So often a pairing is sent again whose answer did not come: the same phone gets the same answer.
const TRIES: usize = 3;

/// How this phone introduces itself.
#[derive(Clone, Debug)]
pub struct Introduction {
    /// What its person is called.
    pub name: String,
    /// Its zone.
    pub zone: Option<ZoneTable>,
    /// Its time.
    pub now: Time,
}

/// The intercom that took this phone as a manager.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paired {
    /// Its public key.
    pub intercom: [u8; 32],
    /// The doors it is wired to.
    pub doors: Doors,
    /// Where it says it can be reached by HTTP: to be checked like a typed address.
    pub urls: Vec<String>,
    /// Its time, where the phone has another.
    pub clock_differs: Option<Time>,
    /// How the answer came.
    pub via: Via,
}

/// Why this phone is no manager now, as far as it knows.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PairError {
    /// No intercom was found: nothing was sent.
    #[error("no intercom was found")]
    NotFound {
        /// Each way, and why.
        paths: Vec<Obstacle>,
    },
    /// An intercom was found and does not accept the UUID: it is another one, or a letter is wrong.
    #[error("the intercom does not accept the UUID")]
    WrongCode,
    /// It has a manager and its button was not held.
    #[error("the intercom has a manager")]
    AlreadyPaired,
    /// It cannot follow what this phone says.
    #[error("the intercom refused: {0:?}")]
    Refused(Outcome),
    /// It was asked and did not answer; it may have agreed. Asking again with the same key finds out.
    #[error("the intercom did not answer")]
    NoAnswer {
        /// Each way, and why.
        paths: Vec<Obstacle>,
    },
}

/// Pairs with the intercom that has this UUID, over whichever way leads there. To be given up, drop the future; the key
/// must be kept until it is known whether the intercom has it.
pub async fn pair(
    transports: Vec<Arc<dyn Transport>>,
    uuid: &[u8; 16],
    key: &PhoneKey,
    introduction: Introduction,
    on_step: &(dyn Fn(Step) + Send + Sync),
) -> Result<Paired, PairError> {
    let Introduction { name, zone, now } = introduction;
    let body = Body::Pair { key: *key.public(), name, zone, now };
    let body = Request { number: 0, kid: None, body }.to_bytes();
    let peer = Peer::Unpaired(PairingSecret::of(uuid));
    let mut obstacles = Vec::new();
    let mut was_sent = false;
    on_step(Step::Searching);
    for path in paths(transports) {
        let via = path.via();
        for tried in 1..=TRIES {
            match path.converse(&peer, key, &body, Op::Pair, on_step).await {
                Ok(answer) => {
                    let paired = paired(answer, via)?;
                    path.paired(&paired.intercom);
                    return Ok(paired);
                }
                Err(Unanswered { fault, sent }) => {
                    was_sent |= sent;
                    if sent && fault.may_pass() && tried < TRIES {
                        continue;
                    }
                    obstacles.push(Obstacle { via, fault });
                    break;
                }
            }
        }
    }
    Err(if obstacles.iter().any(|obstacle| matches!(obstacle.fault, Fault::Stranger | Fault::Impostor)) {
        PairError::WrongCode
    } else if was_sent {
        PairError::NoAnswer { paths: obstacles }
    } else {
        PairError::NotFound { paths: obstacles }
    })
}

fn paired(answer: Answer, via: Via) -> Result<Paired, PairError> {
    match (answer.outcome, answer.detail) {
        (Outcome::Done, Detail::Paired { intercom, doors, urls }) => {
            Ok(Paired { intercom, doors, urls, clock_differs: answer.clock_differs, via })
        }
        (Outcome::AlreadyPaired, _) => Err(PairError::AlreadyPaired),
        (outcome, _) => Err(PairError::Refused(outcome)),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    };

    use super::{
        super::fake::{FINE, FakeIntercom, FakeTransport, Fate, Leg, anna, managers, phone, uuid},
        *,
    };

    async fn pair_over(way: Arc<dyn Transport>, uuid: &[u8; 16], alias: &str) -> Result<Paired, PairError> {
        pair(vec![way], uuid, &phone(alias).await, anna(), &|_| {}).await
    }

    #[tokio::test(start_paused = true)]
    async fn the_first_phone_becomes_a_manager_and_the_next_one_does_not() {
        let intercom = FakeIntercom::new();
        let fine = || FakeTransport::fine(&intercom, Via::Http);
        let steps = Mutex::new(Vec::new());
        let on_step = |step| steps.lock().unwrap().push(step);
        let paired = pair(vec![fine()], &uuid(), &phone("anna").await, anna(), &on_step).await.unwrap();
        assert_eq!((paired.intercom, paired.doors), (intercom.public(), Doors::BOTH));
        assert_eq!((paired.urls, paired.via), (vec!["http://a".to_owned()], Via::Http));
        assert_eq!(*steps.lock().unwrap(), [Step::Searching, Step::Connecting, Step::Asking]);
        assert_eq!(pair_over(fine(), &uuid(), "bela").await, Err(PairError::AlreadyPaired));
        assert_eq!(managers(&intercom), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn a_wrong_uuid_is_told_from_no_intercom() {
        let intercom = FakeIntercom::new();
        let wrong = pair_over(FakeTransport::fine(&intercom, Via::Http), &[0; 16], "anna").await;
        assert_eq!(wrong, Err(PairError::WrongCode));
        let nobody = pair_over(FakeTransport::weathered(&intercom, Via::Http, |_| Fate::Lost), &uuid(), "anna").await;
        let paths = vec![Obstacle { via: Via::Http, fault: Fault::Silent }];
        assert_eq!(nobody, Err(PairError::NotFound { paths }));
        assert_eq!(managers(&intercom), 0);
    }

    #[tokio::test(start_paused = true)]
    async fn a_lost_answer_is_asked_for_again() {
        let intercom = FakeIntercom::new();
        let losses = AtomicUsize::new(2);
        let way = FakeTransport::weathered(&intercom, Via::Http, move |leg| {
            let left = losses.load(Ordering::Relaxed);
            if leg != Leg::Res || left == 0 {
                return FINE;
            }
            losses.store(left - 1, Ordering::Relaxed);
            Fate::Lost
        });
        assert_eq!(pair_over(way, &uuid(), "anna").await.unwrap().intercom, intercom.public());
    }

    #[tokio::test(start_paused = true)]
    async fn an_answer_that_never_comes_is_not_the_same_as_nobody_there() {
        let intercom = FakeIntercom::new();
        let way = FakeTransport::weathered(&intercom, Via::Http, |leg| if leg == Leg::Res { Fate::Lost } else { FINE });
        assert!(matches!(pair_over(way, &uuid(), "anna").await, Err(PairError::NoAnswer { .. })));
        assert_eq!(managers(&intercom), 1);
        let again = pair_over(FakeTransport::fine(&intercom, Via::Http), &uuid(), "anna").await;
        assert_eq!(again.unwrap().intercom, intercom.public());
    }
}
