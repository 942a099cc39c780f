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

/// By what phones reach an intercom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Serves {
    /// By HTTP, through the passage.
    pub http: bool,
    /// By Bluetooth, with this adapter.
    pub bluetooth: Option<&'static str>,
}

impl Serves {
    /// HTTP alone.
    pub const HTTP: Self = Self { http: true, bluetooth: None };
    /// Bluetooth alone, with the guest's first adapter.
    pub const BLUETOOTH: Self = Self { http: false, bluetooth: Some("hci0") };
    /// Both.
    pub const BOTH: Self = Self { http: true, bluetooth: Some("hci0") };
}

/// A running intercom. Dropping it kills the process.
pub struct IntercomProcess {
    /// What leads there.
    pub passage: Passage,
    serves: Serves,
    directory: TempDir,
    child: Option<Child>,
    uuid: String,
    given: Option<(Time, Instant)>,
    environment: Vec<(String, String)>,
}

impl IntercomProcess {
    /// Starts one with both doors. Its entrance is moved by a command that notes it, and that kills the intercom if
    /// [`IntercomProcess::dies_at_next_opening`].
    pub async fn start(time: Time) -> Result<Self> {
        Self::serving(Serves::HTTP, time).await
    }

    /// The same, reached in other ways.
    pub async fn serving(serves: Serves, time: Time) -> Result<Self> {
        let directory = tempfile::tempdir()?;
        fs::create_dir(directory.path().join("data"))?;
        Self::at(directory, serves, time).await
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
        Self::at(directory, self.serves, time).await
    }

    async fn at(directory: TempDir, serves: Serves, time: Time) -> Result<Self> {
        let mut intercom = Self::off(directory, serves, time).await?;
        intercom.start_again().await?;
        Ok(intercom)
    }

    /// One that was never started yet, reached by HTTP.
    pub async fn new(time: Time) -> Result<Self> {
        let directory = tempfile::tempdir()?;
        fs::create_dir(directory.path().join("data"))?;
        Self::off(directory, Serves::HTTP, time).await
    }

    async fn off(directory: TempDir, serves: Serves, time: Time) -> Result<Self> {
        let relay = directory.path().join("relay");
        let script = format!(
            "if rm '{0}/freezes' 2>/dev/null; then kill -STOP $PPID; fi\necho $PHONEIN_DOOR >> '{0}/opened'\n\
             if rm '{0}/dies' 2>/dev/null; then kill -9 $PPID; fi\n",
            directory.path().display()
        );
        fs::write(&relay, script)?;
        let passage = Passage::start().await?;
        let given = Some((time, Instant::now()));
        Ok(Self { passage, serves, directory, child: None, uuid: String::new(), given, environment: Vec::new() })
    }

    /// What its next starts find in their environment, besides what this process has.
    pub fn set_environment(&mut self, environment: Vec<(String, String)>) {
        self.environment = environment;
    }

    /// Starts the process again, after it was stopped or killed.
    pub async fn start_again(&mut self) -> Result<()> {
        let ready = self.directory.path().join("ready");
        // None is there at the first start.
        let _ = fs::remove_file(&ready);
        let log = File::options().create(true).append(true).open(self.directory.path().join("log"))?;
        let relay = format!("sh '{}'", self.directory.path().join("relay").display());
        let mut command = Command::new(program()?);
        command.args(["run", "--inner-door", "--clock", "given", "--seconds", &SECONDS.to_string()]);
        if self.serves.http {
            command.args(["--http", "127.0.0.1:0", "--url", &self.passage.url()]);
        } else {
            command.arg("--no-http");
        }
        command.args(self.serves.bluetooth.iter().flat_map(|adapter| ["--ble", adapter]));
        command.args(["--on-entrance", &relay, "--on-inner", &relay]);
        // Some stories press on a door more often than people do.
        command.args(["--seconds-between-openings", "0"]);
        command.arg("--data").arg(self.data()).arg("--ready-file").arg(&ready);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
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
        let address: Option<SocketAddr> = if self.serves.http { Some(word("http")?.parse()?) } else { None };
        if let Some((time, since)) = self.given {
            let elapsed = i64::try_from(since.elapsed().as_secs())?;
            self.control(&["clock", &time.saturating_add(elapsed).to_string()])?;
        }
        self.passage.lead_to(address);
        Ok(())
    }

    /// Waits until phones find it by Bluetooth; its address.
    pub async fn on_air(&mut self) -> Result<String> {
        self.wait_for("Bluetooth", |intercom| Ok(intercom.bluetooth("address")?.as_str().map(str::to_owned))).await
    }

    /// What `phonein-intercom status` says of Bluetooth: "links", "trouble" and so on.
    pub fn bluetooth(&self, what: &str) -> Result<Value> {
        let status: Value = serde_json::from_str(&self.control(&["status", "--json"])?)?;
        status.pointer(&format!("/bluetooth/{what}")).cloned().with_context(|| format!("no {what} in {status}"))
    }

    /// The text of the QR code on its back: UUID and, if it has one, address.
    pub fn code(&self) -> String {
        if self.serves.http { format!("{} {}", self.uuid, self.passage.url()) } else { self.uuid.clone() }
    }

    /// The UUID on its back.
    pub fn uuid(&self) -> Result<[u8; 16]> {
        Ok(uuid::Uuid::parse_str(&self.uuid)?.into_bytes())
    }

    /// How much memory of its own it has in use, in KiB.
    pub fn memory_kib(&self) -> Result<f64> {
        memory_kib(self.child.as_ref().context("phonein-intercom does not run")?.id())
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

    /// The command of the next opening freezes the intercom before it can answer, until [`IntercomProcess::thaw`].
    pub fn freezes_at_next_opening(&self) -> Result<()> {
        Ok(fs::write(self.directory.path().join("freezes"), "")?)
    }

    /// It goes on.
    pub fn thaw(&self) -> Result<()> {
        Ok(kill_process(self.pid()?, Signal::CONT)?)
    }

    /// Waits until the process is dead by SIGKILL.
    pub async fn killed(&mut self) -> Result<()> {
        let status = self.wait_for("a kill", Self::ended).await?;
        ensure!(status.signal() == Some(9), "phonein-intercom was to be killed, and ended: {status}");
        self.child = None;
        self.passage.lead_to(None);
        Ok(())
    }

    /// Kills it with SIGKILL, if it runs.
    pub fn kill(&mut self) -> Result<()> {
        if let Some(mut child) = self.child.take() {
            self.passage.lead_to(None);
            child.kill()?;
            child.wait()?;
        }
        Ok(())
    }

    /// Whether it was killed with SIGKILL since its start. Any other end is an error.
    pub fn is_killed(&mut self) -> Result<bool> {
        let Some(status) = self.ended()? else { return Ok(false) };
        ensure!(status.signal() == Some(9), "phonein-intercom ended: {status}\n{}", self.program_log());
        self.child = None;
        self.passage.lead_to(None);
        Ok(true)
    }

    /// Ends it as a service manager would.
    pub async fn stop(&mut self) -> Result<()> {
        self.passage.lead_to(None);
        if self.child.is_none() {
            return Ok(());
        }
        kill_process(self.pid()?, Signal::TERM)?;
        let status = self.wait_for("an end", Self::ended).await?;
        ensure!(status.success(), "phonein-intercom did not end well: {status}\n{}", self.program_log());
        self.child = None;
        Ok(())
    }

    /// The number of its process.
    pub fn pid(&self) -> Result<Pid> {
        let child = self.child.as_ref().context("phonein-intercom does not run")?;
        i32::try_from(child.id()).ok().and_then(Pid::from_raw).context("a process has a number")
    }

    /// Where its data lies.
    pub fn data(&self) -> PathBuf {
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

/// How much memory of its own a process has in use, in KiB.
pub fn memory_kib(process: u32) -> Result<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:")).context("this system does not say")?;
    Ok(line.trim().trim_end_matches(" kB").parse()?)
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
