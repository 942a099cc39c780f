//! Links: made, looked at, accepted, forwarded, and replaced for a new phone.

use crate::screen::{show, tell};
use crate::stage::{ANNA, Stage, link_cut};
use anyhow::{Context, Result, ensure};
use phonein_core::api::Accepted;
use phonein_core::category::Category;
use phonein_core::text::key::KeyStatus;
use phonein_core::text::refusal::Refusal;
use phonein_core::text::tap::Door;

pub(crate) const PETER: &str = "Peter";
pub(crate) const PETERS_KEY: &str = "Peter, my brother";
const EVE: &str = "Eve";
pub(crate) const PETERS_NEW_PHONE: &str = "Peter, new";
const WELCOME: &str = "Third floor, left. The kettle is yours.";

pub(crate) async fn link(stage: &mut Stage) -> Result<()> {
    let key = stage
        .make(PETERS_KEY, |wizard| {
            wizard.set_category(Category::Friend);
            wizard.set_inner_door(true);
            wizard.set_welcome_on(true);
            wizard.set_welcome(WELCOME);
        })
        .await?;
    let core = stage.core(ANNA).await?;
    let share = core.share(key.clone()).await?;
    tell(
        "SHARE hands the link to the phone's own share sheet, or shows it as a QR code. Whoever reads \
         the part after # can take the key, so it is cut here.",
    );
    show(ANNA, &share.text.replace(&share.link, &link_cut(&share.link)));
    show(ANNA, &format!("The same as a QR code, {0} × {0} modules with its margin", share.qr.side));
    show(ANNA, &format!("{}. {}", share.owner_words, share.until_words));
    ensure!(share.link.starts_with("https://phonein.example/k#"), "was to be a link to /k");
    ensure!(!share.qr.dark.is_empty(), "the QR code is empty");
    core.mark_shared(key.clone()).await?;
    let again = core.share(key.clone()).await?;
    ensure!(again.link == share.link, "sharing again was to give the same link");
    let row = stage.row(ANNA, PETERS_KEY).await?;
    show(ANNA, &format!("KEYS: {}, {}", row.name, row.status_words));
    stage.keys.insert(PETER, key);
    stage.links.insert(PETER, share.link);
    Ok(())
}

pub(crate) async fn claim(stage: &mut Stage) -> Result<()> {
    let link = stage.links.get(PETER).cloned().context("Peter has no link")?;
    let invitation = stage.core(PETER).await?.preview_link(link.clone()).await?;
    tell("Peter's app reads the link. So far nothing was sent anywhere.");
    show(PETER, &format!("{} ({})", invitation.name, invitation.place_words));
    show(PETER, &invitation.sentence);
    show(PETER, &invitation.hearsay_words);
    let welcome = invitation.welcome.unwrap_or_default();
    show(PETER, &format!("“{welcome}”"));
    ensure!(invitation.name == PETERS_KEY && welcome == WELCOME, "the link says something else");
    ensure!(invitation.sentence == "This key will be valid forever", "another rule");
    tell("He types his name and presses ADD KEY.");
    let accepted = stage.accept(PETER, PETER, &link).await?;
    ensure!(matches!(accepted, Accepted::Added { .. }), "was to be added: {accepted:?}");
    stage.core(ANNA).await?.sync().await?;
    let row = stage.row(ANNA, PETERS_KEY).await?;
    show(ANNA, &format!("KEYS: {}, {}", row.name, row.status_words));
    ensure!(matches!(&row.status, KeyStatus::Held { person } if person == PETER), "was to be Peter's: {row:?}");
    Ok(())
}

pub(crate) async fn forwarded(stage: &mut Stage) -> Result<()> {
    let link = stage.links.get(PETER).cloned().context("Peter has no link")?;
    tell("Peter's link was forwarded. Eve tries it on her phone.");
    let accepted = stage.accept(EVE, EVE, &link).await?;
    ensure!(
        matches!(&accepted, Accepted::Refused { told } if told.title == "Another phone has this key"),
        "{accepted:?}"
    );
    let home = stage.core(EVE).await?.home().await?;
    ensure!(home.intercoms.is_empty(), "nothing of it was to stay on her phone: {home:?}");
    stage.opens(PETER, Door::Entrance).await.context("Peter's own key goes on working").map(drop)
}

pub(crate) async fn new_phone(stage: &mut Stage) -> Result<()> {
    let key = stage.keys.get(PETER).cloned().context("Peter has no key")?;
    tell("Peter has a new phone. Anna chooses SHARE, “New phone, same person”.");
    stage.core(ANNA).await?.reissue(key.clone(), None).await?;
    let old_link = stage.links.get(PETER).cloned().context("Peter has no link")?;
    let link = stage.send(&key).await?;
    ensure!(link != old_link, "was to be another link");
    let accepted = stage.accept(PETERS_NEW_PHONE, PETER, &link).await?;
    ensure!(matches!(accepted, Accepted::Added { .. }), "was to be added: {accepted:?}");
    stage.opens(PETERS_NEW_PHONE, Door::Entrance).await?;
    tell("The old phone, in a drawer:");
    let refusal = stage.refused(PETER, Door::Entrance, "Ask for a new one").await?;
    ensure!(refusal == Refusal::Taken, "another refusal: {refusal:?}");
    tell("And the old link, on a phone that finds it:");
    let accepted = stage.accept(EVE, EVE, &old_link).await?;
    ensure!(matches!(&accepted, Accepted::Refused { told } if told.title == "This link was replaced"), "{accepted:?}");
    Ok(())
}
