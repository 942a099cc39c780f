//! Text that people typed, or that came from outside, made plain: nothing in it can move the cursor, break a line where
//! there is one line, or turn the direction of what stands around it.

use icu_normalizer::ComposingNormalizerBorrowed;

/// The longest name of a key, a person or an intercom, in characters.
pub const NAME: usize = 40;
/// The longest welcome message, in characters.
pub const WELCOME: usize = 200;

/// A name on one line: trimmed, in NFC, without control and direction characters, white space as single spaces.
pub fn line(text: &str) -> String {
    let spaced = |character: char| if character.is_whitespace() { ' ' } else { character };
    // Composed last: letters may meet only once what stood between them is gone.
    let clean: String = text.chars().map(spaced).filter(|character| !is_hidden(*character)).collect();
    let composed = ComposingNormalizerBorrowed::new_nfc().normalize(&clean);
    composed.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A message of several lines: as [`line()`], but it keeps its line breaks; at most one empty line in a row.
pub fn message(text: &str) -> String {
    let unified = text.replace("\r\n", "\n").replace(['\r', '\u{85}', '\u{2028}', '\u{2029}', '\u{b}', '\u{c}'], "\n");
    let mut lines: Vec<String> = unified.split('\n').map(line).collect();
    lines.dedup_by(|next, before| next.is_empty() && before.is_empty());
    lines.join("\n").trim().to_owned()
}

/// A name as it is kept, or `None` if nothing is left of it or it is too long.
pub fn name(typed: &str) -> Option<String> {
    let name = line(typed);
    (1..=NAME).contains(&characters(&name)).then_some(name)
}

/// A welcome message from outside as it is shown; `None` if nothing is left of it.
pub fn welcome(text: &str) -> Option<String> {
    let shown: String = message(text).chars().take(WELCOME).collect();
    (!shown.is_empty()).then_some(shown)
}

/// The length people mean: Unicode scalar values.
pub fn characters(text: &str) -> usize {
    text.chars().count()
}

/// Controls, and the marks, embeddings, overrides and isolates of the bidirectional algorithm (UAX #9), which letters of
/// right-to-left scripts do not need. The joiners stay: emoji and several scripts are written with them.
fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{206a}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0001}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_name_is_one_trimmed_line_in_nfc() {
        assert_eq!(line("  Be\u{301}la \t and\r\nAnna "), "Béla and Anna");
        assert_eq!(characters(&line("Be\u{301}la")), 4);
        assert_eq!(line("a\u{0}b\u{7}c\u{9b}d"), "abcd");
        assert_eq!(line(" \u{a0}\u{3000}\u{202e}\n"), "");
    }

    #[test]
    fn direction_characters_cannot_turn_what_stands_around_a_name() {
        assert_eq!(line("Anna\u{202e}gnp.exe"), "Annagnp.exe");
        assert_eq!(line("\u{2067}Anna\u{2069}\u{200f}\u{61c}"), "Anna");
    }

    #[test]
    fn right_to_left_names_and_emoji_survive() {
        for name in ["דנה", "محمد علی", "👩‍👩‍👧 Család", "🏳️‍🌈", "می‌خواهم"] {
            assert_eq!(line(name), name);
        }
    }

    #[test]
    fn a_message_keeps_its_lines() {
        assert_eq!(message("\n Hello \r\n\r\n\r\n\r\nthe mop\u{2028}is behind\r"), "Hello\n\nthe mop\nis behind");
        assert_eq!(message("\u{202e} \n \t"), "");
    }

    proptest! {
        #[test]
        fn cleaning_twice_changes_nothing(text in "\\PC*|[\\s\\p{Cc}\\p{Cf}a-z]*") {
            for clean in [line, message] {
                let once = clean(&text);
                prop_assert_eq!(clean(&once), once.clone());
                prop_assert!(!once.chars().any(|character| character != '\n' && is_hidden(character)));
            }
        }
    }
}
