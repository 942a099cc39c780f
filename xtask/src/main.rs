//! Every command a developer needs: `cargo xtask --help` lists them.

mod app;
mod arm;
mod audit;
mod bench;
mod bindings;
mod crash;
mod defences;
mod demo;
mod deny;
mod doc;
mod fuzz;
mod icons;
mod install;
mod intercom;
mod ios_app;
mod kotlin;
mod ktlint;
mod lab;
mod libraries;
mod model;
mod no_std;
mod paths;
mod phones;
mod release;
mod resources;
mod run;
mod simulate;
mod size;
mod swift;
mod tally;
mod test;
mod wheel;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Every command a developer needs.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Xtask {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Shows what Phonein does: a resident, her guests and a real intercom, on this machine.
    Demo(demo::Args),
    /// Checks and tests everything, installing what that needs.
    Test(test::Args),
    /// Runs the reference intercom, its data under target/intercom.
    Intercom(intercom::Args),
    /// Shows the Android app's screens in a window, over the real core.
    App(app::Args),
    /// Makes what the Android app has of others: icons from android/ui/icons, and resources from the core's words.
    Icons,
    /// Lints the Kotlin, or mends it.
    Ktlint(ktlint::Args),
    /// Makes how the Android app's screens look now what they are compared with.
    Pictures,
    /// Runs the Bluetooth tests, or a program, in a throw-away machine with a real Bluetooth stack.
    Lab(lab::Args),
    /// Generates the Kotlin, Swift and Python bindings under bindings/LANGUAGE.
    Bindings(bindings::Args),
    /// Checks and lints the Rust that goes onto phones, for their processors and systems.
    Phones(phones::Args),
    /// Makes the libraries for Android, or says of them what can be said without the NDK.
    Android,
    /// Makes the library for iPhones, or what can be made of it without Xcode.
    Ios,
    /// Runs the core's tests and Python's story compiled for 64-bit ARM, on an emulated processor.
    Arm(arm::Args),
    /// Packs the Python package and the core's library into target/wheels.
    Wheel,
    /// Weighs the core as a phone gets it, part by part, against the crates it stands on alone.
    Size,
    /// Measures speed and memory, each figure beside its limit.
    Bench(bench::Args),
    /// Takes out one defence after another and sees that the test of its attack fails.
    Defences(defences::Args),
    /// Kills phones and the intercom at any moment and at each thing they write, and sees that nothing is lost.
    Crash(crash::Args),
    /// Lets two managers and three guests live with one intercom in bad weather, by a simulated clock.
    Simulate(simulate::Args),
    /// Searches every order of a few events at full depth, and lets ProVerif prove what it can.
    Model(model::Args),
    /// Feeds every parser and the intercom's request path with what no one thought of.
    Fuzz(fuzz::Args),
    /// Renders the documentation of our crates, and of the Kotlin and Swift packages under target/.
    Doc,
    /// Looks up the dependencies in the database of security advisories.
    Audit,
}

fn main() -> ExitCode {
    let result = match Xtask::parse().command {
        Command::Demo(args) => demo::run(&args),
        Command::Test(args) => test::run(&args),
        Command::Intercom(args) => intercom::run(&args),
        Command::App(args) => app::run(&args),
        Command::Icons => icons::run().and_then(|()| resources::run()),
        Command::Ktlint(args) => ktlint::run(&args),
        Command::Pictures => app::renew_pictures(),
        Command::Lab(args) => lab::run(&args),
        Command::Bindings(args) => bindings::run(&args),
        Command::Arm(args) => arm::run_command(&args),
        Command::Wheel => wheel::run(),
        Command::Size => size::run(),
        Command::Doc => doc::run(),
        Command::Audit => audit::run(),
        Command::Phones(args) => phones::run_command(&args),
        Command::Android => phones::android::run_command(),
        Command::Ios => phones::ios::run_command(),
        Command::Bench(args) => bench::run(&args),
        Command::Defences(args) => defences::run(&args),
        Command::Crash(args) => crash::run(&args),
        Command::Simulate(args) => simulate::run(&args),
        Command::Model(args) => model::run(&args),
        Command::Fuzz(args) => fuzz::run(&args),
    };
    // Not from main's own return: that would add a backtrace of this program, which is not what failed.
    if let Err(error) = result {
        eprintln!("\nFAILED: {error:#}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}
