//! A shared link: an invitation in the fragment of a URL (docs/protocol.md, section 10).

use crate::{
    cbor::{Malformed, Reader, Writer, item_length, whole_item},
    grant::{GrantError, SignedGrant},
    id::LinkSecret,
};
use alloc::{format, string::String, vec::Vec};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use zeroize::Zeroizing;

/// The longest link that is looked at.
const MAX_LINK: usize = 4096;
/// The newest version of the payload that is known here.
const VERSION: u8 = 1;
/// The longest name of an intercom, zone or base URL.
const MAX_TEXT: usize = 256;

/// What a link says. All of it is hearsay until the intercom has answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The intercom's public key.
    pub intercom: [u8; 32],
    /// What makes the first phone the key's holder.
    pub secret: LinkSecret,
    /// The key.
    pub grant: SignedGrant,
    /// What the manager calls the intercom.
    pub name: String,
    /// The intercom's zone.
    pub zone: String,
    /// Where the intercom can be reached by HTTP.
    pub url: Option<String>,
}

/// Why a text is no link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// Some other text.
    #[error("not a link to a key")]
    NotALink,
    /// It begins like one, but what follows is damaged.
    #[error("the link is damaged or not complete")]
    Damaged,
    /// The app must be updated first.
    #[error("made by a newer version")]
    TooNew,
}

impl From<Malformed> for LinkError {
    fn from(Malformed: Malformed) -> Self {
        Self::Damaged
    }
}

impl Link {
    /// The text to share: `https://{host}/k#…`.
    pub fn to_text(&self, host: &str) -> Zeroizing<String> {
        let mut payload = Zeroizing::new(Vec::new());
        payload.push(VERSION);
        payload.extend_from_slice(&self.intercom);
        payload.extend_from_slice(&self.secret.0);
        payload.extend_from_slice(self.grant.bytes());
        let mut display = Writer::default();
        display.array(3).text(&self.name).text(&self.zone).nullable(self.url.as_deref(), |w, url| {
            w.text(url);
        });
        payload.extend_from_slice(&display.into_bytes());
        let encoded = Zeroizing::new(BASE64_URL_SAFE_NO_PAD.encode(&*payload));
        Zeroizing::new(format!("https://{host}/k#{}", *encoded))
    }

    /// Reads a link of any https host. Bounded, never panics, touches no network.
    pub fn parse(text: &str) -> Result<Self, LinkError> {
        let fragment = fragment(text.trim()).ok_or(LinkError::NotALink)?;
        let payload = Zeroizing::new(BASE64_URL_SAFE_NO_PAD.decode(fragment).map_err(|_| LinkError::Damaged)?);
        let (version, rest) = payload.split_first().ok_or(LinkError::Damaged)?;
        if *version != VERSION {
            return Err(if *version > VERSION { LinkError::TooNew } else { LinkError::Damaged });
        }
        let (intercom, rest) = rest.split_first_chunk().ok_or(LinkError::Damaged)?;
        let (secret, rest) = rest.split_first_chunk().ok_or(LinkError::Damaged)?;
        let (grant, display) = rest.split_at_checked(item_length(rest)?).ok_or(LinkError::Damaged)?;
        let grant = SignedGrant::parse(grant).map_err(|error| match error {
            GrantError::Malformed => LinkError::Damaged,
            GrantError::TooNew => LinkError::TooNew,
        })?;
        let mut display = whole_item(display)?;
        if display.array()? != 3 || grant.grant().terms.is_none() {
            return Err(LinkError::Damaged);
        }
        let text = |r: &mut Reader<'_>| r.text(MAX_TEXT, MAX_TEXT);
        Ok(Self {
            intercom: *intercom,
            secret: LinkSecret(*secret),
            grant,
            name: text(&mut display)?,
            zone: text(&mut display)?,
            url: display.nullable(text)?,
        })
    }
}

/// What stands behind `#` if this is an https address with the path `/k`; a query is ignored.
fn fragment(text: &str) -> Option<&str> {
    if text.len() > MAX_LINK {
        return None;
    }
    let (scheme, rest) = text.split_at_checked(8)?;
    let (address, fragment) = rest.split_once('#')?;
    let (host, path) = address.split_once('/')?;
    let path = path.split_once('?').map_or(path, |(path, _)| path);
    let right = scheme.eq_ignore_ascii_case("https://") && !host.is_empty() && path == "k";
    right.then_some(fragment)
}
