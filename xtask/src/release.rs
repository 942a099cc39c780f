//! The libraries as phones and wheels get them.

use std::{
    env::consts::{DLL_PREFIX, DLL_SUFFIX},
    path::PathBuf,
};

use anyhow::Result;

use crate::{
    paths,
    run::{cargo, command, run},
};

/// C needs no unwinding: no panic goes through it.
const C_FLAGS: &str = "-fno-asynchronous-unwind-tables -fno-unwind-tables";
/// Relocations in the short form, which loaders know since 2022 (glibc 2.36) and Android since 9.
const LINK: &[&str] = if cfg!(target_os = "linux") { &["-C", "link-arg=-Wl,-z,pack-relative-relocs"] } else { &[] };

/// Builds the shared library of `package` in the profile `mobile`, with its symbols, and gives its place. Only this kind
/// of library: with another beside it cargo would not optimise across crates.
pub(crate) fn with_symbols(package: &str) -> Result<PathBuf> {
    let build = ["rustc", "--quiet", "--locked", "--package", package, "--profile", "mobile", "--crate-type", "cdylib"];
    run(cargo(&build).env("CFLAGS", C_FLAGS).args(["--", "-C", "strip=none"]).args(LINK))?;
    Ok(paths::target()?.join("mobile").join(format!("{DLL_PREFIX}{}{DLL_SUFFIX}", package.replace('-', "_"))))
}

/// The same without symbols, as it ships.
pub(crate) fn stripped(package: &str) -> Result<PathBuf> {
    let built = with_symbols(package)?;
    let stripped = built.with_extension("stripped");
    run(command("strip", &["-o"]).arg(&stripped).arg(built))?;
    Ok(stripped)
}
