//! Kills phones and the intercom at any moment and at each thing they write, and sees that nothing is lost
//! (tests/src/bin/crash, tests/crash/disk.c).

use std::{
    collections::hash_map::RandomState,
    fs,
    hash::{BuildHasher, Hasher},
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Result;

use crate::{
    paths,
    run::{cargo, run as run_command},
};

const VICTIMS: [&str; 2] = ["wallet", "intercom"];
/// In `cargo xtask test`: about twenty seconds for each.
const FEW: u32 = 40;
/// Enough to notice a defence that is gone.
const ENOUGH: u32 = 100;

/// Arguments of `cargo xtask crash`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// How often each is killed, in tens.
    #[arg(long, default_value_t = 1_000)]
    kills: u32,
    /// As it was printed, to play the same again; another one each time if it is not given.
    #[arg(long)]
    seed: Option<u64>,
    /// Who is killed; both, one after the other, if it is not given.
    #[arg(long, value_parser = VICTIMS)]
    only: Option<String>,
}

/// What is killed, and what kills it.
const BUILD: [&str; 12] = [
    "build",
    "--locked",
    "--package",
    "phonein-intercom",
    "--package",
    "phonein-tests",
    "--bin",
    "phonein-intercom",
    "--bin",
    "phone",
    "--bin",
    "crash",
];

/// Builds all of it, and kills.
pub(crate) fn run(args: &Args) -> Result<()> {
    run_command(&mut cargo(&BUILD))?;
    kill(args)
}

fn kill(args: &Args) -> Result<()> {
    let seed = args.seed.unwrap_or_else(any_seed);
    for victim in VICTIMS.iter().filter(|victim| args.only.as_deref().is_none_or(|only| only == **victim)) {
        run_command(&mut killing(&paths::target()?, victim, args.kills, seed)?)?;
    }
    Ok(())
}

/// Whether a victim loses nothing, in a copy of the tree that is built into `target`.
pub(crate) fn loses_nothing(tree: &Path, target: &Path, victim: &str) -> Result<bool> {
    run_command(cargo(&BUILD).current_dir(tree).env("CARGO_TARGET_DIR", target).env("RUSTFLAGS", "-Awarnings"))?;
    Ok(killing(target, victim, ENOUGH, 1)?.output()?.status.success())
}

fn killing(target: &Path, victim: &str, kills: u32, seed: u64) -> Result<Command> {
    let mut crash = Command::new(target.join("debug/crash"));
    crash.args(["--victim", victim, "--kills", &kills.to_string(), "--seed", &seed.to_string(), "--disk"]);
    crash.arg(disk()?).env("RUST_BACKTRACE", "0");
    Ok(crash)
}

/// A few kills of each, for `cargo xtask test`: on what it has built. Alone these programs ask for other features of what
/// they are built on, which would be compiled once more.
pub(crate) fn few() -> Result<()> {
    kill(&Args { kills: FEW, seed: None, only: None })
}

/// What stands between a process and its disk, built.
fn disk() -> Result<PathBuf> {
    let directory = paths::target()?.join("crash");
    fs::create_dir_all(&directory)?;
    let built = directory.join("disk.so");
    let flags = ["-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-Werror", "-o"];
    let source = paths::root().join("tests/crash/disk.c");
    run_command(Command::new("cc").args(flags).arg(&built).arg(source).args(["-ldl", "-lpthread"]))?;
    Ok(built)
}

fn any_seed() -> u64 {
    RandomState::new().build_hasher().finish() >> 24
}
