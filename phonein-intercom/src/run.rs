//! `phonein-intercom run`: everything that belongs together, started and ended in the right order.

use crate::{
    ble::Bluetooth,
    cli::Run,
    clock::{Clock, Trust},
    code::card,
    control::server::ControlSocket,
    http,
    judge::{Advertised, Bench, Judge, Standing},
    relay::Relay,
    sources::Sources,
    store,
};
use anyhow::Context;
use phonein_protocol::{
    id::{Door, Doors},
    intercom::Config,
};
use std::{
    fs,
    io::{self, IsTerminal, Write},
    net::SocketAddr,
    os::unix::fs::OpenOptionsExt,
    path::Path,
    sync::Arc,
};
use tokio::{
    net::TcpListener,
    runtime::Handle,
    signal::unix::{SignalKind, signal},
    sync::watch,
    task,
};
use tracing::{info, warn};

/// More addresses than this a phone does not need, and an answer does not hold.
const MAX_URLS: usize = 8;

/// Runs until SIGTERM or SIGINT.
pub(crate) async fn run(options: Run) -> anyhow::Result<()> {
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let opened =
        store::open(&options.data).with_context(|| format!("cannot start with --data {}", options.data.display()))?;
    let (is_new, uuid) = (opened.is_new, opened.identity.uuid.to_text());
    let listener = if options.no_http {
        None
    } else {
        Some(http::listen(options.http).with_context(|| format!("cannot listen on {}", options.http))?)
    };
    let address = listener.as_ref().map(TcpListener::local_addr).transpose()?;
    let control = ControlSocket::bind(&options.data).context("cannot make the control socket")?;

    // Until the judge says more, which it does before it starts.
    let unknown = Advertised { intercom: *opened.identity.keys.public(), waits_for_pairing: false };
    let (advertised, advertises) = watch::channel(unknown);
    let bench = bench(&options, address, &uuid, advertised)?;
    let standing = bench.bluetooth.clone();
    let url = bench.config.urls.first().cloned();
    let (judge, mut thread) = {
        let (judge, thread) = Judge::start(bench, opened)?;
        (judge, task::spawn_blocking(move || thread.join().is_ok()))
    };
    let (stop, stopped) = watch::channel(false);
    let sources = Arc::new(Sources::new(options.requests_per_second));
    let bluetooth = match (standing, options.ble) {
        (Some(standing), Some(adapter)) => {
            let (judge, stop) = (judge.clone(), stopped.clone());
            Some(Bluetooth { adapter, judge, standing, advertised: advertises, stop }.start()?)
        }
        _ => None,
    };
    let served = listener.map(|listener| tokio::spawn(http::serve(listener, judge.clone(), sources, stopped)));
    let controlled = tokio::spawn(async move { control.serve(judge).await });

    // What goes to a journal is read by more than whoever stands here.
    if is_new && (options.print_code || io::stdout().is_terminal()) {
        let _ = io::stdout().write_all(card(&uuid, url.as_deref()).as_bytes());
    }
    if let Some(path) = &options.ready_file {
        write_ready(path, &uuid, address).context("cannot write the ready file")?;
    }
    let http = address.map_or_else(|| "off".into(), |address| address.to_string());
    info!(http, version = env!("CARGO_PKG_VERSION"), "the intercom is up");

    let judge_ended = tokio::select! {
        _ = terminate.recv() => None,
        _ = interrupt.recv() => None,
        ended = &mut thread => Some(ended),
    };
    info!("the intercom ends");
    let _ = stop.send(true);
    if let Some(served) = served {
        let _ = served.await;
    }
    if let Some(bluetooth) = bluetooth {
        let _ = task::spawn_blocking(|| bluetooth.join().is_ok()).await;
    }
    controlled.abort();
    let _ = controlled.await;
    // Nobody asks any more, so the judge finishes what it has, waits for the relays and ends.
    match judge_ended {
        None => anyhow::ensure!(thread.await?, "the judge failed"),
        Some(_) => anyhow::bail!("the judge gave up"),
    }
    Ok(())
}

fn bench(
    options: &Run,
    http: Option<SocketAddr>,
    uuid: &str,
    advertised: watch::Sender<Advertised>,
) -> anyhow::Result<Bench> {
    anyhow::ensure!(options.urls.len() <= MAX_URLS, "more than {MAX_URLS} addresses");
    let urls = match options.urls.clone() {
        urls if urls.is_empty() => http.and_then(http::reachable).into_iter().collect(),
        urls => urls,
    };
    if urls.is_empty() && http.is_some() {
        warn!("phones are told no address: give one with --url");
    }
    if options.clock == Trust::Given {
        warn!("the time is given by hand: for demonstrations only");
    }
    let relay = |door, wiring| Relay::new(door, wiring, Handle::current());
    let [entrance, inner] = options.wiring();
    Ok(Bench {
        directory: options.data.clone(),
        http,
        bluetooth: options.ble.is_some().then(Standing::default),
        advertised,
        clock: Clock::new(options.clock),
        config: Config {
            intercom: [0; 32],
            doors: if options.inner_door { Doors::BOTH } else { Doors::ENTRANCE },
            seconds: options.seconds,
            urls,
        },
        opening_every_ms: options.seconds_between_openings * 1_000,
        entrance: relay(Door::Entrance, entrance),
        inner: relay(Door::Inner, inner),
        uuid: uuid.to_owned(),
        has_opened: false,
    })
}

/// Appears as a whole: whoever finds the file may read it.
fn write_ready(path: &Path, uuid: &str, http: Option<SocketAddr>) -> io::Result<()> {
    let http = http.map(|address| address.to_string());
    let ready = serde_json::json!({ "uuid": uuid, "http": http, "pid": std::process::id() });
    let beside = path.with_extension("part");
    let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&beside)?;
    writeln!(file, "{ready}")?;
    drop(file);
    fs::rename(&beside, path)
}
