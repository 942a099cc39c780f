//! What this phone chose for an intercom, and what the intercom says of itself.

use super::{Duty, Intercom, IntercomId, Transport, Wallet, WalletError, rows::integer};
use phonein_protocol::{Time, message::Settings};
use rusqlite::{ToSql, Transaction, named_params, params};

impl Wallet {
    /// Renames an intercom.
    pub fn rename_intercom(&self, id: IntercomId, name: &str) -> Result<(), WalletError> {
        self.set(id, "UPDATE intercom SET name = ?2 WHERE id = ?1", &name)
    }

    /// Chooses how an intercom is reached.
    pub fn set_transport(&self, id: IntercomId, transport: Transport) -> Result<(), WalletError> {
        self.set(id, "UPDATE intercom SET transport = ?2 WHERE id = ?1", &(transport as i64))
    }

    /// Chooses whether its doors ask for face or fingerprint first.
    pub fn set_ask_presence(&self, id: IntercomId, on: bool) -> Result<(), WalletError> {
        self.set(id, "UPDATE intercom SET ask_presence = ?2 WHERE id = ?1", &on)
    }

    /// Sets or clears the typed address.
    pub fn set_address(&self, id: IntercomId, address: Option<&str>) -> Result<(), WalletError> {
        self.set(id, "UPDATE intercom SET address = ?2 WHERE id = ?1", &address)
    }

    /// The intercom was used: it comes first from now on.
    pub fn touch_intercom(&self, id: IntercomId, now_ms: i64) -> Result<(), WalletError> {
        self.set(id, "UPDATE intercom SET last_used_ms = ?2 WHERE id = ?1", &now_ms)
    }

    /// What an answer said: a signer who is a manager is told so. True if this phone just became one, or is one no more.
    /// A phone told so for the first time reads Settings, Log and Keys.
    pub fn set_manager(&self, id: IntercomId, is_manager: bool) -> Result<bool, WalletError> {
        self.write(|transaction| Self::set_manager_in(transaction, id, is_manager))
    }

    pub(super) fn set_manager_in(
        transaction: &Transaction<'_>,
        id: IntercomId,
        is_manager: bool,
    ) -> Result<bool, WalletError> {
        let changed = transaction.execute(
            "UPDATE intercom SET is_manager = ?2, duty = CASE WHEN ?2 THEN ?3 ELSE ?4 END, keys_cursor = 0
             WHERE id = ?1 AND is_manager <> ?2",
            params![id, is_manager, Duty::Fill.number(), Duty::None.number()],
        )?;
        Ok(changed > 0)
    }

    /// Settings, Log and Keys were read to their end, and nothing waits to be put again.
    pub fn filled(&self, id: IntercomId) -> Result<(), WalletError> {
        self.set(id, "UPDATE intercom SET duty = ?2 WHERE id = ?1", &Duty::None.number())
    }

    /// What the intercom's clock shows, where a Put was told that it differs; `None` where both agree.
    pub fn set_clock_differs(&self, id: IntercomId, intercom: Option<Time>, now: Time) -> Result<(), WalletError> {
        let ahead = intercom.map(|time| time.saturating_sub(now));
        self.set(id, "UPDATE intercom SET clock_ahead = ?2 WHERE id = ?1", &ahead)
    }

    /// Settings as they were read. The addresses are taken over. Whether anything is not as it was.
    pub fn save_settings(&self, id: IntercomId, settings: &Settings, now: Time) -> Result<bool, WalletError> {
        let Settings { revision, inner_door, zone, urls, clock_error, strangers } = settings;
        let urls = serde_json::to_string(urls).map_err(|_| WalletError::fault("addresses"))?;
        let (zone, tzdb, until) = match zone {
            Some((zone, tzdb, until)) => (Some(zone), Some(tzdb), Some(until)),
            None => (None, None, None),
        };
        self.write(|transaction| {
            let before = self.intercom_in(transaction, id)?;
            transaction.execute(
                "UPDATE intercom SET revision = :revision, inner_door = :inner_door, zone = :zone, tzdb = :tzdb,
                     zone_until = :until, urls = :urls, clock_error = :clock_error, strangers = :strangers,
                     settings_at = :now,
                     doors = CASE WHEN :inner_door IS NULL THEN doors & 1 | (doors = 2) * 2 ELSE doors | 2 END
                 WHERE id = :id",
                named_params! { ":id": id, ":revision": integer(*revision), ":inner_door": inner_door, ":zone": zone,
                ":tzdb": tzdb, ":until": until, ":urls": urls, ":clock_error": clock_error.map(integer),
                ":strangers": integer(*strangers), ":now": now },
            )?;
            let after = self.intercom_in(transaction, id)?;
            Ok(before != Intercom { settings_at: before.settings_at, ..after })
        })
    }

    fn set(&self, id: IntercomId, sql: &str, value: &dyn ToSql) -> Result<(), WalletError> {
        self.write(|transaction| {
            let exists: bool =
                transaction.query_row("SELECT count(*) FROM intercom WHERE id = ?1", [id], |row| row.get(0))?;
            if !exists {
                return Err(WalletError::Gone);
            }
            transaction.execute(sql, params![id, value])?;
            Ok(())
        })
    }
}
