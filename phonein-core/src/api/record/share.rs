//! A key on its way to somebody.

/// What the share sheet gets, and what another phone can scan.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct Share {
    /// The link alone. Whoever gets it first gets the key.
    pub link: String,
    /// One short text with the link in it.
    pub text: String,
    /// The link as a QR code.
    pub qr: QrModules,
    /// "The first phone that adds this key owns it".
    pub owner_words: String,
    /// Until when the link works.
    pub until_words: String,
}

/// A way to a new link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, uniffi::Enum)]
pub enum ShareWay {
    /// *For someone else*: `copy_key`.
    SomeoneElse,
    /// *New phone, same person*: `reissue`.
    NewPhone,
}

/// A QR code, level L.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct QrModules {
    /// Modules on each side; leave a margin of four around them.
    pub size: i32,
    /// A byte for each module, 1 if it is dark, row by row from the top left.
    pub modules: Vec<u8>,
    /// The same as an SVG picture with its margin.
    pub svg: String,
}

impl std::fmt::Debug for Share {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Share(..)")
    }
}

impl std::fmt::Debug for QrModules {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("QrModules(..)")
    }
}
