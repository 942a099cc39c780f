//! Kotlin, Swift and Python made from the core's own library.

use std::{env::consts::DLL_PREFIX, env::consts::DLL_SUFFIX, fs};

use anyhow::{Context, Result};
use clap::ValueEnum;

use crate::{
    paths,
    run::{cargo, command, run as run_command},
};

/// Arguments of `cargo xtask bindings`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The language; all of them if none is named.
    language: Option<Language>,
}

/// A language UniFFI speaks and we ship.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Language {
    /// For Android.
    Kotlin,
    /// For iOS.
    Swift,
    /// For the tests.
    Python,
}

impl Language {
    fn name(self) -> &'static str {
        match self {
            Self::Kotlin => "kotlin",
            Self::Swift => "swift",
            Self::Python => "python",
        }
    }
}

/// Builds the core, then generates.
pub(crate) fn run(args: &Args) -> Result<()> {
    run_command(&mut cargo(&["build", "--locked", "--package", "phonein-core", "--package", "phonein-bindgen"]))?;
    let languages = args.language.as_ref().map_or(Language::value_variants(), std::slice::from_ref);
    languages.iter().try_for_each(|language| generate(*language))
}

/// Generates from the library that is built already. Python's finds that library beside itself.
pub(crate) fn generate(language: Language) -> Result<()> {
    let name = language.name();
    let directory = paths::root().join("bindings").join(name).join("generated");
    if directory.exists() {
        fs::remove_dir_all(&directory).with_context(|| format!("clearing {}", directory.display()))?;
    }
    let built = paths::target()?.join("debug");
    let file = format!("{DLL_PREFIX}phonein_core{DLL_SUFFIX}");
    let library = built.join(&file);
    // The root uniffi.toml is in the global form, which counts only when it is named.
    let options = ["generate", "--config", "uniffi.toml", "--no-format", "--language", name, "--out-dir"];
    run_command(command(&built.join("uniffi-bindgen").to_string_lossy(), &options).arg(&directory).arg(&library))?;
    if matches!(language, Language::Python) {
        fs::copy(&library, directory.join(&file)).context("copying the library beside the Python module")?;
    }
    Ok(())
}
