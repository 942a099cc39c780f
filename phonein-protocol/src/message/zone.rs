//! A zone table on the air.

use crate::{
    cbor::{Malformed, Reader, Writer},
    zone::ZoneTable,
};
use alloc::vec::Vec;

/// More pairs are refused before they are read.
const MAX_PAIRS: u64 = 64;
/// The longest name of a zone or of a tzdb version.
const MAX_NAME: usize = 64;

impl ZoneTable {
    /// `[zone, tzdb version, first offset, [[time, offset] …], until]`.
    pub fn write(&self, writer: &mut Writer) {
        writer.array(5).text(self.zone()).text(self.tzdb()).int(self.first_offset().into());
        writer.array(self.transitions().len() as u64);
        for (time, offset) in self.transitions() {
            writer.array(2).time(*time).int((*offset).into());
        }
        writer.time(self.until());
    }

    /// Reads one; `Malformed` unless all of it is within bounds.
    pub fn read(reader: &mut Reader<'_>) -> Result<Self, Malformed> {
        expect(reader.array()?, 5)?;
        let zone = reader.text(MAX_NAME, MAX_NAME)?;
        let tzdb = reader.text(MAX_NAME, MAX_NAME)?;
        let first = read_offset(reader)?;
        let pairs = reader.array()?;
        if pairs > MAX_PAIRS {
            return Err(Malformed);
        }
        let mut transitions = Vec::new();
        for _ in 0..pairs {
            expect(reader.array()?, 2)?;
            transitions.push((reader.time()?, read_offset(reader)?));
        }
        Self::new(zone, tzdb, first, transitions, reader.time()?).ok_or(Malformed)
    }

    /// The table's own bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut writer = Writer::default();
        self.write(&mut writer);
        writer.into_bytes()
    }

    /// Reads a table that stands alone.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Malformed> {
        Self::read(&mut crate::cbor::whole_item(bytes)?)
    }
}

fn expect(length: u64, wanted: u64) -> Result<(), Malformed> {
    if length == wanted { Ok(()) } else { Err(Malformed) }
}

fn read_offset(reader: &mut Reader<'_>) -> Result<i32, Malformed> {
    i32::try_from(reader.int()?).map_err(|_| Malformed)
}
