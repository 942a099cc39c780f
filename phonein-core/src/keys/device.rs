//! What the shell lends the core.

/// The phone's secure keys: P-256 in the Secure Enclave or the Android Keystore, one for each intercom, so that two
/// intercoms cannot tell that it is the same phone.
///
/// Calls come on threads of the core, several at a time, and may take their time (a second, not ten). Do not hop to the
/// main thread in them.
#[uniffi::export(rust, foreign)]
pub trait DeviceKeys: Send + Sync {
    /// Makes the key called `alias` (lower-case letters, digits and dashes) and returns its public key as SEC 1 has it,
    /// 33 bytes compressed or 65 bytes uncompressed. A key of that name that exists already stays, and is returned.
    fn create(&self, alias: String) -> Result<Vec<u8>, DeviceKeysError>;

    /// Signs `text` with ECDSA over its SHA-256, taken here (ES256). Returns either r‖s, 64 bytes, or DER: Android's
    /// `SHA256withECDSA` and `CryptoKit`'s `derRepresentation` and `rawRepresentation` fit as they are. Low and high s
    /// count alike.
    fn sign(&self, alias: String, text: Vec<u8>) -> Result<Vec<u8>, DeviceKeysError>;

    /// Destroys the key called `alias`. One that does not exist is destroyed already.
    fn forget(&self, alias: String) -> Result<(), DeviceKeysError>;

    /// The 32 random bytes that seal secrets in the wallet, made at the first call: kept where no backup and no other
    /// app gets at them.
    fn wrapping_key(&self) -> Result<Vec<u8>, DeviceKeysError>;
}

/// Why the phone's keystore refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum DeviceKeysError {
    /// There is no such key: the wallet came from another phone, or the screen lock was changed.
    #[error("the phone has no such key")]
    Missing,
    /// The phone is locked, or its person did not confirm.
    #[error("the phone's keys are locked")]
    Locked,
    /// Anything else. Holds no key material.
    #[error("the phone's keystore failed: {reason}")]
    Failed {
        /// For the log.
        reason: String,
    },
}

impl From<uniffi::UnexpectedUniFFICallbackError> for DeviceKeysError {
    fn from(error: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::Failed { reason: error.reason }
    }
}
