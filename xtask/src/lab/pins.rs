//! Eight pins for relays: `/dev/gpiochip0` in the guest.
//!
//! Debian's kernel has neither gpio-sim nor gpio-mockup. It has a driver for the pins of a chipset, which are four registers
//! in memory and nothing more; so plain memory does, once ACPI says that the chipset is there.

/// Memory that the kernel leaves alone, behind itself and far below the guest's files, which QEMU puts at the end.
pub(crate) const MEMORY: &str = "memmap=0x1000$0x0c000000";

/// The table that says so, as bytes:
/// ```text
/// Scope (\_SB) {
///     Device (PINS) {
///         Name (_HID, "AMDF030")
///         Name (_UID, Zero)
///         Name (_CRS, ResourceTemplate () { Memory32Fixed (ReadWrite, 0x0c000000, 0x1000) })
///     }
/// }
/// ```
pub(crate) const TABLE: &[u8] = b"\x10\x38\\_SB_\x5b\x82\x30PINS\x08_HID\x0dAMDF030\0\x08_UID\0\
    \x08_CRS\x11\x11\x0a\x0e\x86\x09\0\x01\0\0\0\x0c\0\x10\0\0\x79\0";
