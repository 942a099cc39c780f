//! Whose the bytes of a library are, as far as its symbols say.

use std::{collections::BTreeMap, path::Path};

use anyhow::{Context, Result};

use crate::run::{capture, command};

/// The standard library: its generic code belongs to the crate whose type it was made for.
const STANDARD: [&str; 3] = ["core", "alloc", "std"];
/// C that is linked in, by the beginnings of its names.
const C: [(&str, &str); 7] = [
    ("ring_core_", "ring"),
    ("dbus_", "libdbus (C)"),
    ("_dbus_", "libdbus (C)"),
    ("sqlite3", "SQLite (C)"),
    ("fts5", "SQLite (C)"),
    ("uniffi_", "uniffi's entry points"),
    ("UNIFFI_META", "what bindings are generated from"),
];

/// Bytes by part: crates, C libraries, and what has no symbols.
#[derive(Debug, Default)]
pub(super) struct Weights(BTreeMap<String, u64>);

impl Weights {
    /// Of the library in `file`, which has its symbols still.
    pub(super) fn of(file: &Path) -> Result<Self> {
        let symbols = ["--print-size", "--numeric-sort", "--defined-only", "--demangle", "--radix=d"];
        let symbols = capture(command("nm", &symbols).arg(file))?;
        let sections = capture(command("size", &["--format=sysv", "--radix=10"]).arg(file))?;
        let mut weights = Self::default();
        let mut named = BTreeMap::new();
        let mut before = "C";
        for line in symbols.lines() {
            let Some((section, bytes, name)) = symbol(line) else { continue };
            // The linker leaves what comes from one C file together: a name that says nothing is its neighbour's.
            let part = if name.contains("::") { crate_of(name) } else { c_of(name).unwrap_or(before) };
            if !name.contains("::") {
                before = part;
            }
            weights.add(part, bytes);
            *named.entry(section).or_insert(0) += bytes;
        }
        for line in sections.lines() {
            let words: Vec<&str> = line.split_whitespace().collect();
            let [section, bytes, _] = words[..] else { continue };
            let Some(what) = unnamed(section) else { continue };
            let bytes: u64 = bytes.parse().with_context(|| format!("the size of {section}"))?;
            weights.add(what, bytes.saturating_sub(named.get(section).copied().unwrap_or(0)));
        }
        Ok(weights)
    }

    /// How many bytes are known to be this part's.
    pub(super) fn of_part(&self, part: &str) -> u64 {
        self.0.get(part).copied().unwrap_or(0)
    }

    /// The parts that have any.
    pub(super) fn parts(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    fn add(&mut self, part: &str, bytes: u64) {
        *self.0.entry(part.to_owned()).or_insert(0) += bytes;
    }
}

/// A line of nm: address, size, kind, name. Gives the section, the size and the name; nothing for what takes no place in
/// the file.
fn symbol(line: &str) -> Option<(&'static str, u64, &str)> {
    let mut words = line.splitn(4, ' ');
    let (_, bytes, kind, name) = (words.next()?, words.next()?, words.next()?, words.next()?);
    let section = match kind {
        "t" | "T" | "w" | "W" => ".text",
        "r" | "R" | "v" | "V" => ".rodata",
        // Of data that is relocated nm does not say more.
        "d" | "D" => ".data.rel.ro",
        _ => return None,
    };
    Some((section, bytes.parse().ok()?, name))
}

/// What a section is for, where it has bytes that belong to no symbol.
fn unnamed(section: &str) -> Option<&'static str> {
    Some(match section {
        ".text" => "code without a name",
        ".rodata" => "constants without a name (texts, tables)",
        ".data.rel.ro" | ".data" | ".got" => "pointers without a name",
        ".eh_frame" | ".eh_frame_hdr" | ".gcc_except_table" => "unwinding",
        ".rela.dyn" | ".rela.plt" | ".plt" => "relocations",
        ".dynsym" | ".dynstr" | ".gnu.hash" | ".gnu.version" => "the table of exported names",
        _ => return None,
    })
}

/// The C library that a name without a path belongs to.
fn c_of(name: &str) -> Option<&'static str> {
    C.iter().find(|(begin, _)| name.starts_with(begin)).map(|(_, part)| *part)
}

/// The crate that a path belongs to.
fn crate_of(name: &str) -> &str {
    for path in name.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':')) {
        let Some((first, _)) = path.split_once("::") else { continue };
        if !first.is_empty() && !STANDARD.contains(&first) {
            return first;
        }
    }
    "the standard library"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn generic_code_of_the_standard_library_is_whose_type_it_is_for() {
        assert_eq!(crate_of("phonein_core::wallet::open"), "phonein_core");
        assert_eq!(crate_of("core::ptr::drop_in_place<alloc::vec::Vec<jiff::tz::TimeZone>>"), "jiff");
        assert_eq!(crate_of("<alloc::string::String as core::fmt::Write>::write_str"), "the standard library");
        assert_eq!(crate_of("<&mut dyn rusqlite::ToSql as core::fmt::Debug>::fmt"), "rusqlite");
    }

    #[test]
    fn c_is_known_by_how_its_names_begin() {
        assert_eq!(c_of("sqlite3_prepare_v2"), Some("SQLite (C)"));
        assert_eq!(c_of("ring_core_0_17_14__x25519_ge_frombytes_vartime"), Some("ring"));
        assert_eq!(c_of("yy_reduce"), None);
    }

    #[test]
    fn a_symbol_without_bytes_in_the_file_does_not_count() {
        assert_eq!(symbol("00004096 00000016 T phonein_core::open"), Some((".text", 16, "phonein_core::open")));
        assert_eq!(symbol("00004096 00000016 b core::zeroed"), None);
        assert_eq!(symbol("00004096 t local"), None);
    }
}
