//! Where jobs wait for the judge: one lane for those at the door, one for the network. Both are bounded and served in
//! turn, so that whatever the network asks for, who stands at the door waits for one job at most. In each lane the sources
//! are served in turn too: a job can take as long as a relay's command, and a frame that waits for three seconds is stale.

use phonein_protocol::intercom::Source;
use std::{
    collections::VecDeque,
    fmt,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    time::Instant,
};

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lane {
    /// Phones by Bluetooth, and the person at the device.
    Near,
    /// HTTP.
    Network,
}

/// Why a job was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NotTaken {
    Full,
    Ended,
}

/// What the judge finds.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found<T> {
    Job(T),
    Nothing,
    /// All givers are gone, and all jobs done.
    Ended,
}

/// Gives jobs.
pub(super) struct Giver<T>(Arc<Lanes<T>>);

/// Takes jobs.
pub(super) struct Taker<T>(Arc<Lanes<T>>);

struct Lanes<T> {
    waiting: Mutex<Waiting<T>>,
    changed: Condvar,
}

struct Waiting<T> {
    near: Turns<T>,
    network: Turns<T>,
    next: Lane,
    given_up: bool,
    taken_down: bool,
}

/// The jobs of one lane, by source. The first source is the next one to be served; none is there without a job.
struct Turns<T>(VecDeque<(Source, VecDeque<T>)>);

/// So many jobs of one source may wait.
const OF_ONE_SOURCE: usize = 4;

/// So many may wait in each lane.
fn capacity(lane: Lane) -> usize {
    match lane {
        // Each Bluetooth link has one request; people have two hands.
        Lane::Near => 64,
        // Each HTTP connection has one request.
        Lane::Network => 512,
    }
}

impl<T> Turns<T> {
    fn count(&self) -> usize {
        self.0.iter().map(|(_, jobs)| jobs.len()).sum()
    }

    fn push(&mut self, source: Source, job: T) -> Result<(), NotTaken> {
        match self.0.iter_mut().find(|(other, _)| *other == source) {
            Some((_, jobs)) if jobs.len() >= OF_ONE_SOURCE => return Err(NotTaken::Full),
            Some((_, jobs)) => jobs.push_back(job),
            None => self.0.push_back((source, VecDeque::from([job]))),
        }
        Ok(())
    }

    fn pop(&mut self) -> Option<T> {
        let (source, mut jobs) = self.0.pop_front()?;
        let job = jobs.pop_front();
        if !jobs.is_empty() {
            self.0.push_back((source, jobs));
        }
        job
    }
}

pub(super) fn lanes<T>() -> (Giver<T>, Taker<T>) {
    let (near, network) = (Turns(VecDeque::new()), Turns(VecDeque::new()));
    let waiting = Waiting { near, network, next: Lane::Near, given_up: false, taken_down: false };
    let lanes = Arc::new(Lanes { waiting: Mutex::new(waiting), changed: Condvar::new() });
    (Giver(Arc::clone(&lanes)), Taker(lanes))
}

impl<T> Giver<T> {
    pub(super) fn give(&self, lane: Lane, source: Source, job: T) -> Result<(), NotTaken> {
        let mut waiting = self.0.lock();
        if waiting.taken_down {
            return Err(NotTaken::Ended);
        }
        let turns = waiting.lane(lane);
        if turns.count() >= capacity(lane) {
            return Err(NotTaken::Full);
        }
        turns.push(source, job)?;
        drop(waiting);
        self.0.changed.notify_one();
        Ok(())
    }
}

impl<T> Taker<T> {
    /// Whether there is a next job now.
    pub(super) fn is_waiting(&self) -> bool {
        let waiting = self.0.lock();
        waiting.near.count() + waiting.network.count() > 0
    }

    /// The next job, waiting for it until then.
    pub(super) fn take_until(&self, until: Instant) -> Found<T> {
        let mut waiting = self.0.lock();
        loop {
            if let Some(job) = waiting.pop() {
                return Found::Job(job);
            }
            if waiting.given_up {
                return Found::Ended;
            }
            let patience = until.saturating_duration_since(Instant::now());
            if patience.is_zero() {
                return Found::Nothing;
            }
            let woken = self.0.changed.wait_timeout(waiting, patience);
            waiting = woken.unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

impl<T> Waiting<T> {
    fn lane(&mut self, lane: Lane) -> &mut Turns<T> {
        match lane {
            Lane::Near => &mut self.near,
            Lane::Network => &mut self.network,
        }
    }

    fn pop(&mut self) -> Option<T> {
        let (lane, other) = match self.next {
            Lane::Near => (Lane::Near, Lane::Network),
            Lane::Network => (Lane::Network, Lane::Near),
        };
        if let Some(job) = self.lane(lane).pop() {
            self.next = other;
            return Some(job);
        }
        self.lane(other).pop()
    }
}

impl<T> Lanes<T> {
    fn lock(&self) -> MutexGuard<'_, Waiting<T>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> fmt::Debug for Giver<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Giver(..)")
    }
}

impl<T> Drop for Giver<T> {
    fn drop(&mut self) {
        self.0.lock().given_up = true;
        self.0.changed.notify_one();
    }
}

impl<T> Drop for Taker<T> {
    fn drop(&mut self) {
        let mut waiting = self.0.lock();
        waiting.taken_down = true;
        // Whoever waits for one of these learns that nobody will answer.
        let left = (std::mem::take(&mut waiting.near.0), std::mem::take(&mut waiting.network.0));
        drop(waiting);
        drop(left);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{thread, time::Duration};

    fn next<T>(taker: &Taker<T>) -> Found<T> {
        taker.take_until(Instant::now())
    }

    #[test]
    fn a_network_that_fills_its_lane_delays_who_is_near_by_one_job() {
        let (giver, taker) = lanes();
        let crowd = (0..10_000).zip(0..).take_while(|(job, source)| giver.give(Lane::Network, *source, *job).is_ok());
        let crowd = crowd.count();
        assert_eq!(giver.give(Lane::Network, 0, 0), Err(NotTaken::Full));
        assert_eq!(next(&taker), Found::Job(0));
        for near in [-1, -2, -3] {
            giver.give(Lane::Near, 0, near).unwrap();
        }
        let taken: Vec<_> = (0..6).map(|_| next(&taker)).collect();
        assert_eq!(taken, [-1, 1, -2, 2, -3, 3].map(Found::Job));
        assert_eq!(crowd, capacity(Lane::Network));
    }

    #[test]
    fn who_is_near_cannot_shut_out_the_network_either() {
        let (giver, taker) = lanes();
        (0..10_000).take_while(|source| giver.give(Lane::Near, *source, 'b').is_ok()).for_each(drop);
        giver.give(Lane::Network, 0, 'h').unwrap();
        assert!((0..2).any(|_| next(&taker) == Found::Job('h')));
    }

    #[test]
    fn a_source_delays_another_by_one_job_and_has_four_waiting() {
        for lane in [Lane::Near, Lane::Network] {
            let (giver, taker) = lanes();
            let flood = (0..10_000).take_while(|job| giver.give(lane, 7, *job).is_ok()).count();
            assert_eq!(flood, OF_ONE_SOURCE);
            giver.give(lane, 8, 100).unwrap();
            giver.give(lane, 8, 101).unwrap();
            giver.give(lane, 9, 200).unwrap();
            assert_eq!(next(&taker), Found::Job(0));
            // What it asks for now comes after those who wait already.
            giver.give(lane, 7, 4).unwrap();
            let taken: Vec<_> = (0..7).map(|_| next(&taker)).collect();
            assert_eq!(taken, [100, 200, 1, 101, 2, 3, 4].map(Found::Job));
        }
    }

    #[test]
    fn a_job_wakes_the_judge_and_none_lets_it_go_on_in_time() {
        let (giver, taker) = lanes();
        assert_eq!(taker.take_until(Instant::now() + Duration::from_millis(1)), Found::Nothing);
        let waits = thread::spawn(move || taker.take_until(Instant::now() + Duration::from_mins(1)));
        giver.give(Lane::Near, 0, 7).unwrap();
        assert_eq!(waits.join().unwrap(), Found::Job(7));
    }

    #[test]
    fn whether_a_job_waits_is_known_of_either_lane() {
        for lane in [Lane::Near, Lane::Network] {
            let (giver, taker) = lanes();
            assert!(!taker.is_waiting());
            giver.give(lane, 0, ()).unwrap();
            assert!(taker.is_waiting());
            next(&taker);
            assert!(!taker.is_waiting());
        }
    }

    #[test]
    fn the_end_comes_after_the_last_job_and_is_told_to_both_sides() {
        let (giver, taker) = lanes();
        giver.give(Lane::Network, 0, 1).unwrap();
        drop(giver);
        assert_eq!(next(&taker), Found::Job(1));
        assert_eq!(next(&taker), Found::Ended);

        let (giver, taker) = lanes();
        let waits = Arc::new(());
        giver.give(Lane::Near, 0, Arc::clone(&waits)).unwrap();
        drop(taker);
        assert_eq!(Arc::strong_count(&waits), 1);
        assert_eq!(giver.give(Lane::Near, 0, waits), Err(NotTaken::Ended));
    }
}
