//! Who came, and how one can be sure of it.

use crate::changing::ANNAS_NEW_PHONE;
use crate::screen::{show, tell};
use crate::sharing::PETERS_NEW_PHONE;
use crate::stage::Stage;
use anyhow::{Context, Result, bail, ensure};
use phonein_core::api::{ActivityEntry, ActivityFilter, ActivityShow, ExportFormat};
use phonein_core::text::tap::Door;
use phonein_protocol::log::{Entry, Event};
use rusqlite::Connection;
use std::path::Path;

/// How many entries are shown.
const SHOWN: usize = 12;

pub(crate) async fn activity(stage: &mut Stage) -> Result<()> {
    let anna = stage.core(ANNAS_NEW_PHONE).await?;
    anna.sync().await?;
    let filter = ActivityFilter { intercom: None, show: ActivityShow::All };
    let entries = anna.activity(filter, None).await?.entries;
    for entry in entries.iter().take(SHOWN) {
        show(ANNAS_NEW_PHONE, &entry_line(entry));
    }
    ensure!(entries.len() > SHOWN, "more was to have happened: {}", entries.len());
    let csv = anna.export_activity(ExportFormat::Csv).await?;
    tell(&format!("… and so on. The export has {} lines. At the device:", csv.lines().count()));
    let log = stage.intercom.log()?;
    let last = log.lines().last().unwrap_or_default();
    show("intercom", last);
    ensure!(last.starts_with("The log is whole up to entry "), "was to be whole");
    Ok(())
}

pub(crate) async fn tampered(stage: &mut Stage) -> Result<()> {
    tell(
        "Peter comes twice while Anna's phone is off. Then somebody takes the disk out of the device and \
         rewrites one entry, so that one of his visits reads as refused.",
    );
    stage.intercom.passage.quiet().await;
    stage.opens(PETERS_NEW_PHONE, Door::Entrance).await?;
    stage.opens(PETERS_NEW_PHONE, Door::Entrance).await?;
    stage.intercom.passage.quiet().await;
    stage.intercom.stop().await?;
    let copy = stage.copy_of_the_intercom(rewrite).await?;
    let Err(broken) = copy.log() else { bail!("the device was to find its log broken") };
    show("intercom", &format!("{broken}"));
    ensure!(broken.to_string().starts_with("the log is broken after entry "), "another error: {broken}");
    tell("Anna's phone meets the changed device where it knows the true one.");
    stage.intercom.passage.lead_to(copy.passage.leads_to());
    let anna = stage.core(ANNAS_NEW_PHONE).await?;
    anna.sync().await?;
    let home = anna.home().await?;
    let told = "The intercom's record is not the one this phone had read";
    let note = home.intercoms.iter().flat_map(|card| &card.notes).find(|note| note.title == told);
    let note = note.with_context(|| format!("Anna was to be told: {home:?}"))?;
    show(ANNAS_NEW_PHONE, &format!("{}. {}.", note.title, note.detail));
    Ok(())
}

/// An entry as the list shows it.
pub(crate) fn entry_line(entry: &ActivityEntry) -> String {
    let when = format!("{} {}", entry.day, entry.time);
    let parts = [&entry.title, &entry.line, &entry.reason];
    let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).cloned().collect();
    format!("{when}  {}", parts.join(" · "))
}

/// Makes the last opening but one a refusal.
fn rewrite(database: &Path) -> Result<()> {
    let connection = Connection::open(database)?;
    let mut statement = connection.prepare("SELECT number, bytes FROM entry ORDER BY number DESC")?;
    let rows = statement.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?)))?;
    let mut openings = Vec::new();
    for row in rows {
        let (number, bytes) = row?;
        let entry = Entry::parse(&bytes).ok().context("an entry can be read")?;
        if entry.event == Event::Opened {
            openings.push((number, entry));
        }
    }
    let (number, entry) = openings.into_iter().nth(1).context("there are two openings")?;
    let changed = Entry { event: Event::Refused(4), ..entry };
    connection.execute("UPDATE entry SET bytes = ?1 WHERE number = ?2", (changed.to_bytes(), number))?;
    Ok(())
}
