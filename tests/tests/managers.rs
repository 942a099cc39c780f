//! Two managers who change a key apart, and a use that was spent while the power failed.
#![allow(clippy::unwrap_used)]

use phonein_core::api::{ActivityFilter, ActivityKind, ActivityShow, Keep, KeyFilter, KeyOffer, TapState};
use phonein_core::text::refusal::Refusal;
use phonein_core::text::tap::Door;
use phonein_protocol::id::Doors;
use phonein_tests::intercom::TestIntercom;
use phonein_tests::passage::Passage;
use phonein_tests::phone::Phone;

/// Tuesday, October 12, 2021 at 10:22 in Budapest.
const NOW: i64 = 1_634_026_920;

/// Two managers who both know one key, by its ids in their wallets.
struct Apart {
    intercom: TestIntercom,
    /// Anna's way there, which Béla does not take.
    annas_way: Passage,
    anna: Phone,
    bela: Phone,
    annas: String,
    belas: String,
}

async fn apart() -> Apart {
    let intercom = TestIntercom::start(Doors::ENTRANCE, NOW).await.unwrap();
    let annas_way = Passage::start().await.unwrap();
    annas_way.lead_to(Some(intercom.address()));
    let (anna, bela) = (Phone::new(NOW).await.unwrap(), Phone::new(NOW).await.unwrap());
    let code = intercom.code().replace(&intercom.url(), &annas_way.url());
    let home = anna.pair(&code, "Home", "Anna").await.unwrap();
    intercom.press_button();
    bela.pair(&intercom.code(), "Home", "Béla").await.unwrap();
    let annas = make(&anna, &home, "Cleaner", false).await;
    anna.core.sync().await.unwrap();
    bela.core.sync().await.unwrap();
    let belas = bela.core.keys(String::new(), KeyFilter::default(), None).await.unwrap().keys.remove(0).id;
    Apart { intercom, annas_way, anna, bela, annas, belas }
}

async fn make(phone: &Phone, home: &str, name: &str, is_single_use: bool) -> String {
    let wizard = phone.core.new_key(home.into()).await.unwrap();
    wizard.set_name(name);
    wizard.set_unlimited(!is_single_use);
    wizard.save().await.unwrap()
}

impl Apart {
    /// Anna renames the key while the intercom is out of her reach; Béla does something to it that arrives; then Anna hears.
    async fn overtake(&self, bela: impl AsyncFnOnce(&Phone)) {
        self.annas_way.lead_to(None);
        let wizard = self.anna.core.edit_key(self.annas.clone()).await.unwrap();
        wizard.set_name("Anna's cleaner");
        wizard.save().await.unwrap();
        self.anna.core.sync().await.unwrap();
        bela(&self.bela).await;
        self.bela.core.sync().await.unwrap();
        self.annas_way.lead_to(Some(self.intercom.address()));
        self.anna.core.sync().await.unwrap();
    }
}

#[tokio::test]
async fn a_change_overtaken_by_another_is_shown_and_either_can_be_kept() {
    for (keep, kept) in [(Keep::Mine, "Anna's cleaner"), (Keep::Theirs, "Béla's cleaner")] {
        let apart = apart().await;
        let rename = async |bela: &Phone| {
            let wizard = bela.core.edit_key(apart.belas.clone()).await.unwrap();
            wizard.set_name("Béla's cleaner");
            wizard.save().await.unwrap();
        };
        apart.overtake(rename).await;
        let details = apart.anna.core.key(apart.annas.clone()).await.unwrap();
        assert_eq!(details.row.status_words, "Overtaken by another manager");
        assert_eq!((details.row.offers, details.is_delivered), (vec![KeyOffer::Delete], false));
        assert_eq!(details.delivery_words, "Not delivered before you say which version counts");
        let overtaken = details.overtaken.unwrap();
        assert_eq!(overtaken.told.title, "Béla changed this key meanwhile");
        assert_eq!(overtaken.mine_words, "Yours: This key will be valid forever");
        assert_eq!(overtaken.theirs_words.unwrap(), "Theirs: This key will be valid forever");

        let same = apart.anna.core.resolve(apart.annas.clone(), keep).await.unwrap();
        assert_eq!(same, apart.annas);
        apart.anna.core.sync().await.unwrap();
        apart.bela.core.sync().await.unwrap();
        for (phone, key) in [(&apart.anna, &apart.annas), (&apart.bela, &apart.belas)] {
            let details = phone.core.key(key.clone()).await.unwrap();
            assert_eq!((&*details.row.name, &*details.delivery_words), (kept, "At the intercom"));
        }
    }
}

#[tokio::test]
async fn a_key_kept_against_a_deletion_is_a_new_one() {
    let apart = apart().await;
    apart.overtake(async |bela: &Phone| drop(bela.core.delete_key(apart.belas.clone()).await.unwrap())).await;
    let details = apart.anna.core.key(apart.annas.clone()).await.unwrap();
    assert_eq!(details.row.offers, [], "nothing follows a deletion but an answer");
    let overtaken = details.overtaken.unwrap();
    assert_eq!(overtaken.told.title, "Another manager deleted this key meanwhile");
    assert_eq!(overtaken.theirs_words, None);
    let new = apart.anna.core.resolve(apart.annas.clone(), Keep::Mine).await.unwrap();
    assert_ne!(new, apart.annas);
    apart.anna.core.sync().await.unwrap();
    let details = apart.anna.core.key(new.clone()).await.unwrap();
    assert_eq!((&*details.row.name, &*details.delivery_words), ("Anna's cleaner", "At the intercom"));
    assert!(apart.anna.core.share(new).await.is_ok(), "it has a link of its own");
}

#[tokio::test]
async fn a_use_spent_while_the_power_failed_is_told_and_given_back() {
    let intercom = TestIntercom::start(Doors::ENTRANCE, NOW).await.unwrap();
    let (anna, bela) = (Phone::new(NOW).await.unwrap(), Phone::new(NOW).await.unwrap());
    let home = anna.pair(&intercom.code(), "Home", "Anna").await.unwrap();
    let key = make(&anna, &home, "Delivery", true).await;
    let text = anna.core.share(key).await.unwrap().text;
    anna.core.sync().await.unwrap();
    bela.core.accept_link(text, "Béla".into()).await.unwrap();
    let there = bela.core.home().await.unwrap().intercoms[0].intercom.id.clone();

    intercom.fail_at_next_opening();
    let tap = bela.press(&there, None, Door::Entrance).await.unwrap();
    assert_eq!(tap.state, TapState::Refused { refusal: Refusal::Interrupted, opens: None });
    let tap = bela.press(&there, None, Door::Entrance).await.unwrap();
    assert_eq!(tap.state, TapState::Refused { refusal: Refusal::UsedUp, opens: None }, "the use stays spent");

    anna.core.sync().await.unwrap();
    let all = || ActivityFilter { intercom: None, show: ActivityShow::All };
    let entries = anna.core.activity(all(), None).await.unwrap().entries;
    let entry = entries.into_iter().find(|entry| entry.kind == ActivityKind::Interrupted).unwrap();
    assert_eq!((&*entry.title, &*entry.reason), ("Interrupted", "Power failed during this use"));
    assert!(entry.may_give_back);
    anna.core.give_back(entry.id.clone()).await.unwrap();
    anna.core.sync().await.unwrap();
    let entries = anna.core.activity(all(), None).await.unwrap().entries;
    let entry = entries.into_iter().find(|again| again.id == entry.id).unwrap();
    assert_eq!((&*entry.reason, entry.may_give_back), ("The use was given back", false));
    let tap = bela.press(&there, None, Door::Entrance).await.unwrap();
    assert!(matches!(tap.state, TapState::Opened { .. }), "{tap:?}");
}
