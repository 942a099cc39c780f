//! Without a network: whoever is near the intercom reaches it, everybody else waits.

use crate::making::{SATURDAY, WEDNESDAY, date, weekly};
use crate::opening::KATI;
use crate::record::entry_line;
use crate::screen::{show, tell};
use crate::stage::{ANNA, Stage, link_cut};
use anyhow::{Context, Result, ensure};
use phonein_core::api::{Accepted, ActivityFilter, ActivityShow, TapState};
use phonein_core::category::Category;
use phonein_core::text::key::KeyStatus;
use phonein_core::text::refusal::Refusal;
use phonein_core::text::tap::{Door, Via};
use phonein_core::wizard::CalendarDate;

const NAME: &str = "Cleaning";

pub(crate) async fn make(stage: &mut Stage) -> Result<()> {
    tell("Anna sits in a train. Her phone reaches no intercom, and makes the key all the same.");
    stage.comes_near(ANNA, false).await?;
    let mut page = Ok(());
    let make = stage.make(NAME, |wizard| {
        wizard.set_category(Category::Services);
        let dates = (date(12), CalendarDate { year: 2021, month: 12, day: 31 });
        page = weekly(wizard, &[WEDNESDAY, SATURDAY], dates, (10, 14));
    });
    let key = make.await?;
    page?;
    let link = stage.send(&key).await?;
    show(ANNA, &link_cut(&link));
    let row = stage.row(ANNA, NAME).await?;
    show(ANNA, &format!("KEYS: {}, {}", row.name, row.status_words));
    ensure!(row.status == KeyStatus::Waiting, "the intercom was not to know: {row:?}");
    stage.keys.insert(KATI, key);
    stage.links.insert(KATI, link);
    Ok(())
}

pub(crate) async fn accept(stage: &mut Stage) -> Result<()> {
    tell("Kati gets the link at home, far from the door. Her phone keeps it, and tries at every chance.");
    stage.comes_near(KATI, false).await?;
    let link = stage.links.get(KATI).cloned().context("Kati has no link")?;
    let accepted = stage.accept(KATI, KATI, &link).await?;
    ensure!(matches!(accepted, Accepted::Waiting { .. }), "was to wait: {accepted:?}");
    Ok(())
}

pub(crate) async fn open(stage: &mut Stage) -> Result<()> {
    tell("Kati stands at the door, a day early. Her tap brings the link, and the key that Anna signed in the train.");
    stage.clock((2021, 10, 12, 10, 40)).await?;
    stage.comes_near(KATI, true).await?;
    let refusal = stage.refused(KATI, Door::Entrance, "Opens tomorrow at 10:00").await?;
    ensure!(matches!(refusal, Refusal::OutsideHours { .. }), "another refusal: {refusal:?}");
    stage.clock((2021, 10, 13, 10, 0)).await?;
    opens_over_bluetooth(stage, KATI).await
}

pub(crate) async fn home(stage: &mut Stage) -> Result<()> {
    stage.comes_near(KATI, false).await?;
    stage.comes_near(ANNA, true).await?;
    opens_over_bluetooth(stage, ANNA).await
}

pub(crate) async fn activity(stage: &mut Stage) -> Result<()> {
    let anna = stage.core(ANNA).await?;
    anna.sync().await?;
    let filter = ActivityFilter { intercom: None, show: ActivityShow::All };
    let entries = anna.activity(filter, None).await?.entries;
    for entry in &entries {
        show(ANNA, &entry_line(entry));
    }
    let openings: Vec<_> = entries.iter().filter(|entry| entry.title == "Entrance opened").collect();
    ensure!(openings.len() == 2, "two were to have come: {openings:?}");
    ensure!(openings.iter().all(|entry| entry.line.contains("Bluetooth")), "was to say how: {openings:?}");
    let row = stage.row(ANNA, NAME).await?;
    show(ANNA, &format!("KEYS: {}, {}", row.name, row.status_words));
    ensure!(matches!(&row.status, KeyStatus::Held { person } if person == KATI), "was to be Kati's: {row:?}");
    Ok(())
}

pub(crate) async fn deliver(stage: &mut Stage) -> Result<()> {
    tell("Anna is away again, and takes the key back.");
    stage.comes_near(ANNA, false).await?;
    let key = stage.keys.get(KATI).cloned().context("Kati has no key")?;
    let anna = stage.core(ANNA).await?;
    anna.delete_key(key).await?;
    let row = stage.row(ANNA, NAME).await?;
    show(ANNA, &format!("KEYS: {}, {}", row.name, row.status_words));
    ensure!(row.status == KeyStatus::DeletedWaiting, "was to wait: {row:?}");
    tell("The door does not know yet, and no app says that it did.");
    stage.comes_near(KATI, true).await?;
    opens_over_bluetooth(stage, KATI).await?;
    tell("Kati goes, and Anna comes. Home is on her screen, and that is a chance to deliver.");
    stage.comes_near(KATI, false).await?;
    stage.comes_near(ANNA, true).await?;
    anna.sync().await?;
    tell("Anna goes, and Kati comes.");
    stage.comes_near(ANNA, false).await?;
    stage.comes_near(KATI, true).await?;
    let refusal = stage.refused(KATI, Door::Entrance, "Ask who gave you the key for a new one").await?;
    ensure!(refusal == Refusal::Deleted, "another refusal: {refusal:?}");
    Ok(())
}

async fn opens_over_bluetooth(stage: &mut Stage, who: &'static str) -> Result<()> {
    let tapped = stage.opens(who, Door::Entrance).await?;
    let is_so = matches!(tapped.tap.state, TapState::Opened { by: Via::Bluetooth, .. });
    ensure!(is_so, "was to be over Bluetooth: {:?}", tapped.tap);
    show(
        "measured",
        &format!("over Bluetooth, {:.1} s after the tap (an emulated machine)", tapped.took.as_secs_f64()),
    );
    Ok(())
}
