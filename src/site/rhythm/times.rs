//! When something takes place again and again: a row of `gange` as a rule over days.

use jiff::civil::{Date, Time, Weekday};

use super::{after, days_between};
use crate::{
    model::{Row, Value},
    text::{Lang, danish, fold::match_key},
};

/// The days of the week, from Monday.
const WEEK: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

/// How often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Every {
    /// Every week.
    Week,
    /// Every other week, counted from the first time.
    OtherWeek,
    /// Once a month, on the same weekday of the month as the first time.
    Month,
}

/// Which of the weekdays of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ordinal {
    /// The first to the fourth.
    Nth(i8),
    /// The last. Not every month has a fifth, and whoever begins on a fifth means the last.
    Last,
}

/// The hours of a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Clock {
    /// When it begins.
    pub start: Time,
    /// When it ends, if that is said and is later.
    pub end: Option<Time>,
}

/// A day and an hour that come again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Times {
    /// On this day of the week.
    pub day: Weekday,
    /// The hours, where they can be read.
    pub clock: Option<Clock>,
    /// The hours as they are written.
    pub written: String,
    /// How often.
    pub every: Every,
    /// Not before this day.
    pub from: Option<Date>,
    /// Not after this day.
    pub to: Option<Date>,
}

impl Times {
    /// Reads a row of `gange`; nothing without a day.
    #[must_use]
    pub fn of(row: &Row) -> Option<Self> {
        let words = |column: &str| row.cell(column).first().map(|v| v.value.to_plain());
        let date = |column: &str| match row.cell(column).first().map(|v| &v.value) {
            Some(Value::Date(day)) => Some(*day),
            _ => None,
        };
        let wanted = match_key(&words("dag")?);
        let day = WEEK
            .into_iter()
            .find(|day| match_key(danish::weekday_name(*day, Lang::Da)) == wanted)?;
        let written = words("kl").unwrap_or_default();
        Some(Self {
            day,
            clock: Clock::of(&written),
            every: match words("hver").as_deref() {
                Some("anden-uge") => Every::OtherWeek,
                Some("måned") => Every::Month,
                _ => Every::Week,
            },
            written,
            from: date("fra"),
            to: date("til"),
        })
    }

    /// The first time at or after the day it begins, if that day is known.
    #[must_use]
    pub fn first(&self) -> Option<Date> {
        self.from.map(|from| self.next_weekday(from))
    }

    /// Whether its days can be told: what does not come every week needs a first time to count from.
    #[must_use]
    pub fn has_days(&self) -> bool {
        self.every == Every::Week || self.from.is_some()
    }

    /// Which weekday of the month it falls on, when it comes once a month.
    #[must_use]
    pub fn ordinal(&self) -> Option<Ordinal> {
        let first = self.first().filter(|_| self.every == Every::Month)?;
        Some(match (first.day() - 1) / 7 + 1 {
            n @ 1..=4 => Ordinal::Nth(n),
            _ => Ordinal::Last,
        })
    }

    /// Whether it takes place on a day.
    #[must_use]
    pub fn is_on(&self, date: Date) -> bool {
        if date.weekday() != self.day
            || self.from.is_some_and(|from| date < from)
            || self.to.is_some_and(|to| date > to)
        {
            return false;
        }
        match self.every {
            Every::Week => true,
            Every::OtherWeek => self
                .first()
                .is_some_and(|first| days_between(first, date) % 14 == 0),
            Every::Month => self.ordinal().is_some_and(|ordinal| match ordinal {
                Ordinal::Nth(n) => (date.day() - 1) / 7 + 1 == n,
                Ordinal::Last => date.day() + 7 > date.days_in_month(),
            }),
        }
    }

    /// The days on which it takes place from one day to another, both included.
    pub fn between(&self, start: Date, end: Date) -> impl Iterator<Item = Date> + use<'_> {
        let begin = self.from.map_or(start, |from| from.max(start));
        let end = self.to.map_or(end, |to| to.min(end));
        std::iter::successors(Some(self.next_weekday(begin)), move |&day| {
            (day < end).then(|| after(day, 7))
        })
        .take_while(move |&day| day <= end)
        .filter(|&day| self.is_on(day))
    }

    /// The day itself or the next day that has the right weekday.
    fn next_weekday(&self, day: Date) -> Date {
        after(day, i32::from(day.weekday().until(self.day)))
    }
}

impl Clock {
    /// Reads hours as people write them: `10.30-11.30`, `kl. 10`, `10:30–12`.
    #[must_use]
    pub fn of(written: &str) -> Option<Self> {
        let plain = written.trim();
        let plain = plain.strip_prefix("kl").unwrap_or(plain);
        let mut parts = plain.split(['-', '–', '—']).map(time);
        let start = parts.next()??;
        let end = parts.next().flatten().filter(|end| *end > start);
        Some(Self { start, end })
    }
}

fn time(written: &str) -> Option<Time> {
    let written = written.trim_matches(|c: char| c.is_whitespace() || c == '.');
    let (hour, minute) = written.split_once(['.', ':']).unwrap_or((written, "0"));
    let digits = |text: &str| {
        let fits = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| text.parse::<i8>().ok()).flatten()
    };
    Time::new(digits(hour)?, digits(minute)?, 0, 0).ok()
}

#[cfg(test)]
mod tests;
