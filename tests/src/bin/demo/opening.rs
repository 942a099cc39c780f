//! Doors that open, and what a key's own rule refuses.

use crate::making::{SATURDAY, WEDNESDAY, date, time, weekly};
use crate::screen::{show, tell};
use crate::sharing::PETER;
use crate::stage::{Stage, Tapped};
use anyhow::{Result, bail, ensure};
use phonein_core::category::Category;
use phonein_core::text::refusal::Refusal;
use phonein_core::text::tap::Door;
use phonein_core::wizard::{CalendarDate, Uses};
use phonein_tests::passage::Exchange;

pub(crate) const MARIA: &str = "Maria";
pub(crate) const KATI: &str = "Kati";
/// Bytes of a HELLO.
const HELLO: usize = 41;
const NURSE: &str = "Tom";

pub(crate) async fn both_doors(stage: &mut Stage) -> Result<()> {
    tell("Peter's Home is on the screen, so a challenge (HELLO) of the intercom is at hand already.");
    let place = stage.place(PETER).await?;
    let _ready = stage.core(PETER).await?.stay_ready(place).await?;
    for door in [Door::Entrance, Door::Inner] {
        // What Home asks by itself is answered before anything is counted.
        stage.core(PETER).await?.sync().await?;
        report(&stage.opens(PETER, door).await?)?;
    }
    tell(
        "Counted on the wire between phone and intercom until the app said so. On the way the intercom \
         wrote the use to its disk and started the command that moves the relay.",
    );
    Ok(())
}

fn report(tapped: &Tapped) -> Result<()> {
    let [exchange] = tapped.exchanges.as_slice() else {
        bail!("was to be one round trip: {:?}", tapped.exchanges);
    };
    let Exchange { path, asked, answered, with_heads } = exchange;
    let took = tapped.took.as_secs_f64() * 1_000.0;
    show(
        "measured",
        &format!(
            "{took:.1} ms; {asked} bytes there and {answered} back, {HELLO} of them the next HELLO ({with_heads} with \
             HTTP's heads)"
        ),
    );
    ensure!(path == "/v1/request", "was to be a request: {exchange:?}");
    // What this one's own HELLO took was paid before: the same as the next one's.
    ensure!(asked + answered <= 256, "was to take at most 256 bytes");
    Ok(())
}

pub(crate) async fn single_use(stage: &mut Stage) -> Result<()> {
    stage.clock((2021, 10, 12, 10, 40)).await?;
    let key = stage
        .give(MARIA, "Parcel", |wizard| {
            wizard.set_category(Category::Delivery);
            wizard.set_unlimited(false);
            wizard.set_uses(Uses::Times { count: 1 });
        })
        .await?;
    stage.keys.insert(MARIA, key);
    stage.opens(MARIA, Door::Entrance).await?;
    let refusal = stage.refused(MARIA, Door::Entrance, "Ask who gave you the key for more uses").await?;
    ensure!(refusal == Refusal::UsedUp, "another refusal: {refusal:?}");
    Ok(())
}

pub(crate) async fn recurring(stage: &mut Stage) -> Result<()> {
    let mut page = Ok(());
    let key = stage
        .give(KATI, "Cleaning", |wizard| {
            wizard.set_category(Category::Services);
            let dates = (date(12), CalendarDate { year: 2021, month: 12, day: 31 });
            page = weekly(wizard, &[WEDNESDAY, SATURDAY], dates, (10, 14));
        })
        .await?;
    page?;
    stage.keys.insert(KATI, key);
    let refusal = stage.refused(KATI, Door::Entrance, "Opens tomorrow at 10:00").await?;
    ensure!(matches!(refusal, Refusal::OutsideHours { .. }), "another refusal: {refusal:?}");
    stage.clock((2021, 10, 13, 9, 48)).await?;
    stage.refused(KATI, Door::Entrance, "Opens at 10:00, in 12 minutes").await?;
    stage.clock((2021, 10, 13, 10, 0)).await?;
    stage.opens(KATI, Door::Entrance).await.map(drop)
}

pub(crate) async fn overnight(stage: &mut Stage) -> Result<()> {
    let mut page = Ok(());
    let give = stage.give(NURSE, "Night nurse", |wizard| {
        wizard.set_category(Category::Employee);
        page = weekly(wizard, &[SATURDAY], (date(12), CalendarDate { year: 2021, month: 12, day: 31 }), (22, 6));
        wizard.set_window_end(time(6, 0));
    });
    give.await?;
    page?;
    tell("In the night to Sunday, October 31, the clocks of Budapest go from 3:00 back to 2:00.");
    stage.clock((2021, 10, 30, 21, 59)).await?;
    stage.refused(NURSE, Door::Entrance, "Opens at 22:00, in 1 minute").await?;
    stage.clock((2021, 10, 30, 22, 0)).await?;
    stage.opens(NURSE, Door::Entrance).await?;
    stage.clock((2021, 10, 31, 2, 30)).await?;
    stage.opens(NURSE, Door::Entrance).await?;
    tell("An hour later the same time comes again, and the window is still open.");
    stage.later(3_600).await?;
    stage.opens(NURSE, Door::Entrance).await?;
    stage.clock((2021, 10, 31, 5, 59)).await?;
    stage.opens(NURSE, Door::Entrance).await?;
    tell("So the night was nine hours long, and ends where the clock says so.");
    stage.clock((2021, 10, 31, 6, 0)).await?;
    let refusal = stage.refused(NURSE, Door::Entrance, "Opens Sat 22:00").await?;
    ensure!(matches!(refusal, Refusal::OutsideHours { .. }), "another refusal: {refusal:?}");
    Ok(())
}
