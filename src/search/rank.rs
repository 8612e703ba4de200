//! The order of an answer.
//!
//! Takes the score of each document; counts what was found by kind and gives the best. The first hundred are looked at
//! again for what a score of single words cannot see: words that stand side by side as in the query, and titles that
//! are or begin with the query. The same hundred whatever part of the answer is asked for, so that turning a page
//! never shows a record twice. Equal scores stand by date, then by key.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use tantivy::DocId;

use super::SearchError;
use super::document::{TITLE_BEGINS, TITLE_ENDS};
use super::fields::{Area, PerArea};
use super::filter::Yes;
use super::lexicon::walk;
use super::phrase::Sequence;
use super::query::AskedWord;
use super::segment::{Segment, WordList};

/// Hits that are looked at twice.
const LOOKED_AT_TWICE: usize = 100;
/// Words of a query whose neighbours are compared.
const MOST_NEIGHBOURS: usize = 12;
/// Title words that an unfinished word may become.
const MOST_ENDINGS: usize = 50;

/// What it is worth that all neighbours in the query are neighbours in the text.
const SIDE_BY_SIDE: f32 = 0.25;
/// What it is worth each time that twice as many records use one; never more than [`MOST_USED`] times.
const USED_BY_OTHERS: f32 = 0.006;
const MOST_USED: u8 = 5;
/// What it is worth that the title is the query.
const TITLE_IS: f32 = 0.5;
/// What it is worth that the title begins with the query.
const TITLE_STARTS: f32 = 0.4;

/// The numbers that the offline search takes over.
pub(super) const NUMBERS: &[(&str, f32)] = &[
    ("SIDE_BY_SIDE", SIDE_BY_SIDE),
    ("TITLE_IS", TITLE_IS),
    ("TITLE_STARTS", TITLE_STARTS),
];

/// A document that fits.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) segment: usize,
    pub(super) doc: DocId,
    pub(super) score: f32,
    date: i64,
    key_order: u64,
}

/// What fits, counted, and the best of it.
#[derive(Debug, Default)]
pub(super) struct Ranked {
    pub(super) total: usize,
    pub(super) kinds: Vec<(String, usize)>,
    /// In order; `offset` left out, `limit` at most.
    pub(super) best: Vec<(Found, String)>,
}

/// What part of the answer is wanted.
pub(super) struct Wanted<'a> {
    pub(super) kind: Option<&'a str>,
    pub(super) offset: usize,
    pub(super) limit: usize,
}

/// Counts and orders. Without scores, as for a query of filters alone, all that is allowed fits equally.
pub(super) fn rank(
    segments: &[Segment],
    scores: Option<&[Vec<f32>]>,
    allowed: &[Yes],
    asked: &[AskedWord],
    wanted: &Wanted<'_>,
) -> Result<Ranked, SearchError> {
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    let mut ranked = Ranked::default();
    let enough = wanted
        .offset
        .saturating_add(wanted.limit)
        .max(LOOKED_AT_TWICE);
    let mut best = Vec::new();
    for (number, (segment, allowed)) in segments.iter().zip(allowed).enumerate() {
        let scores = scores.and_then(|scores| scores.get(number));
        let mut of_kind = vec![0_usize; segment.kinds.len()];
        let mut found = Vec::new();
        let wanted_kind = wanted
            .kind
            .map(|kind| segment.kinds.iter().position(|known| known == kind));
        for (doc, allowed) in (0..).zip(allowed) {
            let score = scores.map_or(Some(0.0), |scores| {
                scores
                    .get(doc as usize)
                    .copied()
                    .filter(|score| *score > 0.0)
            });
            let Some(score) = score.filter(|_| *allowed) else {
                continue;
            };
            let kind = segment.kind(doc);
            if let Some(count) = kind.and_then(|kind| of_kind.get_mut(kind)) {
                *count += 1;
            }
            if wanted_kind.is_none_or(|wanted| wanted.is_some() && wanted == kind) {
                ranked.total += 1;
                found.push((score, doc));
            }
        }
        for (kind, count) in segment
            .kinds
            .iter()
            .zip(of_kind)
            .filter(|(_, count)| *count > 0)
        {
            *kinds.entry(kind).or_default() += count;
        }
        keep_best(&mut found, enough);
        best.extend(found.into_iter().map(|(score, doc)| Found {
            segment: number,
            doc,
            score,
            date: segment.date(doc).unwrap_or(i64::MIN),
            key_order: segment.key_order(doc),
        }));
    }
    ranked.kinds = kinds
        .into_iter()
        .map(|(kind, count)| (kind.to_owned(), count))
        .collect();
    ranked.kinds.sort_by(|(_, a), (_, b)| b.cmp(a));
    ranked.best = look_again(segments, best, asked, wanted)?;
    Ok(ranked)
}

/// By score and date; within one segment also by key.
fn order(a: &Found, b: &Found) -> Ordering {
    b.score
        .total_cmp(&a.score)
        .then_with(|| b.date.cmp(&a.date))
}

/// Leaves out what is worse than the so many best; of equals all stay, because dates and keys decide between them.
fn keep_best(found: &mut Vec<(f32, DocId)>, enough: usize) {
    if found.len() > enough {
        let mut scores: Vec<f32> = found.iter().map(|(score, _)| *score).collect();
        let (_, least, _) = scores.select_nth_unstable_by(enough, |a, b| b.total_cmp(a));
        let least = *least;
        found.retain(|(score, _)| *score >= least);
    }
}

/// Orders the best of all segments, looks at the first of them twice, and cuts out the part that is wanted.
fn look_again(
    segments: &[Segment],
    mut best: Vec<Found>,
    asked: &[AskedWord],
    wanted: &Wanted<'_>,
) -> Result<Vec<(Found, String)>, SearchError> {
    sort(segments, &mut best)?;
    let first = best.len().min(LOOKED_AT_TWICE);
    if let Some(first) = best.get_mut(..first) {
        let rewards = Rewards::new(segments, asked);
        first.sort_unstable_by_key(|found| (found.segment, found.doc));
        for same in first.chunk_by_mut(|a, b| a.segment == b.segment) {
            rewards.grant(same)?;
        }
        sort(segments, first)?;
    }
    let wanted = best.into_iter().skip(wanted.offset).take(wanted.limit);
    wanted
        .map(|found| key(segments, &found).map(|key| (found, key)))
        .collect()
}

/// Sorts by score, date and key. Keys are read only where nothing else decides between two segments.
fn sort(segments: &[Segment], best: &mut [Found]) -> Result<(), SearchError> {
    best.sort_unstable_by(|a, b| {
        order(a, b).then_with(|| (a.segment, a.key_order).cmp(&(b.segment, b.key_order)))
    });
    for equal in best.chunk_by_mut(|a, b| order(a, b).is_eq()) {
        if equal
            .windows(2)
            .any(|pair| matches!(pair, [a, b] if a.segment != b.segment))
        {
            let mut keyed = Vec::with_capacity(equal.len());
            for found in &*equal {
                keyed.push((key(segments, found)?, found.clone()));
            }
            keyed.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
            for (place, (_, found)) in equal.iter_mut().zip(keyed) {
                *place = found;
            }
        }
    }
    Ok(())
}

fn key(segments: &[Segment], found: &Found) -> Result<String, SearchError> {
    segments
        .get(found.segment)
        .map_or(Ok(String::new()), |segment| segment.key(found.doc))
}

/// What stands side by side in the query.
struct Rewards<'a> {
    segments: &'a [Segment],
    words: Vec<String>,
    pairs: Vec<[String; 2]>,
    open: bool,
}

impl<'a> Rewards<'a> {
    fn new(segments: &'a [Segment], asked: &[AskedWord]) -> Self {
        let pairs = asked.iter().zip(asked.iter().skip(1)).take(MOST_NEIGHBOURS);
        let pairs = pairs.filter(|(a, b)| !(a.is_small() && b.is_small()));
        Self {
            segments,
            words: asked
                .iter()
                .take(MOST_NEIGHBOURS)
                .map(|word| word.exact.clone())
                .collect(),
            pairs: pairs
                .map(|(a, b)| [a.exact.clone(), b.exact.clone()])
                .collect(),
            open: asked.last().is_some_and(|word| word.open),
        }
    }

    /// Raises the scores of some documents of one segment, which stand in order.
    fn grant(&self, found: &mut [Found]) -> Result<(), SearchError> {
        let Some(segment) = found
            .first()
            .and_then(|found| self.segments.get(found.segment))
        else {
            return Ok(());
        };
        let mut rewards = vec![0.0_f32; found.len()];
        let share = self.pairs.iter().fold(0.0_f32, |sum, _| sum + 1.0).recip();
        for [a, b] in &self.pairs {
            let mut together = vec![false; found.len()];
            for list in &segment.exact {
                occurrences(
                    list,
                    &[std::slice::from_ref(a), std::slice::from_ref(b)],
                    found,
                    &mut together,
                )?;
            }
            add(&mut rewards, &together, SIDE_BY_SIDE * share);
        }
        if let Some(title) = list_of(&segment.exact, Area::Title)
            && let Some((last, before)) = self.words.split_last()
        {
            let mut endings = vec![last.clone()];
            if self.open {
                let room = MOST_ENDINGS;
                walk(title, last, |word, _| {
                    if endings.len() < room
                        && let Ok(word) = std::str::from_utf8(word)
                    {
                        endings.push(word.to_owned());
                    }
                    Ok(())
                })?;
            }
            let begins = [TITLE_BEGINS.to_owned()];
            let ends = [TITLE_ENDS.to_owned()];
            let before = before.iter().map(std::slice::from_ref);
            let starts: Vec<&[String]> = std::iter::once(&begins[..])
                .chain(before)
                .chain([&endings[..]])
                .collect();
            let mut has = vec![false; found.len()];
            occurrences(title, &starts, found, &mut has)?;
            add(&mut rewards, &has, TITLE_STARTS);
            let whole: Vec<&[String]> = starts.into_iter().chain([&ends[..]]).collect();
            let mut has = vec![false; found.len()];
            occurrences(title, &whole, found, &mut has)?;
            add(&mut rewards, &has, TITLE_IS);
        }
        for (found, reward) in found.iter_mut().zip(rewards) {
            // Between records that fit alike, what others build on stands first.
            let doubled = segment.used(found.doc).checked_ilog2().unwrap_or_default();
            let doubled = u8::try_from(doubled).map_or(MOST_USED, |doubled| doubled.min(MOST_USED));
            let used = USED_BY_OTHERS * f32::from(doubled);
            found.score *= 1.0 + reward + used;
        }
        Ok(())
    }
}

fn list_of(lists: &PerArea<WordList>, area: Area) -> Option<&WordList> {
    Area::ALL
        .into_iter()
        .zip(lists)
        .find(|(other, _)| *other == area)
        .map(|(_, list)| list)
}

fn occurrences(
    list: &WordList,
    slots: &[&[String]],
    found: &[Found],
    has: &mut [bool],
) -> Result<(), SearchError> {
    if let Some(mut sequence) = Sequence::open(list, slots)? {
        for (found, has) in found.iter().zip(has) {
            *has |= sequence.occurs_in(found.doc);
        }
    }
    Ok(())
}

fn add(rewards: &mut [f32], has: &[bool], reward: f32) {
    for (sum, has) in rewards.iter_mut().zip(has) {
        *sum += if *has { reward } else { 0.0 };
    }
}
