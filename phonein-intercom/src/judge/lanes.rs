//! Where jobs wait for the judge: one lane for those at the door, one for the network. Both are bounded and served in
//! turn, so that whatever the network asks for, who stands at the door waits for one job at most.

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
    near: VecDeque<T>,
    network: VecDeque<T>,
    next: Lane,
    given_up: bool,
    taken_down: bool,
}

/// So many may wait in each lane.
fn capacity(lane: Lane) -> usize {
    match lane {
        // Each Bluetooth link has one request; people have two hands.
        Lane::Near => 64,
        // More than the burst of one source, which cannot fill it alone.
        Lane::Network => 512,
    }
}

pub(super) fn lanes<T>() -> (Giver<T>, Taker<T>) {
    let (near, network) = (VecDeque::new(), VecDeque::new());
    let waiting = Waiting { near, network, next: Lane::Near, given_up: false, taken_down: false };
    let lanes = Arc::new(Lanes { waiting: Mutex::new(waiting), changed: Condvar::new() });
    (Giver(Arc::clone(&lanes)), Taker(lanes))
}

impl<T> Giver<T> {
    pub(super) fn give(&self, lane: Lane, job: T) -> Result<(), NotTaken> {
        let mut waiting = self.0.lock();
        if waiting.taken_down {
            return Err(NotTaken::Ended);
        }
        let queue = waiting.lane(lane);
        if queue.len() >= capacity(lane) {
            return Err(NotTaken::Full);
        }
        queue.push_back(job);
        drop(waiting);
        self.0.changed.notify_one();
        Ok(())
    }
}

impl<T> Taker<T> {
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
    fn lane(&mut self, lane: Lane) -> &mut VecDeque<T> {
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
        if let Some(job) = self.lane(lane).pop_front() {
            self.next = other;
            return Some(job);
        }
        self.lane(other).pop_front()
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
        let left = (std::mem::take(&mut waiting.near), std::mem::take(&mut waiting.network));
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
        let crowd = (0..10_000).take_while(|job| giver.give(Lane::Network, *job).is_ok()).count();
        assert_eq!(giver.give(Lane::Network, 0), Err(NotTaken::Full));
        assert_eq!(next(&taker), Found::Job(0));
        for near in [-1, -2, -3] {
            giver.give(Lane::Near, near).unwrap();
        }
        let taken: Vec<_> = (0..6).map(|_| next(&taker)).collect();
        assert_eq!(taken, [-1, 1, -2, 2, -3, 3].map(Found::Job));
        assert_eq!(crowd, capacity(Lane::Network));
    }

    #[test]
    fn who_is_near_cannot_shut_out_the_network_either() {
        let (giver, taker) = lanes();
        while giver.give(Lane::Near, 'b').is_ok() {}
        giver.give(Lane::Network, 'h').unwrap();
        assert!((0..2).any(|_| next(&taker) == Found::Job('h')));
    }

    #[test]
    fn a_job_wakes_the_judge_and_none_lets_it_go_on_in_time() {
        let (giver, taker) = lanes();
        assert_eq!(taker.take_until(Instant::now() + Duration::from_millis(1)), Found::Nothing);
        let waits = thread::spawn(move || taker.take_until(Instant::now() + Duration::from_mins(1)));
        giver.give(Lane::Near, 7).unwrap();
        assert_eq!(waits.join().unwrap(), Found::Job(7));
    }

    #[test]
    fn the_end_comes_after_the_last_job_and_is_told_to_both_sides() {
        let (giver, taker) = lanes();
        giver.give(Lane::Network, 1).unwrap();
        drop(giver);
        assert_eq!(next(&taker), Found::Job(1));
        assert_eq!(next(&taker), Found::Ended);

        let (giver, taker) = lanes();
        let waits = Arc::new(());
        giver.give(Lane::Near, Arc::clone(&waits)).unwrap();
        drop(taker);
        assert_eq!(Arc::strong_count(&waits), 1);
        assert_eq!(giver.give(Lane::Near, waits), Err(NotTaken::Ended));
    }
}
