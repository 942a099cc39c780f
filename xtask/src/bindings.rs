//! Kotlin, Swift and Python made from the core's own library.

use std::{
    env::consts::{DLL_PREFIX, DLL_SUFFIX},
    fs, io,
    path::{Path, PathBuf},
};

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

impl Args {
    /// Those of one language.
    pub(crate) fn of(language: Language) -> Self {
        Self { language: Some(language) }
    }
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
    build()?;
    let languages = args.language.as_ref().map_or(Language::value_variants(), std::slice::from_ref);
    languages.iter().try_for_each(|language| generate(*language))
}

/// Builds the core and what generates from it.
pub(crate) fn build() -> Result<()> {
    run_command(&mut cargo(&["build", "--locked", "--package", "phonein-core", "--package", "phonein-bindgen"]))
}

/// Fails unless the sources of a language's tests under `directory` name everything that is exported.
pub(crate) fn all_reached(language: Language, directory: &str) -> Result<()> {
    let built = built()?;
    let mut check = command(&built.join("phonein-interface").to_string_lossy(), &[]);
    run_command(check.arg(built.join(library())).args([language.name(), directory]))
}

/// Generates from the library that is built already. Python's finds that library beside itself.
pub(crate) fn generate(language: Language) -> Result<()> {
    let name = language.name();
    let directory = paths::root().join("bindings").join(name).join("generated");
    match language {
        Language::Kotlin => write(language, &directory),
        Language::Python => {
            let directory = paths::root().join("bindings/python/phonein/generated");
            write(language, &directory)?;
            put_beside(&built()?.join(library()), &directory)
        }
        Language::Swift => {
            let written = paths::target()?.join("swift/generated");
            write(language, &written)?;
            sort_into_modules(&written, &directory).context("sorting what was generated for Swift")
        }
    }
}

fn write(language: Language, directory: &Path) -> Result<()> {
    if directory.exists() {
        fs::remove_dir_all(directory).with_context(|| format!("clearing {}", directory.display()))?;
    }
    let built = built()?;
    // The root uniffi.toml is in the global form, which counts only when it is named.
    let options = ["generate", "--config", "uniffi.toml", "--no-format", "--language", language.name(), "--out-dir"];
    let mut bindgen = command(&built.join("uniffi-bindgen").to_string_lossy(), &options);
    run_command(bindgen.arg(directory).arg(built.join(library())))
}

/// Python's module loads the library that lies beside it.
pub(crate) fn put_beside(built: &Path, directory: &Path) -> Result<()> {
    fs::copy(built, directory.join(library())).context("copying the library beside the Python module")?;
    Ok(())
}

fn built() -> Result<PathBuf> {
    Ok(paths::target()?.join("debug"))
}

/// What the core's library is called.
pub(crate) fn library() -> String {
    format!("{DLL_PREFIX}phonein_core{DLL_SUFFIX}")
}

/// Swift's package manager wants a directory for each module: one of Swift, and one of C with a file `module.modulemap`.
/// What is there already stays as it is: a file with a new time would be compiled again.
fn sort_into_modules(written: &Path, directory: &Path) -> io::Result<()> {
    let places = [
        ("PhoneinBindings.swift", "PhoneinBindings/PhoneinBindings.swift"),
        ("PhoneinCoreFFI.h", "PhoneinCoreFFI/PhoneinCoreFFI.h"),
        ("PhoneinCoreFFI.modulemap", "PhoneinCoreFFI/module.modulemap"),
    ];
    for (from, to) in places {
        let (text, to) = (fs::read(written.join(from))?, directory.join(to));
        to.parent().map_or(Ok(()), fs::create_dir_all)?;
        if fs::read(&to).ok().as_ref() != Some(&text) {
            fs::write(to, text)?;
        }
    }
    Ok(())
}
