//! The root uniffi.toml takes effect. UniFFI ignores settings it does not find or understand without a word.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::{fs, path::Path, process::Command};

/// Generates for `language` and returns the text of the file at `path`, if it came out there.
fn generated(language: &str, config: Option<&str>, path: &str) -> Option<String> {
    let bindgen = Path::new(env!("CARGO_BIN_EXE_uniffi-bindgen"));
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let library = format!("{}phonein_core{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    let out = tempfile::tempdir().unwrap();
    let mut generate = Command::new(bindgen);
    generate.current_dir(root).args(["generate", "--no-format", "--language", language, "--out-dir"]).arg(out.path());
    generate.args(config.map(|config| ["--config", config]).iter().flatten());
    let status = generate.arg(bindgen.with_file_name("deps").join(library)).status().unwrap();
    assert!(status.success());
    fs::read_to_string(out.path().join(path)).ok()
}

#[test]
fn kotlin_gets_our_package() {
    let path = "io/phonein/core/phonein_core.kt";
    let kotlin = generated("kotlin", Some("uniffi.toml"), path).expect("a file in our package");
    assert!(kotlin.contains("package io.phonein.core\n"));
    assert!(kotlin.contains("    val `id`: kotlin.String"), "a field of a record that cannot be changed");
    assert_eq!(generated("kotlin", None, path), None, "the settings count only when they are named");
}

#[test]
fn swift_gets_our_modules() {
    let swift = generated("swift", Some("uniffi.toml"), "PhoneinBindings.swift").expect("a file of our module");
    assert!(swift.contains("import PhoneinCoreFFI\n"));
    assert!(swift.contains("    public let id: String"), "a field of a record that cannot be changed");
    assert!(!swift.contains("String(reflecting: self)"), "an error whose text is its own");
    assert!(swift.contains("public enum Label: Equatable, Hashable, CaseIterable"), "an enum that lists its cases");
    assert_eq!(generated("swift", None, "PhoneinBindings.swift"), None, "the settings count only when they are named");
}
