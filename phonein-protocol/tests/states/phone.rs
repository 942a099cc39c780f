//! A guest's phone: what it sends when, and what it may believe (docs/protocol.md, section 3).

use crate::{grant::Grant, mistake::Mistake};
use phonein_protocol::message::Outcome;

/// Ticks a frame may be on the way.
pub const WAY: u8 = 1;
/// Ticks after the tap until which its frames are sealed.
const SEALING: u8 = 1;
/// Ticks after the tap until it is over.
const OVER: u8 = 3;

/// What a tap asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Op {
    Open,
    Claim,
    ClaimAndOpen,
}

/// How a tap ended, as far as its person is told. All refusals are one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Word {
    Opened,
    Claimed,
    Refused,
    NumberUsed,
    Interrupted,
    DoorFault,
    /// Not the intercom's: what a phone makes of a Status that does not know the tap.
    NeverArrived,
}

impl From<Outcome> for Word {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Opened { .. } => Self::Opened,
            Outcome::Done => Self::Claimed,
            Outcome::NumberUsed { .. } => Self::NumberUsed,
            Outcome::Interrupted => Self::Interrupted,
            Outcome::DoorFault => Self::DoorFault,
            _ => Self::Refused,
        }
    }
}

/// A tap that its phone has in hand, or does not know the end of.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Tap {
    pub number: u8,
    pub op: Op,
    pub door: u8,
    /// The link as it was at the tap: every frame of a tap carries the same body.
    pub link: Grant,
    pub at: u8,
    pub sent: u8,
    /// Its person gave up, or the app was killed.
    pub cancelled: bool,
    pub settled: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Guest {
    pub link: Grant,
    pub taps: Vec<Tap>,
    pub number: u8,
    pub taps_left: u8,
    pub asks_left: u8,
}

/// An answer on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Reply {
    pub phone: u8,
    /// The phone's number when it sealed the request.
    pub number: u8,
    pub sealed_at: u8,
    pub said: Said,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Said {
    /// To a tap.
    Tap(Word),
    /// To a Status: the last number and how it ended, if there is one.
    Status(Option<(u8, Word)>),
}

impl Tap {
    pub fn is_over(&self, now: u8) -> bool {
        now - self.at >= OVER
    }

    pub fn is_in_hand(&self, now: u8) -> bool {
        !(self.settled || self.cancelled || self.is_over(now))
    }

    /// Both transports, another try, or a press on the same door.
    pub fn may_send(&self, now: u8, copies: u8, mistake: Mistake) -> bool {
        let may_join = self.is_in_hand(now) || self.settled && mistake == Mistake::PressJoinsAnswered;
        let may_seal = now - self.at <= SEALING || mistake == Mistake::SealedToTheEnd;
        may_join && may_seal && self.sent < copies
    }

    /// What an answer tells of this tap.
    fn ending(&self, reply: Reply, now: u8, mistake: Mistake) -> Option<Word> {
        match reply.said {
            Said::Tap(word) => (reply.number == self.number).then_some(word),
            // It speaks only of taps made before it was sealed.
            Said::Status(_) if reply.number < self.number => None,
            Said::Status(Some((number, word))) if number == self.number => Some(word),
            Said::Status(_) => {
                let is_late_enough = match mistake {
                    Mistake::StatusTooEarly => true,
                    Mistake::StatusByWhenHeard => self.is_over(now),
                    _ => self.is_over(reply.sealed_at),
                };
                is_late_enough.then_some(Word::NeverArrived)
            }
        }
    }
}

impl Guest {
    pub fn may_tap(&self, door: u8, now: u8, mistake: Mistake) -> bool {
        let lets_go = |tap: &Tap| match mistake {
            Mistake::OtherDoorAtOnce => tap.settled || tap.door != door,
            Mistake::NoStatusBeforeNext => !tap.is_in_hand(now),
            _ => tap.settled,
        };
        self.taps_left > 0 && self.taps.iter().all(lets_go)
    }

    pub fn tap(&mut self, op: Op, door: u8, now: u8) {
        self.number += 1;
        self.taps_left -= 1;
        self.taps.retain(|tap| !tap.settled);
        let (number, link) = (self.number, self.link);
        self.taps.push(Tap { number, op, door, link, at: now, sent: 0, cancelled: false, settled: false });
    }

    /// A Status waits for a tap in hand.
    pub fn may_ask(&self, now: u8) -> bool {
        let is_one_open = self.taps.iter().any(|tap| !tap.settled);
        self.asks_left > 0 && is_one_open && self.taps.iter().all(|tap| !tap.is_in_hand(now))
    }

    pub fn waits_for(&self, reply: Reply) -> bool {
        self.taps.iter().any(|tap| !tap.settled && tap.number <= reply.number)
    }

    /// Which taps an answer ends, and how.
    pub fn hear(&mut self, reply: Reply, now: u8, mistake: Mistake) -> Vec<(u8, Word)> {
        let open = self.taps.iter_mut().filter(|tap| !tap.settled);
        let ended = open.filter_map(|tap| {
            let word = tap.ending(reply, now, mistake)?;
            tap.settled = true;
            Some((tap.number, word))
        });
        ended.collect()
    }
}
