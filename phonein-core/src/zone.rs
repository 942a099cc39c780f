//! Time zones by name: the tz database, which build.rs cut down, and the table an intercom judges with.

mod search;

pub use phonein_protocol::zone::{Local, Wall};
pub use search::search;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use phonein_protocol::Time;
use phonein_protocol::zone::ZoneTable;

/// Each zone's name, and where in [`ZONES`] its rules are.
const NAMES: &str = include_str!(concat!(env!("OUT_DIR"), "/zones.txt"));
/// What build.rs left of each zone.
const ZONES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/zones.bin"));

/// How far a table reaches: ten years of the Gregorian calendar's mean length.
const REACH: Time = 315_569_520;

/// The tz database has no zone of that name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no such time zone")]
pub struct UnknownZone;

/// The offsets of a zone from `from` on for ten years (docs/protocol.md, section 2).
pub fn table(name: &str, from: Time) -> Result<ZoneTable, UnknownZone> {
    let zone = find(name)?;
    let start = Timestamp::from_second(from).map_err(|_| UnknownZone)?;
    let until = from.saturating_add(REACH);
    let first_offset = zone.to_offset(start).seconds();
    let mut offset = first_offset;
    let mut transitions = Vec::new();
    for change in zone.following(start) {
        let at = change.timestamp().as_second();
        if at >= until {
            break;
        }
        // A change of name or of daylight saving alone moves no clock.
        if change.offset().seconds() != offset {
            offset = change.offset().seconds();
            transitions.push((at, offset));
        }
    }
    ZoneTable::new(name.to_owned(), version().to_owned(), first_offset, transitions, until).ok_or(UnknownZone)
}

/// Whether the tz database has a zone of exactly that name.
pub fn exists(name: &str) -> bool {
    find(name).is_ok()
}

/// The zones a person may choose from, sorted: those named by continent and place, and UTC.
pub fn names() -> Vec<String> {
    let names = NAMES.lines().filter_map(|line| line.split(' ').next());
    names
        .filter(|name| *name == "UTC" || (name.contains('/') && !name.starts_with("Etc/")))
        .map(str::to_owned)
        .collect()
}

/// The version of the tz database in this build: "2026f".
pub fn version() -> &'static str {
    env!("PHONEIN_TZDB")
}

/// The zone of that name. Names are compared to the letter, since the name itself goes to the intercom.
fn find(name: &str) -> Result<TimeZone, UnknownZone> {
    let place = NAMES.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' ')).ok_or(UnknownZone)?;
    let zone = place.parse().ok().and_then(|place: usize| ZONES.get(place..)).and_then(tzif).ok_or(UnknownZone)?;
    TimeZone::tzif(name, &zone).map_err(|_| UnknownZone)
}

/// Makes a `TZif` file (RFC 9636) of what build.rs left of it.
fn tzif(zone: &[u8]) -> Option<Vec<u8>> {
    let ([changes, types, letters, footer], rest) = zone.split_first_chunk()?;
    let length = usize::from(*changes) * 9 + usize::from(*types) * 6 + usize::from(*letters);
    let (body, rest) = rest.split_at_checked(length)?;
    let mut tzif = header(0, 1, 1);
    // The part for old readers, which nobody reads.
    tzif.extend_from_slice(&[0; 7]);
    tzif.extend(header(*changes, *types, *letters));
    tzif.extend_from_slice(body);
    tzif.push(b'\n');
    tzif.extend_from_slice(rest.get(..usize::from(*footer))?);
    tzif.push(b'\n');
    Some(tzif)
}

fn header(changes: u8, types: u8, letters: u8) -> Vec<u8> {
    let mut header = b"TZif2".to_vec();
    header.resize(32, 0);
    for count in [changes, types, letters] {
        header.extend_from_slice(&u32::from(count).to_be_bytes());
    }
    header
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::{OffsetComponents, Tz};

    /// 2027-01-15 08:00 UTC, the time of the test vectors.
    const FROM: Time = 1_800_000_000;

    #[test]
    fn budapest_is_the_table_of_the_test_vectors() {
        let changes = [
            (1_806_195_600, 7_200),
            (1_824_944_400, 3_600),
            (1_837_645_200, 7_200),
            (1_856_394_000, 3_600),
            (1_869_094_800, 7_200),
            (1_887_843_600, 3_600),
            (1_901_149_200, 7_200),
            (1_919_293_200, 3_600),
            (1_932_598_800, 7_200),
            (1_950_742_800, 3_600),
            (1_964_048_400, 7_200),
            (1_982_797_200, 3_600),
            (1_995_498_000, 7_200),
            (2_014_246_800, 3_600),
            (2_026_947_600, 7_200),
            (2_045_696_400, 3_600),
            (2_058_397_200, 7_200),
            (2_077_146_000, 3_600),
            (2_090_451_600, 7_200),
            (2_108_595_600, 3_600),
        ];
        let name = "Europe/Budapest";
        let expected = ZoneTable::new(name.into(), version().into(), 3_600, changes.to_vec(), 2_115_569_520).unwrap();
        assert_eq!(table(name, FROM), Ok(expected));
    }

    #[test]
    fn every_zone_fits_into_a_table() {
        for name in names() {
            assert!(table(&name, FROM).is_ok(), "{name}");
        }
    }

    #[test]
    fn what_is_left_of_the_database_says_what_all_of_it_says() {
        let from = Timestamp::from_second(1_577_836_800).unwrap();
        for (name, cut) in jiff::tz::db().available().map(|name| (name.to_string(), find(name.as_str()).unwrap())) {
            let whole = TimeZone::get(&name).unwrap();
            assert_eq!(cut.to_offset(from), whole.to_offset(from), "{name}");
            let changes = |zone: &TimeZone| -> Vec<_> {
                zone.following(from).take(200).map(|change| (change.timestamp(), change.offset())).collect()
            };
            assert_eq!(changes(&cut), changes(&whole), "{name}");
        }
    }

    /// Zones whose rules no government has touched between the versions of the two databases.
    #[test]
    fn a_table_agrees_with_another_database() {
        for name in [
            "Europe/Budapest",
            "Europe/London",
            "Europe/Dublin",
            "America/New_York",
            "America/St_Johns",
            "Australia/Sydney",
            "Australia/Lord_Howe",
            "Pacific/Chatham",
            "Pacific/Apia",
            "Asia/Kathmandu",
        ] {
            let table = table(name, FROM).unwrap();
            let other: Tz = name.parse().unwrap();
            for day in 0..3_650 {
                let at = FROM + day * 86_400;
                let instant = chrono::DateTime::from_timestamp(at, 0).unwrap();
                let offset = chrono::TimeZone::offset_from_utc_datetime(&other, &instant.naive_utc());
                let seconds = (offset.base_utc_offset() + offset.dst_offset()).num_seconds();
                assert_eq!(i64::from(table.offset_at(at)), seconds, "{name} at {at}");
            }
        }
    }

    #[test]
    fn a_zone_without_changes_is_one_offset() {
        let kolkata = table("Asia/Kolkata", FROM).unwrap();
        assert_eq!((kolkata.first_offset(), kolkata.transitions()), (19_800, [].as_slice()));
    }

    #[test]
    fn a_name_counts_only_to_the_letter() {
        assert!(exists("Europe/Budapest"));
        for name in ["europe/budapest", "Europe/Budapest ", "Europe/Atlantis", "", "../etc/passwd", "UTC+1", "\u{0}"] {
            assert_eq!(table(name, FROM), Err(UnknownZone), "{name:?}");
        }
    }

    #[test]
    fn an_instant_off_the_scale_is_refused() {
        assert_eq!(table("Europe/Budapest", Time::MAX), Err(UnknownZone));
        assert_eq!(table("Europe/Budapest", Time::MIN), Err(UnknownZone));
    }

    #[test]
    fn the_choice_is_of_places() {
        let names = names();
        for name in ["Europe/Budapest", "America/Argentina/Buenos_Aires", "UTC"] {
            assert!(names.iter().any(|known| known == name), "{name}");
        }
        assert!(!names.iter().any(|name| name == "EST" || name.starts_with("Etc/")));
    }
}
