//! An intercom restored from an old copy of its disk.

use super::*;
use crate::wallet::{ActivityFilter, NoteKind};
use phonein_protocol::intercom::{Store, store};

fn at_device(device: &Device, number: u8) -> Option<store::Key> {
    device.disk().key(key_id(number)).unwrap()
}

fn notes(phone: &Phone) -> Vec<NoteKind> {
    phone.wallet.notes(phone.intercom).unwrap().into_iter().map(|note| note.kind).collect()
}

#[tokio::test]
async fn grants_and_deletions_are_put_again_whoever_made_them() {
    let device = Arc::new(Device::new());
    let (anna, bela) = (Phone::paired(&device, 1), Phone::paired(&device, 2));
    anna.make(1, "Edited since");
    anna.make(2, "Deleted since");
    anna.sync().await;
    let old = device.disk();
    anna.rename(1, "Edited");
    anna.delete(2);
    anna.make(3, "Made since");
    anna.sync().await;
    bela.sync().await;
    device.restore(old);

    // Béla made none of it.
    bela.sync().await;
    assert_eq!(notes(&bela), [NoteKind::LogBroken]);
    assert_eq!(at_device(&device, 2), Some(store::Key::Deleted), "a deletion known by its id alone is signed by Béla");
    for (number, name) in [(1, "Edited"), (3, "Made since")] {
        let Some(store::Key::Known(record)) = at_device(&device, number) else { panic!("{number}") };
        assert_eq!(record.grant.grant().about.name.as_deref(), Some(name));
    }
    assert_eq!((bela.here().duty, bela.waiting()), (Duty::None, 0));
    anna.sync().await;
    assert_eq!(notes(&anna), [NoteKind::LogBroken]);
    assert_eq!((anna.name(1), anna.key(2), anna.name(3)), ("Edited".into(), None, "Made since".into()));
    assert!(!anna.sync().await.is_news, "it is over");
    assert_eq!(notes(&anna).len(), 1);
}

#[tokio::test]
async fn a_log_that_has_grown_past_what_was_read_is_noticed_too() {
    let device = Arc::new(Device::new());
    let (anna, bela) = (Phone::paired(&device, 1), Phone::paired(&device, 2));
    anna.sync().await;
    let old = device.disk();
    bela.make(1, "Made since");
    bela.sync().await;
    let before = bela.here().read.number;
    device.restore(old);
    for number in 10..40 {
        anna.make(number, "Noise");
    }
    anna.sync().await;
    assert!(device.judgement.lock().unwrap().state().head.number > before);
    bela.sync().await;
    assert!(notes(&bela).contains(&NoteKind::LogBroken));
    assert!(at_device(&device, 1).is_some() && bela.key(1).unwrap().ledger.mine.is_none());
    assert!(bela.key(30).is_some());
}

#[tokio::test]
async fn what_was_read_before_is_not_listed_twice() {
    let device = Arc::new(Device::new());
    let anna = Phone::paired(&device, 1);
    anna.make(1, "Cleaner");
    anna.sync().await;
    let old = device.disk();
    anna.rename(1, "Edited");
    anna.sync().await;
    let filter = ActivityFilter::default();
    let before = anna.wallet.activity(filter, None, 99).unwrap();
    device.restore(old);
    anna.sync().await;
    let after = anna.wallet.activity(filter, None, 99).unwrap();
    assert!(before.iter().all(|row| after.contains(row)), "nothing that was read is taken back");
    // Restarted, and the edit put again.
    assert_eq!(after.len(), before.len() + 2);
}

#[tokio::test]
async fn a_word_that_no_log_confirms_does_not_count() {
    let device = Arc::new(Device::new());
    let anna = Phone::paired(&device, 1);
    anna.sync().await;
    let old = device.disk();
    anna.make(1, "Cleaner");
    // Settings and Put are answered; then the power fails and the disk is an old one.
    *device.answers.lock().unwrap() = 2;
    assert!(anna.try_sync().await.is_err());
    assert!(matches!(at_device(&device, 1), Some(store::Key::Known(_))));
    assert_eq!(anna.waiting(), 1, "stored, but the log has not said so");
    *device.answers.lock().unwrap() = usize::MAX;
    device.restore(old);
    anna.sync().await;
    assert_eq!(anna.waiting(), 0);
    assert!(matches!(at_device(&device, 1), Some(store::Key::Known(_))));
}

#[tokio::test]
async fn what_was_at_the_intercom_and_is_nobodys_now_is_signed_anew_as_it_is() {
    let device = Arc::new(Device::new());
    let anna = Phone::paired(&device, 1);
    anna.sync().await;
    let old = device.disk();
    let bela = Phone::paired(&device, 2);
    bela.make(1, "Béla's");
    bela.sync().await;
    anna.sync().await;
    let made = anna.key(1).unwrap().grant().unwrap().clone();
    // A disk from before Béla was a manager.
    device.restore(old);
    anna.sync().await;
    let Some(store::Key::Known(record)) = at_device(&device, 1) else { panic!() };
    assert_eq!((record.grant.grant(), record.grant.signer()), (made.grant(), anna.kid()));
    assert!(notes(&anna).contains(&NoteKind::ManagerLost));
    assert_eq!(anna.waiting(), 0);
}

#[tokio::test]
async fn a_later_version_refused_for_its_base_is_signed_anew_on_what_stands() {
    let device = Arc::new(Device::new());
    let (anna, bela) = (Phone::paired(&device, 1), Phone::paired(&device, 2));
    anna.make(1, "One");
    anna.sync().await;
    bela.sync().await;
    let old = device.disk();
    // Béla edits three times without a contact: version 4 on base 1.
    for name in ["Two", "Three", "Four"] {
        bela.rename(1, name);
    }
    bela.sync().await;
    assert_eq!(bela.key(1).unwrap().version_held(), 4);
    device.restore(old);
    // Anna, who never saw it, makes a version 2 on base 1.
    anna.rename(1, "Anna's");
    anna.sync().await;
    bela.sync().await;
    let Some(store::Key::Known(record)) = at_device(&device, 1) else { panic!() };
    assert_eq!((record.grant.grant().version, record.grant.grant().base), (4, 2));
    assert_eq!(record.grant.grant().about.name.as_deref(), Some("Four"));
}

#[tokio::test]
async fn a_key_that_lost_its_holder_needs_to_be_shared_again() {
    let device = Arc::new(Device::new());
    let anna = Phone::paired(&device, 1);
    anna.make(1, "Cleaner");
    anna.sync().await;
    let old = device.disk();
    anna.claimed_by(1, &SigningKey::from_bytes(&[3; 32]).unwrap());
    anna.sync().await;
    device.restore(old);
    anna.sync().await;
    let key = anna.key(1).unwrap();
    assert!(key.ledger.holder_lost && key.needs_sharing_again(false));
    assert_eq!(key.ledger.holder, None);
    let grant = change::reissue(&key.ledger, secret(5).commitment(), None, HERE).unwrap();
    anna.wallet.change_key(&key, anna.sign(grant), Some(&secret(5))).unwrap();
    assert!(!anna.key(1).unwrap().needs_sharing_again(false));
}

#[tokio::test]
async fn a_manager_seen_removed_who_is_back_is_asked_about() {
    let device = Arc::new(Device::new());
    let (anna, bela) = (Phone::paired(&device, 1), Phone::paired(&device, 2));
    anna.sync().await;
    let old = device.disk();
    anna.ask(Body::Managers(ManagersAsk::Remove(bela.kid()))).await.unwrap();
    anna.sync().await;
    device.restore(old);
    anna.sync().await;
    assert!(notes(&anna).contains(&NoteKind::ManagerBack));
    let note = anna.wallet.notes(anna.intercom).unwrap().pop().unwrap();
    assert_eq!(note.person, Some((bela.kid(), "Manager 2".into())));
    // Removed again, as the list of managers says then: that is the answer.
    anna.wallet.save_managers(anna.intercom, &[], NOW).unwrap();
    assert!(!notes(&anna).contains(&NoteKind::ManagerBack));
}

#[tokio::test]
async fn entries_that_ran_out_are_told_as_their_number() {
    let device = Arc::new(Device::new());
    let (anna, bela) = (Phone::paired(&device, 1), Phone::paired(&device, 2));
    anna.make(1, "Cleaner");
    anna.sync().await;
    bela.sync().await;
    let read = bela.here().read.number;
    for n in 10..110 {
        anna.make(n, "Many");
    }
    anna.sync().await;
    // As if there had been thousands.
    let mut disk = device.disk();
    disk.commit(&[store::Change::EntriesBefore(read + 50)]).unwrap();
    device.restore(disk);
    bela.sync().await;
    let oldest = device.disk().entries_after(0, 1).unwrap().remove(0);
    let oldest = phonein_protocol::log::Entry::parse(&oldest).unwrap().number;
    let notes = notes(&bela);
    assert!(notes.contains(&NoteKind::RanOut { count: oldest - read - 1 }), "{notes:?}");
    assert!(notes.contains(&NoteKind::LogBroken), "what ran out cannot be shown to have been there");
    assert_eq!((bela.here().duty, bela.here().read), (Duty::None, device.judgement.lock().unwrap().state().head));
    assert_eq!(bela.key(1).unwrap().ledger.mine, None);
}
