//! What a guest does: accepts links, which others may have too, and opens.

use super::phone::Phone;
use crate::{
    clock::Clock,
    unlock::{Ending, Wish, tests::schedule::dice::Dice},
    wallet::{Accept, Held, Key, KeyFilter},
};
use phonein_protocol::{id::Door, message::Outcome};

pub(super) struct Guest {
    pub(super) phone: Phone,
    pub(super) name: &'static str,
}

impl Guest {
    /// Does one thing.
    pub(super) async fn act(&self, dice: &mut Dice) {
        match dice.roll(20) {
            0..=4 => self.accept(dice).await,
            5..=13 => self.open(dice).await,
            14 => self.phone.go(dice),
            15 if dice.chance(30) => self.phone.restart_app(dice),
            15 => self.phone.prefetch().await,
            16 => {
                let hours = i64::try_from(dice.roll(60)).unwrap() - 30;
                self.phone.set_clock(hours * 3_600_000);
            }
            _ => _ = self.phone.reach().await,
        }
    }

    /// Accepts a link that lies about, one of the newest most of all.
    async fn accept(&self, dice: &mut Dice) {
        let links: Vec<_> = self.phone.place().links.lock().unwrap().iter().rev().take(6).cloned().collect();
        if links.is_empty() {
            return;
        }
        let link = dice.pick(&links).clone();
        let signing_key = Some((self.name, *self.phone.key.public()));
        let accept = Accept { link: &link, place: "Home", person: self.name, signing_key };
        self.phone.wallet.accept_link(&accept, self.phone.clock.now_ms()).unwrap();
        if self.phone.wallet.intercoms().unwrap().len() == 1 && !self.phone.has_contact() {
            self.phone.restart_app(dice);
        }
        let door = dice.chance(40).then_some(Door::Entrance);
        let wish = Wish::Claim { grant: link.grant, secret: link.secret, name: self.name.into(), door };
        if let Some(Ending::Refused { outcome: Outcome::Taken, .. }) = self.phone.press(wish, None).await {
            self.phone.oracle().tally.count("claimed: taken");
        }
    }

    async fn open(&self, dice: &mut Dice) {
        let keys: Vec<_> = self.keys().into_iter().filter(|key| key.held == Some(Held::Held)).collect();
        if keys.is_empty() {
            return self.accept(dice).await;
        }
        let key = dice.pick(&keys);
        let door = *dice.pick(&[Door::Entrance, Door::Entrance, Door::Inner]);
        let wish = Wish::Open { key: Some(key.key), held: key.version_held(), door };
        let gives_up = dice.chance(15).then(|| dice.within(3_000));
        self.phone.press(wish, gives_up).await;
    }

    fn keys(&self) -> Vec<Key> {
        self.phone.wallet.keys("", KeyFilter::default(), None, 1_000).unwrap()
    }
}
