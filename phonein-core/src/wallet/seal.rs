//! Secret columns: sealed with a key that only this phone's keystore gives out.

use super::error::WalletError;
use crate::host;
use chacha20poly1305::{
    ChaCha20Poly1305,
    aead::{Aead, KeyInit, Payload},
};
use sha2::{Digest, Sha256};
use std::fmt;
use zeroize::Zeroizing;

const MARK: usize = 8;
const NONCE: usize = 12;

/// Seals and opens. What it sealed begins with its mark, so that a value from another phone is known without opening it.
pub(super) struct Sealer {
    cipher: ChaCha20Poly1305,
    mark: [u8; MARK],
}

impl fmt::Debug for Sealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sealer")
    }
}

impl Sealer {
    pub(super) fn new(wrapping_key: &[u8; 32]) -> Self {
        let key = Zeroizing::new(derive("phonein wallet columns v1", wrapping_key));
        let mut mark = [0; MARK];
        mark.copy_from_slice(&derive("phonein wallet mark v1", wrapping_key)[..MARK]);
        Self { cipher: ChaCha20Poly1305::new(&(*key).into()), mark }
    }

    /// Names the wrapping key without telling anything of it.
    pub(super) fn mark(&self) -> &[u8; MARK] {
        &self.mark
    }

    /// Whether `sealed` was sealed on this phone.
    pub(super) fn is_ours(&self, sealed: &[u8]) -> bool {
        sealed.starts_with(&self.mark)
    }

    /// Seals a secret. `place` names its table, column and row: a value moved elsewhere does not open.
    pub(super) fn seal(&self, place: &Place<'_>, secret: &[u8]) -> Result<Vec<u8>, WalletError> {
        let mut nonce = [0; NONCE];
        host::chance(&mut nonce).map_err(|_| WalletError::fault("no randomness"))?;
        let payload = Payload { msg: secret, aad: &place.to_bytes() };
        let sealed = self.cipher.encrypt(&nonce.into(), payload).map_err(|_| WalletError::fault("cannot seal"))?;
        Ok([&self.mark[..], &nonce, &sealed].concat())
    }

    /// Opens what this phone sealed at that place; `None` for anything else.
    pub(super) fn open(&self, place: &Place<'_>, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (nonce, sealed) = sealed.strip_prefix(&self.mark)?.split_first_chunk::<NONCE>()?;
        let payload = Payload { msg: sealed, aad: &place.to_bytes() };
        self.cipher.decrypt(&(*nonce).into(), payload).ok().map(Zeroizing::new)
    }
}

/// Where a secret stands.
pub(super) struct Place<'a> {
    /// Table and column.
    pub(super) column: &'static str,
    /// What names the row for good.
    pub(super) row: &'a [&'a [u8]],
}

impl Place<'_> {
    fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.column.as_bytes().to_vec();
        for part in self.row {
            // The column has no zero byte, and of each column all parts have fixed lengths but the last.
            bytes.push(0);
            bytes.extend_from_slice(part);
        }
        bytes
    }
}

fn derive(label: &str, wrapping_key: &[u8; 32]) -> [u8; 32] {
    Sha256::new().chain_update(label).chain_update(wrapping_key).finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: Place<'static> = Place { column: "key.secret", row: &[b"12345678"] };
    const ELSEWHERE: Place<'static> = Place { column: "key.secret", row: &[b"12345679"] };

    #[test]
    fn a_secret_opens_only_where_it_was_sealed() {
        let sealer = Sealer::new(&[1; 32]);
        let sealed = sealer.seal(&HERE, b"secret").unwrap();
        assert_eq!(sealer.open(&HERE, &sealed).unwrap().as_slice(), b"secret");
        assert!(sealer.open(&ELSEWHERE, &sealed).is_none());
        assert_ne!(sealer.seal(&HERE, b"secret").unwrap(), sealed, "the nonce is fresh");
    }

    #[test]
    fn another_phone_knows_it_for_foreign_and_opens_nothing() {
        let (here, there) = (Sealer::new(&[1; 32]), Sealer::new(&[2; 32]));
        let sealed = here.seal(&HERE, b"secret").unwrap();
        assert!(here.is_ours(&sealed) && !there.is_ours(&sealed));
        assert!(there.open(&HERE, &sealed).is_none());
        // With the mark forged it is still not opened.
        let forged = [&there.mark[..], &sealed[MARK..]].concat();
        assert!(there.open(&HERE, &forged).is_none());
    }

    #[test]
    fn noise_is_no_secret() {
        let sealer = Sealer::new(&[1; 32]);
        let mut sealed = sealer.seal(&HERE, b"secret").unwrap();
        *sealed.last_mut().unwrap() ^= 1;
        assert!(sealer.open(&HERE, &sealed).is_none());
        for length in 0..sealed.len() {
            assert!(sealer.open(&HERE, &sealed[..length]).is_none());
        }
    }
}
