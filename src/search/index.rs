//! The writing side of the index.
//!
//! Takes documents, gives [`Searcher`]s. It lives in memory: building it again from the records is quicker than
//! finding out whether a folder on the disk still fits them. One thread writes; the caller is the only writer.

use std::fmt;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use tantivy::indexer::IndexWriterOptions;
use tantivy::merge_policy::{LogMergePolicy, NoMergePolicy};
use tantivy::store::Compressor;
use tantivy::{IndexReader, IndexSettings, IndexWriter, ReloadPolicy, TantivyError, Term};

use super::analysis::{Analyzer, Analyzers, Forms};
use super::document::{Prepared, prepare};
use super::fields::Fields;
use super::ready::{READY, ReadyTokenizer};
use super::searcher::{Lengths, Searcher, Shared};
use super::synonyms::Synonyms;
use super::vocabulary::Vocabulary;
use super::{SearchDocument, SearchError};

/// Memory for words that are not yet in a segment; tantivy takes no less than 15 MB.
const WRITER_HEAP: usize = 16 << 20;

/// Documents that are taken apart at once while an index is built, so that not all of them lie apart in memory.
const TOGETHER: usize = 512;

/// An index in memory. Dropping it ends its thread; searchers made from it stay good.
pub struct Index {
    writer: IndexWriter,
    reader: IndexReader,
    shared: Shared,
    analyzer: Analyzer,
    kept: FxHashMap<String, Kept>,
    lengths: Lengths,
    current: Searcher,
}

/// What is remembered of a document in the index.
struct Kept {
    hash: u64,
    lengths: super::fields::PerArea<u32>,
}

impl Index {
    /// Makes an index of documents. Of two with one key the later stays. Each group of `synonyms` holds words or
    /// phrases that mean the same.
    ///
    /// # Errors
    /// When the memory or the thread for it cannot be had; for the operator.
    pub fn build(
        documents: impl Iterator<Item = SearchDocument>,
        synonyms: &[Vec<String>],
    ) -> Result<Self, SearchError> {
        let mut analyzer = Analyzer::telling();
        let shared = Shared {
            fields: Arc::new(Fields::new()),
            synonyms: Arc::new(Synonyms::new(synonyms, &mut analyzer)),
            analyzers: Arc::new(Analyzers::default()),
            vocabulary: Vocabulary::default(),
        };
        let (writer, reader) = open(&shared.fields).map_err(SearchError::Make)?;
        let lengths = Lengths::default();
        let current = Searcher::new(&reader, &shared, &lengths)?;
        let mut index = Self {
            writer,
            reader,
            shared,
            analyzer,
            kept: FxHashMap::default(),
            lengths,
            current,
        };
        // Taking texts apart is most of the work, and every core can help; tantivy takes them one by one.
        let documents: Vec<SearchDocument> = documents.collect();
        let analyzers = Analyzers::made_by(Analyzer::telling);
        for some in documents.chunks(TOGETHER) {
            let fields = &index.shared.fields;
            let take_apart = |document: &SearchDocument| {
                analyzers.with(|analyzer| {
                    let prepared = prepare(document, fields, analyzer);
                    (prepared, analyzer.learnt())
                })
            };
            let prepared: Vec<(Prepared, Vec<Forms>)> = some.par_iter().map(take_apart).collect();
            for (document, (prepared, learnt)) in some.iter().zip(prepared) {
                index.add(document, prepared, learnt)?;
            }
        }
        index.shared.vocabulary.settle();
        index.writer.commit().map_err(SearchError::Commit)?;
        index.merge_all()?;
        index.show()?;
        Ok(index)
    }

    /// Takes a change in one commit: documents that are new or changed, and keys of those that are gone. Documents
    /// whose hash is unchanged are skipped. Searchers made before go on answering as before.
    ///
    /// # Errors
    /// When tantivy cannot write; for the operator.
    pub fn apply(&mut self, put: &[SearchDocument], removed: &[String]) -> Result<(), SearchError> {
        let mut changed = false;
        for key in removed {
            changed |= self.remove(key);
        }
        for document in put {
            changed |= self.put(document)?;
        }
        if !changed {
            return Ok(());
        }
        self.shared.vocabulary.settle_many();
        self.commit()
    }

    /// Takes other groups of synonyms. Nothing is indexed again.
    ///
    /// # Errors
    /// When the index cannot be read; for the operator.
    pub fn replace_synonyms(&mut self, synonyms: &[Vec<String>]) -> Result<(), SearchError> {
        self.shared.synonyms = Arc::new(Synonyms::new(synonyms, &mut self.analyzer));
        self.current = Searcher::new(&self.reader, &self.shared, &self.lengths)?;
        Ok(())
    }

    /// The index as it is now; it does not change when the index does.
    #[must_use]
    pub fn searcher(&self) -> Searcher {
        self.current.clone()
    }

    /// True when the document was not there before in this form.
    fn put(&mut self, document: &SearchDocument) -> Result<bool, SearchError> {
        if self
            .kept
            .get(&document.key)
            .is_some_and(|kept| kept.hash == document.hash)
        {
            return Ok(false);
        }
        let prepared = prepare(document, &self.shared.fields, &mut self.analyzer);
        let learnt = self.analyzer.learnt();
        self.add(document, prepared, learnt)?;
        Ok(true)
    }

    /// Puts a document that has been taken apart in the place of the one with its key.
    fn add(
        &mut self,
        document: &SearchDocument,
        prepared: Prepared,
        learnt: Vec<Forms>,
    ) -> Result<(), SearchError> {
        self.remove(&document.key);
        let Prepared {
            document: prepared,
            lengths,
        } = prepared;
        self.shared.vocabulary.learn(learnt);
        self.writer
            .add_document(prepared)
            .map_err(|source| SearchError::Put {
                key: document.key.clone(),
                source,
            })?;
        self.lengths.add(&lengths);
        self.kept.insert(
            document.key.clone(),
            Kept {
                hash: document.hash,
                lengths,
            },
        );
        Ok(())
    }

    /// True when the document was there.
    fn remove(&mut self, key: &str) -> bool {
        let Some(kept) = self.kept.remove(key) else {
            return false;
        };
        self.writer
            .delete_term(Term::from_field_text(self.shared.fields.key, key));
        self.lengths.subtract(&kept.lengths);
        true
    }

    fn commit(&mut self) -> Result<(), SearchError> {
        self.writer.commit().map_err(SearchError::Commit)?;
        self.show()
    }

    /// Makes what is committed the current searcher.
    fn show(&mut self) -> Result<(), SearchError> {
        self.reader.reload().map_err(SearchError::Commit)?;
        self.current = Searcher::new(&self.reader, &self.shared, &self.lengths)?;
        Ok(())
    }

    /// Makes one segment of the many that building left, since every word of a query is looked up in each of them;
    /// later the small segments of single changes are merged in the background.
    fn merge_all(&mut self) -> Result<(), SearchError> {
        let index = self.writer.index();
        let segments = index
            .searchable_segment_ids()
            .map_err(SearchError::Commit)?;
        if segments.len() > 1 {
            self.writer
                .merge(&segments)
                .wait()
                .map_err(SearchError::Commit)?;
        }
        let mut merging = LogMergePolicy::default();
        // The small ones are merged among themselves and leave the large ones alone.
        merging.set_min_num_segments(4);
        merging.set_min_layer_size(100);
        merging.set_del_docs_ratio_before_merge(0.3);
        self.writer.set_merge_policy(Box::new(merging));
        Ok(())
    }
}

impl fmt::Debug for Index {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Index")
            .field("documents", &self.kept.len())
            .finish_non_exhaustive()
    }
}

fn open(fields: &Fields) -> Result<(IndexWriter, IndexReader), TantivyError> {
    let settings = IndexSettings {
        docstore_compression: Compressor::Lz4,
        // A thread a segment would cost more than it brings when a segment is one document.
        docstore_compress_dedicated_thread: false,
        ..IndexSettings::default()
    };
    let index = tantivy::Index::builder()
        .schema(fields.schema.clone())
        .settings(settings)
        .create_in_ram()?;
    index
        .tokenizers()
        .register(READY, ReadyTokenizer::default());
    let options = IndexWriterOptions::builder()
        .memory_budget_per_thread(WRITER_HEAP)
        .num_worker_threads(1)
        .num_merge_threads(1)
        .build();
    let writer = index.writer_with_options(options)?;
    writer.set_merge_policy(Box::new(NoMergePolicy));
    let reader = index
        .reader_builder()
        .reload_policy(ReloadPolicy::Manual)
        .try_into()?;
    Ok((writer, reader))
}
