//! One key in a manager's wallet: what is known to be at the intercom, this phone's own change that waits, and what the
//! intercom's words do to both. Pure.

use super::Problem;
use phonein_protocol::{
    grant::{Grant, SignedGrant},
    id::{Commitment, Kid},
    message::{KeyState, PutVerdict},
};

/// What is known to be at the intercom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Theirs {
    /// Nothing, as far as this phone knows.
    Nothing,
    /// This grant.
    Grant(SignedGrant),
    /// The key is deleted for good.
    Deleted,
}

/// One key as a manager's phone knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ledger {
    /// What is known to be at the intercom.
    pub theirs: Theirs,
    /// This phone's own change that the intercom does not know yet.
    pub mine: Option<SignedGrant>,
    /// Whether `theirs` is to be put again: the intercom may have lost it.
    pub put_again: bool,
    /// Why the intercom will not take `mine`.
    pub problem: Option<Problem>,
    /// Who accepted it.
    pub holder: Option<(Kid, String)>,
    /// How often it opened entrance and inner door.
    pub used: [u64; 2],
    /// The intercom no longer knows who had accepted it.
    pub holder_lost: bool,
    /// What the link's secret fits, while this phone has it.
    pub secret: Option<Commitment>,
}

/// What is to be done after the intercom's word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum After {
    /// Keep the ledger as it is now.
    Keep,
    /// Sign this and put it in the place of what was sent, with [`Ledger::signed_anew`].
    SignAnew(Grant),
    /// The key is gone for good: only its id is kept.
    Gone,
}

impl Ledger {
    /// A key that was just made here.
    pub fn new(mine: SignedGrant) -> Self {
        Self { mine: Some(mine), ..Self::empty() }
    }

    /// A key the intercom has just told of, before [`Ledger::hear`].
    pub fn empty() -> Self {
        Self {
            theirs: Theirs::Nothing,
            mine: None,
            put_again: false,
            problem: None,
            holder: None,
            used: [0; 2],
            holder_lost: false,
            secret: None,
        }
    }

    /// The grant known to be at the intercom.
    pub fn stored(&self) -> Option<&SignedGrant> {
        match &self.theirs {
            Theirs::Grant(grant) => Some(grant),
            Theirs::Nothing | Theirs::Deleted => None,
        }
    }

    /// What people are shown: this phone's own change, or what is at the intercom. `None` only where both are deletions.
    pub fn shown(&self) -> Option<&SignedGrant> {
        self.mine.as_ref().filter(|mine| mine.grant().terms.is_some()).or(self.stored())
    }

    /// Whether this phone wants the key deleted.
    pub fn is_deletion(&self) -> bool {
        self.mine.as_ref().is_some_and(|mine| mine.grant().terms.is_none())
    }

    /// Another manager's change stands where this phone's would go, so that a person must say which counts.
    pub fn is_overtaken(&self) -> bool {
        let Some(mine) = self.mine.as_ref().filter(|_| !self.is_deletion()) else { return false };
        match &self.theirs {
            Theirs::Nothing => false,
            Theirs::Deleted => true,
            Theirs::Grant(theirs) => !mine.grant().may_replace(theirs.grant(), mine.signer() == theirs.signer()),
        }
    }

    /// What is to be put at the intercom next, if anything.
    pub fn to_put(&self) -> Option<&SignedGrant> {
        if self.put_again {
            return self.stored();
        }
        self.mine.as_ref().filter(|_| self.problem.is_none() && !self.is_overtaken())
    }

    /// What the intercom said to `sent`. Call it once a Log read has passed through the head that came with the word.
    pub fn judge(&mut self, sent: &SignedGrant, verdict: &PutVerdict) -> After {
        let is = |grant: Option<&SignedGrant>| grant.is_some_and(|grant| grant.payload() == sent.payload());
        let (was_again, was_mine) = (self.put_again && is(self.stored()), is(self.mine.as_ref()));
        match verdict {
            PutVerdict::Stored => {
                self.put_again = false;
                self.take(sent.clone());
            }
            PutVerdict::Superseded(bytes) => {
                // An intercom that answers nonsense changes nothing.
                let Ok(stored) = SignedGrant::parse(bytes) else { return After::Keep };
                if stored.grant().key != sent.grant().key {
                    return After::Keep;
                }
                if was_again && stored.grant().version < sent.grant().version {
                    return After::SignAnew(Grant { base: stored.grant().version, ..sent.grant().clone() });
                }
                self.put_again = false;
                self.take(stored);
            }
            PutVerdict::Deleted => {
                self.put_again = false;
                self.theirs = Theirs::Deleted;
            }
            PutVerdict::NotAManager if was_again || was_mine => return After::SignAnew(sent.grant().clone()),
            PutVerdict::NotAManager => {}
            PutVerdict::TooNew | PutVerdict::Malformed => {
                if was_mine {
                    let too_new = *verdict == PutVerdict::TooNew;
                    self.problem = Some(if too_new { Problem::TooNew } else { Problem::Malformed });
                }
                self.put_again &= !was_again;
            }
        }
        self.settle()
    }

    /// What Keys said of this key: `None` that it is deleted. Call it once a Log read has passed through the head that
    /// came with the word.
    pub fn hear(&mut self, state: Option<&KeyState>) -> After {
        let Some(KeyState { grant, holder, used }) = state else {
            self.put_again = false;
            self.theirs = Theirs::Deleted;
            return self.settle();
        };
        let Ok(grant) = SignedGrant::parse(grant) else { return After::Keep };
        let same_link = self.stored().is_some_and(|stored| commitment(stored) == commitment(&grant));
        let lost = self.holder.is_some() && holder.is_none() && same_link;
        self.holder_lost = holder.is_none() && (lost || self.holder_lost && same_link);
        // Where the grant is to be put again, the intercom's is not the newest.
        if !self.put_again || self.stored().is_some_and(|stored| stored.payload() == grant.payload()) {
            self.put_again = false;
            self.take(grant);
        }
        self.holder.clone_from(holder);
        self.used = *used;
        if self.holder.is_some() && self.secret.is_some() && self.secret == self.stored().and_then(commitment) {
            self.secret = None;
        }
        self.settle()
    }

    /// Puts `grant`, signed anew, in the place of what was sent.
    pub fn signed_anew(&mut self, sent: &SignedGrant, grant: SignedGrant) {
        if self.mine.as_ref().is_some_and(|mine| mine.payload() == sent.payload()) {
            self.mine = Some(grant);
        } else if self.put_again && self.stored().is_some_and(|stored| stored.payload() == sent.payload()) {
            self.theirs = Theirs::Grant(grant);
        }
    }

    /// This phone's next change, in the place of the one that waits.
    pub fn change(&mut self, mine: SignedGrant) {
        self.mine = Some(mine);
        self.problem = None;
    }

    /// A person chose the other manager's version.
    pub fn drop_mine(&mut self) -> After {
        self.mine = None;
        self.problem = None;
        self.settle()
    }

    /// The intercom has this now.
    fn take(&mut self, grant: SignedGrant) {
        if grant.grant().terms.is_none() {
            self.theirs = Theirs::Deleted;
            return;
        }
        if let Some(old) = self.stored().map(commitment).filter(|old| *old != commitment(&grant)) {
            // A new link frees the old phone, and the old one is dead though a change of one's own still names it.
            self.holder = None;
            self.holder_lost = false;
            self.secret = self.secret.filter(|secret| Some(*secret) != old);
        }
        self.theirs = Theirs::Grant(grant);
    }

    /// A change that has arrived no longer waits, and a secret that fits nothing is erased.
    fn settle(&mut self) -> After {
        let arrived = match (&self.theirs, &self.mine) {
            (Theirs::Grant(theirs), Some(mine)) => theirs.payload() == mine.payload(),
            (Theirs::Deleted, Some(mine)) => mine.grant().terms.is_none(),
            (_, Some(_)) => false,
            (_, None) => true,
        };
        if arrived {
            self.mine = None;
            self.problem = None;
            if self.theirs == Theirs::Deleted {
                return After::Gone;
            }
        }
        let fits = |grant: Option<&SignedGrant>| grant.and_then(commitment) == self.secret;
        if !fits(self.mine.as_ref()) && !fits(self.stored()) {
            self.secret = None;
        }
        After::Keep
    }
}

/// Whose link may claim the key; none of a deletion's.
pub fn commitment(grant: &SignedGrant) -> Option<Commitment> {
    grant.grant().terms.as_ref().map(|terms| terms.commitment)
}
