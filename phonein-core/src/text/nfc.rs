//! Names look the same however they were typed: Unicode's normal form C (UAX #15), by the tables that build.rs left of it.

include!(concat!(env!("OUT_DIR"), "/nfc.rs"));

// Hangul's syllables are computed (the Unicode Standard, section 3.12): a leading consonant, a vowel, perhaps a trailing one.
const SYLLABLES: u32 = 0xac00;
const LEADING: u32 = 0x1100;
const VOWELS: u32 = 0x1161;
/// One before the first, which stands for none.
const TRAILING: u32 = 0x11a7;
const VOWEL_COUNT: u32 = 21;
const TRAILING_COUNT: u32 = 28;
const LEADING_COUNT: u32 = 19;
const SYLLABLE_COUNT: u32 = LEADING_COUNT * VOWEL_COUNT * TRAILING_COUNT;

/// `text` in NFC.
pub(super) fn nfc(text: impl Iterator<Item = char>) -> String {
    let mut parts = Vec::new();
    for character in text {
        decompose(character, &mut parts);
    }
    sort(&mut parts);
    compose(parts)
}

/// A character and its combining class.
type Part = (char, u8);

fn decompose(character: char, parts: &mut Vec<Part>) {
    // All Latin without marks, and much more.
    if character < '\u{c0}' {
        return parts.push((character, 0));
    }
    if let Some(syllable) = index(character, SYLLABLES, SYLLABLE_COUNT) {
        let trailing = syllable % TRAILING_COUNT;
        let vowel = syllable / TRAILING_COUNT;
        let jamo = [(LEADING, vowel / VOWEL_COUNT), (VOWELS, vowel % VOWEL_COUNT), (TRAILING, trailing)];
        let jamo = jamo.into_iter().take(if trailing == 0 { 2 } else { 3 });
        return parts.extend(jamo.filter_map(|(first, index)| Some((char::from_u32(first + index)?, 0))));
    }
    let found = [&PAIRS[..], &OTHERS].into_iter().find_map(|table| {
        let at = table.binary_search_by_key(&character, |(composed, ..)| *composed).ok()?;
        table.get(at)
    });
    let Some((_, first, second)) = found else { return parts.push((character, class(character))) };
    decompose(*first, parts);
    if *second != '\0' {
        decompose(*second, parts);
    }
}

fn class(character: char) -> u8 {
    let after = CLASSES.partition_point(|(first, ..)| *first <= character);
    let found = after.checked_sub(1).and_then(|at| CLASSES.get(at));
    found
        .filter(|(first, count, _)| index(character, u32::from(*first), *count).is_some())
        .map_or(0, |(.., class)| *class)
}

/// Marks by their class; those of one class stay in order.
fn sort(parts: &mut [Part]) {
    for end in 1..parts.len() {
        for at in (1..=end).rev() {
            let ((_, before), (_, class)) = (parts[at - 1], parts[at]);
            if class == 0 || before <= class {
                break;
            }
            parts.swap(at - 1, at);
        }
    }
}

fn compose(parts: Vec<Part>) -> String {
    let mut composed: Vec<Part> = Vec::with_capacity(parts.len());
    let mut starter: Option<usize> = None;
    for (character, class) in parts {
        if let Some(at) = starter {
            let is_next = composed.len() == at + 1;
            let is_blocked = !is_next && composed.last().is_some_and(|(_, before)| *before >= class);
            if let Some(one) = pair(composed[at].0, character).filter(|_| !is_blocked) {
                composed[at].0 = one;
                continue;
            }
        }
        if class == 0 {
            starter = Some(composed.len());
        }
        composed.push((character, class));
    }
    composed.into_iter().map(|(character, _)| character).collect()
}

/// The character that two are together.
fn pair(first: char, second: char) -> Option<char> {
    if second < '\u{300}' {
        return None;
    }
    if let (Some(leading), Some(vowel)) = (index(first, LEADING, LEADING_COUNT), index(second, VOWELS, VOWEL_COUNT)) {
        return char::from_u32(SYLLABLES + (leading * VOWEL_COUNT + vowel) * TRAILING_COUNT);
    }
    if let (Some(syllable), Some(trailing)) =
        (index(first, SYLLABLES, SYLLABLE_COUNT), index(second, TRAILING, TRAILING_COUNT))
    {
        let is_open = syllable.is_multiple_of(TRAILING_COUNT) && trailing > 0;
        return is_open.then(|| char::from_u32(SYLLABLES + syllable + trailing)).flatten();
    }
    let found = PAIRS.iter().find(|(_, one, other)| (*one, *other) == (first, second));
    found.map(|(composed, ..)| *composed)
}

/// The place of a character among `count` that begin with `first`.
fn index(character: char, first: u32, count: u32) -> Option<u32> {
    u32::from(character).checked_sub(first).filter(|index| *index < count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::{collection::vec, prelude::*};
    use std::collections::BTreeMap;
    use unicode_normalization::UnicodeNormalization;

    fn is_as_the_crate_says(text: &str) -> bool {
        nfc(text.chars()) == text.nfc().collect::<String>()
    }

    #[test]
    fn every_character_alone_and_what_it_is_made_of() {
        for character in '\0'..=char::MAX {
            let alone = character.to_string();
            assert!(is_as_the_crate_says(&alone), "{character:?}");
            assert!(is_as_the_crate_says(&alone.nfd().collect::<String>()), "{character:?}");
        }
    }

    #[test]
    fn every_pair_beside_every_kind_of_mark() {
        // One of each class, before and after what the pair is made with.
        let marks: BTreeMap<u8, char> = CLASSES.iter().map(|(mark, _, class)| (*class, *mark)).collect();
        for (_, first, second) in &PAIRS {
            for mark in marks.values() {
                assert!(
                    is_as_the_crate_says(&String::from_iter([first, mark, second])),
                    "{first:?} {mark:?} {second:?}"
                );
                assert!(
                    is_as_the_crate_says(&String::from_iter([first, second, mark])),
                    "{first:?} {second:?} {mark:?}"
                );
            }
        }
    }

    proptest! {
        #[test]
        fn any_text_of_what_changes(
            text in vec(
                prop_oneof![
                    (0..PAIRS.len()).prop_map(|at| PAIRS[at].0),
                    (0..PAIRS.len()).prop_map(|at| PAIRS[at].1),
                    (0..PAIRS.len()).prop_map(|at| PAIRS[at].2),
                    (0..OTHERS.len()).prop_map(|at| OTHERS[at].0),
                    (0..CLASSES.len()).prop_map(|at| CLASSES[at].0),
                    '\u{1100}'..'\u{1200}',
                    '\u{ac00}'..'\u{ac40}',
                    any::<char>(),
                ],
                0..8,
            )
        ) {
            let text = String::from_iter(text);
            prop_assert!(is_as_the_crate_says(&text), "{text:?}");
        }
    }
}
