//! Doors opened in a second, as many as there can be.

use super::resident::{hello, request};
use crate::goals;
use crate::program::{Bounds, Program};
use crate::reference::Steps;
use crate::table::{Figure, Table};
use anyhow::{Context, Result, bail, ensure};
use phonein_protocol::message::{Answer, Op, Outcome};
use phonein_protocol::session::Hello;
use phonein_tests::stranger::{Stranger, now};
use phonein_tests::wire::Wire;
use std::net::SocketAddr;
use std::path::Path;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// Managers who open at once, each from an address of their own.
const PHONES: u8 = 4;
/// Turns of either side, and how long each lasts.
const TURNS: usize = 7;
const TURN: Duration = Duration::from_secs(1);

/// A manager who does nothing but open.
struct Presser {
    phone: Stranger,
    from: [u8; 4],
    number: u64,
}

/// Openings beside what none can do without, one after the other by one thread: a check, three agreements, a row on disk.
pub(crate) async fn measure(directory: &Path, table: &mut Table) -> Result<()> {
    let program = Program::bounded(&directory.join("opened"), Bounds::Off).await?;
    let address: SocketAddr = program.address.parse()?;
    let mut pressers = Vec::new();
    for number in 1..=PHONES {
        program.hold_button()?;
        let from = [127, 0, 8, number];
        let mut wire = Wire::from(from, address).await?;
        let mut phone = Stranger::knowing([0; 32])?;
        let (req, awaiting) = phone.pairing(&hello(&mut wire).await?, &program.uuid()?, now()?)?;
        phone.paired(awaiting, &request(&mut wire, &req).await?)?;
        pressers.push(Presser { phone, from, number: 0 });
    }
    let mut steps = Steps::new(directory)?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..TURNS {
        theirs.push(steps.per_second(TURN)?);
        let (began, before) = (Instant::now(), pressers.iter().map(|presser| presser.number).sum::<u64>());
        let mut pressing = JoinSet::new();
        for presser in pressers {
            pressing.spawn(presser.press(address, began + TURN));
        }
        pressers = pressing.join_all().await.into_iter().collect::<Result<_>>()?;
        let opened = pressers.iter().map(|presser| presser.number).sum::<u64>() - before;
        ours.push(f64::from(u32::try_from(opened)?) / began.elapsed().as_secs_f64());
    }
    let limit = ("a check, three agreements, a row on disk, one after the other", median(theirs)?);
    table.row(&goals::OPENS, median(ours)?, limit);
    Ok(())
}

impl Presser {
    async fn press(mut self, address: SocketAddr, until: Instant) -> Result<Self> {
        let mut wire = Wire::from(self.from, address).await?;
        let mut next = hello(&mut wire).await?;
        while Instant::now() < until {
            self.number += 1;
            let opened = self.open(&mut wire, &next).await?;
            next = if let Some(next) = opened {
                next
            } else {
                // Its token was stale: an epoch ends when it remembers as many as it may. As every phone does, once.
                let fresh = hello(&mut wire).await?;
                self.open(&mut wire, &fresh).await?.context("stale twice")?
            };
        }
        Ok(self)
    }

    /// The next HELLO, once the door is open; `None` where this one is stale.
    async fn open(&self, wire: &mut Wire, hello: &Hello) -> Result<Option<Hello>> {
        let (req, awaiting) = self.phone.open(hello, self.number)?;
        let res = match wire.post("/v1/request", &req).await? {
            (200, res) => awaiting.open(&res)?,
            (409, _) => return Ok(None),
            (status, _) => bail!("no answer but {status}"),
        };
        let answer = Answer::parse(Op::Open, &res).ok().context("no answer")?;
        ensure!(matches!(answer.outcome, Outcome::Opened { .. }), "{:?}", answer.outcome);
        Ok(Some(Hello::parse(&answer.hello.context("no HELLO in it")?)?))
    }
}

fn median(mut rates: Vec<f64>) -> Result<Figure> {
    rates.sort_by(f64::total_cmp);
    let at = |quarter: usize| rates.get((rates.len() - 1) * quarter / 4).copied().context("no turn");
    Ok(Figure { value: at(2)?, unit: "a second", spread: Some((at(1)?, at(3)?)) })
}
