//! Pieces of messages, honest ones among any others: a message that comes out is one that somebody sent, or fits its header.
#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use phonein_protocol::{
    fragment::{Reassembler, fragments},
    session::MAX_MESSAGE,
};

#[derive(Arbitrary, Debug)]
enum Step {
    /// A whole message, cut for this MTU.
    Message { bytes: Vec<u8>, mtu: u16 },
    /// One piece of anything.
    Piece(Vec<u8>),
    /// Time goes by.
    Pass(u16),
}

fuzz_target!(|steps: Vec<Step>| {
    let mut reassembler = Reassembler::default();
    let mut now_ms = 0;
    for step in steps {
        match step {
            Step::Message { bytes, mtu } => {
                let Ok(pieces) = fragments(&bytes, mtu.into()) else { continue };
                // What had begun before is over: its first piece does not go on with it.
                let is_clean = reassembler == Reassembler::default();
                let came = pieces.map(|piece| reassembler.push(&piece, now_ms)).last();
                if is_clean {
                    assert_eq!(came, Some(Ok(Some(bytes))));
                }
            }
            Step::Piece(piece) => {
                if let Ok(Some(message)) = reassembler.push(&piece, now_ms) {
                    assert!((1..=MAX_MESSAGE).contains(&message.len()));
                }
            }
            Step::Pass(ms) => {
                now_ms += u64::from(ms);
                let _ = reassembler.check_silence(now_ms);
            }
        }
    }
});
