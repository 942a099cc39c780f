//! The program's end of the control socket.

use super::{Ask, SOCKET, Said};
use crate::judge::Judge;
use std::{
    fs, io,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    time::Duration,
};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{UnixListener, UnixStream},
    task::JoinSet,
    time::{sleep, timeout},
};

/// So many speak at once.
const SPEAKERS: usize = 8;
/// The longest question.
const MAX_ASK: u64 = 1_024;
/// Each question and its answer take no longer.
const PATIENCE: Duration = Duration::from_secs(10);

/// The socket, removed when this is dropped.
#[derive(Debug)]
pub(crate) struct ControlSocket {
    listener: UnixListener,
    path: PathBuf,
}

impl ControlSocket {
    /// Binds it. The store's lock is held by now, so a socket that is found there is nobody's.
    pub(crate) fn bind(directory: &Path) -> io::Result<Self> {
        let path = directory.join(SOCKET);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let listener = UnixListener::bind(&path)?;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600))?;
        Ok(Self { listener, path })
    }

    /// Answers until it is dropped, and whoever speaks with it.
    pub(crate) async fn serve(&self, judge: Judge) {
        let mut speakers = JoinSet::new();
        loop {
            while speakers.len() >= SPEAKERS {
                speakers.join_next().await;
            }
            let Ok((stream, _)) = self.listener.accept().await else {
                sleep(Duration::from_millis(100)).await;
                continue;
            };
            while speakers.try_join_next().is_some() {}
            let judge = judge.clone();
            speakers.spawn(async move { speak(stream, &judge).await });
        }
    }
}

impl Drop for ControlSocket {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

async fn speak(stream: UnixStream, judge: &Judge) -> io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut read = BufReader::new(read);
    loop {
        let mut line = Vec::new();
        let got = timeout(PATIENCE, (&mut read).take(MAX_ASK).read_until(b'\n', &mut line)).await??;
        if got == 0 {
            return Ok(());
        }
        let said = match serde_json::from_slice::<Ask>(&line) {
            Ok(ask) => judge.control(ask).await,
            Err(_) => Said::refused("not understood"),
        };
        let mut answer = serde_json::to_vec(&said)?;
        answer.push(b'\n');
        timeout(PATIENCE, write.write_all(&answer)).await??;
    }
}
