//! Which documents may be hits at all.
//!
//! Takes the filters, phrases and exclusions of a query; gives for each document of a segment a yes or no. Deleted
//! documents are a no. Leaves out the kind that was asked for beside the text, because the counts of the kinds do not
//! heed it.

use super::SearchError;
use super::fields::Narrow;
use super::lexicon::walk;
use super::phrase::Sequence;
use super::query::{Asked, AskedWord, Filter, Without};
use super::segment::{Segment, documents};
use super::vocabulary::Vocabulary;

/// A yes or no for each document of a segment.
pub(super) type Yes = Vec<bool>;

/// Judges all segments.
pub(super) fn allowed(
    segments: &[Segment],
    vocabulary: &Vocabulary,
    asked: &Asked,
) -> Result<Vec<Yes>, SearchError> {
    let mut allowed: Vec<Yes> = segments
        .iter()
        .map(|segment| segment.alive.clone())
        .collect();
    for phrase in &asked.phrases {
        let has = each(segments, |segment| with_phrase(segment, phrase))?;
        keep(&mut allowed, &has, true);
    }
    for without in &asked.without {
        let has = match without {
            Without::Word(word) => each(segments, |segment| with_word(segment, vocabulary, word))?,
            Without::Phrase(phrase) => each(segments, |segment| with_phrase(segment, phrase))?,
        };
        keep(&mut allowed, &has, false);
    }
    for filter in &asked.filters {
        let has = named(segments, filter)?;
        keep(&mut allowed, &has, !filter.negative);
    }
    Ok(allowed)
}

fn each(
    segments: &[Segment],
    judge: impl Fn(&Segment) -> Result<Yes, SearchError>,
) -> Result<Vec<Yes>, SearchError> {
    segments.iter().map(judge).collect()
}

fn keep(allowed: &mut [Yes], has: &[Yes], wanted: bool) {
    for (allowed, has) in allowed.iter_mut().zip(has) {
        for (allowed, has) in allowed.iter_mut().zip(has) {
            *allowed &= *has == wanted;
        }
    }
}

/// The documents in which the words stand side by side in some area.
pub(super) fn with_phrase(segment: &Segment, phrase: &[String]) -> Result<Yes, SearchError> {
    let mut has = vec![false; segment.alive.len()];
    let slots: Vec<&[String]> = phrase.iter().map(std::slice::from_ref).collect();
    for list in &segment.exact {
        if let Some(sequence) = Sequence::open(list, &slots)? {
            sequence.each(|doc| mark(&mut has, doc));
        }
    }
    Ok(has)
}

/// The documents that have the word in any form.
fn with_word(
    segment: &Segment,
    vocabulary: &Vocabulary,
    word: &AskedWord,
) -> Result<Yes, SearchError> {
    let mut has = vec![false; segment.alive.len()];
    let relatives = word.stems.iter().flat_map(|stem| vocabulary.words_of(stem));
    for word in relatives.chain([word.exact.as_str()]) {
        for list in &segment.exact {
            if let Some(info) = list.terms().get(word)? {
                documents(list, &info, |doc, _| mark(&mut has, doc))?;
            }
        }
    }
    Ok(has)
}

/// The documents whose name for the filter has all its words. A word that no name has may be the beginning of one.
fn named(segments: &[Segment], filter: &Filter) -> Result<Vec<Yes>, SearchError> {
    let mut named: Vec<Yes> = segments
        .iter()
        .map(|segment| vec![true; segment.alive.len()])
        .collect();
    for (word, stems) in &filter.words {
        let mut has = each(segments, |segment| with_name(segment, filter.narrow, stems))?;
        if !has.iter().flatten().any(|yes| *yes) {
            has = each(segments, |segment| {
                with_name_from(segment, filter.narrow, word)
            })?;
        }
        keep(&mut named, &has, true);
    }
    Ok(named)
}

/// The documents whose name has a word with one of the stems.
fn with_name(segment: &Segment, narrow: Narrow, stems: &[String]) -> Result<Yes, SearchError> {
    let mut has = vec![false; segment.alive.len()];
    for stem in stems {
        let name = format!("{}{stem}", narrow.sign());
        if let Some(info) = segment.narrow.terms().get(name)? {
            documents(&segment.narrow, &info, |doc, _| mark(&mut has, doc))?;
        }
    }
    Ok(has)
}

/// The documents whose name has a word that begins so.
fn with_name_from(segment: &Segment, narrow: Narrow, word: &str) -> Result<Yes, SearchError> {
    let mut has = vec![false; segment.alive.len()];
    let from = format!("{}{word}", narrow.sign());
    walk(&segment.narrow, &from, |_, info| {
        documents(&segment.narrow, info, |doc, _| mark(&mut has, doc))
    })?;
    Ok(has)
}

fn mark(has: &mut [bool], doc: u32) {
    if let Some(has) = has.get_mut(doc as usize) {
        *has = true;
    }
}
