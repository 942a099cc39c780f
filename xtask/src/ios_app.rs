//! The iOS app where there is no Xcode: its screens over stand-ins for Apple's modules, compiled, walked and read as words.

use std::{env, fs, path::PathBuf};

use anyhow::{Context, Result, bail};

use crate::{
    bindings::{self, Language},
    paths,
    run::{capture, cargo, run, watch},
    swift::{in_swift, tests_in},
};

const PACKAGE: &str = "ios";
/// What the stand-ins must accept and must refuse, each part after a line `//ok WHAT` or `//no WORDS THE COMPILER SAYS`.
const SNIPPETS: &str = "ios/LinuxCheck/Snippets/snippets.swift";
/// They count what threads outside the core read, and run by themselves.
const ALONE: &str = "MainThreadTests";
/// What every snippet begins with.
const IMPORTS: &str = "import Foundation\nimport Observation\nimport SwiftUI\n";

/// Runs the app's tests against the library that is built, and how many there were.
pub(crate) fn test() -> (Result<()>, usize) {
    let mut ran = 0;
    let result = look_at_format()
        .and_then(|()| bindings::generate(Language::Swift))
        .and_then(|()| make_previews())
        .and_then(|()| run_tests(&["--skip", ALONE], &mut ran))
        .and_then(|()| run_tests(&["--skip-build", "--filter", ALONE], &mut ran))
        .and_then(|()| try_snippets());
    (result, ran)
}

/// By the rules in ios/.swift-format.
fn look_at_format() -> Result<()> {
    let lint = ["swift", "format", "lint", "--strict", "--recursive"];
    let places = ["Package.swift", "App", "Bench", "LinuxCheck/Sources", "Sources", "Tests"];
    let by_hand: Vec<String> = places.map(|place| format!("{PACKAGE}/{place}")).into();
    let by_hand: Vec<&str> =
        by_hand.iter().map(String::as_str).filter(|place| paths::root().join(place).exists()).collect();
    run(&mut in_swift(&[&lint[..], &by_hand].concat())?)
}

/// What `#Preview` becomes, made with the compiler's own library for macros.
fn make_previews() -> Result<()> {
    let make = r#"host=$(dirname "$(readlink -f "$(command -v swiftc)")")/../lib/swift/host
        exec swiftc -emit-library -parse-as-library -swift-version 5 -module-name PreviewsMacros -I "$host" -L "$host" \
            -lSwiftSyntax -lSwiftSyntaxMacros -Xlinker -rpath -Xlinker "$host" "$1" -o "$2""#;
    let (source, library) = (format!("{PACKAGE}/LinuxCheck/PreviewMacro/Preview.swift"), previews()?);
    let newer = |made: fs::Metadata| {
        Some(made.modified().ok()? >= fs::metadata(paths::root().join(&source)).ok()?.modified().ok()?)
    };
    if fs::metadata(&library).ok().and_then(newer) == Some(true) {
        return Ok(());
    }
    run(&mut in_swift(&["sh", "-euc", make, "previews", &source, &library.to_string_lossy()])?)
}

fn previews() -> Result<PathBuf> {
    Ok(paths::target()?.join("swift/libPreviewsMacros.so"))
}

fn scratch() -> Result<PathBuf> {
    Ok(paths::target()?.join("swift/ios"))
}

/// Measures what is in ios/Bench, against the release build of the core.
pub(crate) fn bench(heard: impl FnMut(&str)) -> Result<()> {
    run(cargo(&["build", "--quiet", "--locked", "--release"]).args([
        "--package",
        "phonein-core",
        "--package",
        "phonein-intercom",
    ]))?;
    bindings::generate(Language::Swift)?;
    make_previews()?;
    let (environment, scratch) = (environment("release")?, scratch()?);
    let environment: Vec<&str> = environment.iter().map(String::as_str).collect();
    let scratch = scratch.to_string_lossy();
    // The model is the screens' own.
    let place = ["-Xswiftc", "-enable-testing", "--package-path", PACKAGE, "--scratch-path", &scratch];
    watch(in_swift(&[&environment[..], &["swift", "run", "-c", "release"], &place, &["HomeBench"]].concat())?, heard)
}

/// What the package asks its environment: where the libraries of this build are.
fn environment(build: &str) -> Result<Vec<String>> {
    let built = paths::target()?.join(build);
    Ok(vec![
        format!("PHONEIN_LIBRARY={}", built.display()),
        format!("PHONEIN_INTERCOM={}", built.join("phonein-intercom").display()),
        format!("PHONEIN_PREVIEWS={}", previews()?.display()),
    ])
}

fn run_tests(which: &[&str], ran: &mut usize) -> Result<()> {
    let scratch = scratch()?;
    // A plan that SwiftPM kept from a time with other test files says "no tests found".
    for plan in ["debug.yaml", "debug/description.json"] {
        let _ = fs::remove_file(scratch.join(plan));
    }
    let mut environment = environment("debug")?;
    // Where Swift is in a tree of its own, nothing else of this environment gets there.
    environment.extend(env::var("PHONEIN_OUTLINES").map(|how| format!("PHONEIN_OUTLINES={how}")));
    let environment: Vec<&str> = environment.iter().map(String::as_str).collect();
    let scratch = scratch.to_string_lossy();
    // One main thread draws all screens: a door is open for a second, which another forty screens would make it miss.
    let one = "--no-parallel";
    let test = ["swift", "test", "--disable-xctest", one, "--package-path", PACKAGE, "--scratch-path", &scratch];
    let tests = in_swift(&[&environment[..], &test, which].concat())?;
    watch(tests, |line| *ran += tests_in(line).unwrap_or(0))
}

/// Compiles each snippet against the stand-ins, as an app's file would be.
fn try_snippets() -> Result<()> {
    let text = fs::read_to_string(paths::root().join(SNIPPETS)).with_context(|| format!("reading {SNIPPETS}"))?;
    let place = paths::target()?.join("swift/snippets");
    fs::create_dir_all(&place)?;
    let (modules, previews) = (scratch()?.join("debug/Modules"), previews()?);
    let snippets = parts(&text);
    println!("{} snippets", snippets.len());
    for (at, snippet) in snippets.iter().enumerate() {
        let file = place.join(format!("{at:02}.swift"));
        fs::write(&file, format!("{IMPORTS}{}", snippet.code))?;
        let check = ["swiftc", "-typecheck", "-parse-as-library", "-swift-version", "6", "-warnings-as-errors", "-I"];
        let with =
            [&*modules.to_string_lossy(), "-load-plugin-library", &previews.to_string_lossy(), &file.to_string_lossy()]
                .map(str::to_owned);
        let with = with.each_ref().map(String::as_str);
        let said = in_swift(&[&["sh", "-c", r#""$@" 2>&1 || echo REFUSED"#, "sh"], &check[..], &with].concat())?;
        judge(snippet, &capture(&mut { said })?)?;
    }
    Ok(())
}

fn judge(snippet: &Snippet<'_>, said: &str) -> Result<()> {
    let is_refused = said.trim_end().ends_with("REFUSED");
    match snippet.refusal {
        None if is_refused => bail!("the stand-ins refuse what they must accept:\n{}\n{said}", snippet.code),
        Some(_) if !is_refused => bail!("the stand-ins accept what they must refuse:\n{}", snippet.code),
        Some(words) if !said.contains(words) => bail!("refused, but not with {words:?}:\n{}\n{said}", snippet.code),
        _ => Ok(()),
    }
}

struct Snippet<'a> {
    code: &'a str,
    /// What the compiler must say; nothing if it must accept it.
    refusal: Option<&'a str>,
}

fn parts(text: &str) -> Vec<Snippet<'_>> {
    let starts = text.match_indices("\n//ok ").chain(text.match_indices("\n//no "));
    let mut starts: Vec<usize> = starts.map(|(at, _)| at + 1).collect();
    starts.sort_unstable();
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let part = |(start, end): (usize, usize)| {
        let code = &text[start..end];
        Snippet { code, refusal: code.lines().next().and_then(|line| line.strip_prefix("//no ")) }
    };
    starts.iter().copied().zip(ends).map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::{judge, parts};

    #[test]
    fn snippets_are_told_apart() {
        let parts = parts("// What they are.\n\n//ok a view\nstruct V {}\n//no no member\nV().x\n");
        assert_eq!(
            parts.iter().map(|part| part.code).collect::<Vec<_>>(),
            ["//ok a view\nstruct V {}\n", "//no no member\nV().x\n"]
        );
        assert_eq!(parts.iter().map(|part| part.refusal).collect::<Vec<_>>(), [None, Some("no member")]);
    }

    #[test]
    fn what_is_refused_for_another_reason_counts_as_wrong() {
        let parts = parts("\n//ok a\n\n//no no member\n");
        assert!(judge(&parts[0], "").is_ok() && judge(&parts[0], "error: x\nREFUSED\n").is_err());
        assert!(judge(&parts[1], "").is_err() && judge(&parts[1], "error: x\nREFUSED\n").is_err());
        assert!(judge(&parts[1], "error: no member\nREFUSED\n").is_ok());
    }
}
