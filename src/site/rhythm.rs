//! The rhythm of the work: what is being tried, what has come of age, who waits, what spreads, and
//! when local offers take place.
//!
//! Pure calculations over a view and its day. The names of shipped kinds and fields stand here as
//! in [`tidy`](super::tidy): where a site has no such kind, there is nothing.

mod asking;
mod experiments;
mod help;
mod ideas;
mod news;
mod offers;
mod times;

pub use asking::{Question, questions, waits_for_answer};
pub use experiments::{Experiment, Standing, experiments};
pub use help::{Help, Wish, wishes};
pub use ideas::{Spreading, spreading, untried};
pub use news::{last_known, newest};
pub use offers::{Occasion, Offer, is_stale, occasions, offers, without_a_day};
pub use times::{Clock, Every, Ordinal, Times};

/// A team is asked how it went so many days after it began.
pub const CHECK_IN_AFTER_DAYS: i32 = 14;
/// An experiment that has run so long without a word may be stuck.
pub const STUCK_AFTER_DAYS: i32 = 42;

/// The day that is so many days after another; the last of all days when there is none.
fn after(day: jiff::civil::Date, days: i32) -> jiff::civil::Date {
    use jiff::ToSpan;
    day.checked_add(days.days())
        .unwrap_or(jiff::civil::Date::MAX)
}

/// How many days lie between two days; negative when the second comes first.
fn days_between(from: jiff::civil::Date, to: jiff::civil::Date) -> i32 {
    (to - from).get_days()
}
