//! What Android itself must know of the core's, as its resources: words, languages, the host of links, and two icons.

use std::{fmt::Write, fs, path::PathBuf};

use anyhow::{Context, Result};

use crate::{icons, paths};

/// The name of a string in Android's resources, and the message that it is in the core's words.
const WORDS: [(&str, &str); 3] = [
    ("entrance", "label-entrance"),
    ("why_bluetooth", "system-why-bluetooth"),
    ("why_location", "system-why-location"),
];
/// The icons that Android draws.
const ICONS: [&str; 2] = ["close", "entrance"];
const HEAD: &str =
    "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!-- Written by `cargo xtask icons`; not to be edited. -->\n";

/// Writes them.
pub(crate) fn run() -> Result<()> {
    for (file, text) in written()? {
        fs::create_dir_all(file.parent().unwrap_or(&file))?;
        fs::write(&file, text).with_context(|| format!("writing {}", file.display()))?;
    }
    Ok(())
}

/// Each file and what is to be in it.
fn written() -> Result<Vec<(PathBuf, String)>> {
    let resources = paths::root().join("android/app/src/main/res");
    let mut files = Vec::new();
    let mut tags = Vec::new();
    for entry in fs::read_dir(paths::root().join("phonein-core/src/text")).context("looking for the words")? {
        let file = entry?.path();
        if file.extension().is_some_and(|extension| extension == "ftl") {
            let tag = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            // What no other language fits is shown in English.
            let folder = if tag == "en" { "values".to_owned() } else { format!("values-{tag}") };
            files.push((resources.join(folder).join("strings.xml"), strings(&fs::read_to_string(file)?, tag == "en")?));
            tags.push(tag);
        }
    }
    tags.sort();
    files.push((resources.join("xml/locales.xml"), locales(&tags)?));
    for name in ICONS {
        let drawing = paths::root().join("android/ui/icons").join(name).with_extension("svg");
        let svg = fs::read_to_string(&drawing).with_context(|| format!("reading {}", drawing.display()))?;
        files.push((resources.join(format!("drawable/ic_{name}.xml")), vector(&icons::strokes(&svg))?));
    }
    Ok(files)
}

fn strings(words: &str, is_first: bool) -> Result<String> {
    let mut text = format!("{HEAD}<resources>\n");
    if is_first {
        text.push_str("    <string name=\"app_name\" translatable=\"false\">Phonein</string>\n");
        writeln!(text, "    <string name=\"link_host\" translatable=\"false\">{}</string>", link_host()?)?;
    }
    for (name, message) in WORDS {
        let said = words.lines().find_map(|line| line.strip_prefix(message)?.strip_prefix(" = "));
        let said = said.with_context(|| format!("the words lack {message}"))?;
        writeln!(text, "    <string name=\"{name}\">{}</string>", escaped(said))?;
    }
    Ok(text + "</resources>\n")
}

/// The one setting: what the core has links begin with, where an app says nothing else.
fn link_host() -> Result<String> {
    let config = fs::read_to_string(paths::root().join("phonein-core/src/api/config.rs"))?;
    let host = config.split("#[uniffi(default = \"").nth(1).and_then(|rest| Some(rest.split_once('"')?.0));
    host.map(str::to_owned).context("the core's Config has no host of links")
}

fn locales(tags: &[String]) -> Result<String> {
    let mut text = format!("{HEAD}<locale-config xmlns:android=\"http://schemas.android.com/apk/res/android\">\n");
    for tag in tags {
        writeln!(text, "    <locale android:name=\"{tag}\" />")?;
    }
    Ok(text + "</locale-config>\n")
}

fn vector(strokes: &[&str]) -> Result<String> {
    let mut text = format!(
        "{HEAD}<vector xmlns:android=\"http://schemas.android.com/apk/res/android\"\n    android:width=\"24dp\"\n    \
         android:height=\"24dp\"\n    android:viewportWidth=\"24\"\n    android:viewportHeight=\"24\">\n"
    );
    for stroke in strokes {
        writeln!(
            text,
            "    <path\n        android:pathData=\"{stroke}\"\n        android:strokeColor=\"#FFFFFF\"\n        \
             android:strokeLineCap=\"round\"\n        android:strokeLineJoin=\"round\"\n        \
             android:strokeWidth=\"2\" />"
        )?;
    }
    Ok(text + "</vector>\n")
}

/// As a string resource must be written.
fn escaped(words: &str) -> String {
    let words = words.replace('&', "&amp;").replace('<', "&lt;");
    words.replace('\\', "\\\\").replace('\'', "\\'").replace('"', "\\\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_resources_are_what_the_core_says() {
        for (file, text) in written().unwrap() {
            assert_eq!(fs::read_to_string(&file).unwrap(), text, "{}: run `cargo xtask icons`", file.display());
        }
    }

    #[test]
    fn words_are_escaped() {
        assert_eq!(escaped("Anna's <b> & \"Béla\""), "Anna\\'s &lt;b> &amp; \\\"Béla\\\"");
    }

    #[test]
    fn the_host_of_the_site_is_checked_for_this_app() {
        let links = fs::read_to_string(paths::root().join("docs/site/.well-known/assetlinks.json")).unwrap();
        let links: serde_json::Value = serde_json::from_str(&links).unwrap();
        let target = &links[0]["target"];
        assert_eq!((&target["namespace"], &target["package_name"]), (&"android_app".into(), &"io.phonein.app".into()));
        assert_eq!(links[0]["relation"][0], "delegate_permission/common.handle_all_urls");
        assert!(target["sha256_cert_fingerprints"].as_array().is_some_and(|prints| !prints.is_empty()));
    }
}
