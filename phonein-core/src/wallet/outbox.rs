//! What waits to be put at an intercom, and what its words do to it.

use super::{
    IntercomId, Key, KeyRef, Wallet, WalletError,
    ledger::After,
    rows::{grant, integer, key_id},
};
use phonein_protocol::{
    grant::{Grant, SignedGrant},
    id::KeyId,
    message::{KeyItem, PutVerdict},
};
use rusqlite::{Connection, Transaction, params};

/// One grant to be put.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Queued {
    /// Of a key this wallet has.
    Key {
        /// Which.
        id: KeyRef,
        /// What to put.
        grant: SignedGrant,
    },
    /// A deletion the intercom may have lost; without a grant only the id is known, and this phone signs it.
    Deletion {
        /// Which key.
        key: KeyId,
        /// What to put.
        grant: Option<SignedGrant>,
    },
}

pub(super) const OUTBOX: &str = "SELECT * FROM key WHERE intercom = ?1 AND queued IS NOT NULL ORDER BY queued LIMIT ?2";
pub(super) const DELETIONS: &str =
    "SELECT key_id, grant_bytes FROM deletion WHERE intercom = ?1 AND queued IS NOT NULL ORDER BY queued LIMIT ?2";
pub(super) const WAITING: &str = "SELECT count(*) FROM key WHERE intercom = ?1 AND queued IS NOT NULL";

impl Wallet {
    /// How many keys at that intercom have a change that it does not know yet.
    pub fn changes_waiting(&self, intercom: IntercomId) -> Result<u64, WalletError> {
        self.read(|connection| Self::changes_waiting_in(connection, intercom))
    }

    pub(super) fn changes_waiting_in(connection: &Connection, intercom: IntercomId) -> Result<u64, WalletError> {
        let count: i64 = connection.prepare_cached(WAITING)?.query_row([intercom], |row| row.get(0))?;
        Ok(u64::try_from(count).unwrap_or(0))
    }

    /// The next `limit` grants to be put, deletions first: they are final.
    pub(crate) fn outbox(&self, intercom: IntercomId, limit: u32) -> Result<Vec<Queued>, WalletError> {
        self.read(|connection| {
            let mut queued = Vec::new();
            let mut statement = connection.prepare_cached(DELETIONS)?;
            let mut rows = statement.query(params![intercom, limit])?;
            while let Some(row) = rows.next()? {
                let key = key_id(row, "key_id")?.ok_or(WalletError::damaged("deletion"))?;
                queued.push(Queued::Deletion { key, grant: grant(row, "grant_bytes")? });
            }
            let mut statement = connection.prepare_cached(OUTBOX)?;
            let mut rows = statement.query(params![intercom, limit])?;
            while let Some(row) = rows.next()? {
                let key = Key::read(row, &self.sealer)?;
                if let Some(grant) = key.ledger.to_put() {
                    queued.push(Queued::Key { id: key.id, grant: grant.clone() });
                }
            }
            queued.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
            Ok(queued)
        })
    }

    /// What the intercom said to grants that were put, in their order. Call it once a Log read has passed through the
    /// head that came with the words. What is to be signed anew is returned.
    pub(crate) fn apply_verdicts(
        &self,
        intercom: IntercomId,
        words: &[(SignedGrant, PutVerdict)],
    ) -> Result<Vec<(SignedGrant, Grant)>, WalletError> {
        self.write(|transaction| {
            let mut anew = Vec::new();
            for (sent, verdict) in words {
                let id = sent.grant().key;
                let Some(key) = self.key_of_in(transaction, intercom, id)? else {
                    anew.extend(Self::judge_deletion(transaction, intercom, sent, verdict)?);
                    continue;
                };
                let mut ledger = key.ledger.clone();
                let after = ledger.judge(sent, verdict);
                let deletion = Some(sent).filter(|sent| sent.grant().terms.is_none());
                Self::save_ledger(transaction, &key, &ledger, &after, deletion)?;
                if let After::SignAnew(grant) = after {
                    anew.push((sent.clone(), grant));
                }
            }
            Ok(anew)
        })
    }

    /// A deletion that was put again is done, or nobody's that counts.
    fn judge_deletion(
        transaction: &Transaction<'_>,
        intercom: IntercomId,
        sent: &SignedGrant,
        verdict: &PutVerdict,
    ) -> Result<Option<(SignedGrant, Grant)>, WalletError> {
        if *verdict == PutVerdict::NotAManager {
            return Ok(Some((sent.clone(), sent.grant().clone())));
        }
        if matches!(verdict, PutVerdict::Stored | PutVerdict::Deleted) {
            transaction.execute(
                "UPDATE deletion SET queued = NULL, grant_bytes = ?3 WHERE intercom = ?1 AND key_id = ?2",
                params![intercom, sent.grant().key.as_bytes(), sent.bytes()],
            )?;
        }
        Ok(None)
    }

    /// Puts a grant that was signed anew in the place of the one that was sent.
    pub(crate) fn signed_anew(
        &self,
        intercom: IntercomId,
        sent: &SignedGrant,
        grant: &SignedGrant,
    ) -> Result<(), WalletError> {
        self.write(|transaction| {
            let id = sent.grant().key;
            if let Some(key) = self.key_of_in(transaction, intercom, id)? {
                let mut ledger = key.ledger.clone();
                ledger.signed_anew(sent, grant.clone());
                return Self::save_ledger(transaction, &key, &ledger, &After::Keep, None);
            }
            transaction.execute(
                "UPDATE deletion SET grant_bytes = ?3 WHERE intercom = ?1 AND key_id = ?2",
                params![intercom, id.as_bytes(), grant.bytes()],
            )?;
            Ok(())
        })
    }

    /// A page of Keys. Call it once a Log read has passed through the head that came with it. `cursor` is where Keys goes
    /// on.
    pub(crate) fn apply_keys(&self, intercom: IntercomId, items: &[KeyItem], cursor: u64) -> Result<(), WalletError> {
        self.write(|transaction| {
            for item in items {
                self.apply_item(transaction, intercom, item)?;
            }
            let moved = "UPDATE intercom SET keys_cursor = ?2 WHERE id = ?1";
            transaction.execute(moved, params![intercom, integer(cursor)])?;
            Ok(())
        })
    }

    fn apply_item(
        &self,
        transaction: &Transaction<'_>,
        intercom: IntercomId,
        item: &KeyItem,
    ) -> Result<(), WalletError> {
        let KeyItem { key: id, state, .. } = item;
        if let Some((kid, name)) = state.as_ref().and_then(|state| state.holder.as_ref()) {
            Self::name_person(transaction, intercom, *kid, name)?;
        }
        let known = self.key_of_in(transaction, intercom, *id)?;
        let key = match (known, state) {
            (Some(key), _) => key,
            (None, None) => {
                let keep = "INSERT OR IGNORE INTO deletion (intercom, key_id, name) VALUES (?1, ?2, '')";
                transaction.execute(keep, params![intercom, id.as_bytes()])?;
                return Ok(());
            }
            (None, Some(state)) => {
                // Deletion is final: an intercom that has the key again lost the deletion.
                let lost = "UPDATE deletion SET queued = coalesce(queued, 1) WHERE intercom = ?1 AND key_id = ?2";
                if transaction.execute(lost, params![intercom, id.as_bytes()])? > 0 {
                    return Ok(());
                }
                let Ok(grant) = SignedGrant::parse(&state.grant) else { return Ok(()) };
                if grant.grant().key != *id || grant.grant().terms.is_none() {
                    return Ok(());
                }
                let id = Self::insert_key(transaction, intercom, *id, &grant)?;
                self.key_in(transaction, id)?
            }
        };
        let mut ledger = key.ledger.clone();
        let after = ledger.hear(state.as_ref());
        Self::save_ledger(transaction, &key, &ledger, &after, None)
    }

    /// The log did not hold what it should: all grants and deletions go to the intercom again, before what waits.
    pub(super) fn queue_all(transaction: &Transaction<'_>, intercom: IntercomId) -> Result<(), WalletError> {
        transaction.execute("UPDATE deletion SET queued = 1 WHERE intercom = ?1", [intercom])?;
        transaction.execute(
            "UPDATE key SET put_again = 1, queued = 1
             WHERE intercom = ?1 AND theirs IS NOT NULL AND theirs_deleted = 0",
            [intercom],
        )?;
        Ok(())
    }
}
