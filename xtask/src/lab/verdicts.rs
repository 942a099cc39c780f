//! Which tests passed, in a guest whose kernel may not live to see them all.

use std::collections::BTreeSet;

use crate::tally::Tally;

/// What was heard of tests so far, in one guest or several.
#[derive(Debug, Default)]
pub(crate) struct Verdicts {
    passed: BTreeSet<String>,
    failed: BTreeSet<String>,
    /// The test that is running. What it starts may log between its name and its verdict.
    running: Option<String>,
    /// The guest's kernel ended before its tests did.
    pub(crate) is_over: bool,
}

impl Verdicts {
    /// Hears one line of the guest's console.
    pub(crate) fn hear(&mut self, line: &str) {
        self.is_over |= line.contains("Kernel panic - not syncing");
        let said = line.strip_prefix("test ").and_then(|line| line.split_once(" ... "));
        if let Some((name, _)) = said {
            self.running = Some(name.to_owned());
        }
        let verdicts = match said.map_or(line, |(_, verdict)| verdict) {
            "ok" => &mut self.passed,
            "FAILED" => &mut self.failed,
            _ => return,
        };
        verdicts.extend(self.running.take());
    }

    /// Those of whom nothing was heard.
    pub(crate) fn without_one(&self, names: &[String]) -> Vec<String> {
        let is_open = |name: &&String| !self.passed.contains(*name) && !self.failed.contains(*name);
        names.iter().filter(is_open).cloned().collect()
    }

    /// How many there are of each.
    pub(crate) fn tally(&self) -> Tally {
        Tally { passed: self.passed.len(), failed: self.failed.len(), ignored: 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::Verdicts;

    #[test]
    fn a_test_in_which_the_kernel_ended_has_no_verdict() {
        let mut verdicts = Verdicts::default();
        for line in [
            "test one ... ok",
            "test two ... FAILED",
            "test between ... INFO the intercom is up",
            "INFO logged",
            "ok",
            "test three ... [   22.99] kernel BUG at lib/list_debug.c:56!",
            "[   23.01] Kernel panic - not syncing: Fatal exception",
        ] {
            verdicts.hear(line);
        }
        assert!(verdicts.is_over);
        let names = ["one", "two", "between", "three", "four"].map(str::to_owned);
        assert_eq!(verdicts.without_one(&names), ["three", "four"]);
        assert_eq!(verdicts.tally().to_string(), "2 passed, 1 failed, 0 ignored");
    }
}
