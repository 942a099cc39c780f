//! The icons of the Android app, as Kotlin.

use std::{fmt::Write, fs, path::PathBuf};

use anyhow::{Context, Result, ensure};

use crate::paths;

/// Those that point in the direction of reading.
const MIRRORED: [&str; 3] = ["back", "forward", "message"];

/// Writes Icons.kt from the drawings beside it.
pub(crate) fn run() -> Result<()> {
    fs::write(kotlin(), written()?).context("writing Icons.kt")
}

fn kotlin() -> PathBuf {
    paths::root().join("android/ui/src/main/kotlin/io/phonein/ui/theme/Icons.kt")
}

fn written() -> Result<String> {
    let drawings = fs::read_dir(paths::root().join("android/ui/icons")).context("looking for the icons")?;
    let mut drawings: Vec<PathBuf> = drawings.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    drawings.sort();
    let mut text = "// Written by `cargo xtask icons` from android/ui/icons; not to be edited.\n\
        package io.phonein.ui.theme\n\n\
        /** All icons: 24 × 24, drawn with strokes, to be tinted where they are shown. */\n\
        object Icons {\n"
        .to_owned();
    for drawing in drawings {
        let name = drawing.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let svg = fs::read_to_string(&drawing).with_context(|| format!("reading {}", drawing.display()))?;
        let strokes = strokes(&svg);
        ensure!(!strokes.is_empty(), "{} has no path", drawing.display());
        let mirrored = if MIRRORED.contains(&&*name) { ", isMirrored = true" } else { "" };
        let strokes: Vec<_> = strokes.iter().map(|stroke| format!("            \"{stroke}\",\n")).collect();
        writeln!(
            text,
            "    val {} =\n        icon(\n{}            name = \"{name}\"{mirrored},\n        )",
            camel(&name),
            strokes.concat()
        )?;
    }
    text.push_str("}\n");
    Ok(text)
}

/// What its paths draw.
pub(crate) fn strokes(svg: &str) -> Vec<&str> {
    svg.split("<path d=\"").skip(1).filter_map(|rest| Some(rest.split_once('"')?.0)).collect()
}

/// `entrance-open` is `EntranceOpen`.
fn camel(name: &str) -> String {
    let word = |word: &str| word.get(..1).unwrap_or_default().to_uppercase() + word.get(1..).unwrap_or_default();
    name.split('-').map(word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn icons_kt_is_what_the_drawings_say() {
        assert_eq!(fs::read_to_string(kotlin()).unwrap(), written().unwrap(), "run `cargo xtask icons`");
    }

    #[test]
    fn a_drawing_is_its_strokes() {
        assert_eq!(strokes("<svg><path d=\"M1 2\"/>\n<path d=\"M3 4z\"/></svg>"), ["M1 2", "M3 4z"]);
        assert_eq!(camel("inner-door-open"), "InnerDoorOpen");
    }
}
