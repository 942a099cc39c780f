//! The command line.

use crate::{
    clock::{Give, Trust},
    relay::{LineName, Wiring, Words},
};
use clap::{Args, Parser, Subcommand};
use std::{net::SocketAddr, path::PathBuf};

/// The longest base URL a phone takes.
const URL_BYTES: usize = 256;

/// Phonein's reference intercom.
#[derive(Debug, Parser)]
#[command(version, about)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Be the intercom, until told to end.
    Run(Run),
    /// Hold the button for 20 s: erase everything but the UUID and make a new key. All phones become strangers.
    Reset(Running),
    /// Hold the button for 5 s: for ten minutes one more phone may pair and becomes a manager.
    OpenPairing(Running),
    /// Print the log and check that nothing in it was changed or left out.
    Log(Running),
    /// Print how things stand.
    Status(StatusOf),
    /// Give the time to a program that runs with `--clock given`.
    Clock(ClockOf),
}

/// Which running program.
#[derive(Debug, Args)]
pub(crate) struct Running {
    /// The data directory of the running program.
    #[arg(long, value_name = "DIR")]
    pub(crate) data: PathBuf,
}

/// Options of `status`.
#[derive(Debug, Args)]
pub(crate) struct StatusOf {
    #[command(flatten)]
    pub(crate) running: Running,
    /// One line of JSON, for programs.
    #[arg(long)]
    pub(crate) json: bool,
}

/// Options of `clock`.
#[derive(Debug, Args)]
pub(crate) struct ClockOf {
    #[command(flatten)]
    pub(crate) running: Running,
    /// Unix seconds, `+SECONDS` to move it on, or `now` for the computer's own time.
    #[arg(value_name = "TIME", value_parser = give)]
    pub(crate) time: Give,
}

/// Options of `run`.
#[derive(Debug, Args)]
pub(crate) struct Run {
    /// Where identity, keys and log are kept; made at the first start, for this user alone.
    #[arg(long, value_name = "DIR")]
    pub(crate) data: PathBuf,
    /// Where to listen; port 0 takes a free one.
    #[arg(long, value_name = "ADDRESS", default_value = "0.0.0.0:8042")]
    pub(crate) http: SocketAddr,
    /// Do not listen at all: Bluetooth only.
    #[arg(long, conflicts_with = "http", requires = "ble")]
    pub(crate) no_http: bool,
    /// Serve Bluetooth LE too: with the adapter of this name (hci0) or address, or, without one, the computer's first.
    #[arg(long, value_name = "ADAPTER", num_args = 0..=1, default_missing_value = "")]
    pub(crate) ble: Option<String>,
    /// Where phones reach it, if that is not where it listens. May be given several times.
    #[arg(long = "url", value_name = "URL", value_parser = url)]
    pub(crate) urls: Vec<String>,
    /// There is an inner door as well.
    #[arg(long)]
    pub(crate) inner_door: bool,
    /// For how many seconds a door can be pushed.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..=60))]
    pub(crate) seconds: u64,
    /// The command that moves the entrance's relay, split into words without a shell. It learns `PHONEIN_DOOR` and
    /// `PHONEIN_SECONDS`, and should end by itself after so many seconds; a second later it is sent SIGTERM, then SIGKILL.
    /// One that cannot be started, or fails within 0.1 s, is a door fault.
    #[arg(long, value_name = "COMMAND", value_parser = Words::parse)]
    pub(crate) on_entrance: Option<Words>,
    /// The same for the inner door.
    #[arg(long, value_name = "COMMAND", value_parser = Words::parse, requires = "inner_door")]
    pub(crate) on_inner: Option<Words>,
    /// The GPIO line of the entrance's relay, instead of a command: active while the door can be pushed. `gpiochip0:17`, or
    /// `gpiochip0:17:low` if low is active. One that cannot be taken or set is a door fault.
    #[arg(long, value_name = "CHIP:LINE", conflicts_with = "on_entrance")]
    pub(crate) entrance_gpio: Option<LineName>,
    /// The same for the inner door.
    #[arg(long, value_name = "CHIP:LINE", conflicts_with = "on_inner", requires = "inner_door")]
    pub(crate) inner_gpio: Option<LineName>,
    /// Whose time counts.
    #[arg(long, value_enum, default_value_t = Trust::Managers)]
    pub(crate) clock: Trust,
    /// How many requests a second one address may make in the long run. Behind a relay all guests share one.
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub(crate) requests_per_second: u32,
    /// A phone may open so often in the long run, and six times at once; 0 bounds nothing.
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u64).range(0..=60))]
    pub(crate) seconds_between_openings: u64,
    /// Print the UUID and its QR code at the first start even if the output is no terminal. Whoever reads it can pair.
    #[arg(long)]
    pub(crate) print_code: bool,
    /// A file to write once it listens, for programs: UUID, address and process as JSON. One of an earlier start has
    /// another process.
    #[arg(long, value_name = "FILE")]
    pub(crate) ready_file: Option<PathBuf>,
}

impl Run {
    /// How the relays of both doors are reached.
    pub(crate) fn wiring(&self) -> [Wiring; 2] {
        let wiring = |command: &Option<Words>, line: &Option<LineName>| match (command, line) {
            (Some(words), _) => Wiring::Command(words.clone()),
            (None, Some(line)) => Wiring::Line(line.clone()),
            (None, None) => Wiring::Printed,
        };
        [wiring(&self.on_entrance, &self.entrance_gpio), wiring(&self.on_inner, &self.inner_gpio)]
    }
}

fn give(text: &str) -> Result<Give, String> {
    let number = |_| "neither Unix seconds, +SECONDS nor now".to_owned();
    match (text, text.strip_prefix('+')) {
        ("now", _) => Ok(Give::Now),
        (_, Some(later)) => later.parse().map(Give::Later).map_err(number),
        (time, None) => time.parse().map(Give::At).map_err(number),
    }
}

fn url(text: &str) -> Result<String, String> {
    let host = text.strip_prefix("http://").or_else(|| text.strip_prefix("https://"));
    let plain = text.bytes().all(|byte| byte.is_ascii_graphic());
    match host {
        Some(host) if !host.is_empty() && plain && text.len() <= URL_BYTES => Ok(text.trim_end_matches('/').to_owned()),
        _ => Err(format!("not an http or https address of at most {URL_BYTES} characters")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_time_is_absolute_relative_or_now() {
        assert_eq!(give("now"), Ok(Give::Now));
        assert_eq!(give("1800000000"), Ok(Give::At(1_800_000_000)));
        assert_eq!(give("+60"), Ok(Give::Later(60)));
        assert!(give("noon").is_err());
        assert!(give("+-1").is_err());
    }

    #[test]
    fn an_address_for_phones_is_a_web_address() {
        assert_eq!(url("https://door.example/relay/").unwrap(), "https://door.example/relay");
        for bad in
            ["door.example", "ftp://door.example", "http://", "http://a b", &format!("http://{}", "a".repeat(256))]
        {
            assert!(url(bad).is_err(), "{bad}");
        }
    }
}
