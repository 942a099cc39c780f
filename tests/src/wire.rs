//! HTTP as bytes on a socket, from any address of loopback: for whoever does what no phone does, and for many at once.

use anyhow::{Context, Result, ensure};
use std::net::SocketAddr;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpSocket, TcpStream};

/// The longest body that an intercom sends.
const MOST: usize = 4_096;

/// A connection that is kept until the other end closes it.
pub struct Wire(BufReader<TcpStream>);

impl Wire {
    /// Connects from this address, as another phone would.
    pub async fn from(source: [u8; 4], to: SocketAddr) -> Result<Self> {
        let socket = TcpSocket::new_v4()?;
        socket.bind(SocketAddr::from((source, 0)))?;
        let stream = socket.connect(to).await?;
        stream.set_nodelay(true)?;
        Ok(Self(BufReader::new(stream)))
    }

    /// Sends bytes as they are.
    pub async fn say(&mut self, bytes: &[u8]) -> Result<()> {
        Ok(self.0.get_mut().write_all(bytes).await?)
    }

    /// The next answer: its status and its body.
    pub async fn answer(&mut self) -> Result<(u16, Vec<u8>)> {
        let (mut status, mut length) = (None, 0);
        loop {
            let mut line = String::new();
            ensure!(self.0.read_line(&mut line).await? > 0, "the other end has closed");
            let line = line.trim_end().to_ascii_lowercase();
            if line.is_empty() {
                break;
            } else if status.is_none() {
                status = line.split(' ').nth(1).and_then(|status| status.parse().ok());
            } else if let Some(told) = line.strip_prefix("content-length:") {
                length = told.trim().parse()?;
            }
        }
        ensure!(length <= MOST, "an answer of {length} bytes");
        let mut body = vec![0; length];
        self.0.read_exact(&mut body).await?;
        Ok((status.context("no status")?, body))
    }

    /// A request and its answer.
    pub async fn post(&mut self, path: &str, body: &[u8]) -> Result<(u16, Vec<u8>)> {
        self.say(&post(path, body)).await?;
        self.answer().await
    }

    /// Waits until the other end closes, and forgets what it says until then.
    pub async fn closed(&mut self) {
        let mut heard = [0; 1_024];
        while matches!(self.0.read(&mut heard).await, Ok(1..)) {}
    }
}

/// A request as its bytes.
pub fn post(path: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("POST {path} HTTP/1.1\r\nHost: door\r\nContent-Length: {}\r\n\r\n", body.len());
    [head.as_bytes(), body].concat()
}
