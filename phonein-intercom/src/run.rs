//! `phonein-intercom run`: everything that belongs together, started and ended in the right order.

use crate::{
    cli::Run,
    clock::{Clock, Trust},
    code::card,
    control::server::ControlSocket,
    http,
    judge::{Bench, Judge},
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
    io::{self, Write},
    net::SocketAddr,
    os::unix::fs::OpenOptionsExt,
    path::Path,
    sync::Arc,
};
use tokio::{
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
    let listener = http::listen(options.http).with_context(|| format!("cannot listen on {}", options.http))?;
    let address = listener.local_addr()?;
    let control = ControlSocket::bind(&options.data).context("cannot make the control socket")?;

    let bench = bench(&options, address, &uuid)?;
    let url = bench.config.urls.first().cloned();
    let (judge, mut thread) = {
        let (judge, thread) = Judge::start(bench, opened)?;
        (judge, task::spawn_blocking(move || thread.join().is_ok()))
    };
    let (stop, stopped) = watch::channel(false);
    let sources = Arc::new(Sources::new(options.requests_per_second));
    let served = tokio::spawn(http::serve(listener, judge.clone(), sources, stopped));
    let controlled = tokio::spawn(async move { control.serve(judge).await });

    if is_new {
        let _ = io::stdout().write_all(card(&uuid, url.as_deref()).as_bytes());
    }
    if let Some(path) = &options.ready_file {
        write_ready(path, &uuid, address).context("cannot write the ready file")?;
    }
    info!(%address, version = env!("CARGO_PKG_VERSION"), "the intercom is up");

    let judge_ended = tokio::select! {
        _ = terminate.recv() => None,
        _ = interrupt.recv() => None,
        ended = &mut thread => Some(ended),
    };
    info!("the intercom ends");
    let _ = stop.send(true);
    let _ = served.await;
    controlled.abort();
    let _ = controlled.await;
    // Nobody asks any more, so the judge finishes what it has, waits for the relays and ends.
    match judge_ended {
        None => anyhow::ensure!(thread.await?, "the judge failed"),
        Some(_) => anyhow::bail!("the judge gave up"),
    }
    Ok(())
}

fn bench(options: &Run, http: SocketAddr, uuid: &str) -> anyhow::Result<Bench> {
    anyhow::ensure!(options.urls.len() <= MAX_URLS, "more than {MAX_URLS} addresses");
    let urls = match options.urls.clone() {
        urls if urls.is_empty() => http::reachable(http).into_iter().collect(),
        urls => urls,
    };
    if urls.is_empty() {
        warn!("phones are told no address: give one with --url");
    }
    if options.clock == Trust::Given {
        warn!("the time is given by hand: for demonstrations only");
    }
    let relay = |door, command: &Option<_>| Relay::new(door, command.clone(), Handle::current());
    Ok(Bench {
        directory: options.data.clone(),
        http,
        clock: Clock::new(options.clock),
        config: Config {
            intercom: [0; 32],
            doors: if options.inner_door { Doors::BOTH } else { Doors::ENTRANCE },
            seconds: options.seconds,
            urls,
        },
        entrance: relay(Door::Entrance, &options.on_entrance),
        inner: relay(Door::Inner, &options.on_inner),
        uuid: uuid.to_owned(),
    })
}

/// Appears as a whole: whoever finds the file may read it.
fn write_ready(path: &Path, uuid: &str, http: SocketAddr) -> io::Result<()> {
    let ready = serde_json::json!({ "uuid": uuid, "http": http.to_string(), "pid": std::process::id() });
    let beside = path.with_extension("part");
    let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&beside)?;
    writeln!(file, "{ready}")?;
    drop(file);
    fs::rename(&beside, path)
}
