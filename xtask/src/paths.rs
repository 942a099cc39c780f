//! Where things lie.

use std::{env, path::Path, path::PathBuf};

use anyhow::{Context, Result};

/// The top of the repository.
pub(crate) fn root() -> &'static Path {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask)
}

/// Cargo's target directory, wherever the environment or a config file puts it: this program was built into it.
pub(crate) fn target() -> Result<PathBuf> {
    let xtask = env::current_exe().context("where this program lies")?;
    xtask.ancestors().nth(2).map(Path::to_path_buf).context("this program does not lie in a target directory")
}
