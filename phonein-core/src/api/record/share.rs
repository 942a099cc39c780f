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
    /// Until when the link is of use: never longer than the key.
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

/// A QR code, level L, to be drawn dark on white.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct QrModules {
    /// Modules on each side, with the light margin that a scanner needs.
    pub side: i32,
    /// What is dark, row by row from the top left. Drawn each as one, no line shows between two modules.
    pub dark: Vec<QrStretch>,
    /// The same as an SVG picture.
    pub svg: String,
}

/// Dark modules beside each other.
#[derive(Clone, Copy, PartialEq, Eq, uniffi::Record)]
pub struct QrStretch {
    /// Where they begin, in modules from the left, margin included.
    pub x: i32,
    /// In which row, from the top, margin included.
    pub y: i32,
    /// How many they are.
    pub length: i32,
}

impl std::fmt::Debug for Share {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Share(..)")
    }
}

impl std::fmt::Debug for QrStretch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("QrStretch(..)")
    }
}

impl std::fmt::Debug for QrModules {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("QrModules(..)")
    }
}
