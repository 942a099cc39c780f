//! Which tests passed, and whether that is well: in guests whose kernel may break, and whose radio loses advertisements.
//!
//! A test that fails ends its guest, so that it takes no other one down, and is played once more, alone in a fresh guest. One in
//! which the kernel broke has no verdict yet.

use std::{collections::VecDeque, fmt, mem};

use anyhow::{Result, ensure};

use crate::tally::Tally;

/// Failed tests are played again if they are so few: more of them are no accident.
const AGAIN: usize = 3;
/// After so many failed ones the others are not played any more.
const ENOUGH: usize = 6;
/// A test in which so many guests broke has failed. Debian's Linux 6.1 now and then frees a connection's channel twice when a
/// phone connects again as soon as it has left (`hci_chan_del`).
const BREAKS: usize = 3;

/// What became of tests so far.
#[derive(Debug, Default)]
pub(crate) struct Verdicts {
    tests: Vec<Test>,
    /// Those the present guest is to play, by their number: the one that runs, or is next, comes first.
    playing: VecDeque<usize>,
}

#[derive(Debug)]
struct Test {
    name: String,
    state: State,
    broke: usize,
}

/// What is known of a test, and why it failed.
#[derive(Debug)]
enum State {
    Open,
    Passed,
    FailedOnce(Vec<String>),
    PassedThen(Vec<String>),
    Failed(Vec<String>),
}

impl Verdicts {
    /// Of these tests, of which nothing is known yet.
    pub(crate) fn of(names: Vec<String>) -> Self {
        let tests = names.into_iter().map(|name| Test { name, state: State::Open, broke: 0 });
        Self { tests: tests.collect(), ..Self::default() }
    }

    /// What the next guest is to play; nothing when all is said.
    pub(crate) fn next_guest(&mut self) -> Vec<String> {
        let numbers = |is: fn(&State) -> bool| {
            let tests = self.tests.iter().enumerate();
            tests.filter(move |(_, test)| is(&test.state)).map(|(number, _)| number)
        };
        let once = numbers(|state| matches!(state, State::FailedOnce(_)));
        let failed = numbers(|state| matches!(state, State::FailedOnce(_) | State::Failed(_))).count();
        let mut playing: VecDeque<_> =
            if failed < ENOUGH { numbers(|state| matches!(state, State::Open)).collect() } else { VecDeque::new() };
        if playing.is_empty() && failed <= AGAIN {
            playing.extend(once.take(1));
        }
        self.playing = playing;
        self.playing.iter().filter_map(|number| self.tests.get(*number)).map(|test| test.name.clone()).collect()
    }

    /// It has ended: well, or why not. Gives its name.
    pub(crate) fn end(&mut self, result: Result<(), Vec<String>>) -> &str {
        let Some(test) = self.playing.pop_front().and_then(|number| self.tests.get_mut(number)) else { return "" };
        test.state = match (mem::replace(&mut test.state, State::Open), result) {
            (State::FailedOnce(why), Ok(())) => State::PassedThen(why),
            (State::FailedOnce(_), Err(why)) => State::Failed(why),
            (_, Ok(())) => State::Passed,
            (_, Err(why)) => State::FailedOnce(why),
        };
        &test.name
    }

    /// The guest ended before it did. That is no verdict, unless it happens again and again. Gives its name.
    pub(crate) fn breaks(&mut self) -> &str {
        let Some(test) = self.playing.pop_front().and_then(|number| self.tests.get_mut(number)) else { return "" };
        test.broke += 1;
        if test.broke == BREAKS {
            test.state = State::Failed(vec![format!("{BREAKS} guests broke in it")]);
        }
        &test.name
    }

    /// For the end: why each failed, also the first time.
    pub(crate) fn report(&self) -> Vec<String> {
        let told = self.tests.iter().filter_map(|Test { name, state, .. }| match state {
            State::Open | State::Passed => None,
            State::PassedThen(why) => Some((format!("-- {name} failed the first time, and passed the second:"), why)),
            State::FailedOnce(why) | State::Failed(why) => Some((format!("-- {name} FAILED:"), why)),
        });
        told.flat_map(|(head, why)| std::iter::once(head).chain(why.iter().map(|line| format!("     {line}"))))
            .collect()
    }

    /// Whether all passed, the first time or the second.
    pub(crate) fn all_passed(&self) -> Result<()> {
        let failed = self.named(|state| matches!(state, State::FailedOnce(_) | State::Failed(_)));
        ensure!(failed.is_empty(), "failed in the guest: {}", failed.join(", "));
        let open = self.named(|state| matches!(state, State::Open));
        ensure!(open.is_empty(), "without a verdict from the guest: {}", open.join(", "));
        Ok(())
    }

    fn named(&self, is: impl Fn(&State) -> bool) -> Vec<&str> {
        self.tests.iter().filter(|test| is(&test.state)).map(|test| &*test.name).collect()
    }
}

/// How many passed and failed; who passed only the second time, and how many were not played to their end.
impl fmt::Display for Verdicts {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let then = self.named(|state| matches!(state, State::PassedThen(_)));
        let passed = then.len() + self.named(|state| matches!(state, State::Passed)).len();
        let failed = self.named(|state| matches!(state, State::FailedOnce(_) | State::Failed(_))).len();
        write!(out, "{}", Tally { passed, failed, ignored: 0 })?;
        let open = self.tests.len() - passed - failed;
        if open > 0 {
            write!(out, "; {open} without a verdict")?;
        }
        if !then.is_empty() {
            write!(out, "; {} passed only the second time: {}", then.len(), then.join(", "))?;
        }
        Ok(())
    }
}

/// Why a test failed, in what its program printed: what it said itself, and its panic. If there is none, the last lines.
pub(crate) fn why(lines: &[String]) -> Vec<String> {
    const BEFORE: usize = 10;
    const MOST: usize = 30;
    let is_head = |line: &String| line.starts_with("---- ") && line.ends_with(" stdout ----");
    let Some(head) = lines.iter().position(is_head) else {
        return lines.iter().skip(lines.len().saturating_sub(MOST)).cloned().collect();
    };
    let said = lines.iter().skip(head + 1).take_while(|line| *line != "failures:");
    let said = said.filter(|line| !line.is_empty() && !line.starts_with("note: run with `RUST_BACKTRACE=1`"));
    let said: Vec<_> = said.cloned().collect();
    let panic = said.iter().position(|line| line.contains("panicked at ")).unwrap_or(0);
    said.into_iter().skip(panic.saturating_sub(BEFORE)).take(MOST).collect()
}

#[cfg(test)]
mod tests {
    use super::{AGAIN, BREAKS, ENOUGH, Verdicts, why};

    fn of(count: usize) -> Verdicts {
        Verdicts::of((1..=count).map(|number| format!("test {number}")).collect())
    }

    /// The next guest plays as long as there is something to play and a test that passes; the one that fails is its last.
    fn play(verdicts: &mut Verdicts, passes: &[bool]) -> Vec<String> {
        let names = verdicts.next_guest();
        for (name, passes) in names.iter().zip(passes) {
            assert_eq!(verdicts.end(if *passes { Ok(()) } else { Err(vec![format!("{name} is wrong")]) }), name);
        }
        names
    }

    #[test]
    fn where_all_pass_one_guest_is_enough() {
        let mut verdicts = of(3);
        assert_eq!(play(&mut verdicts, &[true, true, true]).len(), 3);
        assert!(verdicts.next_guest().is_empty());
        verdicts.all_passed().unwrap();
        assert_eq!((verdicts.to_string(), verdicts.report()), ("3 passed, 0 failed, 0 ignored".to_owned(), vec![]));
    }

    #[test]
    fn one_that_fails_ends_its_guest_and_is_played_again_alone_when_the_others_are_through() {
        let mut verdicts = of(3);
        assert_eq!(play(&mut verdicts, &[true, false]), ["test 1", "test 2", "test 3"]);
        assert_eq!(play(&mut verdicts, &[true]), ["test 3"]);
        assert!(verdicts.all_passed().is_err(), "not yet");
        assert_eq!(play(&mut verdicts, &[true]), ["test 2"]);
        assert!(verdicts.next_guest().is_empty());
        verdicts.all_passed().unwrap();
        assert_eq!(verdicts.to_string(), "3 passed, 0 failed, 0 ignored; 1 passed only the second time: test 2");
        let report = ["-- test 2 failed the first time, and passed the second:", "     test 2 is wrong"];
        assert_eq!(verdicts.report(), report);
    }

    #[test]
    fn one_that_fails_twice_has_failed() {
        let mut verdicts = of(2);
        play(&mut verdicts, &[false]);
        play(&mut verdicts, &[true]);
        assert_eq!(play(&mut verdicts, &[false]), ["test 1"]);
        assert!(verdicts.next_guest().is_empty());
        assert_eq!(verdicts.all_passed().unwrap_err().to_string(), "failed in the guest: test 1");
        assert_eq!(verdicts.to_string(), "1 passed, 1 failed, 0 ignored");
        assert_eq!(verdicts.report(), ["-- test 1 FAILED:", "     test 1 is wrong"]);
    }

    #[test]
    fn each_of_a_few_has_a_guest_of_its_own_the_second_time() {
        let mut verdicts = of(AGAIN);
        for left in (1..=AGAIN).rev() {
            assert_eq!(play(&mut verdicts, &[false]).len(), left);
        }
        for number in 1..=AGAIN {
            assert_eq!(play(&mut verdicts, &[true]), [format!("test {number}")]);
        }
        assert!(verdicts.next_guest().is_empty());
        verdicts.all_passed().unwrap();
    }

    #[test]
    fn many_that_fail_are_no_accident_and_enough_of_them_end_it() {
        let mut verdicts = of(AGAIN + 1);
        for _ in 0..=AGAIN {
            play(&mut verdicts, &[false]);
        }
        assert!(verdicts.next_guest().is_empty());
        assert!(verdicts.all_passed().is_err());

        let mut verdicts = of(ENOUGH + 2);
        for _ in 0..ENOUGH {
            play(&mut verdicts, &[false]);
        }
        assert!(verdicts.next_guest().is_empty());
        assert_eq!(verdicts.to_string(), format!("0 passed, {ENOUGH} failed, 0 ignored; 2 without a verdict"));
    }

    #[test]
    fn a_guest_that_breaks_is_no_verdict_until_it_happens_again_and_again() {
        let mut verdicts = of(2);
        for _ in 0..BREAKS {
            assert_eq!(verdicts.next_guest(), ["test 1", "test 2"]);
            assert_eq!(verdicts.breaks(), "test 1");
        }
        assert_eq!(play(&mut verdicts, &[true]), ["test 2"]);
        assert!(verdicts.next_guest().is_empty());
        assert_eq!(verdicts.all_passed().unwrap_err().to_string(), "failed in the guest: test 1");
    }

    #[test]
    fn what_was_not_played_has_not_passed() {
        let mut verdicts = of(2);
        play(&mut verdicts, &[true]);
        assert_eq!(verdicts.all_passed().unwrap_err().to_string(), "without a verdict from the guest: test 2");
    }

    #[test]
    fn what_a_test_said_and_its_panic_are_why_it_failed() {
        let printed = "\nrunning 1 test\nINFO the intercom is up\ntest one ... FAILED\n\nfailures:\n\n---- one stdout ----\n\
            24 openings\n\nthread 'one' panicked at tests/one.rs:1:2:\ntoo much\n\
            note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace\n\n\nfailures:\n    one\n\n\
            test result: FAILED. 0 passed; 1 failed";
        let lines: Vec<_> = printed.lines().map(str::to_owned).collect();
        assert_eq!(why(&lines), ["24 openings", "thread 'one' panicked at tests/one.rs:1:2:", "too much"]);
    }

    #[test]
    fn a_test_that_says_nothing_of_its_end_is_told_of_by_its_last_lines() {
        let lines: Vec<_> = (0..100).map(|number| number.to_string()).collect();
        assert_eq!((why(&lines).len(), why(&lines).last().unwrap().as_str()), (30, "99"));
    }
}
