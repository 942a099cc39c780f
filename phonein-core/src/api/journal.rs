//! The wallet as the book of the taps at one intercom.

use crate::clock::Clock;
use crate::exchange::Via;
use crate::keys::PhoneKey;
use crate::unlock::{Begun, JournalError, Settled, TapJournal, TapRecord, Unheard, Wish};
use crate::wallet::tap::{self, Ending, Tap};
use crate::wallet::{self, IntercomId, Wallet, WalletError as Fault};
use phonein_protocol::message::Answer;
use std::sync::Arc;
use std::time::Duration;
use zeroize::Zeroizing;

/// The taps at one intercom.
pub(super) struct Journal {
    wallet: Arc<Wallet>,
    clock: Arc<dyn Clock>,
    intercom: IntercomId,
}

impl Journal {
    pub(super) fn new(wallet: Arc<Wallet>, clock: Arc<dyn Clock>, intercom: IntercomId) -> Self {
        Self { wallet, clock, intercom }
    }

    fn in_hand(&self, number: u64) -> Result<Tap, Fault> {
        self.wallet.tap_in_hand(self.intercom)?.filter(|tap| tap.number == number).ok_or(Fault::Gone)
    }

    fn record(&self, tap: Tap) -> TapRecord {
        let age_ms = self.clock.now_ms().saturating_sub(tap.started_ms);
        let age = Duration::from_millis(u64::try_from(age_ms).unwrap_or(0));
        TapRecord { number: tap.number, body: Zeroizing::new(tap.body.unwrap_or_default()), age }
    }

    fn begin_tap(&self, wish: &Wish, signer: &PhoneKey) -> Result<Begun, Fault> {
        let (wallet, now_ms) = (&self.wallet, self.clock.now_ms());
        let body = |number| wish.body(number, signer).to_vec();
        match wallet.begin_tap(self.intercom, wish.door(), wish.key(), now_ms, body)? {
            wallet::Begun::New(tap) => {
                wallet.count_frame(self.intercom, tap.number)?;
                Ok(Begun::New(self.record(tap)))
            }
            // One sealed on another phone cannot go on here.
            wallet::Begun::Joins(tap) if tap.body.is_none() => Ok(Begun::Unsettled(self.record(tap))),
            wallet::Begun::Joins(tap) => Ok(Begun::Resumed(self.record(tap))),
            wallet::Begun::Busy(_) => Ok(Begun::Busy),
            wallet::Begun::Unsettled(tap) => Ok(Begun::Unsettled(self.record(tap))),
        }
    }

    fn renumber_tap(&self, number: u64, last: u64, wish: &Wish, signer: &PhoneKey) -> Result<TapRecord, Fault> {
        let (wallet, now_ms) = (&self.wallet, self.clock.now_ms());
        let next = tap::number_after(&self.in_hand(number)?, last, now_ms).ok_or(Fault::Gone)?;
        wallet.renumber_tap(self.intercom, number, next, &wish.body(next, signer))?;
        wallet.count_frame(self.intercom, next)?;
        Ok(self.record(self.in_hand(next)?))
    }

    fn take_answer(&self, number: u64, answer: &Answer, via: Via) -> Result<(), Fault> {
        let (wallet, clock) = (&self.wallet, &self.clock);
        wallet.heard(self.intercom, via, clock.now())?;
        wallet.tap_answered(self.intercom, &self.in_hand(number)?, answer, via, clock.now_ms())
    }

    fn settle(&self, number: u64, settled: Settled, via: Via) -> Result<(), Fault> {
        let tap = self.in_hand(number)?;
        let (tap, ending) = match settled {
            Settled::Answered(outcome) => (tap, Ending::Answered(outcome)),
            Settled::NeverArrived => (tap, Ending::NeverArrived),
            // Nobody will ever know, so there is nothing left to ask, as of a tap that never left.
            Settled::Forgotten => (Tap { frames: 0, ..tap }, Ending::NoAnswer),
        };
        self.wallet.settle_tap(self.intercom, &tap, ending, via, self.clock.now_ms())
    }
}

impl TapJournal for Journal {
    fn begin(&self, wish: &Wish, signer: &PhoneKey) -> Result<Begun, JournalError> {
        self.begin_tap(wish, signer).map_err(|fault| error(&fault))
    }

    fn renumber(&self, number: u64, last: u64, wish: &Wish, signer: &PhoneKey) -> Result<TapRecord, JournalError> {
        self.renumber_tap(number, last, wish, signer).map_err(|fault| error(&fault))
    }

    fn answered(&self, number: u64, answer: &Answer, via: Via) -> Result<(), JournalError> {
        self.take_answer(number, answer, via).map_err(|fault| error(&fault))
    }

    fn unheard(&self, number: u64, ending: Unheard) -> Result<(), JournalError> {
        let ending = match ending {
            Unheard::Unreachable => Ending::Unreachable,
            Unheard::Cancelled => Ending::Cancelled,
            Unheard::NoAnswer => Ending::NoAnswer,
        };
        let ended = |tap| self.wallet.end_tap(self.intercom, &tap, ending, self.clock.now_ms());
        self.in_hand(number).and_then(ended).map_err(|fault| error(&fault))
    }

    fn unsettled(&self) -> Result<Option<TapRecord>, JournalError> {
        let tap = self.wallet.tap_in_hand(self.intercom).map_err(|fault| error(&fault))?;
        Ok(tap.map(|tap| self.record(tap)))
    }

    fn settled(&self, number: u64, settled: Settled, via: Via) -> Result<(), JournalError> {
        self.settle(number, settled, via).map_err(|fault| error(&fault))
    }
}

fn error(fault: &Fault) -> JournalError {
    JournalError { reason: fault.to_string() }
}
