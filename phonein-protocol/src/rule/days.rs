//! Sets of weekdays.

/// A day of the week; the week begins on Monday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Weekday {
    /// Monday, bit 0 on the wire.
    Monday,
    /// Tuesday, bit 1 on the wire.
    Tuesday,
    /// Wednesday, bit 2 on the wire.
    Wednesday,
    /// Thursday, bit 3 on the wire.
    Thursday,
    /// Friday, bit 4 on the wire.
    Friday,
    /// Saturday, bit 5 on the wire.
    Saturday,
    /// Sunday, bit 6 on the wire.
    Sunday,
}

impl Weekday {
    /// Monday to Sunday.
    pub const ALL: [Self; 7] =
        [Self::Monday, Self::Tuesday, Self::Wednesday, Self::Thursday, Self::Friday, Self::Saturday, Self::Sunday];

    /// 0 for Monday to 6 for Sunday.
    pub const fn index(self) -> u8 {
        self as u8
    }
}

/// The weekdays of a recurring key: at least one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Days(u8);

impl Days {
    /// Every day.
    pub const ALL: Self = Self(0b111_1111);
    /// Monday to Friday.
    pub const WORKING: Self = Self(0b001_1111);

    /// The days of a bit set, bit 0 = Monday; `None` if it is empty or has an eighth day.
    pub const fn new(bits: u8) -> Option<Self> {
        if bits != 0 && bits <= Self::ALL.0 { Some(Self(bits)) } else { None }
    }

    /// A single day.
    pub const fn only(day: Weekday) -> Self {
        Self(1 << day.index())
    }

    /// The bit set, bit 0 = Monday.
    pub const fn bits(self) -> u8 {
        self.0
    }

    /// Whether `day` is one of them.
    pub const fn contains(self, day: Weekday) -> bool {
        self.0 & (1 << day.index()) != 0
    }

    /// The days from Monday on.
    pub fn iter(self) -> impl Iterator<Item = Weekday> {
        Weekday::ALL.into_iter().filter(move |day| self.contains(*day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_day_and_an_eighth_day_are_refused() {
        assert_eq!(Days::new(0), None);
        assert_eq!(Days::new(0b1000_0001), None);
        assert_eq!(Days::new(127), Some(Days::ALL));
    }

    #[test]
    fn bit_0_is_monday() {
        assert!(Days::new(1).is_some_and(|days| days.iter().eq([Weekday::Monday])));
        assert!(Days::new(0b010_0100).is_some_and(|days| days.iter().eq([Weekday::Wednesday, Weekday::Saturday])));
        assert_eq!(Days::only(Weekday::Sunday).bits(), 0b100_0000);
    }
}
