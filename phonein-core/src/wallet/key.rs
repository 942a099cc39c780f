//! One key of this wallet: made by a manager's phone, held by this one, or both.

use super::{
    IntercomId, KeyRef, Wallet, WalletError,
    held::name_of,
    ledger::{After, Ledger, Theirs, commitment},
    rows::{array, count, get, grant, integer, key_id, kid, optional, outcome},
    seal::{Place, Sealer},
};
use crate::text::plain::line;
use phonein_protocol::{
    Time,
    grant::SignedGrant,
    id::{Commitment, KeyId, LinkSecret},
    message::Outcome,
};
use rusqlite::{Connection, Row, Transaction, named_params, params};

/// Why an intercom will not take a change, however often it is put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// It holds a restriction that the intercom does not know.
    TooNew,
    /// The intercom calls it malformed.
    Malformed,
}

/// How a key stands that this phone holds, or wants to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// Accepted here; the intercom does not know it yet, so nobody owns the key.
    Claiming,
    /// It is this phone's.
    Held,
    /// Another phone has it.
    Taken,
    /// A manager deleted it.
    Deleted,
    /// The link was replaced, or nobody accepted it in time.
    LinkExpired,
    /// The intercom does not know it.
    Unknown,
}

impl Held {
    const ALL: [Self; 6] = [Self::Claiming, Self::Held, Self::Taken, Self::Deleted, Self::LinkExpired, Self::Unknown];

    fn from_number(number: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|held| held.number() == number)
    }

    pub(super) fn number(self) -> i64 {
        self as i64 + 1
    }
}

/// A key as this phone knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// Its id in this wallet, newest highest.
    pub id: KeyRef,
    /// The intercom it is for.
    pub intercom: IntercomId,
    /// Its id at the intercom.
    pub key: KeyId,
    /// Its name, empty if it has none.
    pub name: String,
    /// Its category's number.
    pub category: Option<u64>,
    /// What is at the intercom and what waits. Of a guest's key: what the intercom said last.
    pub ledger: Ledger,
    /// The last grant that was known, where a deletion stands in its place now.
    pub last: Option<SignedGrant>,
    /// The link's secret was sealed by another phone: only a new link can be shared.
    pub secret_lost: bool,
    /// When its link was first shared.
    pub shared_at: Option<Time>,
    /// Whether this phone holds it.
    pub held: Option<Held>,
    /// What the link said, while the intercom has not answered whose the key is.
    pub claim: Option<SignedGrant>,
    /// What the intercom said to the last attempt to accept, where that decided nothing.
    pub claim_outcome: Option<Outcome>,
    /// When this phone opened with it last, in milliseconds.
    pub last_used_ms: Option<i64>,
}

impl Key {
    /// What people are shown: this phone's own change, what is at the intercom, or what the link said.
    pub fn grant(&self) -> Option<&SignedGrant> {
        self.ledger.shown().or(self.claim.as_ref()).or(self.last.as_ref())
    }

    /// Whether its link can be shared from here: nobody has accepted it and this phone has the secret.
    pub fn has_secret(&self) -> bool {
        self.ledger.secret.is_some()
    }

    /// Nobody can have it any more but by a new link: its holder or its secret is lost, or this phone's own signing key.
    /// `is_foreign` is that of its intercom.
    pub fn needs_sharing_again(&self, is_foreign: bool) -> bool {
        let no_holder = self.ledger.holder.is_none();
        self.ledger.holder_lost
            || self.secret_lost && no_holder
            || is_foreign && matches!(self.held, Some(Held::Claiming | Held::Held))
    }

    /// Whether asking again with the same link could bring nothing else. The intercom does not say whose the key is where
    /// the link's secret fits nothing it knows.
    pub fn is_refused(&self) -> bool {
        matches!(
            self.claim_outcome,
            Some(Outcome::LinkExpired | Outcome::UnknownKey | Outcome::TooNew | Outcome::Deleted)
        )
    }

    /// The version of its grant that this phone holds, to be named in an Open; 0 for none.
    pub fn version_held(&self) -> u64 {
        self.ledger.stored().map_or(0, |stored| stored.grant().version)
    }

    pub(super) fn read(row: &Row<'_>, sealer: &Sealer) -> Result<Self, WalletError> {
        let secret: Option<Vec<u8>> = optional(row, "secret")?;
        let is_ours = secret.as_ref().is_some_and(|secret| sealer.is_ours(secret));
        let secret_commitment: Option<Vec<u8>> = optional(row, "secret_commitment")?;
        let secret_commitment = secret_commitment.as_deref().and_then(Commitment::from_slice);
        let stored = grant(row, "theirs")?;
        let (theirs, last) = match (get(row, "theirs_deleted")?, stored) {
            (true, last) => (Theirs::Deleted, last),
            (false, Some(stored)) => (Theirs::Grant(stored), None),
            (false, None) => (Theirs::Nothing, None),
        };
        let holder = kid(row, "holder")?.zip(optional(row, "holder_name")?);
        let ledger = Ledger {
            theirs,
            mine: grant(row, "mine")?,
            put_again: get(row, "put_again")?,
            problem: match optional::<i64>(row, "problem")? {
                None => None,
                Some(1) => Some(Problem::TooNew),
                Some(_) => Some(Problem::Malformed),
            },
            holder,
            used: [count(row, "used_entrance")?, count(row, "used_inner")?],
            holder_lost: get(row, "holder_lost")?,
            secret: secret_commitment.filter(|_| is_ours),
        };
        Ok(Self {
            id: get(row, "id")?,
            intercom: get(row, "intercom")?,
            key: KeyId::from_bytes(array(row, "key_id")?),
            name: get(row, "name")?,
            category: optional::<i64>(row, "category")?.and_then(|category| u64::try_from(category).ok()),
            ledger,
            last,
            secret_lost: secret.is_some() && !is_ours,
            shared_at: optional(row, "shared_at")?,
            held: Held::from_number(get(row, "held")?),
            claim: grant(row, "claim_grant")?,
            claim_outcome: outcome(row, "claim_outcome")?,
            last_used_ms: optional(row, "last_used_ms")?,
        })
    }
}

impl Wallet {
    /// One key; `Gone` if it is no longer there.
    pub fn key(&self, id: KeyRef) -> Result<Key, WalletError> {
        self.read(|connection| self.key_in(connection, id))
    }

    pub(super) fn key_in(&self, connection: &Connection, id: KeyRef) -> Result<Key, WalletError> {
        let mut statement = connection.prepare_cached("SELECT * FROM key WHERE id = ?1")?;
        let mut rows = statement.query([id])?;
        Key::read(rows.next()?.ok_or(WalletError::Gone)?, &self.sealer)
    }

    /// The key with that id at that intercom.
    pub fn key_of(&self, intercom: IntercomId, key: KeyId) -> Result<Option<Key>, WalletError> {
        self.read(|connection| self.key_of_in(connection, intercom, key))
    }

    pub(super) fn key_of_in(
        &self,
        connection: &Connection,
        intercom: IntercomId,
        key: KeyId,
    ) -> Result<Option<Key>, WalletError> {
        let mut statement = connection.prepare_cached("SELECT * FROM key WHERE intercom = ?1 AND key_id = ?2")?;
        let mut rows = statement.query(params![intercom, key.as_bytes()])?;
        rows.next()?.map(|row| Key::read(row, &self.sealer)).transpose()
    }

    /// The secret of the key's link, to make the link of; `None` if this phone has it not.
    pub fn secret(&self, id: KeyRef) -> Result<Option<LinkSecret>, WalletError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached("SELECT intercom, key_id, secret FROM key WHERE id = ?1")?;
            let mut rows = statement.query([id])?;
            let row = rows.next()?.ok_or(WalletError::Gone)?;
            let (intercom, key) = (get(row, "intercom")?, key_id(row, "key_id")?.ok_or(WalletError::Gone)?);
            let sealed: Option<Vec<u8>> = optional(row, "secret")?;
            Ok(sealed.and_then(|sealed| self.unseal("key.secret", intercom, key, &sealed)))
        })
    }

    pub(super) fn seal_secret(
        &self,
        column: &'static str,
        intercom: IntercomId,
        key: KeyId,
        secret: &LinkSecret,
    ) -> Result<Vec<u8>, WalletError> {
        let row: [&[u8]; 2] = [&intercom.to_be_bytes(), key.as_bytes()];
        self.sealer.seal(&Place { column, row: &row }, &secret.0)
    }

    pub(super) fn unseal(
        &self,
        column: &'static str,
        intercom: IntercomId,
        key: KeyId,
        sealed: &[u8],
    ) -> Option<LinkSecret> {
        let row: [&[u8]; 2] = [&intercom.to_be_bytes(), key.as_bytes()];
        let secret = self.sealer.open(&Place { column, row: &row }, sealed)?;
        Some(LinkSecret(secret.as_slice().try_into().ok()?))
    }

    /// Adds the row of a key that this wallet does not have.
    pub(super) fn insert_key(
        transaction: &Transaction<'_>,
        intercom: IntercomId,
        key: KeyId,
        grant: &SignedGrant,
    ) -> Result<KeyRef, WalletError> {
        let about = &grant.grant().about;
        transaction.execute(
            "INSERT INTO key (intercom, key_id, name, category) VALUES (?1, ?2, ?3, ?4)",
            params![intercom, key.as_bytes(), name_of(about), about.category.map(integer)],
        )?;
        Ok(transaction.last_insert_rowid())
    }

    /// Writes what became of a key's ledger. `Gone` keeps only the id, and the row of a key that this phone holds.
    pub(super) fn save_ledger(
        transaction: &Transaction<'_>,
        key: &Key,
        ledger: &Ledger,
        after: &After,
        deletion: Option<&SignedGrant>,
    ) -> Result<(), WalletError> {
        if *after == After::Gone {
            transaction.execute(
                "INSERT INTO deletion (intercom, key_id, name, grant_bytes) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT DO UPDATE SET grant_bytes = coalesce(excluded.grant_bytes, grant_bytes), queued = NULL",
                params![key.intercom, key.key.as_bytes(), key.name, deletion.map(SignedGrant::bytes)],
            )?;
            if key.held.is_none() {
                transaction.execute("DELETE FROM key WHERE id = ?1", [key.id])?;
                return Ok(());
            }
        }
        let about = ledger.shown().or(key.grant()).map(|grant| &grant.grant().about);
        let name = about.map_or_else(|| key.name.clone(), name_of);
        let category = about.map_or(key.category, |about| about.category);
        let waits = ledger.to_put().is_some();
        // A secret sealed by another phone stays until a new link takes its place: that phone may come back.
        let keeps_secret = ledger.secret.is_some() || key.secret_lost;
        transaction.execute(
            "UPDATE key SET name = :name, category = :category, theirs = coalesce(:theirs, theirs),
                 theirs_deleted = :theirs_deleted, put_again = :put_again, mine = :mine, overtaken = :overtaken,
                 problem = :problem, holder = :holder, holder_name = :holder_name, used_entrance = :entrance,
                 used_inner = :inner, holder_lost = :holder_lost,
                 secret = CASE WHEN :keeps_secret THEN secret END,
                 secret_commitment = CASE WHEN :keeps_secret THEN secret_commitment END,
                 held = CASE WHEN :gone THEN :deleted ELSE held END,
                 queued = CASE WHEN :waits THEN coalesce(queued,
                     (SELECT coalesce(max(other.queued), 0) + 1 FROM key AS other
                      WHERE other.intercom = key.intercom AND other.queued IS NOT NULL)) END
             WHERE id = :id",
            named_params! {
                ":id": key.id, ":name": name, ":category": category.map(integer),
                ":theirs": ledger.stored().map(SignedGrant::bytes),
                ":theirs_deleted": ledger.theirs == Theirs::Deleted, ":put_again": ledger.put_again,
                ":mine": ledger.mine.as_ref().map(SignedGrant::bytes), ":overtaken": ledger.is_overtaken(),
                ":problem": ledger.problem.map(|problem| problem as i64 + 1),
                ":holder": ledger.holder.as_ref().map(|(kid, _)| kid.as_bytes()),
                ":holder_name": ledger.holder.as_ref().map(|(_, name)| line(name)),
                ":entrance": integer(ledger.used[0]), ":inner": integer(ledger.used[1]),
                ":holder_lost": ledger.holder_lost, ":keeps_secret": keeps_secret, ":waits": waits,
                ":gone": *after == After::Gone, ":deleted": Held::Deleted.number(),
            },
        )?;
        Ok(())
    }

    /// Keeps the secret of a key's link in the place of any other.
    pub(super) fn set_secret(
        &self,
        transaction: &Transaction<'_>,
        key: &Key,
        grant: &SignedGrant,
        secret: &LinkSecret,
    ) -> Result<(), WalletError> {
        let sealed = self.seal_secret("key.secret", key.intercom, key.key, secret)?;
        let commitment = commitment(grant);
        transaction.execute(
            "UPDATE key SET secret = ?2, secret_commitment = ?3, shared_at = NULL WHERE id = ?1",
            params![key.id, sealed, commitment.as_ref().map(Commitment::as_bytes)],
        )?;
        Ok(())
    }
}
