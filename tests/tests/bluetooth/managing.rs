//! Changes that were made out of the radio's reach.

use phonein_core::{
    api::KeyFilter,
    text::{key::KeyStatus, refusal::Refusal, tap::Via},
};
use phonein_tests::phone::Phone;

use crate::{
    guest,
    scene::{NOW, Scene, accept, opens, refused, uses},
};

#[tokio::test]
async fn a_change_made_far_away_is_delivered_when_the_managers_phone_comes_near() {
    let scene = Scene::apart().await;
    let bela = scene.guest(|_| {}).await;
    guest::turn("hci1").await;
    scene.anna.core.sync().await.unwrap();

    guest::turn("hci2").await;
    scene.anna.core.delete_key(bela.key.clone()).await.unwrap();
    scene.anna.core.sync().await.unwrap();
    assert_eq!(scene.row(&bela.key).await.status_words, "Deleted, waiting for the intercom");
    assert_eq!(opens(&bela.phone, &bela.place).await, Via::Bluetooth, "the door does not know yet");

    guest::turn("hci1").await;
    scene.anna.core.sync().await.unwrap();
    let is_there = scene.anna.core.keys(String::new(), KeyFilter::default(), None).await.unwrap().keys;
    assert!(is_there.iter().all(|row| row.id != bela.key || row.status != KeyStatus::DeletedWaiting), "{is_there:?}");
    guest::turn("hci2").await;
    assert_eq!(refused(&bela.phone, &bela.place).await, Refusal::Deleted);
}

#[tokio::test]
async fn a_link_shared_anew_brings_its_own_change_to_the_door() {
    let scene = Scene::apart().await;
    let bela = scene.guest(uses(5)).await;
    scene.anna.core.reissue(bela.key.clone(), None).await.unwrap();
    let link = scene.anna.core.share(bela.key.clone()).await.unwrap().link;
    assert_ne!(link, bela.link);

    guest::turn("hci3").await;
    let new = Phone::near(NOW, "hci3").await.unwrap();
    let place = accept(&new, &link).await;
    assert_eq!(opens(&new, &place).await, Via::Bluetooth);
    guest::turn("hci2").await;
    assert_eq!(refused(&bela.phone, &bela.place).await, Refusal::Taken);
}
