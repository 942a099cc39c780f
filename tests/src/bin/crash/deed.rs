//! What people do, one thing after the other, and what the book says of it then.

use super::book::{Deletion, Key};
use super::world::{Who, World};
use anyhow::{Context, Result, bail};
use phonein_tests::order::{Order, Said};

impl World {
    /// Somebody does something. False if whoever was to do it was killed meanwhile.
    pub(crate) async fn deed(&mut self, who: Who) -> Result<bool> {
        match (who, self.dice.roll(10)) {
            (Who::Resident, 0..=2) => self.make().await,
            (Who::Resident, 3 | 4) => self.rename().await,
            (Who::Resident, 5) => self.delete().await,
            (Who::Resident, 6 | 7) => self.open(Who::Resident, None).await,
            (Who::Guest, 0..=2) => self.accept().await,
            (Who::Guest, 3..=7) => {
                let held = self.book.which(|key| key.guests.is_some());
                let Some(pick) = self.dice.pick(&held) else { return self.accept().await };
                self.open(Who::Guest, held.get(pick).copied()).await
            }
            (_, 8) => Ok(self.tell(who, Order::Sync).await?.is_some()),
            _ => self.look(who).await,
        }
    }

    async fn make(&mut self) -> Result<bool> {
        let name = format!("Key {}", self.book.keys.len() + 1);
        let uses = if self.dice.chance(75) { Some(1 + self.dice.roll(3)) } else { None };
        let order = Order::Make { name: name.clone(), uses: uses.map(i32::try_from).transpose()? };
        let said = self.tell(Who::Resident, order).await?;
        let id = if let Some(Said::Made { key }) = &said { Some(key.clone()) } else { None };
        self.book.keys.push(Key { id, names: vec![name], uses, ..Key::default() });
        Ok(said.is_some())
    }

    async fn rename(&mut self) -> Result<bool> {
        let Some((place, id)) = self.some_key() else { return self.make().await };
        let name = format!("Name {}", self.dice.roll(1 << 40));
        let said = self.tell(Who::Resident, Order::Rename { key: id, name: name.clone() }).await?;
        let names = &mut self.book.keys[place].names;
        if let Some(Said::Done) = said {
            names.clear();
        }
        names.push(name);
        Ok(said.is_some())
    }

    async fn delete(&mut self) -> Result<bool> {
        let Some((place, id)) = self.some_key() else { return self.make().await };
        let said = self.tell(Who::Resident, Order::Delete { key: id }).await?;
        let is_confirmed = matches!(said, Some(Said::Done));
        self.book.keys[place].deletion = if is_confirmed { Deletion::Confirmed } else { Deletion::Perhaps };
        Ok(said.is_some())
    }

    /// A link goes from the resident to the guest, who accepts it, perhaps again.
    async fn accept(&mut self) -> Result<bool> {
        let free = self.book.which(|key| key.id.is_some() && key.deletion == Deletion::No && key.guests.is_none());
        let Some(pick) = self.dice.pick(&free) else { return self.look(Who::Guest).await };
        let place = free[pick];
        let Some(link) = self.link(place).await? else { return Ok(false) };
        match self.tell(Who::Guest, Order::Accept { link }).await? {
            Some(Said::Added { key }) => self.book.keys[place].guests = Some(key),
            Some(Said::Failed { .. }) => {}
            Some(said) => bail!("accepting a good link: {said:?}"),
            None => return Ok(false),
        }
        Ok(true)
    }

    /// The link of a key; nothing if the resident was killed, or could not.
    async fn link(&mut self, place: usize) -> Result<Option<String>> {
        if let Some(link) = &self.book.keys[place].link {
            return Ok(Some(link.clone()));
        }
        let id = self.book.keys[place].id.clone().context("a key without a link is on her phone")?;
        let Some(Said::Link { link }) = self.tell(Who::Resident, Order::Share { key: id }).await? else {
            return Ok(None);
        };
        let read = phonein_core::share::read(&link).ok().context("a link that cannot be read")?;
        let hex = |byte: &u8| format!("{byte:02x}");
        let key = &mut self.book.keys[place];
        key.logged_as = Some(read.grant.grant().key.as_bytes().iter().map(hex).collect());
        key.link = Some(link.clone());
        Ok(Some(link))
    }

    /// Presses on the entrance; with a key as the guest.
    pub(crate) async fn open(&mut self, who: Who, place: Option<usize>) -> Result<bool> {
        let key = place.and_then(|place| self.book.keys[place].guests.clone());
        let said = self.tell(who, Order::Open { key }).await?;
        let (is_opened, is_shut) = (matches!(said, Some(Said::Opened)), matches!(said, Some(Said::Shut { .. })));
        let is_another = is_opened && !self.book.may_be_told_again(who);
        self.book.opened += u64::from(is_another);
        if let Some(key) = place.map(|place| &mut self.book.keys[place]) {
            key.presses += 1;
            key.opened += u64::from(is_another);
            key.shut += u64::from(is_shut);
        }
        Ok(said.is_some())
    }

    async fn look(&mut self, who: Who) -> Result<bool> {
        let said = self.tell(who, Order::Look).await?;
        if let Some(Said::Shown(shown)) = &said {
            self.book.activity[who as usize].extend(shown.activity.iter().cloned());
        }
        Ok(said.is_some())
    }

    /// A key that the resident knows of, and that nobody wanted to delete.
    fn some_key(&mut self) -> Option<(usize, String)> {
        let known = self.book.which(|key| key.id.is_some() && key.deletion == Deletion::No);
        let place = known[self.dice.pick(&known)?];
        Some((place, self.book.keys[place].id.clone()?))
    }
}
