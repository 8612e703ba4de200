//! Values of fields, each with its place in the file.

use std::{fmt, sync::Arc};

use jiff::civil::Date;

use crate::diag::Span;

/// Something together with where it stands in its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed<T> {
    /// The thing.
    pub value: T,
    /// Where it stands, in bytes of the whole file.
    pub span: Span,
}

/// What stands under one key of a record.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The field's key, as kaffe writes it.
    pub key: Arc<str>,
    /// Where the key stands.
    pub key_span: Span,
    /// The values that could be read; more than one only where the field allows it.
    pub values: Vec<Placed<Value>>,
}

/// A value of one of the field types.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Words: text, phone, mail, address, role, time.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number.
    Decimal(f64),
    /// A day.
    Date(Date),
    /// A year, a quarter or a month.
    Period(Period),
    /// From one whole number to another; both may be the same.
    Interval(i64, i64),
    /// Yes or no.
    Flag(bool),
    /// The key of a choice.
    Choice(Arc<str>),
    /// A reference as it is written; the site resolves it.
    Reference(String),
    /// A row of a table.
    Row(Row),
}

/// A row of a table field: entries by column.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// The cells that are filled, in the order of the file.
    pub cells: Vec<Entry>,
}

impl Row {
    /// The values of a column.
    #[must_use]
    pub fn cell(&self, column: &str) -> &[Placed<Value>] {
        self.cells
            .iter()
            .find(|c| &*c.key == column)
            .map_or(&[], |c| &c.values)
    }
}

/// A year, one of its quarters, or one of its months.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    /// The year.
    pub year: i16,
    /// The part of it.
    pub part: PeriodPart,
}

/// The part of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PeriodPart {
    /// All of it.
    Year,
    /// A quarter, 1 to 4.
    Quarter(u8),
    /// A month, 1 to 12.
    Month(u8),
}

impl Period {
    /// Reads `2021`, `2021-Q3` or `2021-03`.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let year = |t: &str| (t.len() == 4).then(|| t.parse().ok()).flatten();
        let Some((first, rest)) = text.split_once('-') else {
            return Some(Self {
                year: year(text)?,
                part: PeriodPart::Year,
            });
        };
        let part = match rest.strip_prefix(['Q', 'q', 'K', 'k']) {
            Some(quarter) => {
                PeriodPart::Quarter(quarter.parse().ok().filter(|q| (1..=4).contains(q))?)
            }
            None if rest.len() == 2 => {
                PeriodPart::Month(rest.parse().ok().filter(|m| (1..=12).contains(m))?)
            }
            None => return None,
        };
        Some(Self {
            year: year(first)?,
            part,
        })
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.part {
            PeriodPart::Year => write!(f, "{:04}", self.year),
            PeriodPart::Quarter(q) => write!(f, "{:04}-Q{q}", self.year),
            PeriodPart::Month(m) => write!(f, "{:04}-{m:02}", self.year),
        }
    }
}

impl Value {
    /// The value as plain text, as kaffe would write it in a file; a row is its cells.
    #[must_use]
    pub fn to_plain(&self) -> String {
        match self {
            Self::Text(t) | Self::Reference(t) => t.clone(),
            Self::Integer(n) => n.to_string(),
            Self::Decimal(n) => n.to_string(),
            Self::Date(d) => d.to_string(),
            Self::Period(p) => p.to_string(),
            Self::Interval(a, b) if a == b => a.to_string(),
            Self::Interval(a, b) => format!("{a}-{b}"),
            Self::Flag(true) => "ja".to_owned(),
            Self::Flag(false) => "nej".to_owned(),
            Self::Choice(key) => key.to_string(),
            Self::Row(row) => {
                let cells = row
                    .cells
                    .iter()
                    .flat_map(|c| c.values.iter().map(|v| v.value.to_plain()));
                cells.collect::<Vec<_>>().join(" ")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Period;

    #[test]
    fn a_period_is_read_and_written_the_same() {
        for text in ["2021", "2021-Q3", "2021-03"] {
            assert_eq!(
                Period::from_text(text).map(|p| p.to_string()).as_deref(),
                Some(text)
            );
        }
        for bad in [
            "21",
            "2021-Q5",
            "2021-13",
            "2021-3",
            "2021-03-01",
            "efterår",
        ] {
            assert_eq!(Period::from_text(bad), None, "{bad}");
        }
    }
}
