//! The worst moment for a power cut.

use crate::record::entry_line;
use crate::screen::{show, tell};
use crate::stage::{ANNA, Stage};
use anyhow::{Context, Result, ensure};
use phonein_core::api::{ActivityFilter, ActivityKind, ActivityShow, TapState};
use phonein_core::text::refusal::Refusal;
use phonein_core::text::tap::Door;
use phonein_core::wizard::Uses;

const LUCA: &str = "Luca";

pub(crate) async fn killed(stage: &mut Stage) -> Result<()> {
    stage
        .give(LUCA, "Plumber", |wizard| {
            wizard.set_unlimited(false);
            wizard.set_uses(Uses::Times { count: 1 });
        })
        .await?;
    tell(
        "The command that moves the entrance's relay kills the intercom with SIGKILL: the use is on its \
         disk, the relay has moved, the answer was not sent. Then its power is back.",
    );
    let moved = stage.intercom.moved();
    let tap = stage.tap_while_killed(LUCA, Door::Entrance).await?;
    ensure!(
        matches!(tap.state, TapState::Refused { refusal: Refusal::Interrupted, .. }),
        "was to be interrupted: {tap:?}"
    );
    stage.intercom.moved_so_often(moved + 1).await?;
    tell("The use counts as spent, and nothing opens by itself: Luca's next tap is refused.");
    stage.refused(LUCA, Door::Entrance, "Ask who gave you the key for more uses").await?;

    let anna = stage.core(ANNA).await?;
    anna.sync().await?;
    let filter = ActivityFilter { intercom: None, show: ActivityShow::All };
    let entries = anna.activity(filter, None).await?.entries;
    let entry = entries.iter().find(|entry| entry.kind == ActivityKind::Interrupted).context("not in the activity")?;
    show(ANNA, &entry_line(entry));
    ensure!(entry.may_give_back, "the use was to be given back: {entry:?}");
    tell("Anna presses GIVE BACK THE USE.");
    anna.give_back(entry.id.clone()).await?;
    anna.sync().await?;
    stage.opens(LUCA, Door::Entrance).await?;
    let log = stage.intercom.log()?;
    show("intercom", log.lines().last().unwrap_or_default());
    Ok(())
}
