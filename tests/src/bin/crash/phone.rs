//! A phone's process: told one thing after the other, killed, started again.

use anyhow::{Context, Result, bail, ensure};
use phonein_protocol::Time;
use phonein_tests::order::{Order, Said};
use std::env;
use std::fs::{self, File};
use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::time::timeout;

/// Longer than anything the core promises, on a busy machine.
const PATIENCE: Duration = Duration::from_mins(1);

pub(crate) struct PhoneProcess {
    directory: TempDir,
    began: Instant,
    time: Time,
    running: Option<Running>,
}

struct Running {
    child: Child,
    orders: ChildStdin,
    said: Lines<BufReader<ChildStdout>>,
}

impl PhoneProcess {
    /// One that was never started.
    pub(crate) fn new(time: Time) -> Result<Self> {
        Ok(Self { directory: tempfile::tempdir()?, began: Instant::now(), time, running: None })
    }

    /// Where its files lie.
    pub(crate) fn files(&self) -> PathBuf {
        self.directory.path().join("files")
    }

    /// What it said to nobody in particular.
    fn log(&self) -> PathBuf {
        self.directory.path().join("log")
    }

    /// The number of its process.
    pub(crate) fn pid(&self) -> Option<u32> {
        self.running.as_ref()?.child.id()
    }

    /// Starts it; what it says first, or nothing if it was killed by then.
    pub(crate) async fn start(&mut self, environment: Vec<(String, String)>) -> Result<Option<Said>> {
        let program = env::current_exe()?.with_file_name("phone");
        let time = self.time + i64::try_from(self.began.elapsed().as_secs())?;
        let mut command = Command::new(program);
        command.arg(self.files()).arg(time.to_string()).envs(environment).kill_on_drop(true);
        let log = File::options().create(true).append(true).open(self.log())?;
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(log);
        let mut child = command.spawn().context("the phone's program is not there")?;
        let orders = child.stdin.take().context("no stdin")?;
        let said = BufReader::new(child.stdout.take().context("no stdout")?).lines();
        self.running = Some(Running { child, orders, said });
        self.hear().await
    }

    /// Tells it something; what it says to that, or nothing if it was killed.
    pub(crate) async fn tell(&mut self, order: &Order) -> Result<Option<Said>> {
        let Some(running) = &mut self.running else { return Ok(None) };
        let mut line = serde_json::to_vec(order)?;
        line.push(b'\n');
        // Whoever is dead takes no orders; that is noticed below.
        let _ = running.orders.write_all(&line).await;
        self.hear().await.with_context(|| format!("after {order:?}"))
    }

    pub(crate) async fn kill(&mut self) -> Result<()> {
        if let Some(mut running) = self.running.take() {
            running.child.kill().await?;
        }
        Ok(())
    }

    async fn hear(&mut self) -> Result<Option<Said>> {
        let Some(running) = &mut self.running else { bail!("it does not run") };
        let line = timeout(PATIENCE, running.said.next_line()).await.context("a phone says nothing")?;
        if let Ok(Some(line)) = line {
            return Ok(Some(serde_json::from_str(&line)?));
        }
        let status = running.child.wait().await?;
        self.running = None;
        let log = || fs::read_to_string(self.log()).unwrap_or_default();
        ensure!(status.signal() == Some(9), "a phone ended: {status}\n{}", log());
        Ok(None)
    }
}
