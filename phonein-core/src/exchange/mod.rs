//! One request of one intercom, over whatever leads there.
//!
//! From the outside in: a [`Line`] leads to one intercom and has one request in hand; it has [`Path`]s, each over one
//! [`Transport`] with the HELLO at hand for it; a request is sealed for that HELLO and delivered. [`pair()`] is the one
//! conversation with an intercom whose key is not known yet. Taps have their own way over the same paths: [`crate::unlock`].

mod address;
mod bluetooth;
#[cfg(test)]
pub(crate) mod fake;
mod fault;
mod http;
mod line;
mod pair;
mod path;
mod seal;
mod transport;
mod turn;

pub use address::{AddressError, BaseUrl};
pub use bluetooth::BluetoothTransport;
#[cfg(test)]
pub(crate) use bluetooth::simulated;
pub(crate) use bluetooth::{Air, SystemRadio};
pub use fault::{Fault, Obstacle, Unanswered};
pub use http::{HttpClient, HttpTransport};
pub use line::{Answered, Line, Unreached};
pub use pair::{Introduction, PairError, Paired, pair};
pub(crate) use path::Held;
pub use path::{Path, Step};
pub(crate) use seal::{Peer, Sealed};
pub use transport::{IsAnswer, NoWay, Transport, Via};
pub use turn::{TapTurn, Turn};
