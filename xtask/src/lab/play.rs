//! Tests that run in one guest, each as a program: what they print, how long they take, how they end.

use std::time::Instant;

use super::{
    guest::Heard,
    verdicts::{Verdicts, why},
};

/// Listens to a guest's tests.
pub(crate) struct Play<'a> {
    verdicts: &'a mut Verdicts,
    /// Whether what a test prints is shown as it comes, and not only if it fails.
    shows: bool,
    /// The present test: since when, and what it printed.
    present: Option<(Instant, Vec<String>)>,
    has_begun: bool,
}

impl<'a> Play<'a> {
    pub(crate) fn new(verdicts: &'a mut Verdicts, shows: bool) -> Self {
        Self { verdicts, shows, present: None, has_begun: false }
    }

    pub(crate) fn hear(&mut self, heard: Heard<'_>) {
        match heard {
            Heard::Begin { .. } => {
                self.has_begun = true;
                self.present = Some((Instant::now(), Vec::new()));
            }
            Heard::Line(line) => {
                if self.shows {
                    println!("{line}");
                }
                if let Some((_, lines)) = &mut self.present {
                    lines.push(line.to_owned());
                }
            }
            Heard::End { status } => {
                let Some((since, mut lines)) = self.present.take() else { return };
                let took = since.elapsed().as_secs_f64();
                if has_passed(status, &lines) {
                    println!("test {} ... ok, {took:.1} s", self.verdicts.end(Ok(())));
                    return;
                }
                if status.is_none() {
                    lines.push(format!("no end within {took:.0} s"));
                }
                self.show(&lines);
                println!("test {} ... FAILED, {took:.1} s", self.verdicts.end(Err(why(&lines))));
            }
        }
    }

    /// The guest is gone. Whether a test had begun in it.
    pub(crate) fn end(mut self) -> bool {
        if let Some((_, lines)) = self.present.take() {
            self.show(&lines);
            println!("test {} ... the guest broke, which is no verdict on it", self.verdicts.breaks());
        }
        self.has_begun
    }

    fn show(&self, lines: &[String]) {
        for line in lines.iter().filter(|_| !self.shows) {
            println!("{line}");
        }
    }
}

/// A test that its program does not know passes with it, too: it has to say that one test ran.
fn has_passed(status: Option<i32>, lines: &[String]) -> bool {
    status == Some(0) && lines.iter().any(|line| line.starts_with("test result: ok. 1 passed;"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hear(verdicts: &mut Verdicts, line: &str, status: Option<i32>) {
        verdicts.next_guest();
        let mut play = Play::new(verdicts, false);
        for heard in [Heard::Begin { line: "one" }, Heard::Line(line), Heard::End { status }] {
            play.hear(heard);
        }
        assert!(play.end());
    }

    #[test]
    fn a_test_passes_by_its_programs_status_and_its_own_word_together() {
        let ok = "test result: ok. 1 passed; 0 failed";
        for (line, status, passes) in [
            (ok, Some(0), true),
            (ok, Some(101), false),
            (ok, None, false),
            ("test result: ok. 0 passed; 0 failed", Some(0), false),
        ] {
            let mut verdicts = Verdicts::of(vec!["one".to_owned()]);
            hear(&mut verdicts, line, status);
            assert_eq!(verdicts.all_passed().is_ok(), passes, "{line} {status:?}");
        }
    }

    #[test]
    fn a_test_whose_guest_ends_is_to_be_played_again() {
        let mut verdicts = Verdicts::of(vec!["one".to_owned()]);
        verdicts.next_guest();
        let mut play = Play::new(&mut verdicts, false);
        play.hear(Heard::Begin { line: "one" });
        assert!(play.end());
        assert_eq!(verdicts.next_guest(), ["one"]);
        assert!(!Play::new(&mut verdicts, false).end(), "none began");
    }
}
