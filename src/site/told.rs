//! Records that have a result to tell: they begin, end, and somebody says how it went.

use crate::model::{Kind, Record};

/// The field that says how it went.
pub const RESULT: &str = "gik_det";
/// The field that says what is done now.
pub const DECISION: &str = "beslutning";
/// The day on which it ended.
pub const ENDED: &str = "til";
/// The day on which it began.
pub const BEGAN: &str = "fra";

/// Whether records of a kind have a result to tell.
#[must_use]
pub fn is_told(kind: &Kind) -> bool {
    [RESULT, DECISION, ENDED, BEGAN]
        .iter()
        .all(|key| kind.field(key).is_some())
}

/// Whether a record still waits for its result.
#[must_use]
pub fn is_running(record: &Record) -> bool {
    is_told(&record.kind) && record.value(RESULT).is_none() && !record.withdrawn
}
