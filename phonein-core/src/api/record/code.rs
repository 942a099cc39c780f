//! A device code while it is typed.

/// What a device code is, in words.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct CodeReading {
    /// What the field shows now: what was typed, or the UUID as it is printed once that is whole and no address is on its
    /// way behind a space; of what was scanned the UUID alone.
    pub shown: String,
    /// The UUID as it is printed, once all of it is right.
    pub code: Option<String>,
    /// The address that was scanned with it: ask for it from now on, beginning with this.
    pub address: Option<String>,
    /// What is missing or wrong, or that it is whole; empty while nothing is typed.
    pub words: String,
    /// Whether the words are an error to show, and nothing can be saved: nothing typed behind it makes it whole.
    pub is_wrong: bool,
}
