//! The sub-commands' end of the control socket.

use super::{Ask, MAX_LINE, SOCKET, Said, print};
use crate::code::card;
use anyhow::{Context, bail, ensure};
use phonein_protocol::message::Head;
use std::{
    io::{BufRead, BufReader, Read, Write},
    os::unix::net::UnixStream,
    path::Path,
    time::Duration,
};

/// A reset may have to wait for the disk.
const PATIENCE: Duration = Duration::from_secs(20);

/// A connection to the running program.
struct Running(BufReader<UnixStream>);

impl Running {
    fn reach(directory: &Path) -> anyhow::Result<Self> {
        let path = directory.join(SOCKET);
        let stream = UnixStream::connect(&path)
            .with_context(|| format!("no phonein-intercom runs with --data {}", directory.display()))?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        Ok(Self(BufReader::new(stream)))
    }

    fn ask(&mut self, ask: Ask) -> anyhow::Result<Said> {
        let mut line = serde_json::to_vec(&ask)?;
        line.push(b'\n');
        self.0.get_mut().write_all(&line)?;
        let mut answer = String::new();
        (&mut self.0).take(MAX_LINE).read_line(&mut answer)?;
        match serde_json::from_str(&answer).context("the program gave no answer")? {
            Said::Refused { why } => bail!(why),
            said => Ok(said),
        }
    }
}

/// Asks one thing and gives what people see of the answer.
pub(crate) fn ask(directory: &Path, ask: Ask) -> anyhow::Result<String> {
    Ok(match Running::reach(directory)?.ask(ask)? {
        Said::Code { uuid, url } => card(&uuid, url.as_deref()),
        Said::Status(status) => print::status(&status),
        _ => String::new(),
    })
}

/// The status as one line of JSON.
pub(crate) fn status_json(directory: &Path) -> anyhow::Result<String> {
    match Running::reach(directory)?.ask(Ask::Status)? {
        Said::Status(status) => Ok(serde_json::to_string(&status)? + "\n"),
        _ => bail!("the program gave another answer"),
    }
}

/// Prints the log, page by page, and checks that each entry names the one before. An error says where it does not.
pub(crate) fn log(directory: &Path, out: &mut impl Write) -> anyhow::Result<()> {
    let mut running = Running::reach(directory)?;
    let mut head = Head::EMPTY;
    loop {
        let Said::Log(page) = running.ask(Ask::Log { after: head.number })? else {
            bail!("the program gave another answer");
        };
        let entries: Vec<_> = page.entries.iter().map(hex::decode).collect::<Result<_, _>>()?;
        if entries.is_empty() {
            let claimed = (page.head_number, page.head_hash);
            ensure!(
                claimed == (head.number, hex::encode(head.hash)),
                "the log is broken: it ends with entry {}, the intercom had written {}",
                head.number,
                claimed.0
            );
            writeln!(out, "The log is whole up to entry {}.", head.number)?;
            return Ok(());
        }
        head = print::entries(head, &entries, out)?;
    }
}
