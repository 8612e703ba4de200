//! What a record is called: its kind and its id.

use std::{fmt, sync::Arc};

use crate::text::fold::slug;

/// The key of a kind, such as `proevehandling`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KindKey(Arc<str>);

impl KindKey {
    /// Makes a key; whatever the text, the key is of `[a-z0-9-]`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(slug(text).into())
    }

    /// The key as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The id of a record, unique within its kind: `[a-z0-9-]`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RecordId(Arc<str>);

impl RecordId {
    /// Makes the id that belongs to a title or a file name.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(slug(text).into())
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A record's whole name inside its source.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RecordRef {
    /// Which kind.
    pub kind: KindKey,
    /// Which of them.
    pub id: RecordId,
}

impl RecordRef {
    /// The record of a key as [`fmt::Display`] writes it: `kind/id`.
    #[must_use]
    pub fn of_key(key: &str) -> Option<Self> {
        let (kind, id) = key.split_once('/')?;
        Some(Self {
            kind: KindKey::new(kind),
            id: RecordId::new(id),
        })
    }
}

impl fmt::Display for KindKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for RecordRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.kind, self.id)
    }
}
