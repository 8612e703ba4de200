//! What differs between two views, for whoever keeps something per record: the search.

use rustc_hash::FxHashSet;

use super::{RecordIndex, SiteView};
use crate::model::RecordRef;

/// The difference between an old view and a new one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Delta {
    /// Records that are new or different, in the new view. A record is different too when one
    /// that it points at or links to, or that points at it, has changed.
    pub changed: Vec<RecordIndex>,
    /// Records that are gone for this audience.
    pub removed: Vec<RecordRef>,
    /// Whether the definitions are others, so that nothing can be said of single records.
    pub everything: bool,
}

impl Delta {
    /// Compares two views of the same audience.
    #[must_use]
    pub fn between(old: &SiteView, new: &SiteView) -> Self {
        if !std::ptr::eq(old.definitions(), new.definitions())
            && old.definitions() != new.definitions()
        {
            return Self {
                everything: true,
                ..Self::default()
            };
        }
        let mut changed: FxHashSet<RecordIndex> = FxHashSet::default();
        for seen in new.records() {
            let same = old
                .get(&seen.record.reference)
                .is_some_and(|before| std::ptr::eq(before.record, seen.record));
            if !same {
                changed.insert(seen.index);
                changed.extend(new.referring(seen.index).map(|(_, _, from)| from.index));
                // What it points at shows its name, and what it pointed at before shows it no more.
                changed.extend(new.references(seen.index).map(|(_, to)| to.index));
                // A link without words of its own is called by its title.
                changed.extend(new.backlinks(seen.index).map(|(from, _)| from.index));
                if let Some(before) = old.get(&seen.record.reference) {
                    changed.extend(pointed_at(old, new, before.index));
                    changed.extend(linked_to(old, new, before.index));
                }
            }
        }
        let mut removed = Vec::new();
        for before in old.records() {
            if new.get(&before.record.reference).is_none() {
                removed.push(before.record.reference.clone());
                // Those that pointed at it show its name no more.
                let pointed = old
                    .referring(before.index)
                    .filter_map(|(_, _, from)| new.get(&from.record.reference));
                changed.extend(pointed.map(|s| s.index));
                changed.extend(pointed_at(old, new, before.index));
                changed.extend(linked_to(old, new, before.index));
            }
        }
        let mut changed: Vec<RecordIndex> = changed.into_iter().collect();
        changed.sort_unstable();
        Self {
            changed,
            removed,
            everything: false,
        }
    }

    /// Whether nothing differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changed.is_empty() && self.removed.is_empty() && !self.everything
    }
}

/// What had a link to a record in the old view, in the new view.
fn linked_to(old: &SiteView, new: &SiteView, to: RecordIndex) -> Vec<RecordIndex> {
    old.backlinks(to)
        .filter_map(|(from, _)| new.get(&from.record.reference))
        .map(|seen| seen.index)
        .collect()
}

/// What a record of the old view pointed at, in the new view.
fn pointed_at(old: &SiteView, new: &SiteView, from: RecordIndex) -> Vec<RecordIndex> {
    old.references(from)
        .filter_map(|(_, to)| new.get(&to.record.reference))
        .map(|seen| seen.index)
        .collect()
}
