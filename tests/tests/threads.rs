//! Nothing exported reads the disk or computes on the thread of the caller, which may be the one that draws.
#![allow(clippy::unwrap_used)]

use phonein_core::api::{KeyFilter, PairingListener, PairingProgress};
use phonein_core::keys::{DeviceKeys, DeviceKeysError};
use phonein_core::text::tap::Door;
use phonein_protocol::grant::{About, Grant, SignedGrant, Terms};
use phonein_protocol::id::{Doors, KeyId, Kid, LinkSecret};
use phonein_protocol::link::Link;
use phonein_protocol::rule::Rule;
use phonein_tests::intercom::{TestIntercom, UUID};
use phonein_tests::phone::Phone;
use std::collections::HashSet;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Waker};
use std::thread::{self, ThreadId};
use std::time::{Duration, Instant};

const NOW: i64 = 1_634_026_920;
/// The wallet waits five seconds for a lock; whoever waits on the caller's thread takes as long.
const AT_ONCE: Duration = Duration::from_secs(2);

/// Remembers on which threads keys were used.
struct Watched {
    keys: Arc<dyn DeviceKeys>,
    threads: Arc<Mutex<HashSet<ThreadId>>>,
}

impl Watched {
    fn seen(&self) -> &dyn DeviceKeys {
        self.threads.lock().unwrap().insert(thread::current().id());
        &*self.keys
    }
}

impl DeviceKeys for Watched {
    fn create(&self, alias: String) -> Result<Vec<u8>, DeviceKeysError> {
        self.seen().create(alias)
    }
    fn sign(&self, alias: String, text: Vec<u8>) -> Result<Vec<u8>, DeviceKeysError> {
        self.seen().sign(alias, text)
    }
    fn forget(&self, alias: String) -> Result<(), DeviceKeysError> {
        self.seen().forget(alias)
    }
    fn wrapping_key(&self) -> Result<Vec<u8>, DeviceKeysError> {
        self.seen().wrapping_key()
    }
}

#[tokio::test]
async fn keys_are_used_on_other_threads() {
    let threads = Arc::new(Mutex::new(HashSet::new()));
    let watched = threads.clone();
    let watch = move |keys| -> Arc<dyn DeviceKeys> { Arc::new(Watched { keys, threads: watched.clone() }) };
    let phone = Phone::with_keys(NOW, watch).await.unwrap();
    let intercom = TestIntercom::start(Doors::BOTH, NOW).await.unwrap();
    let home = phone.pair(&intercom.code(), "Home", "Anna").await.unwrap();
    let wizard = phone.core.new_key(home.clone()).await.unwrap();
    wizard.set_name("Friends");
    wizard.save().await.unwrap();
    phone.press(&home, None, Door::Entrance).await.unwrap();
    let threads = threads.lock().unwrap();
    assert!(!threads.is_empty() && !threads.contains(&thread::current().id()));
}

#[tokio::test]
async fn a_wallet_that_waits_for_the_disk_holds_up_nobody() {
    let phone = Phone::new(NOW).await.unwrap();
    let disk = rusqlite::Connection::open(phone.wallet_file()).unwrap();
    disk.execute_batch("BEGIN IMMEDIATE").unwrap();
    let began = Instant::now();
    let core = &phone.core;
    let code = format!("{UUID} 127.0.0.1:9");
    let mut calls: Vec<Pin<Box<dyn Future<Output = ()> + '_>>> = vec![
        Box::pin(async { drop(core.home().await) }),
        Box::pin(async { drop(core.keys(String::new(), KeyFilter::default(), None).await) }),
        Box::pin(async { drop(core.rename_intercom("1".into(), "Home".into()).await) }),
        Box::pin(async { drop(core.mark_shared("1".into()).await) }),
        Box::pin(async { drop(core.dismiss("1".into()).await) }),
        Box::pin(async { drop(core.accept_link(link(), "Béla".into()).await) }),
        Box::pin(async {
            let listener = Arc::new(Deaf);
            drop(core.add_intercom(code, String::new(), "Home".into(), "Anna".into(), listener).await);
        }),
    ];
    let mut context = Context::from_waker(Waker::noop());
    calls.retain_mut(|call| call.as_mut().poll(&mut context).is_pending());
    assert!(calls.len() >= 4, "writes did not wait for the disk");
    assert!(began.elapsed() < AT_ONCE, "a call waited on the caller's thread");
    disk.execute_batch("ROLLBACK").unwrap();
    for call in calls {
        call.await;
    }
}

struct Deaf;
impl PairingListener for Deaf {
    fn on_pairing(&self, _: PairingProgress) -> Result<(), phonein_core::api::ListenerError> {
        Ok(())
    }
}

fn link() -> String {
    let secret = LinkSecret([7; 16]);
    let (rule, commitment) = (Rule::Always, secret.commitment());
    let terms = Terms { claim_by: NOW * 2, rule, uses: None, doors: Doors::ENTRANCE, commitment };
    let grant = Grant {
        key: KeyId::from_bytes([1; 8]),
        version: 1,
        base: 0,
        issued: NOW,
        terms: Some(terms),
        about: About::default(),
    };
    let grant = SignedGrant::new(grant, Kid::from_bytes([2; 8]), [3; 64]);
    let link = Link { intercom: [4; 32], secret, grant, name: "Home".into(), zone: "UTC".into(), url: None };
    link.to_text("phonein.example").to_string()
}
