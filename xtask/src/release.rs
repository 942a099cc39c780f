//! The libraries as phones and wheels get them.

use std::{
    env::{
        self,
        consts::{DLL_PREFIX, DLL_SUFFIX},
    },
    fs,
    path::PathBuf,
};

use anyhow::{Context, Result};

use crate::{
    paths,
    run::{cargo, command, run},
};

/// C needs no unwinding: no panic goes through it. Nor does it need the frame pointers that Rust is given below.
const C_FLAGS: &str = "-fno-asynchronous-unwind-tables -fno-unwind-tables -fomit-frame-pointer";
/// Relocations in the short form, which loaders know since 2022 (glibc 2.36) and Android since 9.
const RELOCATIONS: &str = "link-arg=-Wl,-z,pack-relative-relocs";

/// Builds the shared library of `package` in the profile `mobile`, with its symbols, and gives its place. Only this kind
/// of library: with another beside it cargo would not optimise across crates.
pub(crate) fn with_symbols(package: &str) -> Result<PathBuf> {
    let mut build = cargo(&["rustc", "--quiet", "--locked", "--package", package, "--profile", "mobile"]);
    build.args(["--crate-type", "cdylib"]);
    if package == "phonein-core" {
        build.args(["--features", "silent"]);
    }
    build.env("CFLAGS", C_FLAGS).env("CARGO_ENCODED_RUSTFLAGS", rust_flags()?.join("\x1f"));
    build.args(["--", "-C", "strip=none"]);
    if cfg!(target_os = "linux") {
        let linker = paths::root().join("xtask/link-shipped.sh");
        build.args(["-C", RELOCATIONS, "-C"]).arg(format!("linker={}", linker.display()));
    }
    run(&mut build)?;
    Ok(paths::target()?.join("mobile").join(format!("{DLL_PREFIX}{}{DLL_SUFFIX}", package.replace('-', "_"))))
}

/// For all crates.
fn rust_flags() -> Result<Vec<String>> {
    // What unwinds a frame is said in fewer words where a register holds its base. And names that say for which type generic
    // code was made.
    let mut flags = ["-Cforce-frame-pointers=yes", "-Csymbol-mangling-version=v0"].map(str::to_owned).to_vec();
    // A panic says in which file it was. Where this machine has its files is nobody's concern, and five times as long.
    for place in registries()?.iter().map(PathBuf::as_path).chain([paths::root()]) {
        flags.push(format!("--remap-path-prefix={}/=", place.display()));
    }
    Ok(flags)
}

/// Where cargo keeps the sources of crates.
fn registries() -> Result<Vec<PathBuf>> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(env::home_dir()?.join(".cargo")));
    let sources = home.context("nobody says where cargo is at home")?.join("registry/src");
    // None before the first crate was fetched.
    let Ok(entries) = fs::read_dir(&sources) else { return Ok(Vec::new()) };
    let mut registries = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    registries.sort();
    Ok(registries)
}

/// The same without symbols, as it ships.
pub(crate) fn stripped(package: &str) -> Result<PathBuf> {
    let built = with_symbols(package)?;
    let stripped = built.with_extension("stripped");
    run(command("strip", &["-o"]).arg(&stripped).arg(built))?;
    Ok(stripped)
}
