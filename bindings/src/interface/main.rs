//! What the bindings offer, and whether the tests of a language reach all of it.
//!
//! `phonein-interface LIBRARY` lists the exported interface, a name a line. `phonein-interface LIBRARY LANGUAGE DIRECTORY`
//! looks for each of them in the sources of that language's tests, and fails if one is missing. It finds that a test
//! names a thing; that the thing then does what it should is what the test is for.

mod exported;
mod language;
mod sources;

use std::{env, path::Path, process::ExitCode};

use anyhow::{Context, Result, bail, ensure};

use exported::{Exported, exported};
use language::Language;

fn main() -> ExitCode {
    if let Err(error) = run() {
        eprintln!("{error:#}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

fn run() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [library] => {
            for item in list(library)? {
                println!("{item}");
            }
            Ok(())
        }
        [library, language, directory] => check(&list(library)?, Language::named(language)?, Path::new(directory)),
        _ => bail!("usage: phonein-interface LIBRARY [kotlin|swift|python DIRECTORY]"),
    }
}

fn list(library: &str) -> Result<Vec<Exported>> {
    exported(Path::new(library)).with_context(|| format!("reading the interface of {library}"))
}

fn check(interface: &[Exported], language: Language, directory: &Path) -> Result<()> {
    let code = sources::code(directory, language).with_context(|| format!("reading {}", directory.display()))?;
    let missing: Vec<_> = interface.iter().filter(|item| !language.spells(item).is_in(&code)).collect();
    for item in &missing {
        println!("not reached: {item}: {}", language.spells(item));
    }
    ensure!(missing.is_empty(), "{} of {} are not reached by the tests", missing.len(), interface.len());
    println!("all {} exported names are reached", interface.len());
    Ok(())
}
