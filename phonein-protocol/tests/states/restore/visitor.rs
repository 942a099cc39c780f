//! A manager's phone that reads and puts again.

use crate::{
    device::Stored,
    grant::Grant,
    manager::{View, Wallet},
    mistake::Mistake,
};
use phonein_protocol::message::PutVerdict;

/// The change that a deletion is which a phone signs because it knows the key to be deleted.
const KNOWN_DELETION: u8 = 15;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Visitor {
    pub wallet: Wallet,
    /// Must be put again.
    due: bool,
    /// The log as this phone last read it.
    read: Vec<u8>,
    /// What Keys showed, and the log's head that came with it: counts once the log is read past that head.
    shown: Option<(Stored, Vec<u8>)>,
    /// Nothing was in the log after that head.
    current: bool,
}

impl Visitor {
    pub fn new(wallet: Wallet, read: Vec<u8>) -> Self {
        Self { wallet, due: false, read, shown: None, current: true }
    }

    pub fn has_read(&self, log: &[u8]) -> bool {
        self.read == log && self.current
    }

    pub fn may_read_log(&self) -> bool {
        self.shown.is_some()
    }

    pub fn to_put(&self) -> Option<Grant> {
        let Wallet { me, known, seen, .. } = self.wallet;
        match self.wallet.view {
            View::Known(grant) if self.due || self.wallet.fresh => Some(grant),
            View::Deleted { .. } if self.due => Some(Grant {
                version: known + 1,
                base: known,
                author: me,
                change: KNOWN_DELETION,
                link: 0,
                revoked: true,
                seen,
            }),
            _ => None,
        }
    }

    pub fn read_keys(&mut self, key: Stored, log: &[u8], mistake: Mistake) {
        self.shown = Some((key, log.to_vec()));
        if mistake == Mistake::AnswersCountAtOnce {
            self.take_over(key);
        }
    }

    pub fn read_log(&mut self, log: &[u8], mistake: Mistake) -> Option<()> {
        let (key, head) = self.shown.take()?;
        let on_it = |head: &[u8]| match mistake {
            Mistake::HeadByNumber => head.len() <= log.len(),
            _ => log.starts_with(head),
        };
        let counts = on_it(&head) || mistake == Mistake::KeysCountWithAnyLog;
        if !on_it(&self.read) || !counts {
            self.due = match mistake {
                Mistake::NothingAgain => false,
                Mistake::OthersDeletionsLeft => self.wallet.view != View::Deleted { mine: false },
                _ => true,
            };
        }
        self.read = log.to_vec();
        self.current = head == log;
        if counts {
            self.take_over(key);
        }
        Some(())
    }

    fn take_over(&mut self, key: Stored) {
        self.wallet.look(key);
        let is_there = match (self.wallet.view, key) {
            (View::Known(mine), Stored::Known(stored)) => mine.change == stored.change,
            (View::Deleted { .. }, Stored::Deleted) | (View::Unknown, _) => true,
            _ => false,
        };
        if is_there {
            (self.due, self.wallet.fresh) = (false, false);
        }
    }

    /// What was at the intercom once and is refused now, is signed anew, on the version that is there. Whether its signer
    /// was no manager any more.
    pub fn hear(&mut self, put: Grant, verdict: &PutVerdict, key: Stored, mistake: Mistake) -> bool {
        let lower = match key {
            Stored::Known(stored) if stored.version < put.version && !self.wallet.fresh => Some(stored),
            _ => None,
        };
        let (base, seen) = match (verdict, lower) {
            (PutVerdict::NotAManager, _) if mistake != Mistake::NotSignedAnew => (put.base, put.seen),
            (PutVerdict::Superseded(_), Some(stored)) if mistake != Mistake::SignedAnewOldBase => {
                (stored.version, put.seen | stored.seen)
            }
            _ => return false,
        };
        self.wallet.view = View::Known(Grant { author: self.wallet.me, base, seen, ..put });
        *verdict == PutVerdict::NotAManager
    }
}
