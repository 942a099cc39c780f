//! The library for Android, for each kind of processor that phones and their emulators have.

use std::{env, path::Path};

use anyhow::Result;

use super::{aar, check};
use crate::{
    bindings, paths, release,
    run::{cargo, command, run},
};

/// Beside those of today's phones: older ones, and emulators.
pub(super) const OTHERS: [&str; 2] = ["armv7-linux-androideabi", "x86_64-linux-android"];
const CARGO_NDK: &str = "4.1.2";

/// With the NDK the libraries, where Gradle looks for them; without it what can be said of them here.
pub(crate) fn run_command() -> Result<()> {
    if env::var_os("ANDROID_NDK_HOME").is_some_and(|place| Path::new(&place).is_dir()) {
        return with_ndk();
    }
    check(&OTHERS)?;
    bindings::build()?;
    aar::check()?;
    println!("Not done here, for want of the NDK (ANDROID_NDK_HOME): the libraries that belong into it.");
    Ok(())
}

fn with_ndk() -> Result<()> {
    let tools = paths::target()?.join(format!("tools/cargo-ndk-{CARGO_NDK}"));
    if !tools.exists() {
        let install = ["install", "--quiet", "--locked", "cargo-ndk", "--version", CARGO_NDK, "--root"];
        run(cargo(&install).arg(&tools))?;
    }
    let libraries = paths::target()?.join("android/jniLibs");
    let mut build = command(&tools.join("bin/cargo-ndk").to_string_lossy(), &["ndk", "--platform", "26"]);
    build.args(["-t", "arm64-v8a", "-t", "armeabi-v7a", "-t", "x86_64", "-o"]).arg(&libraries);
    // It also aligns them to pages of 16 KB: Android 15 loads nothing else on phones that have such.
    release::ship(&mut build, "phonein-core", "cdylib")?;
    run(&mut build)?;
    println!("{}: now `gradle assembleRelease` in bindings/kotlin/android makes the AAR", libraries.display());
    Ok(())
}
