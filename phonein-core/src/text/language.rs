//! The files of words, and finding a message in them.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};

/// Each language Phonein speaks, by its primary subtag; the first is what the others fall back to. A new language is a file
/// and a line here.
const LANGUAGES: [(&str, &str); 1] = [("en", include_str!("en.ftl"))];

pub(super) struct Language {
    /// The wanted language, then English.
    bundles: Vec<FluentBundle<FluentResource>>,
}

impl Language {
    pub(super) fn of(locale: &str) -> Self {
        let wanted = locale.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        let (english, others) = LANGUAGES.split_first().map_or((None, [].as_slice()), |(one, rest)| (Some(one), rest));
        let own = others.iter().find(|(tag, _)| *tag == wanted);
        Self { bundles: own.into_iter().chain(english).map(|(tag, words)| bundle(tag, words)).collect() }
    }

    /// The message, in English if this language lacks it; the id itself if no file has it, which a test rules out.
    pub(super) fn say(&self, id: &str, arguments: &FluentArgs) -> String {
        #[cfg(test)]
        super::snapshot::said(id);
        let found = self.bundles.iter().find_map(|bundle| {
            let pattern = bundle.get_message(id)?.value()?;
            let mut errors = Vec::new();
            let words = bundle.format_pattern(pattern, Some(arguments), &mut errors).into_owned();
            debug_assert!(errors.is_empty(), "{id}: {errors:?}");
            Some(words)
        });
        found.unwrap_or_else(|| id.to_owned())
    }
}

fn bundle(tag: &str, words: &str) -> FluentBundle<FluentResource> {
    let locale = tag.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![locale]);
    // No invisible marks around names: sentences are compared, copied and exported as they are.
    bundle.set_use_isolating(false);
    // What can be read of a faulty file is used; a test finds the fault.
    let resource = FluentResource::try_new(words.to_owned()).unwrap_or_else(|(resource, _)| resource);
    bundle.add_resource_overriding(resource);
    bundle
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
        }
    }

    #[test]
    fn an_unknown_language_is_english() {
        for locale in ["en", "en-GB", "EN_us", "tlh", ""] {
            assert_eq!(Language::of(locale).say("today", &FluentArgs::new()), "Today", "{locale:?}");
        }
    }
}
