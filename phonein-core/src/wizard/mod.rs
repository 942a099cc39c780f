//! *New key* and *Edit*: a pure state machine over a draft.

mod field;

pub use field::{Field, FieldProblem, LocalDate, LocalTime};
