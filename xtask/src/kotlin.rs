//! Kotlin's tests and pages, by Maven.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use crate::{
    bindings::{self, Language},
    install, paths,
    run::{command, run, watch},
};

/// Runs the package's tests against the real intercom; how many ran.
pub(crate) fn test() -> (Result<()>, usize) {
    let mut ran = 0;
    let result = test_command().and_then(|tests| {
        watch(tests, |line| {
            // The last line of this kind is the sum of those before.
            let counts = line.split_once("Tests run: ").and_then(|(_, counts)| counts.split_once(','));
            ran = counts.and_then(|(count, _)| count.parse().ok()).unwrap_or(ran);
        })
    });
    (result, ran)
}

fn test_command() -> Result<Command> {
    bindings::all_reached(Language::Kotlin, "bindings/kotlin/src/test")?;
    bindings::generate(Language::Kotlin)?;
    maven("test")
}

/// Makes the pages about the package; where they begin.
pub(crate) fn pages() -> Result<PathBuf> {
    bindings::generate(Language::Kotlin)?;
    let (from, to) = (paths::root().join("bindings/kotlin/generated"), paths::target()?.join("kotlin/documented"));
    let file = "io/phonein/core/phonein_core.kt";
    fs::create_dir_all(to.join(file).with_file_name("")).context("making a place for what Dokka reads")?;
    fs::write(to.join(file), with_errors(&fs::read_to_string(from.join(file))?)).context("writing what Dokka reads")?;
    run(maven("dokka:dokka")?.arg(format!("-Dphonein.documented={}", to.display())))?;
    Ok(paths::target()?.join("kotlin/dokka/index.html"))
}

/// Dokka shows the errors of a function only if its comment names them; `UniFFI` writes them behind the comment.
fn with_errors(kotlin: &str) -> String {
    let mut documented = Vec::new();
    let mut lines = kotlin.lines().peekable();
    while let Some(line) = lines.next() {
        let next = lines.peek().and_then(|next| next.trim_start().strip_prefix("@Throws("));
        if let (Some(error), "*/") = (next.and_then(|next| next.split("::").next()), line.trim()) {
            documented.push(format!("     * @throws {error}"));
        }
        documented.push(line.to_owned());
    }
    documented.join("\n")
}

/// Packs the AAR for Android as far as that goes without Google's tools: without the libraries. `droidplug` is where
/// btleplug's Java half lies.
pub(crate) fn aar(droidplug: &Path) -> Result<PathBuf> {
    bindings::generate(Language::Kotlin)?;
    let droidplug = format!("-Dphonein.droidplug={}", droidplug.display());
    run(maven("process-classes")?.args(["--activate-profiles", "aar", &droidplug]))?;
    Ok(paths::target()?.join("kotlin/aar/phonein-core-without-libraries.aar"))
}

fn maven(goal: &str) -> Result<Command> {
    install::maven()?;
    let target = format!("-Dphonein.target={}", paths::target()?.display());
    let words = ["--batch-mode", "--no-transfer-progress", "--file", "bindings/kotlin/pom.xml", &target, goal];
    Ok(command("mvn", &words))
}

#[cfg(test)]
mod tests {
    use super::with_errors;

    #[test]
    fn the_errors_of_a_function_get_into_its_comment() {
        let generated = ["/**", " * Opens.", " */", "@Throws(WalletException::class)", "fun open()"].join("\n");
        let documented = generated.replacen(" */", "     * @throws WalletException\n */", 1);
        assert_eq!(with_errors(&generated), documented);
        let without = ["/**", " * Ends.", " */", "fun cancel()"].join("\n");
        assert_eq!(with_errors(&without), without);
    }
}
