//! The keys only a phone's own hardware holds, and how the core uses them without trusting them.
//!
//! [`DeviceKeys`] is what the shell lends; [`software_keys`] stands in for it on desktops. The rest of the core sees
//! neither: it holds a [`Keystore`], which calls on a thread of its own, gives up on a keystore that hangs, and looks at
//! whatever comes back; and a [`PhoneKey`] for each intercom.

mod device;
mod keystore;
mod software;

pub use device::{DeviceKeys, DeviceKeysError};
pub use keystore::{KeyFault, Keystore, PhoneKey};
pub use software::software_keys;
