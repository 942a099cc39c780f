//! What Home shows, all of it as of one moment.

use super::{Intercom, IntercomId, Key, Note, Wallet, WalletError, keys::Serving, tap::Tap};
use rusqlite::Transaction;

/// All of it.
#[derive(Debug)]
pub struct OnHome {
    /// The intercoms, last used first.
    pub cards: Vec<Card>,
    /// The intercom at which Home stood last.
    pub place: Option<IntercomId>,
    /// The name of a damaged file that was set aside.
    pub set_aside: Option<String>,
}

/// An intercom and what stands on its card.
#[derive(Debug)]
pub struct Card {
    /// As the wallet knows it.
    pub intercom: Intercom,
    /// The key on a guest's button.
    pub button: Option<Key>,
    /// Keys a guest's phone has accepted and the intercom has not answered yet, newest first.
    pub claiming: Vec<Key>,
    /// The last tap on each door.
    pub taps: Vec<Tap>,
    /// How many keys of a manager have a change that the intercom does not know yet.
    pub changes_waiting: u64,
    /// What a manager should know, oldest first.
    pub notes: Vec<Note>,
}

impl Wallet {
    /// All that Home shows.
    pub fn home(&self, serves: &Serving<'_>) -> Result<OnHome, WalletError> {
        self.read(|connection| {
            let mut phone = connection.prepare_cached("SELECT place, set_aside FROM phone")?;
            let (place, set_aside) = phone.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            let card = |intercom: Intercom| {
                let id = intercom.id;
                let taps = self.taps_in(connection, id)?;
                Ok(if intercom.is_manager {
                    let changes_waiting = Self::changes_waiting_in(connection, id)?;
                    let notes = Self::notes_in(connection, id)?;
                    Card { intercom, button: None, claiming: Vec::new(), taps, changes_waiting, notes }
                } else {
                    let (button, claiming) =
                        (self.button_key_in(connection, &intercom, serves)?, self.claiming_keys_in(connection, id)?);
                    Card { intercom, button, claiming, taps, changes_waiting: 0, notes: Vec::new() }
                })
            };
            let cards: Result<_, WalletError> = self.intercoms_in(connection)?.into_iter().map(card).collect();
            Ok(OnHome { cards: cards?, place, set_aside })
        })
    }

    /// Home stands at this intercom; nothing is written if it did before. `Gone` if it was forgotten.
    pub fn stand_at(&self, id: IntercomId) -> Result<(), WalletError> {
        let is_there = self.read(|connection| {
            self.intercom_in(connection, id)?;
            Ok(connection.query_row("SELECT place IS ?1 FROM phone", [id], |row| row.get(0))?)
        });
        if is_there? {
            return Ok(());
        }
        self.write(|transaction| Self::stand_at_in(transaction, id))
    }

    pub(super) fn stand_at_in(transaction: &Transaction<'_>, id: IntercomId) -> Result<(), WalletError> {
        let stand = "UPDATE phone SET place = ?1 WHERE EXISTS (SELECT 1 FROM intercom WHERE id = ?1)";
        transaction.execute(stand, [id])?;
        Ok(())
    }

    /// A damaged file was set aside under this name: to be told until the person has read it.
    pub(super) fn tell_set_aside(&self, name: &str) -> Result<(), WalletError> {
        self.write(|transaction| {
            transaction.execute("UPDATE phone SET set_aside = ?1", [name])?;
            Ok(())
        })
    }

    /// The person has read that a file was set aside.
    pub fn dismiss_set_aside(&self) -> Result<(), WalletError> {
        self.write(|transaction| {
            transaction.execute("UPDATE phone SET set_aside = NULL", [])?;
            Ok(())
        })
    }
}
