//! Where the intercom's moments come from (docs/protocol.md, section 6).

use phonein_protocol::{Time, intercom::Moment};
use rustix::time::{ClockId, clock_gettime};
use serde::{Deserialize, Serialize};
use std::time::{SystemTime, UNIX_EPOCH};

/// Times on the wire are below this.
const END_OF_TIME: Time = 1 << 40;

/// Whose time counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Trust {
    /// The computer's own clock, kept right by NTP.
    System,
    /// Only managers set the clock: nothing is known of the time until one did.
    Managers,
    /// The time given with `phonein-intercom clock`, for demonstrations and tests.
    Given,
}

/// How to give the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Give {
    /// The computer's own.
    Now,
    /// This one.
    At(Time),
    /// So much later than it is.
    Later(u32),
}

/// Why a time cannot be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum GiveError {
    #[error("the intercom was not started with --clock given")]
    NotGiven,
    #[error("no time was given yet that could be moved on")]
    NoTime,
    #[error("the time is out of range")]
    OutOfRange,
}

/// Makes moments.
#[derive(Debug)]
pub(crate) struct Clock {
    trust: Trust,
    /// A given time, and when it was given.
    given: Option<(Time, u64)>,
}

impl Clock {
    pub(crate) fn new(trust: Trust) -> Self {
        Self { trust, given: None }
    }

    pub(crate) fn trust(&self) -> Trust {
        self.trust
    }

    /// This moment.
    pub(crate) fn moment(&self) -> Moment {
        let mono_ms = mono_ms();
        Moment { mono_ms, system: self.system(mono_ms) }
    }

    /// Gives the time.
    pub(crate) fn give(&mut self, give: Give) -> Result<(), GiveError> {
        if self.trust != Trust::Given {
            return Err(GiveError::NotGiven);
        }
        let mono_ms = mono_ms();
        let time = match give {
            Give::Now => computers_time().ok_or(GiveError::OutOfRange)?,
            Give::At(time) => time,
            Give::Later(seconds) => self.system(mono_ms).ok_or(GiveError::NoTime)?.saturating_add(seconds.into()),
        };
        if !(0..END_OF_TIME).contains(&time) {
            return Err(GiveError::OutOfRange);
        }
        self.given = Some((time, mono_ms));
        Ok(())
    }

    fn system(&self, mono_ms: u64) -> Option<Time> {
        match self.trust {
            Trust::System => computers_time(),
            Trust::Managers => None,
            Trust::Given => {
                let (time, at_ms) = self.given?;
                Some(time.saturating_add_unsigned(mono_ms.saturating_sub(at_ms) / 1000))
            }
        }
    }
}

/// Milliseconds since the computer started, those in which it slept among them.
pub(crate) fn mono_ms() -> u64 {
    mono_us() / 1_000
}

/// The same in microseconds.
pub(crate) fn mono_us() -> u64 {
    let since_boot = clock_gettime(ClockId::Boottime);
    let seconds = u64::try_from(since_boot.tv_sec).unwrap_or(0);
    let nanoseconds = u64::try_from(since_boot.tv_nsec).unwrap_or(0);
    seconds.saturating_mul(1_000_000).saturating_add(nanoseconds / 1_000)
}

fn computers_time() -> Option<Time> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
    Time::try_from(since.as_secs()).ok().filter(|time| *time < END_OF_TIME)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_trusted_clock_tells_the_time() {
        assert!(Clock::new(Trust::System).moment().system.is_some());
        assert_eq!(Clock::new(Trust::Managers).moment().system, None);
        assert_eq!(Clock::new(Trust::Given).moment().system, None);
    }

    #[test]
    fn a_time_is_given_only_where_that_was_asked_for() {
        for trust in [Trust::System, Trust::Managers] {
            assert_eq!(Clock::new(trust).give(Give::Now), Err(GiveError::NotGiven));
        }
    }

    #[test]
    fn a_given_time_goes_on_and_can_be_moved_on() {
        let mut clock = Clock::new(Trust::Given);
        assert_eq!(clock.give(Give::Later(5)), Err(GiveError::NoTime));
        clock.give(Give::At(1_000)).unwrap();
        let (_, at_ms) = clock.given.unwrap();
        assert_eq!(clock.system(at_ms + 2_500), Some(1_002));
        clock.give(Give::Later(100)).unwrap();
        assert!((1_100..1_110).contains(&clock.moment().system.unwrap()));
        assert_eq!(clock.give(Give::At(1 << 40)), Err(GiveError::OutOfRange));
        assert_eq!(clock.give(Give::At(-1)), Err(GiveError::OutOfRange));
    }
}
