//! How a key travels: its link, the text around it, its QR code; and how a link or a device code is read again.
//!
//! Nothing here touches a disk or a network. What a link says is hearsay until the intercom has answered.

mod device_code;
mod find;
mod qr;

pub use device_code::DeviceCode;
pub use find::read;
pub use qr::{Qr, Stretch, TooLong};
