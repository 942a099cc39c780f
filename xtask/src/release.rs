//! The libraries as phones and wheels get them (docs/decisions, 0010 and 0014).

use std::{
    env::consts::{DLL_PREFIX, DLL_SUFFIX},
    path::PathBuf,
    process::Command,
};

use anyhow::{Context, Result};

use crate::{
    libraries, paths,
    run::{cargo, command, run},
};

/// C needs no unwinding: no panic goes through it. Nor does it need the frame pointers that Rust is given below.
const C_FLAGS: &str = "-fno-asynchronous-unwind-tables -fno-unwind-tables -fomit-frame-pointer";
/// For all crates: what unwinds a frame is said in fewer words where a register holds its base; names say for which type
/// generic code was made; and no panic says in which line it was, as nobody sees that on a phone.
const RUST_FLAGS: [&str; 3] = ["-Cforce-frame-pointers=yes", "-Csymbol-mangling-version=v0", "-Zlocation-detail=none"];
/// Relocations in the short form, which loaders know since 2022 (glibc 2.36) and Android since 9.
const RELOCATIONS: &str = "link-arg=-Wl,-z,pack-relative-relocs";

/// Has `build`, which is cargo or starts it, make the library of `package` as it ships: as a `cdylib` or a `staticlib`, and
/// only that, as with another beside it cargo would not optimise across crates. Rust's own libraries are made with it from
/// their source, for size, and without what prints a call stack.
pub(crate) fn ship(build: &mut Command, package: &str, form: &str) -> Result<()> {
    let sources = libraries::sources()?.context("neither rustup nor Debian has the source of Rust's own libraries")?;
    build.args(["rustc", "--locked", "--package", package, "--profile", "mobile", "--lib", "--crate-type", form]);
    if package == "phonein-core" {
        build.args(["--features", "silent"]);
    }
    libraries::from_source(build, &sources, "std,panic_unwind");
    build.args(["-Z", "build-std-features=optimize_for_size"]);
    build.env("CFLAGS", C_FLAGS).env("CARGO_ENCODED_RUSTFLAGS", RUST_FLAGS.join("\x1f"));
    Ok(())
}

/// Builds the shared library of `package` for this machine, as it ships but with its symbols, and gives its place.
pub(crate) fn with_symbols(package: &str) -> Result<PathBuf> {
    let host = libraries::host()?;
    let mut build = cargo(&[]);
    ship(&mut build, package, "cdylib")?;
    build.args(["--quiet", "--target", &host, "--", "-C", "strip=none"]);
    if cfg!(target_os = "linux") {
        let linker = paths::root().join("xtask/link-shipped.sh");
        build.args(["-C", RELOCATIONS, "-C"]).arg(format!("linker={}", linker.display()));
    }
    run(&mut build)?;
    Ok(built(&host)?.join(format!("{DLL_PREFIX}{}{DLL_SUFFIX}", package.replace('-', "_"))))
}

/// Where cargo puts what it makes for `target`.
pub(crate) fn built(target: &str) -> Result<PathBuf> {
    Ok(paths::target()?.join(target).join("mobile"))
}

/// The same without symbols, as it ships.
pub(crate) fn stripped(package: &str) -> Result<PathBuf> {
    let built = with_symbols(package)?;
    let stripped = built.with_extension("stripped");
    run(command("strip", &["-o"]).arg(&stripped).arg(built))?;
    Ok(stripped)
}
