//! Keys that change after they were given, and the people who may change them.

use crate::making::{WEDNESDAY, time};
use crate::opening::{KATI, MARIA};
use crate::screen::{show, tell};
use crate::stage::{ANNA, Stage, sentence};
use anyhow::{Context, Result, ensure};
use phonein_core::api::{Keep, KeyFilter, PairingProgress, Phonein};
use phonein_core::text::key::KeyStatus;
use phonein_core::text::refusal::Refusal;
use phonein_core::text::tap::Door;

const CARLA: &str = "Carla";
pub(crate) const ANNAS_NEW_PHONE: &str = "Anna, new";

pub(crate) async fn edit(stage: &mut Stage) -> Result<()> {
    stage.clock((2021, 11, 3, 14, 30)).await?;
    let key = stage.keys.get(KATI).cloned().context("Kati has no key")?;
    stage.refused(KATI, Door::Entrance, "Opens Sat 10:00").await?;
    tell("Kati calls: she is late today. Anna lets her in until 18:00 from now on.");
    let core = stage.core(ANNA).await?;
    let wizard = core.edit_key(key.clone()).await?;
    wizard.set_window_end(time(18, 0));
    let wanted = sentence(&wizard)?;
    show(ANNA, &format!("EDIT: {wanted}"));
    wizard.save().await?;
    core.sync().await?;
    show(ANNA, &format!("KEYS: {}", core.key(key).await?.delivery_words));
    let before = held_sentence(&*stage.core(KATI).await?).await?;
    show(KATI, &before);
    ensure!(before != wanted, "her phone was not to know yet");
    stage.opens(KATI, Door::Entrance).await?;
    let look = async |core: &Phonein| Ok(Some(held_sentence(core).await?).filter(|sentence| *sentence == wanted));
    let after = stage.until(KATI, look).await.context("the door's answer was to bring the edit")?;
    show(KATI, &after);
    Ok(())
}

/// The rule of the only key on a phone.
async fn held_sentence(core: &Phonein) -> Result<String> {
    let keys = core.keys(String::new(), KeyFilter::default(), None).await?.keys;
    let row = keys.first().context("there is no key")?;
    Ok(core.key(row.id.clone()).await?.sentence)
}

pub(crate) async fn delete(stage: &mut Stage) -> Result<()> {
    let key = stage.keys.get(KATI).cloned().context("Kati has no key")?;
    let core = stage.core(ANNA).await?;
    show(ANNA, &core.key(key.clone()).await?.delete_question.sentence);
    core.delete_key(key).await?;
    core.sync().await?;
    let refusal = stage.refused(KATI, Door::Entrance, "Ask who gave you the key for a new one").await?;
    ensure!(refusal == Refusal::Deleted, "another refusal: {refusal:?}");
    Ok(())
}

pub(crate) async fn apart(stage: &mut Stage) -> Result<()> {
    let carlas = stage.give(CARLA, "Carla, my flatmate", |wizard| wizard.set_inner_door(true)).await?;
    let anna = stage.core(ANNA).await?;
    anna.sync().await?;
    tell("Anna makes the holder of this key a manager too. Carla's phone then learns of all keys.");
    anna.add_manager(carlas).await?;
    let carla = stage.core(CARLA).await?;
    carla.sync().await?;
    stage.opens(CARLA, Door::Entrance).await?;
    carla.sync().await?;
    let key = stage.row(CARLA, "Parcel").await?;
    ensure!(key.is_managed, "Carla was to be a manager: {key:?}");

    tell("Then the intercom is without power, and both change the key of Maria's parcels.");
    stage.intercom.passage.quiet().await;
    stage.intercom.stop().await?;
    let annas = stage.keys.get(MARIA).cloned().context("Maria has no key")?;
    let wizard = anna.edit_key(annas.clone()).await?;
    crate::making::weekly(&wizard, &[WEDNESDAY], DATES, (8, 12))?;
    show(ANNA, &format!("EDIT: {}", sentence(&wizard)?));
    wizard.save().await?;
    show(ANNA, &anna.key(annas.clone()).await?.delivery_words);
    let wizard = carla.edit_key(key.id.clone()).await?;
    wizard.set_unlimited(true);
    show(CARLA, &format!("EDIT: {}", sentence(&wizard)?));
    wizard.save().await?;

    // What each phone tried at once has failed: from here on only a sync gets there.
    stage.intercom.passage.quiet().await;
    tell("The power is back. Anna's phone gets there first.");
    stage.intercom.start_again().await?;
    anna.sync().await?;
    carla.sync().await?;
    let row = stage.row(CARLA, "Parcel").await?;
    show(CARLA, &format!("KEYS: {}, {}", row.name, row.status_words));
    ensure!(row.status == KeyStatus::Overtaken, "was to be overtaken: {row:?}");
    let overtaken = carla.key(key.id.clone()).await?.overtaken.context("not overtaken")?;
    show(CARLA, &overtaken.told.sentence);
    show(CARLA, &overtaken.mine_words);
    show(CARLA, &overtaken.theirs_words.context("theirs is not shown")?);
    tell("Carla presses KEEP MINE.");
    carla.resolve(key.id.clone(), Keep::Mine).await?;
    carla.sync().await?;
    anna.sync().await?;
    let settled = anna.key(annas).await?;
    show(ANNA, &format!("{}: {}", settled.row.name, settled.sentence));
    ensure!(settled.sentence == "This key will be valid forever", "Carla's version was to count: {settled:?}");
    ensure!(settled.overtaken.is_none(), "nothing was to be asked any more");
    Ok(())
}

const DATES: (phonein_core::wizard::CalendarDate, phonein_core::wizard::CalendarDate) = (
    phonein_core::wizard::CalendarDate { year: 2021, month: 11, day: 3 },
    phonein_core::wizard::CalendarDate { year: 2021, month: 12, day: 31 },
);

pub(crate) async fn button(stage: &mut Stage) -> Result<()> {
    tell("Anna's phone fell into the lake. She has a new one, and stands at the device.");
    let ended = stage.pair(ANNAS_NEW_PHONE, "Anna").await?;
    ensure!(matches!(ended, PairingProgress::AlreadyPaired { .. }), "was to be refused: {ended:?}");
    tell("She holds its button for five seconds.");
    stage.intercom.hold_button()?;
    let ended = stage.pair(ANNAS_NEW_PHONE, "Anna").await?;
    ensure!(matches!(ended, PairingProgress::Added { .. }), "was to be added: {ended:?}");
    let new = stage.core(ANNAS_NEW_PHONE).await?;
    new.sync().await?;
    let keys = new.keys(String::new(), KeyFilter::default(), None).await?.keys;
    for row in &keys {
        show(ANNAS_NEW_PHONE, &format!("KEYS: {}, {}", row.name, row.status_words));
    }
    let carla = stage.core(CARLA).await?;
    carla.sync().await?;
    let theirs = carla.keys(String::new(), KeyFilter::default(), None).await?.keys;
    ensure!(keys.len() == theirs.len(), "was to know {} keys: {keys:?}", theirs.len());
    stage.opens(ANNAS_NEW_PHONE, Door::Inner).await?;
    tell("The other managers are told.");
    let home = carla.home().await?;
    let notes: Vec<_> = home.intercoms.iter().flat_map(|card| &card.notes).map(|note| note.title.clone()).collect();
    for note in &notes {
        show(CARLA, note);
    }
    ensure!(notes.contains(&"Anna was paired at the device".to_owned()), "was to be told: {notes:?}");
    Ok(())
}
