//! What a key is for: its icon, and what the wizard suggests.

use serde::{Deserialize, Serialize};

/// What a key is for, in the order in which they are offered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, uniffi::Enum)]
// Swift on Apple's systems has another `Category`, Objective-C's.
#[uniffi(name = "KeyCategory")]
pub enum Category {
    /// A friend: the one a new key begins with.
    #[default]
    Friend,
    /// A customer.
    Customer,
    /// A service such as cleaning.
    Services,
    /// An event.
    Event,
    /// A delivery.
    Delivery,
    /// A renter.
    Renter,
    /// An employee.
    Employee,
}

impl Category {
    /// All of them, in their order; the place is the number on the wire (docs/protocol.md, section 12).
    pub const ALL: [Self; 7] =
        [Self::Friend, Self::Customer, Self::Services, Self::Event, Self::Delivery, Self::Renter, Self::Employee];

    /// The number on the wire.
    pub const fn code(self) -> u64 {
        self as u64
    }

    /// The category of that number; `None` for one this version does not know, shown without an icon.
    pub fn from_code(code: u64) -> Option<Self> {
        Self::ALL.get(usize::try_from(code).ok()?).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_in_the_order_is_the_number_on_the_wire() {
        for category in Category::ALL {
            assert_eq!(Category::from_code(category.code()), Some(category));
        }
        assert_eq!(Category::Employee.code(), 6);
        assert_eq!(Category::from_code(7), None);
        assert_eq!(Category::from_code(u64::MAX), None);
    }
}
