//! Today, for the commands that must know it. The library never asks a clock: it is told.

use jiff::{Timestamp, Zoned, civil::Date, tz::TimeZone};

/// `--today`, else `SOURCE_DATE_EPOCH`, else the system's date.
pub fn today(given: Option<Date>) -> Date {
    given.or_else(from_environment).unwrap_or_else(system)
}

/// The moment, for whatever ends by itself: sessions, links, limits.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place where the clock is read"
)]
pub fn now() -> Timestamp {
    Timestamp::now()
}

/// Whether the day was given from outside and so never changes.
pub fn is_fixed(given: Option<Date>) -> bool {
    given.or_else(from_environment).is_some()
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place where the clock is read"
)]
fn system() -> Date {
    Zoned::now().date()
}

/// How long it is until tomorrow.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place where the clock is read"
)]
pub fn until_midnight() -> std::time::Duration {
    let now = Zoned::now();
    let tomorrow = now
        .date()
        .tomorrow()
        .ok()
        .and_then(|d| d.to_zoned(now.time_zone().clone()).ok());
    let seconds = tomorrow.map_or(3_600, |t| {
        t.timestamp().as_second() - now.timestamp().as_second()
    });
    std::time::Duration::from_secs(u64::try_from(seconds).unwrap_or(3_600).max(1))
}

fn from_environment() -> Option<Date> {
    let seconds: i64 = std::env::var("SOURCE_DATE_EPOCH")
        .ok()?
        .trim()
        .parse()
        .ok()?;
    Some(
        Timestamp::from_second(seconds)
            .ok()?
            .to_zoned(TimeZone::UTC)
            .date(),
    )
}
