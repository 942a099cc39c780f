//! The Rust that goes onto phones, checked for their processors and systems: it compiles there. That it links and runs,
//! only the phones' own tools can say.

pub(crate) mod aar;
pub(crate) mod android;
pub(crate) mod ios;
mod xcframework;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use crate::{
    libraries, paths,
    run::{cargo, run},
};

/// What phones of today are.
pub(crate) const TODAY: [&str; 2] = ["aarch64-linux-android", "aarch64-apple-ios"];
/// The crates on a phone.
const CRATES: [&str; 4] = ["--package", "phonein-core", "--package", "phonein-protocol"];

/// Arguments of `cargo xtask phones`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Also older phones, emulators and simulators.
    #[arg(long)]
    all: bool,
}

/// Checks and lints for phones.
pub(crate) fn run_command(args: &Args) -> Result<()> {
    let others = [android::OTHERS, ios::SIMULATORS].concat();
    let targets = TODAY.into_iter().chain(others.into_iter().filter(|_| args.all));
    for target in targets {
        check(&[target])?;
        println!("{target}: ok");
    }
    Ok(())
}

/// Checks and lints for each of `targets`.
pub(crate) fn check(targets: &[&str]) -> Result<()> {
    targets.iter().try_for_each(|target| check_for(target))
}

fn check_for(target: &str) -> Result<()> {
    let mut check = cargo(&["clippy", "--locked", "--target", target]);
    check.args(CRATES).args(["--", "-D", "warnings"]);
    with_libraries(&mut check, target)?;
    // There is C in it, and no compiler for that; no check reads what would come out.
    let stand_in = paths::root().join("xtask/no-cc.sh");
    with_tools(&mut check, target, &stand_in, &stand_in)?;
    run(&mut check)
}

/// Gives a check for `target` Rust's libraries where the toolchain has none.
fn with_libraries(check: &mut Command, target: &str) -> Result<()> {
    if !libraries::installed(target)? {
        let sysroot = format!("--sysroot={}", sysroot(target)?.display());
        // For this target alone: what runs on this machine during the check has the libraries of the toolchain.
        check.env(format!("CARGO_TARGET_{}_RUSTFLAGS", target.to_uppercase().replace('-', "_")), sysroot);
    }
    Ok(())
}

/// Gives it the tools for C.
fn with_tools(build: &mut Command, target: &str, compiler: &Path, archiver: &Path) -> Result<()> {
    let name = target.replace('-', "_");
    build.env(format!("CC_{name}"), compiler).env(format!("CXX_{name}"), compiler);
    build.env(format!("AR_{name}"), archiver);
    // Any directory: it is there so that nobody asks Xcode.
    build.env("SDKROOT", paths::target()?);
    Ok(())
}

/// Rust's libraries for `target`, as far as a check reads them, made from their sources once for each version.
fn sysroot(target: &str) -> Result<PathBuf> {
    let version = libraries::version()?;
    let place = paths::target()?.join("phones").join(&version);
    let libraries = place.join("lib/rustlib").join(target).join("lib");
    if !libraries.exists() {
        let sources = libraries::sources()?;
        let sources = sources.with_context(|| format!("neither rustup nor Debian has Rust {version} for {target}"))?;
        let empty = place.join("empty");
        write_empty_crate(&empty)?;
        let mut check = cargo(&["check", "--quiet", "--target", target]);
        libraries::from_source(&mut check, &sources, "std,panic_abort");
        run(check.current_dir(&empty))?;
        let part = place.join(format!("{target}.part"));
        copy_libraries(&empty.join("target").join(target).join("debug/deps"), &part)?;
        fs::create_dir_all(libraries.parent().unwrap_or(&place))?;
        fs::rename(part, libraries)?;
    }
    Ok(place)
}

/// Something to build the libraries for.
fn write_empty_crate(place: &Path) -> Result<()> {
    fs::create_dir_all(place.join("src"))?;
    fs::write(place.join("src/lib.rs"), "")?;
    let manifest = "[package]\nname = \"empty\"\nedition = \"2024\"\n\n[workspace]\n";
    fs::write(place.join("Cargo.toml"), manifest).context("writing an empty crate")
}

fn copy_libraries(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for file in fs::read_dir(from).with_context(|| format!("reading {}", from.display()))? {
        let file = file?;
        let name = file.file_name();
        let name = name.to_string_lossy();
        if name.ends_with(".rmeta") && !name.starts_with("libempty-") {
            fs::copy(file.path(), to.join(&*name))?;
        }
    }
    Ok(())
}
