//! How each language spells what is exported.

use std::fmt;

use anyhow::{Result, bail};
use heck::{ToLowerCamelCase, ToSnakeCase};

use crate::exported::Exported;

/// A language that has tests of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    /// With `JUnit`.
    Kotlin,
    /// With `XCTest` or Swift Testing.
    Swift,
    /// With unittest.
    Python,
}

impl Language {
    /// As the command line has it.
    pub(crate) fn named(name: &str) -> Result<Self> {
        Ok(match name {
            "kotlin" => Self::Kotlin,
            "swift" => Self::Swift,
            "python" => Self::Python,
            other => bail!("no tests are known in {other}"),
        })
    }

    /// How its source files end.
    pub(crate) fn extension(self) -> &'static str {
        match self {
            Self::Kotlin => "kt",
            Self::Swift => "swift",
            Self::Python => "py",
        }
    }

    /// What begins a line that is only a comment.
    pub(crate) fn comments(self) -> &'static [&'static str] {
        match self {
            Self::Kotlin | Self::Swift => &["//", "/*", "*"],
            Self::Python => &["#"],
        }
    }

    /// What a source must hold to reach `item`.
    pub(crate) fn spells(self, item: &Exported) -> Spelling {
        Spelling(match item {
            Exported::Function(name) => format!("{}(", self.method(name)),
            // In `apply` and the like of Kotlin the object goes without saying.
            Exported::Method(_, name) if self == Self::Kotlin => format!("{}(", self.method(name)),
            Exported::Method(_, name) => format!(".{}(", self.method(name)),
            Exported::TraitMethod(_, name) => format!("{} {}(", self.function_word(), self.method(name)),
            Exported::Object(name) | Exported::Trait(name) | Exported::Record(name) | Exported::Enum(name) => {
                name.clone()
            }
            Exported::Error(name) => self.error(name),
            Exported::Case(of, name) => format!("{}.{name}", self.error(of)),
        })
    }

    fn method(self, name: &str) -> String {
        match self {
            Self::Kotlin | Self::Swift => name.to_lower_camel_case(),
            Self::Python => name.to_snake_case(),
        }
    }

    fn function_word(self) -> &'static str {
        match self {
            Self::Kotlin => "fun",
            Self::Swift => "func",
            Self::Python => "def",
        }
    }

    fn error(self, name: &str) -> String {
        match (self, name.strip_suffix("Error")) {
            (Self::Kotlin, Some(stem)) => format!("{stem}Exception"),
            _ => name.to_owned(),
        }
    }
}

/// A piece of code.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Spelling(String);

impl Spelling {
    /// Whether it stands in `code`, and is not only a part of a longer name.
    pub(crate) fn is_in(&self, code: &str) -> bool {
        let is_name = |next: Option<char>| next.is_some_and(|next| next.is_alphanumeric() || next == '_');
        // At either end a name goes on only if the piece has a name there, too.
        let is_joined = |left: &str, right: &str| is_name(left.chars().next_back()) && is_name(right.chars().next());
        code.match_indices(&self.0).any(|(at, found)| {
            let (before, rest) = code.split_at_checked(at).unwrap_or_default();
            let after = rest.get(found.len()..).unwrap_or_default();
            !(is_joined(before, found) || is_joined(found, after))
        })
    }
}

impl fmt::Display for Spelling {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_has_its_own_spelling() {
        let spelled = |item: &Exported| {
            [Language::Kotlin, Language::Swift, Language::Python].map(|language| language.spells(item).to_string())
        };
        let method = Exported::Method("Phonein".into(), "add_intercom".into());
        assert_eq!(spelled(&method), ["addIntercom(", ".addIntercom(", ".add_intercom("]);
        let case = Exported::Case("WalletError".into(), "TooNew".into());
        assert_eq!(spelled(&case), ["WalletException.TooNew", "WalletError.TooNew", "WalletError.TooNew"]);
        let told = Exported::TraitMethod("UnlockListener".into(), "on_tap".into());
        assert_eq!(spelled(&told), ["fun onTap(", "func onTap(", "def on_tap("]);
        assert_eq!(spelled(&Exported::Error("LinkError".into())), ["LinkException", "LinkError", "LinkError"]);
    }

    #[test]
    fn a_part_of_a_longer_name_does_not_count() {
        let key = Spelling("Key".into());
        for (code, is_in) in [("Key", true), ("KeyRow", false), ("aKey", false), ("KeyRow(Key())", true), ("", false)] {
            assert_eq!(key.is_in(code), is_in, "{code}");
        }
        assert!(Spelling(".key(".into()).is_in("phone.key(id)"));
    }
}
