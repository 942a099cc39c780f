//! One rule for a grant, whoever brings it (docs/protocol.md, section 2).

use super::{
    clock::Moment,
    draft::{About, Draft},
    judgement::{Judgement, Signatures},
    store::{Key, KeyRecord, Store},
};
use crate::{
    grant::SignedGrant,
    log::{Changed, Event},
    message::PutVerdict,
};

/// What came of a grant that could be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Learned {
    /// It counts, now or since before.
    Stored,
    /// This one counts, and stays.
    Superseded(SignedGrant),
    /// The key is deleted for good.
    Deleted,
    /// Whoever signs so is no manager now.
    NotAManager,
    /// A manager is named as its signer, who did not sign it.
    BadSignature,
}

impl From<Learned> for PutVerdict {
    fn from(learned: Learned) -> Self {
        match learned {
            Learned::Stored => Self::Stored,
            Learned::Superseded(stored) => Self::Superseded(stored.bytes().to_vec()),
            Learned::Deleted => Self::Deleted,
            // No manager signed it, and signing it anew is what helps.
            Learned::NotAManager | Learned::BadSignature => Self::NotAManager,
        }
    }
}

impl<S: Store> Judgement<S> {
    /// Takes a grant in if it counts; `about` is who brought it and how.
    pub(super) fn learn(
        &self,
        draft: &mut Draft,
        grant: &SignedGrant,
        signatures: &mut dyn Signatures,
        about: About,
        moment: &Moment,
    ) -> Result<Learned, S::Error> {
        let id = grant.grant().key;
        let stored = draft.key(&self.store, id)?;
        // Before anything else: what a removed manager made goes on working until somebody deletes it.
        if let Some(Key::Known(record)) = &stored
            && record.grant.payload() == grant.payload()
        {
            return Ok(Learned::Stored);
        }
        let Some(manager) = self.store.manager(grant.signer())? else { return Ok(Learned::NotAManager) };
        if !signatures.check_grant(grant, &manager.key) {
            return Ok(Learned::BadSignature);
        }
        let key = match stored {
            Some(Key::Deleted) => return Ok(Learned::Deleted),
            _ if grant.grant().terms.is_none() => Key::Deleted,
            None => Key::Known(KeyRecord { grant: grant.clone(), holder: None, used: [0; 2] }),
            Some(Key::Known(record)) if replaces(grant, &record.grant) => {
                // A new link frees the old phone.
                let holder = record.holder.filter(|_| commitment(grant) == commitment(&record.grant));
                Key::Known(KeyRecord { grant: grant.clone(), holder, used: record.used })
            }
            Some(Key::Known(record)) => return Ok(Learned::Superseded(record.grant)),
        };
        let version = grant.grant().version;
        let changed = match key {
            Key::Known(_) => Changed::Grant { version },
            Key::Deleted => Changed::Deletion { version },
        };
        draft.set_key(id, key);
        let about = About { key: Some(id), door: None, ..about };
        draft.log(self.clock.time(moment), about, Event::Changed(changed));
        Ok(Learned::Stored)
    }
}

/// Whether `grant`, by a manager, may take the place of `stored`.
pub(super) fn replaces(grant: &SignedGrant, stored: &SignedGrant) -> bool {
    grant.grant().may_replace(stored.grant(), grant.signer() == stored.signer())
}

/// Whose link may claim the key; none of a deletion's.
pub(super) fn commitment(grant: &SignedGrant) -> Option<crate::id::Commitment> {
    grant.grant().terms.as_ref().map(|terms| terms.commitment)
}
