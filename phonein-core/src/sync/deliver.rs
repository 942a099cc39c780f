//! The outbox: grants go to the intercom, its clock and its zone with them.

use super::{Run, Step, SyncError};
use crate::{
    wallet::{Intercom, Queued, change},
    zone,
};
use phonein_protocol::{
    Time,
    grant::{Grant, SignedGrant},
    message::{Body, Detail},
    session::MAX_BODY,
    zone::ZoneTable,
};

/// More than fit in one body.
const BATCH: u32 = 64;
/// What a Put needs besides grants and zone table.
const FRAME: usize = 64;
/// What a grant needs besides its bytes.
const HEAD: usize = 3;
/// A table that ends sooner is replaced: 9 years.
const ENDS_SOON: Time = 9 * 31_556_952;

impl Run<'_> {
    /// Puts all that waits; an empty Put at least if `always`, since it sets the intercom's clock.
    pub(super) async fn deliver(&mut self, mut always: bool) -> Result<Step, SyncError> {
        loop {
            let now = self.now();
            let intercom = self.intercom().await?;
            let zone = table(&intercom, self.setting.phone_zone, now);
            let grants = self.batch(&intercom, zone.as_ref(), now).await?;
            if grants.is_empty() && !always {
                return Ok(Step::Done);
            }
            always = false;
            let sent_zone = zone.is_some();
            let bytes = grants.iter().map(|grant| grant.bytes().to_vec()).collect();
            let Some(answer) = self.ask_as_manager(Body::Put { grants: bytes, now, zone }).await? else {
                return Ok(Step::Dismissed);
            };
            let Detail::Put(verdicts) = answer.detail else { return Err(SyncError::Nonsense) };
            if verdicts.len() > grants.len() || verdicts.is_empty() != grants.is_empty() {
                return Err(SyncError::Nonsense);
            }
            let differs = answer.clock_differs;
            if differs.is_some() || intercom.clock_ahead.is_some() {
                self.is_news = true;
                self.keep(move |wallet, id| wallet.set_clock_differs(id, differs, now)).await?;
            }
            match self.pass(answer.head).await? {
                Step::Done => {}
                step => return Ok(step),
            }
            self.tried.extend(grants.iter().take(verdicts.len()).map(|grant| grant.bytes().to_vec()));
            self.is_news |= !verdicts.is_empty();
            let words: Vec<_> = grants.into_iter().zip(verdicts).collect();
            for (sent, grant) in self.keep(move |wallet, id| wallet.apply_verdicts(id, &words)).await? {
                let grant = self.sign(&intercom, grant).await?;
                self.keep(move |wallet, id| wallet.signed_anew(id, &sent, &grant)).await?;
            }
            if sent_zone && self.settings().await? == Step::Dismissed {
                return Ok(Step::Dismissed);
            }
        }
    }

    /// As many grants as fit in one body.
    async fn batch(
        &mut self,
        intercom: &Intercom,
        zone: Option<&ZoneTable>,
        now: Time,
    ) -> Result<Vec<SignedGrant>, SyncError> {
        let mut room = MAX_BODY.saturating_sub(FRAME + zone.map_or(0, |zone| zone.to_bytes().len()));
        let mut batch = Vec::new();
        for queued in self.keep(|wallet, id| wallet.outbox(id, BATCH)).await? {
            let grant = match queued {
                Queued::Key { grant, .. } | Queued::Deletion { grant: Some(grant), .. } => grant,
                Queued::Deletion { key, grant: None } => {
                    let deletion = self.sign(intercom, change::delete_known_id(key, now)).await?;
                    let signed = deletion.clone();
                    self.keep(move |wallet, id| wallet.signed_anew(id, &signed, &signed)).await?;
                    deletion
                }
            };
            if self.tried.contains(grant.bytes()) {
                continue;
            }
            let Some(left) = room.checked_sub(grant.bytes().len() + HEAD) else { break };
            room = left;
            batch.push(grant);
        }
        Ok(batch)
    }

    async fn sign(&self, intercom: &Intercom, grant: Grant) -> Result<SignedGrant, SyncError> {
        let text = SignedGrant::text(&grant, intercom.kid, &intercom.public_key);
        let signature = self.contact.sign(text).await?;
        Ok(SignedGrant::new(grant, intercom.kid, signature))
    }
}

/// A newer table of the intercom's zone, where it needs one; of the phone's, where it has none.
fn table(intercom: &Intercom, phone_zone: &str, now: Time) -> Option<ZoneTable> {
    let needs = match &intercom.table {
        None => true,
        Some((tzdb, until)) => *until < now.saturating_add(ENDS_SOON) || tzdb.as_str() < zone::version(),
    };
    let name = intercom.zone.as_deref().filter(|_| intercom.table.is_some()).unwrap_or(phone_zone);
    needs.then(|| zone::table(name, now).ok()).flatten()
}
