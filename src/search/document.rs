//! From a record's plain text to what the index keeps of it.
//!
//! Takes a [`SearchDocument`]; gives a tantivy document and the lengths of its areas. The text is taken apart into
//! exact words. Leaves out what is public and what is not: it indexes what it is given.

use std::ops::Range;

use tantivy::TantivyDocument;

use super::SearchDocument;
use super::analysis::{Analyzer, Place, words};
use super::fields::{Area, Fields, Narrow, PerArea};
use super::ready::ReadyText;

/// Stands before the first word of a title, so that a title can be asked how it begins.
pub(super) const TITLE_BEGINS: &str = "\u{2}";
/// Stands after the last word of a title.
pub(super) const TITLE_ENDS: &str = "\u{3}";

/// A record ready for the index.
pub(super) struct Prepared {
    pub(super) document: TantivyDocument,
    /// Number of words in each area.
    pub(super) lengths: PerArea<u32>,
}

/// Takes a record apart.
pub(super) fn prepare(
    record: &SearchDocument,
    fields: &Fields,
    analyzer: &mut Analyzer,
) -> Prepared {
    let mut document = TantivyDocument::default();
    document.add_text(fields.key, &record.key);
    document.add_text(fields.kind, &record.kind);
    document.add_u64(fields.used, record.used);
    if let Some(date) = record.date {
        document.add_i64(fields.date, date);
    }
    let mut exact = fields.exact.iter();
    let lengths = Area::ALL.map(|area| {
        let field = exact.next();
        let mut length = 0;
        for text in texts(record, area) {
            let words = take_apart(text, area, analyzer);
            length += words.len();
            if let Some(field) = field.filter(|_| !words.is_empty()) {
                document.add_text(*field, words.as_str());
            }
        }
        length
    });
    let mut narrow = ReadyText::default();
    for by in Narrow::ALL {
        for name in names(record, by) {
            name_stems(by, name, analyzer, &mut narrow);
        }
    }
    document.add_text(fields.narrow, narrow.as_str());
    document.add_text(fields.text, shown(record));
    document.add_text(fields.names, spelled(record));
    Prepared { document, lengths }
}

/// The texts of an area; each begins anew, so that no phrase runs from one into the next.
pub(super) fn texts(record: &SearchDocument, area: Area) -> Vec<&str> {
    fn all(texts: &[String]) -> impl Iterator<Item = &str> {
        texts.iter().map(String::as_str)
    }
    match area {
        Area::Title => std::iter::once(record.title.as_str())
            .chain(all(&record.aliases))
            .collect(),
        Area::Lead => vec![&record.lead],
        Area::Headings => record.headings.lines().collect(),
        Area::Body => vec![&record.body, &record.facts],
        Area::Tags => all(&record.tags).collect(),
        Area::Relations => all(&record.relations)
            .chain(record.team.as_deref())
            .chain(all(&record.areas))
            .chain(all(record.kind_names.get(..2).unwrap_or_default()))
            .collect(),
    }
}

fn take_apart(text: &str, area: Area, analyzer: &mut Analyzer) -> ReadyText {
    let mut ready = ReadyText::default();
    let is_title = area == Area::Title && !text.is_empty();
    if is_title {
        ready.word(TITLE_BEGINS);
    }
    // The words so far with their positions; a hyphened word comes after its parts and may stand before some of them.
    let mut said: Vec<(u32, Range<usize>)> = Vec::new();
    for Place {
        range,
        position,
        joined,
    } in words(text)
    {
        let exact = text
            .get(range)
            .and_then(|word| analyzer.forms(word))
            .map(|forms| &forms.exact);
        if joined {
            let first = said
                .iter()
                .rposition(|(at, _)| *at < position)
                .map_or(0, |before| before + 1);
            let parts = said.get(first..).unwrap_or_default();
            // tantivy wants the places of a word in order, so a whole that is equal to one of its parts is left out.
            if let (Some(exact), Some((last, _))) = (exact, parts.last())
                && parts
                    .iter()
                    .all(|(_, part)| ready.as_str().get(part.clone()) != Some(exact.as_str()))
            {
                ready.word_back(last - position, exact);
            }
            continue;
        }
        let from = ready.as_str().len();
        match exact {
            Some(exact) => ready.word(exact),
            None => ready.skip(),
        }
        said.push((position, from..from + exact.map_or(0, String::len)));
    }
    if is_title {
        ready.word(TITLE_ENDS);
    }
    ready
}

/// What filters find a record by: each word of each name, as a stem after its sign.
pub(super) fn name_stems_of(record: &SearchDocument, analyzer: &mut Analyzer) -> Vec<String> {
    let mut ready = ReadyText::default();
    for by in Narrow::ALL {
        for name in names(record, by) {
            name_stems(by, name, analyzer, &mut ready);
        }
    }
    ready.as_str().lines().map(str::to_owned).collect()
}

fn names(record: &SearchDocument, narrow: Narrow) -> Vec<&str> {
    match narrow {
        Narrow::Kind => std::iter::once(&record.kind)
            .chain(&record.kind_names)
            .map(String::as_str)
            .collect(),
        Narrow::Team => record.team.as_deref().into_iter().collect(),
        Narrow::Place => record.areas.iter().map(String::as_str).collect(),
        Narrow::Tag => record.tags.iter().map(String::as_str).collect(),
        Narrow::Example => vec![if record.example { "ja" } else { "nej" }],
    }
}

fn name_stems(by: Narrow, name: &str, analyzer: &mut Analyzer, ready: &mut ReadyText) {
    for place in words(name) {
        if let Some(forms) = name.get(place.range).and_then(|word| analyzer.forms(word)) {
            ready.word(&format!("{}{}", by.sign(), forms.stem));
        }
    }
}

/// What a snippet is cut from.
fn shown(record: &SearchDocument) -> String {
    // A record without a lead of its own has its first sentence for one.
    if record.body.starts_with(&record.lead) {
        return record.body.clone();
    }
    match (record.lead.is_empty(), record.body.is_empty()) {
        (false, false) => format!("{}\n{}", record.lead, record.body),
        (true, _) => record.body.clone(),
        (_, true) => record.lead.clone(),
    }
}

/// What is searched beside [`shown`], as written.
fn spelled(record: &SearchDocument) -> String {
    let parts = [Area::Title, Area::Headings, Area::Tags, Area::Relations]
        .map(|area| texts(record, area).join("\n"));
    format!("{}\n{}", parts.join("\n"), record.facts)
}
