//! What can be asked by HTTP. Status codes speak of transport only; errors have no body.

use super::{PATIENCE, places::Standing};
use crate::{
    clock::mono_us,
    judge::{Judge, Refusal},
    sources::Sources,
};
use axum::{
    Extension, Router,
    body::Body,
    extract::State,
    http::{
        HeaderMap, HeaderValue, Request, StatusCode,
        header::{CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER, TRANSFER_ENCODING},
    },
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use futures_util::StreamExt;
use hyper_util::service::TowerToHyperService;
use phonein_protocol::{
    intercom::Source,
    log::Via,
    session::{MAX_MESSAGE, TransportError},
};
use std::sync::Arc;
use tokio::time::timeout;

/// Whom a request comes from.
#[derive(Clone, Debug)]
pub(super) struct From {
    pub(super) source: Source,
    pub(super) standing: Standing,
}

/// Claims and pairings of a source that failed too often wait for so many seconds.
const SLOWED_SECONDS: u64 = 10;

pub(super) fn service(judge: Judge, sources: Arc<Sources>) -> TowerToHyperService<Router> {
    let nothing = || async { StatusCode::NOT_FOUND };
    let router = Router::new()
        .route("/v1/hello", post(hello))
        .route("/v1/request", post(request))
        .route("/v1/health", get(health))
        .method_not_allowed_fallback(nothing)
        .fallback(nothing)
        .layer(middleware::from_fn_with_state(sources, admit))
        .with_state(judge);
    TowerToHyperService::new(router)
}

/// Each source has its share of requests, whatever others do.
async fn admit(
    State(sources): State<Arc<Sources>>,
    Extension(From { source, .. }): Extension<From>,
    request: Request<Body>,
    next: Next,
) -> Response {
    match sources.admit(source, mono_us()) {
        Ok(()) => next.run(request).await,
        Err(seconds) => later(seconds),
    }
}

async fn hello(
    State(judge): State<Judge>,
    Extension(From { source, standing }): Extension<From>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    match read(&headers, body).await {
        Ok(body) if body.is_empty() => {
            let _asking = standing.asks();
            answer(judge.hello(Via::Http, source).await)
        }
        Ok(_) => StatusCode::BAD_REQUEST.into_response(),
        Err(status) => status.into_response(),
    }
}

async fn request(
    State(judge): State<Judge>,
    Extension(From { source, standing }): Extension<From>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    match read(&headers, body).await {
        Ok(req) => {
            let _asking = standing.asks();
            let frame = judge.request(req, Via::Http, source).await;
            if frame.is_ok() {
                standing.is_useful();
            }
            answer(frame)
        }
        Err(status) => status.into_response(),
    }
}

/// For people: whether the program runs and its disk works.
async fn health(State(judge): State<Judge>) -> Response {
    let (status, word) =
        if judge.works() { (StatusCode::OK, "ok") } else { (StatusCode::SERVICE_UNAVAILABLE, "the disk failed") };
    let text = format!("{{\"status\":\"{word}\",\"version\":\"{}\"}}\n", env!("CARGO_PKG_VERSION"));
    (status, [(CONTENT_TYPE, "application/json")], text).into_response()
}

/// The whole body, if its length was told, is small, and comes in time.
async fn read(headers: &HeaderMap, body: Body) -> Result<Vec<u8>, StatusCode> {
    let length = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    let length = length.filter(|_| !headers.contains_key(TRANSFER_ENCODING)).ok_or(StatusCode::BAD_REQUEST)?;
    if length > MAX_MESSAGE as u64 {
        return Err(StatusCode::PAYLOAD_TOO_LARGE);
    }
    let mut pieces = body.into_data_stream();
    let whole = async {
        let mut whole = Vec::new();
        // Each piece has the room of a whole reading behind it, be it a single byte: copied and let go, one is used again.
        while let Some(piece) = pieces.next().await {
            whole.extend_from_slice(&piece.map_err(|_| StatusCode::BAD_REQUEST)?);
        }
        Ok(whole)
    };
    timeout(PATIENCE, whole).await.unwrap_or(Err(StatusCode::BAD_REQUEST))
}

fn answer(frame: Result<Vec<u8>, Refusal>) -> Response {
    match frame {
        Ok(frame) => ([(CONTENT_TYPE, "application/octet-stream")], frame).into_response(),
        Err(Refusal::Transport(TransportError::Malformed)) => StatusCode::BAD_REQUEST.into_response(),
        Err(Refusal::Transport(TransportError::Stale)) => StatusCode::CONFLICT.into_response(),
        Err(Refusal::Transport(TransportError::TooLarge)) => StatusCode::PAYLOAD_TOO_LARGE.into_response(),
        Err(Refusal::Transport(TransportError::TryLater)) => later(SLOWED_SECONDS),
        Err(Refusal::Busy) => later(1),
        Err(Refusal::OutOfOrder) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

fn later(seconds: u64) -> Response {
    (StatusCode::TOO_MANY_REQUESTS, [(RETRY_AFTER, HeaderValue::from(seconds))]).into_response()
}
