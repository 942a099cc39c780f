//! Getting on the air: the adapter, and what BlueZ is told of the intercom.

use super::{
    advert::OnAir,
    gatt::{self, Touched},
    trouble::Trouble,
};
use crate::judge::Advertised;
use bluer::{Adapter, AdapterEvent, Address, Session, gatt::local::ApplicationHandle};
use futures_util::{StreamExt, stream::BoxStream};
use std::time::Duration;
use tokio::{
    sync::{mpsc::Receiver, watch},
    time::timeout,
};

/// For all that has to be registered with BlueZ. Without a limit each call waits for two minutes.
const REGISTERING: Duration = Duration::from_secs(20);

/// What BlueZ knows of the intercom, and what it tells.
pub(super) struct Registered {
    pub(super) adapter: Adapter,
    pub(super) address: Address,
    pub(super) events: BoxStream<'static, AdapterEvent>,
    pub(super) touched: Receiver<Touched>,
    pub(super) on_air: OnAir,
    _application: ApplicationHandle,
    _session: Session,
}

/// Gets on the air with the adapter of this name or address; with the first there is if it is empty.
pub(super) async fn register(
    adapter: &str,
    advertised: &mut watch::Receiver<Advertised>,
) -> Result<Registered, Trouble> {
    let session = Session::new().await?;
    let adapter = find(&session, adapter).await?;
    adapter.set_powered(true).await?;
    // Phones pair with the intercom by its own protocol, never by the operating system's.
    adapter.set_pairable(false).await?;
    let events = adapter.events().await?.boxed();
    // The service first: nobody may connect before it is there.
    let (application, touched) = gatt::service();
    let application = adapter.serve_gatt_application(application).await?;
    // What holds now: BlueZ may have taken its time, and the button may have been held meanwhile.
    let now = *advertised.borrow_and_update();
    let on_air = OnAir::begin(&adapter, &now, None).await?;
    let address = adapter.address().await?;
    Ok(Registered { adapter, address, events, touched, on_air, _application: application, _session: session })
}

async fn find(session: &Session, adapter: &str) -> Result<Adapter, Trouble> {
    let mut names = session.adapter_names().await?;
    names.sort();
    if adapter.is_empty() {
        return Ok(session.adapter(names.first().ok_or(Trouble::NoAdapter)?)?);
    }
    let wanted = adapter.parse::<Address>();
    for name in names {
        let found = session.adapter(&name)?;
        let is_it = match &wanted {
            Ok(wanted) => found.address().await? == *wanted,
            Err(_) => name == adapter,
        };
        if is_it {
            return Ok(found);
        }
    }
    Err(Trouble::NoSuchAdapter(adapter.to_owned()))
}

/// What BlueZ is asked for in the beginning, if it answers at all.
pub(super) async fn in_time<T>(registering: impl Future<Output = Result<T, Trouble>>) -> Result<T, Trouble> {
    timeout(REGISTERING, registering).await.unwrap_or(Err(Trouble::NoAnswer))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::future::pending;
    use tokio::time::Instant;

    #[tokio::test(start_paused = true)]
    async fn a_bluetoothd_that_hangs_is_told_of_and_left_after_twenty_seconds() {
        let began = Instant::now();
        let trouble = in_time(pending::<Result<(), Trouble>>()).await.unwrap_err();
        assert_eq!(trouble.to_string(), "bluetoothd does not answer");
        assert_eq!(began.elapsed(), Duration::from_secs(20));
    }
}
