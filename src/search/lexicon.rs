//! The words that the records use, as one list over all areas and segments.
//!
//! Walks tantivy's term dictionaries by range and by automaton and never from end to end. Gives only words of records
//! that are still there. Leaves out what a word is worth.

use std::collections::BTreeMap;

use tantivy::Term;
use tantivy::postings::TermInfo;
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Field;

use super::SearchError;
use super::fields::PerArea;
use super::segment::{Segment, WordList};
use super::vocabulary::Vocabulary;

/// Words that one walk may read from one dictionary, so that a short beginning in a large index stays cheap.
const LONGEST_WALK: usize = 4_000;

/// The words of some segments.
#[derive(Clone, Copy)]
pub(super) struct Lexicon<'a> {
    pub(super) segments: &'a [Segment],
    pub(super) vocabulary: &'a Vocabulary,
}

impl<'a> Lexicon<'a> {
    /// The exact forms of a stem that records have.
    pub(super) fn words_of(self, stem: &str) -> Vec<&'a str> {
        self.vocabulary.words_of(stem)
    }

    /// True when a record has a word with this stem.
    pub(super) fn has_stem(self, stem: &str) -> Result<bool, SearchError> {
        for word in self.words_of(stem) {
            if self.has_word(word)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// About how many records have a word with this stem: each of its forms is counted for itself, in the area that
    /// has most of it.
    pub(super) fn documents_with(self, stem: &str) -> Result<usize, SearchError> {
        let mut all = 0;
        for word in self.words_of(stem) {
            // Areas are compared over all segments, so that the number does not depend on how the index came about.
            let mut areas = PerArea::<u64>::default();
            for segment in self.segments {
                for (area, list) in areas.iter_mut().zip(&segment.exact) {
                    if let Some(info) = list.terms().get(word)? {
                        *area += segment.times_used(list, &info)?;
                    }
                }
            }
            all += areas.into_iter().max().unwrap_or_default();
        }
        Ok(usize::try_from(all).unwrap_or(usize::MAX))
    }

    /// Longer exact words that begin so, the shortest first, no more than `most`.
    pub(super) fn beginning(
        self,
        beginning: &str,
        most: usize,
    ) -> Result<Vec<&'a str>, SearchError> {
        shortest(self.vocabulary.beginning_with(beginning), most, |word| {
            self.has_word(word)
        })
    }

    /// Longer stems that end so, the shortest first, no more than `most`.
    pub(super) fn ending_in(self, stem: &str, most: usize) -> Result<Vec<&'a str>, SearchError> {
        shortest(self.vocabulary.ending_in(stem), most, |stem| {
            self.has_stem(stem)
        })
    }

    fn has_word(self, word: &str) -> Result<bool, SearchError> {
        for segment in self.segments {
            if has_word(segment, word)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The exact words within so many typing errors, with the number of times they are used: the commonest first.
    /// With `unfinished`, words that begin with something near.
    pub(super) fn near(
        self,
        word: &str,
        errors: u8,
        unfinished: bool,
    ) -> Result<Vec<(String, u64)>, SearchError> {
        // The automaton knows letters only; which field the term names does not matter.
        let term = Term::from_field_text(Field::from_field_id(0), word);
        let query = if unfinished {
            FuzzyTermQuery::new_prefix(term, errors, true)
        } else {
            FuzzyTermQuery::new(term, errors, true)
        };
        let automaton = query.automaton()?;
        let mut words = Words::default();
        for segment in self.segments {
            for list in &segment.exact {
                let mut found = list.terms().search(&automaton).into_stream()?;
                let mut left = LONGEST_WALK;
                while left > 0 && found.advance() {
                    words.add(segment, list, found.key(), found.value())?;
                    left -= 1;
                }
            }
        }
        let mut words: Vec<(String, u64)> = words.0.into_iter().collect();
        words.sort_by(|(a, often_a), (b, often_b)| often_b.cmp(often_a).then_with(|| a.cmp(b)));
        Ok(words)
    }
}

/// The shortest of some words that records still have. In a large site a word has thousands of compounds; the
/// short ones are the common ones, and looking at all of them would cost more than it brings.
fn shortest(
    mut found: Vec<&str>,
    most: usize,
    is_there: impl Fn(&str) -> Result<bool, SearchError>,
) -> Result<Vec<&str>, SearchError> {
    found.sort_unstable_by(|a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
    let mut shortest = Vec::new();
    for word in found {
        if shortest.len() == most {
            break;
        }
        if is_there(word)? {
            shortest.push(word);
        }
    }
    Ok(shortest)
}

/// Words and how often they are used, in order.
#[derive(Default)]
struct Words(BTreeMap<String, u64>);

impl Words {
    fn add(
        &mut self,
        segment: &Segment,
        list: &WordList,
        word: &[u8],
        info: &TermInfo,
    ) -> Result<(), SearchError> {
        let Ok(word) = std::str::from_utf8(word) else {
            return Ok(());
        };
        let used = segment.times_used(list, info)?;
        if used > 0 {
            *self.0.entry(word.to_owned()).or_default() += used;
        }
        Ok(())
    }
}

fn has_word(segment: &Segment, word: &str) -> Result<bool, SearchError> {
    for list in &segment.exact {
        if let Some(info) = list.terms().get(word)?
            && segment.times_used(list, &info)? > 0
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Calls with each word that begins so, in order, up to a bound.
pub(super) fn walk(
    list: &WordList,
    beginning: &str,
    mut each: impl FnMut(&[u8], &TermInfo) -> Result<(), SearchError>,
) -> Result<(), SearchError> {
    let mut found = list.terms().range().ge(beginning).into_stream()?;
    for _ in 0..LONGEST_WALK {
        if !found.advance() || !found.key().starts_with(beginning.as_bytes()) {
            break;
        }
        each(found.key(), found.value())?;
    }
    Ok(())
}
