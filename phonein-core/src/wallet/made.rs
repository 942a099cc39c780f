//! Keys that this phone makes as a manager, and what it changes of them.

use super::{
    IntercomId, Key, KeyRef, Wallet, WalletError,
    ledger::{After, Ledger, Theirs},
};
use phonein_protocol::{
    Time,
    grant::SignedGrant,
    id::{KeyId, LinkSecret},
};
use rusqlite::params;

/// What another manager did to a key that was changed here too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Overtaken {
    /// Changed it to this.
    Changed(SignedGrant),
    /// Deleted it.
    Deleted,
}

impl Key {
    /// What another manager did, if a person must say whose change counts.
    pub fn overtaken(&self) -> Option<Overtaken> {
        if !self.ledger.is_overtaken() {
            return None;
        }
        match &self.ledger.theirs {
            Theirs::Grant(grant) => Some(Overtaken::Changed(grant.clone())),
            Theirs::Deleted => Some(Overtaken::Deleted),
            Theirs::Nothing => None,
        }
    }
}

impl Wallet {
    /// Keeps a key that was just made and signed, to be put at the intercom, with the secret of its link.
    pub fn create_key(
        &self,
        intercom: IntercomId,
        grant: SignedGrant,
        secret: &LinkSecret,
    ) -> Result<KeyRef, WalletError> {
        self.write(|transaction| {
            self.intercom_in(transaction, intercom)?;
            self.insert_made(transaction, intercom, grant, secret)
        })
    }

    fn insert_made(
        &self,
        transaction: &rusqlite::Transaction<'_>,
        intercom: IntercomId,
        grant: SignedGrant,
        secret: &LinkSecret,
    ) -> Result<KeyRef, WalletError> {
        let id = Self::insert_key(transaction, intercom, grant.grant().key, &grant)?;
        let key = self.key_in(transaction, id)?;
        self.set_secret(transaction, &key, &grant, secret)?;
        let ledger = Ledger { secret: Some(secret.commitment()), ..Ledger::new(grant) };
        Self::save_ledger(transaction, &key, &ledger, &After::Keep, None)?;
        Ok(id)
    }

    /// Keeps this phone's next change of a key, to be put at the intercom: an edit, a deletion, a use given back, KEEP
    /// MINE; and, with its secret, a new link. `made_of` is the key as the change was made of it: `Gone` if it is not as
    /// it was, so that the change is made anew.
    pub fn change_key(
        &self,
        made_of: &Key,
        grant: SignedGrant,
        secret: Option<&LinkSecret>,
    ) -> Result<(), WalletError> {
        self.write(|transaction| {
            let key = self.key_in(transaction, made_of.id)?;
            if key.ledger != made_of.ledger {
                return Err(WalletError::Gone);
            }
            self.apply_change(transaction, &key, grant, secret)
        })
    }

    fn apply_change(
        &self,
        transaction: &rusqlite::Transaction<'_>,
        key: &Key,
        grant: SignedGrant,
        secret: Option<&LinkSecret>,
    ) -> Result<(), WalletError> {
        let mut ledger = key.ledger.clone();
        if let Some(secret) = secret {
            self.set_secret(transaction, key, &grant, secret)?;
            ledger.secret = Some(secret.commitment());
            ledger.holder_lost = false;
        }
        if grant.grant().terms.is_none() {
            // Nobody shall accept a key that is being deleted.
            ledger.secret = None;
        }
        ledger.change(grant);
        let key = Key { secret_lost: key.secret_lost && secret.is_none(), ..key.clone() };
        Self::save_ledger(transaction, &key, &ledger, &After::Keep, None)
    }

    /// Gives an interrupted use back: the change, and the mark beside the entry, as one.
    pub fn give_back(&self, made_of: &Key, grant: SignedGrant, entry: i64) -> Result<(), WalletError> {
        self.write(|transaction| {
            let key = self.key_in(transaction, made_of.id)?;
            let marked =
                transaction.execute("UPDATE activity SET returned = 1 WHERE id = ?1 AND returned = 0", [entry])?;
            if key.ledger != made_of.ledger || marked == 0 {
                return Err(WalletError::Gone);
            }
            self.apply_change(transaction, &key, grant, None)
        })
    }

    /// KEEP MINE of a key that was deleted meanwhile: a new key takes its place.
    pub fn replace_deleted(
        &self,
        made_of: &Key,
        grant: SignedGrant,
        secret: &LinkSecret,
    ) -> Result<KeyRef, WalletError> {
        self.write(|transaction| {
            let key = self.key_in(transaction, made_of.id)?;
            if key.ledger != made_of.ledger {
                return Err(WalletError::Gone);
            }
            let id = self.insert_made(transaction, key.intercom, grant, secret)?;
            Self::drop_mine(transaction, &key)?;
            Ok(id)
        })
    }

    /// The other manager's change counts.
    pub fn keep_theirs(&self, id: KeyRef) -> Result<(), WalletError> {
        self.write(|transaction| {
            let key = self.key_in(transaction, id)?;
            Self::drop_mine(transaction, &key)
        })
    }

    fn drop_mine(transaction: &rusqlite::Transaction<'_>, key: &Key) -> Result<(), WalletError> {
        let mut ledger = key.ledger.clone();
        let after = ledger.drop_mine();
        Self::save_ledger(transaction, key, &ledger, &after, None)
    }

    /// The link was handed to the share sheet or shown as a QR code.
    pub fn mark_shared(&self, id: KeyRef, now: Time) -> Result<(), WalletError> {
        self.write(|transaction| {
            let known = transaction
                .execute("UPDATE key SET shared_at = coalesce(shared_at, ?2) WHERE id = ?1", params![id, now])?;
            if known == 0 { Err(WalletError::Gone) } else { Ok(()) }
        })
    }

    /// The keys whose newest known version that phone signed, and the one it holds: to be kept or deleted when it is
    /// removed from the managers.
    pub fn keys_of_person(
        &self,
        intercom: IntercomId,
        kid: phonein_protocol::id::Kid,
    ) -> Result<Vec<Key>, WalletError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached("SELECT * FROM key WHERE intercom = ?1 ORDER BY id DESC")?;
            let mut rows = statement.query([intercom])?;
            let mut keys = Vec::new();
            while let Some(row) = rows.next()? {
                let key = Key::read(row, &self.sealer)?;
                let signed = key.grant().is_some_and(|grant| grant.signer() == kid);
                let holds = key.ledger.holder.as_ref().is_some_and(|(holder, _)| *holder == kid);
                if signed || holds {
                    keys.push(key);
                }
            }
            Ok(keys)
        })
    }

    /// The keys that somebody has, newest first.
    pub fn held_keys(&self, intercom: IntercomId) -> Result<Vec<Key>, WalletError> {
        self.read(|connection| {
            let mut statement = connection
                .prepare_cached("SELECT * FROM key WHERE intercom = ?1 AND holder IS NOT NULL ORDER BY id DESC")?;
            let mut rows = statement.query([intercom])?;
            let mut keys = Vec::new();
            while let Some(row) = rows.next()? {
                keys.push(Key::read(row, &self.sealer)?);
            }
            Ok(keys)
        })
    }

    /// Whether that key is known to be deleted at the intercom, and what it was called.
    pub fn deleted_key(&self, intercom: IntercomId, key: KeyId) -> Result<Option<String>, WalletError> {
        self.read(|connection| {
            let mut statement =
                connection.prepare_cached("SELECT name FROM deletion WHERE intercom = ?1 AND key_id = ?2")?;
            let mut rows = statement.query(params![intercom, key.as_bytes()])?;
            Ok(rows.next()?.map(|row| row.get(0)).transpose()?)
        })
    }
}
