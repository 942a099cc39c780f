//! What goes wrong with a process or its disk, and where.

use super::dice::Dice;
use std::fmt;
use std::path::Path;
use std::time::Duration;

/// One thing that goes wrong.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Fault {
    /// It is killed after this, whatever it does.
    AnyMoment(Duration),
    /// At a call that writes something (see disk.c).
    AtCall { kind: Kind, at: u64, calls: u64, seed: u64 },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Kill,
    Torn,
    Lost,
    Full,
    Error,
}

impl Fault {
    /// `often` is about how many calls there will be.
    pub(crate) fn roll(dice: &mut Dice, often: u64) -> Self {
        if dice.chance(15) {
            return Self::AnyMoment(Duration::from_micros(dice.roll(150_000)));
        }
        let kind = match dice.roll(10) {
            0..=2 => Kind::Kill,
            3 | 4 => Kind::Torn,
            5..=7 => Kind::Lost,
            8 => Kind::Full,
            _ => Kind::Error,
        };
        let limit = if dice.chance(40) { often / 6 } else { often };
        let calls = if kind == Kind::Error { 1 + dice.roll(2) } else { 1 + dice.roll(30) };
        Self::AtCall { kind, at: 1 + dice.roll(limit), calls, seed: dice.roll(1 << 30) }
    }

    /// Whether the process is meant to live on.
    pub(crate) fn is_survived(self) -> bool {
        matches!(self, Self::AtCall { kind: Kind::Full | Kind::Error, .. })
    }

    /// What the process finds in its environment; `directory` is where its files lie.
    pub(crate) fn environment(self, disk: &Path, directory: &Path) -> Vec<(String, String)> {
        let Self::AtCall { kind, at, calls, seed } = self else { return Vec::new() };
        let calls = if self.is_survived() { calls } else { 1 };
        let set = |name: &str, value: String| (name.to_owned(), value);
        vec![
            set("LD_PRELOAD", disk.to_string_lossy().into_owned()),
            set("PHONEIN_DISK_DIR", directory.to_string_lossy().into_owned()),
            set("PHONEIN_DISK_FAULT", format!("{kind:?}").to_lowercase()),
            set("PHONEIN_DISK_AT", at.to_string()),
            set("PHONEIN_DISK_FOR", calls.to_string()),
            set("PHONEIN_DISK_SEED", seed.to_string()),
        ]
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AnyMoment(_) => f.write_str("any moment"),
            Self::AtCall { kind, .. } => write!(f, "{}", format!("{kind:?}").to_lowercase()),
        }
    }
}
