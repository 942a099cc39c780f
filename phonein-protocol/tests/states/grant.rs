//! Grants as small values, and the bytes they stand for.

use crate::cast::{self, KEY, T0, TICK_SECONDS};
use phonein_protocol::{
    grant::{About, Grant as Signed, SignedGrant, Terms},
    id::{Commitment, Doors, LinkSecret},
    rule::Rule,
};
use std::sync::LazyLock;

/// What a manager signed. Everything in it is in the real grant too, so that nothing has to be remembered beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Grant {
    pub version: u8,
    /// The newest version its author knew to be at the intercom.
    pub base: u8,
    pub author: u8,
    /// Counts all changes in a scene: in the real grant the time of issue.
    pub change: u8,
    /// Which secret claims it.
    pub link: u8,
    pub revoked: bool,
    /// The changes its author had seen, a bit each. Only properties look at it; in the real grant it is the category.
    pub seen: u16,
}

/// What every grant in a scene allows.
#[derive(Clone, Copy, Debug)]
pub struct Allows {
    /// For each door.
    pub uses: u8,
    /// The tick from which on it opens.
    pub opens_at: u8,
}

const LINKS: u8 = 12;

static COMMITMENTS: LazyLock<Vec<Commitment>> =
    LazyLock::new(|| (0..LINKS).map(|link| secret(link).commitment()).collect());

pub fn secret(link: u8) -> LinkSecret {
    LinkSecret([link; 16])
}

impl Grant {
    pub fn first(author: u8) -> Self {
        Self { version: 1, base: 0, author, change: 0, link: 0, revoked: false, seen: 1 }
    }

    /// As it travels.
    pub fn signed(self, allows: Allows) -> SignedGrant {
        let rule = match allows.opens_at {
            0 => Rule::Always,
            tick => Rule::between(T0 + i64::from(tick) * TICK_SECONDS, T0 + 1_000_000).unwrap(),
        };
        let terms = Terms {
            claim_by: T0 + 1_000_000,
            rule,
            uses: Some(allows.uses.into()),
            doors: Doors::BOTH,
            commitment: COMMITMENTS[usize::from(self.link)],
        };
        let grant = Signed {
            key: KEY,
            version: self.version.into(),
            base: self.base.into(),
            issued: self.change.into(),
            terms: (!self.revoked).then_some(terms),
            about: About { category: Some(self.seen.into()), ..About::default() },
        };
        // A signature that names its maker stands for one that only the maker can make.
        SignedGrant::new(grant, cast::manager(self.author).kid, [self.author; 64])
    }

    /// What the bytes say.
    pub fn read(signed: &SignedGrant) -> Self {
        let grant = signed.grant();
        let small = |number: u64| u8::try_from(number).unwrap();
        let link = |commitment| COMMITMENTS.iter().position(|other| *other == commitment).unwrap();
        Self {
            version: small(grant.version),
            base: small(grant.base),
            author: cast::author(signed.signer()),
            change: u8::try_from(grant.issued).unwrap(),
            link: grant.terms.as_ref().map_or(0, |terms| small(link(terms.commitment) as u64)),
            revoked: grant.terms.is_none(),
            seen: u16::try_from(grant.about.category.unwrap()).unwrap(),
        }
    }

    /// What a manager's phone expects of the intercom: whether this edit may take the place of `stored`.
    pub fn may_replace(self, stored: Self) -> bool {
        self.version > stored.version && (self.base >= stored.version || self.author == stored.author)
    }
}
