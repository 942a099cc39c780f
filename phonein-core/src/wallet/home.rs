//! What Home shows, all of it as of one moment.

use super::{Intercom, Key, Note, Wallet, WalletError, tap::Tap};

/// An intercom and what stands on its card.
#[derive(Debug)]
pub struct OnHome {
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
    /// All intercoms, last used first.
    pub fn home(&self) -> Result<Vec<OnHome>, WalletError> {
        self.read(|connection| {
            let card = |intercom: Intercom| {
                let id = intercom.id;
                let taps = self.taps_in(connection, id)?;
                Ok(if intercom.is_manager {
                    let changes_waiting = Self::changes_waiting_in(connection, id)?;
                    let notes = Self::notes_in(connection, id)?;
                    OnHome { intercom, button: None, claiming: Vec::new(), taps, changes_waiting, notes }
                } else {
                    let (button, claiming) =
                        (self.button_key_in(connection, id)?, self.claiming_keys_in(connection, id)?);
                    OnHome { intercom, button, claiming, taps, changes_waiting: 0, notes: Vec::new() }
                })
            };
            self.intercoms_in(connection)?.into_iter().map(card).collect()
        })
    }
}
