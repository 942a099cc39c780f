//! What an intercom is: the UUID on its back and its key pair.

use phonein_protocol::session::{KeyPair, PairingSecret, intercom::IntercomKeys};
use std::fmt;
use zeroize::Zeroizing;

/// The UUID printed on the device: its pairing secret. Shown to whoever stands at the device, never logged.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Uuid([u8; 16]);

impl Uuid {
    /// A new one: version 4 (RFC 9562, section 5.4).
    pub(crate) fn new() -> Result<Self, getrandom::Error> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes)?;
        bytes[6] = bytes[6] & 0x0f | 0x40;
        bytes[8] = bytes[8] & 0x3f | 0x80;
        Ok(Self(bytes))
    }

    pub(crate) fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    pub(crate) fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// As it is printed on the device.
    pub(crate) fn to_text(self) -> String {
        let groups = [0..4, 4..6, 6..8, 8..10, 10..16];
        let group = |range| self.0.get(range).map(hex::encode);
        groups.into_iter().filter_map(group).collect::<Vec<_>>().join("-")
    }
}

impl fmt::Debug for Uuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Uuid(..)")
    }
}

/// An intercom's identity and the count of its starts.
#[derive(Clone, Debug)]
pub(crate) struct Identity {
    pub(crate) uuid: Uuid,
    pub(crate) keys: KeyPair,
    pub(crate) boot: u64,
}

impl Identity {
    /// What sessions need of it.
    pub(crate) fn session_keys(&self) -> IntercomKeys {
        IntercomKeys { session: self.keys.clone(), pairing: PairingSecret::of(self.uuid.as_bytes()) }
    }
}

/// A new private key.
pub(crate) fn new_private() -> Result<Zeroizing<[u8; 32]>, getrandom::Error> {
    let mut private = Zeroizing::new([0; 32]);
    getrandom::fill(&mut *private)?;
    Ok(private)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uuid_is_of_version_4_and_never_the_same() {
        let (one, other) = (Uuid::new().unwrap(), Uuid::new().unwrap());
        assert_ne!(one, other);
        let text = one.to_text();
        let lengths: Vec<_> = text.split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12]);
        assert!(text.split('-').nth(2).unwrap().starts_with('4'));
        assert!(text.split('-').nth(3).unwrap().starts_with(['8', '9', 'a', 'b']));
    }

    #[test]
    fn debug_shows_no_uuid() {
        assert_eq!(format!("{:?}", Uuid([7; 16])), "Uuid(..)");
    }
}
