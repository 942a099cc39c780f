//! Nothing that is exported reads the disk or computes cryptography on the thread that calls: that one may be drawing.
#![allow(clippy::unwrap_used)]

use phonein_core::api::{
    Accepted, ActivityFilter, ActivityShow, ExportFormat, Keep, KeyFilter, SettingsChange, TapState,
};
use phonein_core::text::tap::Door;
use phonein_protocol::id::Doors;
use phonein_tests::intercom::TestIntercom;
use phonein_tests::phone::Phone;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::thread::{self, ThreadId};
use std::time::{SystemTime, UNIX_EPOCH};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};

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

#[test]
fn nothing_exported_works_on_the_callers_thread() {
    let heard = Heard::default();
    tracing::subscriber::set_global_default(heard.clone()).unwrap();
    // The intercom is not the caller: it has threads of its own.
    let others = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let now = i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()).unwrap();
    let intercom = others.block_on(TestIntercom::start(Doors::BOTH, now)).unwrap();
    let caller = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    caller.block_on(call_everything(&intercom, now));
    let here = thread::current().id();
    assert_eq!(heard.on(|thread| thread == here), BTreeSet::new());
    // They can be heard at all.
    let all = ["phonein_core::exchange::seal", "phonein_core::keys::keystore", "phonein_core::wallet"];
    assert_eq!(heard.on(|thread| thread != here), BTreeSet::from(all));
}

async fn call_everything(intercom: &TestIntercom, now: i64) {
    let (anna, bela) = (Phone::new(now).await.unwrap(), Phone::new(now).await.unwrap());
    let core = &anna.core;
    assert!(core.check_code(&intercom.code()).code.is_some());
    let place = anna.pair(&intercom.code(), "Home", "Anna").await.unwrap();
    core.rename_intercom(place.clone(), "House".into()).await.unwrap();
    core.settings(place.clone()).await.unwrap();
    core.change_settings(place.clone(), SettingsChange::InnerDoor { on: true }).await.unwrap();
    core.answer_clock(place.clone(), true).await.unwrap();
    core.zone_names().await.unwrap();
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
    core.notices();
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
    bela.core.forget_key(guests_key).await.unwrap();
    core.forgetting(place.clone()).await.unwrap();
    core.forget_intercom(place).await.unwrap();
}
