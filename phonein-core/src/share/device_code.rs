//! The code of a device: its UUID, alone or with the address it answers at (docs/protocol.md, section 5).

use crate::text::pairing::CodeCheck;
use zeroize::Zeroizing;

/// Hexadecimal digits of a UUID.
const DIGITS: usize = 32;
/// More is not looked at.
const MOST_TYPED: usize = 1024;
const URN: &str = "urn:uuid:";

/// A device UUID as it was understood. It is the pairing secret: never printed, erased when dropped.
#[derive(Clone)]
pub struct DeviceCode {
    /// The UUID, in the order of RFC 9562.
    pub uuid: Zeroizing<[u8; 16]>,
    /// What stands behind it: an HTTP base URL, as it was typed.
    pub address: Option<String>,
}

impl DeviceCode {
    /// Reads what was typed or scanned: digits of either case with spaces and dashes anywhere, then perhaps an address.
    /// The error says what is missing or wrong.
    pub fn read(typed: &str) -> Result<Self, CodeCheck> {
        if typed.len() > MOST_TYPED {
            return Err(CodeCheck::NotOurs);
        }
        let mut characters = without_urn(typed.trim()).chars();
        let mut digits = Zeroizing::new([0_u8; DIGITS]);
        for (count, digit) in digits.iter_mut().enumerate() {
            let character = characters.find(|character| !is_between(*character));
            let character = character.ok_or(CodeCheck::Missing(u64::try_from(DIGITS - count).unwrap_or(0)))?;
            let value = character.to_digit(16).ok_or(CodeCheck::NotHex(character))?;
            *digit = u8::try_from(value).unwrap_or(0);
        }
        let address = address(characters.as_str())?;
        let mut uuid = Zeroizing::new([0; 16]);
        for (byte, [high, low]) in uuid.iter_mut().zip(digits.as_chunks().0) {
            *byte = high << 4 | low;
        }
        // Version 4 (random) of the variant that RFC 9562 describes: anything else was never a device's.
        let is_random = uuid[6] >> 4 == 4 && uuid[8] >> 6 == 2;
        if is_random { Ok(Self { uuid, address }) } else { Err(CodeCheck::NotOurs) }
    }

    /// The UUID as it is printed: lower case, in groups of 8, 4, 4, 4 and 12.
    pub fn to_text(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(36));
        for (place, byte) in self.uuid.iter().enumerate() {
            if [4, 6, 8, 10].contains(&place) {
                text.push('-');
            }
            for digit in [byte >> 4, byte & 15] {
                text.push(char::from_digit(digit.into(), 16).unwrap_or('0'));
            }
        }
        text
    }
}

impl std::fmt::Debug for DeviceCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DeviceCode").field("address", &self.address).finish_non_exhaustive()
    }
}

fn without_urn(text: &str) -> &str {
    match text.split_at_checked(URN.len()) {
        Some((head, rest)) if head.eq_ignore_ascii_case(URN) => rest,
        _ => text,
    }
}

/// What stands behind the UUID. An address begins after a space; mere digits are too many of them.
fn address(rest: &str) -> Result<Option<String>, CodeCheck> {
    let address = rest.trim_matches(is_between);
    let digits = address.chars().filter(|character| !is_between(*character));
    let digits = digits.map(|character| if character.is_ascii_hexdigit() { Ok(()) } else { Err(character) });
    match digits.collect::<Result<Vec<()>, char>>() {
        Ok(none) if none.is_empty() => Ok(None),
        Ok(more) => Err(CodeCheck::TooMany(u64::try_from(more.len()).unwrap_or(u64::MAX))),
        Err(_) if rest.starts_with(char::is_whitespace) => Ok(Some(address.to_owned())),
        Err(character) => Err(CodeCheck::NotHex(character)),
    }
}

/// What people and programs put between the digits.
fn is_between(character: char) -> bool {
    character.is_whitespace() || matches!(character, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '{' | '}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const UUID: &str = "3f0c9a4e-71d2-4b6a-9c55-0123456789ab";

    fn read(typed: &str) -> Result<(String, Option<String>), CodeCheck> {
        DeviceCode::read(typed).map(|code| (code.to_text().to_string(), code.address))
    }

    #[test]
    fn a_uuid_is_read_however_it_was_typed() {
        for typed in [
            UUID,
            "3F0C9A4E71D24B6A9C550123456789AB",
            "  3f0c 9a4e 71d2 4b6a 9c55 0123 4567 89ab\n",
            "{3f0c9a4e–71d2–4b6a–9c55–0123456789AB}",
            "urn:uuid:3f0c9a4e-71d2-4b6a-9c55-0123456789ab",
        ] {
            assert_eq!(read(typed), Ok((UUID.into(), None)), "{typed}");
        }
    }

    #[test]
    fn an_address_may_stand_behind_it() {
        for address in ["http://192.168.1.40:8042", "192.168.1.40", "https://door.example/x", "ad.local"] {
            assert_eq!(read(&format!("{UUID} {address}")), Ok((UUID.into(), Some(address.into()))));
        }
    }

    #[test]
    fn what_is_missing_or_wrong_is_said() {
        assert_eq!(read(""), Err(CodeCheck::Missing(32)));
        assert_eq!(read("3f0c9a4e-71d2-4b"), Err(CodeCheck::Missing(18)));
        assert_eq!(read("3f0c9a4e-71d2-4x"), Err(CodeCheck::NotHex('x')));
        assert_eq!(read(&format!("{UUID}c")), Err(CodeCheck::TooMany(1)));
        assert_eq!(read(&format!("{UUID} cd")), Err(CodeCheck::TooMany(2)));
        assert_eq!(read(&format!("{UUID}http://a")), Err(CodeCheck::NotHex('h')));
        assert_eq!(read("3f0c9a4e-71d2-1b6a-9c55-0123456789ab"), Err(CodeCheck::NotOurs));
        assert_eq!(read("3f0c9a4e-71d2-4b6a-cc55-0123456789ab"), Err(CodeCheck::NotOurs));
        assert_eq!(read(&" a".repeat(MOST_TYPED)), Err(CodeCheck::NotOurs));
    }

    #[test]
    fn a_code_is_not_printed() {
        let printed = format!("{:?}", DeviceCode::read(UUID).unwrap());
        assert!(!printed.contains("3f0c") && !printed.contains("63"), "{printed}");
    }

    proptest! {
        #[test]
        fn noise_is_never_a_panic(noise in "\\PC*", digits in "[0-9a-fA-F -]*") {
            let _ = (read(&noise), read(&digits), read(&format!("{digits}{noise}")));
        }
    }
}
