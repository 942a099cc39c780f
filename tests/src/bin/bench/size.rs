//! What an opening sends, and how often, as it goes by on the way to the intercom.

use crate::goals;
use crate::people::{pair, phone, press};
use crate::program::Program;
use crate::table::{Figure, Table};
use anyhow::{Context, Result, bail, ensure};
use phonein_core::api::{Accepted, Phonein};
use phonein_core::text::tap::Door;
use phonein_tests::passage::{Exchange, Passage};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

const HELLO: usize = 41;
/// The next HELLO with its label in an answer (docs/protocol.md, section 7).
const NEXT_HELLO: usize = 44;
/// The most bytes of HELLO, REQ and RES together.
const MOST: f64 = 256.0;

/// Bytes of an opening's request and of its answer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sizes {
    pub(crate) request: usize,
    pub(crate) answer: usize,
}

/// Counts a guest's opening and a manager's.
pub(crate) async fn measure(directory: &Path, table: &mut Table) -> Result<Sizes> {
    let passage = Passage::start().await?;
    let program = Program::start(&directory.join("counted"), Some(&passage.url())).await?;
    passage.lead_to(Some(program.address.parse()?));
    let passage = Arc::new(passage);
    let anna = phone(&directory.join("anna")).await?;
    let place = pair(&anna, &program.code(&passage.url())).await?;
    let peter = phone(&directory.join("peter")).await?;
    let peters_place = give_key(&anna, &place, &peter).await?;

    let guest = opening(&peter, &peters_place, &passage).await?;
    let manager = opening(&anna, &place, &passage).await?;
    for (who, counted, goal) in
        [("a guest's", &guest, &goals::GUEST_BYTES), ("a manager's", &manager, &goals::MANAGER_BYTES)]
    {
        let [only] = counted.as_slice() else { bail!("more than one request: {counted:?}") };
        let bytes = HELLO + only.asked + only.answered - NEXT_HELLO;
        table.row(goal, Figure::exact(count(bytes), "bytes"), ("fixed", Figure::exact(MOST, "bytes")));
        let heads = only.with_heads;
        table.note(&format!(
            "{who} opening: REQ {} bytes, RES {} with the next HELLO, {heads} with the heads of HTTP",
            only.asked, only.answered
        ));
    }
    let trips = Figure::exact(count(guest.len()), "request");
    table.row(&goals::TRIPS, trips, ("fixed", Figure::exact(1.0, "request")));
    let only = manager.first().context("no request")?;
    Ok(Sizes { request: only.asked, answer: only.answered })
}

/// Makes a key for both doors and has it accepted; the intercom on the guest's phone.
pub(crate) async fn give_key(manager: &Phonein, place: &str, guest: &Phonein) -> Result<String> {
    let wizard = manager.new_key(place.to_owned()).await?;
    wizard.set_name("Peter");
    wizard.set_inner_door(true);
    let key = wizard.save().await?;
    let share = manager.share(key.clone()).await?;
    manager.mark_shared(key).await?;
    let accepted = guest.accept_link(share.link, "Peter".into()).await?;
    ensure!(matches!(accepted, Accepted::Added { .. }), "the key was to be accepted: {accepted:?}");
    let intercoms = guest.intercoms().await?;
    Ok(intercoms.first().context("no intercom")?.id.clone())
}

/// What went by between a press with a HELLO at hand and the moment the listener heard.
async fn opening(core: &Phonein, place: &str, passage: &Arc<Passage>) -> Result<Vec<Exchange>> {
    let _ready = core.stay_ready(place.to_owned()).await?;
    passage.quiet().await;
    let before = passage.count();
    let counted: Arc<Mutex<Option<Vec<Exchange>>>> = Arc::default();
    let count_now = {
        let (counted, passage) = (counted.clone(), passage.clone());
        move || {
            let mut counted = counted.lock().unwrap_or_else(PoisonError::into_inner);
            counted.get_or_insert_with(|| passage.since(before));
        }
    };
    let opened = press(core, place, Door::Entrance, count_now).await?;
    opened.shut().await?;
    let mut counted = counted.lock().unwrap_or_else(PoisonError::into_inner);
    counted.take().context("it was not counted")
}

#[allow(clippy::cast_precision_loss, reason = "small counts")]
fn count(number: usize) -> f64 {
    number as f64
}
