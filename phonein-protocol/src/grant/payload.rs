//! The payload of a grant: a map with integer labels.

use super::{About, Grant, GrantError, NAME_CHARACTERS, Terms, WELCOME_BYTES};
use crate::{
    cbor::{Malformed, Reader, Writer, whole_item},
    id::{Commitment, Doors, KeyId},
    rule::{Date, Days, Minute, Rule, Weekly},
};
use alloc::vec::Vec;

/// Labels below this must be understood, from it on they may be skipped.
const SKIPPABLE: u64 = 32;
/// Dates are below this many days since 1970-01-01, so that every opening is an instant that can be said (2^40 seconds).
const DATE_BOUND: u64 = 12_725_827;

mod label {
    pub(super) const KEY: u64 = 0;
    pub(super) const VERSION: u64 = 1;
    pub(super) const BASE: u64 = 2;
    pub(super) const ISSUED: u64 = 3;
    pub(super) const CLAIM_BY: u64 = 4;
    pub(super) const RULE: u64 = 5;
    pub(super) const USES: u64 = 6;
    pub(super) const DOORS: u64 = 7;
    pub(super) const COMMITMENT: u64 = 8;
    pub(super) const REVOKED: u64 = 9;
    pub(super) const NAME: u64 = 32;
    pub(super) const CATEGORY: u64 = 33;
    pub(super) const WELCOME: u64 = 34;
}

impl Grant {
    /// The payload as it is signed.
    pub fn payload(&self) -> Vec<u8> {
        let Self { key, version, base, issued, terms, about } = self;
        let mut pairs = Pairs::default();
        pairs.add(label::KEY, |w| w.bytes(key.as_bytes()));
        pairs.add(label::VERSION, |w| w.u(*version));
        pairs.add(label::BASE, |w| w.u(*base));
        pairs.add(label::ISSUED, |w| w.time(*issued));
        match terms {
            Some(terms) => {
                pairs.add(label::CLAIM_BY, |w| w.time(terms.claim_by));
                pairs.add(label::RULE, |w| write_rule(w, terms.rule));
                pairs.add_some(label::USES, terms.uses, |w, uses| w.u(uses));
                pairs.add(label::DOORS, |w| w.u(terms.doors.mask()));
                pairs.add(label::COMMITMENT, |w| w.bytes(terms.commitment.as_bytes()));
            }
            None => pairs.add(label::REVOKED, |w| w.bool(true)),
        }
        pairs.add_some(label::NAME, about.name.as_deref(), Writer::text);
        pairs.add_some(label::CATEGORY, about.category, Writer::u);
        pairs.add_some(label::WELCOME, about.welcome.as_deref(), Writer::text);
        pairs.into_map()
    }

    /// Reads a payload. A label below 32 that is not known here is [`GrantError::TooNew`], whatever else is wrong.
    pub(super) fn from_payload(bytes: &[u8]) -> Result<Self, GrantError> {
        let mut reader = whole_item(bytes)?;
        let fields = Fields::read(&mut reader)?;
        Ok(fields.into_grant()?)
    }
}

/// Counts pairs while they are written.
#[derive(Default)]
struct Pairs {
    count: u64,
    written: Writer,
}

impl Pairs {
    fn add(&mut self, label: u64, write: impl FnOnce(&mut Writer) -> &mut Writer) {
        self.count += 1;
        write(self.written.u(label));
    }

    fn add_some<T>(&mut self, label: u64, value: Option<T>, write: impl FnOnce(&mut Writer, T) -> &mut Writer) {
        if let Some(value) = value {
            self.add(label, |writer| write(writer, value));
        }
    }

    fn into_map(self) -> Vec<u8> {
        let mut map = Writer::default();
        map.map(self.count).raw(&self.written.into_bytes());
        map.into_bytes()
    }
}

/// The labels as they came, each with its item, before anything is asked of them.
#[derive(Default)]
struct Fields<'a>([Option<&'a [u8]>; 10], [Option<&'a [u8]>; 3]);

impl<'a> Fields<'a> {
    fn read(reader: &mut Reader<'a>) -> Result<Self, GrantError> {
        let mut fields = Self::default();
        let mut unknown = false;
        for _ in 0..reader.map()? {
            let label = reader.u()?;
            let item = reader.item()?;
            match fields.slot(label) {
                Some(slot) => *slot = Some(item),
                None => unknown |= label < SKIPPABLE,
            }
        }
        if unknown { Err(GrantError::TooNew) } else { Ok(fields) }
    }

    fn slot(&mut self, label: u64) -> Option<&mut Option<&'a [u8]>> {
        let index = |label: u64| usize::try_from(label).ok();
        match label.checked_sub(SKIPPABLE) {
            None => self.0.get_mut(index(label)?),
            Some(above) => self.1.get_mut(index(above)?),
        }
    }

    fn optional<T>(
        &mut self,
        label: u64,
        read: impl FnOnce(&mut Reader<'a>) -> Result<T, Malformed>,
    ) -> Result<Option<T>, Malformed> {
        let item = self.slot(label).and_then(Option::take);
        item.map(|item| read(&mut Reader::new(item))).transpose()
    }

    fn required<T>(
        &mut self,
        label: u64,
        read: impl FnOnce(&mut Reader<'a>) -> Result<T, Malformed>,
    ) -> Result<T, Malformed> {
        self.optional(label, read)?.ok_or(Malformed)
    }

    fn into_grant(mut self) -> Result<Grant, Malformed> {
        let key = KeyId::from_bytes(self.required(label::KEY, Reader::array_of)?);
        let version = self.required(label::VERSION, Reader::u)?;
        let base = self.required(label::BASE, |r| r.u_below(version))?;
        let issued = self.required(label::ISSUED, Reader::time)?;
        let terms = match self.optional(label::REVOKED, Reader::bool)? {
            None => Some(self.terms()?),
            Some(true) => None,
            Some(false) => return Err(Malformed),
        };
        let about = About {
            name: self.optional(label::NAME, |r| r.text(NAME_CHARACTERS, NAME_CHARACTERS * 4))?,
            category: self.optional(label::CATEGORY, Reader::u)?,
            welcome: self.optional(label::WELCOME, |r| r.text(WELCOME_BYTES, WELCOME_BYTES))?,
        };
        // A deletion has none of the labels that are left.
        if self.0.iter().any(Option::is_some) {
            return Err(Malformed);
        }
        Ok(Grant { key, version, base, issued, terms, about })
    }

    fn terms(&mut self) -> Result<Terms, Malformed> {
        Ok(Terms {
            claim_by: self.required(label::CLAIM_BY, Reader::time)?,
            rule: self.required(label::RULE, read_rule)?,
            uses: self.optional(label::USES, |r| Some(r.u()?).filter(|uses| *uses > 0).ok_or(Malformed))?,
            doors: self.required(label::DOORS, |r| Doors::from_mask(r.u()?).ok_or(Malformed))?,
            commitment: Commitment::from_bytes(self.required(label::COMMITMENT, Reader::array_of)?),
        })
    }
}

fn write_rule(writer: &mut Writer, rule: Rule) -> &mut Writer {
    match rule {
        Rule::Always => writer.array(1).u(0),
        Rule::Between { start, expiry } => writer.array(3).u(1).time(start).time(expiry),
        Rule::Weekly(Weekly { days, from, until, start, end }) => {
            writer.array(6).u(2).u(days.bits().into());
            writer.int(from.days().into()).int(until.days().into()).u(start.get().into()).u(end.get().into())
        }
    }
}

fn read_rule(reader: &mut Reader<'_>) -> Result<Rule, Malformed> {
    let length = reader.array()?;
    let rule = match (reader.u()?, length) {
        (0, 1) => Some(Rule::Always),
        (1, 3) => Rule::between(reader.time()?, reader.time()?),
        (2, 6) => {
            let days = u8::try_from(reader.u()?).ok().and_then(Days::new).ok_or(Malformed)?;
            let (from, until) = (read_date(reader)?, read_date(reader)?);
            let (start, end) = (read_minute(reader)?, read_minute(reader)?);
            Weekly::new(days, from, until, start, end).map(Rule::Weekly)
        }
        _ => None,
    };
    rule.ok_or(Malformed)
}

fn read_date(reader: &mut Reader<'_>) -> Result<Date, Malformed> {
    let days = reader.u_below(DATE_BOUND)?;
    i32::try_from(days).map(Date::from_days).map_err(|_| Malformed)
}

fn read_minute(reader: &mut Reader<'_>) -> Result<Minute, Malformed> {
    u16::try_from(reader.u()?).ok().and_then(Minute::new).ok_or(Malformed)
}
