//! One body over several ways: who sends, who waits, when there is no more hope. Pure: time is an argument, since the tap.

use std::time::Duration;

use crate::exchange::{Fault, Unanswered};

/// The second way sends if the first has no answer by then.
pub(super) const HEAD_START: Duration = Duration::from_millis(700);
/// A way without a HELLO begins so long after the tap where another one has its HELLO at hand: by then most taps are
/// answered, and the radio was not needed.
const HOLD_BACK: Duration = Duration::from_millis(100);
/// Without an answer for so long, the same body goes out again.
const ANSWER: Duration = Duration::from_secs(3);
/// A way that failed is tried again after this.
const RETRY: Duration = Duration::from_secs(1);
/// Nothing is sealed later than this after the tap.
pub(super) const SEAL_UNTIL: Duration = Duration::from_secs(7);
/// From then on nothing of the tap can open any more.
pub(super) const FINAL: Duration = Duration::from_secs(10);

/// What is to be done now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// Get a HELLO on this lane.
    Reach(Attempt),
    /// Seal the body for the HELLO that this lane holds.
    Seal(Attempt),
}

/// One attempt on one lane; what an earlier one still brings is told from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Attempt {
    pub(super) lane: usize,
    number: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Not begun.
    Idle,
    /// A HELLO is on its way.
    Reaching,
    /// A HELLO is held, and waits for its turn.
    Holding,
    /// The body is being sealed.
    Sealing { since: Duration },
    /// The REQ is out.
    Asking { since: Duration },
    /// It failed; whether and when it is tried again.
    Failed { again: Option<Duration> },
}

#[derive(Clone, Debug)]
struct Lane {
    state: State,
    /// It had a HELLO when the tap began.
    was_ready: bool,
    attempt: u32,
    /// It was told once that its HELLO no longer counts.
    was_stale: bool,
    fault: Option<Fault>,
}

/// The race of one body.
#[derive(Clone, Debug)]
pub(super) struct Race {
    lanes: Vec<Lane>,
    /// How many REQs may have left.
    frames: u32,
    /// How many of them may still be answered.
    outstanding: u32,
    /// How many of them came to an intercom that could not read them.
    strangers: u32,
    /// Nothing more is to be sent.
    is_stopped: bool,
    ends: Duration,
}

impl Race {
    /// Over these lanes, of which each has a HELLO at hand or not, until `ends`. `frames`: how many may have left before.
    pub(super) fn new(ready: impl IntoIterator<Item = bool>, ends: Duration, frames: u32) -> Self {
        let lane = |was_ready| Lane { state: State::Idle, was_ready, attempt: 0, was_stale: false, fault: None };
        let lanes = ready.into_iter().map(lane).collect();
        Self { lanes, frames, outstanding: 0, strangers: 0, is_stopped: false, ends }
    }

    /// What is to be done at `now`. To be asked after everything that happens, and at [`Race::wake`].
    pub(super) fn orders(&mut self, now: Duration) -> Vec<Order> {
        if self.is_stopped || now >= SEAL_UNTIL {
            return Vec::new();
        }
        let mut orders = Vec::new();
        for index in 0..self.lanes.len() {
            let (is_free, holds_back) = (self.is_free(now), self.holds_back(now));
            let Some(lane) = self.lanes.get_mut(index) else { continue };
            let reach = match lane.state {
                State::Idle => lane.was_ready || !holds_back,
                State::Asking { since } => now >= since + ANSWER,
                State::Failed { again } => again.is_some_and(|again| now >= again),
                State::Reaching | State::Holding | State::Sealing { .. } => false,
            };
            if reach {
                lane.state = State::Reaching;
                lane.attempt += 1;
                orders.push(Order::Reach(Attempt { lane: index, number: lane.attempt }));
            } else if lane.state == State::Holding && is_free {
                lane.state = State::Sealing { since: now };
                orders.push(Order::Seal(Attempt { lane: index, number: lane.attempt }));
            }
        }
        orders
    }

    /// A HELLO came.
    pub(super) fn held(&mut self, attempt: Attempt) {
        if let Some(lane) = self.current(attempt) {
            lane.state = State::Holding;
        }
    }

    /// The body is sealed: whether it may be sent. If so, it counts as sent.
    pub(super) fn may_send(&mut self, attempt: Attempt, now: Duration) -> bool {
        let may = !self.is_stopped && now < SEAL_UNTIL;
        match self.current(attempt) {
            Some(lane) if may => lane.state = State::Asking { since: now },
            // What is not sent now never will be: the HELLO is spent.
            Some(lane) => lane.state = State::Failed { again: None },
            None => return false,
        }
        if may {
            self.frames += 1;
            self.outstanding += 1;
        }
        may
    }

    /// The attempt came to nothing before its REQ was out.
    pub(super) fn failed(&mut self, attempt: Attempt, fault: Fault, now: Duration) {
        let again = fault.may_pass().then_some(now + RETRY);
        if let Some(lane) = self.current(attempt) {
            lane.state = State::Failed { again };
            lane.fault = Some(fault);
        }
    }

    /// The REQ has no answer.
    pub(super) fn unanswered(&mut self, attempt: Attempt, unanswered: Unanswered, now: Duration) {
        self.outstanding = self.outstanding.saturating_sub(1);
        if !unanswered.sent {
            self.frames = self.frames.saturating_sub(1);
        }
        let is_impostor = unanswered.fault == Fault::Impostor;
        if is_impostor || unanswered.fault == Fault::Stranger {
            self.strangers += 1;
        }
        let is_stale = unanswered.fault == Fault::Stale;
        self.failed(attempt, if is_impostor { Fault::Stranger } else { unanswered.fault }, now);
        // The way itself says when there is nobody else on it.
        if is_impostor && let Some(lane) = self.current(attempt) {
            lane.state = State::Failed { again: Some(now) };
        }
        if let Some(lane) = self.current(attempt)
            && is_stale
            && !lane.was_stale
        {
            lane.was_stale = true;
            lane.state = State::Failed { again: Some(now) };
        }
    }

    /// The REQ was answered, and decided nothing.
    pub(super) fn undecided(&mut self, attempt: Attempt) {
        self.outstanding = self.outstanding.saturating_sub(1);
        self.frames = self.frames.saturating_sub(1);
        if let Some(lane) = self.current(attempt) {
            lane.state = State::Failed { again: None };
        }
    }

    /// Nothing more is sent, unless somebody joins.
    pub(super) fn stop(&mut self) {
        self.is_stopped = true;
    }

    /// Somebody presses the same door again.
    pub(super) fn join(&mut self, now: Duration) {
        self.is_stopped = false;
        for lane in &mut self.lanes {
            if let State::Failed { again } = &mut lane.state {
                *again = Some(again.map_or(now, |again| again.min(now)));
            }
        }
    }

    /// How many REQs may have left, of which nobody knows that they decided nothing.
    pub(super) fn frames(&self) -> u32 {
        self.frames
    }

    /// Whether all that was sent came to intercoms that could not read it.
    pub(super) fn met_only_strangers(&self) -> bool {
        self.frames > 0 && self.frames == self.strangers
    }

    /// Whether an answer may still come.
    pub(super) fn has_hope(&self, now: Duration) -> bool {
        let may_send = !self.is_stopped && now < SEAL_UNTIL;
        let lives = |lane: &Lane| match lane.state {
            State::Idle | State::Reaching | State::Holding | State::Sealing { .. } => true,
            // Counted among the outstanding, and asked again as long as there is time.
            State::Asking { since } => since + ANSWER < SEAL_UNTIL,
            // Trying again is for those who cannot take it back.
            State::Failed { again } => self.frames > 0 && again.is_some_and(|again| again < SEAL_UNTIL),
        };
        now < self.ends && (self.outstanding > 0 || may_send && self.lanes.iter().any(lives))
    }

    /// Whether it is over: nothing was sent and nothing will be, or nothing that was sent counts any more.
    pub(super) fn is_over(&self, now: Duration) -> bool {
        now >= self.ends || self.frames == 0 && !self.has_hope(now)
    }

    /// Why each lane failed; `None` if nothing came of it yet.
    pub(super) fn faults(&self) -> impl Iterator<Item = Option<&Fault>> {
        self.lanes.iter().map(|lane| lane.fault.as_ref())
    }

    /// When something is to be done at the latest.
    pub(super) fn wake(&self, now: Duration) -> Duration {
        let lanes = self.lanes.iter().flat_map(|lane| match lane.state {
            State::Sealing { since } => [Some(since + HEAD_START), None],
            State::Asking { since } => [Some(since + HEAD_START), Some(since + ANSWER)],
            State::Failed { again } => [again, None],
            State::Idle => [Some(HOLD_BACK), None],
            State::Reaching | State::Holding => [None, None],
        });
        let all = lanes.flatten().chain([SEAL_UNTIL, self.ends]);
        all.filter(|time| *time > now).min().unwrap_or(self.ends)
    }

    /// Whether another lane may send: none is asking, or all that do have had their head start.
    fn is_free(&self, now: Duration) -> bool {
        self.lanes.iter().all(|lane| match lane.state {
            State::Sealing { since } | State::Asking { since } => now >= since + HEAD_START,
            _ => true,
        })
    }

    /// Whether lanes without a HELLO wait for one that had it, and that has not failed.
    fn holds_back(&self, now: Duration) -> bool {
        let runs = |lane: &Lane| lane.was_ready && !matches!(lane.state, State::Failed { .. });
        now < HOLD_BACK && self.lanes.iter().any(runs)
    }

    /// The lane, unless a later attempt runs on it.
    fn current(&mut self, attempt: Attempt) -> Option<&mut Lane> {
        self.lanes.get_mut(attempt.lane).filter(|lane| lane.attempt == attempt.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    fn at(lane: usize, number: u32) -> Attempt {
        Attempt { lane, number }
    }

    /// Two lanes that both hold a HELLO; the first has sent at 0.
    fn both_held() -> Race {
        let mut race = Race::new([false, false], FINAL, 0);
        assert_eq!(race.orders(ms(0)), [Order::Reach(at(0, 1)), Order::Reach(at(1, 1))]);
        race.held(at(0, 1));
        race.held(at(1, 1));
        assert_eq!(race.orders(ms(0)), [Order::Seal(at(0, 1))]);
        assert!(race.may_send(at(0, 1), ms(0)));
        race
    }

    #[test]
    fn the_first_to_hold_a_hello_sends_and_the_second_700_ms_later() {
        let mut race = both_held();
        assert_eq!(race.wake(ms(0)), ms(700));
        assert_eq!(race.orders(ms(699)), []);
        assert_eq!(race.orders(ms(700)), [Order::Seal(at(1, 1))]);
    }

    #[test]
    fn a_way_without_a_hello_waits_a_moment_for_one_that_has_it_unless_that_fails() {
        let mut race = Race::new([false, true], FINAL, 0);
        assert_eq!(race.orders(ms(0)), [Order::Reach(at(1, 1))]);
        race.held(at(1, 1));
        assert_eq!(race.orders(ms(1)), [Order::Seal(at(1, 1))]);
        assert!(race.may_send(at(1, 1), ms(1)));
        assert_eq!((race.orders(ms(99)), race.wake(ms(99))), (vec![], ms(100)));
        let mut failing = race.clone();
        failing.unanswered(at(1, 1), Unanswered::sent(Fault::Silent), ms(50));
        assert_eq!(failing.orders(ms(50)), [Order::Reach(at(0, 1))]);
        assert_eq!(race.orders(ms(100)), [Order::Reach(at(0, 1))]);
        assert_eq!(Race::new([true, true], FINAL, 0).orders(ms(0)).len(), 2);
    }

    #[test]
    fn the_second_sends_at_once_if_the_first_fails() {
        let mut race = both_held();
        race.unanswered(at(0, 1), Unanswered::sent(Fault::Silent), ms(50));
        assert_eq!(race.orders(ms(50)), [Order::Seal(at(1, 1))]);
    }

    #[test]
    fn no_answer_in_three_seconds_brings_a_fresh_hello_while_there_is_time() {
        let mut race = Race::new([false], FINAL, 0);
        let mut sent = Vec::new();
        for now in (0..10_000).step_by(100).map(ms) {
            for order in race.orders(now) {
                if let Order::Reach(attempt) = order {
                    race.held(attempt);
                }
            }
            for order in race.orders(now) {
                if let Order::Seal(attempt) = order {
                    assert!(race.may_send(attempt, now));
                    sent.push(now);
                }
            }
        }
        assert_eq!(sent, [ms(0), ms(3_000), ms(6_000)]);
        assert!(!race.is_over(ms(9_999)));
        assert!(race.is_over(ms(10_000)));
    }

    #[test]
    fn nothing_is_sent_that_is_sealed_too_late() {
        let mut race = Race::new([false], FINAL, 0);
        race.orders(ms(6_900));
        race.held(at(0, 1));
        race.orders(ms(6_950));
        assert!(!race.may_send(at(0, 1), ms(7_000)));
        assert!(race.is_over(ms(7_000)));
        assert_eq!(race.frames(), 0);
    }

    #[test]
    fn a_hello_that_no_longer_counts_is_replaced_once_at_once() {
        let mut race = Race::new([false], FINAL, 0);
        for (number, again) in [(1, ms(10)), (2, ms(1_010))] {
            race.orders(ms(10));
            race.held(at(0, number));
            race.orders(ms(10));
            race.may_send(at(0, number), ms(10));
            race.unanswered(at(0, number), Unanswered::sent(Fault::Stale), ms(10));
            assert_eq!(race.wake(ms(9)), again);
        }
    }

    #[test]
    fn when_every_way_failed_and_nothing_was_sent_it_is_over_at_once() {
        let mut race = Race::new([false, false], FINAL, 0);
        race.orders(ms(0));
        race.failed(at(0, 1), Fault::Silent, ms(5));
        assert!(!race.is_over(ms(5)));
        race.failed(at(1, 1), Fault::BluetoothOff, ms(6));
        assert!(race.is_over(ms(6)));
    }

    #[test]
    fn a_way_that_failed_is_tried_again_while_another_has_hope() {
        let mut race = Race::new([false, false], FINAL, 0);
        race.orders(ms(0));
        race.failed(at(0, 1), Fault::Silent, ms(5));
        assert_eq!(race.orders(ms(1_004)), []);
        assert_eq!(race.orders(ms(1_005)), [Order::Reach(at(0, 2))]);
        race.failed(at(0, 1), Fault::BluetoothOff, ms(1_006));
        assert!(race.has_hope(ms(1_006)), "the earlier attempt says nothing about this one");
    }

    #[test]
    fn a_frame_that_never_left_is_none() {
        let mut race = Race::new([false], FINAL, 0);
        race.orders(ms(0));
        race.held(at(0, 1));
        race.orders(ms(0));
        race.may_send(at(0, 1), ms(0));
        race.unanswered(at(0, 1), Unanswered::unsent(Fault::Silent), ms(1));
        assert_eq!(race.frames(), 0);
        assert!(race.is_over(ms(1)));
    }

    #[test]
    fn what_was_sent_counts_until_the_end_though_nobody_hopes_any_more() {
        let mut race = Race::new([false], FINAL, 0);
        race.orders(ms(0));
        race.held(at(0, 1));
        race.orders(ms(0));
        race.may_send(at(0, 1), ms(0));
        race.unanswered(at(0, 1), Unanswered::sent(Fault::Stranger), ms(1));
        assert!(!race.has_hope(ms(1)));
        assert!(!race.is_over(ms(1)));
        race.join(ms(2));
        assert_eq!(race.orders(ms(2)), [Order::Reach(at(0, 2))]);
    }

    #[test]
    fn once_stopped_nothing_is_sent_any_more() {
        let mut race = Race::new([false], FINAL, 0);
        race.orders(ms(0));
        race.held(at(0, 1));
        race.orders(ms(0));
        race.stop();
        assert!(!race.may_send(at(0, 1), ms(1)));
        assert!(race.is_over(ms(1)));
    }
}
