//! The intercom's end, heard and spoken to fragment by fragment: what phones are owed, and what strangers are not.

mod central;
mod device;
mod line;
mod phone;
mod together;
mod trouble;
