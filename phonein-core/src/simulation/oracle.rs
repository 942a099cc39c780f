//! What must hold whatever happens: kept from what managers signed and what the relays did, never from what the intercom
//! thinks of it.

use super::{rules::opens, tally::Tally};
use crate::exchange::fake::Opening;
use phonein_protocol::{
    Time,
    grant::{Grant, SignedGrant},
    id::{KeyId, Kid},
    intercom::{MemoryStore, Store, store::Key},
    rule::Rule,
};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fmt::Write,
    time::Duration,
};
use tokio::time::Instant;

/// From the press to the last second at which a door may open.
pub(super) const OVER: Duration = Duration::from_secs(10);

#[derive(Default)]
pub(super) struct Oracle {
    managers: BTreeSet<Kid>,
    /// What managers signed, by payload.
    signed: HashMap<Vec<u8>, (Kid, Grant)>,
    /// What was ever stored at the intercom, by payload.
    stored: BTreeSet<Vec<u8>>,
    /// How each key stood when it was last looked at.
    keys: BTreeMap<KeyId, Stands>,
    /// Who was first with each link.
    bound: BTreeMap<(KeyId, [u8; 16]), Kid>,
    opened: BTreeMap<(KeyId, u64), u64>,
    /// Taps that moved a relay.
    taps: BTreeMap<(Kid, u64), Instant>,
    /// Taps of which a person was told that they did not and will not.
    never: BTreeSet<(Kid, u64)>,
    /// When each phone was last pressed.
    pressed: BTreeMap<Kid, Instant>,
    /// What a manager was told is at the intercom.
    confirmed: BTreeMap<KeyId, Confirmed>,
    cursor: u64,
    pub(super) tally: Tally,
    /// All of it, to be compared.
    pub(super) story: String,
    began: Option<Instant>,
}

#[derive(Clone, Debug)]
struct Stands {
    grant: Option<SignedGrant>,
    holder: Option<Kid>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Confirmed {
    Version(u64),
    Deleted,
}

impl Stands {
    /// Of the grant that counts; none of a deleted key.
    fn version(&self) -> Option<u64> {
        self.grant.as_ref().map(|grant| grant.grant().version)
    }
}

impl Confirmed {
    /// Whether a key may still be there after that, in this version.
    fn allows(self, version: u64) -> bool {
        matches!(self, Self::Version(confirmed) if version >= confirmed)
    }
}

impl Oracle {
    /// Goes into the story.
    pub(super) fn tell(&mut self, what: &str) {
        let at = self.began.get_or_insert_with(Instant::now).elapsed();
        let _ = writeln!(self.story, "{at:?} {what}");
    }

    pub(super) fn is_managed_by(&mut self, kid: Kid) {
        self.tell(&format!("{kid:?} manages"));
        self.managers.insert(kid);
    }

    /// A manager signed this.
    pub(super) fn signed(&mut self, grant: &SignedGrant) {
        let Grant { key, version, base, .. } = grant.grant();
        self.tell(&format!("{key:?} {version} on {base} {:?} signed by {:?}", commitment(grant)[0], grant.signer()));
        self.signed.insert(grant.payload().to_vec(), (grant.signer(), grant.grant().clone()));
    }

    /// Whether that was ever at the intercom.
    pub(super) fn was_stored(&self, grant: &SignedGrant) -> bool {
        self.stored.contains(grant.payload())
    }

    /// Somebody presses.
    pub(super) fn pressed(&mut self, kid: Kid) {
        self.pressed.insert(kid, Instant::now());
    }

    /// Whether a relay moved for this phone since.
    pub(super) fn opened_since(&self, kid: Kid, since: Instant) -> bool {
        self.taps.range((kid, 0)..=(kid, u64::MAX)).any(|(_, at)| *at >= since)
    }

    /// A person was told that this tap opened nothing.
    pub(super) fn never_opens(&mut self, kid: Kid, tap: u64) {
        assert!(
            !self.taps.contains_key(&(kid, tap)),
            "told that it did not open, and it had: {kid:?} {tap}\n{}",
            self.story
        );
        self.never.insert((kid, tap));
    }

    /// A manager's phone says that this is at the intercom.
    pub(super) fn confirmed(&mut self, id: KeyId, confirmed: Confirmed) {
        self.tally.count("confirmed");
        let known = self.keys.get(&id);
        let is_so = known.is_some_and(|known| known.version().is_none_or(|version| confirmed.allows(version)));
        assert!(is_so, "{id:?} is said to be {confirmed:?} and is {known:?}");
        self.confirmed.insert(id, confirmed);
    }

    /// Something happened at the intercom, whose computer shows this time.
    pub(super) fn look(&mut self, store: &MemoryStore, time: Time, opening: Option<&Opening>) {
        let Ok(keys) = store.keys_after(self.cursor, usize::MAX);
        for (change, id, key) in keys {
            self.cursor = self.cursor.max(change);
            self.changed(id, key);
        }
        if let Some(opening) = opening {
            self.opens(time, opening);
        }
    }

    fn changed(&mut self, id: KeyId, key: Key) {
        let now = match key {
            Key::Deleted => Stands { grant: None, holder: None },
            Key::Known(record) => Stands { grant: Some(record.grant), holder: record.holder.map(|holder| holder.kid) },
        };
        let version = now.version();
        if let (Some(confirmed), Some(version)) = (self.confirmed.get(&id), version) {
            assert!(confirmed.allows(version), "a confirmed change is lost: {id:?} {confirmed:?} {version:?}");
        }
        let base = now.grant.as_ref().map(|grant| (grant.grant().base, grant.signer(), commitment(grant)[0]));
        self.tell(&format!("{id:?} {version:?} on {base:?} held by {:?}", now.holder));
        if let Some(before) = self.keys.get(&id).cloned() {
            self.check_next(id, &before, &now);
        }
        if let Some(grant) = &now.grant {
            assert!(self.signed.contains_key(grant.payload()), "no manager made {grant:?}");
            self.stored.insert(grant.payload().to_vec());
            if let Some(kid) = now.holder {
                let first = *self.bound.entry((id, commitment(grant))).or_insert(kid);
                assert_eq!(first, kid, "a link was claimed twice: {id:?}\n{}", self.story);
            }
        }
        self.keys.insert(id, now);
    }

    /// Versions only rise, deletion is final, nobody is overwritten unseen, a holder stays until there is a new link.
    fn check_next(&mut self, id: KeyId, before: &Stands, now: &Stands) {
        let (Some(old), Some(new)) = (&before.grant, &now.grant) else {
            self.tally.count("key deleted");
            return assert!(now.grant.is_none(), "a deleted key is back: {id:?}");
        };
        if old.payload() != new.payload() {
            self.tally.count("key changed");
            assert!(new.grant().version > old.grant().version, "a version fell: {old:?} {new:?}");
            let is_seen = new.grant().base >= old.grant().version || new.signer() == old.signer();
            assert!(is_seen, "overwritten unseen: {old:?} {new:?}");
        }
        if commitment(old) == commitment(new) && before.holder.is_some() {
            assert_eq!(before.holder, now.holder, "a holder is gone: {id:?}");
        } else if now.holder.is_some() {
            self.tally.count("claimed");
        }
    }

    fn opens(&mut self, time: Time, opening: &Opening) {
        let Opening { door, at, tap, kid, key } = *opening;
        self.tell(&format!("{time} {door:?} {tap} {kid:?} {key:?}"));
        assert_eq!(self.taps.insert((kid, tap), at), None, "a tap opened twice: {opening:?}");
        assert!(!self.never.contains(&(kid, tap)), "it was said that it would not open: {opening:?}");
        let pressed = self.pressed.get(&kid).expect("nobody pressed");
        assert!(at - *pressed <= OVER, "it opened {:?} after the press: {opening:?}", at - *pressed);
        if self.managers.contains(&kid) {
            return self.tally.count("opened: manager");
        }
        let id = key.expect("a guest opens with a key");
        let stands = &self.keys[&id];
        let grant = stands.grant.as_ref().expect("a deleted key opened");
        assert_eq!(stands.holder, Some(kid), "somebody else's key opened: {opening:?}");
        // What the manager wanted, as it was signed and not as it was stored.
        let (_, wanted) = &self.signed[grant.payload()];
        let terms = wanted.terms.as_ref().expect("a deletion opens nothing");
        assert!(terms.doors.contains(door), "not its door: {opening:?}");
        assert!(opens(&terms.rule, time), "outside its rule at {time}: {opening:?} {:?}", terms.rule);
        let count = self.opened.entry((id, door.number())).or_default();
        *count += 1;
        assert!(terms.uses.is_none_or(|uses| *count <= uses), "{count} openings of {:?}: {opening:?}", terms.uses);
        self.tally.count(match terms.rule {
            Rule::Always => "opened: always",
            Rule::Between { .. } => "opened: between",
            Rule::Weekly(_) => "opened: weekly",
        });
    }
}

fn commitment(grant: &SignedGrant) -> [u8; 16] {
    grant.grant().terms.as_ref().map_or([0; 16], |terms| *terms.commitment.as_bytes())
}
