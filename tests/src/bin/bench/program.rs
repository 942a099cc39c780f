//! The intercom's program as it ships, its relays printed.

use anyhow::{Context, Result, ensure};
use phonein_tests::process::program;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long it may take to start.
const PATIENCE: Duration = Duration::from_secs(20);

/// A running intercom; dropping it kills the process.
pub(crate) struct Program {
    child: Child,
    uuid: String,
    /// Where it listens.
    pub(crate) address: String,
}

impl Program {
    /// Starts a new one with its data in `directory`. Phones are told that it is at `url`, or where it listens.
    pub(crate) async fn start(directory: &Path, url: Option<&str>) -> Result<Self> {
        fs::create_dir_all(directory)?;
        let ready = directory.join("ready");
        let mut command = Command::new(program()?);
        command.args(["run", "--http", "127.0.0.1:0", "--inner-door", "--clock", "system", "--seconds", "1"]);
        command.args(["--requests-per-second", "100000"]).args(url.map(|url| ["--url", url]).iter().flatten());
        command.arg("--data").arg(directory.join("data")).arg("--ready-file").arg(&ready);
        command.env("RUST_LOG", "warn").stdin(Stdio::null()).stdout(Stdio::null());
        let child = command.spawn().context("phonein-intercom cannot be started")?;
        let mut program = Self { child, uuid: String::new(), address: String::new() };
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

/// How much memory of its own a process has in use, in KiB.
pub(crate) fn memory_kib(process: u32) -> Result<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:")).context("this system does not say")?;
    Ok(line.trim().trim_end_matches(" kB").parse()?)
}
