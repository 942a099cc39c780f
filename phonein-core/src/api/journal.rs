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
pub(crate) struct Journal {
    wallet: Arc<Wallet>,
    clock: Arc<dyn Clock>,
    intercom: IntercomId,
}

impl Journal {
    pub(crate) fn new(wallet: Arc<Wallet>, clock: Arc<dyn Clock>, intercom: IntercomId) -> Self {
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

    fn begin_tap(&self, wish: &Wish, signer: &PhoneKey, draft: &mut dyn FnMut(&[u8])) -> Result<Begun, Fault> {
        let (wallet, now_ms) = (&self.wallet, self.clock.now_ms());
        let body = |number| {
            let body = wish.body(number, signer);
            draft(&body);
            body.to_vec()
        };
        match wallet.begin_tap(self.intercom, wish.door(), wish.key(), now_ms, body)? {
            wallet::Begun::New(tap) => Ok(Begun::New(self.record(tap))),
            // One sealed on another phone cannot go on here.
            wallet::Begun::Joins(tap) if tap.body.is_none() => Ok(Begun::Unsettled(self.record(tap))),
            wallet::Begun::Joins(tap) => Ok(Begun::Resumed(self.record(tap))),
            wallet::Begun::Busy(_) => Ok(Begun::Busy),
            wallet::Begun::Unsettled(tap) => Ok(Begun::Unsettled(self.record(tap))),
        }
    }

    fn renumber_tap(&self, number: u64, last: u64, wish: &Wish, signer: &PhoneKey) -> Result<TapRecord, Fault> {
        let (wallet, now_ms) = (&self.wallet, self.clock.now_ms());
        let next = tap::next_number(last.max(number), now_ms).ok_or(Fault::Gone)?;
        wallet.renumber_tap(self.intercom, number, next, &wish.body(next, signer))?;
        Ok(self.record(self.in_hand(next)?))
    }

    fn take_answer(&self, number: u64, answer: &Answer, via: Via) -> Result<(), Fault> {
        self.wallet.tap_answered(self.intercom, &self.in_hand(number)?, answer, via, self.clock.now_ms())
    }

    fn settle(&self, number: u64, settled: Settled, via: Via) -> Result<(), Fault> {
        let ending = match settled {
            Settled::Answered(outcome) => Ending::Answered(outcome),
            Settled::NeverArrived => Ending::NeverArrived,
            // Nobody will ever know, so there is nothing left to ask.
            Settled::Forgotten => Ending::NoAnswer,
        };
        let settle = |tap| self.wallet.settle_tap(self.intercom, &tap, ending, via, self.clock.now_ms());
        match self.in_hand(number).and_then(settle) {
            // Settled meanwhile.
            Err(Fault::Gone) => Ok(()),
            settled => settled,
        }
    }
}

impl TapJournal for Journal {
    fn begin(&self, wish: &Wish, signer: &PhoneKey, draft: &mut dyn FnMut(&[u8])) -> Result<Begun, JournalError> {
        self.begin_tap(wish, signer, draft).map_err(|fault| error(&fault))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::SystemClock;
    use crate::keys::Keystore;
    use crate::keys::software_keys;
    use crate::wallet::tests::{guest, signing_key};
    use phonein_protocol::id::Door;
    use phonein_protocol::message::Outcome;

    #[test]
    fn a_tap_that_was_settled_meanwhile_stays_as_it_was_settled() {
        let directory = tempfile::tempdir().unwrap();
        let (wallet, intercom, _) = guest(directory.path());
        let wallet = Arc::new(wallet);
        let journal = Journal::new(wallet.clone(), Arc::new(SystemClock), intercom);
        let keys = software_keys(directory.path().join("keys").to_string_lossy().into_owned()).unwrap();
        let signer = PhoneKey::new(Keystore::new(keys), "a".into(), signing_key(2).public());
        let wish = Wish::Open { key: None, door: Door::Entrance, held: 0 };
        let Ok(Begun::New(tap)) = journal.begin(&wish, &signer, &mut |_| {}) else { panic!("a tap of its own") };
        let opened = Outcome::Opened { door: Door::Entrance, seconds: 5 };
        journal.answered(tap.number, &opened.into(), Via::Http).unwrap();
        journal.settled(tap.number, Settled::NeverArrived, Via::Http).unwrap();
        assert_eq!(wallet.taps(intercom).unwrap()[0].ending, Some(Ending::Answered(opened)));
        assert!(journal.unsettled().unwrap().is_none());
    }
}
