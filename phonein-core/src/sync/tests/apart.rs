//! Two managers who edit and delete apart.

use super::*;
use crate::wallet::Overtaken;

/// Two phones that both know key 1.
async fn two() -> (Phone, Phone) {
    let device = Arc::new(Device::new());
    let (anna, bela) = (Phone::paired(&device, 1), Phone::paired(&device, 2));
    anna.make(1, "Cleaner");
    anna.sync().await;
    bela.sync().await;
    anna.sync().await;
    (anna, bela)
}

#[tokio::test]
async fn whoever_comes_second_is_overtaken_and_may_keep_theirs() {
    let (anna, bela) = two().await;
    anna.rename(1, "Anna's");
    bela.rename(1, "Béla's");
    anna.sync().await;
    bela.sync().await;
    let key = bela.key(1).unwrap();
    let Some(Overtaken::Changed(theirs)) = key.overtaken() else { panic!("{key:?}") };
    assert_eq!(theirs.grant().about.name.as_deref(), Some("Anna's"));
    assert_eq!((&*key.name, bela.waiting()), ("Béla's", 0));
    bela.wallet.keep_theirs(key.id).unwrap();
    bela.sync().await;
    assert_eq!((bela.name(1), anna.name(1)), ("Anna's".into(), "Anna's".into()));
    assert_eq!(bela.key(1).unwrap().overtaken(), None);
}

#[tokio::test]
async fn keep_mine_is_a_new_version_on_top_of_the_other() {
    let (anna, bela) = two().await;
    anna.rename(1, "Anna's");
    bela.rename(1, "Béla's");
    anna.sync().await;
    bela.sync().await;
    bela.change(1, |key| change::keep_mine(&key.ledger, HERE));
    bela.sync().await;
    anna.sync().await;
    assert_eq!((bela.name(1), anna.name(1)), ("Béla's".into(), "Béla's".into()));
    assert_eq!(anna.key(1).unwrap().overtaken(), None);
    assert_eq!(anna.key(1).unwrap().version_held(), 3);
    assert!(anna.key(1).unwrap().has_secret(), "an edit leaves the link of the maker as it is");
}

#[tokio::test]
async fn a_pull_alone_shows_that_a_waiting_change_is_overtaken() {
    let (anna, bela) = two().await;
    bela.rename(1, "Béla's");
    bela.sync().await;
    anna.rename(1, "Anna's");
    // Anna's Put is lost with her first request; Keys would tell too.
    anna.wallet.apply_keys(anna.intercom, &keys_of(&anna), 0).unwrap();
    assert!(matches!(anna.key(1).unwrap().overtaken(), Some(Overtaken::Changed(_))));
}

fn keys_of(phone: &Phone) -> Vec<phonein_protocol::message::KeyItem> {
    match phone.device.ask(&Request { number: 0, kid: Some(phone.kid()), body: Body::Keys { after: 0 } }).detail {
        Detail::Keys { items, .. } => items,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_deletion_wins_over_an_edit_whichever_comes_first() {
    for deletion_first in [true, false] {
        let (anna, bela) = two().await;
        anna.delete(1);
        bela.rename(1, "Béla's");
        let (first, second) = if deletion_first { (&anna, &bela) } else { (&bela, &anna) };
        first.sync().await;
        second.sync().await;
        anna.sync().await;
        assert_eq!(anna.key(1), None);
        bela.sync().await;
        if deletion_first {
            let key = bela.key(1).unwrap();
            assert_eq!(key.overtaken(), Some(Overtaken::Deleted));
            assert_eq!(key.name, "Béla's");
        } else {
            assert_eq!(bela.key(1), None, "its change had arrived, so nothing is to be asked");
        }
    }
}

#[tokio::test]
async fn keep_mine_of_a_deleted_key_is_a_new_key_with_the_same_rule() {
    let (anna, bela) = two().await;
    anna.delete(1);
    bela.rename(1, "Béla's");
    anna.sync().await;
    bela.sync().await;
    let key = bela.key(1).unwrap();
    let grant = change::copy(&key.ledger, key_id(2), None, secret(2).commitment(), HERE).unwrap();
    bela.wallet.replace_deleted(&key, bela.sign(grant), &secret(2)).unwrap();
    bela.sync().await;
    anna.sync().await;
    assert_eq!((bela.key(1), anna.key(1)), (None, None));
    assert_eq!((bela.name(2), anna.name(2)), ("Béla's".into(), "Béla's".into()));
    assert_eq!(bela.key(2).unwrap().grant(), anna.key(2).unwrap().grant());
}

#[tokio::test]
async fn both_deleted_it_and_nothing_is_left_to_say() {
    let (anna, bela) = two().await;
    anna.delete(1);
    bela.delete(1);
    anna.sync().await;
    bela.sync().await;
    assert_eq!((anna.key(1), bela.key(1)), (None, None));
    assert_eq!((anna.waiting(), bela.waiting()), (0, 0));
}

#[tokio::test]
async fn several_edits_before_the_first_contact_arrive_as_the_last() {
    let (anna, bela) = two().await;
    for name in ["One", "Two", "Three"] {
        anna.rename(1, name);
    }
    anna.sync().await;
    bela.sync().await;
    assert_eq!((bela.name(1), anna.waiting()), ("Three".into(), 0));
}

#[tokio::test]
async fn a_new_link_frees_the_phone_that_has_the_key() {
    let (anna, bela) = two().await;
    anna.claimed_by(1, &SigningKey::from_bytes(&[3; 32]).unwrap());
    anna.sync().await;
    let key = anna.key(1).unwrap();
    let grant = change::reissue(&key.ledger, secret(5).commitment(), None, HERE).unwrap();
    anna.wallet.change_key(&key, anna.sign(grant), Some(&secret(5))).unwrap();
    anna.sync().await;
    bela.sync().await;
    let key = anna.key(1).unwrap();
    assert_eq!((key.ledger.holder.clone(), key.ledger.holder_lost, key.has_secret()), (None, false, true));
    let theirs = bela.key(1).unwrap();
    assert_eq!((theirs.ledger.holder, theirs.ledger.holder_lost), (None, false));
}

impl Phone {
    fn reissue(&self, number: u8, link: u8) {
        let key = self.key(number).unwrap();
        let grant = change::reissue(&key.ledger, secret(link).commitment(), None, HERE).unwrap();
        self.wallet.change_key(&key, self.sign(grant), Some(&secret(link))).unwrap();
    }

    /// The link that counts, as the intercom said.
    fn link(&self, number: u8) -> Option<phonein_protocol::id::Commitment> {
        self.key(number).unwrap().ledger.stored().and_then(crate::wallet::ledger::commitment)
    }

    async fn keep_mine(&self, number: u8) {
        self.sync().await;
        assert!(self.key(number).unwrap().overtaken().is_some());
        self.change(number, |key| change::keep_mine(&key.ledger, HERE));
        self.sync().await;
    }
}

#[tokio::test]
async fn keep_mine_brings_no_link_back_that_another_manager_replaced() {
    let (anna, bela) = two().await;
    bela.reissue(1, 5);
    bela.sync().await;
    anna.rename(1, "Anna's");
    anna.keep_mine(1).await;
    assert_eq!((&*anna.name(1), anna.link(1)), ("Anna's", Some(secret(5).commitment())));
}

#[tokio::test]
async fn keep_mine_brings_no_link_back_that_was_claimed_and_replaced_unheard() {
    let (anna, bela) = two().await;
    anna.reissue(1, 6);
    // Whoever got that link brings it to the intercom first.
    let grant = anna.key(1).unwrap().grant().unwrap().bytes().to_vec();
    let guest = SigningKey::from_bytes(&[3; 32]).unwrap();
    let body = Body::Claim { grant, secret: secret(6), key: guest.public(), name: "Carol".into(), door: None };
    assert_eq!(anna.device.ask(&Request { number: 1, kid: None, body }).holds, Some(true));
    bela.sync().await;
    bela.reissue(1, 5);
    bela.sync().await;
    anna.keep_mine(1).await;
    assert_eq!(anna.link(1), Some(secret(5).commitment()));
}

#[tokio::test]
async fn an_edit_of_an_overtaken_key_brings_no_replaced_link_back() {
    let (anna, bela) = two().await;
    anna.reissue(1, 5);
    bela.rename(1, "Béla's");
    anna.sync().await;
    bela.sync().await;
    assert!(bela.key(1).unwrap().overtaken().is_some());
    bela.rename(1, "Béla's again");
    bela.sync().await;
    assert_eq!((&*bela.name(1), bela.link(1)), ("Béla's again", Some(secret(5).commitment())));
}

#[tokio::test]
async fn keep_mine_keeps_a_new_link_that_nobody_can_have_claimed() {
    let (anna, bela) = two().await;
    bela.rename(1, "Béla's");
    bela.sync().await;
    anna.reissue(1, 6);
    anna.keep_mine(1).await;
    assert_eq!(anna.link(1), Some(secret(6).commitment()));
}

#[tokio::test]
async fn a_grant_signed_with_a_key_that_no_longer_counts_is_signed_anew() {
    let (anna, _) = two().await;
    // Paired again with another signing key; what waits was signed with the old one.
    anna.make(2, "Renter");
    let again = Phone::paired(&anna.device, 9);
    let joined = Joined {
        public_key: INTERCOM,
        name: "Home",
        doors: Doors::BOTH,
        alias: "new",
        phone_key: again.key.public(),
        address: None,
        urls: &[],
        zone: None,
    };
    anna.wallet.paired(&joined, NOW * 1000).unwrap();
    again.ask(Body::Managers(ManagersAsk::Remove(anna.kid()))).await.unwrap();
    let anna = Phone { key: again.key.clone(), ..anna };
    anna.sync().await;
    let key = anna.key(2).unwrap();
    assert_eq!((anna.waiting(), key.grant().unwrap().signer()), (0, anna.kid()));
    assert!(key.ledger.mine.is_none() && key.has_secret());
}
