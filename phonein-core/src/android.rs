//! Android's Bluetooth is Java: before its first use btleplug must be shown the virtual machine, on a thread whose class
//! loader is the app's. JNA, by which the bindings load this library, calls no `JNI_OnLoad`, so the app itself loads the
//! library and calls [`Java_io_phonein_core_Bluetooth_start`] first (docs/guides/phones.md). Nothing else here is unsafe.
#![allow(unsafe_code)]

use jni::{EnvUnowned, errors::LogErrorAndDefault, objects::JObject};

/// `io.phonein.core.Bluetooth.start()`. If it fails, which is logged, Bluetooth counts as missing and the network is used.
#[unsafe(no_mangle)]
extern "system" fn Java_io_phonein_core_Bluetooth_start<'a>(mut env: EnvUnowned<'a>, _object: JObject<'a>) {
    let started = env.with_env(|env| btleplug::platform::init(env));
    started.resolve::<LogErrorAndDefault>();
}
