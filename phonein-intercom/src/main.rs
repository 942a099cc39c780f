//! The reference intercom: `phonein_protocol::intercom` with a disk, HTTP, Bluetooth and relays around it.
//!
//! [`run`] starts everything. [`judge`] is the one thread that decides; [`http`] and [`ble`] bring it what phones ask,
//! [`control`] what the person at the device asks; [`store`] is its disk and [`relay`] its hands.

mod ble;
mod cli;
mod clock;
mod code;
mod control;
mod http;
mod identity;
mod judge;
mod relay;
mod run;
mod sources;
mod store;

use clap::Parser;
use cli::{Cli, ClockOf, Command, Running, StatusOf};
use control::{Ask, client};
use mimalloc::MiMalloc;
use std::{
    io::{self, IsTerminal, Write},
    process::ExitCode,
};
use tracing_subscriber::EnvFilter;

/// Gives back what a crowd of connections had, and does not fall to pieces over months.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    match obey(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "phonein-intercom: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn obey(command: Command) -> anyhow::Result<()> {
    let text = match command {
        Command::Run(options) => {
            log_to_stderr();
            return tokio::runtime::Builder::new_multi_thread()
                .worker_threads(2)
                .enable_all()
                .build()?
                .block_on(run::run(options));
        }
        Command::Log(Running { data }) => return client::log(&data, &mut io::stdout().lock()),
        Command::Status(StatusOf { running: Running { data }, json: true }) => client::status_json(&data)?,
        Command::Status(StatusOf { running: Running { data }, json: false }) => client::ask(&data, Ask::Status)?,
        Command::OpenPairing(Running { data }) => client::ask(&data, Ask::OpenPairing)?,
        Command::Reset(Running { data }) => client::ask(&data, Ask::Reset)?,
        Command::Clock(ClockOf { running: Running { data }, time }) => client::ask(&data, Ask::Clock { give: time })?,
    };
    Ok(io::stdout().write_all(text.as_bytes())?)
}

/// Kinds of events, never who. `RUST_LOG` says how much.
fn log_to_stderr() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let coloured = io::stderr().is_terminal();
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr)
        .with_ansi(coloured)
        .with_target(false)
        // It would tell of a log that cannot be written by a print that panics where the log goes.
        .log_internal_errors(false)
        .init();
}
