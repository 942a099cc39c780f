//! What happens to adapters and to bluetoothd, and that the intercom comes back by itself.

use super::{central::Central, device::Device, phone::Resident};
use crate::guest;

#[tokio::test]
async fn an_adapter_that_is_switched_off_stays_off_until_it_is_switched_on() {
    guest::here().await;
    let device = Device::start().await;
    let adapter = Central::on("hci0").await.adapter;
    adapter.set_powered(false).await.unwrap();
    device.until("trouble", |bluetooth| bluetooth["trouble"] == "the adapter is switched off").await;
    assert!(!adapter.is_powered().await.unwrap());
    adapter.set_powered(true).await.unwrap();
    device.is_on_air().await;
    opens(&device).await;
}

#[tokio::test]
async fn a_bluetoothd_that_starts_again_is_told_everything_anew() {
    guest::here().await;
    let device = Device::start().await;
    // One that is killed says nothing of its end: what is registered is gone, and only asking tells.
    guest::kill_bluetooth();
    guest::start_bluetooth_again(517);
    device.until("trouble", |bluetooth| !bluetooth["trouble"].is_null()).await;
    device.is_on_air().await;
    opens(&device).await;
}

async fn opens(device: &Device) {
    let mut resident = Resident::enter(&Central::on("hci1").await, device).await;
    resident.opens().await;
    resident.link.hang_up().await;
}
