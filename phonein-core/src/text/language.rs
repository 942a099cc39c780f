//! The files of words, and finding a message in them.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use std::sync::{Mutex, PoisonError};

/// Each language Phonein speaks, by its primary subtag; the first is what the others fall back to. A new language is a file
/// and a line here.
const LANGUAGES: [(&str, &str); 1] = [("en", include_str!("en.ftl"))];

pub(super) struct Language {
    /// The wanted language, then English.
    files: Vec<File>,
}

impl Language {
    pub(super) fn of(locale: &str) -> Self {
        let wanted = locale.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        let (english, others) = LANGUAGES.split_first().map_or((None, [].as_slice()), |(one, rest)| (Some(one), rest));
        let own = others.iter().find(|(tag, _)| *tag == wanted);
        Self { files: own.into_iter().chain(english).map(|(tag, words)| File::new(tag, words)).collect() }
    }

    /// The message, in English if this language lacks it; the id itself if no file has it, which a test rules out.
    pub(super) fn say(&self, id: &str, arguments: &FluentArgs) -> String {
        #[cfg(test)]
        super::snapshot::said(id);
        self.files.iter().find_map(|file| file.say(id, arguments)).unwrap_or_else(|| id.to_owned())
    }
}

/// A language's messages. Each is parsed when it is said for the first time: all of them, parsed, take thirty times the room
/// of their file, and few are ever said.
struct File {
    words: &'static str,
    parsed: Mutex<FluentBundle<FluentResource>>,
}

impl File {
    fn new(tag: &str, words: &'static str) -> Self {
        let locale = tag.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![locale]);
        // No invisible marks around names: sentences are compared, copied and exported as they are.
        bundle.set_use_isolating(false);
        Self { words, parsed: Mutex::new(bundle) }
    }

    fn say(&self, id: &str, arguments: &FluentArgs) -> Option<String> {
        let mut parsed = self.parsed.lock().unwrap_or_else(PoisonError::into_inner);
        if !parsed.has_message(id) {
            // What can be read of a faulty message is used; a test finds the fault.
            let message = FluentResource::try_new(source(self.words, id)?).unwrap_or_else(|(message, _)| message);
            parsed.add_resource_overriding(message);
        }
        let pattern = parsed.get_message(id)?.value()?;
        let mut errors = Vec::new();
        let words = parsed.format_pattern(pattern, Some(arguments), &mut errors).into_owned();
        debug_assert!(errors.is_empty(), "{id}: {errors:?}");
        Some(words)
    }
}

/// A message as it stands in its file: up to the line where another one or a comment begins. None refers to another.
fn source(words: &str, id: &str) -> Option<String> {
    let (_, rest) = words.split_once(&format!("\n{id} ="))?;
    let begins = |line: &str| line.starts_with(|first: char| first.is_ascii_alphabetic() || first == '#');
    let own: Vec<&str> =
        rest.split('\n').enumerate().map_while(|(at, line)| (at == 0 || !begins(line)).then_some(line)).collect();
    Some(format!("{id} ={}", own.join("\n")))
}

/// The ids of the messages of a file.
#[cfg(test)]
pub(super) fn ids(words: &str) -> std::collections::BTreeSet<String> {
    let message = |line: &str| {
        let (id, _) = line.split_once(" =")?;
        id.starts_with(|first: char| first.is_ascii_alphabetic()).then(|| id.to_owned())
    };
    words.lines().filter_map(message).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_file_of_words_is_listed_and_without_fault() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/text");
        let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let found: BTreeSet<_> = files.filter(|path| path.extension().is_some_and(|ending| ending == "ftl")).collect();
        let listed = LANGUAGES.iter().map(|(tag, _)| std::path::Path::new(folder).join(format!("{tag}.ftl"))).collect();
        assert_eq!(found, listed);
        for (tag, words) in LANGUAGES {
            let faults = FluentResource::try_new(words.to_owned()).err().map(|(_, faults)| faults);
            assert_eq!(faults, None, "{tag}");
            assert_eq!(ids(words), ids(LANGUAGES[0].1), "{tag}");
            for id in ids(words) {
                let message = FluentResource::try_new(source(words, &id).unwrap()).unwrap();
                assert_eq!(message.entries().count(), 1, "{tag}: {id}");
            }
        }
    }

    #[test]
    fn an_unknown_language_is_english() {
        for locale in ["en", "en-GB", "EN_us", "tlh", ""] {
            assert_eq!(Language::of(locale).say("today", &FluentArgs::new()), "Today", "{locale:?}");
        }
    }
}
