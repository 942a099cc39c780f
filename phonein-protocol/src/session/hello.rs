//! HELLO: the intercom's challenge.

use super::TransportError;
use super::phone::PhoneError;

/// version u8 · token u64 · `e_door` 32. Keeps this form in all versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Hello {
    /// The newest version the intercom speaks.
    pub version: u8,
    /// Names this HELLO to the intercom that made it; means nothing to anyone else.
    pub token: u64,
    /// The intercom's ephemeral public key.
    pub e_door: [u8; 32],
}

impl Hello {
    /// Bytes of a HELLO.
    pub const LEN: usize = 41;

    /// The HELLO as it goes over the air.
    pub fn encode(&self) -> [u8; Self::LEN] {
        let mut bytes = [0; Self::LEN];
        bytes[0] = self.version;
        bytes[1..9].copy_from_slice(&self.token.to_be_bytes());
        bytes[9..].copy_from_slice(&self.e_door);
        bytes
    }

    /// Reads the answer to a request for a HELLO.
    pub fn parse(message: &[u8]) -> Result<Self, PhoneError> {
        let error = || TransportError::parse(message).map_or(PhoneError::Unreadable, PhoneError::Hint);
        let (&version, rest) = message.split_first().ok_or_else(error)?;
        let (token, e_door) = rest.split_first_chunk().ok_or_else(error)?;
        let e_door = e_door.try_into().map_err(|_| error())?;
        Ok(Self { version, token: u64::from_be_bytes(*token), e_door })
    }
}

#[cfg(test)]
mod tests {
    use alloc::format;

    use super::*;
    use crate::vectors::{array, bytes, value};

    #[test]
    fn hello_is_that_of_the_vectors() {
        for exchange in ["open", "claim", "pairing"] {
            let at = |field| format!("/exchanges/{exchange}/{field}");
            let hello =
                Hello { version: 1, token: value(&at("token")).as_u64().unwrap(), e_door: array(&at("e_door")) };
            assert_eq!(hello.encode().as_slice(), bytes(&at("hello")));
            assert_eq!(Hello::parse(&bytes(&at("hello"))), Ok(hello));
        }
    }

    #[test]
    fn another_length_is_no_hello() {
        for length in (0..100).filter(|&length| length != Hello::LEN) {
            assert_eq!(Hello::parse(&[9; 100][..length]), Err(PhoneError::Unreadable));
        }
    }

    #[test]
    fn one_byte_is_a_hint() {
        assert_eq!(Hello::parse(&[4]), Err(PhoneError::Hint(TransportError::TryLater)));
    }
}
