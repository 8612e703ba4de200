//! The words of all records, each with the records that have it.
//!
//! Takes documents in order; gives words in order. How often a word stands in which area of how long a text is made
//! into one number, the *impact*, which the live search reckons at every question: see [`super::super::score`]. Impacts are
//! rounded to a few levels.

use std::collections::BTreeMap;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::super::SearchDocument;
use super::super::analysis::{Analyzer, Forms, is_small_word, words};
use super::super::document::{name_stems_of, texts};
use super::super::fields::{Area, PerArea};
use super::super::score::impact;

/// Impacts that are told apart.
pub(super) const LEVELS: u8 = 12;
/// The smallest impact that is told apart from nothing.
const LEAST: f32 = 0.3;
/// How much greater each level is than the one below.
const STEP: f32 = 1.42;

/// A record that has a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Posting {
    /// Its number.
    pub(super) record: u32,
    /// How much the word counts there.
    pub(super) level: u8,
}

/// A word and the records that have it.
#[derive(Debug)]
pub(super) struct Word {
    pub(super) forms: Forms,
    pub(super) postings: Vec<Posting>,
}

/// All there is to know.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    /// Words in order.
    pub(super) words: Vec<Word>,
    /// Records by what filters ask for.
    pub(super) names: BTreeMap<String, Vec<Posting>>,
    /// Records by a phrase that is a synonym.
    pub(super) phrases: BTreeMap<String, Vec<Posting>>,
}

/// One record taken apart.
struct Apart {
    words: Vec<(String, u8)>,
    names: Vec<String>,
    /// The numbers of the phrases that it has.
    phrases: Vec<usize>,
}

impl Gathered {
    /// Takes documents in the order of their numbers, and the phrases that are asked for by name.
    pub(super) fn of(documents: &[&SearchDocument], phrases: &[Vec<String>]) -> Self {
        let lengths: Vec<PerArea<usize>> = documents
            .par_iter()
            .map(|document| Area::ALL.map(|area| length(document, area)))
            .collect();
        let means = means(&lengths);
        let apart: Vec<Apart> = documents
            .par_iter()
            .zip(&lengths)
            .map_init(Analyzer::new, |analyzer, (document, lengths)| {
                let mut of = Area::ALL.into_iter().zip(lengths).zip(&means);
                let once = Area::ALL.map(|_| {
                    of.next()
                        .map_or(0.0, |((area, length), mean)| impact(area, *length, *mean))
                });
                take_apart(document, &once, phrases, analyzer)
            })
            .collect();
        let mut gathered = Self::default();
        let mut known: FxHashMap<String, Vec<Posting>> = FxHashMap::default();
        for (record, apart) in (0..).zip(apart) {
            for (word, level) in apart.words {
                known
                    .entry(word)
                    .or_default()
                    .push(Posting { record, level });
            }
            for name in apart.names {
                gathered
                    .names
                    .entry(name)
                    .or_default()
                    .push(Posting { record, level: 0 });
            }
            for phrase in apart
                .phrases
                .iter()
                .filter_map(|number| phrases.get(*number))
            {
                let all = gathered.phrases.entry(phrase.join(" ")).or_default();
                all.push(Posting { record, level: 0 });
            }
        }
        let mut known: Vec<(String, Vec<Posting>)> = known.into_iter().collect();
        known.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        let mut analyzer = Analyzer::new();
        gathered.words = known
            .into_iter()
            .filter_map(|(word, postings)| {
                let forms = analyzer.forms(&word)?.clone();
                Some(Word { forms, postings })
            })
            .collect();
        gathered
    }
}

/// What each level counts.
pub(super) fn levels() -> Vec<f32> {
    std::iter::successors(Some(LEAST), |last| Some(last * STEP))
        .take(usize::from(LEVELS))
        .collect()
}

/// Number of words in an area.
fn length(document: &SearchDocument, area: Area) -> usize {
    texts(document, area)
        .into_iter()
        .map(|text| words(text).count())
        .sum()
}

/// Mean number of words in each area, empty ones left out.
#[expect(clippy::cast_precision_loss, reason = "a mean needs no last digit")]
fn means(lengths: &[PerArea<usize>]) -> PerArea<f32> {
    let mut areas = 0..;
    PerArea::default().map(|_: f32| {
        let area = areas.next().unwrap_or_default();
        let of_area = lengths
            .iter()
            .filter_map(|one| one.get(area))
            .filter(|length| **length > 0);
        let (sum, many) = of_area.fold((0, 0), |(sum, many), length| (sum + length, many + 1));
        if many == 0 {
            1.0
        } else {
            sum as f32 / many as f32
        }
    })
}

/// The words of a record with their levels. Small words count in a title only.
fn take_apart(
    document: &SearchDocument,
    once: &PerArea<f32>,
    phrases: &[Vec<String>],
    analyzer: &mut Analyzer,
) -> Apart {
    let mut counted: FxHashMap<String, f32> = FxHashMap::default();
    let mut has = vec![false; phrases.len()];
    let mut said = Vec::new();
    for (area, once) in Area::ALL.into_iter().zip(once) {
        for text in texts(document, area) {
            said.clear();
            for place in words(text) {
                let Some(exact) = text
                    .get(place.range)
                    .and_then(|word| analyzer.forms(word))
                    .map(|forms| &forms.exact)
                else {
                    continue;
                };
                if !place.joined && !phrases.is_empty() {
                    said.push(exact.clone());
                }
                if (area == Area::Title || !is_small_word(exact)) && is_plain(exact) {
                    *counted.entry(exact.clone()).or_default() += once;
                }
            }
            for (has, phrase) in has.iter_mut().zip(phrases) {
                *has = *has
                    || said
                        .windows(phrase.len())
                        .any(|here| here == phrase.as_slice());
            }
        }
    }
    let mut names = name_stems_of(document, analyzer);
    names.sort_unstable();
    names.dedup();
    Apart {
        words: counted
            .into_iter()
            .map(|(word, impact)| (word, level(impact)))
            .collect(),
        phrases: has
            .iter()
            .enumerate()
            .filter(|(_, has)| **has)
            .map(|(number, _)| number)
            .collect(),
        names,
    }
}

/// True for a word that can be packed: capitals stand between words there, and a script counts letters in 16 bits.
fn is_plain(exact: &str) -> bool {
    exact
        .chars()
        .all(|c| !c.is_ascii_uppercase() && u32::from(c) <= 0xFFFF)
}

/// The level that is nearest.
fn level(impact: f32) -> u8 {
    let mut floor = LEAST * STEP.sqrt();
    let mut level = 0;
    while level + 1 < LEVELS && impact >= floor {
        floor *= STEP;
        level += 1;
    }
    level
}
