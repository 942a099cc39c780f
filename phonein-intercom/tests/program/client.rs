//! HTTP as a phone speaks it, over bare sockets, from any address of this machine.

use rustix::net::{AddressFamily, SocketType, bind, connect, socket};
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, SocketAddrV4, TcpStream},
    time::Duration,
};

pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    /// Whether this is the last one on its connection.
    pub(crate) closes: bool,
}

impl Response {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

/// A connection that is kept.
pub(crate) struct Client(BufReader<TcpStream>);

impl Client {
    pub(crate) fn new(address: SocketAddr) -> Self {
        Self::from_stream(TcpStream::connect(address).unwrap())
    }

    /// From another address of this machine, as another phone would come.
    pub(crate) fn from(source: [u8; 4], address: SocketAddr) -> Self {
        let socket = socket(AddressFamily::INET, SocketType::STREAM, None).unwrap();
        bind(&socket, &SocketAddrV4::new(source.into(), 0)).unwrap();
        connect(&socket, &address).unwrap();
        Self::from_stream(socket.into())
    }

    fn from_stream(stream: TcpStream) -> Self {
        // Longer than the intercom's own patience, and shorter than the life of a connection.
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        stream.set_nodelay(true).unwrap();
        Self(BufReader::new(stream))
    }

    pub(crate) fn post(&mut self, path: &str, body: &[u8]) -> Response {
        self.send(&post(path, body));
        self.receive()
    }

    pub(crate) fn get(&mut self, path: &str) -> Response {
        self.send(format!("GET {path} HTTP/1.1\r\nHost: door\r\n\r\n").as_bytes());
        self.receive()
    }

    pub(crate) fn send(&mut self, bytes: &[u8]) {
        self.0.get_mut().write_all(bytes).unwrap();
    }

    /// The other end may have closed already.
    pub(crate) fn send_if_open(&mut self, bytes: &[u8]) {
        let _ = self.0.get_mut().write_all(bytes);
    }

    pub(crate) fn receive(&mut self) -> Response {
        self.try_receive().expect("the connection ended")
    }

    /// None where the other end has closed instead.
    pub(crate) fn try_receive(&mut self) -> Option<Response> {
        let mut lines = Vec::new();
        loop {
            let mut line = String::new();
            self.0.read_line(&mut line).ok().filter(|bytes| *bytes > 0)?;
            match line.trim_end() {
                "" => break,
                line => lines.push(line.to_owned()),
            }
        }
        let status = lines[0].split(' ').nth(1).unwrap().parse().unwrap();
        let header = |line: &String| line.split_once(": ").map(|(name, value)| (name.to_owned(), value.to_owned()));
        let headers: Vec<_> = lines[1..].iter().filter_map(header).collect();
        let mut response = Response { status, headers, body: Vec::new(), closes: false };
        response.closes = response.header("connection") == Some("close");
        let length = response.header("content-length").map_or(0, |length| length.parse().unwrap());
        response.body = vec![0; length];
        self.0.read_exact(&mut response.body).ok()?;
        Some(response)
    }

    /// Whether the other end has closed, after waiting for it.
    pub(crate) fn is_closed(&mut self) -> bool {
        let mut rest = Vec::new();
        self.0.read_to_end(&mut rest).is_ok()
    }
}

pub(crate) fn post(path: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("POST {path} HTTP/1.1\r\nHost: door\r\nContent-Length: {}\r\n\r\n", body.len());
    [head.as_bytes(), body].concat()
}
