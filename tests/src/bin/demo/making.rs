//! Pairing, and the page on which keys are made.

use crate::screen::{show, tell};
use crate::stage::{ANNA, Stage, sentence};
use anyhow::{Context, Result, ensure};
use phonein_core::api::{KeyWizard, OpensBy, PairingProgress, SaveError};
use phonein_core::text::field::FieldProblem;
use phonein_core::wizard::{CalendarDate, ClockTime, Field};

pub(crate) const WEDNESDAY: i32 = 2;
pub(crate) const SATURDAY: i32 = 5;

pub(crate) async fn pair(stage: &mut Stage) -> Result<()> {
    stage.clock((2021, 10, 12, 10, 22)).await?;
    tell(
        "Anna unpacks the device and scans the QR code on its back. The UUID in it is the secret that \
         lets her phone become its manager, so it is not printed here.",
    );
    let reading = stage.core(ANNA).await?.check_code(&stage.intercom.code(), false);
    show(ANNA, &reading.words);
    let ended = stage.pair(ANNA, "Anna").await?;
    ensure!(matches!(ended, PairingProgress::Added { .. }), "was to be added: {ended:?}");
    let home = stage.core(ANNA).await?.home().await?;
    let card = home.intercoms.first().context("no intercom on Home")?;
    ensure!(card.opens_by == OpensBy::Manager && card.makes_keys, "was to be a manager: {card:?}");
    let doors: Vec<_> = card.doors.iter().map(|door| door.name.as_str()).collect();
    ensure!(doors == ["Entrance", "Inner door"], "was to have two doors: {doors:?}");
    show(ANNA, &format!("{}: {} (fingerprint {})", card.intercom.name, doors.join(", "), card.intercom.fingerprint));
    Ok(())
}

pub(crate) async fn sentences(stage: &mut Stage) -> Result<()> {
    stage.clock((2021, 10, 12, 10, 22)).await?;
    let place = stage.place(ANNA).await?;
    let wizard = stage.core(ANNA).await?.new_key(place).await?;
    let says = |kind: &str, wanted: &str| -> Result<()> {
        let sentence = sentence(&wizard)?;
        show(ANNA, &format!("{kind}: {sentence}"));
        ensure!(sentence == wanted, "was to say: {wanted}");
        Ok(())
    };
    says("Unlimited", "This key will be valid forever")?;

    wizard.set_unlimited(false);
    wizard.set_start_date(date(12));
    wizard.set_start_time(time(10, 22));
    wizard.set_expiry_date(date(14));
    wizard.set_expiry_time(time(10, 22));
    says(
        "Single use",
        "Your key will be valid from Tuesday, October 12, 2021 at 10:22 until Thursday, October 14, 2021 at 10:22",
    )?;

    weekly(&wizard, &[WEDNESDAY, SATURDAY], (date(12), CalendarDate { year: 2021, month: 12, day: 31 }), (10, 14))?;
    says(
        "Recurring",
        "Your key is valid every Wednesday and Saturday from 10:00 to 14:00 starting Tuesday, October 12, 2021 ending \
         Friday, December 31, 2021",
    )?;
    wizard.discard();
    Ok(())
}

pub(crate) async fn never_open(stage: &mut Stage) -> Result<()> {
    let place = stage.place(ANNA).await?;
    let wizard = stage.core(ANNA).await?.new_key(place).await?;
    tell("Anna chooses Saturdays, from Tuesday the 12th until Thursday the 14th, and presses CREATE KEY.");
    wizard.set_name("Gardener");
    weekly(&wizard, &[SATURDAY], (date(12), date(14)), (10, 14))?;
    let saved = wizard.save().await;
    let state = wizard.state();
    let problem = state.problems.first().context("nothing is wrong")?;
    show(ANNA, &format!("{} (beside the field, and the key is not made)", problem.words));
    ensure!(matches!(saved, Err(SaveError::Field { .. })), "was not to be saved: {saved:?}");
    ensure!(problem.problem == FieldProblem::NoChosenDay, "another problem: {problem:?}");
    ensure!(matches!(problem.field, Field::Days), "beside another field: {problem:?}");
    ensure!(state.sentence.is_none() && !state.savable, "there was to be no sentence: {state:?}");
    wizard.discard();
    Ok(())
}

/// *Recurring* on these weekdays, between these dates, from one full hour to another.
pub(crate) fn weekly(
    wizard: &KeyWizard,
    days: &[i32],
    (from, until): (CalendarDate, CalendarDate),
    (start, end): (i32, i32),
) -> Result<()> {
    wizard.set_unlimited(false);
    wizard.set_recurring(true);
    let shown = wizard.state().weekly.context("the weekly fields do not show")?.days;
    for (day, shown) in (0..).zip(shown) {
        if shown.chosen != days.contains(&day) {
            wizard.toggle_day(day);
        }
    }
    wizard.set_from(from);
    wizard.set_until(until);
    wizard.set_window_start(time(start, 0));
    wizard.set_window_end(time(end, 0));
    Ok(())
}

/// A day in October.
pub(crate) fn date(day: i32) -> CalendarDate {
    CalendarDate { year: 2021, month: 10, day }
}

pub(crate) fn time(hour: i32, minute: i32) -> ClockTime {
    ClockTime { hour, minute }
}
