//! The activity as a file: CSV for people with a spreadsheet, JSON for programs.

use chrono::Offset as _;
use phonein_protocol::Time;
use phonein_protocol::zone::ZoneTable;
use serde::Serialize;

/// One entry, in finished words but for its number and time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ExportRow {
    /// The intercom's name.
    pub intercom: String,
    /// Its number in the intercom's record; `None` for what only this phone knows.
    pub number: Option<u64>,
    /// When, as RFC 3339 has it, in the intercom's zone; `None` if the intercom did not know.
    pub time: Option<String>,
    /// What happened.
    pub event: String,
    /// The key's name.
    pub key: String,
    /// Who.
    pub person: String,
    /// Which door.
    pub door: String,
    /// How.
    pub path: String,
    /// Why, or what it means.
    pub reason: String,
}

/// A file could not be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the activity could not be written out")]
pub struct NotWritten;

/// Comma-separated values (RFC 4180) under `headings`.
pub fn csv(headings: &[String; 9], rows: &[ExportRow]) -> Result<String, NotWritten> {
    let mut file = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    file.write_record(headings).map_err(|_| NotWritten)?;
    for row in rows {
        let number = row.number.map(|number| number.to_string()).unwrap_or_default();
        let time = row.time.as_deref().unwrap_or_default();
        let cells =
            [&row.intercom, &*number, time, &row.event, &row.key, &row.person, &row.door, &row.path, &row.reason];
        file.write_record(cells.map(harmless)).map_err(|_| NotWritten)?;
    }
    let bytes = file.into_inner().map_err(|_| NotWritten)?;
    String::from_utf8(bytes).map_err(|_| NotWritten)
}

/// An array of objects.
pub fn json(rows: &[ExportRow]) -> Result<String, NotWritten> {
    serde_json::to_string_pretty(rows).map_err(|_| NotWritten)
}

/// RFC 3339 with the intercom's offset: "2021-10-12T10:22:05+02:00".
pub fn timestamp(at: Time, zone: &ZoneTable) -> String {
    let offset = chrono::FixedOffset::east_opt(zone.offset_at(at)).unwrap_or(chrono::Utc.fix());
    let instant = chrono::DateTime::from_timestamp(at, 0).unwrap_or_default().with_timezone(&offset);
    instant.to_rfc3339_opts(chrono::SecondsFormat::Secs, false)
}

/// A spreadsheet takes what begins like this for a formula, and a guest chooses the name that stands in a cell (OWASP, CSV
/// injection).
fn harmless(cell: &str) -> String {
    let risky = cell.trim_start().starts_with(['=', '+', '-', '@']) || cell.starts_with(['\t', '\r', '\n']);
    if risky { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(person: &str) -> ExportRow {
        ExportRow {
            number: Some(7),
            time: Some("2021-10-12T10:22:05+02:00".into()),
            event: "Entrance opened".into(),
            person: person.into(),
            ..ExportRow::default()
        }
    }

    fn headings() -> [String; 9] {
        ["Intercom", "Number", "Time", "Event", "Key", "Person", "Door", "Path", "Reason"].map(Into::into)
    }

    #[test]
    fn quotes_commas_and_lines_survive_a_spreadsheet() {
        let file = csv(&headings(), &[row("Béla \"B\", Jr\nX")]).unwrap();
        let mut read = csv::Reader::from_reader(file.as_bytes());
        let record = read.records().next().unwrap().unwrap();
        assert_eq!(record.get(5), Some("Béla \"B\", Jr\nX"));
        assert!(file.starts_with("Intercom,Number,Time"));
    }

    #[test]
    fn a_name_is_never_a_formula() {
        for name in ["=1+1", "+1", "-1", "@x", "\t=1", "  =1", "\r=1"] {
            let file = csv(&headings(), &[row(name)]).unwrap();
            let mut read = csv::Reader::from_reader(file.as_bytes());
            let record = read.records().next().unwrap().unwrap();
            assert_eq!(record.get(5), Some(&*format!("'{name}")));
        }
    }

    #[test]
    fn json_has_an_object_for_each_entry() {
        let file: serde_json::Value =
            serde_json::from_str(&json(&[row("Béla"), ExportRow::default()]).unwrap()).unwrap();
        assert_eq!((&file[0]["person"], &file[0]["number"]), (&"Béla".into(), &7.into()));
        assert!(file[1]["time"].is_null());
    }

    #[test]
    fn a_time_is_the_intercoms_own() {
        let zone = |offset| ZoneTable::new("X/Y".into(), "2026a".into(), offset, vec![], 1 << 39).unwrap();
        assert_eq!(timestamp(1_634_026_925, &zone(7_200)), "2021-10-12T10:22:05+02:00");
        assert_eq!(timestamp(1_634_026_925, &zone(-12_600)), "2021-10-12T04:52:05-03:30");
        assert_eq!(timestamp(0, &zone(0)), "1970-01-01T00:00:00+00:00");
    }
}
