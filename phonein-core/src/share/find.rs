//! A link out of whatever was pasted or scanned.

use crate::text::link::LinkProblem;
use phonein_protocol::link::{Link, LinkError};

/// More than a message of a shared key can have; what is longer is not looked at.
const MOST_PASTED: usize = 16 * 1024;
const SCHEME: &[u8] = b"https://";

/// The link in `pasted`: alone, or with the text it was shared with around it.
///
/// If there are several, the first that can be read; if none can, what is wrong with the one that came nearest.
pub fn read(pasted: &str) -> Result<Link, LinkProblem> {
    if pasted.len() > MOST_PASTED {
        return Err(LinkProblem::NotOurs);
    }
    let mut nearest = LinkProblem::NotOurs;
    for candidate in candidates(pasted) {
        match Link::parse(candidate) {
            Ok(link) => return Ok(link),
            Err(LinkError::TooNew) => nearest = LinkProblem::TooNew,
            Err(LinkError::Damaged) if nearest == LinkProblem::NotOurs => nearest = LinkProblem::Damaged,
            Err(LinkError::Damaged | LinkError::NotALink) => {}
        }
    }
    Err(nearest)
}

/// Everything that begins like an https address, up to the first character no link of ours has.
fn candidates(text: &str) -> impl Iterator<Item = &str> {
    let begins = |at: &usize| {
        let here = text.as_bytes().get(*at..at.saturating_add(SCHEME.len()));
        here.is_some_and(|bytes| bytes.eq_ignore_ascii_case(SCHEME))
    };
    (0..text.len()).filter(begins).filter_map(|at| {
        let rest = text.get(at..)?;
        let end = rest.find(|character: char| !is_of_a_link(character)).unwrap_or(rest.len());
        rest.get(..end).map(|link| link.trim_end_matches('.'))
    })
}

fn is_of_a_link(character: char) -> bool {
    character.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'*+,;=%".contains(character)
}

#[cfg(test)]
mod tests {
    use super::*;
    use phonein_protocol::grant::{About, Grant, SignedGrant, Terms};
    use phonein_protocol::id::{Doors, KeyId, Kid, LinkSecret};
    use phonein_protocol::rule::Rule;
    use proptest::prelude::*;

    fn link() -> Link {
        let secret = LinkSecret([7; 16]);
        let terms = Terms {
            claim_by: 2_000,
            rule: Rule::Always,
            uses: None,
            doors: Doors::ENTRANCE,
            commitment: secret.commitment(),
        };
        let about = About { name: Some("Cleaner".into()), ..About::default() };
        let grant =
            Grant { key: KeyId::from_bytes([1; 8]), version: 1, base: 0, issued: 1_000, terms: Some(terms), about };
        let grant = SignedGrant::new(grant, Kid::from_bytes([2; 8]), [3; 64]);
        Link { intercom: [4; 32], secret, grant, name: "Home".into(), zone: "Europe/Budapest".into(), url: None }
    }

    fn text() -> String {
        link().to_text("phonein.example").to_string()
    }

    #[test]
    fn a_link_is_found_in_the_text_it_was_shared_with() {
        for around in ["{}", "  {}\n", "Anna sends you a key. Open it: {}", "<{}>", "({}).", "„{}”", "{}. See you"]
        {
            let pasted = around.replace("{}", &text());
            assert_eq!(read(&pasted), Ok(link()), "{around}");
        }
        let other = format!("https://example.org/k#AQ and HTTPS{}", text().trim_start_matches("https"));
        assert_eq!(read(&other), Ok(link()));
    }

    #[test]
    fn what_is_wrong_with_a_text_is_said() {
        for strange in ["", "hello", "https://", "https://example.org/other#AQ", "http://phonein.example/k#AQ"] {
            assert_eq!(read(strange), Err(LinkProblem::NotOurs), "{strange:?}");
        }
        let cut = text();
        assert_eq!(read(&cut[..cut.len() - 30]), Err(LinkProblem::Damaged));
        assert_eq!(read("https://phonein.example/k#Ag"), Err(LinkProblem::TooNew));
        assert_eq!(read(&format!("{}{}", "x".repeat(MOST_PASTED), text())), Err(LinkProblem::NotOurs));
    }

    proptest! {
        #[test]
        fn noise_is_never_a_panic(noise in "\\PC*", head in "(https://|HTTPS://a/k#)?") {
            let _ = read(&format!("{noise}{head}{noise}"));
        }

        #[test]
        fn a_mutated_link_is_never_a_panic_and_never_the_same_key(at in 0_usize..300, with in "[A-Za-z0-9_#/:-]") {
            let whole = text();
            let mut mutated = whole.clone();
            let at = at % whole.len();
            mutated.replace_range(at..=at, &with);
            if let Ok(read) = read(&mutated) {
                prop_assert!(mutated == whole || read != link() || at < whole.find('#').unwrap());
            }
        }
    }
}
