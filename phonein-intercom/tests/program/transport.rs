//! HTTP as docs/protocol.md, section 9 has it, and whoever abuses it.

use crate::{
    client::{Client, post},
    device::Device,
    phone::{Phone, random},
};
use phonein_protocol::message::{Body, Outcome};

#[test]
fn status_codes_speak_of_transport_only_and_have_no_body() {
    let device = Device::new(&[]);
    let intercom = device.start();
    let mut phone = Phone::paired(&intercom);
    let mut client = Client::new(intercom.address());
    let mut expect = |request: &[u8], status: u16| {
        client.send(request);
        let response = client.receive();
        assert_eq!((response.status, response.body), (status, vec![]), "{:?}", String::from_utf8_lossy(request));
        if response.closes {
            client = Client::new(intercom.address());
        }
    };
    let bare = |method: &str, path: &str| format!("{method} {path} HTTP/1.1\r\nHost: door\r\n\r\n").into_bytes();

    expect(&post("/v1/request", &[]), 400);
    expect(&post("/v1/request", &random::<171>()), 400);
    expect(&post("/v1/hello", b"x"), 400);
    expect(&bare("POST", "/v1/hello"), 400);
    expect(b"POST /v1/request HTTP/1.1\r\nHost: door\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400);
    expect(&post("/v1/request", &[1; 4_097]), 413);
    expect(&post("/v1/request", &[1; 4_096]), 400);
    for (method, path) in [("GET", "/"), ("GET", "/v1/hello"), ("PUT", "/v1/request"), ("GET", "/v2/health")] {
        expect(&bare(method, path), 404);
    }
    expect(&post("/v1/health", &[]), 404);
    let header = |text: &str| format!("GET / HTTP/1.1\r\nHost: door\r\n{text}\r\n\r\n").into_bytes();
    expect(&header(&format!("Long: {}", "x".repeat(16 * 1024))), 431);

    let request = phone.request(Body::Open { key: None, door: 0, held: 0 });
    let (req, _) = phone.seal(&request, None);
    assert_eq!(phone.client.post("/v1/request", &req).status, 200);
    expect(&post("/v1/request", &req), 409);
    let (mut changed, _) = phone.seal(&request, None);
    *changed.last_mut().unwrap() ^= 1;
    expect(&post("/v1/request", &changed), 400);
}

#[test]
fn a_query_and_a_content_type_change_nothing() {
    let device = Device::new(&[]);
    let intercom = device.start();
    let mut client = Client::new(intercom.address());
    assert_eq!(client.post("/v1/hello?from=relay", &[]).status, 200);
    client.send(b"POST /v1/hello HTTP/1.1\r\nHost: door\r\nContent-Type: text/html\r\nContent-Length: 0\r\n\r\n");
    assert_eq!(client.receive().status, 200);
}

#[test]
fn health_tells_people_that_it_runs() {
    let device = Device::new(&[]);
    let intercom = device.start();
    let response = Client::new(intercom.address()).get("/v1/health");
    assert_eq!(response.status, 200);
    let version = env!("CARGO_PKG_VERSION");
    let expected = format!("{{\"status\":\"ok\",\"version\":\"{version}\"}}\n");
    assert_eq!(String::from_utf8(response.body).unwrap(), expected);
}

#[test]
fn whoever_sends_drop_by_drop_or_nothing_more_is_closed() {
    let device = Device::new(&[]);
    let intercom = device.start();
    let mut head = Client::new(intercom.address());
    head.send(b"POST /v1/hello HTTP/1.1\r\nHost:");
    let mut body = Client::new(intercom.address());
    body.send(b"POST /v1/request HTTP/1.1\r\nHost: door\r\nContent-Length: 171\r\n\r\n\x01");
    let mut kept = Client::new(intercom.address());
    assert_eq!(kept.post("/v1/hello", &[]).status, 200);
    assert_eq!(body.receive().status, 400);
    for mut client in [head, body, kept] {
        assert!(client.is_closed());
    }
}

#[test]
fn a_flood_from_one_source_does_not_stop_another() {
    let device = Device::new(&["--requests-per-second", "5"]);
    let intercom = device.start();
    let mut phone = Phone::paired(&intercom);
    let mut stranger = Client::from([127, 0, 0, 2], intercom.address());
    let refused = (0..100).map(|_| stranger.post("/v1/hello", &[])).find(|response| response.status != 200).unwrap();
    assert_eq!((refused.status, refused.header("retry-after")), (429, Some("1")));
    // One source takes all the connections it may have, and they are of no use to it.
    let mut crowd: Vec<_> = (0..40).map(|_| Client::from([127, 0, 0, 2], intercom.address())).collect();
    for client in &mut crowd {
        client.send_if_open(&post("/v1/hello", &[]));
    }
    assert!(matches!(phone.open(None, 0).outcome, Outcome::Opened { .. }));
}

#[test]
fn half_sent_heads_from_many_sources_shut_nobody_out() {
    let device = Device::new(&[]);
    let intercom = device.start();
    let mut resident = Phone::paired(&intercom);
    let crowd = |network| -> Vec<_> {
        let sources = (1..=40).flat_map(|source| [[127, 0, network, source]; 16]);
        sources.map(|source| Client::from(source, intercom.address())).map(half_sent).collect()
    };
    let _crowd = crowd(2);
    for _ in 0..32 {
        let mut stranger = Client::from([127, 0, 1, 1], intercom.address());
        assert_eq!(stranger.post("/v1/hello", &[]).status, 200);
    }
    // The oldest connection of all, but one that was answered under seal.
    assert!(matches!(resident.open(None, 0).outcome, Outcome::Opened { .. }));
    let _others = crowd(3);
    assert!(matches!(resident.last_tap().1, Some(Outcome::Opened { .. })));
}

#[test]
fn half_sent_heads_from_ones_own_source_shut_nobody_out() {
    let device = Device::new(&[]);
    let intercom = device.start();
    let mut resident = Phone::paired(&intercom);
    let _crowd: Vec<_> = (0..40).map(|_| half_sent(Client::new(intercom.address()))).collect();
    let mut newcomer = Client::new(intercom.address());
    assert_eq!(newcomer.post("/v1/hello", &[]).status, 200);
    // The connection that was of use stays, though it is the oldest.
    assert!(resident.last_tap().1.is_none());
}

/// A connection that only holds its place.
fn half_sent(mut client: Client) -> Client {
    client.send_if_open(b"POST /v1/hello HTTP/1.1\r\nHost:");
    client
}

#[test]
fn wrong_uuids_slow_their_source_alone() {
    let device = Device::new(&[]);
    let intercom = device.start();
    let guess = phonein_protocol::session::PairingSecret::of(&[9; 16]);
    let mut stranger = Phone::new(&intercom);
    stranger.client = Client::from([127, 0, 0, 2], intercom.address());
    let request = stranger.request(Body::Pair { key: stranger.public(), name: "X".into(), zone: None, now: 5 });
    for _ in 0..20 {
        let (req, _) = stranger.seal(&request, Some(&guess));
        assert_eq!(stranger.client.post("/v1/request", &req).status, 400);
    }
    let (req, _) = stranger.seal(&request, Some(&guess));
    let response = stranger.client.post("/v1/request", &req);
    assert_eq!((response.status, response.header("retry-after")), (429, Some("10")));
    Phone::paired(&intercom);
}

#[test]
fn a_hundred_thousand_hellos_leave_the_memory_flat() {
    const BATCH: usize = 500;
    let device = Device::new(&["--requests-per-second", "100000"]);
    let intercom = device.start();
    let mut client = Client::new(intercom.address());
    let batch = post("/v1/hello", &[]).repeat(BATCH);
    let mut flood = |batches: usize| {
        for _ in 0..batches {
            client.send(&batch);
            (0..BATCH).for_each(|_| assert_eq!(client.receive().status, 200));
        }
    };
    flood(20);
    let before = intercom.resident_kib();
    flood(200);
    let after = intercom.resident_kib();
    assert!(after < before + 2_048, "{before} KiB, then {after} KiB");
}
