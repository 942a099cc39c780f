//! The program as it is run: a real process, its disk, its sockets, and phones that speak to it by HTTP.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "only tests")]

mod client;
mod control;
mod crash;
mod device;
mod load;
mod phone;
mod story;
mod transport;
