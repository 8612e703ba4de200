//! The shape of the index: which fields a record has there.
//!
//! A record's text lies in six areas, so that a title is told from a passing mention, as exact words with their places:
//! what else a word may be, its inflections above all, is found out when it is asked for. Beside them stand the names
//! that filters ask for and what an answer needs. Leaves out weights: see [`super::score`].

use tantivy::schema::{
    FAST, Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions,
};

use super::ready::READY;

/// A part of a record's text that has its own weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Area {
    Title,
    Lead,
    Headings,
    Body,
    Tags,
    Relations,
}

impl Area {
    /// All areas, in the order in which arrays hold them. The one that knows most words is asked first.
    pub(super) const ALL: [Self; 6] = [
        Self::Body,
        Self::Title,
        Self::Lead,
        Self::Headings,
        Self::Tags,
        Self::Relations,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Lead => "lead",
            Self::Headings => "headings",
            Self::Body => "body",
            Self::Tags => "tags",
            Self::Relations => "relations",
        }
    }
}

/// Something per area.
pub(super) type PerArea<T> = [T; Area::ALL.len()];

/// What a query can be narrowed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Narrow {
    Kind,
    Team,
    Place,
    Tag,
    Example,
}

impl Narrow {
    /// All filters.
    pub(super) const ALL: [Self; 5] = [
        Self::Kind,
        Self::Team,
        Self::Place,
        Self::Tag,
        Self::Example,
    ];

    /// What stands before each of its names in the index. No name begins with a capital letter.
    pub(super) const fn sign(self) -> &'static str {
        match self {
            Self::Kind => "K",
            Self::Team => "T",
            Self::Place => "P",
            Self::Tag => "E",
            Self::Example => "X",
        }
    }
}

/// Name of the fast field that holds a record's key.
pub(super) const KEY: &str = "key";
/// Name of the fast field that holds a record's kind.
pub(super) const KIND: &str = "kind";
/// Name of the fast field that holds how many records use this one.
pub(super) const USED: &str = "used";
/// Name of the fast field that holds the day.
pub(super) const DATE: &str = "date";

/// tantivy's own tokenizer for texts that are one word as they stand.
const RAW: &str = "raw";

/// The fields of the index.
#[derive(Clone, Debug)]
pub(super) struct Fields {
    pub(super) schema: Schema,
    /// The key; one term a record, by which it is replaced.
    pub(super) key: Field,
    pub(super) kind: Field,
    pub(super) date: Field,
    pub(super) used: Field,
    /// Exact words with positions.
    pub(super) exact: PerArea<Field>,
    /// Stems of names to filter by, each after its [`Narrow::sign`].
    pub(super) narrow: Field,
    /// Lead and body as written, for snippets.
    pub(super) text: Field,
    /// Title, aliases and the rest as written, for the spelling of suggestions.
    pub(super) names: Field,
}

impl Fields {
    pub(super) fn new() -> Self {
        let mut schema = Schema::builder();
        let raw = TextFieldIndexing::default()
            .set_tokenizer(RAW)
            .set_fieldnorms(false);
        let raw = TextOptions::default()
            .set_indexing_options(raw.set_index_option(IndexRecordOption::Basic));
        let key = schema.add_text_field(KEY, raw.set_fast(RAW));
        let kind = schema.add_text_field(KIND, TextOptions::default().set_fast(RAW));
        let date = schema.add_i64_field(DATE, FAST);
        let used = schema.add_u64_field(USED, FAST);
        let exact = Area::ALL.map(|area| {
            let options = ready(IndexRecordOption::WithFreqsAndPositions, true);
            schema.add_text_field(&format!("{}_exact", area.name()), options)
        });
        let narrow = schema.add_text_field("narrow", ready(IndexRecordOption::Basic, false));
        let text = schema.add_text_field("text", STORED);
        let names = schema.add_text_field("names", STORED);
        Self {
            schema: schema.build(),
            key,
            kind,
            date,
            used,
            exact,
            narrow,
            text,
            names,
        }
    }
}

/// A field whose words come ready from [`super::document`].
fn ready(keep: IndexRecordOption, lengths: bool) -> TextOptions {
    TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer(READY)
            .set_fieldnorms(lengths)
            .set_index_option(keep),
    )
}
