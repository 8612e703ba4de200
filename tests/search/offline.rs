//! The published site's own search, asked in Node with the very files that a browser loads.

use kaffe::engine::Snapshot;

/// What was found, query by query.
pub type Found = Vec<Vec<String>>;

/// Asks.
pub struct Offline;

impl Offline {
    /// Keys for each query, the best first; nothing when there is no offline index.
    pub fn ask<'a>(_published: &Snapshot, _queries: impl Iterator<Item = &'a str>) -> anyhow::Result<Option<Found>> {
        Ok(None)
    }
}
