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
use super::segment::{Segment, WordList};

/// Words that one walk may read from one dictionary, so that a short beginning in a large index stays cheap.
const LONGEST_WALK: usize = 4_000;

/// The words of some segments.
#[derive(Clone, Copy)]
pub(super) struct Lexicon<'a> {
    pub(super) segments: &'a [Segment],
}

impl<'a> Lexicon<'a> {
    /// True when a record has this very word.
    pub(super) fn has(self, exact: &str) -> Result<bool, SearchError> {
        self.segments.iter().try_fold(false, |has, segment| Ok(has || has_word(segment, &segment.exact, exact)?))
    }

    /// True when a record has a word with this stem.
    pub(super) fn has_stem(self, stem: &str) -> Result<bool, SearchError> {
        self.segments.iter().try_fold(false, |has, segment| Ok(has || has_word(segment, &segment.stem, stem)?))
    }

    /// The exact words that begin so, itself left out, in order.
    pub(super) fn beginning(self, beginning: &str) -> Result<Vec<String>, SearchError> {
        let mut words = Words::default();
        for segment in self.segments {
            for list in &segment.exact {
                walk(list, beginning, |word, info| words.add(segment, list, word, info))?;
            }
        }
        words.0.remove(beginning);
        Ok(words.0.into_keys().collect())
    }

    /// The stems that end as `backwards` begins, spelled backwards, in order. Short stems are not among them.
    pub(super) fn ending(self, backwards: &str) -> Result<Vec<String>, SearchError> {
        let mut words = Words::default();
        for segment in self.segments {
            let list = &segment.backwards;
            walk(list, backwards, |word, info| words.add(segment, list, word, info))?;
        }
        words.0.remove(backwards);
        Ok(words.0.into_keys().collect())
    }

    /// The exact words within so many typing errors, with the number of times they are used: the commonest first.
    /// With `unfinished`, words that begin with something near.
    pub(super) fn near(self, word: &str, errors: u8, unfinished: bool) -> Result<Vec<(String, u64)>, SearchError> {
        self.near_in(word, errors, unfinished, |segment| &segment.exact)
    }

    /// The stems within so many typing errors.
    pub(super) fn near_stems(self, stem: &str, errors: u8) -> Result<Vec<(String, u64)>, SearchError> {
        self.near_in(stem, errors, false, |segment| &segment.stem)
    }

    fn near_in(
        self,
        word: &str,
        errors: u8,
        unfinished: bool,
        lists: impl Fn(&'a Segment) -> &'a super::fields::PerArea<WordList>,
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
            for list in lists(segment) {
                let mut found = list.terms().search(&automaton).into_stream()?;
                while found.advance() {
                    words.add(segment, list, found.key(), found.value())?;
                }
            }
        }
        let mut words: Vec<(String, u64)> = words.0.into_iter().collect();
        words.sort_by(|(a, often_a), (b, often_b)| often_b.cmp(often_a).then_with(|| a.cmp(b)));
        Ok(words)
    }
}

/// Words and how often they are used, in order.
#[derive(Default)]
struct Words(BTreeMap<String, u64>);

impl Words {
    fn add(&mut self, segment: &Segment, list: &WordList, word: &[u8], info: &TermInfo) -> Result<(), SearchError> {
        let Ok(word) = std::str::from_utf8(word) else { return Ok(()) };
        let used = segment.times_used(list, info)?;
        if used > 0 {
            *self.0.entry(word.to_owned()).or_default() += used;
        }
        Ok(())
    }
}

fn has_word(segment: &Segment, lists: &[WordList], word: &str) -> Result<bool, SearchError> {
    for list in lists {
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
