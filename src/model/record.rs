//! A record: one file with front matter and a body.

use std::sync::Arc;

use super::{
    audience::{Audience, Review, Visibility},
    document::Document,
    identity::{RecordId, RecordRef},
    kind::Kind,
    source_path::SourcePath,
    value::{Entry, Placed, Value},
};
use crate::diag::{Diagnostic, Span};

/// A record that could be read. It never changes; a change makes a new one.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Its name.
    pub reference: RecordRef,
    /// Its kind, as it was when the record was read.
    pub kind: Arc<Kind>,
    /// Its file.
    pub path: SourcePath,
    /// Its title.
    pub title: String,
    /// *Kort fortalt*: the summary, or the first sentence of the body.
    pub lead: String,
    /// Who may see it.
    pub visibility: Visibility,
    /// Whether a second person has read it.
    pub review: Review,
    /// Whether it was invented to show a feature.
    pub example: bool,
    /// Whether it has been withdrawn.
    pub withdrawn: bool,
    /// The team it belongs to, by id.
    pub team: Option<RecordId>,
    /// The filled fields in the order of the file.
    pub entries: Vec<Entry>,
    /// The body.
    pub document: Document,
    /// A hash of the file's bytes, in hex.
    pub hash: Arc<str>,
    /// Its title and aliases as they match in a wikilink.
    pub names: Vec<String>,
    /// Its title as it sorts in Danish.
    pub sort_key: Vec<u8>,
}

/// A file that should be a record and could not be read.
#[derive(Clone, Debug, PartialEq)]
pub struct Broken {
    /// The name it would have.
    pub reference: RecordRef,
    /// Its kind.
    pub kind: Arc<Kind>,
    /// Its file.
    pub path: SourcePath,
    /// Its text, with the digits of CPR-like numbers taken out; nothing when it is no text.
    pub text: Option<Arc<str>>,
    /// Whether the text must not be shown to anybody.
    pub withheld: bool,
    /// A hash of the file's bytes, in hex.
    pub hash: Arc<str>,
}

/// What came of a file: a value **and** its diagnostics, never only one of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// The record, or what is left of it.
    pub outcome: Result<Arc<Record>, Arc<Broken>>,
    /// What is wrong with the file by itself.
    pub diagnostics: Vec<Diagnostic>,
}

impl Draft {
    /// The name of the record, read or not.
    #[must_use]
    pub fn reference(&self) -> &RecordRef {
        match &self.outcome {
            Ok(record) => &record.reference,
            Err(broken) => &broken.reference,
        }
    }
}

impl Record {
    /// The entry under a key, however it is typed.
    #[must_use]
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|e| &*e.key == key)
    }

    /// The values under a key.
    #[must_use]
    pub fn values(&self, key: &str) -> &[Placed<Value>] {
        self.entry(key).map_or(&[], |e| &e.values)
    }

    /// The first value under a key.
    #[must_use]
    pub fn value(&self, key: &str) -> Option<&Value> {
        self.values(key).first().map(|p| &p.value)
    }

    /// The first value under a key as words.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<&str> {
        match self.value(key)? {
            Value::Text(t) => Some(t),
            Value::Choice(key) => Some(key),
            _ => None,
        }
    }

    /// The first value under a key as a date.
    #[must_use]
    pub fn date(&self, key: &str) -> Option<jiff::civil::Date> {
        match self.value(key)? {
            Value::Date(d) => Some(*d),
            _ => None,
        }
    }

    /// Where a key stands, or the beginning of the file.
    #[must_use]
    pub fn place_of(&self, key: &str) -> Span {
        self.entry(key)
            .map_or(Span { start: 0, end: 0 }, |e| e.key_span)
    }

    /// Whether an audience may know of it; withdrawn records leave every public view.
    #[must_use]
    pub fn is_seen_by(&self, audience: &Audience) -> bool {
        if self.withdrawn && *audience == Audience::Public {
            return false;
        }
        audience.sees(self.visibility, self.review, self.team.as_ref())
    }

    /// Whether it is held back from an audience on a day: criticism is the team's to see first, until it has answered or
    /// its time is up.
    #[must_use]
    pub fn is_held_from(&self, audience: &Audience, today: jiff::civil::Date) -> bool {
        let is_open = self.text("status").is_none_or(|status| status == "åben");
        let held = is_open && self.date("svarfrist").is_some_and(|day| today < day);
        held && !audience.sees(Visibility::Team, self.review, self.team.as_ref())
    }

    /// Whether it is in the public view.
    #[must_use]
    pub fn is_public(&self) -> bool {
        self.is_seen_by(&Audience::Public)
    }
}
