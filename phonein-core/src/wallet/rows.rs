//! Columns to values and back.

use super::error::WalletError;
use phonein_protocol::{
    grant::SignedGrant,
    id::{Door, Doors, KeyId, Kid},
    log::Via,
    message::Outcome,
};
use rusqlite::{Row, types::FromSql};
use std::cell::Cell;

thread_local! {
    /// The column behind the one that was read last.
    // It is const; the lint does not see that where threads have no values of their own but emulated ones (Android).
    #[allow(clippy::missing_const_for_thread_local)]
    static NEXT: Cell<usize> = const { Cell::new(0) };
}

/// A column that may be null.
pub(super) fn optional<T: FromSql>(row: &Row<'_>, column: &str) -> Result<Option<T>, WalletError> {
    get(row, column)
}

/// A column.
pub(super) fn get<T: FromSql>(row: &Row<'_>, column: &str) -> Result<T, WalletError> {
    Ok(row.get(place(row, column)?)?)
}

/// Which column has that name. Columns are mostly read in their order, so the search begins behind the last one: begun anew
/// for each of thirty columns, it compares hundreds of names for a row.
fn place(row: &Row<'_>, column: &str) -> Result<usize, WalletError> {
    let (columns, next) = (row.as_ref().column_count(), NEXT.get());
    let all = (next..columns).chain(0..next.min(columns));
    let is_it = |place: &usize| row.as_ref().column_name(*place).is_ok_and(|name| name == column);
    let place = all.into_iter().find(is_it).ok_or_else(|| rusqlite::Error::InvalidColumnName(column.to_owned()))?;
    NEXT.set(place + 1);
    Ok(place)
}

/// A count that is never negative.
pub(super) fn count(row: &Row<'_>, column: &str) -> Result<u64, WalletError> {
    u64::try_from(get::<i64>(row, column)?).map_err(|_| WalletError::damaged("count"))
}

/// A count as SQLite keeps it; the wire's bound is 2^63.
pub(super) fn integer(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Bytes of a fixed length.
pub(super) fn array<const N: usize>(row: &Row<'_>, column: &str) -> Result<[u8; N], WalletError> {
    get::<Vec<u8>>(row, column)?.try_into().map_err(|_| WalletError::damaged("bytes"))
}

/// A grant as it was signed.
pub(super) fn grant(row: &Row<'_>, column: &str) -> Result<Option<SignedGrant>, WalletError> {
    let bytes: Option<Vec<u8>> = optional(row, column)?;
    bytes.map(|bytes| SignedGrant::parse(&bytes).map_err(|_| WalletError::damaged("grant"))).transpose()
}

/// A key's id.
pub(super) fn key_id(row: &Row<'_>, column: &str) -> Result<Option<KeyId>, WalletError> {
    let bytes: Option<Vec<u8>> = optional(row, column)?;
    bytes.map(|bytes| KeyId::from_slice(&bytes).ok_or_else(|| WalletError::damaged("key id"))).transpose()
}

/// A phone.
pub(super) fn kid(row: &Row<'_>, column: &str) -> Result<Option<Kid>, WalletError> {
    let bytes: Option<Vec<u8>> = optional(row, column)?;
    bytes.map(|bytes| Kid::from_slice(&bytes).ok_or_else(|| WalletError::damaged("kid"))).transpose()
}

/// How something ended.
pub(super) fn outcome(row: &Row<'_>, column: &str) -> Result<Option<Outcome>, WalletError> {
    let bytes: Option<Vec<u8>> = optional(row, column)?;
    bytes.map(|bytes| Outcome::from_bytes(&bytes).map_err(|_| WalletError::damaged("outcome"))).transpose()
}

/// A set of doors.
pub(super) fn doors(row: &Row<'_>, column: &str) -> Result<Doors, WalletError> {
    Doors::from_mask(count(row, column)?).ok_or_else(|| WalletError::damaged("doors"))
}

/// A door; `None` for no door, kept as 2.
pub(super) fn door(number: i64) -> Option<Door> {
    u64::try_from(number).ok().and_then(Door::from_number)
}

/// A door as it is kept.
pub(super) fn door_number(door: Option<Door>) -> i64 {
    door.map_or(2, |door| integer(door.number()))
}

/// How something came.
pub(super) fn via(number: Option<i64>) -> Option<Via> {
    match number {
        Some(0) => Some(Via::Bluetooth),
        Some(1) => Some(Via::Http),
        _ => None,
    }
}

/// How something came, as it is kept.
pub(super) fn via_number(via: Option<Via>) -> Option<i64> {
    via.map(|via| via as i64)
}
