//! Where an intercom can be reached by HTTP.

use std::{fmt, net::Ipv6Addr};

use reqwest::Url;

/// The reference intercom's port, where an address says neither scheme nor port.
const PORT: u16 = 8042;
/// As in an intercom's settings and in links.
const LONGEST: usize = 256;

/// The base URL of an intercom, without a slash at its end: `http://192.168.1.20:8042`, `https://relay.example/i/7f3a`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BaseUrl(String);

/// Why a text is no address of an intercom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an address of an intercom")]
pub struct AddressError;

impl BaseUrl {
    /// Reads what was typed, scanned, or came in a link or an answer (docs/protocol.md, section 9). Without a scheme it
    /// is http, and port 8042 unless it names one. Only http and https; no user, query or fragment. A host of another
    /// script is written in its `xn--` form (docs/decisions/0010-what-a-phone-carries.md).
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        let text = text.trim();
        let odd = |character: char| character.is_whitespace() || character.is_control() || "\\?#@".contains(character);
        let authority = text.split_once("://").map_or(text, |(_, rest)| rest).split('/').next().unwrap_or_default();
        // In a host `%` would hide another script.
        if text.len() > LONGEST || !text.is_ascii() || text.contains(odd) || authority.contains('%') {
            return Err(AddressError);
        }
        let url = if text.contains("://") { parse_url(text)? } else { parse_host(text)? };
        let base = url.as_str().trim_end_matches('/');
        if url.cannot_be_a_base() || !url.has_host() || base.len() > LONGEST {
            return Err(AddressError);
        }
        Ok(Self(base.to_owned()))
    }

    /// As it is kept and shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What is called at `path`.
    pub(super) fn at(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn parse_url(text: &str) -> Result<Url, AddressError> {
    let url = Url::parse(text).map_err(|_| AddressError)?;
    if matches!(url.scheme(), "http" | "https") { Ok(url) } else { Err(AddressError) }
}

fn parse_host(text: &str) -> Result<Url, AddressError> {
    let bare_v6 = text.parse::<Ipv6Addr>().is_ok();
    let url = if bare_v6 { parse_url(&format!("http://[{text}]"))? } else { parse_url(&format!("http://{text}"))? };
    // A port that is http's own does not show in the URL, so look at what was typed.
    let authority = text.split('/').next().unwrap_or_default();
    let after_host = authority.rsplit(']').next().unwrap_or_default();
    if !bare_v6 && after_host.contains(':') {
        return Ok(url);
    }
    let mut url = url;
    url.set_port(Some(PORT)).map_err(|()| AddressError)?;
    Ok(url)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parsed(text: &str) -> Option<String> {
        BaseUrl::parse(text).ok().map(|url| url.as_str().to_owned())
    }

    #[test]
    fn a_typed_address_is_completed() {
        for (typed, url) in [
            ("192.168.1.20", "http://192.168.1.20:8042"),
            (" door.local \n", "http://door.local:8042"),
            ("door.local/", "http://door.local:8042"),
            ("door.local:80", "http://door.local"),
            ("door.local:9000/a/", "http://door.local:9000/a"),
            ("door.local/a", "http://door.local:8042/a"),
            ("fe80::1", "http://[fe80::1]:8042"),
            ("[fe80::1]", "http://[fe80::1]:8042"),
            ("[fe80::1]:9000", "http://[fe80::1]:9000"),
            ("HTTP://Door.Local", "http://door.local"),
            ("https://relay.example/i/7f3a/", "https://relay.example/i/7f3a"),
            ("https://relay.example:443", "https://relay.example"),
            ("http://door.local:8042", "http://door.local:8042"),
        ] {
            assert_eq!(parsed(typed).as_deref(), Some(url), "{typed}");
        }
    }

    #[test]
    fn anything_else_is_refused() {
        let long = format!("door.local/{}", "a".repeat(LONGEST));
        for text in [
            "",
            " ",
            "http://",
            "://door",
            "ftp://door.local",
            "file:///etc/passwd",
            "javascript://door",
            "https://anna@door.local",
            "https://anna:secret@door.local",
            "anna@door.local",
            "door.local?a=b",
            "door.local#a",
            "http://door.local\\@evil",
            "two words",
            "köszeg.example",
            "A\u{10857}",
            "http://A%F0%90%A1%97",
            "door\tlocal",
            "door.local:99999",
            "door.local:port",
            "[fe80::1",
            "phonein:door",
            &long,
        ] {
            assert_eq!(parsed(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_accepted_is_accepted_again_unchanged(text in "(https?://)?[a-z0-9.:\\[\\]/%é-]{0,40}|\\PC{0,40}") {
            if let Some(url) = parsed(&text) {
                prop_assert!(url.starts_with("http://") || url.starts_with("https://"));
                prop_assert_eq!(parsed(&url), Some(url));
            }
        }
    }
}
