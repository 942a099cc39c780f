//! What a phone has one of: its person's name, the draft of the wizard, the pairing that is not answered yet.

use super::{
    Wallet, WalletError,
    rows::{get, optional},
    seal::Place,
};
use rusqlite::params;
use std::fmt;
use zeroize::Zeroize;

const UUID: Place<'static> = Place { column: "pairing.uuid", row: &[] };

/// A pairing that is not answered yet. The UUID on the device is kept no longer than that.
#[derive(Clone, PartialEq, Eq)]
pub struct Pairing {
    /// The UUID's bytes.
    pub uuid: [u8; 16],
    /// The signing key made for it.
    pub alias: String,
    /// What the intercom shall be called.
    pub name: String,
    /// Its address, if one was given.
    pub address: Option<String>,
}

impl Drop for Pairing {
    fn drop(&mut self) {
        self.uuid.zeroize();
    }
}

impl fmt::Debug for Pairing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pairing").field("alias", &self.alias).finish_non_exhaustive()
    }
}

impl Wallet {
    /// What this phone's person is called; empty until they said so.
    pub fn own_name(&self) -> Result<String, WalletError> {
        self.read(|connection| Ok(connection.query_row("SELECT own_name FROM phone", [], |row| row.get(0))?))
    }

    /// Keeps what this phone's person is called.
    pub fn set_own_name(&self, name: &str) -> Result<(), WalletError> {
        self.write(|transaction| {
            transaction.execute("UPDATE phone SET own_name = ?1", [name])?;
            Ok(())
        })
    }

    /// The wizard's draft, as the wizard wrote it.
    pub fn draft(&self) -> Result<Option<String>, WalletError> {
        self.read(|connection| Ok(connection.query_row("SELECT draft FROM phone", [], |row| row.get(0))?))
    }

    /// Keeps the wizard's draft, or drops it.
    pub fn set_draft(&self, draft: Option<&str>) -> Result<(), WalletError> {
        self.write(|transaction| {
            transaction.execute("UPDATE phone SET draft = ?1", [draft])?;
            Ok(())
        })
    }

    /// The pairing in hand; `None` too if the wallet came from another phone.
    pub fn pairing(&self) -> Result<Option<Pairing>, WalletError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached("SELECT * FROM pairing WHERE one = 1")?;
            let mut rows = statement.query([])?;
            let Some(row) = rows.next()? else { return Ok(None) };
            let Some(uuid) = self.sealer.open(&UUID, &get::<Vec<u8>>(row, "uuid")?) else { return Ok(None) };
            let uuid = uuid.as_slice().try_into().map_err(|_| WalletError::damaged("pairing"))?;
            let (alias, name, address) = (get(row, "alias")?, get(row, "name")?, optional(row, "address")?);
            Ok(Some(Pairing { uuid, alias, name, address }))
        })
    }

    /// Keeps a pairing until it is answered: an answer that was lost can be asked for again with the same signing key.
    pub fn begin_pairing(&self, pairing: &Pairing) -> Result<(), WalletError> {
        let uuid = self.sealer.seal(&UUID, &pairing.uuid)?;
        self.write(|transaction| {
            transaction.execute(
                "INSERT OR REPLACE INTO pairing (one, uuid, alias, name, address) VALUES (1, ?1, ?2, ?3, ?4)",
                params![uuid, pairing.alias, pairing.name, pairing.address],
            )?;
            Ok(())
        })
    }

    /// Drops the pairing in hand.
    pub fn end_pairing(&self) -> Result<(), WalletError> {
        self.write(|transaction| {
            transaction.execute("DELETE FROM pairing", [])?;
            Ok(())
        })
    }
}
