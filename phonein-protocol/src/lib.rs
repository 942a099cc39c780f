//! What a Phonein phone and intercom say to each other.
#![no_std]
extern crate alloc;
