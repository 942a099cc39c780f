//! The steps, how each ended, and how long it took.

use crate::screen;
use anyhow::Result;
use std::future::Future;
use std::time::{Duration, Instant};

/// The steps so far.
#[derive(Default)]
pub(crate) struct Table(Vec<(&'static str, bool, Duration)>);

impl Table {
    /// Runs a step. One that fails is told, and the next ones go on with what there is.
    pub(crate) async fn step(&mut self, name: &'static str, step: impl Future<Output = Result<()>>) {
        screen::title(self.0.len() + 1, name);
        let began = Instant::now();
        let ended = step.await;
        self.0.push((name, ended.is_ok(), began.elapsed()));
        if let Err(error) = ended {
            screen::line(&screen::mark("31", &format!("  FAILED: {error:#}")));
        }
        screen::pause();
    }

    /// Prints all steps; whether every one was as it should be.
    pub(crate) fn close(&self) -> bool {
        screen::line("");
        screen::line(&screen::mark("1", &format!("{:>4}  {:<66} {:>8} {:>9}", "", "step", "", "ms")));
        for (index, (name, is_ok, took)) in self.0.iter().enumerate() {
            let end = if *is_ok { screen::mark("32", "ok") } else { screen::mark("31", "FAILED") };
            let gap = " ".repeat(if *is_ok { 6 } else { 2 });
            screen::line(&format!("{:>4}  {name:<66} {gap}{end} {:>9}", index + 1, took.as_millis()));
        }
        let failed = self.0.iter().filter(|(_, is_ok, _)| !is_ok).count();
        let all = self.0.iter().map(|(_, _, took)| *took).sum::<Duration>();
        screen::line(&format!("\n  {} steps, {failed} failed, {:.1} s", self.0.len(), all.as_secs_f64()));
        failed == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::bail;

    #[tokio::test]
    async fn one_failed_step_fails_the_whole_and_keeps_no_other_from_running() {
        let mut table = Table::default();
        table.step("fine", async { Ok(()) }).await;
        assert!(table.close());
        table.step("not so", async { bail!("another door opened") }).await;
        let mut ran = false;
        let after = async {
            ran = true;
            Ok(())
        };
        table.step("after it", after).await;
        assert!(ran);
        assert!(!table.close());
    }
}
