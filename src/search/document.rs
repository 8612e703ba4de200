//! From a record's plain text to what the index keeps of it.
//!
//! Takes a [`SearchDocument`]; gives a tantivy document and the lengths of its areas. The text is taken apart once,
//! into both forms of each word. Leaves out what is public and what is not: it indexes what it is given.

use std::collections::BTreeSet;

use tantivy::TantivyDocument;

use super::SearchDocument;
use super::analysis::{Analyzer, Place, words};
use super::fields::{Area, Fields, Narrow, PerArea};
use super::ready::ReadyText;

/// Stands before the first word of a title, so that a title can be asked how it begins.
pub(super) const TITLE_BEGINS: &str = "\u{2}";
/// Stands after the last word of a title.
pub(super) const TITLE_ENDS: &str = "\u{3}";

/// A stem with fewer letters has no word hidden at its end.
const SHORTEST_COMPOUND: usize = 6;

/// A record ready for the index.
pub(super) struct Prepared {
    pub(super) document: TantivyDocument,
    /// Number of words in each area.
    pub(super) lengths: PerArea<u32>,
}

/// Takes a record apart.
pub(super) fn prepare(record: &SearchDocument, fields: &Fields, analyzer: &mut Analyzer) -> Prepared {
    let mut document = TantivyDocument::default();
    document.add_text(fields.key, &record.key);
    document.add_text(fields.kind, &record.kind);
    if let Some(date) = record.date {
        document.add_i64(fields.date, date);
    }
    let mut backwards = BTreeSet::new();
    let mut number = 0;
    let lengths = Area::ALL.map(|area| {
        let at = number;
        number += 1;
        let mut length = 0;
        for text in texts(record, area) {
            let taken = take_apart(text, area, analyzer, &mut backwards);
            length += taken.exact.len();
            if let (Some(exact), Some(stem)) = (fields.exact.get(at), fields.stem.get(at))
                && !taken.exact.is_empty()
            {
                document.add_text(*exact, taken.exact.as_str());
                document.add_text(*stem, taken.stem.as_str());
            }
        }
        length
    });
    let mut ready = ReadyText::default();
    for stem in &backwards {
        ready.word(stem);
    }
    document.add_text(fields.backwards, ready.as_str());
    for (narrow, field) in Narrow::ALL.into_iter().zip(fields.narrow) {
        for name in names(record, narrow) {
            document.add_text(field, name_stems(name, analyzer).as_str());
        }
    }
    document.add_text(fields.text, shown(record));
    document.add_text(fields.names, spelled(record));
    Prepared { document, lengths }
}

/// The texts of an area; each begins anew, so that no phrase runs from one into the next.
fn texts(record: &SearchDocument, area: Area) -> Vec<&str> {
    fn all(texts: &[String]) -> impl Iterator<Item = &str> {
        texts.iter().map(String::as_str)
    }
    match area {
        Area::Title => std::iter::once(record.title.as_str()).chain(all(&record.aliases)).collect(),
        Area::Lead => vec![&record.lead],
        Area::Headings => record.headings.lines().collect(),
        Area::Body => vec![&record.body],
        Area::Tags => all(&record.tags).collect(),
        Area::Relations => all(&record.relations).chain(record.team.as_deref()).chain(all(&record.areas)).collect(),
    }
}

struct Taken {
    exact: ReadyText,
    stem: ReadyText,
}

fn take_apart(text: &str, area: Area, analyzer: &mut Analyzer, backwards: &mut BTreeSet<String>) -> Taken {
    let mut taken = Taken { exact: ReadyText::default(), stem: ReadyText::default() };
    let is_title = area == Area::Title && !text.is_empty();
    if is_title {
        taken.exact.word(TITLE_BEGINS);
    }
    let mut last = 0;
    for Place { range, position, joined } in words(text) {
        let Some(forms) = text.get(range).and_then(|word| analyzer.forms(word)) else { continue };
        if joined {
            let back = last - position.min(last);
            taken.exact.word_back(back, &forms.exact);
            taken.stem.word_back(back, &forms.stem);
        } else {
            taken.exact.word(&forms.exact);
            taken.stem.word(&forms.stem);
            last = position;
        }
        if forms.stem.chars().count() >= SHORTEST_COMPOUND {
            backwards.insert(spelled_backwards(&forms.stem));
        }
    }
    if is_title {
        taken.exact.word(TITLE_ENDS);
    }
    taken
}

/// The letters of a stem from the last to the first.
pub(super) fn spelled_backwards(stem: &str) -> String {
    stem.chars().rev().collect()
}

fn names(record: &SearchDocument, narrow: Narrow) -> Vec<&str> {
    match narrow {
        Narrow::Kind => {
            std::iter::once(&record.kind).chain(&record.kind_names).map(String::as_str).collect()
        }
        Narrow::Team => record.team.as_deref().into_iter().collect(),
        Narrow::Place => record.areas.iter().map(String::as_str).collect(),
        Narrow::Tag => record.tags.iter().map(String::as_str).collect(),
        Narrow::Example => vec![if record.example { "ja" } else { "nej" }],
    }
}

fn name_stems(name: &str, analyzer: &mut Analyzer) -> ReadyText {
    let mut ready = ReadyText::default();
    for place in words(name) {
        if let Some(forms) = name.get(place.range).and_then(|word| analyzer.forms(word)) {
            ready.word(&forms.stem);
        }
    }
    ready
}

/// What a snippet is cut from.
fn shown(record: &SearchDocument) -> String {
    match (record.lead.is_empty(), record.body.is_empty()) {
        (false, false) => format!("{}\n{}", record.lead, record.body),
        (true, _) => record.body.clone(),
        (_, true) => record.lead.clone(),
    }
}

/// What is searched beside [`shown`], as written.
fn spelled(record: &SearchDocument) -> String {
    let parts = [Area::Title, Area::Headings, Area::Tags, Area::Relations].map(|area| texts(record, area).join("\n"));
    parts.join("\n")
}
