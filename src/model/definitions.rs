//! Everything that stands above the records: the site, its kinds and vocabularies.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{
    config::SiteConfig,
    kind::{Kinds, Vocabulary},
    publication::Publication,
};

/// What records are read by. It changes rarely; a change reads every record again.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Definitions {
    /// `kaffe.yaml`.
    pub config: SiteConfig,
    /// The kinds.
    pub kinds: Kinds,
    /// The vocabularies by folded name.
    pub vocabularies: FxHashMap<String, Arc<Vocabulary>>,
    /// The publications.
    pub publications: Vec<Publication>,
    /// Groups of words that mean the same to a reader who searches.
    pub synonyms: Vec<Vec<String>>,
}
