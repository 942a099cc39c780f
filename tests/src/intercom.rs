//! The judgement that ships, over a store in memory, behind HTTP on loopback; its clock and its power are in the test's
//! hands.

use anyhow::{Context, Result};
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use phonein_protocol::Time;
use phonein_protocol::id::{Door, Doors};
use phonein_protocol::intercom::{Arrival, Config, Intercom, MemoryStore, Moment, Reply};
use phonein_protocol::log::Via;
use phonein_protocol::session::intercom::IntercomKeys;
use phonein_protocol::session::{KeyPair, PairingSecret, TransportError};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;
use tokio::net::TcpListener;
use tokio::task::AbortHandle;

/// The UUID on the back of every intercom of the tests.
pub const UUID: &str = "3f0c9a4e-71d2-4b6a-9c55-0123456789ab";
/// How long its doors stay open.
pub const SECONDS: u64 = 2;

/// An intercom on loopback.
pub struct TestIntercom {
    inside: Arc<Mutex<Inside>>,
    address: SocketAddr,
    server: AbortHandle,
}

struct Inside {
    intercom: Intercom<MemoryStore>,
    began: Instant,
    time: Time,
    set_at: Instant,
    openings: Vec<Door>,
    silent: bool,
    power_fails: bool,
    boot: u64,
    private_key: [u8; 32],
    doors: Doors,
}

impl TestIntercom {
    /// Starts one with these doors; its own computer knows the time.
    pub async fn start(doors: Doors, time: Time) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await.context("loopback")?;
        let address = listener.local_addr()?;
        let mut private_key = [0; 32];
        getrandom::fill(&mut private_key)?;
        let now = Instant::now();
        let moment = Moment { mono_ms: 0, system: Some(time) };
        let inside = Inside {
            intercom: boot(private_key, doors, MemoryStore::default(), 1, &moment)?,
            began: now,
            time,
            set_at: now,
            openings: Vec::new(),
            silent: false,
            power_fails: false,
            boot: 1,
            private_key,
            doors,
        };
        let inside = Arc::new(Mutex::new(inside));
        let routes = Router::new().route("/v1/hello", post(hello)).route("/v1/request", post(request));
        let routes = routes.with_state(inside.clone());
        let server = tokio::spawn(async move {
            // Nothing but the test's end ends it.
            let _ = axum::serve(listener, routes).await;
        });
        Ok(Self { inside, address, server: server.abort_handle() })
    }

    /// What is typed into *Add device*.
    pub fn code(&self) -> String {
        format!("{UUID} {}", self.url())
    }

    /// Where it answers.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The same for a passage that leads there.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The doors it opened, in order.
    pub fn openings(&self) -> Vec<Door> {
        self.lock().openings.clone()
    }

    /// Sets its computer's clock.
    pub fn set_time(&self, time: Time) {
        let mut inside = self.lock();
        inside.time = time;
        inside.set_at = Instant::now();
    }

    /// Whether it stops answering.
    pub fn set_silent(&self, silent: bool) {
        self.lock().silent = silent;
    }

    /// Its button is held.
    pub fn press_button(&self) {
        let mut inside = self.lock();
        let moment = inside.moment();
        inside.intercom.press_button(&moment);
    }

    /// At the next opening its power fails, when the use is spent and before the relay moves, and comes back at once.
    pub fn fail_at_next_opening(&self) {
        self.lock().power_fails = true;
    }

    fn lock(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for TestIntercom {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Inside {
    fn restart(&mut self) -> Result<()> {
        self.boot += 1;
        let (store, moment) = (self.intercom.judgement().store().clone(), self.moment());
        self.intercom = boot(self.private_key, self.doors, store, self.boot, &moment)?;
        Ok(())
    }

    fn moment(&self) -> Moment {
        let ms = u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX);
        Moment { mono_ms: ms, system: Some(self.time.saturating_add_unsigned(self.set_at.elapsed().as_secs())) }
    }
}

fn boot(
    private_key: [u8; 32],
    doors: Doors,
    store: MemoryStore,
    boot: u64,
    moment: &Moment,
) -> Result<Intercom<MemoryStore>> {
    let uuid = phonein_core::share::DeviceCode::read(UUID).ok().context("the UUID of the tests")?.uuid;
    let session = KeyPair::from_private(private_key.into());
    let config = Config { intercom: *session.public(), doors, seconds: SECONDS, urls: Vec::new() };
    let keys = IntercomKeys { session, pairing: PairingSecret::of(&uuid) };
    let Ok(intercom) = Intercom::start(config, keys, store, boot, moment);
    Ok(intercom)
}

type Shared = State<Arc<Mutex<Inside>>>;

fn random() -> [u8; 32] {
    let mut bytes = [0; 32];
    // A test that cannot draw fails at its first frame.
    let _ = getrandom::fill(&mut bytes);
    bytes
}

async fn hello(State(inside): Shared) -> Response {
    let mut inside = inside.lock().unwrap_or_else(PoisonError::into_inner);
    if inside.silent {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    let moment = inside.moment();
    inside.intercom.hello(&moment, &random()).to_vec().into_response()
}

async fn request(State(inside): Shared, req: Bytes) -> Response {
    let mut inside = inside.lock().unwrap_or_else(PoisonError::into_inner);
    if inside.silent {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    let arrival = Arrival { via: Via::Http, source: 1, moment: inside.moment(), random: random() };
    let Ok(mut reply) = inside.intercom.request(&req, &arrival);
    if let Reply::Open { door, .. } = reply {
        if std::mem::take(&mut inside.power_fails) {
            let is_up = inside.restart().is_ok();
            return if is_up { StatusCode::BAD_GATEWAY } else { StatusCode::INTERNAL_SERVER_ERROR }.into_response();
        }
        inside.openings.push(door);
        let Ok(acted) = inside.intercom.acted(true, &arrival);
        let Ok(()) = inside.intercom.finish();
        reply = acted;
    }
    match reply {
        Reply::Send(res) => res.into_response(),
        Reply::Refuse(error) => match error {
            TransportError::Malformed => StatusCode::BAD_REQUEST,
            TransportError::Stale => StatusCode::CONFLICT,
            TransportError::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            TransportError::TryLater => StatusCode::TOO_MANY_REQUESTS,
        }
        .into_response(),
        Reply::Open { .. } => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
