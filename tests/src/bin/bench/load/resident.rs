//! A manager by the protocol alone, who asks while others flood.

use crate::program::Program;
use anyhow::{Context, Result, bail, ensure};
use phonein_protocol::message::{Answer, Op, Outcome};
use phonein_protocol::session::Hello;
use phonein_protocol::session::phone::Awaiting;
use phonein_tests::stranger::{Link, Stranger, now};
use phonein_tests::wire::Wire;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::time::timeout;

/// Where the residents come from.
const HOME: [u8; 4] = [127, 0, 0, 1];
/// After this a phone gives up.
const PATIENCE: Duration = Duration::from_secs(3);

pub(crate) struct Resident {
    pub(crate) phone: Stranger,
    address: SocketAddr,
    number: u64,
}

impl Resident {
    pub(crate) async fn paired(program: &Program) -> Result<Self> {
        let mut phone = Stranger::knowing([0; 32])?;
        let mut wire = Wire::from(HOME, program.address.parse()?).await?;
        let (req, awaiting) = phone.pairing(&hello(&mut wire).await?, &program.uuid()?, now()?)?;
        phone.paired(awaiting, &request(&mut wire, &req).await?)?;
        Ok(Self { phone, address: program.address.parse()?, number: 0 })
    }

    /// A guest who has claimed a key, and its private key; what the link held.
    pub(crate) async fn guest(&mut self) -> Result<([u8; 32], Link)> {
        let mut wire = Wire::from(HOME, self.address).await?;
        let (link, req, awaiting) = self.phone.put_key(&hello(&mut wire).await?, now()?)?;
        answered(Op::Put, awaiting, &request(&mut wire, &req).await?)?;
        let mut secret = [0; 32];
        getrandom::fill(&mut secret)?;
        let guest = Stranger::with_key(secret, self.phone.intercom)?;
        let (req, awaiting) = guest.claim(&hello(&mut wire).await?, 1, &link)?;
        ensure!(answered(Op::Claim, awaiting, &request(&mut wire, &req).await?)? == Outcome::Done, "not claimed");
        Ok((secret, link))
    }

    /// By a new connection: HELLO, Status, and the answer is the one it should be.
    pub(crate) async fn asks(&self) -> Result<()> {
        let asks = async {
            let mut wire = Wire::from(HOME, self.address).await?;
            let (req, awaiting) = self.phone.status(&hello(&mut wire).await?)?;
            let outcome = answered(Op::Status, awaiting, &request(&mut wire, &req).await?)?;
            ensure!(outcome == Outcome::Done, "{outcome:?}");
            Ok(())
        };
        timeout(PATIENCE, asks).await?
    }

    /// Whether the door opens.
    pub(crate) async fn open(&mut self) -> Result<bool> {
        self.number += 1;
        let mut wire = Wire::from(HOME, self.address).await?;
        let (req, awaiting) = self.phone.open(&hello(&mut wire).await?, self.number)?;
        let outcome = answered(Op::Open, awaiting, &request(&mut wire, &req).await?)?;
        Ok(matches!(outcome, Outcome::Opened { .. }))
    }
}

/// A fresh HELLO.
pub(crate) async fn hello(wire: &mut Wire) -> Result<Hello> {
    match wire.post("/v1/hello", &[]).await? {
        (200, hello) => Ok(Hello::parse(&hello)?),
        (status, _) => bail!("no HELLO but {status}"),
    }
}

/// The answer to a REQ.
pub(crate) async fn request(wire: &mut Wire, req: &[u8]) -> Result<Vec<u8>> {
    match wire.post("/v1/request", req).await? {
        (200, res) => Ok(res),
        (status, _) => bail!("no answer but {status}"),
    }
}

/// How an answer says that it went.
pub(crate) fn answered(op: Op, awaiting: Awaiting, res: &[u8]) -> Result<Outcome> {
    Ok(Answer::parse(op, &awaiting.open(res)?).ok().context("no answer")?.outcome)
}
