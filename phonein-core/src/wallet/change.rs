//! The next version of a grant, before it is signed. Pure.

use super::ledger::{Ledger, Theirs, commitment};
use phonein_protocol::{
    Time,
    grant::{About, Grant, Terms},
    id::{Commitment, Doors, KeyId},
    rule::{Rule, Weekly},
    zone::ZoneTable,
};

/// A link that nobody accepts dies so long after the key was made or begins: 30 days.
const CLAIM_WITHIN: Time = 30 * 86_400;
/// The last instant on the wire.
const LAST: Time = (1 << 40) - 1;
/// The most uses on the wire.
const MOST_USES: u64 = (1 << 63) - 1;

/// What a person wants of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Name, category and welcome message.
    pub about: About,
    /// When it opens.
    pub rule: Rule,
    /// How often it opens each door; `None` for any number of times.
    pub uses: Option<u64>,
    /// What it opens.
    pub doors: Doors,
}

/// When and where a change is made.
#[derive(Clone, Copy, Debug)]
pub struct Now<'a> {
    /// This phone's time.
    pub time: Time,
    /// The intercom's zone, where it is known.
    pub zone: Option<&'a ZoneTable>,
}

impl Now<'_> {
    /// The last second of a first claim of a key with that rule.
    fn claim_by(&self, rule: Rule) -> Time {
        let start = match rule {
            Rule::Always => self.time,
            Rule::Between { start, .. } => start,
            Rule::Weekly(Weekly { from, .. }) => {
                let midnight = i64::from(from.days()).saturating_mul(86_400);
                midnight.saturating_sub(self.zone.map_or(0, |zone| zone.offset_at(midnight)).into())
            }
        };
        start.max(self.time).saturating_add(CLAIM_WITHIN).clamp(0, LAST)
    }

    fn issued(&self) -> Time {
        self.time.clamp(0, LAST)
    }
}

/// A new key.
pub fn create(key: KeyId, wanted: Wanted, commitment: Commitment, now: Now<'_>) -> Grant {
    let Wanted { about, rule, uses, doors } = wanted;
    let terms = Terms { claim_by: now.claim_by(rule), rule, uses, doors, commitment };
    Grant { key, version: 1, base: 0, issued: now.issued(), terms: Some(terms), about }
}

/// The same rule as a new key: for someone else, or in the place of a deleted one. `None` if nothing but a deletion is
/// known of the key.
pub fn copy(ledger: &Ledger, key: KeyId, name: Option<String>, commitment: Commitment, now: Now<'_>) -> Option<Grant> {
    let grant = ledger.shown()?.grant();
    let Terms { rule, uses, doors, .. } = *grant.terms.as_ref()?;
    let about = About { name: name.or_else(|| grant.about.name.clone()), ..grant.about.clone() };
    Some(create(key, Wanted { about, rule, uses, doors }, commitment, now))
}

/// The key with what a person wants of it now. While nobody holds it, the link may be accepted for 30 days from now.
pub fn edit(ledger: &Ledger, wanted: Wanted, now: Now<'_>) -> Option<Grant> {
    let shown = ledger.shown()?.grant();
    let Wanted { about, rule, uses, doors } = wanted;
    let terms = shown.terms.as_ref()?;
    let (claim_by, commitment) = (claim_by(ledger, terms, rule, now), link(ledger, terms));
    let terms = Terms { claim_by, rule, uses, doors, commitment };
    Some(next(ledger, shown, Some(terms), about, now))
}

/// A new link for the same key: the phone that has it is freed, the old link stays dead. `more` uses are added to those
/// spent, for a key that is used up.
pub fn reissue(ledger: &Ledger, commitment: Commitment, more: Option<u64>, now: Now<'_>) -> Option<Grant> {
    let shown = ledger.shown()?.grant();
    let terms = shown.terms.as_ref()?;
    let [entrance, inner] = ledger.used;
    let raised = more.map(|more| entrance.max(inner).saturating_add(more).clamp(1, MOST_USES));
    let uses = terms.uses.map(|uses| raised.unwrap_or(uses));
    let terms = Terms { claim_by: now.claim_by(terms.rule), uses, commitment, ..terms.clone() };
    Some(next(ledger, shown, Some(terms), shown.about.clone(), now))
}

/// One use more, for one that was spent while the power failed. `None` where uses are not counted.
pub fn give_back(ledger: &Ledger, now: Now<'_>) -> Option<Grant> {
    let shown = ledger.shown()?.grant();
    let terms = shown.terms.as_ref()?;
    let uses = terms.uses?.saturating_add(1).min(MOST_USES);
    let (claim_by, commitment) = (claim_by(ledger, terms, terms.rule, now), link(ledger, terms));
    let terms = Terms { uses: Some(uses), claim_by, commitment, ..terms.clone() };
    Some(next(ledger, shown, Some(terms), shown.about.clone(), now))
}

/// The end of the key.
pub fn delete(ledger: &Ledger, now: Now<'_>) -> Option<Grant> {
    let shown = ledger.shown()?.grant();
    Some(next(ledger, shown, None, About::default(), now))
}

/// A deletion of a key of which only the id is known.
pub fn delete_known_id(key: KeyId, now: Time) -> Grant {
    Grant { key, version: 1, base: 0, issued: now.clamp(0, LAST), terms: None, about: About::default() }
}

/// This phone's version on top of the other manager's: KEEP MINE. `None` if there is nothing to keep, or if the key was
/// deleted, which [`copy`] answers with a new key.
pub fn keep_mine(ledger: &Ledger, now: Now<'_>) -> Option<Grant> {
    let Theirs::Grant(_) = &ledger.theirs else { return None };
    let mine = ledger.mine.as_ref()?;
    let terms = mine.grant().terms.as_ref()?;
    let (claim_by, commitment) = (claim_by(ledger, terms, terms.rule, now), link(ledger, terms));
    let terms = Terms { claim_by, commitment, ..terms.clone() };
    Some(next(ledger, mine.grant(), Some(terms), mine.grant().about.clone(), now))
}

/// The link of a version that follows the one with these terms. On top of another manager's that has overtaken it: a new link
/// of one's own, if it was never at the intercom, since the other version was made of what this one was made of. Else the
/// other's: a link that was replaced there stays dead.
fn link(ledger: &Ledger, terms: &Terms) -> Commitment {
    let (Theirs::Grant(theirs), Some(mine), true) = (&ledger.theirs, &ledger.mine, ledger.is_overtaken()) else {
        return terms.commitment;
    };
    let is_unknown_there = theirs.grant().base <= mine.grant().base;
    let is_own = is_unknown_there && ledger.secret.is_some() && ledger.secret == commitment(mine);
    commitment(theirs).filter(|_| !is_own).unwrap_or(terms.commitment)
}

/// A link that somebody accepted has done its work; otherwise its time begins anew.
fn claim_by(ledger: &Ledger, terms: &Terms, rule: Rule, now: Now<'_>) -> Time {
    if ledger.holder.is_some() { terms.claim_by } else { now.claim_by(rule) }
}

/// Above every version this phone knows, on the newest known to be at the intercom.
fn next(ledger: &Ledger, of: &Grant, terms: Option<Terms>, about: About, now: Now<'_>) -> Grant {
    let base = ledger.stored().map_or(0, |stored| stored.grant().version);
    let waiting = ledger.mine.as_ref().map_or(0, |mine| mine.grant().version);
    let version = base.max(waiting).saturating_add(1);
    Grant { key: of.key, version, base, issued: now.issued(), terms, about }
}
