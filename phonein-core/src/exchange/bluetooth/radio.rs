//! What is needed of a Bluetooth stack.

use std::fmt;

use async_trait::async_trait;
use futures_util::stream::BoxStream;
use phonein_protocol::advert::Advert;
use tokio::{runtime::Handle, sync::broadcast};

use super::super::Fault;

/// A device as this phone's system names it. It means nothing to anybody else.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct PeripheralId(pub(crate) String);

impl fmt::Display for PeripheralId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A device that advertises the service, seen now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sighting {
    pub(crate) peripheral: PeripheralId,
    /// The bytes beside the service, if they are there and as many as they should be.
    pub(crate) advert: Option<Advert>,
}

/// The phone's end of Bluetooth LE. Every future may be dropped at any point; none bounds its time.
#[async_trait]
pub(crate) trait Radio: Send + Sync {
    /// Where what has to be ended is ended. It outlives the core by that.
    fn runtime(&self) -> Handle;

    /// What is seen from now on, while it scans.
    fn sightings(&self) -> broadcast::Receiver<Sighting>;

    /// Why it cannot be used, if so.
    async fn check(&self) -> Result<(), Fault>;

    /// Begins to look for the service.
    async fn start_scan(&self) -> Result<(), Fault>;

    /// Looks no more.
    async fn stop_scan(&self);

    /// Connects to a device that was seen at some time, and finds the characteristics there. Whatever becomes of it,
    /// [`Radio::disconnect`] follows.
    async fn connect(&self, peripheral: &PeripheralId) -> Result<Box<dyn Link>, Fault>;

    /// Ends the link, or the attempt.
    async fn disconnect(&self, peripheral: &PeripheralId);
}

/// A connection to a device that has the characteristics.
#[async_trait]
pub(crate) trait Link: Send + Sync {
    /// The negotiated MTU.
    fn mtu(&self) -> usize;

    /// Whether it is up, as far as is known.
    fn is_open(&self) -> bool;

    /// Subscribes to what the device says. What it says from the first moment on is in the stream, which ends when the
    /// link drops.
    async fn subscribe(&self) -> Result<BoxStream<'static, Vec<u8>>, Fault>;

    /// Ends the subscription.
    async fn unsubscribe(&self) -> Result<(), Fault>;

    /// Writes a fragment, and waits until the device has it.
    async fn write(&self, fragment: &[u8]) -> Result<(), Fault>;
}
