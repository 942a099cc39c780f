//! A manager's phone: what it knows of the key, and what it signs (docs/protocol.md, sections 2 and 7).

use crate::{device::Stored, grant::Grant};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum View {
    Unknown,
    Known(Grant),
    /// By this phone or by another; of another's only the id is known.
    Deleted {
        mine: bool,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Change {
    Edit,
    Reissue,
    Delete,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Wallet {
    pub me: u8,
    pub view: View,
    /// The view is this phone's own change, and the intercom has not confirmed it.
    pub fresh: bool,
    /// The newest version that it knew to be at the intercom.
    pub known: u8,
    /// The changes it has seen, a bit each.
    pub seen: u16,
    pub changes_left: u8,
}

impl Wallet {
    pub fn may_change(&self) -> bool {
        self.changes_left > 0 && matches!(self.view, View::Known(grant) if !grant.revoked)
    }

    pub fn change(&mut self, change: u8, what: Change) -> Option<Grant> {
        let View::Known(latest) = self.view else { return None };
        self.changes_left -= 1;
        self.seen |= 1 << change;
        let grant = Grant {
            version: latest.version.max(self.known) + 1,
            base: self.known,
            author: self.me,
            change,
            link: if what == Change::Reissue { change } else { latest.link },
            revoked: what == Change::Delete,
            seen: self.seen,
        };
        (self.view, self.fresh) = (View::Known(grant), true);
        Some(grant)
    }

    /// Sees how the key stands. A change of this phone's that cannot count any more is given up for it.
    pub fn look(&mut self, key: Stored) {
        match key {
            Stored::Nothing => {}
            Stored::Deleted => {
                let mine = match self.view {
                    View::Known(grant) => grant.revoked,
                    View::Deleted { mine } => mine,
                    View::Unknown => false,
                };
                (self.view, self.fresh) = (View::Deleted { mine }, false);
            }
            Stored::Known(stored) => {
                self.known = self.known.max(stored.version);
                self.seen |= stored.seen;
                let is_theirs = match self.view {
                    View::Unknown => true,
                    View::Deleted { .. } => false,
                    View::Known(mine) if mine.change == stored.change => true,
                    View::Known(mine) if self.fresh => !mine.revoked && !mine.may_replace(stored),
                    View::Known(mine) => stored.version >= mine.version,
                };
                if is_theirs {
                    (self.view, self.fresh) = (View::Known(stored), false);
                }
            }
        }
    }
}
