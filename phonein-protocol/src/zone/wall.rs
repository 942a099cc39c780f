//! Between instants and what the wall clock shows.

use super::ZoneTable;
use crate::Time;
use crate::rule::{DAY, Date, Minute};

/// What the wall clock shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Wall {
    /// The day.
    pub date: Date,
    /// The minute of the day.
    pub minute: Minute,
    /// The second of the minute, 0–59.
    pub second: u8,
}

/// The instants at which the wall clock shows a given time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Local {
    /// It shows it once.
    Once(Time),
    /// It skips it. Moved forward by the gap, the time typed is at `moved`.
    Skipped {
        /// The instant to take instead.
        moved: Time,
    },
    /// It shows it twice, since the clock was set back.
    Twice {
        /// The first instant.
        first: Time,
        /// The last instant.
        second: Time,
    },
}

impl Local {
    /// The instant to take for a start typed as this time: the first.
    pub fn start(self) -> Time {
        match self {
            Self::Once(at) | Self::Skipped { moved: at } | Self::Twice { first: at, .. } => at,
        }
    }

    /// The instant to take for an expiry typed as this time: the second.
    pub fn expiry(self) -> Time {
        match self {
            Self::Once(at) | Self::Skipped { moved: at } | Self::Twice { second: at, .. } => at,
        }
    }
}

impl ZoneTable {
    /// What the wall clock shows at `at`; stays at the ends of [`Date`].
    pub fn local(&self, at: Time) -> Wall {
        let wall = at.saturating_add(self.offset_at(at).into());
        let (day, second) = (wall.div_euclid(DAY), wall.rem_euclid(DAY));
        let end = if day < 0 { i32::MIN } else { i32::MAX };
        Wall {
            date: Date::from_days(i32::try_from(day).unwrap_or(end)),
            minute: u16::try_from(second / 60).ok().and_then(Minute::new).unwrap_or(Minute::MIDNIGHT),
            second: u8::try_from(second % 60).unwrap_or(0),
        }
    }

    /// When the wall clock shows `minute` on `date`.
    pub fn instants(&self, date: Date, minute: Minute) -> Local {
        let wall = i64::from(date.days()) * DAY + i64::from(minute.get()) * 60;
        let mut shown = self.stretches().filter_map(|stretch| {
            let at = wall - stretch.offset;
            (stretch.start <= at && at < stretch.end).then_some(at)
        });
        match (shown.next(), shown.last()) {
            (Some(first), Some(second)) => Local::Twice { first, second },
            (Some(at), None) => Local::Once(at),
            (None, _) => Local::Skipped { moved: self.past_the_gap(wall) },
        }
    }

    /// The instant of a skipped wall time by the offset before the gap: the clock then shows it moved forward by the gap.
    fn past_the_gap(&self, wall: i64) -> Time {
        let before = self.stretches().take_while(|stretch| stretch.end <= wall - stretch.offset).last();
        wall - before.map_or(i64::from(self.first_offset()), |stretch| stretch.offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    /// 2026-03-29 01:00 UTC, when Budapest skips from 02:00 to 03:00.
    const SPRING: Time = 1_774_746_000;
    /// 2026-10-25 01:00 UTC, when Budapest goes back from 03:00 to 02:00.
    const AUTUMN: Time = 1_792_890_000;

    fn budapest() -> ZoneTable {
        let transitions = vec![(SPRING, 7_200), (AUTUMN, 3_600)];
        ZoneTable::new("Europe/Budapest".into(), "2026a".into(), 3_600, transitions, AUTUMN + 1_000_000).unwrap()
    }

    fn instants(year: i32, month: u8, day: u8, hour: u16, minute: u16) -> Local {
        budapest().instants(Date::from_ymd(year, month, day).unwrap(), Minute::at(hour, minute).unwrap())
    }

    #[test]
    fn a_skipped_time_moves_forward_by_the_gap() {
        let half_past_three = instants(2026, 3, 29, 3, 30);
        assert_eq!(half_past_three, Local::Once(SPRING + 1_800));
        let half_past_two = instants(2026, 3, 29, 2, 30);
        assert_eq!(half_past_two, Local::Skipped { moved: SPRING + 1_800 });
        assert_eq!((half_past_two.start(), half_past_two.expiry()), (SPRING + 1_800, SPRING + 1_800));
        assert_eq!(instants(2026, 3, 29, 2, 0), Local::Skipped { moved: SPRING });
        assert_eq!(instants(2026, 3, 29, 3, 0), Local::Once(SPRING));
    }

    #[test]
    fn of_a_repeated_time_the_start_takes_the_first_and_the_expiry_the_second() {
        let half_past_two = instants(2026, 10, 25, 2, 30);
        assert_eq!(half_past_two, Local::Twice { first: AUTUMN - 1_800, second: AUTUMN + 1_800 });
        assert_eq!((half_past_two.start(), half_past_two.expiry()), (AUTUMN - 1_800, AUTUMN + 1_800));
        assert_eq!(instants(2026, 10, 25, 3, 0), Local::Once(AUTUMN + 3_600));
        assert_eq!(instants(2026, 10, 25, 1, 59), Local::Once(AUTUMN - 3_660));
    }

    #[test]
    fn the_wall_clock_jumps_at_a_transition() {
        let shown = |at| {
            let wall = budapest().local(at);
            (wall.date.ymd(), wall.minute.hour(), wall.minute.minute(), wall.second)
        };
        assert_eq!(shown(SPRING - 1), ((2026, 3, 29), 1, 59, 59));
        assert_eq!(shown(SPRING), ((2026, 3, 29), 3, 0, 0));
        assert_eq!(shown(AUTUMN - 1), ((2026, 10, 25), 2, 59, 59));
        assert_eq!(shown(AUTUMN), ((2026, 10, 25), 2, 0, 0));
    }

    #[test]
    fn the_ends_of_time_are_shown_without_a_panic() {
        assert_eq!(budapest().local(Time::MAX).date, Date::from_days(i32::MAX));
        assert_eq!(budapest().local(Time::MIN).date, Date::from_days(i32::MIN));
    }
}
