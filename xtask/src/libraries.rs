//! Rust's own libraries for a target that is not this machine.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use crate::{
    paths,
    run::{capture, command, run},
};

/// Whether the toolchain has them compiled, or could get them from rustup.
pub(crate) fn installed(target: &str) -> Result<bool> {
    let place = capture(&mut command("rustc", &["--print", "target-libdir", "--target", target]))?;
    let add = &mut command("rustup", &["target", "add", target]);
    Ok(Path::new(place.trim()).exists() || run(add).is_ok())
}

/// Their sources: in the toolchain, from rustup, or Debian's of the very same version.
pub(crate) fn sources() -> Result<Option<PathBuf>> {
    let sysroot = capture(&mut command("rustc", &["--print", "sysroot"]))?;
    let own = Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library");
    let add = &mut command("rustup", &["component", "add", "rust-src"]);
    if own.exists() || (run(add).is_ok() && own.exists()) {
        return Ok(Some(own));
    }
    let (version, work) = (version()?, paths::target()?.join("rust-src"));
    let library = work.join(format!("usr/src/rustc-{version}/library"));
    let mut fetch = Command::new("sh");
    fetch.args(["xtask/debian-rust-src.sh", &version]).arg(&work).current_dir(paths::root());
    Ok((library.exists() || fetch.status().is_ok_and(|status| status.success())).then_some(library))
}

/// Has `build`, which is cargo or starts it, make `crates` of them from their sources: an option of the same compiler that is
/// not stable.
pub(crate) fn from_source(build: &mut Command, sources: &Path, crates: &str) {
    build.arg("-Z").arg(format!("build-std={crates}"));
    build.env("RUSTC_BOOTSTRAP", "1").env("__CARGO_TESTS_ONLY_SRC_ROOT", sources);
}

/// The target that is this machine.
pub(crate) fn host() -> Result<String> {
    let version = capture(&mut command("rustc", &["-vV"]))?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).context("rustc does not tell its host")
}

/// The compiler's: libraries of one version are of no use to another.
pub(crate) fn version() -> Result<String> {
    let version = capture(&mut command("rustc", &["--version"]))?;
    version.split_whitespace().nth(1).map(str::to_owned).context("rustc tells no version")
}
