//! What the intercom answers: a map with integer labels.

use super::{Detail, Op, Outcome};
use crate::{
    Time,
    cbor::{Malformed, Reader, Writer, whole_item},
};
use alloc::vec::Vec;

/// How far the intercom's log goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Head {
    /// The number of its last entry, 0 while it is empty.
    pub number: u64,
    /// That entry's hash, zeros while it is empty.
    pub hash: [u8; 32],
}

impl Head {
    /// The head of a log without entries.
    pub const EMPTY: Self = Self { number: 0, hash: [0; 32] };
}

/// An answer under seal.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Answer {
    /// How it ended.
    pub outcome: Outcome,
    /// What `done` brings.
    pub detail: Detail,
    /// The intercom's time, if it has one.
    pub time: Option<Time>,
    /// The key's grant, where the phone's copy is older.
    pub stored: Option<Vec<u8>>,
    /// Whether the phone that asks is a manager.
    pub manager: bool,
    /// To a claim: whether this phone holds the key now.
    pub holds: Option<bool>,
    /// The intercom's time, where it is not the one the manager's phone has.
    pub clock_differs: Option<Time>,
    /// The HELLO for this phone's next request.
    pub hello: Option<[u8; 41]>,
    /// Where the log ends, to what managers ask.
    pub head: Option<Head>,
}

impl From<Outcome> for Answer {
    fn from(outcome: Outcome) -> Self {
        Self {
            outcome,
            detail: Detail::Nothing,
            time: None,
            stored: None,
            manager: false,
            holds: None,
            clock_differs: None,
            hello: None,
            head: None,
        }
    }
}

impl From<Detail> for Answer {
    fn from(detail: Detail) -> Self {
        Self { detail, ..Self::from(Outcome::Done) }
    }
}

impl Answer {
    /// The bytes to be sealed.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut detail = Writer::default();
        let has_detail = match self.outcome {
            Outcome::Done => self.detail.write(&mut detail),
            outcome => outcome.write_detail(&mut detail),
        };
        let flags = [
            has_detail,
            self.time.is_some(),
            self.stored.is_some(),
            self.manager,
            self.holds.is_some(),
            self.clock_differs.is_some(),
            self.hello.is_some(),
            self.head.is_some(),
        ];
        let mut w = Writer::default();
        w.map(1 + flags.iter().filter(|flag| **flag).count() as u64).u(0).u(self.outcome.code());
        if has_detail {
            w.u(1).raw(&detail.into_bytes());
        }
        if let Some(time) = self.time {
            w.u(2).time(time);
        }
        if let Some(stored) = &self.stored {
            w.u(3).bytes(stored);
        }
        if self.manager {
            w.u(4).bool(true);
        }
        if let Some(holds) = self.holds {
            w.u(5).bool(holds);
        }
        if let Some(time) = self.clock_differs {
            w.u(6).time(time);
        }
        if let Some(hello) = &self.hello {
            w.u(7).bytes(hello);
        }
        if let Some(Head { number, hash }) = &self.head {
            w.u(8).array(2).u(*number).bytes(hash);
        }
        w.into_bytes()
    }

    /// Reads the answer to a request of `op`. Labels that are not known here are skipped.
    pub fn parse(op: Op, bytes: &[u8]) -> Result<Self, Malformed> {
        let mut r = whole_item(bytes)?;
        let mut answer = Self::from(Outcome::Done);
        let (mut code, mut detail) = (None, None);
        for _ in 0..r.map()? {
            match r.u()? {
                0 => code = Some(r.u()?),
                1 => detail = Some(r.item()?),
                2 => answer.time = Some(r.time()?),
                3 => answer.stored = Some(r.bytes()?.to_vec()),
                4 => answer.manager = Some(r.bool()?).filter(|manager| *manager).ok_or(Malformed)?,
                5 => answer.holds = Some(r.bool()?),
                6 => answer.clock_differs = Some(r.time()?),
                7 => answer.hello = Some(r.array_of()?),
                8 => {
                    if r.array()? != 2 {
                        return Err(Malformed);
                    }
                    answer.head = Some(Head { number: r.u()?, hash: r.array_of()? });
                }
                _ => {
                    r.item()?;
                }
            }
        }
        // An empty array reads like none.
        let mut detail = Reader::new(detail.unwrap_or(&[0x80]));
        let length = detail.array()?;
        match code.ok_or(Malformed)? {
            1 => answer.detail = Detail::read(op, length, &mut detail)?,
            code => answer.outcome = Outcome::read(code, length, &mut detail)?,
        }
        Ok(answer)
    }
}
