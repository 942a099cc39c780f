//! Zone tables at hand: cutting one out of the tz database takes longer than a row of a list.

use crate::zone;
use phonein_protocol::Time;
use phonein_protocol::zone::ZoneTable;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// How far back a table for showing reaches: the activity of a year ago still has its own offset.
const BACK: Time = 400 * 86_400;
/// A table is cut anew after this long, so that it always reaches far ahead.
const FRESH: Time = 30 * 86_400;
/// Links may name many zones; more are not kept.
const KEPT: usize = 64;

#[derive(Debug, Default)]
pub(crate) struct Zones(Mutex<HashMap<String, (Time, Arc<ZoneTable>)>>);

impl Zones {
    /// The table of `name` for showing times; that of UTC if there is no such zone.
    pub(crate) fn shown(&self, name: Option<&str>, now: Time) -> Arc<ZoneTable> {
        let name = name.unwrap_or("UTC");
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((cut, table)) = kept.get(name)
            && (0..FRESH).contains(&now.saturating_sub(*cut))
        {
            return table.clone();
        }
        let table = Arc::new(zone::table(name, now.saturating_sub(BACK)).unwrap_or_else(|_| utc()));
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(name.to_owned(), (now, table.clone()));
        table
    }
}

fn utc() -> ZoneTable {
    let table = ZoneTable::new("UTC".to_owned(), zone::version().to_owned(), 0, Vec::new(), 0);
    // These values are within all bounds.
    table.unwrap_or_else(utc)
}
