//! Whatever answers in the intercom's place, a tap ends in one of its four ways within ten seconds, and the app goes on.
#![allow(clippy::unwrap_used)]

use phonein_core::api::{Tap, TapState};
use phonein_core::text::tap::Door;
use phonein_tests::phone::Phone;
use phonein_tests::process::IntercomProcess;
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

/// Tuesday, October 12, 2021 at 10:22 in Budapest.
const NOW: i64 = 1_634_026_920;
/// Ten seconds, and what a busy machine adds.
const FINAL: Duration = Duration::from_secs(12);

/// What answers in the intercom's place.
#[derive(Clone, Copy, Debug)]
enum Strange {
    Nothing,
    OneByteASecond,
    NoHttp,
    AWebPage,
    AnEndlessBody,
    Elsewhere,
    OutOfOrder,
    /// A HELLO as it should be, and then an answer of nothing but noise.
    NoiseAfterHello,
    /// The same, and then never a word.
    SilenceAfterHello,
    /// The same, and then a refusal of the transport, over and over.
    MalformedAfterHello,
    StaleAfterHello,
    LaterAfterHello,
    /// The same, as an intercom that cannot write how an opening ended.
    UnavailableAfterHello,
}

const ALL: [Strange; 13] = [
    Strange::Nothing,
    Strange::OneByteASecond,
    Strange::NoHttp,
    Strange::AWebPage,
    Strange::AnEndlessBody,
    Strange::Elsewhere,
    Strange::OutOfOrder,
    Strange::NoiseAfterHello,
    Strange::SilenceAfterHello,
    Strange::MalformedAfterHello,
    Strange::StaleAfterHello,
    Strange::LaterAfterHello,
    Strange::UnavailableAfterHello,
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_strange_answer_ends_the_tap_within_ten_seconds() {
    let mut taps = JoinSet::new();
    for strange in ALL {
        taps.spawn(async move { (strange, tap_at(strange).await) });
    }
    while let Some(ended) = taps.join_next().await {
        let (strange, (tap, took, after)) = ended.unwrap();
        assert!(took < FINAL, "{strange:?} took {took:?}");
        let sent = matches!(
            strange,
            Strange::NoiseAfterHello
                | Strange::SilenceAfterHello
                | Strange::MalformedAfterHello
                | Strange::StaleAfterHello
                | Strange::LaterAfterHello
                | Strange::UnavailableAfterHello
        );
        // Only where a HELLO came can anything have been sent.
        let is_right = match tap.state {
            TapState::Unreachable { .. } => !sent || matches!(strange, Strange::LaterAfterHello),
            TapState::NoAnswer | TapState::Stranger => sent,
            _ => false,
        };
        assert!(is_right, "{strange:?}: {tap:?}");
        assert!(matches!(after.state, TapState::Opened { .. }), "afterwards, {strange:?}: {after:?}");
    }
}

/// A resident's tap while `strange` stands in the intercom's place, how long it took, and her next tap when all is well.
async fn tap_at(strange: Strange) -> (Tap, Duration, Tap) {
    let intercom = IntercomProcess::start(NOW).await.unwrap();
    let phone = Phone::new(NOW).await.unwrap();
    let place = phone.pair(&intercom.code(), "Home", "Anna").await.unwrap();
    intercom.passage.quiet().await;
    // With a HELLO at hand a request would be sent to whatever is there.
    let phone = phone.restart().await.unwrap();
    let own = intercom.passage.leads_to();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    intercom.passage.lead_to(Some(listener.local_addr().unwrap()));
    let hello = hello_of(own.unwrap()).await;
    let server = tokio::spawn(async move {
        let mut answers = JoinSet::new();
        while let Ok((stream, _)) = listener.accept().await {
            let hello = hello.clone();
            answers.spawn(async move { drop(answer(strange, stream, &hello).await) });
        }
    });
    let began = Instant::now();
    let tap = phone.press(&place, None, Door::Entrance).await.unwrap();
    let took = began.elapsed();
    assert_eq!(intercom.moved(), 0, "{strange:?}");
    server.abort();
    intercom.passage.lead_to(own);
    // A tap that may have been sent is asked for first; until ten seconds are over nobody knows.
    if let Some(left) = Duration::from_secs(10).checked_sub(began.elapsed()) {
        tokio::time::sleep(left).await;
    }
    let after = phone.press(&place, None, Door::Entrance).await.unwrap();
    (tap, took, after)
}

/// A real HELLO.
async fn hello_of(intercom: SocketAddr) -> Vec<u8> {
    let mut stream = TcpStream::connect(intercom).await.unwrap();
    let ask = b"POST /v1/hello HTTP/1.1\r\nHost: door\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    stream.write_all(ask).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    answer.split_off(answer.len() - 41)
}

async fn answer(strange: Strange, mut stream: TcpStream, hello: &[u8]) -> std::io::Result<()> {
    loop {
        let mut asked = [0; 4096];
        let count = stream.read(&mut asked).await?;
        if count == 0 {
            return Ok(());
        }
        if asked.starts_with(b"POST /v1/hello") && is_after_hello(strange) {
            stream.write_all(&http("200 OK", hello)).await?;
            continue;
        }
        match strange {
            Strange::Nothing | Strange::SilenceAfterHello => std::future::pending().await,
            Strange::OneByteASecond => {
                for byte in http("200 OK", &[7; 100]) {
                    stream.write_all(&[byte]).await?;
                    tokio::time::sleep(Duration::from_secs(1)).await;
                }
            }
            Strange::NoHttp => stream.write_all(b"220 mail.example ESMTP\r\n").await?,
            Strange::AWebPage => stream.write_all(&http("200 OK", b"<!doctype html><title>Welcome</title>")).await?,
            Strange::AnEndlessBody => {
                stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\n").await?;
                loop {
                    stream.write_all(&[0; 4096]).await?;
                }
            }
            Strange::Elsewhere => {
                stream.write_all(b"HTTP/1.1 302 Found\r\nLocation: /v1/hello\r\nContent-Length: 0\r\n\r\n").await?;
            }
            Strange::OutOfOrder => stream.write_all(&http("500 Internal Server Error", b"")).await?,
            Strange::NoiseAfterHello => stream.write_all(&http("200 OK", &[0x5a; 73])).await?,
            Strange::MalformedAfterHello => stream.write_all(&http("400 Bad Request", b"")).await?,
            Strange::StaleAfterHello => stream.write_all(&http("409 Conflict", b"")).await?,
            Strange::LaterAfterHello => stream.write_all(&http("429 Too Many Requests", b"")).await?,
            Strange::UnavailableAfterHello => stream.write_all(&http("503 Service Unavailable", b"")).await?,
        }
    }
}

fn is_after_hello(strange: Strange) -> bool {
    matches!(
        strange,
        Strange::NoiseAfterHello
            | Strange::SilenceAfterHello
            | Strange::MalformedAfterHello
            | Strange::StaleAfterHello
            | Strange::LaterAfterHello
            | Strange::UnavailableAfterHello
    )
}

fn http(status: &str, body: &[u8]) -> Vec<u8> {
    let mut answer = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n\r\n", body.len()).into_bytes();
    answer.extend(body);
    answer
}
