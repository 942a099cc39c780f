//! Nothing that is exported reads the disk or computes cryptography on the thread that calls: that one may be drawing.
#![allow(clippy::unwrap_used)]

use phonein_core::api::{
    Accepted, ActivityFilter, ActivityShow, ExportFormat, Keep, KeyFilter, ListenerError, PairingListener,
    PairingProgress, SettingsChange, TapState,
};
use phonein_core::keys::{DeviceKeys, DeviceKeysError};
use phonein_core::text::tap::Door;
use phonein_protocol::grant::{About, Grant, SignedGrant, Terms};
use phonein_protocol::id::{Doors, KeyId, Kid, LinkSecret};
use phonein_protocol::link::Link;
use phonein_protocol::rule::Rule;
use phonein_tests::intercom::{TestIntercom, UUID};
use phonein_tests::phone::Phone;
use std::collections::{BTreeSet, HashSet};
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Waker};
use std::thread::{self, ThreadId};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};

const NOW: i64 = 1_634_026_920;
/// The wallet waits five seconds for a lock; whoever waits on the caller's thread takes as long.
const AT_ONCE: Duration = Duration::from_secs(2);

/// Hears which thread reads, writes, seals, opens or calls the keystore: the core says so before each.
#[derive(Clone, Default)]
struct Heard(Arc<Mutex<Vec<(ThreadId, &'static str)>>>);

impl Subscriber for Heard {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("phonein_core") && *metadata.level() == Level::TRACE
    }

    fn event(&self, event: &Event<'_>) {
        self.0.lock().unwrap().push((thread::current().id(), event.metadata().target()));
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

impl Heard {
    fn on(&self, is_on: impl Fn(ThreadId) -> bool) -> BTreeSet<&'static str> {
        let heard = self.0.lock().unwrap();
        heard.iter().filter(|(thread, _)| is_on(*thread)).map(|(_, target)| *target).collect()
    }
}

/// Sees on which threads keys are used.
#[derive(Clone, Default)]
struct Seen(Arc<Mutex<HashSet<ThreadId>>>);

impl Seen {
    fn through(&self, keys: Arc<dyn DeviceKeys>) -> Arc<dyn DeviceKeys> {
        Arc::new(Watched { keys, seen: self.clone() })
    }

    fn threads(&self) -> HashSet<ThreadId> {
        self.0.lock().unwrap().clone()
    }
}

struct Watched {
    keys: Arc<dyn DeviceKeys>,
    seen: Seen,
}

impl Watched {
    fn used(&self) -> &dyn DeviceKeys {
        self.seen.0.lock().unwrap().insert(thread::current().id());
        &*self.keys
    }
}

impl DeviceKeys for Watched {
    fn create(&self, alias: String) -> Result<Vec<u8>, DeviceKeysError> {
        self.used().create(alias)
    }
    fn sign(&self, alias: String, text: Vec<u8>) -> Result<Vec<u8>, DeviceKeysError> {
        self.used().sign(alias, text)
    }
    fn forget(&self, alias: String) -> Result<(), DeviceKeysError> {
        self.used().forget(alias)
    }
    fn wrapping_key(&self) -> Result<Vec<u8>, DeviceKeysError> {
        self.used().wrapping_key()
    }
}

#[test]
fn nothing_exported_works_on_the_callers_thread() {
    let heard = Heard::default();
    tracing::subscriber::set_global_default(heard.clone()).unwrap();
    // The intercom is not the caller: it has threads of its own.
    let others = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let now = i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()).unwrap();
    let intercom = others.block_on(TestIntercom::start(Doors::BOTH, now)).unwrap();
    let caller = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let seen = Seen::default();
    caller.block_on(call_everything(&intercom, now, &seen));
    let here = thread::current().id();
    assert_eq!(heard.on(|thread| thread == here), BTreeSet::new());
    assert!(!seen.threads().contains(&here), "the keystore was called here");
    // They can be heard and seen at all.
    let all = ["phonein_core::exchange::seal", "phonein_core::keys::keystore", "phonein_core::wallet"];
    assert_eq!(heard.on(|thread| thread != here), BTreeSet::from(all));
    assert!(!seen.threads().is_empty());
}

async fn call_everything(intercom: &TestIntercom, now: i64, seen: &Seen) {
    let phone = || {
        let seen = seen.clone();
        Phone::with_keys(now, move |keys| seen.through(keys))
    };
    let (anna, bela) = (phone().await.unwrap(), phone().await.unwrap());
    let core = &anna.core;
    assert!(core.check_code(&intercom.code(), false).code.is_some());
    let place = anna.pair(&intercom.code(), "Home", "Anna").await.unwrap();
    core.rename_intercom(place.clone(), "House".into()).await.unwrap();
    core.settings(place.clone()).await.unwrap();
    core.change_settings(place.clone(), SettingsChange::InnerDoor { on: true }).await.unwrap();
    core.answer_clock(place.clone(), true).await.unwrap();
    core.zone_names(String::new()).await.unwrap();
    let _ready = core.stay_ready(place.clone()).await.unwrap();

    let wizard = core.new_key(place.clone()).await.unwrap();
    wizard.set_name("Cleaner");
    let _ = (wizard.state(), wizard.intercom(), wizard.key());
    assert!(core.draft().await.unwrap().is_some());
    let key = wizard.save().await.unwrap();
    let share = core.share(key.clone()).await.unwrap();
    core.mark_shared(key.clone()).await.unwrap();
    core.edit_key(key.clone()).await.unwrap().discard();
    let copy = core.copy_key(key.clone()).await.unwrap();
    core.delete_key(copy).await.unwrap();

    bela.core.preview_link(share.link.clone()).await.unwrap();
    let accepted = bela.core.accept_link(share.link, "Béla".into()).await.unwrap();
    assert!(matches!(accepted, Accepted::Added { .. }), "{accepted:?}");
    let guests_place = bela.core.intercoms().await.unwrap().remove(0).id;
    let opened = bela.press(&guests_place, None, Door::Entrance).await.unwrap();
    assert!(matches!(opened.state, TapState::Opened { .. }), "{opened:?}");
    let opened = anna.press(&place, None, Door::Entrance).await.unwrap();
    assert!(matches!(opened.state, TapState::Opened { .. }), "{opened:?}");

    core.sync().await.unwrap();
    core.home().await.unwrap();
    core.own_name().await.unwrap();
    core.quick_door(None).await.unwrap();
    core.keys("cleaner".into(), KeyFilter::default(), None).await.unwrap();
    core.key(key.clone()).await.unwrap();
    let all = ActivityFilter { intercom: None, show: ActivityShow::All };
    let activity = core.activity(all, None).await.unwrap();
    core.export_activity(ExportFormat::Csv).await.unwrap();
    core.export_activity(ExportFormat::Json).await.unwrap();
    // Of the rest it counts where they look, not what they find.
    drop(core.give_back(activity.entries[0].id.clone()).await);
    drop(core.dismiss("1".into()).await);
    drop(core.resolve(key.clone(), Keep::Mine).await);
    drop(core.add_manager(key.clone()).await);
    drop(core.manager_removal(place.clone(), "00".into()).await);
    drop(core.remove_manager(place.clone(), "00".into(), Vec::new()).await);
    core.reissue(key, None).await.unwrap();
    let guests_key = bela.core.keys(String::new(), KeyFilter::default(), None).await.unwrap().keys.remove(0).id;
    bela.core.delete_key(guests_key).await.unwrap();
    core.forgetting(place.clone()).await.unwrap();
    core.forget_intercom(place).await.unwrap();
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
    fn on_pairing(&self, _: PairingProgress) -> Result<(), ListenerError> {
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
