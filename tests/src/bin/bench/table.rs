//! The rows of a run, printed as they come; `cargo xtask bench` puts them together.

use crate::goals::{ALL, Goal};
use anyhow::{Result, ensure};

/// What was measured so far.
#[derive(Default)]
pub(crate) struct Table {
    measured: Vec<&'static str>,
}

impl Table {
    /// `ours` against `limit`, which was measured in the same run or is fixed. What is beyond its goal says OVER.
    pub(crate) fn row(&mut self, goal: &Goal, ours: Figure, limit: (&str, Figure)) {
        let ratio = ours.value / limit.1.value;
        let verdict = if goal.bound.holds(ratio) { "ok" } else { "OVER" };
        let (name, against, of) = (goal.name, limit.1.text(), limit.0);
        println!("| {name} | {} | {against} ({of}) | {ratio:.2} | {} | {verdict} |", ours.text(), goal.bound.text());
        self.measured.push(name);
    }

    /// A figure that explains another.
    #[allow(clippy::unused_self, reason = "it stands among the rows")]
    pub(crate) fn note(&mut self, note: &str) {
        println!("· {note}");
    }

    /// Fails where a part that was measured lacks a row.
    pub(crate) fn has_all_of(&self, part: &str) -> Result<()> {
        let lacks = ALL.iter().find(|goal| goal.part == part && !self.measured.contains(&goal.name));
        ensure!(lacks.is_none(), "not measured: {lacks:?}");
        Ok(())
    }
}

/// A measured value with its unit and, where it was measured often, how far the middle half of its samples lies apart.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Figure {
    pub(crate) value: f64,
    pub(crate) unit: &'static str,
    pub(crate) spread: Option<(f64, f64)>,
}

impl Figure {
    /// One that does not vary.
    pub(crate) fn exact(value: f64, unit: &'static str) -> Self {
        Self { value, unit, spread: None }
    }

    pub(crate) fn text(&self) -> String {
        let digits = if self.spread.is_none() { 0 } else { 2 };
        let value = format!("{:.digits$}", self.value);
        match self.spread {
            Some((low, high)) => format!("{value} [{low:.2}–{high:.2}] {}", self.unit),
            None => format!("{value} {}", self.unit).trim_end().to_owned(),
        }
    }
}
