//! The intercom's program as it ships, its relays printed.

use anyhow::{Context, Result, ensure};
use phonein_tests::process::program;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long it may take to start.
const PATIENCE: Duration = Duration::from_secs(20);

/// Whether it bounds how often one source and one phone may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bounds {
    AsShipped,
    Off,
}

/// What it did so far.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Work {
    /// Signatures it checked.
    pub(crate) checks: u64,
    /// Entries of its log.
    pub(crate) entries: u64,
}

/// A running intercom; dropping it kills the process.
pub(crate) struct Program {
    child: Child,
    data: PathBuf,
    uuid: String,
    /// Where it listens.
    pub(crate) address: String,
}

impl Program {
    /// Starts a new one with its data in `directory`. Phones are told that it is at `url`, or where it listens.
    pub(crate) async fn start(directory: &Path, url: Option<&str>) -> Result<Self> {
        Self::serving(directory, url, None).await
    }

    /// The same with the Bluetooth adapter of this name.
    pub(crate) async fn serving(directory: &Path, url: Option<&str>, adapter: Option<&str>) -> Result<Self> {
        Self::run(directory, url, adapter, Bounds::Off).await
    }

    /// By HTTP, with its bounds or without.
    pub(crate) async fn bounded(directory: &Path, bounds: Bounds) -> Result<Self> {
        Self::run(directory, None, None, bounds).await
    }

    async fn run(directory: &Path, url: Option<&str>, adapter: Option<&str>, bounds: Bounds) -> Result<Self> {
        fs::create_dir_all(directory)?;
        let ready = directory.join("ready");
        let mut command = Command::new(program()?);
        command.args(["run", "--http", "127.0.0.1:0", "--inner-door", "--clock", "system", "--seconds", "1"]);
        if bounds == Bounds::Off {
            command.args(["--requests-per-second", "100000", "--seconds-between-openings", "0"]);
        }
        command.args(url.map(|url| ["--url", url]).iter().flatten());
        command.args(adapter.map(|adapter| ["--ble", adapter]).iter().flatten());
        let data = directory.join("data");
        command.arg("--data").arg(&data).arg("--ready-file").arg(&ready);
        command.env("RUST_LOG", "warn").stdin(Stdio::null()).stdout(Stdio::null());
        let child = command.spawn().context("phonein-intercom cannot be started")?;
        let mut program = Self { child, data, uuid: String::new(), address: String::new() };
        let end = Instant::now() + PATIENCE;
        let text = loop {
            if let Ok(text) = fs::read_to_string(&ready) {
                break text;
            }
            ensure!(program.child.try_wait()?.is_none() && Instant::now() < end, "phonein-intercom did not start");
            tokio::time::sleep(Duration::from_millis(5)).await;
        };
        let told: Value = serde_json::from_str(&text)?;
        let word = |name: &str| told.get(name).and_then(Value::as_str).context("the ready file is another");
        (program.uuid, program.address) = (word("uuid")?.to_owned(), word("http")?.to_owned());
        Ok(program)
    }

    /// The text of the QR code on its back.
    pub(crate) fn code(&self, url: &str) -> String {
        format!("{} {url}", self.uuid)
    }

    /// The UUID on its back.
    pub(crate) fn uuid(&self) -> Result<[u8; 16]> {
        Ok(uuid::Uuid::parse_str(&self.uuid)?.into_bytes())
    }

    /// Holds its button for five seconds.
    pub(crate) fn hold_button(&self) -> Result<()> {
        self.control("open-pairing", &[]).map(drop)
    }

    /// What it did so far.
    pub(crate) fn work(&self) -> Result<Work> {
        let status: Value = serde_json::from_slice(&self.control("status", &["--json"])?)?;
        let number = |name: &str| status.get(name).and_then(Value::as_u64).with_context(|| format!("no {name}"));
        Ok(Work { checks: number("checks")?, entries: number("entries")? })
    }

    /// How large its database is, with what SQLite has beside it.
    pub(crate) fn bytes_on_disk(&self) -> Result<u64> {
        fs::read_dir(&self.data)?.map(|file| Ok(file?.metadata()?.len())).sum()
    }

    /// The address at which phones find it by Bluetooth, once they do.
    pub(crate) async fn on_air(&self) -> Result<String> {
        let end = Instant::now() + PATIENCE;
        loop {
            let status: Value = serde_json::from_slice(&self.control("status", &["--json"])?)?;
            if let Some(address) = status.pointer("/bluetooth/address").and_then(Value::as_str) {
                return Ok(address.to_owned());
            }
            ensure!(Instant::now() < end, "no Bluetooth: {status}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    fn control(&self, command: &str, options: &[&str]) -> Result<Vec<u8>> {
        let output = Command::new(program()?).arg(command).arg("--data").arg(&self.data).args(options).output()?;
        ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        Ok(output.stdout)
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // One that has ended cannot be killed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
