//! Looking for a time zone by what a person types.

use super::names;

/// The zones in whose names all the words of `typed` are. Those where a word begins with what was typed come first;
/// otherwise they are sorted.
pub fn search(typed: &str) -> Vec<String> {
    let typed = readable(typed);
    let words: Vec<&str> = typed.split_whitespace().collect();
    let mut found: Vec<(bool, String)> = Vec::new();
    for name in names() {
        let shown = readable(&name);
        if words.iter().all(|word| shown.contains(*word)) {
            let begins = |word: &&str| shown.split(' ').any(|part| part.starts_with(*word));
            found.push((!words.iter().all(begins), name));
        }
    }
    found.sort();
    found.into_iter().map(|(_, name)| name).collect()
}

/// As people type it: "america new york".
fn readable(name: &str) -> String {
    name.to_lowercase().replace(['_', '/', ','], " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_city_is_found_by_its_words_in_any_order() {
        for typed in ["new york", "New_York", "america/new_york", " york  NEW ", "America, new y"] {
            assert_eq!(search(typed), ["America/New_York"], "{typed}");
        }
        assert_eq!(search("budapesst"), [""; 0]);
    }

    #[test]
    fn what_begins_a_word_comes_first() {
        let found = search("lon");
        assert_eq!(found, ["Arctic/Longyearbyen", "Europe/London", "America/Blanc-Sablon", "America/Miquelon"]);
    }

    #[test]
    fn nothing_typed_is_all_of_them() {
        assert_eq!(search(" "), names());
    }
}
