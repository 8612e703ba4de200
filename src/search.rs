//! Full-text search in Danish, and the only door to tantivy.
//!
//! Takes plain [`SearchDocument`]s and gives [`Answer`]s. The layer knows no records and no audiences: what it is fed
//! is what can be found, so that one index belongs to one audience and is fed from that audience's view alone.
//!
//! ```text
//! SearchDocument → document (analysis) → Index ──┐ one commit a change
//!                                                ▼
//! Query → query → expand → score → rank → Answer  Searcher: one generation, never changes
//! ```
//!
//! tantivy keeps the words, their places and the documents. The judgement is our own and stands in small modules:
//! what a word is ([`analysis`]), what else a word of a query may mean ([`expand`]: inflections, the beginning of a
//! word, compounds, synonyms, typing errors) and how much that counts ([`score`], [`rank`]). Numbers that a score is
//! made of are counted among the records that are there now, never among deleted ones, so that an index which took a
//! hundred changes answers exactly as one that was built from nothing.
//!
//! Left out: what a kind or a team is called beyond the words it is given, HTML, and everything that reads a file or
//! a clock.

mod analysis;
mod compound;
mod document;
mod expand;
mod fields;
mod filter;
mod from_view;
mod index;
mod lexicon;
mod offline;
mod phrase;
mod query;
mod rank;
mod ready;
mod score;
mod searcher;
mod segment;
mod similar;
mod snippet;
mod synonyms;
mod vocabulary;

pub use from_view::title_and_text;
pub use index::Index;
pub use offline::Offline;
pub use searcher::Searcher;
pub use similar::{Like, Similar};

/// A record as the index sees it: text, and the few facts that a query can ask for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchDocument {
    /// `kind/id`; there is one document a key.
    pub key: String,
    /// The key of its kind.
    pub kind: String,
    /// What the kind is called, for `type:`: one, many, and the folder.
    pub kind_names: Vec<String>,
    /// The title.
    pub title: String,
    /// Other names; as good as the title.
    pub aliases: Vec<String>,
    /// The few sentences that stand under the title.
    pub lead: String,
    /// Headings, one a line.
    pub headings: String,
    /// All other text, without markup.
    pub body: String,
    /// The values of its fields; searched as the text is, and not shown as a part of it.
    pub facts: String,
    /// Keywords.
    pub tags: Vec<String>,
    /// Titles of the records that it refers to and that refer to it.
    pub relations: Vec<String>,
    /// Title of its team.
    pub team: Option<String>,
    /// Names of the places it belongs to.
    pub areas: Vec<String>,
    /// The newest date that it speaks of, in days; newer stands first among equals.
    pub date: Option<i64>,
    /// How many records point at it with one of their fields.
    pub used: u64,
    /// True when it is invented.
    pub example: bool,
    /// Stands for all of the above: a document whose hash has not changed is skipped.
    pub hash: u64,
}

/// What someone asks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Words, `"a phrase"`, `-without` and filters such as `type:ide` or `team:"Team Åbrinken"`. Any text will do.
    pub text: String,
    /// Only hits of this kind.
    pub kind: Option<String>,
    /// At most this many hits.
    pub limit: usize,
    /// Leave out this many hits first.
    pub offset: usize,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// How many records fit the query and its kind.
    pub total: usize,
    /// The best of them, by score (a little more for what others use), then newest date, then key.
    pub hits: Vec<Hit>,
    /// How many fit the query in each kind, whatever kind was asked for; most first.
    pub kinds: Vec<(String, usize)>,
    /// The nearest known word for each word that the index does not know, as it is written in a record.
    pub suggestions: Vec<String>,
}

/// One record of an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// `kind/id`.
    pub key: String,
    /// The key of its kind.
    pub kind: String,
    /// Comparable within one answer only.
    pub score: f32,
    /// A few words of its text in pieces; those that matched are marked with true. Not escaped.
    pub snippet: Vec<(String, bool)>,
}

/// What can go wrong inside the index; the operator reads it. No query and no record can cause it.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The index could not be made.
    #[error("the search index could not be made: {0}")]
    Make(#[source] tantivy::TantivyError),
    /// A change could not be written.
    #[error("the search index did not take the record {key}: {source}")]
    Put {
        /// Key of the record.
        key: String,
        /// What tantivy says.
        source: tantivy::TantivyError,
    },
    /// The written changes could not be made visible.
    #[error("the changes to the search index could not be made visible: {0}")]
    Commit(#[source] tantivy::TantivyError),
    /// The index could not be read.
    #[error("the search index could not be read: {0}")]
    Read(#[source] tantivy::TantivyError),
}

impl From<std::io::Error> for SearchError {
    fn from(error: std::io::Error) -> Self {
        Self::Read(error.into())
    }
}

impl From<tantivy::TantivyError> for SearchError {
    fn from(error: tantivy::TantivyError) -> Self {
        Self::Read(error)
    }
}

#[cfg(test)]
mod tests;
