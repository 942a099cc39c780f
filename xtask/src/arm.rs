//! What phones run on: the core's tests and Python's story with the core compiled for 64-bit ARM, on an emulated processor.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

use anyhow::{Context, Result, ensure};

use crate::{
    bindings::{self, Language},
    install, libraries, paths,
    run::{cargo, command, run, watch},
    tally::Tally,
};

/// Linux: of Android's and Apple's nothing but the processor is the same.
const TARGET: &str = "aarch64-unknown-linux-gnu";
/// Debian's compiler, C library and emulator.
const TOOLS: [&str; 4] = ["gcc-aarch64-linux-gnu", "libc6-dev-arm64-cross", "qemu-user", "mmdebstrap"];
/// Where Debian puts that C library.
const LIBRARIES: &str = "/usr/aarch64-linux-gnu";
const EMULATOR: &str = "qemu-aarch64";
/// The crates on a phone.
const CRATES: [&str; 4] = ["--package", "phonein-core", "--package", "phonein-protocol"];

/// Arguments of `cargo xtask arm`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// One part alone.
    #[arg(value_enum)]
    part: Option<Part>,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    Rust,
    Python,
}

/// Runs both parts, or one, and says how many tests passed, and how long that took.
pub(crate) fn run_command(args: &Args) -> Result<()> {
    ensure!(cfg!(target_os = "linux"), "the emulator runs programs of Linux, on Linux");
    if !TOOLS.iter().all(|tool| is_installed(tool)) {
        install::apt(&TOOLS)?;
    }
    ensure!(libraries::installed(TARGET)?, "Rust's libraries for {TARGET} cannot be had: `rustup target add {TARGET}`");
    for (part, tests) in [(Part::Rust, rust_tests as fn() -> Result<()>), (Part::Python, python_tests)] {
        if args.part.is_none_or(|only| only == part) {
            let began = Instant::now();
            tests()?;
            println!("{:.1} minutes, the compiler's among them", began.elapsed().as_secs_f64() / 60.0);
        }
    }
    Ok(())
}

fn is_installed(package: &str) -> bool {
    let query = ["--show", "--showformat", "${Status}", package];
    let output = command("dpkg-query", &query).output();
    output.is_ok_and(|output| output.stdout.ends_with(b" installed"))
}

fn rust_tests() -> Result<()> {
    let mut tests = cross(&["test", "--locked", "--no-fail-fast", "--lib", "--tests"]);
    // One life of the simulated house and a few hundred schedules: thousands are for a processor that is there.
    tests.args(CRATES).envs([("PHONEIN_OPERATIONS", "1"), ("PHONEIN_SCHEDULES", "500")]);
    let mut tally = Tally::default();
    let result = watch(tests, |line| tally.count(line));
    println!("\nRust on {TARGET}: {tally}");
    result
}

/// The intercom and what generates the bindings stay what this machine runs: only the phones are of the other kind.
fn python_tests() -> Result<()> {
    bindings::build()?;
    run(&mut cargo(&["build", "--locked", "--package", "phonein-intercom"]))?;
    bindings::generate(Language::Python)?;
    run(cross(&["build", "--locked", "--lib"]).args(&CRATES[..2]))?;

    let built = paths::target()?;
    let package = built.join("arm/python");
    copy(&paths::root().join("bindings/python/phonein"), &package.join("phonein"))?;
    let library = built.join(TARGET).join("debug").join(bindings::library());
    bindings::put_beside(&library, &package.join("phonein/generated"))?;

    let python = python()?;
    let mut tests = command(EMULATOR, &["-L"]);
    tests.arg(&python).arg(python.join("usr/bin/python3"));
    // A test starts another program of its kind.
    tests.env("PHONEIN_EMULATOR", format!("{EMULATOR} -L {}", python.display()));
    tests.args(["-m", "unittest", "discover", "--verbose", "--start-directory", "tests/python"]);
    tests.env("PYTHONPATH", &package).env("PHONEIN_INTERCOM", built.join("debug/phonein-intercom"));
    let mut ran = String::new();
    let result = watch(tests, |line| {
        if line.starts_with("Ran ") {
            line.clone_into(&mut ran);
        }
    });
    println!("\nPython on {TARGET}: {ran}, {}", if result.is_ok() { "OK" } else { "FAILED" });
    result
}

/// Cargo for the other processor.
fn cross(args: &[&str]) -> Command {
    let mut cargo = cargo(args);
    cargo.args(["--target", TARGET]);
    let name = TARGET.to_uppercase().replace('-', "_");
    cargo.env(format!("CARGO_TARGET_{name}_LINKER"), "aarch64-linux-gnu-gcc");
    cargo.env(format!("CARGO_TARGET_{name}_RUNNER"), format!("{EMULATOR} -L {LIBRARIES}"));
    cargo
}

/// Debian's Python for that processor, and the C library it runs on.
fn python() -> Result<PathBuf> {
    let place = paths::target()?.join("arm/debian");
    if !place.exists() {
        fs::create_dir_all(place.parent().unwrap_or(&place))?;
        run(command("sh", &["xtask/debian-arm-python.sh"]).arg(&place))?;
    }
    Ok(place)
}

/// A directory with all that is in it.
fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| format!("reading {}", from.display()))? {
        let entry = entry?;
        let to = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &to)?;
        } else {
            fs::copy(entry.path(), &to).with_context(|| format!("copying {}", to.display()))?;
        }
    }
    Ok(())
}
