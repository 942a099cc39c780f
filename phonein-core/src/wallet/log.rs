//! The intercom's log as this phone reads it: each page must continue what was read, and pass through what was told
//! (docs/protocol.md, section 7).

use super::{Duty, IntercomId, NoteKind, Wallet, WalletError, activity::Class, intercom::Intercom, rows::integer};
use phonein_protocol::{
    Time,
    id::{KeyId, Kid},
    log::{Changed, Entry, Event, continue_chain, hash},
    message::Head,
};
use rusqlite::{OptionalExtension, Transaction, params};

/// What an answer's head or a page of the log says of the log this phone knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LogRead {
    /// The log was read up to this head: what came with it counts.
    Passed,
    /// The log goes on: read it further.
    Behind,
    /// The log does not hold what this phone had read or was told. Everything is read and put again.
    Broken,
}

/// What the log's head says, before a word of what came with it counts. Pure.
pub(super) fn look(read: Head, told: Head, head: Head) -> LogRead {
    let contradicts = |known: Head| {
        known.number > 0 && (head.number < known.number || head.number == known.number && head.hash != known.hash)
    };
    if contradicts(read) || contradicts(told) {
        LogRead::Broken
    } else if head.number == read.number {
        LogRead::Passed
    } else {
        LogRead::Behind
    }
}

/// What a page of entries after `read` says. Pure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Page {
    /// Where the log is read up to now.
    pub(super) head: Head,
    /// The entries.
    pub(super) entries: Vec<Entry>,
    /// How many ran out before they were read.
    pub(super) ran_out: u64,
    /// They do not continue what was read, do not pass through what was told, or what they should continue ran out.
    pub(super) broken: bool,
}

pub(super) fn turn(read: Head, told: Head, entries: &[Vec<u8>]) -> Page {
    let Ok((head, parsed)) = continue_chain(read, entries) else {
        return Page { head: read, entries: Vec::new(), ran_out: 0, broken: true };
    };
    let first = parsed.first().map_or(read.number, |entry| entry.number);
    let ran_out = first.saturating_sub(read.number).saturating_sub(1);
    let told_here = parsed.iter().zip(entries).find(|(entry, _)| entry.number == told.number);
    let contradicts = told_here.is_some_and(|(_, bytes)| hash(bytes) != told.hash);
    let told_ran_out = told.number > read.number && told.number < first;
    // What ran out cannot be shown to have been there. A phone that had read nothing misses nothing it knew.
    let broken = contradicts || told_ran_out || ran_out > 0 && read.number > 0;
    Page { head, entries: parsed, ran_out, broken }
}

impl Wallet {
    /// The head that came with an answer to Put, Keys or Log. Only `Passed` lets what came with it count.
    pub(crate) fn look_at_head(&self, id: IntercomId, head: Head, now: Time) -> Result<LogRead, WalletError> {
        self.write(|transaction| {
            let intercom = self.intercom_in(transaction, id)?;
            let read = look(intercom.read, intercom.told, head);
            if read == LogRead::Broken {
                Self::begin_again(transaction, &intercom, Head::EMPTY, now)?;
            } else {
                Self::tell(transaction, id, head)?;
            }
            Ok(read)
        })
    }

    /// A page of the log after what was read, with the head that came with it.
    pub(crate) fn append_log(
        &self,
        id: IntercomId,
        entries: &[Vec<u8>],
        head: Head,
        now: Time,
    ) -> Result<LogRead, WalletError> {
        self.write(|transaction| {
            let intercom = self.intercom_in(transaction, id)?;
            if look(intercom.read, intercom.told, head) == LogRead::Broken {
                Self::begin_again(transaction, &intercom, Head::EMPTY, now)?;
                return Ok(LogRead::Broken);
            }
            let page = turn(intercom.read, intercom.told, entries);
            if page.broken && page.ran_out == 0 {
                Self::begin_again(transaction, &intercom, Head::EMPTY, now)?;
                return Ok(LogRead::Broken);
            }
            if page.ran_out > 0 {
                let kind = NoteKind::RanOut { count: page.ran_out };
                Self::add_note(transaction, id, &kind, None, now)?;
            }
            Self::keep_entries(transaction, &intercom, &page.entries, entries, now)?;
            if page.broken {
                // What ran out is nowhere any more: reading goes on from here.
                Self::begin_again(transaction, &intercom, page.head, now)?;
                return Ok(LogRead::Broken);
            }
            let moved = "UPDATE intercom SET read_number = ?2, read_hash = ?3 WHERE id = ?1";
            transaction.execute(moved, params![id, integer(page.head.number), page.head.hash])?;
            Self::tell(transaction, id, head)?;
            Ok(if page.head == head { LogRead::Passed } else { LogRead::Behind })
        })
    }

    fn tell(transaction: &Transaction<'_>, id: IntercomId, head: Head) -> Result<(), WalletError> {
        let told = "UPDATE intercom SET told_number = ?2, told_hash = ?3 WHERE id = ?1 AND told_number < ?2";
        transaction.execute(told, params![id, integer(head.number), head.hash])?;
        Ok(())
    }

    /// Notes the break, and has everything read and put again.
    fn begin_again(
        transaction: &Transaction<'_>,
        intercom: &Intercom,
        from: Head,
        now: Time,
    ) -> Result<(), WalletError> {
        let id = intercom.id;
        // While it is being made good, another break is part of the first.
        if intercom.duty != Duty::Refill {
            Self::add_note(transaction, id, &NoteKind::LogBroken, None, now)?;
        }
        transaction.execute(
            "UPDATE intercom SET duty = ?2, keys_cursor = 0, read_number = ?3, read_hash = ?4, told_number = ?3,
                 told_hash = ?4 WHERE id = ?1",
            params![id, Duty::Refill.number(), integer(from.number), from.hash],
        )?;
        Self::queue_all(transaction, id)
    }

    fn keep_entries(
        transaction: &Transaction<'_>,
        intercom: &Intercom,
        entries: &[Entry],
        bytes: &[Vec<u8>],
        now: Time,
    ) -> Result<(), WalletError> {
        let id = intercom.id;
        let before = "SELECT at FROM activity WHERE intercom = ?1 AND number < ?2 ORDER BY number DESC LIMIT 1";
        let first = entries.first().map_or(0, |entry| integer(entry.number));
        let before = transaction.query_row(before, params![id, first], |row| row.get(0)).optional()?;
        // Where nothing comes before, it stands with what follows: the log may be years old.
        let mut at: Time = before.or_else(|| entries.iter().find_map(|entry| entry.time)).unwrap_or(now);
        for (entry, bytes) in entries.iter().zip(bytes) {
            at = entry.time.unwrap_or(at);
            let new = transaction.execute(
                "INSERT OR IGNORE INTO activity (intercom, at, class, number, entry, hash, door, via, key_id, kid)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                params![
                    id,
                    at,
                    Class::of(&entry.event) as i64,
                    integer(entry.number),
                    bytes,
                    hash(bytes),
                    entry.door.map(integer),
                    entry.via.map(integer),
                    entry.key.as_ref().map(KeyId::as_bytes),
                    entry.kid.as_ref().map(Kid::as_bytes)
                ],
            )?;
            // Of a log that is read again, what was read before is no news.
            if new > 0 {
                Self::learn_people(transaction, intercom, entry, at)?;
            }
        }
        Ok(())
    }

    fn learn_people(
        transaction: &Transaction<'_>,
        intercom: &Intercom,
        entry: &Entry,
        at: Time,
    ) -> Result<(), WalletError> {
        let id = intercom.id;
        match (&entry.event, entry.kid) {
            (Event::Claimed { name }, Some(kid)) => Self::name_person(transaction, id, kid, name)?,
            (Event::Paired { name }, Some(kid)) => {
                Self::name_person(transaction, id, kid, name)?;
                Self::set_manages(transaction, id, kid, true)?;
                if kid != intercom.kid && intercom.duty != Duty::Fill {
                    Self::add_note(transaction, id, &NoteKind::ManagerPaired, Some((kid, name)), at)?;
                }
            }
            (Event::Changed(Changed::ManagerAdded(kid)), _) => {
                Self::set_manages(transaction, id, *kid, true)?;
                Self::drop_answered(transaction, id)?;
            }
            (Event::Changed(Changed::ManagerRemoved(kid)), _) => {
                Self::set_manages(transaction, id, *kid, false)?;
                Self::drop_answered(transaction, id)?;
            }
            _ => {}
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: [u8; 32] = [1; 32];
    const B: [u8; 32] = [2; 32];

    fn head(number: u64, hash: [u8; 32]) -> Head {
        Head { number, hash }
    }

    /// A log of so many entries, and where it ends.
    fn log(length: u64) -> (Vec<Vec<u8>>, Head) {
        let mut end = Head::EMPTY;
        let entries = (1..=length).map(|number| {
            let entry = Entry {
                number,
                before: end.hash,
                time: None,
                event: Event::Restarted,
                kid: None,
                key: None,
                door: None,
                via: None,
            };
            let bytes = entry.to_bytes();
            end = head(number, hash(&bytes));
            bytes
        });
        let entries = entries.collect();
        (entries, end)
    }

    fn end_of(entry: &[u8]) -> Head {
        head(Entry::parse(entry).unwrap().number, hash(entry))
    }

    #[test]
    fn a_head_must_not_contradict_what_was_read_or_told() {
        let (read, told) = (head(5, A), head(7, A));
        assert_eq!(look(read, told, head(7, A)), LogRead::Behind);
        assert_eq!(look(read, told, head(9, B)), LogRead::Behind);
        assert_eq!(look(read, read, head(5, A)), LogRead::Passed);
        for broken in [head(4, A), head(5, B), head(6, A), head(7, B), Head::EMPTY] {
            assert_eq!(look(read, told, broken), LogRead::Broken, "{broken:?}");
        }
        assert_eq!(look(read, Head::EMPTY, head(5, B)), LogRead::Broken);
        assert_eq!(look(Head::EMPTY, Head::EMPTY, Head::EMPTY), LogRead::Passed);
    }

    #[test]
    fn a_page_must_pass_through_what_was_told() {
        let (entries, end) = log(4);
        let told = end_of(&entries[2]);
        assert!(!turn(Head::EMPTY, told, &entries).broken);
        assert_eq!(turn(Head::EMPTY, told, &entries).head, end);
        assert!(turn(Head::EMPTY, Head { hash: B, ..told }, &entries).broken);
    }

    #[test]
    fn a_page_must_continue_what_was_read() {
        let (entries, _) = log(4);
        let read = end_of(&entries[1]);
        assert!(!turn(read, Head::EMPTY, &entries[2..]).broken);
        assert!(turn(Head { hash: B, ..read }, Head::EMPTY, &entries[2..]).broken);
        let swapped = [entries[3].clone(), entries[2].clone()];
        assert!(turn(read, Head::EMPTY, &swapped).broken);
        assert!(turn(read, Head::EMPTY, &[vec![0xff]]).broken);
    }

    #[test]
    fn what_ran_out_is_counted_and_proves_nothing() {
        let (entries, _) = log(9);
        let page = |read, told| turn(read, told, &entries[6..]);
        let first = page(Head::EMPTY, Head::EMPTY);
        assert_eq!((first.ran_out, first.broken), (6, false), "who had read nothing misses nothing");
        let later = page(end_of(&entries[1]), Head::EMPTY);
        assert_eq!((later.ran_out, later.broken), (4, true));
        assert!(page(Head::EMPTY, end_of(&entries[3])).broken, "what was told cannot be shown");
        // The oldest entry kept names the last one read.
        assert!(!page(end_of(&entries[5]), Head::EMPTY).broken);
    }
}
