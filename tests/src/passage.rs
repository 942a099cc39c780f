//! What stands between the phones and an intercom process: passes bytes on, counts what goes by, and can be cut.
//!
//! It holds the address phones know, so the intercom behind it may stop and come back on another port.

use anyhow::{Context, Result};
use std::collections::VecDeque;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{AbortHandle, JoinSet};

/// Nobody says anything for so long: what was going on is over.
const QUIET: Duration = Duration::from_millis(150);

/// What becomes of what goes by. A change cuts what is connected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Traffic {
    /// It arrives.
    #[default]
    Flows,
    /// Requests arrive, their answers get lost.
    AnswersLost,
    /// HELLOs go both ways, requests do not arrive.
    RequestsLost,
    /// Whoever connects is cut off at once.
    Cut,
    /// Whoever connects is heard and never answered.
    Hangs,
}

/// Where it leads, if anywhere, and how.
type Road = (Option<SocketAddr>, Traffic);

/// A request and its answer, as they went by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// The path asked for: "/v1/hello".
    pub path: String,
    /// Bytes of the request's body.
    pub asked: usize,
    /// Bytes of the answer's body.
    pub answered: usize,
    /// Bytes of both with their HTTP heads.
    pub with_heads: usize,
}

/// The way to one intercom.
pub struct Passage {
    address: SocketAddr,
    road: watch::Sender<Road>,
    seen: Arc<Seen>,
    server: AbortHandle,
}

#[derive(Default)]
struct Seen {
    exchanges: Mutex<Vec<Exchange>>,
    /// Grows with every byte.
    bytes: watch::Sender<u64>,
}

impl Seen {
    fn lock(&self) -> MutexGuard<'_, Vec<Exchange>> {
        self.exchanges.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Passage {
    /// One that leads nowhere yet, at a free port of loopback.
    pub async fn start() -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await.context("no port of loopback is free")?;
        let address = listener.local_addr()?;
        let (road, found) = watch::channel((None, Traffic::Flows));
        let seen = Arc::new(Seen::default());
        let server = tokio::spawn(serve(listener, found, seen.clone())).abort_handle();
        Ok(Self { address, road, seen, server })
    }

    /// What phones type.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// From now on it leads there, or, with `None`, nowhere: whoever connects is cut off at once.
    pub fn lead_to(&self, address: Option<SocketAddr>) {
        self.road.send_modify(|road| road.0 = address);
    }

    /// Where it leads.
    pub fn leads_to(&self) -> Option<SocketAddr> {
        self.road.borrow().0
    }

    /// From now on this becomes of what goes by.
    pub fn set_traffic(&self, traffic: Traffic) {
        self.road.send_modify(|road| road.1 = traffic);
    }

    /// How many exchanges went by so far.
    pub fn count(&self) -> usize {
        self.seen.lock().len()
    }

    /// What went by after the first `count` exchanges.
    pub fn since(&self, count: usize) -> Vec<Exchange> {
        self.seen.lock().get(count..).unwrap_or_default().to_vec()
    }

    /// Waits until nothing goes by any more.
    pub async fn quiet(&self) {
        let mut bytes = self.seen.bytes.subscribe();
        bytes.mark_unchanged();
        while tokio::time::timeout(QUIET, bytes.changed()).await.is_ok() {}
    }
}

impl Drop for Passage {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn serve(listener: TcpListener, road: watch::Receiver<Road>, seen: Arc<Seen>) {
    let mut connections = JoinSet::new();
    loop {
        if let Ok((phone, _)) = listener.accept().await {
            let (road, seen) = (road.clone(), seen.clone());
            // A connection that breaks is what is to be seen here, not a fault.
            connections.spawn(async move { drop(pass(phone, road, &seen).await) });
        }
        while connections.try_join_next().is_some() {}
    }
}

async fn pass(phone: TcpStream, mut road: watch::Receiver<Road>, seen: &Seen) -> io::Result<()> {
    let (to, traffic) = *road.borrow_and_update();
    if traffic == Traffic::Hangs {
        let _ = road.changed().await;
        return Ok(());
    }
    let Some(to) = to.filter(|_| traffic != Traffic::Cut) else { return Ok(()) };
    let intercom = TcpStream::connect(to).await?;
    phone.set_nodelay(true)?;
    intercom.set_nodelay(true)?;
    let (mut from_phone, mut to_phone) = phone.into_split();
    let (mut from_intercom, mut to_intercom) = intercom.into_split();
    let asked = Mutex::new(VecDeque::<Message>::new());
    let asked = || asked.lock().unwrap_or_else(PoisonError::into_inner);

    let there = async {
        let (mut bodies, mut buffer) = (Bodies::default(), [0; 4096]);
        loop {
            let bytes = read(&mut from_phone, &mut buffer, seen).await?;
            asked().extend(bodies.follow(bytes));
            if traffic == Traffic::RequestsLost && asked().back().is_some_and(Message::is_request) {
                return Err(io::ErrorKind::ConnectionAborted.into());
            }
            to_intercom.write_all(bytes).await?;
        }
    };
    let back = async {
        let (mut bodies, mut buffer) = (Bodies::default(), [0; 4096]);
        loop {
            let bytes = read(&mut from_intercom, &mut buffer, seen).await?;
            if traffic == Traffic::AnswersLost && asked().front().is_some_and(Message::is_request) {
                return Err(io::ErrorKind::ConnectionAborted.into());
            }
            for answer in bodies.follow(bytes) {
                if let Some(request) = asked().pop_front() {
                    seen.lock().push(Exchange {
                        path: request.path().to_owned(),
                        asked: request.body,
                        answered: answer.body,
                        with_heads: request.head.len() + request.body + answer.head.len() + answer.body,
                    });
                }
            }
            to_phone.write_all(bytes).await?;
        }
    };
    tokio::select! {
        ended = there => ended,
        ended = back => ended,
        _ = road.changed() => Ok(()),
    }
}

/// The next bytes of one direction; an error at its end.
async fn read<'a>(from: &mut (impl AsyncReadExt + Unpin), buffer: &'a mut [u8], seen: &Seen) -> io::Result<&'a [u8]> {
    let count = from.read(buffer).await?;
    if count == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    seen.bytes.send_modify(|bytes| *bytes += count as u64);
    Ok(buffer.get(..count).unwrap_or_default())
}

/// An HTTP/1.1 message that went by.
struct Message {
    head: String,
    body: usize,
}

impl Message {
    fn new(head: &[u8]) -> Self {
        let head = String::from_utf8_lossy(head).into_owned();
        let length = head.lines().filter_map(|line| line.split_once(':')).find_map(|(name, value)| {
            name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().ok()).flatten()
        });
        Self { head, body: length.unwrap_or(0) }
    }

    /// Of a request.
    fn path(&self) -> &str {
        self.head.split(' ').nth(1).unwrap_or_default()
    }

    fn is_request(&self) -> bool {
        self.path() == "/v1/request"
    }
}

/// Follows one direction of an HTTP/1.1 connection on which every body tells its length, as ours do.
#[derive(Default)]
struct Bodies {
    head: Vec<u8>,
    /// A message whose head is whole, and what is missing of its body.
    under_way: Option<(Message, usize)>,
}

impl Bodies {
    /// The messages that are whole with these bytes.
    fn follow(&mut self, mut bytes: &[u8]) -> Vec<Message> {
        let mut whole = Vec::new();
        loop {
            match self.under_way.take() {
                Some((message, 0)) => whole.push(message),
                Some((message, left)) => {
                    let taken = left.min(bytes.len());
                    bytes = bytes.get(taken..).unwrap_or_default();
                    self.under_way = Some((message, left - taken));
                    if left > taken {
                        return whole;
                    }
                }
                None => {
                    let Some((first, rest)) = bytes.split_first() else { return whole };
                    self.head.push(*first);
                    bytes = rest;
                    if self.head.ends_with(b"\r\n\r\n") {
                        let message = Message::new(&std::mem::take(&mut self.head));
                        let body = message.body;
                        self.under_way = Some((message, body));
                    }
                }
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_told_apart_wherever_the_bytes_are_cut() {
        let bytes = b"POST /v1/hello HTTP/1.1\r\nContent-Length: 0\r\n\r\nPOST /v1/request HTTP/1.1\r\ncontent-length: 5\r\n\r\nabcde";
        for cut in 0..bytes.len() {
            let mut bodies = Bodies::default();
            let (first, second) = bytes.split_at(cut);
            let mut whole = bodies.follow(first);
            whole.extend(bodies.follow(second));
            let seen: Vec<_> = whole.iter().map(|message| (message.path(), message.body)).collect();
            assert_eq!(seen, [("/v1/hello", 0), ("/v1/request", 5)], "{cut}");
        }
    }
}
