//! The reading side: one generation of the index that answers queries.
//!
//! Takes a [`Query`], gives an [`Answer`]. It never changes, so that a page and the search beside it speak of the same
//! records. Every query is answered in bounded time, whatever it is.

use std::fmt;
use std::sync::Arc;

use tantivy::schema::{Field, Value};
use tantivy::{DocAddress, IndexReader, TantivyDocument};

use super::analysis::{Analyzer, Analyzers, words};
use super::expand::{Expander, Meant};
use super::fields::{Fields, PerArea};
use super::filter::allowed;
use super::lexicon::Lexicon;
use super::query::{Asked, read};
use super::rank::{Found, Wanted, rank};
use super::score::{Board, Weights};
use super::segment::{Segment, documents};
use super::snippet::{Marks, snippet};
use super::synonyms::Synonyms;
use super::vocabulary::Vocabulary;
use super::{Answer, Hit, Query, SearchError};

/// Hits of one answer, at most.
const MOST_HITS: usize = 1_000;
/// Hits that can be left out, at most.
const FARTHEST: usize = 100_000;

/// An index at one moment. A clone is the same moment and costs nothing.
#[derive(Clone)]
pub struct Searcher(Arc<Generation>);

/// One generation of the index.
pub(super) struct Generation {
    reader: tantivy::Searcher,
    pub(super) shared: Shared,
    pub(super) segments: Vec<Segment>,
    pub(super) weights: Weights,
}

/// What generations have in common.
#[derive(Clone)]
pub(super) struct Shared {
    pub(super) fields: Arc<Fields>,
    pub(super) synonyms: Arc<Synonyms>,
    pub(super) vocabulary: Vocabulary,
    pub(super) analyzers: Arc<Analyzers>,
}

/// How many words the records have in each area, and how many records have any.
#[derive(Clone, Debug, Default)]
pub(super) struct Lengths {
    words: PerArea<u64>,
    records: PerArea<u64>,
}

impl Lengths {
    pub(super) fn add(&mut self, lengths: &PerArea<u32>) {
        for ((words, records), length) in self.words.iter_mut().zip(&mut self.records).zip(lengths)
        {
            *words += u64::from(*length);
            *records += u64::from(*length > 0);
        }
    }

    pub(super) fn subtract(&mut self, lengths: &PerArea<u32>) {
        for ((words, records), length) in self.words.iter_mut().zip(&mut self.records).zip(lengths)
        {
            *words = words.saturating_sub(u64::from(*length));
            *records = records.saturating_sub(u64::from(*length > 0));
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "a mean needs no last digit")]
    fn means(&self) -> PerArea<f32> {
        let mut pairs = self.words.iter().zip(&self.records);
        PerArea::default().map(|_: f32| match pairs.next() {
            Some((words, records)) if *records > 0 => *words as f32 / *records as f32,
            _ => 1.0,
        })
    }
}

/// Scores by segment and document.
type Scores = Vec<Vec<f32>>;

impl Searcher {
    pub(super) fn new(
        reader: &IndexReader,
        shared: &Shared,
        lengths: &Lengths,
    ) -> Result<Self, SearchError> {
        let reader = reader.searcher();
        let segments: Result<_, _> = reader
            .segment_readers()
            .iter()
            .map(|segment| Segment::open(segment, &shared.fields))
            .collect();
        Ok(Self(Arc::new(Generation {
            segments: segments?,
            weights: Weights::new(&lengths.means()),
            shared: shared.clone(),
            reader,
        })))
    }

    /// Answers a query. A text without a word to look for gets no hits.
    ///
    /// # Errors
    /// Only when the index itself cannot be read; for the operator. No query is an error.
    pub fn search(&self, query: &Query) -> Result<Answer, SearchError> {
        self.asking(|generation, analyzer| generation.answer(query, analyzer))
    }

    /// Calls with the generation and an analyzer that nobody else uses.
    pub(super) fn asking<T>(&self, work: impl FnOnce(&Generation, &mut Analyzer) -> T) -> T {
        self.0
            .shared
            .analyzers
            .with(|analyzer| work(&self.0, analyzer))
    }

    /// Whether the records use every word of a text, in some form.
    ///
    /// # Errors
    /// As [`Self::search`].
    pub fn knows(&self, text: &str) -> Result<bool, SearchError> {
        self.asking(|generation, analyzer| {
            let asked = read(text, analyzer);
            let telling = asked.words.iter().filter(|word| !word.is_small());
            let mut known = !asked.words.is_empty();
            for word in telling {
                let mut has = false;
                for stem in &word.stems {
                    has = has || generation.lexicon().has_stem(stem)?;
                }
                known &= has;
            }
            Ok(known)
        })
    }

    /// How many records can be found.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.documents()
    }

    /// True when there is nothing to find.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl fmt::Debug for Searcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Searcher")
            .field("documents", &self.len())
            .field("segments", &self.0.segments.len())
            .finish_non_exhaustive()
    }
}

impl Generation {
    fn answer(&self, query: &Query, analyzer: &mut Analyzer) -> Result<Answer, SearchError> {
        let asked = read(&query.text, analyzer);
        if asked.words.is_empty() && asked.filters.is_empty() {
            return Ok(Answer::default());
        }
        let allowed = allowed(&self.segments, &self.shared.vocabulary, &asked)?;
        let (scores, meant) = self.score(&asked, analyzer)?;
        let wanted = Wanted {
            kind: query.kind.as_deref(),
            offset: query.offset.min(FARTHEST),
            limit: query.limit.min(MOST_HITS),
        };
        let ranked = rank(
            &self.segments,
            scores.as_deref(),
            &allowed,
            &asked.words,
            &wanted,
        )?;
        let marks = Marks::new(&meant.meanings);
        let mut hits = Vec::with_capacity(ranked.best.len());
        for (found, key) in ranked.best {
            hits.push(self.hit(&found, key, &marks, analyzer)?);
        }
        let mut suggestions = Vec::new();
        for word in &meant.nearest {
            let written = self
                .as_written(word, analyzer)?
                .unwrap_or_else(|| word.clone());
            if !suggestions.contains(&written) {
                suggestions.push(written);
            }
        }
        Ok(Answer {
            total: ranked.total,
            hits,
            kinds: ranked.kinds,
            suggestions,
        })
    }

    /// The words that the records use.
    pub(super) fn lexicon(&self) -> Lexicon<'_> {
        Lexicon {
            segments: &self.segments,
            vocabulary: &self.shared.vocabulary,
        }
    }

    /// How many records there are.
    pub(super) fn documents(&self) -> usize {
        usize::try_from(self.reader.num_docs()).unwrap_or(usize::MAX)
    }

    /// Scores by segment and document, none when the query has no words.
    fn score(
        &self,
        asked: &Asked,
        analyzer: &mut Analyzer,
    ) -> Result<(Option<Scores>, Meant), SearchError> {
        if asked.words.is_empty() {
            return Ok((None, Meant::default()));
        }
        let telling = asked.words.iter().filter(|word| !word.is_small()).count();
        let lexicon = self.lexicon();
        let mut board = Board::new(lexicon, &self.weights, telling);
        let mut expander = Expander {
            lexicon,
            synonyms: &self.shared.synonyms,
            analyzer,
        };
        let meant = expander.expand(&asked.words, &mut board)?;
        Ok((Some(board.scores()), meant))
    }

    fn hit(
        &self,
        found: &Found,
        key: String,
        marks: &Marks,
        analyzer: &mut Analyzer,
    ) -> Result<Hit, SearchError> {
        let segment = self.segments.get(found.segment);
        let kind = segment.and_then(|segment| {
            segment
                .kind(found.doc)
                .and_then(|kind| segment.kinds.get(kind))
        });
        let text = self.stored(found.segment, found.doc, self.shared.fields.text)?;
        Ok(Hit {
            kind: kind.cloned().unwrap_or_default(),
            key,
            score: found.score,
            snippet: snippet(&text, marks, analyzer),
        })
    }

    pub(super) fn stored(
        &self,
        segment: usize,
        doc: u32,
        field: Field,
    ) -> Result<String, SearchError> {
        let segment = u32::try_from(segment).unwrap_or(u32::MAX);
        let document: TantivyDocument = self.reader.doc(DocAddress::new(segment, doc))?;
        Ok(document
            .get_first(field)
            .and_then(|value| value.as_str())
            .unwrap_or_default()
            .to_owned())
    }

    /// An exact word as a record writes it, with its own letters and accents.
    fn as_written(
        &self,
        exact: &str,
        analyzer: &mut Analyzer,
    ) -> Result<Option<String>, SearchError> {
        for (number, segment) in self.segments.iter().enumerate() {
            for list in &segment.exact {
                let Some(info) = list.terms().get(exact)? else {
                    continue;
                };
                let mut there = None;
                documents(list, &info, |doc, _| {
                    if there.is_none()
                        && segment.alive.get(doc as usize).is_some_and(|alive| *alive)
                    {
                        there = Some(doc);
                    }
                })?;
                let Some(doc) = there else { continue };
                for field in [self.shared.fields.text, self.shared.fields.names] {
                    let text = self.stored(number, doc, field)?;
                    let written =
                        words(&text)
                            .filter_map(|place| text.get(place.range))
                            .find(|word| {
                                analyzer
                                    .forms(word)
                                    .is_some_and(|forms| forms.exact == exact)
                            });
                    if let Some(written) = written {
                        return Ok(Some(written.to_lowercase()));
                    }
                }
            }
        }
        Ok(None)
    }
}
