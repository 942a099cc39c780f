//! The guest these tests run in.

use std::{
    env, fs,
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use bluer::{Adapter, DeviceEvent, DeviceProperty, Session};
use futures_util::StreamExt;
use rustix::process::{Pid, Signal, kill_process};
use tokio::{sync::OnceCell, time::sleep};

/// Those there are.
const ADAPTERS: [&str; 4] = ["hci0", "hci1", "hci2", "hci3"];

/// Every test begins with this: outside the guest it would prove nothing, so it fails there. No link of an earlier test is left.
pub(crate) async fn here() {
    assert!(env::var_os("PHONEIN_LAB").is_some(), "not in the Bluetooth guest: cargo xtask lab");
    if let Ok(filter) = env::var("RUST_LOG") {
        let _ = tracing_subscriber::fmt().with_env_filter(filter).try_init();
    }
    for name in ADAPTERS {
        hang_up(name).await;
    }
    for name in ADAPTERS {
        nobody_connected(name).await;
    }
}

/// Starts bluetoothd again, which offers this MTU then, and waits until all adapters are back. What was asked of the old one,
/// like an advertisement, is gone.
pub(crate) fn start_bluetooth_again(mtu: u16) {
    let status = Command::new("/bin/bluetooth").arg(mtu.to_string()).status().unwrap();
    assert!(status.success(), "bluetoothd does not come back: {status}");
}

/// Switches an adapter on or off, and returns when it is. One that is connected hangs up first: the virtual controller at the
/// other end would not hear of it.
pub(crate) async fn power(name: &str, on: bool) {
    if !on {
        hang_up(name).await;
        nobody_connected(name).await;
    }
    adapter(name).await.set_powered(on).await.unwrap();
}

/// Whoever has this adapter is near the intercom, not connected yet, and nobody else is.
///
/// The virtual controllers number a connection at the end that begins it. Two that begin at different ends have one number
/// at the third, whose kernel does not survive it.
pub(crate) async fn turn(name: &str) {
    for other in ["hci1", "hci2", "hci3"] {
        if other != name && adapter(other).await.is_powered().await.unwrap() {
            power(other, false).await;
        }
    }
    hang_up(name).await;
    // A phone that was cut off may have connected again in the moment in which it was switched off, and only this end knows.
    hang_up("hci0").await;
    nobody_connected("hci0").await;
    power(name, true).await;
}

/// Whom an adapter is connected to.
pub(crate) async fn connected(name: &str) -> usize {
    let adapter = adapter(name).await;
    let mut connected = 0;
    for address in adapter.device_addresses().await.unwrap() {
        // One that was just forgotten is not connected.
        let device = adapter.device(address).unwrap();
        connected += usize::from(device.is_connected().await.unwrap_or(false));
    }
    connected
}

/// Counts the links of an adapter that end from now on, of those it has.
pub(crate) async fn count_ends(name: &str) -> Arc<AtomicUsize> {
    let (adapter, ended) = (adapter(name).await, Arc::new(AtomicUsize::new(0)));
    for address in adapter.device_addresses().await.unwrap() {
        let mut events = adapter.device(address).unwrap().events().await.unwrap();
        let counted = ended.clone();
        tokio::spawn(async move {
            while let Some(DeviceEvent::PropertyChanged(changed)) = events.next().await {
                if matches!(changed, DeviceProperty::Connected(false)) {
                    counted.fetch_add(1, Ordering::SeqCst);
                }
            }
        });
    }
    ended
}

/// Waits until an adapter is connected to nobody.
pub(crate) async fn nobody_connected(name: &str) {
    let end = Instant::now() + Duration::from_secs(20);
    while connected(name).await > 0 {
        assert!(Instant::now() < end, "{name} is still connected");
        sleep(Duration::from_millis(100)).await;
    }
}

/// Ends whatever connections an adapter has, from its own side.
pub(crate) async fn hang_up(name: &str) {
    let adapter = adapter(name).await;
    for address in adapter.device_addresses().await.unwrap() {
        let device = adapter.device(address).unwrap();
        if device.is_connected().await.unwrap_or(false) {
            // It may have ended in between: whoever waits for that sees.
            let _ = device.disconnect().await;
        }
    }
}

pub(crate) async fn adapter(name: &str) -> Adapter {
    // One for all: a session leaves a task and a connection behind, which would count as what the phone under test leaves.
    static SESSION: OnceCell<Session> = OnceCell::const_new();
    let session = SESSION.get_or_init(async || Session::new().await.unwrap()).await;
    session.adapter(name).unwrap()
}

/// bluetoothd, which answers nobody as long as this is held.
pub(crate) struct Frozen(Pid);

/// Freezes bluetoothd: who asks it for something waits, and is told nothing.
pub(crate) fn freeze_bluetooth() -> Frozen {
    let pid = bluetoothd();
    kill_process(pid, Signal::STOP).unwrap();
    Frozen(pid)
}

/// Kills bluetoothd, until [`start_bluetooth_again`].
pub(crate) fn kill_bluetooth() {
    kill_process(bluetoothd(), Signal::KILL).unwrap();
}

fn bluetoothd() -> Pid {
    let is_it = |pid: &i32| fs::read_to_string(format!("/proc/{pid}/comm")).is_ok_and(|name| name == "bluetoothd\n");
    let processes = fs::read_dir("/proc").unwrap();
    let mut pids = processes.filter_map(|entry| entry.unwrap().file_name().to_str()?.parse::<i32>().ok());
    Pid::from_raw(pids.find(is_it).unwrap()).unwrap()
}

impl Drop for Frozen {
    fn drop(&mut self) {
        kill_process(self.0, Signal::CONT).unwrap();
    }
}
