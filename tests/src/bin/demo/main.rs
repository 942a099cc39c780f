//! Phonein's whole story against a real intercom: the process that ships at one end, the core as the apps use it at the
//! other. Each step checks itself; the table at the end says which did not end as it should.

mod apart;
mod changing;
mod making;
mod opening;
mod record;
mod screen;
mod sharing;
mod stage;
mod table;
mod trouble;

use anyhow::Result;
use clap::Parser;
use phonein_tests::process::Serves;
use screen::{line, start};
use stage::Stage;
use std::process::ExitCode;
use table::Table;

/// Shows what Phonein does, end to end.
#[derive(Parser)]
struct Options {
    /// Does not wait for Enter after each step.
    #[arg(long)]
    no_pauses: bool,
    /// Tells the story without a network: over Bluetooth, in a guest with virtual adapters (`cargo xtask demo --ble`).
    #[arg(long)]
    ble: bool,
}

macro_rules! steps {
    ($table:ident, $stage:ident: $($name:literal => $step:path;)+) => {
        $($table.step($name, Box::pin($step($stage))).await;)+
    };
}

#[tokio::main]
async fn main() -> Result<ExitCode> {
    let Options { no_pauses, ble } = Options::parse();
    start(!no_pauses);
    let table = if ble { without_a_network().await? } else { over_http().await? };
    Ok(if table.close() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn over_http() -> Result<Table> {
    line("Phonein: a resident, her guests and an intercom. Beside a name stands what the app shows that");
    line("person, word for word. The intercom is a process of its own; the phones reach it over HTTP.");
    let stage = &mut Stage::set((2021, 10, 12, 10, 22), Serves::HTTP).await?;
    let mut table = Table::default();
    steps! { table, stage:
        "An intercom gets its first manager" => making::pair;
        "Three kinds of key, each read back as a sentence" => making::sentences;
        "A window that can never open is refused" => making::never_open;
        "A key becomes a link and a QR code" => sharing::link;
        "A guest looks at the link, then accepts it" => sharing::claim;
        "Entrance and inner door open" => opening::both_doors;
        "A key for one use is used up" => opening::single_use;
        "A recurring key waits for its hours, then opens" => opening::recurring;
        "An overnight window in the night the clocks go back" => opening::overnight;
        "A forwarded link is worth nothing" => sharing::forwarded;
        "An edit reaches the guest at the door" => changing::edit;
        "A deleted key is refused" => changing::delete;
        "A key moves to its guest's new phone" => sharing::new_phone;
        "The intercom is killed between use and answer" => trouble::killed;
        "Two managers change one key apart" => changing::apart;
        "A new phone becomes manager by the button" => changing::button;
        "The activity, every entry tied to the one before" => record::activity;
        "A copy of the record that was tampered with is found out" => record::tampered;
    }
    Ok(table)
}

async fn without_a_network() -> Result<Table> {
    line(
        "Phonein in airplane mode: what the intercom says of its network address leads nowhere. It and the phones have",
    );
    line("a Bluetooth adapter each. Beside a name stands what the app shows that person, word for word.");
    let stage = &mut Stage::set((2021, 10, 12, 10, 22), Serves::BOTH).await?;
    let mut table = Table::default();
    steps! { table, stage:
        "An intercom gets its first manager" => making::pair;
        "A key is made where no intercom is near" => apart::make;
        "Its link is accepted where no intercom is near" => apart::accept;
        "At the door the key is claimed, and opens in its hours" => apart::open;
        "The resident comes home" => apart::home;
        "Who came, read from the intercom" => apart::activity;
        "A deletion is delivered when the resident comes near" => apart::deliver;
    }
    Ok(table)
}
