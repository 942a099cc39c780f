//! What a manager does: makes keys, changes them, gives their links away.

use super::{oracle::Confirmed, phone::Phone, world::Place};
use crate::{
    clock::Clock,
    exchange::{Introduction, pair},
    exchange::{
        Via,
        fake::{BEGIN, FakeKeys, FakeTransport, uuid},
    },
    unlock::{Wish, tests::schedule::dice::Dice},
    wallet::{
        Joined, Key, KeyFilter, Overtaken, WalletError,
        change::{self, Now, Wanted},
        ledger::Theirs,
    },
};
use phonein_protocol::{
    grant::{About, Grant, SignedGrant},
    id::{Door, Doors, KeyId, LinkSecret},
    link::Link,
    rule::{Date, Days, Minute, Rule, Weekly},
};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::Duration,
};

/// More keys than these nobody makes.
const MOST_KEYS: usize = 14;

pub(super) struct Manager {
    pub(super) phone: Phone,
    name: &'static str,
    /// The last change of each key that was made here.
    changes: Mutex<BTreeMap<KeyId, SignedGrant>>,
}

impl Manager {
    /// Paired, in fine weather.
    pub(super) async fn paired(place: &Arc<Place>, name: &'static str, dice: &mut Dice) -> Self {
        let phone = Phone::new(place, name).await;
        place.intercom.press_button();
        let fine = vec![FakeTransport::fine(&place.intercom, Via::Http)];
        let zone = crate::zone::table("Europe/Budapest", BEGIN).ok();
        let introduction = Introduction { name: name.into(), zone, now: BEGIN };
        pair(fine, &uuid(), &phone.key, introduction, &|_| {}).await.unwrap();
        let joined = Joined {
            public_key: place.intercom.public(),
            name: "Home",
            doors: Doors::BOTH,
            alias: name,
            phone_key: *phone.key.public(),
            address: None,
            urls: &[],
            zone: None,
        };
        phone.wallet.paired(&joined, phone.clock.now_ms()).unwrap();
        phone.restart_app(dice);
        phone.oracle().is_managed_by(phone.kid());
        Self { phone, name, changes: Mutex::default() }
    }

    /// Does one thing.
    pub(super) async fn act(&self, dice: &mut Dice) {
        match dice.roll(20) {
            0..=2 => self.make(dice),
            3..=5 => self.change(dice, |key, now, dice| Some((change::edit(&key.ledger, wanted(dice), now)?, None))),
            6 => self.change(dice, |key, now, dice| {
                let (secret, more) = (secret(dice), if dice.chance(50) { Some(1 + dice.roll(2)) } else { None });
                Some((change::reissue(&key.ledger, secret.commitment(), more, now)?, Some(secret)))
            }),
            7 if dice.chance(40) => {
                self.change(dice, |key, now, _| Some((change::delete(&key.ledger, now)?, None)));
            }
            7 | 8 => self.resolve(dice),
            9..=11 => {
                let door = *dice.pick(&[Door::Entrance, Door::Entrance, Door::Inner]);
                let gives_up = dice.chance(15).then(|| dice.within(3_000));
                self.phone.press(Wish::Open { key: None, held: 0, door }, gives_up).await;
            }
            12 => self.phone.go(dice),
            13 if dice.chance(30) => self.phone.restart_app(dice),
            13 => self.phone.prefetch().await,
            _ => self.sync().await,
        }
    }

    /// Tells the intercom what waits, and holds what the wallet then says of it against what is there.
    pub(super) async fn sync(&self) {
        if !self.phone.reach().await {
            return;
        }
        for key in self.keys() {
            if let Theirs::Grant(theirs) = &key.ledger.theirs
                && key.ledger.mine.is_none()
                && !key.ledger.put_again
            {
                self.phone.oracle().confirmed(key.key, Confirmed::Version(theirs.grant().version));
            }
            if key.overtaken().is_some() {
                self.phone.oracle().tally.count("overtaken");
            }
        }
        self.check_changes();
    }

    /// Each change that was made here waits, has been at the intercom, or is shown as overtaken.
    pub(super) fn check_changes(&self) {
        for (id, change) in &*self.changes.lock().unwrap() {
            let key = self.phone.wallet.key_of(self.phone.intercom(), *id).unwrap();
            let waits = key
                .as_ref()
                .and_then(|key| key.ledger.mine.as_ref())
                .is_some_and(|mine| mine.payload() == change.payload());
            let arrived = self.phone.oracle().was_stored(change);
            let is_deletion = change.grant().terms.is_none();
            assert!(
                waits || arrived || is_deletion && key.is_none(),
                "{} lost a change: {change:?} {key:?}",
                self.name
            );
            if is_deletion && key.is_none() {
                self.phone.oracle().confirmed(*id, Confirmed::Deleted);
            }
        }
    }

    /// What both the wallet and the intercom think of a key, once nothing is left to say.
    pub(super) fn check_agrees(&self, place: &Place) {
        for key in self.keys().into_iter().filter(|key| key.overtaken().is_none()) {
            assert_eq!(key.ledger.mine, None, "{} has something to say still", self.name);
            let stored = place.stored(key.key);
            let theirs = key.ledger.stored().map(|theirs| theirs.payload().to_vec());
            assert_eq!(theirs, stored.map(|stored| stored.payload().to_vec()), "{} sees another key", self.name);
        }
    }

    fn now(&self) -> Now<'static> {
        Now { time: self.phone.clock.now(), zone: None }
    }

    fn keys(&self) -> Vec<Key> {
        self.phone.wallet.keys("", KeyFilter::default(), None, 1_000).unwrap()
    }

    fn sign(&self, grant: Grant) -> SignedGrant {
        let (kid, intercom) = (self.phone.kid(), self.phone.place().intercom.public());
        let signature = FakeKeys::key(self.name).sign(&SignedGrant::text(&grant, kid, &intercom));
        let grant = SignedGrant::new(grant, kid, signature);
        self.phone.oracle().signed(&grant);
        grant
    }

    fn make(&self, dice: &mut Dice) {
        if self.keys().len() >= MOST_KEYS {
            return;
        }
        let (id, secret) = (KeyId::from_bytes(dice.roll(u64::MAX).to_be_bytes()), secret(dice));
        let grant = self.sign(change::create(id, wanted(dice), secret.commitment(), self.now()));
        self.phone.wallet.create_key(self.phone.intercom(), grant.clone(), &secret).unwrap();
        self.made(grant, Some(secret));
    }

    fn change(
        &self,
        dice: &mut Dice,
        change: impl FnOnce(&Key, Now<'_>, &mut Dice) -> Option<(Grant, Option<LinkSecret>)>,
    ) {
        let keys: Vec<_> = self.keys().into_iter().filter(|key| !key.ledger.is_deletion()).collect();
        if keys.is_empty() {
            return;
        }
        let key = dice.pick(&keys);
        let Some((grant, secret)) = change(key, self.now(), dice) else { return };
        let grant = self.sign(grant);
        match self.phone.wallet.change_key(key, grant.clone(), secret.as_ref()) {
            Ok(()) => self.made(grant, secret),
            // It changed meanwhile.
            Err(WalletError::Gone) => {}
            Err(other) => panic!("{other:?}"),
        }
    }

    /// Says whose change of an overtaken key counts.
    fn resolve(&self, dice: &mut Dice) {
        let Some(key) = self.keys().into_iter().find(|key| key.overtaken().is_some()) else { return };
        if dice.chance(50) {
            self.changes.lock().unwrap().remove(&key.key);
            return self.phone.wallet.keep_theirs(key.id).unwrap();
        }
        let now = self.now();
        if key.overtaken() == Some(Overtaken::Deleted) {
            let (id, secret) = (KeyId::from_bytes(dice.roll(u64::MAX).to_be_bytes()), secret(dice));
            let copy = change::copy(&key.ledger, id, None, secret.commitment(), now).unwrap();
            let copy = self.sign(copy);
            self.phone.wallet.replace_deleted(&key, copy.clone(), &secret).unwrap();
            self.changes.lock().unwrap().remove(&key.key);
            return self.made(copy, Some(secret));
        }
        let mine = self.sign(change::keep_mine(&key.ledger, now).unwrap());
        self.phone.wallet.change_key(&key, mine.clone(), None).unwrap();
        self.made(mine, None);
    }

    /// A change was made here; a link is given away.
    fn made(&self, grant: SignedGrant, secret: Option<LinkSecret>) {
        self.changes.lock().unwrap().insert(grant.grant().key, grant.clone());
        let Some(secret) = secret else { return };
        let link = Link {
            intercom: self.phone.place().intercom.public(),
            secret,
            grant,
            name: "Home".into(),
            zone: "Europe/Budapest".into(),
            url: None,
        };
        self.phone.place().links.lock().unwrap().push(link);
    }
}

fn secret(dice: &mut Dice) -> LinkSecret {
    let halves = [dice.roll(u64::MAX), dice.roll(u64::MAX)].map(u64::to_be_bytes);
    LinkSecret(halves.concat().try_into().unwrap())
}

fn wanted(dice: &mut Dice) -> Wanted {
    let name = Some(format!("Key {}", dice.roll(1_000)));
    let uses = dice.chance(70).then(|| 1 + dice.roll(4));
    let doors = *dice.pick(&[Doors::BOTH, Doors::BOTH, Doors::ENTRANCE]);
    Wanted { about: About { name, ..About::default() }, rule: rule(dice), uses, doors }
}

/// Some rule that may hold in the days in which this world lives: the clocks go back on the nineteenth of them.
fn rule(dice: &mut Dice) -> Rule {
    let mut around = |days: u64| i64::try_from(dice.roll(days * 86_400)).unwrap();
    let (start, length) = (BEGIN - 86_400 + around(20), 600 + around(3));
    let minute = |dice: &mut Dice| Minute::new(u16::try_from(dice.roll(1_440)).unwrap()).unwrap();
    match dice.roll(5) {
        0 | 1 => Rule::Always,
        2 => Rule::between(start, start + length).unwrap(),
        _ => {
            let today = i32::try_from(BEGIN / 86_400).unwrap();
            let mut day = |within: u64| i32::try_from(dice.roll(within)).unwrap();
            let (from, until) = (today - 2 + day(4), today + 2 + day(25));
            let days = Days::new(u8::try_from(1 + dice.roll(127)).unwrap()).unwrap();
            let (from, until) = (Date::from_days(from), Date::from_days(until));
            Rule::Weekly(Weekly::new(days, from, until, minute(dice), minute(dice)).unwrap())
        }
    }
}

/// Between two things that a person does.
pub(super) fn pause(dice: &mut Dice) -> Duration {
    dice.within_one_of(1_500, 25_000)
}
