//! The protocol over Bluetooth LE (docs/protocol.md, section 8), by BlueZ.
//!
//! [`links`] and [`link`] decide, purely: who has a place, what a fragment completes, who is told what. [`radio`] carries
//! it out with one adapter, [`register`], [`gatt`] and [`advert`] are what BlueZ gets of it, and this module starts anew whatever ends.
//! It has a thread of its own: HTTP never keeps it waiting, and the calls of BlueZ keep their order.

mod advert;
mod gatt;
mod link;
mod links;
mod radio;
mod register;
mod trouble;

use crate::judge::{Advertised, Judge, Standing};
use radio::Service;
use std::{
    io,
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};
use tokio::{runtime, sync::watch, time::sleep};
use tracing::{info, warn};

/// Before the first try to start anew; then twice as long each time …
const SOON: Duration = Duration::from_secs(1);
/// … up to this.
const LATER: Duration = Duration::from_secs(8);

/// What it takes to serve.
#[derive(Debug)]
pub(crate) struct Bluetooth {
    /// Name or address of an adapter; empty for the first there is.
    pub(crate) adapter: String,
    pub(crate) judge: Judge,
    pub(crate) standing: Standing,
    pub(crate) advertised: watch::Receiver<Advertised>,
    pub(crate) stop: watch::Receiver<bool>,
}

impl Bluetooth {
    /// Starts the thread. No trouble of Bluetooth ends it, or the program.
    pub(crate) fn start(self) -> io::Result<JoinHandle<()>> {
        thread::Builder::new().name("bluetooth".into()).spawn(move || self.keep_serving())
    }

    fn keep_serving(self) {
        let mut wait = SOON;
        while !*self.stop.borrow() {
            // A runtime for each try: with it goes whatever the try left behind.
            let Ok(runtime) = runtime::Builder::new_current_thread().enable_all().build() else {
                warn!("Bluetooth cannot be served: no runtime");
                return;
            };
            let began = Instant::now();
            let service = Service {
                adapter: &self.adapter,
                judge: &self.judge,
                standing: &self.standing,
                advertised: self.advertised.clone(),
            };
            let Err(trouble) = runtime.block_on(service.serve(self.stop.clone())) else { return };
            self.standing.tell(&trouble);
            wait = if began.elapsed() > LATER { SOON } else { LATER.min(2 * wait) };
            let mut stop = self.stop.clone();
            runtime.block_on(async {
                tokio::select! {
                    _ = stop.wait_for(|stop| *stop) => {}
                    () = sleep(wait) => {}
                }
            });
            runtime.shutdown_background();
        }
        info!("Bluetooth ends");
    }
}
