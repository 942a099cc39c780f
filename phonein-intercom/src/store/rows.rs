//! Rows read back as what they were written from.

use super::StoreError;
use phonein_protocol::{
    es256::PublicKey,
    grant::SignedGrant,
    id::{Door, KeyId, Kid},
    intercom::store::{Holder, Key, KeyRecord, Manager, Phone, State, Tap, Unfinished},
    log::Via,
    message::{Head, Outcome},
    zone::ZoneTable,
};
use rusqlite::Row;

type Read<T> = Result<T, StoreError>;

pub(super) fn state(row: &Row<'_>) -> Read<State> {
    let zone: Option<Vec<u8>> = row.get(2)?;
    let zone = zone.map(|bytes| ZoneTable::from_bytes(&bytes)).transpose();
    Ok(State {
        revision: number(row, 0)?,
        inner_door: row.get(1)?,
        zone: zone.map_err(|_| StoreError::Damaged("the zone"))?,
        changes: number(row, 3)?,
        head: Head { number: number(row, 4)?, hash: row.get(5)? },
        floor: row.get(6)?,
        unfinished: unfinished(row)?,
    })
}

fn unfinished(row: &Row<'_>) -> Read<Option<Unfinished>> {
    let Some(kid) = row.get(7)? else { return Ok(None) };
    let key: Option<[u8; 8]> = row.get(8)?;
    let damaged = StoreError::Damaged("the unfinished opening");
    let (Some(door), Some(via)) = (Door::from_number(number(row, 9)?), via(row.get(10)?)) else { return Err(damaged) };
    Ok(Some(Unfinished { kid: Kid::from_bytes(kid), key: key.map(KeyId::from_bytes), door, via }))
}

fn via(number: i64) -> Option<Via> {
    [Via::Bluetooth, Via::Http].into_iter().find(|via| *via as i64 == number)
}

pub(super) fn manager(row: &Row<'_>) -> Read<(Kid, Manager)> {
    let manager = Manager { key: public_key(row, 1)?, name: row.get(2)?, is_new: row.get(3)? };
    Ok((Kid::from_bytes(row.get(0)?), manager))
}

pub(super) fn phone(row: &Row<'_>) -> Read<(Kid, Phone)> {
    let last = match row.get(3)? {
        None => None,
        Some(hash) => Some(Tap { number: number(row, 2)?, hash, outcome: outcome(row.get(4)?)? }),
    };
    Ok((Kid::from_bytes(row.get(0)?), Phone { key: public_key(row, 1)?, last, idle_since: row.get(5)? }))
}

fn outcome(bytes: Option<Vec<u8>>) -> Read<Option<Outcome>> {
    let outcome = bytes.map(|bytes| Outcome::from_bytes(&bytes)).transpose();
    outcome.map_err(|_| StoreError::Damaged("an answer"))
}

pub(super) fn key(row: &Row<'_>) -> Read<(u64, KeyId, Key)> {
    let signed: Option<Vec<u8>> = row.get(2)?;
    let key = match signed {
        None => Key::Deleted,
        Some(signed) => Key::Known(KeyRecord {
            grant: SignedGrant::parse(&signed).map_err(|_| StoreError::Damaged("a grant"))?,
            holder: holder(row)?,
            used: [number(row, 5)?, number(row, 6)?],
        }),
    };
    Ok((number(row, 0)?, KeyId::from_bytes(row.get(1)?), key))
}

fn holder(row: &Row<'_>) -> Read<Option<Holder>> {
    let Some(kid) = row.get(3)? else { return Ok(None) };
    Ok(Some(Holder { kid: Kid::from_bytes(kid), name: row.get(4)? }))
}

fn public_key(row: &Row<'_>, column: usize) -> Read<PublicKey> {
    PublicKey::from_bytes(row.get(column)?).ok_or(StoreError::Damaged("a public key"))
}

fn number(row: &Row<'_>, column: usize) -> Read<u64> {
    let number: i64 = row.get(column)?;
    u64::try_from(number).map_err(|_| StoreError::Damaged("a number"))
}
