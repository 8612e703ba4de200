//! Records that are like a text: *andre har prøvet*.
//!
//! Takes a text, a record's own or what somebody has begun to write; gives the records that share most of what the text
//! is about, each with the words that they share. What a text is about are the words that few records have and that the
//! text says often; they are looked for by the same rules as the words of a query. Leaves out how it is said to a reader.

use rustc_hash::FxHashMap;

use super::analysis::{Analyzer, is_small_word, words};
use super::expand::{LETTER, STEM};
use super::filter::allowed;
use super::query::Asked;
use super::rank::{Wanted, rank};
use super::score::{Board, Meaning};
use super::searcher::Generation;
use super::{SearchError, Searcher};

/// Characters of a text that are read.
const LONGEST_TEXT: usize = 20_000;
/// Words that a text is about, at most.
const MOST_WORDS: usize = 14;
/// How often a word of the title is said, beside one of the text.
const TITLE: f32 = 4.0;
/// How much more a record of the same kind is like another.
const SAME_KIND: f32 = 1.25;
/// Records that are looked at for the one that is asked about.
const LOOKED_AT: usize = 40;
/// Words that two records must share.
const LEAST_SHARED: usize = 2;
/// Words that are named as shared, at most.
const MOST_SHARED: usize = 4;
/// Letters of a word that can be named.
const SHORTEST: usize = 4;

/// What is asked about.
#[derive(Clone, Copy, Debug, Default)]
pub struct Like<'a> {
    /// Its title, keywords and what else says what it is about; or nothing.
    pub title: &'a str,
    /// The key of its kind, or nothing.
    pub kind: &'a str,
    /// Its text.
    pub text: &'a str,
    /// True for the text of a record that is in the index: a word of that record alone is shared with nobody.
    pub indexed: bool,
}

/// A record that is like it.
#[derive(Clone, Debug, PartialEq)]
pub struct Similar {
    /// `kind/id`.
    pub key: String,
    /// Comparable within one answer only.
    pub score: f32,
    /// The most telling words that both have, as the text writes them.
    pub shared: Vec<String>,
    /// True when one of them stands in what says what one of the two is about, and not only in passing.
    pub in_titles: bool,
}

/// A word that the text is about.
struct About {
    in_title: bool,
    written: String,
    exact: String,
    stem: String,
    weight: f32,
}

impl Searcher {
    /// The records most like a text, the likest first; those of `without` left out.
    ///
    /// # Errors
    /// Only when the index itself cannot be read; for the operator.
    pub fn similar(
        &self,
        like: Like<'_>,
        without: &dyn Fn(&str) -> bool,
        limit: usize,
    ) -> Result<Vec<Similar>, SearchError> {
        self.asking(|generation, analyzer| generation.similar(like, without, limit, analyzer))
    }
}

impl Generation {
    fn similar(
        &self,
        like: Like<'_>,
        without: &dyn Fn(&str) -> bool,
        limit: usize,
        analyzer: &mut Analyzer,
    ) -> Result<Vec<Similar>, SearchError> {
        let about = self.about(like, analyzer)?;
        // A few words that somebody has begun with may hold no more than one that tells anything.
        let least = if like.indexed {
            LEAST_SHARED
        } else {
            LEAST_SHARED.min(about.len()).max(1)
        };
        let mut board = Board::new(self.lexicon(), &self.weights, about.len());
        for word in &about {
            board.add_letter(&word.exact, LETTER)?;
            board.add(&Meaning::Stem(word.stem.clone()), STEM)?;
            let matching = board.matching();
            board.settle(matching);
        }
        let scores = board.scores();
        let allowed = allowed(&self.segments, &self.shared.vocabulary, &Asked::default())?;
        let wanted = Wanted {
            kind: None,
            offset: 0,
            limit: LOOKED_AT,
        };
        let ranked = rank(&self.segments, Some(&scores), &allowed, &[], &wanted)?;
        let mut best = ranked.best;
        for (found, key) in &mut best {
            if key.split('/').next() == Some(like.kind) {
                found.score *= SAME_KIND;
            }
        }
        best.sort_by(|(a, _), (b, _)| b.score.total_cmp(&a.score));
        let mut similar = Vec::new();
        for (found, key) in best {
            if similar.len() >= limit {
                break;
            }
            if without(&key) {
                continue;
            }
            let (shared, in_titles) = self.shared(&about, found.segment, found.doc, analyzer)?;
            if shared.len() >= least {
                similar.push(Similar {
                    key,
                    score: found.score,
                    shared: shared.into_iter().take(MOST_SHARED).collect(),
                    in_titles,
                });
            }
        }
        Ok(similar)
    }

    /// The words that tell most of the text, the most telling first.
    fn about(&self, like: Like<'_>, analyzer: &mut Analyzer) -> Result<Vec<About>, SearchError> {
        let mut about: Vec<About> = Vec::new();
        let mut places: FxHashMap<String, usize> = FxHashMap::default();
        for (text, weight) in [(like.title, TITLE), (like.text, 1.0)] {
            let text = text
                .get(..text.floor_char_boundary(LONGEST_TEXT))
                .unwrap_or(text);
            for place in words(text).filter(|place| !place.joined) {
                let Some(written) = text.get(place.range) else {
                    continue;
                };
                let Some(forms) = analyzer.forms(written) else {
                    continue;
                };
                if is_small_word(&forms.exact) || forms.exact.chars().count() < SHORTEST {
                    continue;
                }
                let known = places.get(&forms.stem).and_then(|at| about.get_mut(*at));
                if let Some(known) = known {
                    known.weight += weight;
                    continue;
                }
                places.insert(forms.stem.clone(), about.len());
                about.push(About {
                    in_title: weight > 1.0,
                    written: written.to_lowercase(),
                    exact: forms.exact.clone(),
                    stem: forms.stem.clone(),
                    weight,
                });
            }
        }
        let lexicon = self.lexicon();
        let documents = self.documents();
        for word in &mut about {
            let having = lexicon.documents_with(&word.stem)?;
            // A word that nobody else has cannot be shared, and one of most records tells nothing.
            let least = if like.indexed { 2 } else { 1 };
            word.weight = if having < least || having > (documents / 2).max(2) {
                0.0
            } else {
                (1.0 + word.weight.ln()) * rarity(documents, having)
            };
        }
        about.retain(|word| word.weight > 0.0);
        about.sort_by(|a, b| {
            b.weight
                .total_cmp(&a.weight)
                .then_with(|| a.stem.cmp(&b.stem))
        });
        about.truncate(MOST_WORDS);
        Ok(about)
    }

    /// The words that a record has too, and whether they say what one of the two is about.
    fn shared(
        &self,
        about: &[About],
        segment: usize,
        doc: u32,
        analyzer: &mut Analyzer,
    ) -> Result<(Vec<String>, bool), SearchError> {
        let mut stems = |field| -> Result<Vec<String>, SearchError> {
            let text = self.stored(segment, doc, field)?;
            let places = words(&text).filter_map(|place| text.get(place.range));
            let stems =
                places.filter_map(|word| analyzer.forms(word).map(|forms| forms.stem.clone()));
            Ok(stems.collect())
        };
        let names = stems(self.shared.fields.names)?;
        let text = stems(self.shared.fields.text)?;
        // What the title of one of them says is what they are about; other words come after.
        let (said, passing): (Vec<&About>, Vec<&About>) = about
            .iter()
            .filter(|word| names.contains(&word.stem) || text.contains(&word.stem))
            .partition(|word| word.in_title || names.contains(&word.stem));
        let in_titles = !said.is_empty();
        let rest = if said.len() < LEAST_SHARED {
            passing
        } else {
            Vec::new()
        };
        let shared = said.into_iter().chain(rest);
        Ok((shared.map(|word| word.written.clone()).collect(), in_titles))
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^24")]
fn rarity(documents: usize, having: usize) -> f32 {
    (documents as f32 / having as f32).ln().max(0.1)
}
