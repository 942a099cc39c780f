//! The AAR, looked at file by file: is everything in it that an app and the core's Rust half will look for?

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};

use crate::{
    install, kotlin, paths,
    run::{capture, cargo, command, run},
};

const GRADLE: &str = "bindings/kotlin/android/build.gradle.kts";
const RULES: &str = "bindings/kotlin/android/consumer-rules.pro";
/// What an AAR consists of, but for libraries and resources.
const PARTS: [&str; 5] = [
    "AndroidManifest.xml",
    "META-INF/com/android/build/gradle/aar-metadata.properties",
    "R.txt",
    "classes.jar",
    "proguard.txt",
];
/// Where classes lie that Rust calls by name.
const CALLED_BY_NAME: [&str; 2] = ["com/nonpolynomial/", "io/github/gedgygedgy/"];
/// Java 17's class files; an app's build takes no newer ones.
const NEWEST_CLASS: u8 = 61;

/// Packs it without libraries, looks at it, and says where it is.
pub(crate) fn check() -> Result<()> {
    let btleplug = btleplug()?;
    let aar = kotlin::aar(&btleplug.join("src/droidplug/java/src/main/java"))?;
    let unpacked = aar.with_extension("unpacked");
    unpack(&aar, &unpacked)?;
    look(&unpacked, &btleplug)?;
    println!("{}", aar.display());
    Ok(())
}

/// The sources of the very crate that Cargo.lock names: the two halves never differ.
fn btleplug() -> Result<PathBuf> {
    let metadata = capture(&mut cargo(&["metadata", "--locked", "--format-version", "1"]))?;
    let metadata: serde_json::Value = serde_json::from_str(&metadata).context("reading what cargo tells")?;
    let packages = metadata["packages"].as_array().context("cargo tells no packages")?;
    let btleplug = packages.iter().find(|package| package["name"] == "btleplug").context("there is no btleplug")?;
    let manifest = btleplug["manifest_path"].as_str().context("btleplug is nowhere")?;
    Ok(Path::new(manifest).with_file_name(""))
}

fn unpack(archive: &Path, to: &Path) -> Result<()> {
    if to.exists() {
        fs::remove_dir_all(to).with_context(|| format!("clearing {}", to.display()))?;
    }
    run(command(&install::python()?, &["-m", "zipfile", "-e"]).arg(archive).arg(to))
}

fn look(aar: &Path, btleplug: &Path) -> Result<()> {
    let parts = files(aar)?;
    ensure!(parts == PARTS.map(PathBuf::from).into(), "the AAR consists of {parts:?}");

    let gradle = fs::read_to_string(paths::root().join(GRADLE)).context("reading Gradle's file")?;
    let manifest = fs::read_to_string(aar.join("AndroidManifest.xml"))?;
    for (ours, gradles) in [("package=\"", "namespace = \""), ("minSdkVersion=\"", "minSdk = ")] {
        let (ours, gradles) = (value(&manifest, ours)?, value(&gradle, gradles)?);
        ensure!(ours == gradles, "the manifest says {ours} where Gradle says {gradles}");
    }

    let unpacked = aar.join("classes");
    unpack(&aar.join("classes.jar"), &unpacked)?;
    let classes = files(&unpacked)?;
    for class in classes.iter().filter(|file| file.extension().is_some_and(|kind| kind == "class")) {
        let bytes = fs::read(unpacked.join(class))?;
        let version = bytes.get(7).copied().with_context(|| format!("{} is no class", class.display()))?;
        ensure!(version <= NEWEST_CLASS, "{} is for a newer Java: {version}", class.display());
    }
    for compiled in files(&paths::target()?.join("kotlin/classes"))? {
        ensure!(classes.contains(&compiled), "classes.jar lacks {}", compiled.display());
    }
    let called = called_by_name(btleplug)?;
    ensure!(!called.is_empty(), "btleplug calls no class by name");
    for class in &called {
        let file = PathBuf::from(format!("{class}.class"));
        ensure!(classes.contains(&file), "classes.jar lacks {class}, which Rust calls by name");
    }
    let rules = fs::read_to_string(paths::root().join(RULES)).context("reading the rules for R8")?;
    ensure!(rules == fs::read_to_string(aar.join("proguard.txt"))?, "the rules for R8 are others");
    for package in kept(&rules) {
        ensure!(
            classes.iter().any(|class| class.starts_with(&package)),
            "a rule for R8 keeps {package}, which is not there"
        );
    }
    println!("{} files in classes.jar, among them the {} classes that Rust calls by name", classes.len(), called.len());
    Ok(())
}

/// All files below, by their paths from there.
fn files(directory: &Path) -> Result<BTreeSet<PathBuf>> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(directory).with_context(|| format!("reading {}", directory.display()))? {
        let entry = entry?;
        let name = PathBuf::from(entry.file_name());
        if entry.file_type()?.is_dir() {
            found.extend(files(&entry.path())?.into_iter().map(|below| name.join(below)));
        } else {
            found.insert(name);
        }
    }
    Ok(found)
}

/// What stands behind `key`, up to the next quotation mark or the line's end.
fn value<'a>(text: &'a str, key: &str) -> Result<&'a str> {
    let (_, rest) = text.split_once(key).with_context(|| format!("nothing says {key}"))?;
    Ok(rest.split(['"', '\n']).next().unwrap_or(rest))
}

/// The classes that Rust looks up by their names.
fn called_by_name(btleplug: &Path) -> Result<BTreeSet<String>> {
    let mut called = BTreeSet::new();
    let place = btleplug.join("src/droidplug");
    for file in files(&place)?.iter().filter(|file| file.extension().is_some_and(|kind| kind == "rs")) {
        called.extend(named(&fs::read_to_string(place.join(file))?));
    }
    Ok(called)
}

/// Those of them that a Rust source names, alone or in a signature.
fn named(source: &str) -> impl Iterator<Item = String> {
    let words = source.split(|c: char| !c.is_alphanumeric() && !"/_$".contains(c));
    words.filter_map(|word| {
        CALLED_BY_NAME.iter().find_map(|beginning| word.find(beginning).map(|at| word[at..].to_owned()))
    })
}

/// The directories of the packages that rules for R8 keep, but for JNA's, which is a library of its own.
fn kept(rules: &str) -> impl Iterator<Item = String> {
    let packages = rules.lines().filter_map(|line| line.strip_prefix("-keep class ")?.split_once("**"));
    packages.map(|(package, _)| package.replace('.', "/")).filter(|package| !package.starts_with("com/sun/jna"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_is_found_alone_and_in_a_signature() {
        let source =
            r#"jni_str!("com/nonpolynomial/a/Adapter"), jni_sig!("(Lio/github/gedgygedgy/b/Fn;I)V"), "com/other/C""#;
        assert_eq!(named(source).collect::<Vec<_>>(), ["com/nonpolynomial/a/Adapter", "io/github/gedgygedgy/b/Fn"]);
    }

    #[test]
    fn a_rule_for_r8_names_a_package() {
        let rules = "# Ours.\n-keep class io.phonein.core.** { *; }\n-keep class com.sun.jna.** { *; }\n-dontwarn java.awt.**\n";
        assert_eq!(kept(rules).collect::<Vec<_>>(), ["io/phonein/core/"]);
    }

    #[test]
    fn a_value_ends_where_its_line_or_its_quotation_ends() {
        assert_eq!(value("minSdk = 26\nx", "minSdk = ").unwrap(), "26");
        assert_eq!(value("namespace = \"io.phonein\" x", "namespace = \"").unwrap(), "io.phonein");
        assert!(value("x", "minSdk = ").is_err());
    }
}
