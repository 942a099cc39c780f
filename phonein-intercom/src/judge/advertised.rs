//! What a radio has to say of the intercom.

/// What the advertisement depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Advertised {
    /// The intercom's public key: another one after a factory reset.
    pub(crate) intercom: [u8; 32],
    pub(crate) waits_for_pairing: bool,
}
