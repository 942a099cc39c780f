//! The sources of a language's tests, without lines that are only comments.

use std::{fs, path::Path};

use anyhow::Result;

use crate::language::Language;

/// All code under `directory`.
pub(crate) fn code(directory: &Path, language: Language) -> Result<String> {
    let mut code = String::new();
    for entry in fs::read_dir(directory)? {
        let path = entry?.path();
        if path.is_dir() {
            code += &self::code(&path, language)?;
        } else if path.extension().is_some_and(|extension| extension == language.extension()) {
            let text = fs::read_to_string(&path)?;
            let is_comment = |line: &&str| language.comments().iter().any(|begin| line.trim_start().starts_with(begin));
            for line in text.lines().filter(|line| !is_comment(line)) {
                code += line;
                code += "\n";
            }
        }
    }
    Ok(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_other_files_do_not_count() {
        let directory = tempfile::tempdir().unwrap();
        let inner = directory.path().join("inner");
        fs::create_dir(&inner).unwrap();
        fs::write(inner.join("Test.kt"), "// Key\n  * Home\nval row: KeyRow\n").unwrap();
        fs::write(inner.join("notes.md"), "Share").unwrap();
        assert_eq!(code(directory.path(), Language::Kotlin).unwrap(), "val row: KeyRow\n");
    }
}
