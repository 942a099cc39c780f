//! A device code while it is typed.

/// What a device code is, in words.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct CodeReading {
    /// The UUID as it is printed, once it is whole: show it in the field.
    pub code: Option<String>,
    /// The address that stood behind it.
    pub address: Option<String>,
    /// What is missing or wrong, or that it is whole.
    pub words: String,
    /// Whether more may still be typed to make it whole: no error to show yet.
    pub unfinished: bool,
}
