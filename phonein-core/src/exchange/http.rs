//! Frames over HTTP/1.1 (docs/protocol.md, section 9).

use std::{error::Error as _, io, sync::Arc, time::Duration};

use async_trait::async_trait;
use phonein_protocol::session::{Hello, MAX_MESSAGE};
use reqwest::{Client, Response, StatusCode, header, redirect};
use rustls::{ClientConfig, RootCertStore, crypto::ring};

use super::{BaseUrl, Fault, IsAnswer, Transport, Unanswered, Via};

const CONNECT_LIMIT: Duration = Duration::from_secs(4);
const REQUEST_LIMIT: Duration = Duration::from_secs(5);
/// A connection stays warm for the next tap for as long as Home is likely to show.
const IDLE_LIMIT: Duration = Duration::from_secs(90);

/// The connections of this phone, one for each address, kept warm. Clones share them.
#[derive(Clone, Debug)]
pub struct HttpClient(Client);

impl HttpClient {
    /// A client that trusts the roots it brings along: the platform's verifier needs a Java context on Android, and what
    /// is carried is sealed end to end anyway. It follows no redirect, keeps no cookie and asks no proxy.
    pub fn new() -> Result<Self, HttpError> {
        let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        let tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|error| HttpError { reason: error.to_string() })?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Client::builder()
            .tls_backend_preconfigured(tls)
            .http1_only()
            .redirect(redirect::Policy::none())
            .referer(false)
            .no_proxy()
            .retry(reqwest::retry::never())
            .connect_timeout(CONNECT_LIMIT)
            .timeout(REQUEST_LIMIT)
            .pool_idle_timeout(IDLE_LIMIT)
            .build()
            .map(Self)
            .map_err(|error| HttpError { reason: error.to_string() })
    }
}

/// TLS could not be set up: a fault of the build, not of the network.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no HTTP client: {reason}")]
pub struct HttpError {
    /// For the log.
    pub reason: String,
}

/// The way to one intercom over HTTP.
#[derive(Clone, Debug)]
pub struct HttpTransport {
    client: Client,
    hello: String,
    request: String,
}

impl HttpTransport {
    /// The way to the intercom at `base`.
    pub fn new(client: &HttpClient, base: &BaseUrl) -> Self {
        Self { client: client.0.clone(), hello: base.at("/v1/hello"), request: base.at("/v1/request") }
    }

    async fn post(&self, url: &str, frame: Vec<u8>) -> Result<Response, Unanswered> {
        let post = self
            .client
            .post(url)
            .header(header::CONTENT_TYPE, "application/octet-stream")
            // Intercoms ask for it, and of an empty body nothing else would say it.
            .header(header::CONTENT_LENGTH, frame.len())
            .body(frame);
        post.send().await.map_err(|error| {
            // Until there is a connection nothing can have been sent.
            Unanswered { fault: fault(&error), sent: !error.is_connect() }
        })
    }
}

#[async_trait]
impl Transport for HttpTransport {
    fn via(&self) -> Via {
        Via::Http
    }

    async fn hello(&self) -> Result<[u8; 41], Fault> {
        let asked = match self.post(&self.hello, Vec::new()).await {
            // That a connection which was kept has ended shows when it is used. To ask again costs nothing.
            Err(unanswered) if unanswered.sent => self.post(&self.hello, Vec::new()).await,
            asked => asked,
        };
        let hello = read(asked.map_err(|unanswered| unanswered.fault)?).await?;
        // What cannot read a HELLO's empty request speaks something else.
        <[u8; Hello::LEN]>::try_from(hello).map_err(|_| Fault::NotPhonein)
    }

    async fn request(&self, req: &[u8], _is_answer: IsAnswer<'_>) -> Result<Vec<u8>, Unanswered> {
        let response = self.post(&self.request, req.to_vec()).await?;
        read(response).await.map_err(Unanswered::sent)
    }
}

/// The body, of which no more is read than a message may have.
async fn read(mut response: Response) -> Result<Vec<u8>, Fault> {
    match response.status() {
        StatusCode::OK => {}
        StatusCode::BAD_REQUEST => return Err(Fault::Stranger),
        StatusCode::CONFLICT => return Err(Fault::Stale),
        StatusCode::PAYLOAD_TOO_LARGE => return Err(Fault::TooLarge),
        StatusCode::TOO_MANY_REQUESTS => return Err(Fault::Later),
        // A relay or a proxy that cannot reach the intercom.
        StatusCode::BAD_GATEWAY | StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT => {
            return Err(Fault::Silent);
        }
        _ => return Err(Fault::NotPhonein),
    }
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| fault(&error))? {
        if body.len().saturating_add(chunk.len()) > MAX_MESSAGE {
            return Err(Fault::NotPhonein);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn fault(error: &reqwest::Error) -> Fault {
    let mut cause = error.source();
    while let Some(error) = cause {
        let kind = error.downcast_ref::<io::Error>().map(io::Error::kind);
        if matches!(kind, Some(io::ErrorKind::NetworkUnreachable | io::ErrorKind::NetworkDown)) {
            return Fault::NetworkOff;
        }
        cause = error.source();
    }
    Fault::Silent
}

#[cfg(test)]
mod tests {
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::{TcpListener, TcpStream},
        sync::mpsc,
        time::{Instant, sleep},
    };

    use super::*;

    /// A server that reads one request after the other and answers each with the same bytes. Tells of every connection
    /// and every request line.
    async fn serve(answer: impl Into<Vec<u8>>) -> (HttpTransport, mpsc::UnboundedReceiver<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = BaseUrl::parse(&listener.local_addr().unwrap().to_string()).unwrap();
        let (tell, told) = mpsc::unbounded_channel();
        let answer = answer.into();
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let _ = tell.send("connection".to_owned());
                tokio::spawn(talk(stream, answer.clone(), tell.clone()));
            }
        });
        (HttpTransport::new(&HttpClient::new().unwrap(), &base), told)
    }

    async fn talk(mut stream: TcpStream, answer: Vec<u8>, tell: mpsc::UnboundedSender<String>) {
        let mut heard = Vec::new();
        let mut chunk = [0; 4096];
        while let Ok(length @ 1..) = stream.read(&mut chunk).await {
            heard.extend_from_slice(&chunk[..length]);
            let text = String::from_utf8_lossy(&heard).to_lowercase();
            let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
            let length = head.split("content-length: ").nth(1).unwrap().lines().next().unwrap();
            if body.len() < length.parse().unwrap() {
                continue;
            }
            let _ = tell.send(head.lines().next().unwrap().to_owned());
            heard.clear();
            let mut parts = answer.split(|byte| *byte == b'|');
            let _ = stream.write_all(parts.next().unwrap()).await;
            for part in parts {
                sleep(Duration::from_millis(400)).await;
                let _ = stream.write_all(part).await;
            }
        }
    }

    fn ok(body: &str) -> String {
        format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len())
    }

    fn heard(told: &mut mpsc::UnboundedReceiver<String>) -> Vec<String> {
        std::iter::from_fn(|| told.try_recv().ok()).collect()
    }

    #[tokio::test]
    async fn a_hello_is_asked_for_again_where_the_connection_that_was_kept_has_ended() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = BaseUrl::parse(&listener.local_addr().unwrap().to_string()).unwrap();
        tokio::spawn(async move {
            // Each connection is good for one request, and ends when the next one comes.
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut chunk = [0; 4096];
                let _ = stream.read(&mut chunk).await;
                let _ = stream.write_all(ok(&"h".repeat(41)).as_bytes()).await;
                let _ = stream.read(&mut chunk).await;
            }
        });
        let http = HttpTransport::new(&HttpClient::new().unwrap(), &base);
        assert_eq!(http.hello().await, Ok([b'h'; 41]));
        assert_eq!(http.hello().await, Ok([b'h'; 41]));
    }

    #[tokio::test]
    async fn hello_and_request_are_posts_over_one_connection() {
        let (http, mut told) = serve(ok(&"h".repeat(41))).await;
        assert_eq!(http.hello().await, Ok([b'h'; 41]));
        assert_eq!(http.request(b"req", &mut |_| true).await, Ok(vec![b'h'; 41]));
        assert_eq!(heard(&mut told), ["connection", "post /v1/hello http/1.1", "post /v1/request http/1.1"]);
    }

    #[tokio::test]
    async fn status_codes_are_hints() {
        for (status, fault) in [
            ("400 Bad Request", Fault::Stranger),
            ("409 Conflict", Fault::Stale),
            ("413 Payload Too Large", Fault::TooLarge),
            ("429 Too Many Requests\r\nretry-after: 9", Fault::Later),
            ("502 Bad Gateway", Fault::Silent),
            // The door may have opened all the same.
            ("503 Service Unavailable", Fault::Silent),
            ("404 Not Found", Fault::NotPhonein),
            ("204 No Content", Fault::NotPhonein),
            ("500 Oops", Fault::NotPhonein),
        ] {
            let (http, _told) = serve(format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\n\r\n")).await;
            assert_eq!(http.request(b"req", &mut |_| true).await, Err(Unanswered::sent(fault)), "{status}");
        }
    }

    #[tokio::test]
    async fn a_redirect_is_not_followed() {
        let (other, mut told) = serve(ok(&"h".repeat(41))).await;
        let (http, _told) =
            serve(format!("HTTP/1.1 307 There\r\nlocation: {}\r\ncontent-length: 0\r\n\r\n", other.hello)).await;
        assert_eq!(http.hello().await, Err(Fault::NotPhonein));
        assert_eq!(heard(&mut told), Vec::<String>::new());
    }

    #[tokio::test]
    async fn another_length_is_no_hello() {
        let (http, _told) = serve(ok(&"h".repeat(42))).await;
        assert_eq!(http.hello().await, Err(Fault::NotPhonein));
    }

    #[tokio::test]
    async fn no_more_is_read_than_a_message_may_have() {
        for (length, fits) in [(MAX_MESSAGE, true), (MAX_MESSAGE + 1, false)] {
            let (http, _told) = serve(ok(&"a".repeat(length))).await;
            assert_eq!(http.request(b"req", &mut |_| true).await.is_ok(), fits);
        }
        // One that never ends.
        let chunk = format!("1000\r\n{}\r\n|", "a".repeat(4096));
        let stream = format!("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{}", chunk.repeat(100));
        let (http, _told) = serve(stream).await;
        assert_eq!(
            http.request(b"req", &mut |_| true).await,
            Err(Unanswered::sent(Fault::NotPhonein)),
            "not waited for"
        );
    }

    #[tokio::test]
    async fn a_slow_drip_is_given_up() {
        // In real time, since the socket is real: five seconds, the only test that takes any.
        let drip = format!("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{}", "a|".repeat(100));
        let (http, _told) = serve(drip).await;
        let began = Instant::now();
        assert_eq!(http.request(b"req", &mut |_| true).await, Err(Unanswered::sent(Fault::Silent)));
        assert!(began.elapsed() < Duration::from_secs(20), "half of what the drip takes");
    }

    #[tokio::test]
    async fn what_is_not_http_is_no_answer() {
        for garbage in [&b"\x01\x02\x03\r\n\r\n"[..], b"HTTP/1.1 9x9 Hm\r\n\r\n", b"SSH-2.0-OpenSSH\r\n"] {
            let (http, _told) = serve(garbage).await;
            assert_eq!(http.request(b"req", &mut |_| true).await, Err(Unanswered::sent(Fault::Silent)));
        }
    }

    #[tokio::test]
    async fn a_refused_connection_has_sent_nothing() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = BaseUrl::parse(&listener.local_addr().unwrap().to_string()).unwrap();
        drop(listener);
        let http = HttpTransport::new(&HttpClient::new().unwrap(), &base);
        assert_eq!(http.hello().await, Err(Fault::Silent));
        assert_eq!(http.request(b"req", &mut |_| true).await, Err(Unanswered::unsent(Fault::Silent)));
    }
}
