//! The library for iPhones, as the framework that Xcode takes.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use super::{check, with_tools, xcframework};
use crate::{
    bindings::{self, Language},
    install, paths, release,
    run::{cargo, command, run},
};

const DEVICE: &str = "aarch64-apple-ios";
pub(super) const SIMULATORS: [&str; 2] = ["aarch64-apple-ios-sim", "x86_64-apple-ios"];
const LIBRARY: &str = "libphonein_core.a";
const ZIG: &str = "ziglang==0.15.2";

/// With Xcode for devices and simulators; without it for devices, and as far as that can be checked here.
pub(crate) fn run_command() -> Result<()> {
    bindings::run(&bindings::Args::of(Language::Swift))?;
    let generated = paths::root().join("bindings/swift/generated");
    let framework = generated.join("PhoneinCoreFFI.xcframework");
    if cfg!(target_os = "macos") { with_xcode(&generated, &framework) } else { without_xcode(&generated, &framework) }
}

fn with_xcode(generated: &Path, framework: &Path) -> Result<()> {
    let device = build(DEVICE, None)?;
    let simulators = SIMULATORS.iter().map(|target| build(target, None)).collect::<Result<Vec<_>>>()?;
    let both = paths::target()?.join("phones").join(LIBRARY);
    run(command("lipo", &["-create"]).args(simulators).arg("-output").arg(&both))?;
    xcframework::clear(framework)?;
    let headers = xcframework::headers(generated, &paths::target()?.join("phones/headers"))?;
    let mut create = command("xcodebuild", &["-create-xcframework"]);
    for library in [&device, &both] {
        create.arg("-library").arg(library).arg("-headers").arg(&headers);
    }
    run(create.arg("-output").arg(framework))
}

fn without_xcode(generated: &Path, framework: &Path) -> Result<()> {
    check(&SIMULATORS)?;
    let library = build(DEVICE, Some(&zig()?))?;
    xcframework::assemble(generated, &library, framework)?;
    xcframework::look(framework)?;
    println!("{}", framework.display());
    println!("Not done here, for want of Xcode: the simulators' libraries, linking, signing, running on anything.");
    Ok(())
}

/// The static library as it ships; its C compiled with Zig, or by Xcode.
fn build(target: &str, zig: Option<&Path>) -> Result<PathBuf> {
    let mut build = cargo(&[]);
    // The dynamic library would need Apple's linker; an app links this one.
    release::ship(&mut build, "phonein-core", "staticlib")?;
    build.args(["--target", target]).env("IPHONEOS_DEPLOYMENT_TARGET", "17.0");
    if let Some(zig) = zig {
        with_tools(&mut build, target, &paths::root().join("xtask/zig-ios.sh"), Path::new("ar"))?;
        build.env("ZIG", zig);
    }
    run(&mut build)?;
    let library = release::built(target)?.join(LIBRARY);
    ensure!(library.exists(), "{} was not made", library.display());
    Ok(library)
}

/// Zig, of which only the C compiler is used.
fn zig() -> Result<PathBuf> {
    let place = paths::target()?.join("tools").join(ZIG);
    if !place.exists() {
        install::pip(ZIG, &place).context("Zig could not be had: it compiles C for iOS without Xcode")?;
    }
    Ok(place.join("ziglang"))
}
