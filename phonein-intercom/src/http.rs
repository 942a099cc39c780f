//! The protocol over HTTP (docs/protocol.md, section 9): connections here, who may have one in [`places`], what is asked
//! of them in [`routes`].

mod places;
mod routes;

use crate::{clock::mono_us, judge::Judge, sources::Sources};
use axum::http::Request;
use hyper::{body::Incoming, server::conn::http1, service::Service, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use phonein_protocol::intercom::Source;
use places::{Places, Standing};
use std::{io, net::SocketAddr, pin::pin, sync::Arc, time::Duration};
use tokio::{
    net::{TcpListener, TcpSocket, TcpStream},
    sync::watch,
    time::{Instant, sleep, sleep_until, timeout},
};

/// For a request's head, then for its body, and for what is under way when the program ends.
const PATIENCE: Duration = Duration::from_secs(5);
/// The longest life of a connection: whoever reads or sends drop by drop does not keep a place.
const LIFE: Duration = Duration::from_mins(1);
/// Connections in all.
const CONNECTIONS: u32 = 512;
/// Connections of one source.
const OF_ONE_SOURCE: usize = 16;
/// The most bytes of a request's head.
const HEAD: usize = 16 * 1024;

/// Listens. A crowd that comes at once finds room to wait: whoever does not is only heard when it calls again a second
/// later.
pub(crate) fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(4 * CONNECTIONS)
}

/// Serves until `stop` says so, and then until what is under way is answered.
pub(crate) async fn serve(listener: TcpListener, judge: Judge, sources: Arc<Sources>, stop: watch::Receiver<bool>) {
    let places = Places::new(CONNECTIONS, OF_ONE_SOURCE);
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
        if !sources.lets_in(source, mono_us()) {
            continue;
        }
        let Some(place) = places.take(source).await else { continue };
        let connection = converse(stream, source, place.standing.clone(), service.clone(), stop.clone());
        tokio::spawn(async move {
            let mut place = place;
            tokio::select! {
                () = connection => {}
                _ = &mut place.sent_away => {}
            }
        });
    }
    drop(listener);
    let _ = timeout(PATIENCE, places.all_free()).await;
}

async fn converse(
    stream: TcpStream,
    source: Source,
    standing: Standing,
    service: TowerToHyperService<axum::Router>,
    mut stop: watch::Receiver<bool>,
) {
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(routes::From { source, standing: standing.clone() });
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
