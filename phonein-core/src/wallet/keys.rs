//! The list of keys: searched, filtered, page by page, each query on an index however many there are.

use super::{Intercom, IntercomId, Key, KeyRef, Wallet, WalletError};
use rusqlite::{Connection, named_params};

/// Which keys a list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct KeyFilter {
    /// Only those of this intercom.
    pub intercom: Option<IntercomId>,
    /// Only those of this category.
    pub category: Option<u64>,
}

/// How a held key would serve who presses now; the more, the better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Serves {
    /// It will not open any more.
    Nevermore,
    /// It opens at another time, or when the intercom has answered.
    Later,
    /// It opens.
    Now,
}

/// Judges how a key would serve at its intercom.
pub(super) type Serving<'a> = dyn Fn(&Key, &Intercom) -> Serves + 'a;

impl Wallet {
    /// Keys newest first, `limit` of them older than `before`. `search` holds beginnings of words in a key's name or its
    /// holder's, in any case and without accents; nothing but blanks finds all.
    pub fn keys(
        &self,
        search: &str,
        filter: KeyFilter,
        before: Option<KeyRef>,
        limit: u32,
    ) -> Result<Vec<Key>, WalletError> {
        let words = words(search);
        if words.is_none() && !search.trim().is_empty() {
            return Ok(Vec::new());
        }
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&query(words.is_some(), filter))?;
            let mut rows = statement.query(named_params! {
                ":words": words, ":intercom": filter.intercom,
                ":category": filter.category.map(super::rows::integer),
                ":before": before.unwrap_or(KeyRef::MAX), ":limit": limit,
            })?;
            let mut keys = Vec::new();
            while let Some(row) = rows.next()? {
                keys.push(Key::read(row, &self.sealer)?);
            }
            Ok(keys)
        })
    }

    /// Whether this phone holds or is accepting a key there, or did.
    pub fn holds_any(&self, intercom: IntercomId) -> Result<bool, WalletError> {
        self.read(|connection| Ok(connection.prepare_cached(HELD)?.exists([intercom])?))
    }

    /// The key on a guest's button: of those this phone holds or is accepting at an intercom the one used last, but rather
    /// one that opens now, and one that no longer opens only if there is no other.
    pub(super) fn button_key_in(
        &self,
        connection: &Connection,
        intercom: &Intercom,
        serves: &Serving<'_>,
    ) -> Result<Option<Key>, WalletError> {
        let mut best: Option<(Serves, Key)> = None;
        let mut statement = connection.prepare_cached(USABLE)?;
        let mut rows = statement.query([intercom.id])?;
        while let Some(row) = rows.next()? {
            let key = Key::read(row, &self.sealer)?;
            let found = serves(&key, intercom);
            if best.as_ref().is_none_or(|(serves, _)| found > *serves) {
                best = Some((found, key));
            }
            if found == Serves::Now {
                break;
            }
        }
        if let Some((_, key)) = best {
            return Ok(Some(key));
        }
        let mut statement = connection.prepare_cached(HELD)?;
        let mut rows = statement.query([intercom.id])?;
        rows.next()?.map(|row| Key::read(row, &self.sealer)).transpose()
    }

    /// What a press on a door of an intercom is made with: `key`, or on the round button a guest's; a manager's has none.
    pub fn pressed(
        &self,
        intercom: IntercomId,
        key: Option<KeyRef>,
        serves: &Serving<'_>,
    ) -> Result<(Intercom, Option<Key>), WalletError> {
        self.read_to_write(|connection| {
            let intercom = self.intercom_in(connection, intercom)?;
            let key = match key {
                Some(key) => Some(self.key_in(connection, key)?),
                None if intercom.is_manager => None,
                None => Some(self.button_key_in(connection, &intercom, serves)?.ok_or(WalletError::Gone)?),
            };
            Ok((intercom, key))
        })
    }

    /// The keys this phone has accepted at an intercom that has not answered yet, newest first.
    pub(super) fn claiming_keys_in(
        &self,
        connection: &Connection,
        intercom: IntercomId,
    ) -> Result<Vec<Key>, WalletError> {
        let mut statement = connection.prepare_cached(CLAIMING)?;
        let mut rows = statement.query([intercom])?;
        let mut keys = Vec::new();
        while let Some(row) = rows.next()? {
            keys.push(Key::read(row, &self.sealer)?);
        }
        Ok(keys)
    }
}

pub(super) const HELD: &str =
    "SELECT * FROM key WHERE intercom = ?1 AND held <> 0 ORDER BY last_used_ms DESC, id DESC LIMIT 1";
/// Claiming or held. Who has more keys for a house than these finds the others in KEYS.
pub(super) const USABLE: &str = "SELECT * FROM key WHERE intercom = ?1 AND held <> 0 AND held IN (1, 2)
    ORDER BY last_used_ms DESC, id DESC LIMIT 32";
/// Of a key that is being accepted the secret is there.
pub(super) const CLAIMING: &str =
    "SELECT * FROM key WHERE intercom = ?1 AND claim_secret IS NOT NULL AND held = 1 ORDER BY id DESC";

/// The query for a page. Parameters that a form of it does not use are compared with themselves.
pub(super) fn query(searches: bool, filter: KeyFilter) -> String {
    let mut sql = String::from(if searches {
        "SELECT key.* FROM key_words CROSS JOIN key ON key.id = key_words.rowid
         WHERE key_words MATCH :words AND key_words.rowid < :before"
    } else {
        "SELECT key.* FROM key WHERE :words IS NULL AND key.id < :before"
    });
    sql.push_str(match filter.intercom {
        Some(_) => " AND key.intercom = :intercom",
        None => " AND :intercom IS NULL",
    });
    sql.push_str(match (filter.category, filter.intercom) {
        // One index is enough, and the intercom's is the finer one.
        (Some(_), Some(_)) => " AND +key.category = :category",
        (Some(_), None) => " AND key.category = :category",
        (None, _) => " AND :category IS NULL",
    });
    sql.push_str(if searches { " ORDER BY key_words.rowid DESC" } else { " ORDER BY key.id DESC" });
    sql.push_str(" LIMIT :limit");
    sql
}

/// Each word as the beginning of one; `None` if there is no word.
fn words(search: &str) -> Option<String> {
    let words: Vec<String> = search
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| format!("\"{word}\"*"))
        .collect();
    (!words.is_empty()).then(|| words.join(" "))
}
