//! The documentation of our crates and of the Kotlin and Swift packages.

use anyhow::Result;

use crate::{
    bindings, kotlin,
    run::{cargo, run as run_command},
    swift,
};

/// Ours, and both packages'.
pub(crate) fn run() -> Result<()> {
    rust()?;
    bindings::build()?;
    println!("Swift: {}, for any web server", swift::pages()?.display());
    println!("Kotlin: {}", kotlin::pages()?.display());
    Ok(())
}

/// The crates' alone. A link that leads nowhere is an error.
pub(crate) fn rust() -> Result<()> {
    let doc = ["doc", "--locked", "--workspace", "--no-deps", "--document-private-items"];
    run_command(cargo(&doc).env("RUSTDOCFLAGS", "-D warnings"))
}
