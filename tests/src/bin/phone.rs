//! A phone in a process of its own, to be killed (`cargo xtask crash`): the real core on the files in a directory, told what
//! to do by lines on its standard input. What it says of a thing comes after that thing is done.
//!
//! `phone DIRECTORY TIME`

use anyhow::{Context, Result, bail, ensure};
use phonein_core::api::{Accepted, ActivityFilter, ActivityKind, ActivityShow, KeyFilter, TapState};
use phonein_core::text::key::KeyStatus;
use phonein_core::text::refusal::Refusal;
use phonein_core::text::tap::Door;
use phonein_core::wizard::Uses;
use phonein_protocol::Time;
use phonein_tests::order::{Order, Said, Shown, ShownKey};
use phonein_tests::phone::{Phone, Pressed};
use std::env;
use std::io::{BufRead, Write, stdin, stdout};
use std::path::Path;

/// The words of a key whose change has arrived.
const DELIVERED: &str = "At the intercom";

#[tokio::main]
async fn main() -> Result<()> {
    let mut words = env::args().skip(1);
    let directory = words.next().context("a directory")?;
    let time: Time = words.next().context("a time")?.parse()?;
    let phone = Phone::at(Path::new(&directory), time).await?;
    let notices = phone.core.home().await?.notes;
    ensure!(notices.is_empty(), "it has something to say: {notices:?}");
    say(&Said::Ready)?;
    let mut open = None;
    for line in stdin().lock().lines() {
        let order = serde_json::from_str(&line?)?;
        let said = obey(&phone, order, &mut open).await;
        say(&said.unwrap_or_else(|error| Said::Failed { why: format!("{error:#}") }))?;
    }
    Ok(())
}

fn say(said: &Said) -> Result<()> {
    let mut out = stdout().lock();
    serde_json::to_writer(&mut out, said)?;
    writeln!(out)?;
    Ok(out.flush()?)
}

/// `open` is the tap whose door may still be open: until it is shut, a press would be no other tap.
async fn obey(phone: &Phone, order: Order, open: &mut Option<Pressed>) -> Result<Said> {
    let core = &phone.core;
    Ok(match order {
        Order::Pair { code } => {
            phone.pair(&code, "Home", "Somebody").await?;
            Said::Done
        }
        Order::Make { name, uses } => {
            let wizard = core.new_key(place(phone).await?).await?;
            wizard.set_name(&name);
            wizard.set_unlimited(uses.is_none());
            if let Some(count) = uses {
                wizard.set_uses(Uses::Times { count });
            }
            Said::Made { key: wizard.save().await? }
        }
        Order::Rename { key, name } => {
            let wizard = core.edit_key(key).await?;
            wizard.set_name(&name);
            wizard.save().await?;
            Said::Done
        }
        Order::Delete { key } => {
            core.delete_key(key).await?;
            Said::Done
        }
        Order::Share { key } => Said::Link { link: core.share(key).await?.link },
        Order::Accept { link } => match core.accept_link(link, "Somebody".into()).await? {
            Accepted::Added { key, .. } => Said::Added { key },
            Accepted::Waiting { .. } => bail!("it waits"),
            Accepted::Refused { told } => Said::Shut { why: told.title },
        },
        Order::Open { key } => {
            if let Some(mut open) = open.take() {
                open.over().await?;
            }
            let mut pressed = phone.start_press(&place(phone).await?, key.as_deref(), Door::Entrance).await?;
            let tap = pressed.end().await?;
            match tap.state {
                TapState::Opened { .. } => {
                    *open = Some(pressed);
                    Said::Opened
                }
                // The use stays spent.
                TapState::Refused { refusal: Refusal::Interrupted, .. } => bail!("{}", tap.title),
                TapState::Refused { .. } | TapState::Unreachable { .. } => Said::Shut { why: tap.title },
                _ => bail!("{}", tap.title),
            }
        }
        Order::Sync => {
            core.sync().await?;
            Said::Done
        }
        Order::Look => Said::Shown(look(phone).await?),
    })
}

async fn place(phone: &Phone) -> Result<String> {
    Ok(phone.core.intercoms().await?.pop().context("it knows no intercom")?.id)
}

async fn look(phone: &Phone) -> Result<Shown> {
    let core = &phone.core;
    let mut shown = Shown { intercoms: core.intercoms().await?.len(), ..Shown::default() };
    let mut after = None;
    loop {
        let page = core.keys(String::new(), KeyFilter::default(), after).await?;
        for row in page.keys {
            let is_used = row.status == KeyStatus::Used;
            let is_delivered = core.key(row.id.clone()).await?.delivery_words == DELIVERED;
            let (id, name, status, is_held) = (row.id, row.name, row.status_words, row.is_held);
            shown.keys.push(ShownKey { id, name, status, is_delivered, is_held, is_used });
        }
        let Some(next) = page.next else { break };
        after = Some(next);
    }
    let mut after = None;
    loop {
        let all = ActivityFilter { intercom: None, show: ActivityShow::All };
        let page = core.activity(all, after).await?;
        // What had no answer gives way to what became of it.
        let lasting = page.entries.into_iter().filter(|entry| entry.kind != ActivityKind::Unanswered);
        shown.activity.extend(lasting.map(|entry| entry.id));
        let Some(next) = page.next else { return Ok(shown) };
        after = Some(next);
    }
}
