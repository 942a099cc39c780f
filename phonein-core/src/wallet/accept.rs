//! Links accepted on this phone, until the intercom has said whose the key is.

use super::{
    Held, IntercomId, Joined, KeyRef, Wallet, WalletError,
    rows::{array, get, grant},
};
use phonein_protocol::{
    es256::PublicKey,
    grant::SignedGrant,
    id::{KeyId, LinkSecret},
    link::Link,
    message::{Answer, Outcome},
};
use rusqlite::{Transaction, params};

/// A link that is to be accepted.
#[derive(Clone, Debug)]
pub struct Accept<'a> {
    /// The link.
    pub link: &'a Link,
    /// What to call its intercom, if that is new here.
    pub place: &'a str,
    /// The name its person gives.
    pub person: &'a str,
    /// The signing key made for its intercom: needed where that is new here, or [`super::Intercom::is_foreign`].
    pub signing_key: Option<(&'a str, PublicKey)>,
}

/// A link that this phone accepted, to be told to the intercom at every chance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The key's row.
    pub id: KeyRef,
    /// The key.
    pub key: KeyId,
    /// The grant in the link.
    pub grant: SignedGrant,
    /// The link's secret.
    pub secret: LinkSecret,
    /// The name its person gives.
    pub name: String,
}

pub(super) const CLAIMS: &str = "SELECT * FROM key WHERE intercom = ?1 AND claim_secret IS NOT NULL ORDER BY id";

impl Wallet {
    /// Keeps an accepted link. It changes no intercom and no key that is known: the intercom's answer will.
    pub fn accept_link(&self, accept: &Accept<'_>, now_ms: i64) -> Result<KeyRef, WalletError> {
        let Accept { link, place, person, signing_key } = accept;
        let terms = link.grant.grant().terms.as_ref().ok_or(WalletError::Gone)?;
        self.write(|transaction| {
            let known = self.intercom_of_in(transaction, &link.intercom)?;
            let intercom = if let Some(known) = known.as_ref().filter(|known| !known.is_foreign) {
                known.id
            } else {
                if let Some(foreign) = &known {
                    Self::drop_foreign(transaction, foreign.id)?;
                }
                let (alias, phone_key) = signing_key.ok_or(WalletError::fault("no signing key for the intercom"))?;
                let urls: Vec<String> = link.url.iter().cloned().collect();
                let (public_key, zone) = (link.intercom, Some(&*link.zone));
                let name = *place;
                let doors = terms.doors;
                let joined = Joined { public_key, name, doors, alias, phone_key, address: None, urls: &urls, zone };
                self.join(transaction, &joined, now_ms)?.0
            };
            let key = link.grant.grant().key;
            let id = match self.key_of_in(transaction, intercom, key)? {
                Some(known) => known.id,
                None => Self::insert_key(transaction, intercom, key, &link.grant)?,
            };
            let sealed = self.seal_secret("key.claim_secret", intercom, key, &link.secret)?;
            transaction.execute(
                "UPDATE key SET claim_grant = ?2, claim_secret = ?3, claim_name = ?4, claim_outcome = NULL,
                     held = CASE held WHEN ?5 THEN held ELSE ?6 END, last_used_ms = coalesce(last_used_ms, ?7)
                 WHERE id = ?1",
                params![id, link.grant.bytes(), sealed, person, Held::Held.number(), Held::Claiming.number(), now_ms],
            )?;
            Self::stand_at_in(transaction, intercom)?;
            Ok(id)
        })
    }

    /// What another phone was at an intercom this one is not.
    fn drop_foreign(transaction: &Transaction<'_>, intercom: IntercomId) -> Result<(), WalletError> {
        Self::set_manager_in(transaction, intercom, false)?;
        transaction.execute(
            "UPDATE key SET held = ?2, claim_secret = NULL, claim_name = NULL, claim_outcome = NULL
             WHERE intercom = ?1 AND held IN (?3, ?4)",
            params![intercom, Held::Unknown.number(), Held::Claiming.number(), Held::Held.number()],
        )?;
        Ok(())
    }

    /// The links this phone accepted that its intercom has not answered, oldest first.
    pub fn claims(&self, intercom: IntercomId) -> Result<Vec<Claim>, WalletError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(CLAIMS)?;
            let mut rows = statement.query([intercom])?;
            let mut claims = Vec::new();
            while let Some(row) = rows.next()? {
                let key = KeyId::from_bytes(array(row, "key_id")?);
                let sealed: Vec<u8> = get(row, "claim_secret")?;
                let secret = self.unseal("key.claim_secret", intercom, key, &sealed);
                // What another phone sealed does not open here, and the key reads so.
                if let (Some(secret), Some(grant)) = (secret, grant(row, "claim_grant")?) {
                    claims.push(Claim { id: get(row, "id")?, key, grant, secret, name: get(row, "claim_name")? });
                }
            }
            Ok(claims)
        })
    }

    /// What the intercom answered to a claim that presented `presented`. An answer that does not say whether this phone
    /// holds the key now changes nothing but the note beside it.
    pub(super) fn claim_answered(
        &self,
        transaction: &Transaction<'_>,
        intercom: IntercomId,
        presented: &SignedGrant,
        answer: &Answer,
    ) -> Result<(), WalletError> {
        let id = presented.grant().key;
        let Some(key) = self.key_of_in(transaction, intercom, id)? else { return Ok(()) };
        // Another link was accepted meanwhile, or this one answered already.
        if key.claim.as_ref().is_none_or(|claim| claim.payload() != presented.payload()) {
            return Ok(());
        }
        let held = match (answer.holds, answer.outcome) {
            (Some(true), _) => Held::Held,
            (Some(false), Outcome::Taken) => Held::Taken,
            (Some(false), Outcome::Deleted) => Held::Deleted,
            (Some(false), Outcome::LinkExpired) => Held::LinkExpired,
            (Some(false), Outcome::UnknownKey) => Held::Unknown,
            (Some(false) | None, outcome) => {
                let note = "UPDATE key SET claim_outcome = ?2 WHERE id = ?1";
                transaction.execute(note, params![key.id, outcome.to_bytes()])?;
                return Ok(());
            }
        };
        let stored = answer.stored.as_deref().and_then(|stored| SignedGrant::parse(stored).ok());
        let stored = stored.filter(|stored| stored.grant().key == id).unwrap_or_else(|| presented.clone());
        if held == Held::Held {
            Self::hold(transaction, &key, &stored)?;
        }
        // The secret has done its work, whoever has the key.
        transaction.execute(
            "UPDATE key SET held = ?2, claim_secret = NULL, claim_name = NULL, claim_outcome = NULL,
                 claim_grant = CASE WHEN ?3 THEN NULL ELSE claim_grant END
             WHERE id = ?1",
            params![key.id, held.number(), held == Held::Held],
        )?;
        Ok(())
    }
}
