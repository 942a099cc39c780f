//! Looking for a time zone by what a person types.

use super::{find, names};
use jiff::Timestamp;
use phonein_protocol::Time;

/// The zones in whose names all the words of `typed` are, or which are as far ahead at `now` as it says. Those where a word
/// begins with what was typed come first; otherwise they are sorted.
pub fn search(typed: &str, now: Time) -> Vec<String> {
    let typed = readable(typed);
    let words: Vec<&str> = typed.split_whitespace().collect();
    let mut found: Vec<(bool, String)> = Vec::new();
    for name in names() {
        let shown = readable(&name);
        let fits =
            |word: &&str| offset(word).map_or_else(|| shown.contains(*word), |offset| is_ahead(&name, offset, now));
        if words.iter().all(fits) {
            let begins = |word: &&str| offset(word).is_some() || shown.split(' ').any(|part| part.starts_with(*word));
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

/// Seconds ahead of UTC: "+1", "utc+01:00", "-3:30", "gmt-5".
fn offset(word: &str) -> Option<i32> {
    let word = word.strip_prefix("utc").or_else(|| word.strip_prefix("gmt")).unwrap_or(word);
    let (sign, ahead) = match word.split_at_checked(1)? {
        ("+", ahead) => (1, ahead),
        ("-" | "−", ahead) => (-1, ahead),
        _ => return None,
    };
    let (hours, minutes) = ahead.split_once(':').unwrap_or((ahead, "0"));
    let number = |digits: &str| digits.parse::<u8>().ok().map(i32::from);
    Some(sign * (number(hours)? * 3_600 + number(minutes)? * 60))
}

fn is_ahead(name: &str, offset: i32, now: Time) -> bool {
    let Ok(now) = Timestamp::from_second(now) else { return false };
    find(name).is_ok_and(|zone| zone.to_offset(now).seconds() == offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2027-01-15 08:00 UTC: winter in Europe.
    const NOW: Time = 1_800_000_000;

    #[test]
    fn a_city_is_found_by_its_words_in_any_order() {
        for typed in ["new york", "New_York", "america/new_york", " york  NEW ", "America, new y"] {
            assert_eq!(search(typed, NOW).first().map(String::as_str), Some("America/New_York"), "{typed}");
        }
        assert_eq!(search("budapesst", NOW), [""; 0]);
    }

    #[test]
    fn what_begins_a_word_comes_first() {
        let found = search("rom", NOW);
        assert_eq!(found.first().map(String::as_str), Some("Europe/Rome"));
        assert!(search("ome", NOW).contains(&"Europe/Rome".to_owned()));
    }

    #[test]
    fn an_offset_is_that_of_now() {
        assert!(search("+1", NOW).contains(&"Europe/Budapest".to_owned()));
        assert!(!search("+2", NOW).contains(&"Europe/Budapest".to_owned()));
        assert_eq!(search("utc+05:30 asia kol", NOW), ["Asia/Kolkata"]);
        assert_eq!(search("-3:30 america", NOW), ["America/St_Johns"]);
        assert_eq!(search("+99999999999", NOW), [""; 0]);
    }

    #[test]
    fn nothing_typed_is_all_of_them() {
        assert_eq!(search(" ", NOW), names());
    }
}
