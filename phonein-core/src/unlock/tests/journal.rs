//! A wallet's book in memory, with a clock of its own that can be set.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use phonein_protocol::{
    id::Door,
    message::{Answer, Outcome},
};
use tokio::time::Instant;
use zeroize::Zeroizing;

use super::super::{Begun, JournalError, Settled, TapJournal, TapRecord, Unheard, Wish};
use crate::{
    exchange::{Via, fake::BEGIN},
    keys::PhoneKey,
};

/// What a journal was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    Began(u64),
    Renumbered(u64),
    Answered(u64, Outcome),
    Unheard(u64, Unheard),
    Settled(u64, Settled),
}

pub(super) struct MemoryJournal {
    book: Mutex<Book>,
    began: Instant,
}

#[derive(Default)]
pub(super) struct Book {
    pub(super) entries: Vec<Entry>,
    /// How far the clock was set forward or back.
    pub(super) set_ms: i64,
    /// Nothing can be written any more.
    pub(super) is_full: bool,
    last: u64,
    tap: Option<Written>,
}

struct Written {
    number: u64,
    body: Zeroizing<Vec<u8>>,
    door: Option<Door>,
    started_ms: i64,
    has_ended: bool,
}

impl MemoryJournal {
    pub(super) fn new() -> Arc<Self> {
        Arc::new(Self { book: Mutex::default(), began: Instant::now() })
    }

    pub(super) fn entries(&self) -> Vec<Entry> {
        self.book.lock().unwrap().entries.clone()
    }

    pub(super) fn change(&self, change: impl FnOnce(&mut Book)) {
        change(&mut self.book.lock().unwrap());
    }

    fn now_ms(&self, book: &Book) -> i64 {
        BEGIN * 1_000 + i64::try_from(self.began.elapsed().as_millis()).unwrap() + book.set_ms
    }

    fn write<T>(&self, write: impl FnOnce(&mut Book, i64) -> T) -> Result<T, JournalError> {
        let mut book = self.book.lock().unwrap();
        if book.is_full {
            return Err(JournalError { reason: "the disk is full".into() });
        }
        let now_ms = self.now_ms(&book);
        Ok(write(&mut book, now_ms))
    }
}

impl Book {
    fn new_number(&mut self, least: u64, now_ms: i64) -> u64 {
        self.last = (self.last.max(least) + 1).max(u64::try_from(now_ms).unwrap_or(0));
        self.last
    }

    /// Takes the tap off the book, if it is that one.
    fn close(&mut self, number: u64, entry: Entry) {
        if self.tap.take_if(|tap| tap.number == number).is_some() {
            self.entries.push(entry);
        }
    }
}

impl Written {
    fn record(&self, now_ms: i64) -> TapRecord {
        let age = Duration::from_millis(u64::try_from(now_ms - self.started_ms).unwrap_or(0));
        TapRecord { number: self.number, body: self.body.clone(), age }
    }
}

impl TapJournal for MemoryJournal {
    fn begin(&self, wish: &Wish, signer: &PhoneKey, draft: &mut dyn FnMut(&[u8])) -> Result<Begun, JournalError> {
        self.write(|book, now_ms| {
            if let Some(tap) = &book.tap {
                let lasts = !tap.has_ended && (0..10_000).contains(&(now_ms - tap.started_ms));
                return match (lasts, tap.door == wish.door()) {
                    (true, true) => Begun::Resumed(tap.record(now_ms)),
                    (true, false) => Begun::Busy,
                    (false, _) => Begun::Unsettled(tap.record(now_ms)),
                };
            }
            let number = book.new_number(0, now_ms);
            book.entries.push(Entry::Began(number));
            let body = wish.body(number, signer);
            draft(&body);
            let tap = Written { number, body, door: wish.door(), started_ms: now_ms, has_ended: false };
            let record = tap.record(now_ms);
            book.tap = Some(tap);
            Begun::New(record)
        })
    }

    fn renumber(&self, number: u64, last: u64, wish: &Wish, signer: &PhoneKey) -> Result<TapRecord, JournalError> {
        self.write(|book, now_ms| {
            let next = book.new_number(last, now_ms);
            book.entries.push(Entry::Renumbered(next));
            let tap = book.tap.as_mut().filter(|tap| tap.number == number).unwrap();
            tap.number = next;
            tap.body = wish.body(next, signer);
            tap.record(now_ms)
        })
    }

    fn answered(&self, number: u64, answer: &Answer, _via: Via) -> Result<(), JournalError> {
        self.write(|book, _| {
            if let Outcome::NumberUsed { last } = answer.outcome {
                book.last = book.last.max(last);
            }
            book.close(number, Entry::Answered(number, answer.outcome));
        })
    }

    fn unheard(&self, number: u64, ending: Unheard) -> Result<(), JournalError> {
        self.write(|book, _| match (ending, &mut book.tap) {
            (Unheard::NoAnswer, Some(tap)) => {
                tap.has_ended = true;
                book.entries.push(Entry::Unheard(number, ending));
            }
            _ => book.close(number, Entry::Unheard(number, ending)),
        })
    }

    fn unsettled(&self) -> Result<Option<TapRecord>, JournalError> {
        let book = self.book.lock().unwrap();
        Ok(book.tap.as_ref().map(|tap| tap.record(self.now_ms(&book))))
    }

    fn settled(&self, number: u64, settled: Settled, _via: Via) -> Result<(), JournalError> {
        self.write(|book, _| book.close(number, Entry::Settled(number, settled)))
    }
}
