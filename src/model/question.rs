//! The question of a `visning` block: which records, in which order, shown how.

use std::sync::Arc;

use super::identity::KindKey;

/// A question to the records that a page's audience may see.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// How the answer is shown.
    pub show: Show,
    /// Of which kinds; every kind when empty.
    pub kinds: Vec<KindKey>,
    /// What must hold; all of them.
    pub conditions: Vec<Condition>,
    /// The columns of a table; the kind's own choice when empty.
    pub fields: Vec<Arc<str>>,
    /// The order; by title when none is given.
    pub sort: Option<Sort>,
    /// The field whose values part the answer into groups.
    pub group: Option<Arc<str>>,
    /// At most so many records.
    pub limit: usize,
    /// The heading above the answer.
    pub heading: Option<String>,
}

/// The ways of showing an answer that are built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Show {
    /// Cards.
    List,
    /// Rows and columns.
    Table,
    /// One number and its sentence.
    Count,
}

/// What one field must be.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// The key of the field.
    pub field: Arc<str>,
    /// What it must be.
    pub test: Test,
}

/// A test of the values of a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// Any value matches any of these.
    AnyOf(Vec<Pattern>),
    /// There is no value.
    Empty,
    /// There is a value.
    Set,
    /// A value is the record of the page that asks.
    ThisRecord,
}

/// What a value is held against; texts are folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// The same.
    Is(String),
    /// Another.
    IsNot(String),
    /// Greater, or the same where `or_equal`.
    Above {
        /// The bound as it is written.
        bound: String,
        /// Whether the bound itself matches.
        or_equal: bool,
    },
    /// Less, or the same where `or_equal`.
    Below {
        /// The bound as it is written.
        bound: String,
        /// Whether the bound itself matches.
        or_equal: bool,
    },
}

/// An order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sort {
    /// The key of the field.
    pub field: Arc<str>,
    /// Whether the greatest comes first.
    pub descending: bool,
}
