use super::*;
use crate::wallet::{ActivityFilter, Manages, NoteKind, What};
use phonein_protocol::log::Event;

#[tokio::test]
async fn a_new_key_reaches_the_intercom_and_is_confirmed_by_its_log() {
    let device = Arc::new(Device::new());
    let phone = Phone::paired(&device, 1);
    phone.make(1, "Cleaner");
    assert_eq!(phone.waiting(), 1);
    assert!(phone.sync().await.is_news);
    assert_eq!(phone.waiting(), 0);
    let key = phone.key(1).unwrap();
    assert!(key.ledger.mine.is_none() && key.ledger.stored().is_some() && key.has_secret());
    assert_eq!((phone.here().duty, phone.here().read), (Duty::None, phone.here().told));
    assert_eq!(phone.here().inner_door, Some(true));
    assert_eq!(phone.here().urls, ["http://10.0.0.2:8042"]);
    let events: Vec<_> = phone.wallet.activity(ActivityFilter::default(), None, 9).unwrap();
    let paired = |row: &crate::wallet::ActivityRow| matches!(&row.what, What::Entry(entry) if matches!(entry.event, Event::Paired { .. }));
    assert_eq!(events.iter().filter(|row| paired(row)).count(), 1);
    assert_eq!(
        events.iter().find(|row| row.key_name.as_deref() == Some("Cleaner")).map(|row| &row.person),
        Some(&Some("Manager 1".to_owned()))
    );
    assert!(!phone.sync().await.is_news, "nothing is new the second time");
}

#[tokio::test]
async fn more_grants_than_fit_in_a_body_all_arrive() {
    let device = Arc::new(Device::new());
    let phone = Phone::paired(&device, 1);
    for number in 1..=100 {
        phone.make(number, "A key with a name of some length to it");
    }
    phone.sync().await;
    assert_eq!(phone.waiting(), 0);
    let second = Phone::paired(&device, 2);
    second.sync().await;
    assert!((1..=100).all(|number| second.key(number).is_some()));
}

#[tokio::test]
async fn a_phone_that_became_a_manager_fills_its_wallet() {
    let device = Arc::new(Device::new());
    let first = Phone::paired(&device, 1);
    first.make(1, "Cleaner");
    first.make(2, "Renter");
    first.sync().await;
    first.claimed_by(1, &SigningKey::from_bytes(&[3; 32]).unwrap());
    first.delete(2);
    first.sync().await;

    // A guest's phone, until the holder of its key is made a manager.
    let guest = Phone::paired(&Arc::new(Device::new()), 3);
    let guest = Phone { device: device.clone(), ..guest };
    guest.wallet.set_manager(guest.intercom, false).unwrap();
    assert_eq!(guest.sync().await, Synced { is_news: false, is_manager: false });
    assert_eq!(guest.wallet.activity(ActivityFilter::default(), None, 9).unwrap(), []);
    first.ask(Body::Managers(ManagersAsk::Add { key: key_id(1), holder: guest.kid() })).await.unwrap();
    assert_eq!(guest.sync().await, Synced { is_news: true, is_manager: true });
    let key = guest.key(1).unwrap();
    assert_eq!((&*key.name, key.has_secret()), ("Cleaner", false));
    assert_eq!(key.ledger.holder, Some((guest.kid(), "Anna".into())));
    assert_eq!(guest.key(2), None);
    assert_eq!(guest.wallet.deleted_key(guest.intercom, key_id(2)).unwrap().as_deref(), Some(""));
    let people = guest.wallet.people(guest.intercom).unwrap();
    let managers: Vec<_> = people.iter().filter(|person| person.manages == Manages::Yes).collect();
    assert_eq!(managers.len(), 2);
    assert_eq!(guest.wallet.notes(guest.intercom).unwrap(), [], "all of it is new to this phone, none of it news");
}

#[tokio::test]
async fn all_managers_are_read_where_there_are_many() {
    let device = Arc::new(Device::new());
    let first = Phone::paired(&device, 1);
    for n in 2..50 {
        Phone::paired(&device, n);
    }
    first.sync().await;
    let people = first.wallet.people(first.intercom).unwrap();
    assert_eq!(people.iter().filter(|person| person.manages == Manages::Yes).count(), 49);
}

#[tokio::test]
async fn a_manager_who_was_removed_learns_it() {
    let device = Arc::new(Device::new());
    let (first, second) = (Phone::paired(&device, 1), Phone::paired(&device, 2));
    second.sync().await;
    second.make(1, "Too late");
    first.ask(Body::Managers(ManagersAsk::Remove(second.kid()))).await.unwrap();
    assert_eq!(second.sync().await, Synced { is_news: true, is_manager: false });
    assert_eq!(second.waiting(), 1, "it never counted, and says so");
}

#[tokio::test]
async fn a_pairing_at_the_device_is_shown_to_the_other_managers() {
    let device = Arc::new(Device::new());
    let first = Phone::paired(&device, 1);
    first.sync().await;
    let second = Phone::paired(&device, 2);
    first.sync().await;
    let notes = first.wallet.notes(first.intercom).unwrap();
    let kinds: Vec<_> = notes.iter().map(|note| (note.kind, note.person.clone())).collect();
    assert_eq!(kinds, [(NoteKind::ManagerPaired, Some((second.kid(), "Manager 2".into())))]);
    first.wallet.dismiss_note(notes[0].id).unwrap();
    first.sync().await;
    assert_eq!(first.wallet.notes(first.intercom).unwrap(), []);
}

#[tokio::test]
async fn a_sync_cut_off_anywhere_goes_on_from_there() {
    for answers in 0..20 {
        let device = Arc::new(Device::new());
        let first = Phone::paired(&device, 1);
        for number in 1..=30 {
            first.make(number, "Cleaner");
        }
        first.sync().await;
        let second = Phone::paired(&device, 2);
        second.make(99, "Mine");
        *device.answers.lock().unwrap() = answers;
        let cut_off = second.try_sync().await.is_err();
        *device.answers.lock().unwrap() = usize::MAX;
        second.sync().await;
        assert!((1..=30).chain([99]).all(|number| second.key(number).is_some()), "{answers}");
        assert_eq!((second.waiting(), second.here().duty), (0, Duty::None), "{answers}");
        assert_eq!(second.wallet.notes(second.intercom).unwrap(), [], "{answers}");
        if !cut_off {
            return;
        }
    }
    panic!("it is never done");
}

#[tokio::test]
async fn the_zone_of_the_pairing_is_the_intercoms() {
    let device = Arc::new(Device::new());
    let phone = Phone::paired(&device, 1);
    phone.sync().await;
    assert_eq!(phone.here().zone.as_deref(), Some("Europe/Budapest"));
    assert!(phone.here().table.is_some_and(|(_, until)| until > NOW));
}

#[tokio::test]
async fn the_secret_is_erased_once_the_keys_name_a_holder() {
    let device = Arc::new(Device::new());
    let phone = Phone::paired(&device, 1);
    let id = phone.make(1, "Cleaner");
    phone.sync().await;
    assert!(phone.wallet.secret(id).unwrap().is_some());
    phone.claimed_by(1, &SigningKey::from_bytes(&[3; 32]).unwrap());
    phone.sync().await;
    assert_eq!(phone.wallet.secret(id).unwrap(), None);
    assert_eq!(phone.key(1).unwrap().ledger.holder.map(|(_, name)| name).as_deref(), Some("Anna"));
}

#[tokio::test]
async fn openings_are_counted_where_the_manager_looks() {
    let device = Arc::new(Device::new());
    let phone = Phone::paired(&device, 1);
    phone.make(1, "Cleaner");
    phone.sync().await;
    let guest = SigningKey::from_bytes(&[3; 32]).unwrap();
    phone.claimed_by(1, &guest);
    let body = Body::Open { key: Some(key_id(1)), door: Door::Entrance.number(), held: 1 };
    device.ask(&Request { number: 5_000, kid: Some(Kid::of(&guest.public())), body });
    phone.sync().await;
    assert_eq!(phone.key(1).unwrap().ledger.used, [1, 0]);
    let filter = ActivityFilter { intercom: Some(phone.intercom), key: Some(key_id(1)), class: None };
    let rows = phone.wallet.activity(filter, None, 1).unwrap();
    assert_eq!(rows[0].person.as_deref(), Some("Anna"));
}
