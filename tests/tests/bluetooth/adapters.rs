//! The guest itself: without its adapters no other test means anything.

use std::collections::BTreeSet;

use bluer::{Address, Session};

use crate::guest;

const ADAPTERS: [&str; 3] = ["hci0", "hci1", "hci2"];

async fn addresses() -> BTreeSet<Address> {
    let session = Session::new().await.unwrap();
    let mut addresses = BTreeSet::new();
    for name in ADAPTERS {
        let adapter = session.adapter(name).unwrap();
        adapter.set_powered(true).await.unwrap();
        assert!(adapter.is_powered().await.unwrap(), "{name}");
        addresses.insert(adapter.address().await.unwrap());
    }
    addresses
}

#[tokio::test]
async fn three_adapters_of_different_addresses_can_be_switched_on() {
    guest::here().await;
    assert_eq!(addresses().await.len(), 3);
}

#[tokio::test]
async fn the_same_adapters_come_back_when_bluetoothd_starts_again() {
    guest::here().await;
    let before = addresses().await;
    guest::start_bluetooth_again(517);
    assert_eq!(addresses().await, before);
}
