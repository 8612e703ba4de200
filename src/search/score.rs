//! How well a document fits the words of a query.
//!
//! BM25 over weighted areas: how often a word occurs is summed over the areas of a document, each with its weight and
//! its own measure of length, before it is dampened, so that a word in a title *and* a text is not counted as two
//! words. A word may occur in many forms; the very word counts more than its relatives, and this for every document
//! again, so that many relatives do not outweigh the word itself. Words add up, and a document that has all of them
//! stands above one that has some.
//!
//! One word is scored at a time over all documents: see [`Board`]. Every number comes from documents that are still
//! there, in an order that does not depend on segments.

use tantivy::DocId;
use tantivy::fieldnorm::FieldNormReader;

use super::SearchError;
use super::analysis::is_small_word;
use super::fields::{Area, PerArea};
use super::filter::with_phrase;
use super::lexicon::{Lexicon, walk};
use super::segment::{Segment, WordList, documents};

/// How soon a repeated word stops to count.
const DAMPING: f32 = 1.2;
/// The share of a word's score that only the very word earns, when it is the only word of the query.
const VERY_WORD_ALONE: f32 = 0.35;
/// The same among other words, which tell more of what is meant than an ending does.
const VERY_WORD: f32 = 0.08;
/// The share of the score that depends on how much of the query is found.
const COVERAGE: f32 = 0.7;

/// The numbers that the offline search takes over.
pub(super) const NUMBERS: &[(&str, f32)] = &[
    ("DAMPING", DAMPING),
    ("VERY_WORD_ALONE", VERY_WORD_ALONE),
    ("VERY_WORD", VERY_WORD),
    ("COVERAGE", COVERAGE),
];

/// From so many records on, two letters are looked for in short texts only.
const MANY: f32 = 5_000.0;

/// What an area counts for, and how much its length matters.
const fn worth(area: Area) -> (f32, f32) {
    match area {
        Area::Title => (5.0, 0.5),
        Area::Lead | Area::Headings => (2.0, 0.5),
        Area::Body => (1.0, 0.75),
        Area::Tags => (1.5, 0.3),
        Area::Relations => (0.4, 0.5),
    }
}

/// What a word counts that occurs once in an area of some length, where areas have so many words in the mean.
#[expect(clippy::cast_precision_loss, reason = "lengths are far below 2^24")]
pub(super) fn impact(area: Area, length: usize, mean: f32) -> f32 {
    weight(area, length as f32, mean)
}

fn weight(area: Area, length: f32, mean: f32) -> f32 {
    let (weight, slope) = worth(area);
    weight / (1.0 - slope + slope * length / mean.max(1.0))
}

/// Something that a word of a query may mean.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Meaning {
    /// This very word.
    Exact(String),
    /// Any word with the stem.
    Stem(String),
    /// Any longer word that begins so.
    Beginning(String),
    /// Exact words side by side.
    Phrase(Vec<String>),
}

/// For each area what a word in a document of some length counts there. The length is tantivy's: one byte.
pub(super) struct Weights(PerArea<Vec<f32>>);

impl Weights {
    /// From the mean number of words in each area, empty ones left out.
    pub(super) fn new(means: &PerArea<f32>) -> Self {
        let mut means = means.iter();
        Self(Area::ALL.map(|area| {
            let mean = means.next().copied().unwrap_or(1.0);
            (0..=u8::MAX)
                .map(|id| {
                    let length = as_float(FieldNormReader::id_to_fieldnorm(id));
                    weight(area, length, mean)
                })
                .collect()
        }))
    }

    /// What the word counts in a document.
    fn of(&self, area: usize, segment: &Segment, doc: DocId) -> f32 {
        let id = segment
            .lengths
            .get(area)
            .map_or(0, |lengths| lengths.fieldnorm_id(doc));
        self.0
            .get(area)
            .and_then(|weights| weights.get(usize::from(id)))
            .copied()
            .unwrap_or_default()
    }
}

/// The scores of all documents, while words are added.
pub(super) struct Board<'a> {
    segments: &'a [Segment],
    lexicon: Lexicon<'a>,
    weights: &'a Weights,
    documents: f32,
    very_word: f32,
    columns: Vec<Columns>,
    /// What a document has that has every word.
    full: f32,
}

/// Numbers for each document of a segment.
struct Columns {
    /// How often the word occurs in any of its meanings, weighted.
    any: Vec<f32>,
    /// Whether it occurs to the letter.
    letter: Vec<bool>,
    total: Vec<f32>,
    /// How much of the query has been found.
    found: Vec<f32>,
}

impl<'a> Board<'a> {
    /// An empty board for a query of so many words.
    pub(super) fn new(lexicon: Lexicon<'a>, weights: &'a Weights, words: usize) -> Self {
        let segments = lexicon.segments;
        let columns = segments.iter().map(|segment| {
            let zero = || vec![0.0; segment.alive.len()];
            Columns {
                any: zero(),
                letter: vec![false; segment.alive.len()],
                total: zero(),
                found: zero(),
            }
        });
        let documents: usize = segments
            .iter()
            .map(|segment| segment.alive.iter().filter(|alive| **alive).count())
            .sum();
        Self {
            segments,
            lexicon,
            weights,
            documents: count(documents),
            very_word: if words == 1 {
                VERY_WORD_ALONE
            } else {
                VERY_WORD
            },
            columns: columns.collect(),
            full: 0.0,
        }
    }

    /// Adds a meaning of the current word at a weight.
    pub(super) fn add(&mut self, meaning: &Meaning, weight: f32) -> Result<(), SearchError> {
        for (segment, columns) in self.segments.iter().zip(&mut self.columns) {
            let any = &mut columns.any;
            let mut add = |area, doc: DocId, often| {
                bump(
                    any,
                    doc,
                    weight * often * self.weights.of(area, segment, doc),
                );
            };
            match meaning {
                Meaning::Exact(word) => {
                    occurrences(&segment.exact, word, &mut add)?;
                }
                Meaning::Stem(stem) => {
                    // *haven* is no *have*: a small word is meant only by itself.
                    let forms = self.lexicon.words_of(stem).into_iter();
                    for word in forms.filter(|word| !is_small_word(word)) {
                        occurrences(&segment.exact, word, &mut add)?;
                    }
                }
                Meaning::Beginning(beginning) => {
                    let lists = segment.exact.iter().zip(Area::ALL).enumerate();
                    // Among many records two letters begin too many words of a text to tell anything.
                    let everywhere = self.documents < MANY || beginning.chars().nth(2).is_some();
                    let walked = lists.filter(|(_, (_, area))| {
                        everywhere || !matches!(area, Area::Body | Area::Relations)
                    });
                    for (area, (list, _)) in walked {
                        walk(list, beginning, |word, info| {
                            if word == beginning.as_bytes() {
                                return Ok(());
                            }
                            documents(list, info, |doc, often| add(area, doc, as_float(often)))
                        })?;
                    }
                }
                Meaning::Phrase(phrase) => {
                    // Where it stands is not counted: that it is there is enough.
                    for (doc, has) in (0..).zip(with_phrase(segment, phrase)?) {
                        if has {
                            bump(any, doc, weight);
                        }
                    }
                }
            }
        }
        Ok(())
    }

    /// Adds the current word to the letter.
    pub(super) fn add_letter(&mut self, exact: &str, weight: f32) -> Result<(), SearchError> {
        for (segment, columns) in self.segments.iter().zip(&mut self.columns) {
            occurrences(&segment.exact, exact, |area, doc, often| {
                bump(
                    &mut columns.any,
                    doc,
                    weight * often * self.weights.of(area, segment, doc),
                );
                if let Some(letter) = columns.letter.get_mut(doc as usize) {
                    *letter = true;
                }
            })?;
        }
        Ok(())
    }

    /// How many documents have the current word in a meaning that was added.
    pub(super) fn matching(&self) -> usize {
        let pairs = self.segments.iter().zip(&self.columns);
        pairs
            .map(|(segment, columns)| {
                columns
                    .any
                    .iter()
                    .zip(&segment.alive)
                    .filter(|(any, alive)| **any > 0.0 && **alive)
                    .count()
            })
            .sum()
    }

    /// Ends the current word, which `matching` documents were found to have, and begins the next.
    pub(super) fn settle(&mut self, matching: usize) {
        if matching == 0 {
            return;
        }
        let rarity = rarity(self.documents, count(matching));
        self.full += rarity;
        for columns in &mut self.columns {
            let words = columns.any.iter_mut().zip(&mut columns.letter);
            for ((any, letter), (total, found)) in
                words.zip(columns.total.iter_mut().zip(&mut columns.found))
            {
                if *any > 0.0 {
                    let very_word = if *letter { self.very_word } else { 0.0 };
                    *total += rarity * (very_word + (1.0 - self.very_word) * damped(*any));
                    *found += rarity;
                    *any = 0.0;
                    *letter = false;
                }
            }
        }
    }

    /// The scores by segment and document; zero means no hit.
    pub(super) fn scores(self) -> Vec<Vec<f32>> {
        let full = self.full.max(f32::MIN_POSITIVE);
        let scores = self.columns.into_iter().map(|columns| {
            let pairs = columns.total.into_iter().zip(columns.found);
            pairs
                .map(|(total, found)| total * (1.0 - COVERAGE + COVERAGE * (found / full)))
                .collect()
        });
        scores.collect()
    }
}

/// Calls with area, document and count for each place where a word occurs.
fn occurrences(
    lists: &PerArea<WordList>,
    word: &str,
    mut each: impl FnMut(usize, DocId, f32),
) -> Result<(), SearchError> {
    for (area, list) in lists.iter().enumerate() {
        if let Some(info) = list.terms().get(word)? {
            documents(list, &info, |doc, often| each(area, doc, as_float(often)))?;
        }
    }
    Ok(())
}

fn bump(column: &mut [f32], doc: DocId, by: f32) {
    if let Some(number) = column.get_mut(doc as usize) {
        *number += by;
    }
}

/// From 0 to 1.
fn damped(often: f32) -> f32 {
    often / (often + DAMPING)
}

/// BM25's measure of how much a word tells: more, the fewer documents have it.
fn rarity(documents: f32, matching: f32) -> f32 {
    (1.0 + (documents - matching + 0.5).max(0.0) / (matching + 0.5)).ln()
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of words and documents are far below 2^24, or need no last digit"
)]
const fn as_float(number: u32) -> f32 {
    number as f32
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of words and documents are far below 2^24, or need no last digit"
)]
const fn count(number: usize) -> f32 {
    number as f32
}
