//! Every reader of messages, on the same bytes: none panics, and what is read is what was written.
#![allow(clippy::unwrap_used, unreachable_pub, reason = "tests")]

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use phonein_protocol::{
    cbor::item_length,
    grant::SignedGrant,
    link::Link,
    log::Entry,
    message::{Answer, Body, Envelope, Op, Request},
    session::Hello,
    zone::ZoneTable,
};

/// Reads `bytes` as everything there is.
pub fn read_all(bytes: &[u8]) {
    if let Ok(length) = item_length(bytes) {
        assert!(length <= bytes.len());
    }
    if let Ok(envelope) = Envelope::parse(bytes) {
        assert!(envelope.length() <= bytes.len());
        // A label of settings that is not known here cannot be written again.
        let is_known = |request: &Request| !matches!(request.body, Body::WriteSettings { write: Err(_), .. });
        if let Some(request) = envelope.request().ok().filter(is_known) {
            // What is read and written again is the same, but for elements at the end that were skipped.
            let written = request.to_bytes();
            let again = Envelope::parse(&written).unwrap().request();
            assert_eq!(again, Ok(request));
        }
    }
    for op in (0..9).filter_map(Op::from_number) {
        if let Ok(answer) = Answer::parse(op, bytes) {
            assert_eq!(Answer::parse(op, &answer.to_bytes()), Ok(answer));
        }
    }
    if let Ok(grant) = SignedGrant::parse(bytes) {
        assert_eq!(grant.bytes(), bytes);
    }
    if let Ok(entry) = Entry::parse(bytes) {
        assert_eq!(entry.to_bytes(), bytes);
    }
    if let Ok(table) = ZoneTable::from_bytes(bytes) {
        assert_eq!(table.to_bytes(), bytes);
    }
    if let Ok(hello) = Hello::parse(bytes) {
        assert_eq!(hello.encode(), bytes);
    }
    for text in
        [String::from_utf8_lossy(bytes).into_owned(), format!("https://a/k#{}", BASE64_URL_SAFE_NO_PAD.encode(bytes))]
    {
        if let Ok(link) = Link::parse(&text) {
            assert_eq!(Link::parse(&link.to_text("phonein.example")), Ok(link));
        }
    }
}
