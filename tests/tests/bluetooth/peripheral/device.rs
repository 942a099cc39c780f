//! An intercom without any network, on hci0.

use std::{
    env,
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use serde_json::Value;
use tempfile::TempDir;
use tokio::time::sleep;

const PATIENCE: Duration = Duration::from_secs(30);

pub(super) struct Device {
    home: TempDir,
    child: Child,
}

impl Device {
    /// Starts it and waits until it advertises.
    pub(super) async fn start() -> Self {
        Self::start_with(&["--seconds", "1"]).await
    }

    pub(super) async fn start_with(options: &[&str]) -> Self {
        let home = tempfile::tempdir().unwrap();
        let mut command = Command::new(program());
        command.args(["run", "--no-http", "--ble", "hci0"]).args(options).arg("--data").arg(home.path().join("data"));
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn().unwrap();
        let device = Self { home, child };
        device.is_on_air().await;
        device
    }

    pub(super) async fn is_on_air(&self) {
        self.until("advertising", |bluetooth| bluetooth["adapter"] == "hci0").await;
    }

    pub(super) async fn until(&self, what: &str, is: impl Fn(&Value) -> bool) -> Value {
        let start = Instant::now();
        loop {
            let bluetooth = self.status()["bluetooth"].take();
            if is(&bluetooth) {
                return bluetooth;
            }
            assert!(start.elapsed() < PATIENCE, "no {what}: {bluetooth}");
            sleep(Duration::from_millis(50)).await;
        }
    }

    /// Null while it does not answer yet.
    pub(super) fn status(&self) -> Value {
        let told = self.tell(&["status", "--json"]);
        serde_json::from_str(&told).unwrap_or_default()
    }

    /// Its button is held for five seconds.
    pub(super) fn hold_button(&self) {
        assert!(self.tell(&["open-pairing"]).contains("UUID"));
    }

    pub(super) fn log(&self) -> String {
        self.tell(&["log"])
    }

    fn tell(&self, words: &[&str]) -> String {
        let output = Command::new(program()).args(words).arg("--data").arg(self.home.path().join("data")).output();
        String::from_utf8(output.unwrap().stdout).unwrap()
    }

    pub(super) fn uuid(&self) -> [u8; 16] {
        let text = self.status()["uuid"].as_str().unwrap().replace('-', "");
        let byte = |at| u8::from_str_radix(&text[at..at + 2], 16).unwrap();
        std::array::from_fn(|n| byte(2 * n))
    }

    pub(super) fn address(&self) -> bluer::Address {
        self.status()["bluetooth"]["address"].as_str().unwrap().parse().unwrap()
    }

    /// The power is cut.
    pub(super) fn cut(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Device {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn program() -> PathBuf {
    env::var_os("PHONEIN_INTERCOM").expect("cargo xtask lab says where it is").into()
}
