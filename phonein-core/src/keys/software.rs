//! Keys in files, for desktops and tests: as safe as the account they lie in.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use phonein_protocol::es256::SigningKey;
use zeroize::Zeroizing;

use super::{DeviceKeys, DeviceKeysError};
use crate::host;

/// The file of the wrapping key; no alias holds a dot.
const WRAPPING_KEY: &str = "wrapping.key";
const LONGEST_ALIAS: usize = 64;

/// Keys in files in `directory`, which is made if there is none; only its owner may read them. For a computer without a
/// keystore: on a phone give the core hardware's keys.
#[uniffi::export]
pub fn software_keys(directory: String) -> Result<Arc<dyn DeviceKeys>, DeviceKeysError> {
    Ok(Arc::new(SoftwareKeys::open(directory.into())?))
}

/// One file for each key, its 32 bytes as they are.
#[derive(Debug)]
struct SoftwareKeys {
    directory: PathBuf,
    /// Two calls at once must not make two keys of one name.
    making: Mutex<()>,
}

impl SoftwareKeys {
    fn open(directory: PathBuf) -> Result<Self, DeviceKeysError> {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&directory)?;
        Ok(Self { directory, making: Mutex::new(()) })
    }

    fn path(&self, alias: &str) -> Result<PathBuf, DeviceKeysError> {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if alias.is_empty() || alias.len() > LONGEST_ALIAS || !alias.bytes().all(plain) {
            return Err(DeviceKeysError::Failed { reason: "not an alias".into() });
        }
        Ok(self.directory.join(alias))
    }

    /// The 32 bytes in a file, or new ones that `fits` if there is no file.
    fn find_or_make(
        &self,
        path: &Path,
        fits: impl Fn(&[u8; 32]) -> bool,
    ) -> Result<Zeroizing<[u8; 32]>, DeviceKeysError> {
        let _alone = self.making.lock().unwrap_or_else(PoisonError::into_inner);
        match read(path) {
            Err(DeviceKeysError::Missing) => {}
            found => return found,
        }
        let mut secret = Zeroizing::new([0; 32]);
        loop {
            host::chance(&mut *secret).map_err(|error| DeviceKeysError::Failed { reason: error.to_string() })?;
            if fits(&secret) {
                break;
            }
        }
        write(path, &secret)?;
        Ok(secret)
    }
}

impl DeviceKeys for SoftwareKeys {
    fn create(&self, alias: String) -> Result<Vec<u8>, DeviceKeysError> {
        let secret = self.find_or_make(&self.path(&alias)?, |secret| SigningKey::from_bytes(secret).is_some())?;
        Ok(signing_key(&secret)?.public().as_bytes().to_vec())
    }

    fn sign(&self, alias: String, text: Vec<u8>) -> Result<Vec<u8>, DeviceKeysError> {
        Ok(signing_key(&*read(&self.path(&alias)?)?)?.sign(&text).to_vec())
    }

    fn forget(&self, alias: String) -> Result<(), DeviceKeysError> {
        match fs::remove_file(self.path(&alias)?) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(sync_directory(&self.directory)?),
        }
    }

    fn wrapping_key(&self) -> Result<Vec<u8>, DeviceKeysError> {
        Ok(self.find_or_make(&self.directory.join(WRAPPING_KEY), |_| true)?.to_vec())
    }
}

fn signing_key(secret: &[u8; 32]) -> Result<SigningKey, DeviceKeysError> {
    SigningKey::from_bytes(secret).ok_or_else(|| DeviceKeysError::Failed { reason: "the file is damaged".into() })
}

fn read(path: &Path) -> Result<Zeroizing<[u8; 32]>, DeviceKeysError> {
    let bytes = Zeroizing::new(fs::read(path)?);
    let mut secret = Zeroizing::new([0; 32]);
    if bytes.len() != secret.len() {
        return Err(DeviceKeysError::Failed { reason: "the file is damaged".into() });
    }
    secret.copy_from_slice(&bytes);
    Ok(secret)
}

/// All of the file or none of it is there after a power cut.
fn write(path: &Path, secret: &[u8; 32]) -> io::Result<()> {
    let draft = path.with_extension("new");
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&draft)?;
    file.write_all(secret)?;
    file.sync_all()?;
    fs::rename(&draft, path)?;
    path.parent().map_or(Ok(()), sync_directory)
}

fn sync_directory(directory: &Path) -> io::Result<()> {
    // Elsewhere a directory cannot be opened as a file.
    if cfg!(unix) { File::open(directory)?.sync_all() } else { Ok(()) }
}

impl From<io::Error> for DeviceKeysError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing,
            _ => Self::Failed { reason: error.to_string() },
        }
    }
}

#[cfg(test)]
mod tests {
    use phonein_protocol::es256::PublicKey;

    use super::*;

    fn keys() -> (tempfile::TempDir, SoftwareKeys) {
        let directory = tempfile::tempdir().unwrap();
        let keys = SoftwareKeys::open(directory.path().join("keys")).unwrap();
        (directory, keys)
    }

    #[test]
    fn a_key_signs_what_its_public_half_verifies_after_a_restart_too() {
        let (_directory, keys) = keys();
        let public = keys.create("front-1".into()).unwrap();
        let again = SoftwareKeys::open(keys.directory.clone()).unwrap();
        assert_eq!(again.create("front-1".into()).unwrap(), public, "it stays");
        assert_ne!(again.create("front-2".into()).unwrap(), public);
        let signature = again.sign("front-1".into(), b"text".to_vec()).unwrap();
        let public = PublicKey::from_bytes(public.try_into().unwrap()).unwrap();
        assert!(public.verify(b"text", &signature.try_into().unwrap()));
    }

    #[test]
    fn a_forgotten_key_is_gone() {
        let (_directory, keys) = keys();
        keys.create("a".into()).unwrap();
        keys.forget("a".into()).unwrap();
        keys.forget("a".into()).unwrap();
        assert_eq!(keys.sign("a".into(), vec![]), Err(DeviceKeysError::Missing));
    }

    #[test]
    fn the_wrapping_key_stays_and_is_no_signing_key() {
        let (_directory, keys) = keys();
        let key = keys.wrapping_key().unwrap();
        assert_eq!((key.len(), keys.wrapping_key().unwrap()), (32, key));
        assert!(keys.sign("wrapping.key".into(), vec![]).is_err());
    }

    #[test]
    fn an_alias_leads_nowhere_else() {
        let (_directory, keys) = keys();
        for alias in ["", ".", "..", "../a", "a/b", "a.new", "A", "é", &"a".repeat(65)] {
            assert!(matches!(keys.create(alias.into()), Err(DeviceKeysError::Failed { .. })), "{alias}");
        }
    }

    #[test]
    fn a_damaged_file_is_an_error_and_stays() {
        let (_directory, keys) = keys();
        for damaged in [&[1; 31][..], &[0; 32]] {
            fs::write(keys.directory.join("a"), damaged).unwrap();
            assert!(matches!(keys.create("a".into()), Err(DeviceKeysError::Failed { .. })));
            assert_eq!(fs::read(keys.directory.join("a")).unwrap(), damaged);
        }
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_may_read() {
        use std::os::unix::fs::PermissionsExt;
        let (_directory, keys) = keys();
        keys.create("a".into()).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&keys.directory), mode(&keys.directory.join("a"))), (0o700, 0o600));
    }
}
