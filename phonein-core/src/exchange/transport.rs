//! A way to carry frames.

use async_trait::async_trait;
pub use phonein_protocol::log::Via;
use tokio::sync::watch;

use super::{Fault, Unanswered};

/// Tells the answer to a request from what is said to others: only the request's keys do.
pub type IsAnswer<'a> = &'a mut (dyn FnMut(&[u8]) -> bool + Send);

/// Carries frames to one intercom and back; reads nothing in them and is trusted with nothing. Both futures may be dropped
/// at any point; whoever calls also bounds their time.
#[async_trait]
pub trait Transport: Send + Sync {
    /// What people call it.
    fn via(&self) -> Via;

    /// Connects if need be, and brings a HELLO that was not used yet.
    async fn hello(&self) -> Result<[u8; 41], Fault>;

    /// Sends a REQ and waits for its RES. Where answers to others are heard too, `is_answer` tells which one it is; it
    /// need not be asked where there is only one.
    async fn request(&self, req: &[u8], is_answer: IsAnswer<'_>) -> Result<Vec<u8>, Unanswered>;

    /// Whether a request could be sent at once. Where it could not, a HELLO that was fetched before is of no use: with
    /// the connection comes a fresh one.
    fn is_ready(&self) -> bool {
        true
    }

    /// Tells while it connects to an intercom that it looked for and found; `None` where none is looked for.
    fn connecting(&self) -> Option<watch::Receiver<bool>> {
        None
    }

    /// Is told which intercom it was that answered the last request: the next way to it may go on with the connection.
    fn paired(&self, intercom: &[u8; 32]) {
        _ = intercom;
    }

    /// Is told whether what answered the last request was the intercom: only its seal tells. Whether another one may be
    /// found on this way the next time.
    fn judge(&self, is_genuine: bool) -> bool {
        _ = is_genuine;
        false
    }
}

/// A way that cannot be tried: no address, Bluetooth not allowed.
#[derive(Clone, Debug)]
pub struct NoWay {
    /// Which way.
    pub via: Via,
    /// Why not.
    pub fault: Fault,
}

#[async_trait]
impl Transport for NoWay {
    fn via(&self) -> Via {
        self.via
    }

    async fn hello(&self) -> Result<[u8; 41], Fault> {
        Err(self.fault.clone())
    }

    async fn request(&self, _req: &[u8], _is_answer: IsAnswer<'_>) -> Result<Vec<u8>, Unanswered> {
        Err(Unanswered::unsent(self.fault.clone()))
    }
}
