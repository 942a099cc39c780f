//! Every row there can be: its part, what is measured, and how far from its limit it may be. A part that was measured has
//! all of its rows, or the run fails.

/// A row before it was measured.
#[derive(Debug, PartialEq)]
pub(crate) struct Goal {
    pub(crate) part: &'static str,
    pub(crate) name: &'static str,
    pub(crate) bound: Bound,
}

/// How many times its limit a figure may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Bound {
    Most(f64),
    Least(f64),
}

impl Bound {
    pub(crate) fn holds(self, ratio: f64) -> bool {
        match self {
            Self::Most(most) => ratio <= most,
            Self::Least(least) => ratio >= least,
        }
    }

    pub(crate) fn text(self) -> String {
        match self {
            Self::Most(most) => format!("≤ {most}"),
            Self::Least(least) => format!("≥ {least}"),
        }
    }
}

macro_rules! goals {
    ($($part:literal { $($row:ident: $name:literal $bound:ident $ratio:literal;)+ })+) => {
        $($(pub(crate) const $row: Goal = Goal { part: $part, name: $name, bound: Bound::$bound($ratio) };)+)+
        /// All of them, in the order of the table.
        pub(crate) const ALL: &[&Goal] = &[$($(&$row),+),+];
    };
}

goals! {
"memory" {
    HELLOS_ALONE: "memory after 1,000,000 HELLOs, the judgement" Most 1.05;
    HELLOS: "memory after 2,000,000 HELLOs, the program" Most 1.05;
}
"idle" {
    IDLE: "memory of an idle core" Most 1.5;
    IDLE_LARGE: "the same with 100,000 keys and 1,000,000 rows of activity" Most 1.2;
}
"opening" {
    GUEST_BYTES: "HELLO + REQ + RES of a guest's opening" Most 1.0;
    MANAGER_BYTES: "HELLO + REQ + RES of a manager's opening" Most 1.0;
    TRIPS: "requests from tap to opened, HELLO at hand" Most 1.0;
    WARM_MANAGER: "warm opening, a manager's" Most 1.3;
    WARM_GUEST: "warm opening, a guest's" Most 1.3;
}
"lists" {
    HOME_GUEST: "Home of a guest with 1,000 keys" Most 1.5;
    HOME_MANAGER: "Home of a manager with 1,000 keys" Most 1.5;
    START: "start-up to Home, 100,000 keys and 1,000,000 rows of activity" Most 1.5;
    HOME_LARGE: "Home with as much" Most 1.2;
    KEYS: "a page of KEYS among 100,000" Most 1.2;
    KEYS_NEXT: "its next page" Most 1.2;
    SEARCH: "a search for one of 100,000" Most 1.2;
    ACTIVITY: "a page of RECENT ACTIVITY among 1,000,000" Most 1.2;
    ACTIVITY_DEEP: "its page after 1,000" Most 1.2;
    SAVE: "a key saved among 100,000" Most 1.2;
}
"load" {
    BESIDE_IDLE: "good request beside 200 idle connections" Most 5.0;
    BESIDE_BUSY: "beside 200 busy connections" Most 5.0;
    BESIDE_GARBAGE: "beside garbage" Most 5.0;
    BESIDE_LARGE: "beside what is too large" Most 5.0;
    BESIDE_FORGED: "beside wrong proofs" Most 5.0;
    BESIDE_REPLAYED: "beside replays" Most 5.0;
    BESIDE_SLOW: "beside 512 slow senders" Most 5.0;
    BESIDE_GUEST: "beside a guest hammering" Most 5.0;
    ANSWERED: "good requests answered and right, beside all of these" Least 1.0;
    FLOODED_MEMORY: "memory of the intercom after all of these" Most 1.05;
    FLOODED_LOG: "entries of the log by who has no key" Most 1.0;
    FLOODED_DISK: "bytes on its disk after all of these" Most 1.0;
    CHECKS_STRANGERS: "signatures checked for wrong proofs, a source" Most 1.0;
    CHECKS_GUEST: "signatures checked for a guest hammering" Most 1.0;
    OPENS: "openings per second" Least 0.6;
}
"bluetooth" {
    AIR_COLD: "opening over Bluetooth, no link yet" Most 1.1;
    AIR_WARM: "opening over Bluetooth, link up" Most 1.5;
    RACE: "opening by both ways" Most 1.05;
}
}
