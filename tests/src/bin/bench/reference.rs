//! What no opening can do without, and nothing else: one POST with the same client to a server in another process, one
//! P-256 signature and its check, six X25519 agreements, one row on disk at either end.

use crate::people::new_key;
use crate::{REFERENCE, sample::Samples};
use anyhow::{Context, Result, ensure};
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::serve::ListenerExt;
use curve25519_dalek::montgomery::MontgomeryPoint;
use phonein_core::exchange::{BaseUrl, HttpClient, HttpTransport, Transport};
use phonein_protocol::es256::{PublicKey, SigningKey};
use rusqlite::{Connection, params};
use std::env;
use std::hint::black_box;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

/// Agreements at either end.
const AGREEMENTS: usize = 3;
/// Where a signature and the key it is checked with stand in a request.
const SIGNATURE: std::ops::Range<usize> = 0..64;
const KEY: std::ops::Range<usize> = 64..97;

/// The phone's end.
pub(crate) struct Reference {
    server: Child,
    http: HttpTransport,
    disk: Connection,
    key: SigningKey,
    request: usize,
}

impl Reference {
    /// Starts the other end. Its requests and answers have as many bytes as those of an opening.
    pub(crate) fn start(directory: &Path, request: usize, answer: usize) -> Result<Self> {
        let there = directory.join("there");
        std::fs::create_dir_all(&there)?;
        let mut command = Command::new(env::current_exe()?);
        command.arg(there).arg(REFERENCE).arg(answer.to_string()).stdout(Stdio::piped());
        let mut server = command.spawn()?;
        let mut address = String::new();
        BufReader::new(server.stdout.take().context("no output")?).read_line(&mut address)?;
        let base = BaseUrl::parse(address.trim()).ok().context("the reference did not start")?;
        let key = new_key().context("no key")?;
        Ok(Self {
            server,
            http: HttpTransport::new(&HttpClient::new()?, &base),
            disk: disk(directory)?,
            key,
            request: request.max(KEY.end),
        })
    }

    /// Does it all, one after the other.
    pub(crate) async fn open(&mut self) -> Result<std::time::Duration> {
        let began = Instant::now();
        write(&self.disk)?;
        agree();
        let mut request = vec![0; self.request];
        request.splice(KEY, *self.key.public().as_bytes());
        let text = request.clone();
        request.splice(SIGNATURE, self.key.sign(&text));
        let answer = self.http.request(&request, &mut |_| true).await?;
        ensure!(!answer.is_empty(), "the reference failed");
        Ok(began.elapsed())
    }

    /// The same POST, answered at once.
    pub(crate) async fn post(&self) -> Result<std::time::Duration> {
        let began = Instant::now();
        let answer = self.http.hello().await;
        ensure!(answer.is_ok(), "the reference failed");
        Ok(began.elapsed())
    }

    /// What the rest is made of, each by itself: a row on disk, a signature, its check, the agreements.
    pub(crate) fn parts(&self, parts: &mut [Samples; 4]) -> Result<()> {
        let text = vec![0; self.request];
        let mut timed = |part: usize, work: &mut dyn FnMut() -> Result<()>| -> Result<()> {
            let began = Instant::now();
            work()?;
            if let Some(samples) = parts.get_mut(part) {
                samples.add(began.elapsed());
            }
            Ok(())
        };
        let mut signature = [0; 64];
        timed(0, &mut || write(&self.disk))?;
        timed(1, &mut || {
            signature = self.key.sign(&text);
            Ok(())
        })?;
        timed(2, &mut || {
            ensure!(self.key.public().verify(&text, &signature), "a good signature");
            Ok(())
        })?;
        timed(3, &mut || {
            agree();
            agree();
            Ok(())
        })
    }
}

impl Drop for Reference {
    fn drop(&mut self) {
        // One that has ended cannot be killed.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// What no opening of the intercom's can do without.
pub(crate) struct Steps {
    disk: Connection,
    key: SigningKey,
}

impl Steps {
    pub(crate) fn new(directory: &Path) -> Result<Self> {
        let steps = directory.join("steps");
        std::fs::create_dir_all(&steps)?;
        Ok(Self { disk: disk(&steps)?, key: new_key().context("no key")? })
    }

    /// How often they can be done in a second, one after the other.
    pub(crate) fn per_second(&mut self, during: std::time::Duration) -> Result<f64> {
        let (text, public) = ([0; 171], self.key.public());
        let signature = self.key.sign(&text);
        let (began, mut times) = (Instant::now(), 0_u32);
        while began.elapsed() < during {
            ensure!(public.verify(black_box(&text), &signature), "a good signature");
            agree();
            write(&self.disk)?;
            times += 1;
        }
        Ok(f64::from(times) / began.elapsed().as_secs_f64())
    }
}

struct There {
    disk: Mutex<Connection>,
    answer: usize,
}

/// The other end, until it is killed.
pub(crate) fn serve(directory: &Path) -> Result<()> {
    let answer = env::args().nth(3).context("the length of an answer")?.parse()?;
    let there = Arc::new(There { disk: Mutex::new(disk(directory)?), answer });
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        println!("{}", listener.local_addr()?);
        let listener = listener.tap_io(|stream| {
            let _ = stream.set_nodelay(true);
        });
        let routes = Router::new().route("/v1/hello", post(hello)).route("/v1/request", post(request));
        Ok(axum::serve(listener, routes.with_state(there)).await?)
    })
}

async fn hello() -> Vec<u8> {
    vec![1; 41]
}

async fn request(State(there): State<Arc<There>>, request: Bytes) -> Response {
    match judged(&there, &request) {
        Some(answer) => answer.into_response(),
        None => StatusCode::BAD_REQUEST.into_response(),
    }
}

fn judged(there: &There, request: &[u8]) -> Option<Vec<u8>> {
    agree();
    let signature = request.get(SIGNATURE)?.try_into().ok()?;
    let key = PublicKey::from_bytes(request.get(KEY)?.try_into().ok()?)?;
    let mut text = request.to_vec();
    text.get_mut(SIGNATURE)?.fill(0);
    key.verify(&text, signature).then_some(())?;
    write(&there.disk.lock().unwrap_or_else(PoisonError::into_inner)).ok()?;
    Some(vec![1; there.answer])
}

fn agree() {
    for _ in 0..AGREEMENTS {
        black_box(MontgomeryPoint(black_box([9; 32])).mul_clamped(black_box([5; 32])));
    }
}

fn disk(directory: &Path) -> Result<Connection> {
    let disk = Connection::open(directory.join("reference.db"))?;
    disk.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
         CREATE TABLE IF NOT EXISTS row (one INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;",
    )?;
    Ok(disk)
}

fn write(disk: &Connection) -> Result<()> {
    let mut statement = disk.prepare_cached("INSERT OR REPLACE INTO row VALUES (1, ?1)")?;
    statement.execute(params![[3_u8; 100]])?;
    Ok(())
}
