//! The protocol over HTTP (docs/protocol.md, section 9): connections here, what is asked of them in [`routes`].

mod routes;

use crate::{judge::Judge, sources::Sources};
use axum::http::Request;
use hyper::{body::Incoming, server::conn::http1, service::Service, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use std::{io, net::SocketAddr, pin::pin, sync::Arc, time::Duration};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{Semaphore, watch},
    time::{Instant, sleep, sleep_until, timeout},
};

/// For a request's head, for its body, and for what is under way when the program ends.
const PATIENCE: Duration = Duration::from_secs(5);
/// The longest life of a connection: whoever reads or sends drop by drop does not keep a place.
const LIFE: Duration = Duration::from_mins(1);
/// Connections in all. A source has far fewer of them.
const CONNECTIONS: u32 = 512;
/// The most bytes of a request's head.
const HEAD: usize = 16 * 1024;

/// Serves until `stop` says so, and then until what is under way is answered.
pub(crate) async fn serve(listener: TcpListener, judge: Judge, sources: Arc<Sources>, stop: watch::Receiver<bool>) {
    let places = Arc::new(Semaphore::new(CONNECTIONS as usize));
    let mut stopped = stop.clone();
    let service = routes::service(judge, Arc::clone(&sources));
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stopped.wait_for(|stop| *stop) => break,
        };
        let Ok((stream, address)) = accepted else {
            // Out of descriptors: those that are open will end.
            sleep(Duration::from_millis(100)).await;
            continue;
        };
        let source = sources.of(address.ip());
        let (Some(connected), Ok(place)) = (sources.connect(source), Arc::clone(&places).try_acquire_owned()) else {
            continue;
        };
        let connection = converse(stream, source, service.clone(), stop.clone());
        tokio::spawn(async move {
            connection.await;
            drop((connected, place));
        });
    }
    drop(listener);
    let _ = timeout(PATIENCE, places.acquire_many(CONNECTIONS)).await;
}

async fn converse(
    stream: TcpStream,
    source: phonein_protocol::intercom::Source,
    service: TowerToHyperService<axum::Router>,
    mut stop: watch::Receiver<bool>,
) {
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(routes::From(source));
        service.call(request)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(PATIENCE)
        .max_buf_size(HEAD)
        .serve_connection(TokioIo::new(stream), service);
    let mut connection = pin!(connection);
    let end = Instant::now() + LIFE;
    tokio::select! {
        _ = &mut connection => return,
        _ = stop.wait_for(|stop| *stop) => {}
        () = sleep_until(end) => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = timeout(PATIENCE, connection).await;
}

/// Where the listener can be reached, for phones: what it is bound to, or, where that is every address, the one this
/// computer would use towards the outside. Sends nothing.
pub(crate) fn reachable(bound: SocketAddr) -> Option<String> {
    if !bound.ip().is_unspecified() {
        return Some(format!("http://{bound}"));
    }
    let outside = || -> io::Result<SocketAddr> {
        // An address of documentation (RFC 5737): the question is only by which way it would be reached.
        let socket = std::net::UdpSocket::bind(("0.0.0.0", 0))?;
        socket.connect(("192.0.2.1", 9))?;
        socket.local_addr()
    };
    outside().ok().map(|own| format!("http://{}", SocketAddr::new(own.ip(), bound.port())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bound_address_is_the_one_phones_are_told() {
        assert_eq!(reachable("127.0.0.1:8042".parse().unwrap()).unwrap(), "http://127.0.0.1:8042");
        assert_eq!(reachable("[::1]:8042".parse().unwrap()).unwrap(), "http://[::1]:8042");
    }
}
