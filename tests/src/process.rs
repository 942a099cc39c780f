//! The reference intercom as it ships: a process of its own, its data in a directory of its own, its clock in the hands of
//! whoever tests.

use crate::passage::Passage;
use anyhow::{Context, Result, bail, ensure};
use phonein_protocol::Time;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use std::env;
use std::fs::{self, File};
use std::net::SocketAddr;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long a start, an end or an answer may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);
/// How often is looked whether it came.
const LOOK: Duration = Duration::from_millis(2);
/// For how long its doors stay open.
pub const SECONDS: u64 = 1;

/// A running intercom. Dropping it kills the process.
pub struct IntercomProcess {
    /// What leads there.
    pub passage: Passage,
    directory: TempDir,
    child: Option<Child>,
    uuid: String,
    given: Option<(Time, Instant)>,
}

impl IntercomProcess {
    /// Starts one with both doors. Its entrance is moved by a command that notes it, and that kills the intercom if
    /// [`IntercomProcess::dies_at_next_opening`].
    pub async fn start(time: Time) -> Result<Self> {
        let directory = tempfile::tempdir()?;
        fs::create_dir(directory.path().join("data"))?;
        Self::at(directory, time).await
    }

    /// Starts one with a copy of this one's disk, once `change` was done to the copy's database: what whoever has the disk
    /// in hand could do. This one must have stopped.
    pub async fn start_copy(&self, time: Time, change: impl FnOnce(&Path) -> Result<()>) -> Result<Self> {
        ensure!(self.child.is_none(), "a disk is copied when nobody writes on it");
        let directory = tempfile::tempdir()?;
        let data = directory.path().join("data");
        fs::create_dir(&data)?;
        for file in fs::read_dir(self.data())? {
            let file = file?;
            if file.file_type()?.is_file() {
                fs::copy(file.path(), data.join(file.file_name()))?;
            }
        }
        change(&data.join("intercom.sqlite"))?;
        Self::at(directory, time).await
    }

    async fn at(directory: TempDir, time: Time) -> Result<Self> {
        let relay = directory.path().join("relay");
        let script = format!(
            "echo $PHONEIN_DOOR >> '{0}/opened'\nif rm '{0}/dies' 2>/dev/null; then kill -9 $PPID; fi\n",
            directory.path().display()
        );
        fs::write(&relay, script)?;
        let passage = Passage::start().await?;
        let given = Some((time, Instant::now()));
        let mut intercom = Self { passage, directory, child: None, uuid: String::new(), given };
        intercom.start_again().await?;
        Ok(intercom)
    }

    /// Starts the process again, after it was stopped or killed.
    pub async fn start_again(&mut self) -> Result<()> {
        let ready = self.directory.path().join("ready");
        // None is there at the first start.
        let _ = fs::remove_file(&ready);
        let log = File::options().create(true).append(true).open(self.directory.path().join("log"))?;
        let relay = format!("sh '{}'", self.directory.path().join("relay").display());
        let mut command = Command::new(program()?);
        command.args(["run", "--http", "127.0.0.1:0", "--inner-door", "--clock", "given"]);
        command.args(["--seconds", &SECONDS.to_string(), "--url", &self.passage.url()]);
        command.args(["--on-entrance", &relay, "--on-inner", &relay]);
        command.arg("--data").arg(self.data()).arg("--ready-file").arg(&ready);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
        self.child = Some(command.spawn().context("phonein-intercom cannot be started")?);
        let text = self.wait_for("a start", |intercom| match fs::read_to_string(&ready) {
            Ok(text) => Ok(Some(text)),
            Err(_) => match intercom.ended()? {
                Some(status) => bail!("phonein-intercom ended: {status}\n{}", intercom.program_log()),
                None => Ok(None),
            },
        });
        let told: Value = serde_json::from_str(&text.await?)?;
        let word = |name: &str| told.get(name).and_then(Value::as_str).context("the ready file is another");
        word("uuid")?.clone_into(&mut self.uuid);
        let address: SocketAddr = word("http")?.parse()?;
        if let Some((time, since)) = self.given {
            let elapsed = i64::try_from(since.elapsed().as_secs())?;
            self.control(&["clock", &time.saturating_add(elapsed).to_string()])?;
        }
        self.passage.lead_to(Some(address));
        Ok(())
    }

    /// The text of the QR code on its back: UUID and address.
    pub fn code(&self) -> String {
        format!("{} {}", self.uuid, self.passage.url())
    }

    /// Gives it the time.
    pub fn set_time(&mut self, time: Time) -> Result<()> {
        self.control(&["clock", &time.to_string()])?;
        self.given = Some((time, Instant::now()));
        Ok(())
    }

    /// Holds its button for five seconds.
    pub fn hold_button(&self) -> Result<()> {
        self.control(&["open-pairing"]).map(drop)
    }

    /// What `phonein-intercom log` prints; an error where it finds the log broken.
    pub fn log(&self) -> Result<String> {
        self.control(&["log"])
    }

    /// How often its relays were moved, as the relays saw it.
    pub fn moved(&self) -> usize {
        fs::read_to_string(self.directory.path().join("opened")).map_or(0, |text| text.lines().count())
    }

    /// Waits until they were moved so often: what a command does is not seen the moment it was started.
    pub async fn moved_so_often(&mut self, times: usize) -> Result<()> {
        self.wait_for("a relay to move", |intercom| Ok((intercom.moved() >= times).then_some(()))).await?;
        ensure!(self.moved() == times, "the relays were moved {} times, not {times}", self.moved());
        Ok(())
    }

    /// The command of the next opening kills the intercom, which is its parent, with SIGKILL.
    pub fn dies_at_next_opening(&self) -> Result<()> {
        Ok(fs::write(self.directory.path().join("dies"), "")?)
    }

    /// Waits until the process is dead by SIGKILL.
    pub async fn killed(&mut self) -> Result<()> {
        let status = self.wait_for("a kill", Self::ended).await?;
        ensure!(status.signal() == Some(9), "phonein-intercom was to be killed, and ended: {status}");
        self.child = None;
        self.passage.lead_to(None);
        Ok(())
    }

    /// Ends it as a service manager would.
    pub async fn stop(&mut self) -> Result<()> {
        self.passage.lead_to(None);
        let Some(child) = &self.child else { return Ok(()) };
        let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw).context("a process has a number")?;
        kill_process(pid, Signal::TERM)?;
        let status = self.wait_for("an end", Self::ended).await?;
        ensure!(status.success(), "phonein-intercom did not end well: {status}\n{}", self.program_log());
        self.child = None;
        Ok(())
    }

    fn data(&self) -> PathBuf {
        self.directory.path().join("data")
    }

    fn program_log(&self) -> String {
        fs::read_to_string(self.directory.path().join("log")).unwrap_or_default()
    }

    fn ended(&mut self) -> Result<Option<ExitStatus>> {
        Ok(self.child.as_mut().context("phonein-intercom does not run")?.try_wait()?)
    }

    fn control(&self, words: &[&str]) -> Result<String> {
        let (command, options) = words.split_first().context("no command")?;
        let mut asked = Command::new(program()?);
        asked.arg(command).arg("--data").arg(self.data()).args(options);
        let output = asked.output()?;
        let said = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "{}", said.trim().trim_start_matches("phonein-intercom: "));
        Ok(String::from_utf8(output.stdout)?)
    }

    async fn wait_for<T>(&mut self, what: &str, mut look: impl FnMut(&mut Self) -> Result<Option<T>>) -> Result<T> {
        let end = Instant::now() + PATIENCE;
        loop {
            if let Some(found) = look(self)? {
                return Ok(found);
            }
            ensure!(Instant::now() < end, "phonein-intercom let wait for {what}\n{}", self.program_log());
            tokio::time::sleep(LOOK).await;
        }
    }
}

impl Drop for IntercomProcess {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            // One that has ended cannot be killed.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// The program that cargo built: beside this one, or where `PHONEIN_INTERCOM` says.
pub fn program() -> Result<PathBuf> {
    if let Some(named) = env::var_os("PHONEIN_INTERCOM") {
        return Ok(named.into());
    }
    let own = env::current_exe()?;
    let beside = own.ancestors().skip(1).take(2).map(|directory| directory.join("phonein-intercom"));
    let found = beside.into_iter().find(|path: &PathBuf| Path::is_file(path));
    found.context("phonein-intercom is not built: cargo build -p phonein-intercom")
}
