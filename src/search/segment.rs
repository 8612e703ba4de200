//! One segment of the index, opened for reading.
//!
//! Holds the word lists, lengths and columns that a query needs, and knows which of its documents are still there.
//! Leaves out everything that concerns more than one segment.

use std::sync::Arc;

use tantivy::columnar::{Column, StrColumn};
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{BlockSegmentPostings, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, InvertedIndexReader, SegmentReader, TantivyError};

use super::SearchError;
use super::fields::{DATE, Fields, KEY, KIND, PerArea, USED};

/// The words of a field in one segment, with the documents that have them.
pub(super) type WordList = Arc<InvertedIndexReader>;

/// A segment.
pub(super) struct Segment {
    reader: SegmentReader,
    pub(super) exact: PerArea<WordList>,
    pub(super) narrow: WordList,
    /// How many words each document has in an area, in one byte.
    pub(super) lengths: PerArea<FieldNormReader>,
    key: StrColumn,
    /// The number of each document's kind in `kinds`, laid out because every hit is counted by it.
    kind: Vec<Option<u16>>,
    date: Column<i64>,
    used: Column<u64>,
    /// The kinds that the segment knows; a document's kind is a number in this list.
    pub(super) kinds: Vec<String>,
    /// For each document whether it is still there.
    pub(super) alive: Vec<bool>,
}

impl Segment {
    pub(super) fn open(reader: &SegmentReader, fields: &Fields) -> Result<Self, SearchError> {
        let words = |field| reader.inverted_index(field);
        let [a, b, c, d, e, f] = fields.exact;
        let lengths = |field| reader.get_fieldnorms_reader(field);
        let text_column = |name: &str| -> Result<StrColumn, SearchError> {
            let missing =
                || TantivyError::InternalError(format!("a segment lacks the column {name}"));
            Ok(reader.fast_fields().str(name)?.ok_or_else(missing)?)
        };
        let kind_column = text_column(KIND)?;
        let mut kinds = Vec::new();
        for ord in 0..kind_column.num_terms() {
            let mut name = String::new();
            kind_column.ord_to_str(u64::try_from(ord).unwrap_or(u64::MAX), &mut name)?;
            kinds.push(name);
        }
        Ok(Self {
            reader: reader.clone(),
            exact: [
                words(a)?,
                words(b)?,
                words(c)?,
                words(d)?,
                words(e)?,
                words(f)?,
            ],
            narrow: words(fields.narrow)?,
            lengths: [
                lengths(a)?,
                lengths(b)?,
                lengths(c)?,
                lengths(d)?,
                lengths(e)?,
                lengths(f)?,
            ],
            key: text_column(KEY)?,
            kind: (0..reader.max_doc())
                .map(|doc| {
                    kind_column
                        .ords()
                        .first(doc)
                        .and_then(|ord| u16::try_from(ord).ok())
                })
                .collect(),
            date: match reader.fast_fields().column_opt(DATE)? {
                Some(column) => column,
                None => Column::build_empty_column(reader.max_doc()),
            },
            used: match reader.fast_fields().column_opt(USED)? {
                Some(column) => column,
                None => Column::build_empty_column(reader.max_doc()),
            },
            kinds,
            alive: (0..reader.max_doc())
                .map(|doc| !reader.is_deleted(doc))
                .collect(),
        })
    }

    /// The number of documents still there that have the word.
    pub(super) fn times_used(&self, list: &WordList, word: &TermInfo) -> Result<u64, SearchError> {
        if !self.reader.has_deletes() {
            return Ok(u64::from(word.doc_freq));
        }
        let mut used = 0;
        documents(list, word, |doc, _| {
            used += u64::from(!self.reader.is_deleted(doc));
        })?;
        Ok(used)
    }

    /// The number of a document's kind in [`Self::kinds`].
    pub(super) fn kind(&self, doc: DocId) -> Option<usize> {
        let kind = self.kind.get(doc as usize).copied().flatten();
        kind.map(usize::from)
    }

    /// A number that orders the keys of this segment as the keys themselves.
    pub(super) fn key_order(&self, doc: DocId) -> u64 {
        self.key.ords().first(doc).unwrap_or(u64::MAX)
    }

    pub(super) fn key(&self, doc: DocId) -> Result<String, SearchError> {
        let mut key = String::new();
        if let Some(ord) = self.key.ords().first(doc) {
            self.key.ord_to_str(ord, &mut key)?;
        }
        Ok(key)
    }

    /// How many records use a document.
    pub(super) fn used(&self, doc: DocId) -> u64 {
        self.used.first(doc).unwrap_or_default()
    }

    pub(super) fn date(&self, doc: DocId) -> Option<i64> {
        self.date.first(doc)
    }
}

/// Calls with each document that has a word and how often, in order, deleted ones too.
pub(super) fn documents(
    list: &WordList,
    word: &TermInfo,
    mut each: impl FnMut(DocId, u32),
) -> Result<(), SearchError> {
    let mut block: BlockSegmentPostings =
        list.read_block_postings_from_terminfo(word, IndexRecordOption::WithFreqs)?;
    while block.block_len() > 0 {
        let counts = block.freqs().iter().copied().chain(std::iter::repeat(1));
        for (doc, count) in block.docs().iter().zip(counts) {
            each(*doc, count);
        }
        block.advance();
    }
    Ok(())
}
