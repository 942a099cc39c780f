//! A warm opening over loopback, from the tap to the listener's ears.

use crate::goals;
use crate::people::{pair, phone, press};
use crate::program::Program;
use crate::reference::Reference;
use crate::sample::Samples;
use crate::size::{Sizes, give_key};
use crate::table::Table;
use anyhow::Result;
use phonein_core::text::tap::Door;
use std::path::Path;
use std::time::Duration;
use tokio::time::sleep;

/// Openings at each door.
const ROUNDS: usize = 25;
/// Between the sync after an opening and the next thing that is measured.
const REST: Duration = Duration::from_millis(250);

/// A manager's and a guest's openings, each beside the reference after as long a rest.
pub(crate) async fn measure(directory: &Path, sizes: Sizes, table: &mut Table) -> Result<()> {
    let program = Program::start(&directory.join("timed"), None).await?;
    let anna = phone(&directory.join("timed-anna")).await?;
    let place = pair(&anna, &program.code(&program.url())).await?;
    let peter = phone(&directory.join("timed-peter")).await?;
    let peters_place = give_key(&anna, &place, &peter).await?;
    let mut reference = Reference::start(directory, sizes.request, sizes.answer)?;
    let _ready = (anna.stay_ready(place.clone()).await?, peter.stay_ready(peters_place.clone()).await?);
    sleep(REST).await;

    let (mut managers, mut guests, mut references) = (Samples::default(), Samples::default(), Samples::default());
    let (mut posts, mut parts) = (Samples::default(), <[Samples; 4]>::default());
    for round in 0..ROUNDS {
        for (core, place, samples) in [(&anna, &place, &mut managers), (&peter, &peters_place, &mut guests)] {
            let door = if round % 2 == 0 { Door::Entrance } else { Door::Inner };
            let opened = press(core, place, door, || {}).await?;
            samples.add(opened.took);
            sleep(REST).await;
            references.add(reference.open().await?);
            sleep(REST).await;
            posts.add(reference.post().await?);
            reference.parts(&mut parts)?;
            opened.shut().await?;
            sleep(REST).await;
        }
    }
    let limit = ("bare POST, signature, agreements, two rows on disk", references.ms());
    table.row(&goals::WARM_MANAGER, managers.ms(), limit);
    table.row(&goals::WARM_GUEST, guests.ms(), limit);
    let [row, sign, verify, agree] = &parts;
    table.note(&format!(
        "parts: POST {}, one row on disk {}, P-256 signature {}, its check {}, six X25519 {}",
        posts.ms().text(),
        row.ms().text(),
        sign.ms().text(),
        verify.ms().text(),
        agree.ms().text()
    ));
    Ok(())
}
