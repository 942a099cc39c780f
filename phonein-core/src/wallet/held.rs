//! Keys that this phone holds, and what an opening's answer says of them.

use super::{Held, Key, KeyRef, Wallet, WalletError, rows::integer};
use crate::text::plain::line;
use phonein_protocol::{
    grant::{About, SignedGrant},
    id::{Door, KeyId},
    message::{Answer, Outcome},
};
use rusqlite::{Transaction, params};

/// A key's name as it is shown and searched: it came from outside.
pub(super) fn name_of(about: &About) -> String {
    about.name.as_deref().map(line).unwrap_or_default()
}

impl Wallet {
    /// Removes a key that this phone holds or wanted to; of one that it made as a manager only that it holds it.
    pub fn forget_key(&self, id: KeyRef) -> Result<(), WalletError> {
        self.write(|transaction| {
            let key = self.key_in(transaction, id)?;
            let is_manager = self.intercom_in(transaction, key.intercom)?.is_manager;
            let is_known = key.ledger.mine.is_some() || key.ledger.stored().is_some();
            if is_manager && is_known {
                transaction.execute(
                    "UPDATE key SET held = 0, claim_grant = NULL, claim_secret = NULL, claim_name = NULL,
                         claim_outcome = NULL WHERE id = ?1",
                    [id],
                )?;
            } else {
                transaction.execute("DELETE FROM key WHERE id = ?1", [id])?;
            }
            Ok(())
        })
    }

    /// This phone holds the key, as the intercom says; it has this grant there.
    pub(super) fn hold(transaction: &Transaction<'_>, key: &Key, stored: &SignedGrant) -> Result<(), WalletError> {
        // What is known is never replaced by something older.
        if key.ledger.stored().is_some_and(|known| known.grant().version > stored.grant().version) {
            return Ok(());
        }
        let about = &stored.grant().about;
        transaction.execute(
            "UPDATE key SET theirs = ?2, theirs_deleted = 0, name = ?3, category = ?4 WHERE id = ?1",
            params![key.id, stored.bytes(), name_of(about), about.category.map(integer)],
        )?;
        Ok(())
    }

    /// What the answer to an Open with a key says of it. `is_manager`: the door opened by the manager's own right.
    pub(super) fn open_answered(
        &self,
        transaction: &Transaction<'_>,
        intercom: super::IntercomId,
        key: KeyId,
        door: Option<Door>,
        answer: &Answer,
        now_ms: i64,
    ) -> Result<(), WalletError> {
        let Some(key) = self.key_of_in(transaction, intercom, key)? else { return Ok(()) };
        let stored = answer.stored.as_deref().and_then(|stored| SignedGrant::parse(stored).ok());
        if let Some(stored) = stored.filter(|stored| stored.grant().key == key.key) {
            // A manager learns of changes by Keys, whose head the log confirms.
            if !answer.manager {
                Self::hold(transaction, &key, &stored)?;
            }
        }
        let used = "UPDATE key SET last_used_ms = ?2 WHERE id = ?1";
        transaction.execute(used, params![key.id, now_ms])?;
        if answer.manager || key.held.is_none() {
            return Ok(());
        }
        Self::spend(transaction, &key, door, answer.outcome)?;
        let held = match answer.outcome {
            Outcome::Taken => Held::Taken,
            Outcome::Deleted => Held::Deleted,
            Outcome::UnknownKey => Held::Unknown,
            Outcome::Opened { .. } | Outcome::NotYet { .. } | Outcome::OutsideHours { .. } => Held::Held,
            _ => return Ok(()),
        };
        // A claim that waits decides by its own answer.
        let set = "UPDATE key SET held = ?2 WHERE id = ?1 AND held <> ?3";
        transaction.execute(set, params![key.id, held.number(), Held::Claiming.number()])?;
        Ok(())
    }

    /// Counts the uses of a held key, as far as this phone can know them.
    pub(super) fn spend(
        transaction: &Transaction<'_>,
        key: &Key,
        door: Option<Door>,
        outcome: Outcome,
    ) -> Result<(), WalletError> {
        let Some(door) = door else { return Ok(()) };
        let mut used = key.ledger.used;
        let limit = key.ledger.stored().and_then(|stored| stored.grant().terms.as_ref()?.uses);
        let spent = &mut used[door.index()];
        *spent = match (outcome, limit) {
            (Outcome::Opened { .. } | Outcome::Interrupted, _) => spent.saturating_add(1),
            (Outcome::UsedUp, Some(limit)) => limit.max(*spent),
            _ => return Ok(()),
        };
        let count = "UPDATE key SET used_entrance = ?2, used_inner = ?3 WHERE id = ?1";
        transaction.execute(count, params![key.id, integer(used[0]), integer(used[1])])?;
        Ok(())
    }
}
