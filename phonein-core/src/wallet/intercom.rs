//! The intercoms this phone knows.

use super::{
    Held, IntercomId, Wallet, WalletError,
    rows::{array, count, doors, get, integer, optional, via, via_number},
    seal::Sealer,
};
use phonein_protocol::{Time, es256::PublicKey, id::Doors, id::Kid, log::Via, message::Head};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params, params};

/// How this phone reaches an intercom.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Transport {
    /// Whichever answers first.
    #[default]
    Both,
    /// Only over Bluetooth.
    Bluetooth,
    /// Only over the network.
    Network,
}

/// An intercom as this phone knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intercom {
    /// Its id in this wallet.
    pub id: IntercomId,
    /// Its public key.
    pub public_key: [u8; 32],
    /// What this phone's person calls it.
    pub name: String,
    /// The doors it is wired to; of a guest's intercom those its keys name.
    pub doors: Doors,
    /// The name of this phone's signing key there.
    pub alias: String,
    /// This phone's public key there.
    pub phone_key: PublicKey,
    /// The same, cut short.
    pub kid: Kid,
    /// The wallet came from another phone, so this phone cannot sign there: pair again, or have keys shared again.
    pub is_foreign: bool,
    /// Whether this phone is a manager there.
    pub is_manager: bool,
    /// How it is reached.
    pub transport: Transport,
    /// Whether its doors ask for face or fingerprint first.
    pub ask_presence: bool,
    /// A typed address.
    pub address: Option<String>,
    /// Addresses it said it has, or a link said.
    pub urls: Vec<String>,
    /// Its time zone.
    pub zone: Option<String>,
    /// The tzdb version and the end of its zone table, for managers.
    pub table: Option<(String, Time)>,
    /// The revision of its settings that was read last.
    pub revision: Option<u64>,
    /// Whether keys may open its inner door; `None` without one or while this is not known.
    pub inner_door: Option<bool>,
    /// How far its clock may be off; `None` while it has no time.
    pub clock_error: Option<u64>,
    /// Refusals of strangers in the hour of the reading.
    pub strangers: u64,
    /// When its settings were read.
    pub settings_at: Option<Time>,
    /// Seconds that its clock is ahead of this phone's, where they differ so much that a person must say what counts.
    pub clock_ahead: Option<i64>,
    /// When it was heard of last, and how.
    pub heard: Option<(Time, Via)>,
    /// When it was used last, in milliseconds.
    pub last_used_ms: i64,
    /// The log as far as it was read.
    pub read: Head,
    /// The log as far as the intercom said it goes.
    pub told: Head,
    /// The change counter Keys goes on from.
    pub keys_cursor: u64,
    /// What sync still has to do there.
    pub duty: Duty,
}

/// An intercom that this phone has just become known to, or is about to.
#[derive(Clone, Debug)]
pub struct Joined<'a> {
    /// Its public key.
    pub public_key: [u8; 32],
    /// What to call it, if it is new here.
    pub name: &'a str,
    /// The doors it has.
    pub doors: Doors,
    /// The name of this phone's signing key there.
    pub alias: &'a str,
    /// This phone's public key there.
    pub phone_key: PublicKey,
    /// A typed address.
    pub address: Option<&'a str>,
    /// Addresses it said.
    pub urls: &'a [String],
    /// Its zone.
    pub zone: Option<&'a str>,
}

/// What sync has to do at an intercom besides the usual.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Duty {
    /// Nothing.
    None,
    /// Settings, Log and Keys were never read to their end.
    Fill,
    /// The log did not hold what it should: everything is read from the start and put again.
    Refill,
}

impl Duty {
    fn from_number(number: i64) -> Self {
        match number {
            1 => Self::Fill,
            2 => Self::Refill,
            _ => Self::None,
        }
    }

    pub(super) fn number(self) -> i64 {
        self as i64
    }
}

impl Intercom {
    pub(super) fn read(row: &Row<'_>, sealer: &Sealer) -> Result<Self, WalletError> {
        let phone_key = PublicKey::from_bytes(array(row, "phone_key")?).ok_or(WalletError::damaged("phone key"))?;
        let (tzdb, until) = (optional(row, "tzdb")?, optional(row, "zone_until")?);
        let heard_at: Option<Time> = optional(row, "heard_at")?;
        Ok(Self {
            id: get(row, "id")?,
            public_key: array(row, "public_key")?,
            name: get(row, "name")?,
            doors: doors(row, "doors")?,
            alias: get(row, "alias")?,
            phone_key,
            kid: Kid::of(&phone_key),
            is_foreign: !sealer.is_ours(&get::<Vec<u8>>(row, "seal")?),
            is_manager: get(row, "is_manager")?,
            transport: match get::<i64>(row, "transport")? {
                1 => Transport::Bluetooth,
                2 => Transport::Network,
                _ => Transport::Both,
            },
            ask_presence: get(row, "ask_presence")?,
            address: optional(row, "address")?,
            urls: serde_json::from_str(&get::<String>(row, "urls")?).map_err(|_| WalletError::damaged("addresses"))?,
            zone: optional(row, "zone")?,
            table: tzdb.zip(until),
            revision: optional::<i64>(row, "revision")?.and_then(|revision| u64::try_from(revision).ok()),
            inner_door: optional(row, "inner_door")?,
            clock_error: optional::<i64>(row, "clock_error")?.and_then(|error| u64::try_from(error).ok()),
            strangers: optional::<i64>(row, "strangers")?.and_then(|count| u64::try_from(count).ok()).unwrap_or(0),
            settings_at: optional(row, "settings_at")?,
            clock_ahead: optional(row, "clock_ahead")?,
            heard: heard_at.zip(via(optional(row, "heard_via")?)),
            last_used_ms: get(row, "last_used_ms")?,
            read: Head { number: count(row, "read_number")?, hash: array(row, "read_hash")? },
            told: Head { number: count(row, "told_number")?, hash: array(row, "told_hash")? },
            keys_cursor: count(row, "keys_cursor")?,
            duty: Duty::from_number(get(row, "duty")?),
        })
    }
}

const SELECT: &str = "SELECT * FROM intercom";

impl Wallet {
    /// All intercoms, last used first.
    pub fn intercoms(&self) -> Result<Vec<Intercom>, WalletError> {
        self.read(|connection| self.intercoms_in(connection))
    }

    pub(super) fn intercoms_in(&self, connection: &Connection) -> Result<Vec<Intercom>, WalletError> {
        let mut statement = connection.prepare_cached(&format!("{SELECT} ORDER BY last_used_ms DESC, id DESC"))?;
        let mut rows = statement.query([])?;
        let mut intercoms = Vec::new();
        while let Some(row) = rows.next()? {
            intercoms.push(Intercom::read(row, &self.sealer)?);
        }
        Ok(intercoms)
    }

    /// One intercom; `Gone` if it was forgotten.
    pub fn intercom(&self, id: IntercomId) -> Result<Intercom, WalletError> {
        self.read(|connection| self.intercom_in(connection, id))
    }

    pub(super) fn intercom_in(&self, connection: &Connection, id: IntercomId) -> Result<Intercom, WalletError> {
        let mut statement = connection.prepare_cached(&format!("{SELECT} WHERE id = ?1"))?;
        let mut rows = statement.query([id])?;
        Intercom::read(rows.next()?.ok_or(WalletError::Gone)?, &self.sealer)
    }

    /// The intercom with that public key, if this phone knows it.
    pub fn intercom_of(&self, public_key: &[u8; 32]) -> Result<Option<Intercom>, WalletError> {
        self.read(|connection| self.intercom_of_in(connection, public_key))
    }

    pub(super) fn intercom_of_in(
        &self,
        connection: &Connection,
        public_key: &[u8; 32],
    ) -> Result<Option<Intercom>, WalletError> {
        let mut statement = connection.prepare_cached(&format!("{SELECT} WHERE public_key = ?1"))?;
        let mut rows = statement.query([public_key])?;
        rows.next()?.map(|row| Intercom::read(row, &self.sealer)).transpose()
    }

    /// A pairing was answered: this phone is a manager of that intercom. One that is known already takes over the new
    /// signing key; the alias of the one it had is returned, to be forgotten. The pairing in hand is over.
    pub fn paired(&self, joined: &Joined<'_>, now_ms: i64) -> Result<(IntercomId, Option<String>), WalletError> {
        self.write(|transaction| {
            transaction.execute("DELETE FROM pairing", [])?;
            let known = self.intercom_of_in(transaction, &joined.public_key)?;
            let (was_manager, was_foreign) = known.map_or((false, false), |known| (known.is_manager, known.is_foreign));
            let (id, old) = self.join(transaction, joined, now_ms)?;
            // Everything is read from the start: this phone may have been a guest, or away for long.
            transaction.execute(
                "UPDATE intercom SET is_manager = 1, duty = ?2, keys_cursor = 0, address = coalesce(?3, address)
                 WHERE id = ?1",
                params![id, Duty::Fill.number(), joined.address],
            )?;
            if old.is_some() {
                // What this phone held there was bound to the old signing key.
                let drop_held = if was_manager {
                    "UPDATE key SET held = 0, claim_grant = NULL, claim_secret = NULL WHERE intercom = ?1 AND held > ?2"
                } else {
                    "DELETE FROM key WHERE intercom = ?1 AND held > ?2"
                };
                // A link that waits is claimed with the new one, unless another phone's wallet has sealed it.
                let claiming = if was_foreign { 0 } else { Held::Claiming.number() };
                transaction.execute(drop_held, params![id, claiming])?;
            }
            Self::stand_at_in(transaction, id)?;
            Ok((id, old))
        })
    }

    /// The intercom's row, made if there is none; and the alias it had, if its signing key is another now.
    pub(super) fn join(
        &self,
        transaction: &Transaction<'_>,
        joined: &Joined<'_>,
        now_ms: i64,
    ) -> Result<(IntercomId, Option<String>), WalletError> {
        let Joined { public_key, name, doors, alias, phone_key, urls, zone, .. } = joined;
        let known: Option<(IntercomId, String)> = transaction
            .query_row("SELECT id, alias FROM intercom WHERE public_key = ?1", [public_key], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()?;
        let urls = serde_json::to_string(urls).map_err(|_| WalletError::fault("addresses"))?;
        let id = if let Some((id, _)) = &known {
            transaction.execute(
                "UPDATE intercom SET doors = :doors, alias = :alias, phone_key = :phone_key, seal = :seal,
                         urls = CASE :urls WHEN '[]' THEN urls ELSE :urls END, zone = coalesce(:zone, zone),
                         last_used_ms = :now_ms WHERE id = :id",
                named_params! { ":id": id, ":doors": integer(doors.mask()), ":alias": alias,
                ":phone_key": phone_key.as_bytes(), ":seal": self.sealer.mark(), ":urls": urls,
                ":zone": zone, ":now_ms": now_ms },
            )?;
            *id
        } else {
            transaction.execute(
                "INSERT INTO intercom (public_key, name, doors, alias, phone_key, seal, is_manager, urls, zone,
                         last_used_ms)
                     VALUES (:public_key, :name, :doors, :alias, :phone_key, :seal, 0, :urls, :zone, :now_ms)",
                named_params! { ":public_key": public_key, ":name": name, ":doors": integer(doors.mask()),
                ":alias": alias, ":phone_key": phone_key.as_bytes(), ":seal": self.sealer.mark(),
                ":urls": urls, ":zone": zone, ":now_ms": now_ms },
            )?;
            transaction.last_insert_rowid()
        };
        let old = known.map(|(_, old)| old).filter(|old| old != alias);
        Ok((id, old))
    }

    /// Forgets an intercom with its keys and activity. The alias of its signing key is returned, to be forgotten too.
    pub fn forget_intercom(&self, id: IntercomId) -> Result<String, WalletError> {
        self.write(|transaction| {
            Ok(transaction.query_row("DELETE FROM intercom WHERE id = ?1 RETURNING alias", [id], |row| row.get(0))?)
        })
    }

    /// The intercom was heard of.
    pub fn heard(&self, id: IntercomId, via: Via, now: Time) -> Result<(), WalletError> {
        self.write(|transaction| {
            let heard = "UPDATE intercom SET heard_at = ?2, heard_via = ?3 WHERE id = ?1";
            transaction.execute(heard, params![id, now, via_number(Some(via))])?;
            Ok(())
        })
    }
}
