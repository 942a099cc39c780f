//! What becomes of a phone's wallet that was copied, damaged, or written by a newer app.
#![allow(clippy::unwrap_used)]

use phonein_core::api::{Accepted, Config, KeyFilter, Phonein, TapState, WalletError};
use phonein_core::keys::software_keys;
use phonein_core::text::DayClock;
use phonein_core::text::key::KeyStatus;
use phonein_core::text::tap::Door;
use phonein_tests::phone::Phone;
use phonein_tests::process::IntercomProcess;
use rusqlite::Connection;
use std::fs;

/// Tuesday, October 12, 2021 at 10:22 in Budapest.
const NOW: i64 = 1_634_026_920;

/// An intercom, its resident, and a guest who holds a key.
async fn scene() -> (IntercomProcess, Phone, Phone) {
    let intercom = IntercomProcess::start(NOW).await.unwrap();
    let (anna, bela) = (Phone::new(NOW).await.unwrap(), Phone::new(NOW).await.unwrap());
    let place = anna.pair(&intercom.code(), "Home", "Anna").await.unwrap();
    let wizard = anna.core.new_key(place).await.unwrap();
    wizard.set_name("Cleaner");
    let key = wizard.save().await.unwrap();
    let link = anna.core.share(key).await.unwrap().link;
    let accepted = bela.core.accept_link(link, "Béla".into()).await.unwrap();
    assert!(matches!(accepted, Accepted::Added { .. }), "{accepted:?}");
    intercom.passage.quiet().await;
    (intercom, anna, bela)
}

#[tokio::test]
async fn a_wallet_copied_to_another_phone_opens_nothing_and_says_so() {
    let (intercom, anna, bela) = scene().await;
    for phone in [&anna, &bela] {
        let copy = phone.copy_of_wallet().await.unwrap();
        let home = copy.core.home().await.unwrap();
        let note = &home.intercoms[0].notes[0];
        assert_eq!(note.title, "This wallet came from another phone, whose keys cannot be copied");
        let place = copy.core.intercoms().await.unwrap().remove(0).id;
        let tap = copy.press(&place, None, Door::Entrance).await;
        assert!(!tap.is_ok_and(|tap| matches!(tap.state, TapState::Opened { .. })));
        copy.core.sync().await.unwrap();
    }
    // What a manager's phone can sign nothing for is not offered, and its page says why.
    let copy = anna.copy_of_wallet().await.unwrap();
    let row = copy.core.keys(String::new(), KeyFilter::default(), None).await.unwrap().keys.remove(0);
    let page = copy.core.key(row.id.clone()).await.unwrap();
    assert_eq!((row.offers, row.opens), (vec![], None));
    assert_eq!(page.locked.unwrap().title, "This wallet came from another phone, whose keys cannot be copied");
    assert!(copy.core.edit_key(row.id).await.is_err());

    let copy = bela.copy_of_wallet().await.unwrap();
    let row = copy.core.keys(String::new(), KeyFilter::default(), None).await.unwrap().keys.remove(0);
    assert_eq!((row.status, &*row.status_words), (KeyStatus::ShareAgain, "Needs to be shared again"));
    assert_eq!(intercom.moved(), 0);

    // The phone it came from does not notice.
    let place = bela.core.intercoms().await.unwrap().remove(0).id;
    let tap = bela.press(&place, None, Door::Entrance).await.unwrap();
    assert!(matches!(tap.state, TapState::Opened { .. }), "{tap:?}");
}

#[tokio::test]
async fn a_damaged_wallet_is_set_aside_and_told() {
    let (_intercom, _, bela) = scene().await;
    let file = bela.wallet_file();
    let damage = [0xa5; 3_000];
    // What is not written yet would be written over the damage.
    drop(Connection::open(&file).unwrap().execute_batch("PRAGMA wal_checkpoint(TRUNCATE)"));
    let mut bytes = fs::read(&file).unwrap();
    bytes[..damage.len()].copy_from_slice(&damage);
    fs::write(&file, &bytes).unwrap();
    let bela = bela.restart().await.unwrap();
    // Told until it was read, however often the app is started.
    let bela = bela.restart().await.unwrap();
    let home = bela.core.home().await.unwrap();
    assert_eq!(home.notes[0].title, "The wallet was damaged and was set aside as wallet.damaged-1.db");
    assert_eq!(home.intercoms, []);
    bela.core.dismiss(home.notes[0].dismissal.clone().unwrap()).await.unwrap();
    assert_eq!(bela.core.home().await.unwrap().notes, []);
    let bela = bela.restart().await.unwrap();
    assert_eq!(bela.core.home().await.unwrap().notes, []);
    assert_eq!(fs::read(file.with_file_name("wallet.damaged-1.db")).unwrap(), bytes, "nothing was deleted");
}

#[tokio::test]
async fn a_newer_wallet_is_refused_and_left_as_it_is() {
    let (_intercom, _, bela) = scene().await;
    let file = bela.wallet_file();
    let version: i64 = {
        let connection = Connection::open(&file).unwrap();
        let version = connection.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
        connection.pragma_update(None, "user_version", 9_999).unwrap();
        version
    };
    let Err(error) = bela.open_beside().await else { panic!("it was opened") };
    let WalletError::TooNew { told } = error.downcast_ref().unwrap() else { panic!("{error:?}") };
    assert_eq!(told.sentence, "This wallet was written by a newer Phonein. Update the app. Nothing was changed.");
    Connection::open(&file).unwrap().pragma_update(None, "user_version", version).unwrap();
    let bela = bela.restart().await.unwrap();
    assert_eq!(bela.core.keys(String::new(), KeyFilter::default(), None).await.unwrap().keys.len(), 1);
}

#[tokio::test]
async fn a_place_that_cannot_be_written_is_told_as_that() {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("file"), "").unwrap();
    let path = |name: &str| directory.path().join(name).to_string_lossy().into_owned();
    let config = Config {
        // A directory below a file cannot be made, whoever asks.
        directory: path("file/wallet"),
        locale: "en".into(),
        day_clock: DayClock::TwentyFour,
        zone: "Europe/Budapest".into(),
        link_host: "phonein.example".into(),
    };
    let Err(error) = Phonein::open(config, software_keys(path("keys")).unwrap()).await else { panic!("it was opened") };
    let WalletError::ReadOnly { told } = error else { panic!("{error:?}") };
    assert_eq!(told.title, "The wallet cannot be written");
}
