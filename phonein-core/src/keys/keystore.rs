//! The phone's keystore as the core sees it: foreign, slow, and possibly wrong.

use std::{fmt, sync::Arc, time::Duration};

use p256::ecdsa::{Signature, VerifyingKey};
use phonein_protocol::{
    es256::{PublicKey, SignatureBytes},
    id::Kid,
};
use tokio::{sync::Semaphore, time::timeout};
use zeroize::Zeroizing;

use super::{DeviceKeys, DeviceKeysError};
use crate::host::Spawner;

/// Signing is part of a tap, of which nobody waits longer for one step.
const SIGN_LIMIT: Duration = Duration::from_secs(3);
/// Making a key in hardware takes its time, once for each intercom.
const CREATE_LIMIT: Duration = Duration::from_secs(10);
/// So many calls may hang before no more are made: each holds a thread for as long as it hangs.
const CALLS: usize = 8;

/// Why there is no key or no signature.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyFault {
    /// The keystore said no.
    #[error(transparent)]
    Refused(#[from] DeviceKeysError),
    /// What it returned is no key or no signature of it.
    #[error("the phone's keystore returned garbage")]
    Garbage,
    /// It did not return in time.
    #[error("the phone's keystore does not answer")]
    Hung,
}

/// The phone's keystore, called on threads where it may block.
#[derive(Clone)]
pub struct Keystore {
    keys: Arc<dyn DeviceKeys>,
    calls: Arc<Semaphore>,
}

impl Keystore {
    /// Puts the shell's keys behind guard.
    pub fn new(keys: Arc<dyn DeviceKeys>) -> Self {
        Self { keys, calls: Arc::new(Semaphore::new(CALLS)) }
    }

    /// Makes the key for one intercom, or finds the one that is called so.
    pub async fn create(&self, alias: String) -> Result<PhoneKey, KeyFault> {
        let name = alias.clone();
        let public = self.call(CREATE_LIMIT, move |keys| keys.create(name)).await?;
        let public = parse_public(&public).ok_or(KeyFault::Garbage)?;
        Ok(PhoneKey::new(self.clone(), alias, public))
    }

    /// Destroys the key called `alias`.
    pub async fn forget(&self, alias: String) -> Result<(), KeyFault> {
        self.call(CREATE_LIMIT, move |keys| keys.forget(alias)).await
    }

    /// What seals secrets in the wallet.
    pub async fn wrapping_key(&self) -> Result<Zeroizing<[u8; 32]>, KeyFault> {
        let bytes = Zeroizing::new(self.call(CREATE_LIMIT, |keys| keys.wrapping_key()).await?);
        let mut key = Zeroizing::new([0; 32]);
        if bytes.len() != key.len() {
            return Err(KeyFault::Garbage);
        }
        key.copy_from_slice(&bytes);
        Ok(key)
    }

    async fn call<T: Send + 'static>(
        &self,
        limit: Duration,
        call: impl FnOnce(&dyn DeviceKeys) -> Result<T, DeviceKeysError> + Send + 'static,
    ) -> Result<T, KeyFault> {
        let (keys, calls) = (self.keys.clone(), self.calls.clone());
        let called = async move {
            let permit = calls.acquire_owned().await.map_err(|_| KeyFault::Hung)?;
            let call = move || {
                tracing::trace!("calling");
                let returned = call(&*keys);
                drop(permit);
                returned
            };
            // The work is lost only by a panic in a shell's code: what it would have returned is unknown.
            Ok(Spawner::here().blocking(call).await.map_err(|_lost| KeyFault::Garbage)??)
        };
        timeout(limit, called).await.unwrap_or(Err(KeyFault::Hung))
    }
}

impl fmt::Debug for Keystore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keystore(..)")
    }
}

/// This phone's key at one intercom.
#[derive(Clone, Debug)]
pub struct PhoneKey {
    keystore: Keystore,
    alias: String,
    public: PublicKey,
}

impl PhoneKey {
    /// A key that was made before.
    pub fn new(keystore: Keystore, alias: String, public: PublicKey) -> Self {
        Self { keystore, alias, public }
    }

    /// What the keystore calls it.
    pub fn alias(&self) -> &str {
        &self.alias
    }

    /// What intercoms know this phone by.
    pub fn public(&self) -> &PublicKey {
        &self.public
    }

    /// The same, short.
    pub fn kid(&self) -> Kid {
        Kid::of(&self.public)
    }

    /// Has the keystore sign. That it looks like a signature is checked, whether it is one only where somebody has reason
    /// to doubt it: [`PublicKey::verify`] costs as much as the rest.
    pub async fn sign(&self, text: Vec<u8>) -> Result<SignatureBytes, KeyFault> {
        let alias = self.alias.clone();
        let signature = self.keystore.call(SIGN_LIMIT, move |keys| keys.sign(alias, text)).await?;
        parse_signature(&signature).ok_or(KeyFault::Garbage)
    }
}

/// SEC 1, compressed or not, and a point of the curve.
fn parse_public(bytes: &[u8]) -> Option<PublicKey> {
    if !matches!(bytes.len(), 33 | 65) {
        return None;
    }
    let key = VerifyingKey::from_sec1_bytes(bytes).ok()?;
    let point: p256::CompressedPoint = key.into();
    PublicKey::from_bytes(point.into())
}

/// 64 bytes are r‖s, anything else is DER, which is as short as that only once in 2⁴⁰ signatures.
fn parse_signature(bytes: &[u8]) -> Option<SignatureBytes> {
    let signature = match bytes.len() {
        64 => Signature::from_slice(bytes),
        _ => Signature::from_der(bytes),
    };
    Some(signature.ok()?.to_bytes().into())
}

#[cfg(test)]
mod tests {
    use std::sync::{Condvar, Mutex, PoisonError};

    use phonein_protocol::es256::SigningKey;

    use super::*;

    /// Returns the same to everything.
    struct Returns(Result<Vec<u8>, DeviceKeysError>);

    impl DeviceKeys for Returns {
        fn create(&self, _: String) -> Result<Vec<u8>, DeviceKeysError> {
            self.0.clone()
        }
        fn sign(&self, _: String, _: Vec<u8>) -> Result<Vec<u8>, DeviceKeysError> {
            self.0.clone()
        }
        fn forget(&self, _: String) -> Result<(), DeviceKeysError> {
            self.0.clone().map(drop)
        }
        fn wrapping_key(&self) -> Result<Vec<u8>, DeviceKeysError> {
            self.0.clone()
        }
    }

    /// Hangs until it is let go.
    #[derive(Default)]
    struct Hangs(Mutex<bool>, Condvar);

    impl Hangs {
        fn hang(&self) -> DeviceKeysError {
            let held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            drop(self.1.wait_while(held, |let_go| !*let_go));
            DeviceKeysError::Locked
        }
        fn let_go(&self) {
            *self.0.lock().unwrap() = true;
            self.1.notify_all();
        }
    }

    impl DeviceKeys for Hangs {
        fn create(&self, _: String) -> Result<Vec<u8>, DeviceKeysError> {
            Err(self.hang())
        }
        fn sign(&self, _: String, _: Vec<u8>) -> Result<Vec<u8>, DeviceKeysError> {
            Err(self.hang())
        }
        fn forget(&self, _: String) -> Result<(), DeviceKeysError> {
            Err(self.hang())
        }
        fn wrapping_key(&self) -> Result<Vec<u8>, DeviceKeysError> {
            Err(self.hang())
        }
    }

    fn key() -> SigningKey {
        SigningKey::from_bytes(&[7; 32]).unwrap()
    }

    fn returning(bytes: &[u8]) -> Keystore {
        Keystore::new(Arc::new(Returns(Ok(bytes.to_vec()))))
    }

    async fn signed(bytes: &[u8]) -> Result<SignatureBytes, KeyFault> {
        PhoneKey::new(returning(bytes), "a".into(), key().public()).sign(b"text".to_vec()).await
    }

    #[tokio::test]
    async fn both_forms_of_a_public_key_are_the_same_key() {
        let compressed = key().public();
        let point = VerifyingKey::from_sec1_bytes(compressed.as_bytes()).unwrap();
        let uncompressed = point.to_sec1_point(false);
        for form in [compressed.as_bytes().as_slice(), uncompressed.as_bytes()] {
            assert_eq!(returning(form).create("a".into()).await.unwrap().public(), &compressed);
        }
    }

    #[tokio::test]
    async fn both_forms_of_a_signature_are_the_same_signature() {
        let raw = key().sign(b"text");
        let der = Signature::from_slice(&raw).unwrap().to_der();
        assert_eq!(signed(&raw).await, Ok(raw));
        assert_eq!(signed(der.as_bytes()).await, Ok(raw));
    }

    #[tokio::test]
    async fn garbage_is_a_typed_error() {
        for garbage in [&[][..], &[0; 33], &[2; 32], &[4; 65], &[0; 64], &[0x30; 70], &[0xff; 9_999]] {
            assert_eq!(returning(garbage).create("a".into()).await.unwrap_err(), KeyFault::Garbage);
            assert_eq!(signed(garbage).await, Err(KeyFault::Garbage));
        }
        assert_eq!(returning(&[1; 31]).wrapping_key().await, Err(KeyFault::Garbage));
        assert_eq!(returning(&[1; 32]).wrapping_key().await, Ok(Zeroizing::new([1; 32])));
    }

    #[tokio::test]
    async fn what_the_keystore_says_is_passed_on() {
        let keystore = Keystore::new(Arc::new(Returns(Err(DeviceKeysError::Missing))));
        assert_eq!(keystore.forget("a".into()).await, Err(KeyFault::Refused(DeviceKeysError::Missing)));
    }

    #[tokio::test(start_paused = true)]
    async fn a_keystore_that_hangs_is_given_up() {
        let hangs = Arc::new(Hangs::default());
        let key = PhoneKey::new(Keystore::new(hangs.clone()), "a".into(), key().public());
        // More than may hang at a time: the last ones do not even begin.
        let signing: Vec<_> = (0..CALLS + 3)
            .map(|_| {
                let key = key.clone();
                tokio::spawn(async move { key.sign(vec![]).await })
            })
            .collect();
        tokio::task::yield_now().await;
        tokio::time::advance(SIGN_LIMIT).await;
        for sign in signing {
            assert_eq!(sign.await.unwrap(), Err(KeyFault::Hung));
        }
        hangs.let_go();
    }
}
