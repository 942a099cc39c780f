//! Status and log for people at the device. No names: a log that is shown around tells of doors, not of persons.

use super::{BluetoothStatus, Status};
use crate::{
    code::card,
    judge::report::{kind, via},
};
use anyhow::bail;
use chrono::DateTime;
use phonein_protocol::{
    Time,
    id::{Door, KeyId, Kid},
    log::{Entry, Event, continue_chain},
    message::Head,
};
use std::{fmt::Write as _, io::Write};

/// Prints entries that follow `head`, up to the first that does not; gives where they end.
pub(super) fn entries(head: Head, entries: &[Vec<u8>], out: &mut impl Write) -> anyhow::Result<Head> {
    let mut head = head;
    for bytes in entries {
        let last = head.number;
        // The entries before the oldest that is kept ran out; a gap later on is none of that.
        let (after, read) = match continue_chain(head, std::slice::from_ref(bytes)) {
            Ok((after, read)) if last == 0 || after.number == last + 1 => (after, read),
            _ => bail!("the log is broken after entry {last}"),
        };
        if last == 0 && after.number > 1 {
            writeln!(out, "{} older entries have run out.", after.number - 1)?;
        }
        for entry in read {
            writeln!(out, "{}", line(&entry))?;
        }
        head = after;
    }
    Ok(head)
}

fn line(entry: &Entry) -> String {
    let Entry { number, time, event, kid, key, door, via: came, .. } = entry;
    let mut line = format!("{number:>6}  {:<20}  {:<16}", time.map_or("time unknown".into(), instant), kind(event));
    if let Event::Refused(code) = event {
        let _ = write!(line, "  code {code}");
    }
    if let Some(door) = door {
        let _ = match Door::from_number(*door) {
            Some(door) => write!(line, "  {}", crate::relay::name(door)),
            None => write!(line, "  door {door}"),
        };
    }
    if let Some(came) = came {
        let _ = write!(line, "  {}", via(*came));
    }
    if let Some(kid) = kid.as_ref().map(Kid::as_bytes) {
        let _ = write!(line, "  phone {}", hex::encode(kid));
    }
    if let Some(key) = key.as_ref().map(KeyId::as_bytes) {
        let _ = write!(line, "  key {}", hex::encode(key));
    }
    line
}

fn instant(time: Time) -> String {
    DateTime::from_timestamp(time, 0)
        .map_or_else(|| format!("{time} s"), |time| time.format("%Y-%m-%d %H:%M:%SZ").to_string())
}

pub(super) fn status(status: &Status) -> String {
    let mut text = String::new();
    let mut say = |what: &str, value: String| {
        let _ = writeln!(text, "{what:<9}{value}");
    };
    say("Version", status.version.clone());
    say("UUID", status.uuid.clone());
    say("HTTP", status.http.clone().unwrap_or_else(|| "off".into()));
    if let Some(bluetooth) = &status.bluetooth {
        say("BLE", self::bluetooth(bluetooth));
    }
    for url in &status.urls {
        say("Address", url.clone());
    }
    for door in &status.doors {
        let moves = match door.seconds_left {
            0 => "shut".into(),
            left => format!("open for {left} s"),
        };
        say("Door", format!("{}, {moves}{}", door.door, if door.on { "" } else { ", switched off" }));
    }
    say("Managers", status.managers.to_string());
    say("Pairing", if status.pairing_open { "open" } else { "shut" }.into());
    say("Zone", status.zone.clone().unwrap_or_else(|| "unknown".into()));
    let time = status.clock.time.map_or_else(|| "unknown".into(), instant);
    let error = status.clock.error.map_or_else(String::new, |error| format!(", within {error} s"));
    say("Clock", format!("{time}{error}"));
    say("Log", format!("{} entries", status.entries));
    say("Work", format!("{} signatures checked", status.checks));
    if status.pairing_open {
        let _ = write!(
            text,
            "\nFor the phone that is to be a manager:\n{}",
            card(&status.uuid, status.urls.first().map(String::as_str))
        );
    }
    text
}

fn bluetooth(BluetoothStatus { adapter, address, trouble, links, valid_links }: &BluetoothStatus) -> String {
    let address = address.as_deref().map_or_else(String::new, |address| format!(" {address}"));
    match (adapter, trouble) {
        (Some(adapter), _) => format!("{adapter}{address}, {links} connected, {valid_links} with a valid request"),
        (None, Some(trouble)) => format!("off: {trouble}"),
        (None, None) => "starts".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use phonein_protocol::log::hash;

    fn chain(from: u64, count: u64) -> Vec<Vec<u8>> {
        let mut before = [0; 32];
        let event = |number| if number == 2 { Event::Claimed { name: "Ida".into() } } else { Event::Restarted };
        let make = |number| {
            let time = (number > 1).then_some(1_800_000_000);
            let (event, door) = (event(number), Some(7).filter(|_| number == 3));
            let entry = Entry { number, before, time, event, kid: None, key: None, door, via: None }.to_bytes();
            before = hash(&entry);
            entry
        };
        (from..from + count).map(make).collect()
    }

    fn printed(list: &[Vec<u8>]) -> (String, anyhow::Result<Head>) {
        let mut out = Vec::new();
        let head = entries(Head::EMPTY, list, &mut out);
        (String::from_utf8(out).unwrap(), head)
    }

    #[test]
    fn entries_tell_when_and_what_but_not_who() {
        let (text, head) = printed(&chain(1, 3));
        assert_eq!(head.unwrap().number, 3);
        let lines: Vec<_> = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        assert_eq!(
            lines,
            [
                "1 time unknown restarted",
                "2 2027-01-15 08:00:00Z key accepted",
                "3 2027-01-15 08:00:00Z restarted door 7",
            ]
        );
    }

    #[test]
    fn entries_that_ran_out_are_counted() {
        let (text, head) = printed(&chain(201, 2));
        assert!(text.starts_with("200 older entries have run out.\n"));
        assert_eq!(head.unwrap().number, 202);
    }

    #[test]
    fn a_changed_or_missing_entry_breaks_the_log_where_it_is() {
        let whole = chain(1, 5);
        let mut changed = whole.clone();
        *changed[2].last_mut().unwrap() ^= 1;
        assert_eq!(printed(&changed).1.unwrap_err().to_string(), "the log is broken after entry 2");
        let mut missing = whole;
        missing.remove(3);
        assert_eq!(printed(&missing).1.unwrap_err().to_string(), "the log is broken after entry 3");
    }
}
