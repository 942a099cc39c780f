//! Crowds and floods: whoever asks beside them is answered, and what they cost is bounded. `cargo xtask bench load` measures
//! the same at length.

use crate::{
    client::{Client, post},
    device::{Device, Intercom},
    phone::{Phone, random},
};
use phonein_protocol::{
    message::{Body, Outcome, Request},
    rule::Rule,
};
use std::{
    net::SocketAddr,
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::Instant,
};

/// Where a flood comes from.
const SOURCES: u8 = 4;
/// Good requests beside it.
const GOOD: usize = 20;

/// What a flood sends, over a connection that it may ask for a HELLO.
type Bad<'a> = dyn Fn(&mut Client) -> Vec<u8> + Sync + 'a;

/// A number that `status` tells.
fn told(device: &Device, what: &str) -> u64 {
    device.status()[what].as_u64().unwrap()
}

/// Does `deed` while each of these does what it does again and again.
fn beside<T>(floods: impl Iterator<Item: FnMut() + Send>, deed: impl FnOnce() -> T) -> T {
    let over = AtomicBool::new(false);
    thread::scope(|scope| {
        for mut flood in floods {
            let over = &over;
            scope.spawn(move || {
                while !over.load(Ordering::Relaxed) {
                    flood();
                }
            });
        }
        let _over = Over(&over);
        deed()
    })
}

/// Sources that each send what `bad` makes, over a connection that is kept as long as it lasts.
fn sources<'a>(to: SocketAddr, bad: &'a Bad<'a>) -> impl Iterator<Item: FnMut() + Send> + 'a {
    (1..=SOURCES).map(move |source| {
        move || {
            let mut client = Client::from([127, 0, 3, source], to);
            for _ in 0..50 {
                let bytes = bad(&mut client);
                client.send_if_open(&bytes);
                if client.try_receive().is_none_or(|response| response.closes) {
                    break;
                }
            }
        }
    })
}

/// Ends the flood, also where a test fails beside it.
struct Over<'a>(&'a AtomicBool);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Good requests, by new connections and by one that is kept; all of them answered, and right.
fn asks(phone: &mut Phone, intercom: &Intercom) {
    for round in 0..GOOD {
        if round % 2 == 0 {
            phone.reconnect(intercom);
        }
        let (number, _) = phone.last_tap();
        assert_eq!(number, phone.number());
    }
    assert!(matches!(phone.open(None, 0).outcome, Outcome::Opened { .. }));
}

#[test]
fn beside_two_hundred_connections_idle_or_busy_everybody_is_answered() {
    let device = Device::new(&[]);
    let intercom = device.start();
    let mut resident = Phone::paired(&intercom);
    let sources = (1..=20).flat_map(|source| [[127, 0, 2, source]; 10]);
    let mut crowd: Vec<_> = sources.map(|source| Client::from(source, intercom.address())).collect();
    for client in &mut crowd {
        assert_eq!(client.post("/v1/hello", &[]).status, 200);
    }
    asks(&mut resident, &intercom);
    // All of them ask ten things at once before they read anything.
    let ten = post("/v1/hello", &[]).repeat(10);
    let busy = crowd.chunks_mut(10).map(|of_one_source| {
        || {
            for client in of_one_source.iter_mut() {
                client.send_if_open(&ten);
            }
            for client in of_one_source.iter_mut() {
                (0..10).for_each(|_| drop(client.try_receive()));
            }
        }
    });
    beside(busy, || asks(&mut resident, &intercom));
}

#[test]
fn bad_requests_stop_no_good_one_and_leave_nothing_behind() {
    let device = Device::new(&[]);
    let intercom = device.start();
    let mut resident = Phone::paired(&intercom);
    asks(&mut resident, &intercom);
    let (entries, memory) = (told(&device, "entries"), intercom.resident_kib());
    let replayed = resident.request(Body::Status);
    let (replayed, _) = resident.seal(&replayed, None);
    let replayed = post("/v1/request", &replayed);
    let bad: [&Bad<'_>; 4] = [
        &|_| random::<300>().to_vec(),
        &|_| post("/v1/request", &[&[1][..], &random::<170>()].concat()),
        &|_| post("/v1/request", &vec![1; 20_000]),
        &|_| replayed.clone(),
    ];
    for bad in bad {
        beside(sources(intercom.address(), bad), || asks(&mut resident, &intercom));
    }
    assert_eq!(told(&device, "entries"), entries + 4, "the resident's openings alone");
    let after = intercom.resident_kib();
    assert!(after < memory + 8_192, "{memory} KiB, then {after} KiB");
}

#[test]
fn a_body_that_comes_byte_by_byte_takes_no_more_room_than_it_has() {
    let device = Device::new(&[]);
    let intercom = device.start();
    let mut resident = Phone::paired(&intercom);
    let sources = (1..=4).flat_map(|source| [[127, 0, 5, source]; 16]);
    let mut crowd: Vec<_> = sources.map(|source| Client::from(source, intercom.address())).collect();
    let head = b"POST /v1/request HTTP/1.1\r\nHost: door\r\nContent-Length: 4096\r\n\r\n";
    for client in &mut crowd {
        client.send_if_open(head);
    }
    asks(&mut resident, &intercom);
    let memory = intercom.resident_kib();
    // With the room for a whole reading behind each byte it would be a quarter of a gigabyte.
    for _ in 0..500 {
        for client in &mut crowd {
            client.send_if_open(&[1]);
        }
    }
    asks(&mut resident, &intercom);
    let after = intercom.resident_kib();
    assert!(after < memory + 8_192, "{memory} KiB, then {after} KiB");
}

#[test]
fn wrong_proofs_cost_few_signatures_and_no_entry() {
    let device = Device::new(&[]);
    let intercom = device.start();
    let mut resident = Phone::paired(&intercom);
    let (kid, key) = (resident.kid(), resident.intercom);
    let (began, checks, entries) = (Instant::now(), told(&device, "checks"), told(&device, "entries"));
    let forge = |client: &mut Client| {
        // Its own signature under the resident's name.
        let mut stranger = Phone::knowing(&intercom, key);
        std::mem::swap(&mut stranger.client, client);
        let forged = Request { number: 0, kid: Some(kid), body: Body::Status };
        let sealed = stranger.try_seal(&forged);
        std::mem::swap(&mut stranger.client, client);
        sealed.map_or_else(Vec::new, |req| post("/v1/request", &req))
    };
    beside(sources(intercom.address(), &forge), || asks(&mut resident, &intercom));
    let periods = began.elapsed().as_secs().div_ceil(10) + 1;
    let good = (GOOD + 1) as u64;
    let checked = told(&device, "checks") - checks - good;
    assert!(checked <= 20 * periods * u64::from(SOURCES), "{checked} signatures");
    assert!(checked > 0, "some were looked at");
    assert_eq!(told(&device, "entries"), entries + 1);
}

#[test]
fn a_guest_who_hammers_from_many_addresses_has_one_phones_share() {
    let device = Device::new(&[]);
    let intercom = device.start();
    let mut resident = Phone::paired(&intercom);
    let link = resident.make_key(Rule::Always, None);
    let mut guest = Phone::knowing(&intercom, link.intercom);
    guest.claim(&link, None);
    let guest = std::sync::Mutex::new(guest);
    let (began, checks, entries) = (Instant::now(), told(&device, "checks"), told(&device, "entries"));
    let hammer = |client: &mut Client| {
        let mut guest = guest.lock().unwrap();
        std::mem::swap(&mut guest.client, client);
        let request = guest.request(Body::Open { key: Some(link.id), door: 0, held: 0 });
        let sealed = guest.try_seal(&request);
        std::mem::swap(&mut guest.client, client);
        sealed.map_or_else(Vec::new, |req| post("/v1/request", &req))
    };
    beside(sources(intercom.address(), &hammer), || asks(&mut resident, &intercom));
    let took = began.elapsed().as_secs() + 1;
    let good = (GOOD + 1) as u64;
    let checked = told(&device, "checks") - checks - good;
    assert!(checked <= 40 + 10 * took, "{checked} signatures in {took} s");
    // Six openings at once and one in two seconds; twenty refusals a day.
    let new = told(&device, "entries") - entries - 1;
    assert!((1..=6 + took / 2 + 20).contains(&new), "{new} entries");
}

#[test]
fn connections_beyond_a_sources_share_are_not_let_in() {
    let device = Device::new(&["--requests-per-second", "5"]);
    let intercom = device.start();
    // They bring no request, so that nothing else counts them.
    let let_in = (0..100).filter(|_| {
        let mut client = Client::from([127, 0, 0, 2], intercom.address());
        client.send_if_open(b"nonsense\r\n\r\n");
        client.try_receive().is_some()
    });
    let began = Instant::now();
    let let_in = let_in.count() as u64;
    let share = 20 + 5 * (began.elapsed().as_secs() + 1);
    assert!((20..=share).contains(&let_in), "{let_in} connections");
    assert_eq!(Client::new(intercom.address()).post("/v1/hello", &[]).status, 200);
}
