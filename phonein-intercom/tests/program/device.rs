//! An intercom process, an HTTP client of a page, and a phone.

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use std::{
    fs,
    io::Read,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Output, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// Longer than anything takes on a busy machine.
const PATIENCE: Duration = Duration::from_mins(1);

/// A data directory, and options to run an intercom with.
pub(crate) struct Device {
    home: TempDir,
    options: Vec<String>,
}

impl Device {
    pub(crate) fn new(options: &[&str]) -> Self {
        let home = tempfile::tempdir().unwrap();
        Self { home, options: options.iter().map(ToString::to_string).collect() }
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.home.path().join("data")
    }

    /// A file beside the data, for commands to write to.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    pub(crate) fn start(&self) -> Intercom {
        self.start_with(&[])
    }

    pub(crate) fn start_with(&self, more: &[&str]) -> Intercom {
        self.start_command(self.command(more))
    }

    /// What it prints and logs goes where nothing can be written.
    pub(crate) fn start_unheard(&self) -> Intercom {
        let full = || fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let mut command = self.command(&[]);
        command.stdout(full()).stderr(full());
        self.start_command(command)
    }

    fn start_command(&self, mut command: Command) -> Intercom {
        let ready = self.file("ready.json");
        let mut child = command.arg("--ready-file").arg(&ready).spawn().unwrap();
        let start = Instant::now();
        let ready = loop {
            let text = fs::read_to_string(&ready).unwrap_or_default();
            // One of an earlier start is of another process.
            let found = serde_json::from_str::<Value>(&text).ok().filter(|ready| ready["pid"] == child.id());
            if let Some(found) = found {
                break found;
            }
            assert_eq!(child.try_wait().unwrap(), None, "the intercom ended");
            assert!(start.elapsed() < PATIENCE, "the intercom did not come up");
            sleep(Duration::from_millis(5));
        };
        let uuid = ready["uuid"].as_str().unwrap().to_owned();
        Intercom { child, uuid, address: ready["http"].as_str().map(|http| http.parse().unwrap()) }
    }

    /// Starts where that must fail.
    pub(crate) fn fails_to_start(&self) -> String {
        let output = self.command(&[]).output().unwrap();
        assert!(!output.status.success());
        String::from_utf8(output.stderr).unwrap()
    }

    /// A sub-command that speaks to the running program.
    pub(crate) fn tell(&self, words: &[&str]) -> Output {
        let (name, rest) = words.split_first().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_phonein-intercom"));
        command.arg(name).arg("--data").arg(self.data()).args(rest).output().unwrap()
    }

    pub(crate) fn status(&self) -> Value {
        let output = self.tell(&["status", "--json"]);
        assert!(output.status.success(), "{output:?}");
        serde_json::from_slice(&output.stdout).unwrap()
    }

    pub(crate) fn log(&self) -> String {
        let output = self.tell(&["log"]);
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    fn command(&self, more: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_phonein-intercom"));
        command.arg("run").arg("--data").arg(self.data());
        if !self.options.iter().any(|option| option == "--no-http") {
            command.args(["--http", "0.0.0.0:0"]);
        }
        command.args(&self.options).args(more).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }
}

/// A running intercom, killed when dropped.
pub(crate) struct Intercom {
    child: Child,
    pub(crate) uuid: String,
    address: Option<SocketAddr>,
}

impl Intercom {
    pub(crate) fn address(&self) -> SocketAddr {
        SocketAddr::from(([127, 0, 0, 1], self.address.unwrap().port()))
    }

    pub(crate) fn uuid_bytes(&self) -> [u8; 16] {
        hex::decode(self.uuid.replace('-', "")).unwrap().try_into().unwrap()
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Waits for its own end.
    pub(crate) fn wait(mut self) -> ExitStatus {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(start.elapsed() < PATIENCE, "the intercom did not end");
            sleep(Duration::from_millis(5));
        }
    }

    /// SIGTERM; gives what it printed.
    pub(crate) fn stop(mut self) -> (ExitStatus, String) {
        self.terminate();
        let mut printed = String::new();
        self.child.stdout.take().unwrap().read_to_string(&mut printed).unwrap();
        (self.wait(), printed)
    }

    /// SIGTERM, whatever it printed.
    pub(crate) fn stop_quietly(self) -> ExitStatus {
        self.terminate();
        self.wait()
    }

    /// SIGTERM; gives what it logged.
    pub(crate) fn stop_and_read_log(mut self) -> String {
        self.terminate();
        let mut logged = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut logged).unwrap();
        logged
    }

    /// Whoever read what it prints and logs has gone.
    pub(crate) fn close_outputs(&mut self) {
        drop((self.child.stdout.take(), self.child.stderr.take()));
    }

    fn terminate(&self) {
        kill_process(Pid::from_child(&self.child), Signal::TERM).unwrap();
    }

    /// SIGKILL: the power is cut.
    pub(crate) fn cut(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    pub(crate) fn resident_kib(&self) -> u64 {
        let status = fs::read_to_string(Path::new("/proc").join(self.pid().to_string()).join("status")).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    }
}

impl Drop for Intercom {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
