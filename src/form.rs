//! Forms: a kind and a text become the boxes of a form, and what a form sends becomes a text.
//!
//! A form is always made from the text of a record, and what comes back is written into that text field by field, so
//! that what nobody touched stays byte for byte. Nothing here knows HTTP or HTML: contexts for templates go out, and the
//! names and values of a form come in.

mod advice;
mod fields;
mod take;
mod tell;

use serde::Serialize;

pub use advice::Advice;
pub use fields::{Control, Field, Form, Item, Offered, Subject, TextBox};
pub use take::{Taken, WrongValue};
pub use tell::{NotReached, Tell};

pub use crate::site::told::{is_running, is_told};

use crate::{
    model::{Actor, Kind, Record, RecordRef},
    render::Texts,
    site::SiteView,
    text::fold::{match_key, slug},
};

/// What a form sent: names and values in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Posted(Vec<(String, String)>);

/// What forms are made with.
#[derive(Clone, Copy)]
pub struct Desk<'a> {
    /// The site as the writer sees it.
    pub view: &'a SiteView,
    /// The words of the interface.
    pub texts: &'a Texts,
    /// Who writes.
    pub actor: &'a Actor,
}

/// Something that is wrong with a form, said at its top and at its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The place in the page.
    pub id: Option<String>,
    /// The words.
    pub text: String,
}

impl Posted {
    /// What a form sent.
    #[must_use]
    pub fn new(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }

    /// The value of a name, with plain line endings.
    #[must_use]
    pub fn one(&self, name: &str) -> Option<String> {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.replace("\r\n", "\n"))
    }

    /// The value of a name when it says something.
    #[must_use]
    pub fn filled(&self, name: &str) -> Option<String> {
        self.one(name)
            .map(|value| value.trim().to_owned())
            .filter(|value| !value.is_empty())
    }

    /// All values of a name.
    #[must_use]
    pub fn all(&self, name: &str) -> Vec<String> {
        self.0
            .iter()
            .filter(|(known, value)| known == name && !value.trim().is_empty())
            .map(|(_, value)| value.trim().to_owned())
            .collect()
    }

    /// Whether a name was sent at all.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| known == name)
    }

    /// Every name and value.
    #[must_use]
    pub fn pairs(&self) -> &[(String, String)] {
        &self.0
    }

    /// Puts a value in the place of all others of its name.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.0.retain(|(known, _)| known != name);
        self.add(name, value);
    }

    /// Adds a value.
    pub fn add(&mut self, name: &str, value: impl Into<String>) {
        self.0.push((name.to_owned(), value.into()));
    }
}

impl Desk<'_> {
    /// The record that somebody means by an id, an address or a title, among those that a field may point at.
    fn meant(&self, field: &crate::model::Field, words: &str) -> Option<RecordRef> {
        let crate::model::FieldType::Reference(targets) = &field.field_type else {
            return None;
        };
        let words = words
            .trim()
            .trim_start_matches("[[")
            .trim_end_matches("]]")
            .trim();
        let fits = |record: &Record| {
            let id = record.reference.id.as_str();
            let long = format!("{}/{id}", record.kind.folder);
            id == words
                || long == words.trim_matches('/')
                || record.names.contains(&match_key(words))
        };
        self.view
            .records()
            .map(|seen| seen.record)
            .filter(|record| targets.allow(&record.reference.kind))
            .find(|record| fits(record))
            .map(|record| record.reference.clone())
    }

    /// A reference as it is written: the id, with its folder in front where the id alone would fit several.
    fn written(&self, field: &crate::model::Field, reference: &RecordRef) -> String {
        let crate::model::FieldType::Reference(targets) = &field.field_type else {
            return reference.id.to_string();
        };
        let namesakes = self
            .view
            .definitions()
            .kinds
            .iter()
            .filter(|kind| targets.allow(&kind.key))
            .filter(|kind| {
                self.view
                    .find(kind.key.as_str(), reference.id.as_str())
                    .is_some()
            })
            .count();
        let folder = self.view.definitions().kinds.by_key(&reference.kind);
        match folder {
            Some(kind) if namesakes > 1 => format!("{}/{}", kind.folder, reference.id),
            _ => reference.id.to_string(),
        }
    }

    fn text(&self, key: &'static str) -> String {
        self.texts.get(key).to_owned()
    }
}

/// The name that a heading's box has.
#[must_use]
pub fn box_name(heading: Option<&str>) -> String {
    format!("b.{}", heading.map(slug).unwrap_or_default())
}

/// Whether a kind measures the time of writing.
fn is_measured(kind: &Kind) -> bool {
    kind.field("skrivetid").is_some()
}

#[cfg(test)]
mod tests;
