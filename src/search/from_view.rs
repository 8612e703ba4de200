//! From an audience's view to documents: the only way into an index, so that what an audience may
//! not see cannot be found by it.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use super::{Index, SearchDocument, SearchError};
use crate::{
    model::{FieldType, Value},
    parse::markdown,
    site::{
        SiteView,
        delta::Delta,
        view::{Destination, Seen},
    },
};

impl Index {
    /// Makes the index of a view.
    ///
    /// # Errors
    /// As [`Index::build`].
    pub fn of(view: &SiteView) -> Result<Self, SearchError> {
        use rayon::prelude::*;
        let seen: Vec<Seen<'_>> = view.records().collect();
        let documents: Vec<SearchDocument> = seen
            .into_par_iter()
            .map(|seen| document(view, seen))
            .collect();
        Self::build(documents.into_iter(), &view.definitions().synonyms)
    }

    /// Takes the difference between two views in.
    ///
    /// # Errors
    /// As [`Index::apply`].
    pub fn follow(&mut self, delta: &Delta, view: &SiteView) -> Result<(), SearchError> {
        if delta.everything {
            *self = Self::of(view)?;
            return Ok(());
        }
        let put: Vec<SearchDocument> = delta
            .changed
            .iter()
            .filter_map(|&index| view.at(index))
            .map(|seen| document(view, seen))
            .collect();
        let removed: Vec<String> = delta.removed.iter().map(ToString::to_string).collect();
        self.apply(&put, &removed)
    }
}

/// What says what a record is about (title and keywords), and its text; as the index has them.
#[must_use]
pub fn title_and_text(view: &SiteView, seen: Seen<'_>) -> (String, String) {
    let document = document(view, seen);
    let title = [document.title, document.tags.join("\n")].join("\n");
    (
        title,
        [document.lead, document.body, document.facts].join("\n"),
    )
}

/// Fields that say how a record is kept and not what it is about.
const NOT_TEXT: [&str; 12] = [
    "titel",
    "resume",
    "synlighed",
    "gennemgang",
    "emneord",
    "også_kaldt",
    "oprettet",
    "kommer_fra",
    "sprog",
    "eksempel",
    "tidligere",
    "fravalgte_råd",
];

pub(super) fn document(view: &SiteView, seen: Seen<'_>) -> SearchDocument {
    let (record, kind) = (seen.record, &seen.record.kind);
    let title_of = |number| match view.destination(seen.index, number) {
        Destination::Record(to, _) => Some(to.record.title.clone()),
        _ => None,
    };
    let (headings, body) = markdown::plain_text(record.document.markdown(), &title_of);
    let mut facts = String::new();
    let mut areas = Vec::new();
    let mut date: Option<i64> = None;
    for entry in record
        .entries
        .iter()
        .filter(|e| !NOT_TEXT.contains(&&*e.key))
    {
        let Some(field) = record.kind.field(&entry.key) else {
            continue;
        };
        for placed in &entry.values {
            match &placed.value {
                Value::Date(day) => date = date.max(Some(days(*day))),
                Value::Text(text) if !text.starts_with("[[") => {
                    facts.push('\n');
                    facts.push_str(text);
                }
                Value::Choice(key) => {
                    let label = field
                        .choice(key)
                        .map_or_else(|| key.to_string(), |c| c.label.clone());
                    if &*field.key == "område" {
                        areas.push(label.clone());
                    }
                    // "Ja" and "ved ikke" say something beside their question only.
                    if kind.card.contains(&entry.key) {
                        facts.push('\n');
                        facts.push_str(&label);
                    }
                }
                Value::Row(_)
                    if matches!(field.field_type, FieldType::Table(_))
                        && &*field.key != "kilder" =>
                {
                    facts.push('\n');
                    facts.push_str(&placed.value.to_plain());
                }
                _ => {}
            }
        }
    }
    let titles = view
        .references(seen.index)
        .map(|(_, to)| to.record.title.clone());
    let referring = view
        .referring(seen.index)
        .map(|(_, _, from)| from.record.title.clone());
    let mut relations: Vec<String> = titles.chain(referring).collect();
    relations.sort_unstable();
    relations.dedup();
    let team = view.team(seen).map(|team| team.record.title.clone());
    let plain = |key: &str| {
        record
            .values(key)
            .iter()
            .map(|v| v.value.to_plain())
            .collect::<Vec<_>>()
    };
    let used = view.referring(seen.index).count();
    let mut document = SearchDocument {
        used: u64::try_from(used).unwrap_or(u64::MAX),
        key: record.reference.to_string(),
        kind: record.reference.kind.to_string(),
        kind_names: vec![
            kind.name_one.clone(),
            kind.name_many.clone(),
            kind.folder.clone(),
        ],
        title: record.title.clone(),
        aliases: plain("også_kaldt"),
        lead: view.lead(seen),
        headings,
        body,
        facts,
        tags: plain("emneord"),
        relations,
        team,
        areas,
        date,
        example: record.example,
        hash: 0,
    };
    document.hash = hash(&document);
    document
}

fn days(day: jiff::civil::Date) -> i64 {
    let since = day
        .since(jiff::civil::Date::constant(1970, 1, 1))
        .map_or(0, |span| span.get_days());
    i64::from(since)
}

fn hash(document: &SearchDocument) -> u64 {
    let mut hasher = FxHasher::default();
    let SearchDocument {
        key,
        kind,
        kind_names,
        title,
        aliases,
        lead,
        headings,
        body,
        facts,
        tags,
        relations,
        team,
        areas,
        date,
        used,
        example,
        hash: _,
    } = document;
    (key, kind, kind_names, title, aliases, lead, headings, body).hash(&mut hasher);
    (facts, tags, relations, team, areas, date, used, example).hash(&mut hasher);
    hasher.finish()
}
