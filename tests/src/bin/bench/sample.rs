//! Samples of one thing, measured again and again between samples of another.

use crate::table::Figure;
use std::time::Duration;

/// How long something took, each time.
#[derive(Default)]
pub(crate) struct Samples(Vec<Duration>);

impl Samples {
    pub(crate) fn add(&mut self, sample: Duration) {
        self.0.push(sample);
    }

    /// The median in milliseconds, with the quartiles.
    pub(crate) fn ms(&self) -> Figure {
        self.figure(1e3, "ms")
    }

    /// The median in microseconds, with the quartiles.
    pub(crate) fn us(&self) -> Figure {
        self.figure(1e6, "µs")
    }

    fn figure(&self, of_a_second: f64, unit: &'static str) -> Figure {
        let mut sorted = self.0.clone();
        sorted.sort();
        let at = |quarter: usize| {
            let sample = sorted.get(sorted.len().saturating_sub(1) * quarter / 4);
            sample.map_or(0.0, |sample| sample.as_secs_f64() * of_a_second)
        };
        Figure { value: at(2), unit, spread: Some((at(1), at(3))) }
    }
}
