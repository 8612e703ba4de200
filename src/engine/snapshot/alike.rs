//! Records that are like another: by their words, which the search tells, and by what both point at, which the site
//! knows.

use super::Snapshot;
use crate::{
    model::RecordRef,
    render::Alike,
    search::{Like, SearchError, Similar, title_and_text},
    site::view::Seen,
};

/// Records shown as similar to one.
const SIMILAR: usize = 3;
/// Records that are looked at for them.
const CANDIDATES: usize = 12;
/// What it is worth that both point at one record or have one keyword, beside the words of the likest.
const IN_COMMON: f32 = 0.3;
/// Reasons that are named, at most.
const MOST_IN_COMMON: usize = 3;

impl Snapshot {
    /// Records that are like a text; nothing without a search.
    ///
    /// # Errors
    /// When the index fails.
    pub fn similar_to_text(&self, text: &str, limit: usize) -> Result<Vec<Similar>, SearchError> {
        let like = Like {
            text,
            ..Like::default()
        };
        self.searcher
            .as_ref()
            .map_or_else(|| Ok(Vec::new()), |s| s.similar(like, &|_| false, limit))
    }

    /// Why two records are alike, in the site's language.
    #[must_use]
    pub fn why_similar(&self, shared: &[String]) -> String {
        self.renderer.why_similar(shared)
    }

    /// Records that are like one, those left out that it is linked with.
    pub(super) fn similar_to(&self, reference: &RecordRef) -> Result<Vec<Alike>, SearchError> {
        let (Some(searcher), Some(seen)) = (&self.searcher, self.view.get(reference)) else {
            return Ok(Vec::new());
        };
        let (title, text) = title_and_text(&self.view, seen);
        let linked = self.view.references(seen.index).map(|(_, to)| to);
        let linked = linked.chain(self.view.referring(seen.index).map(|(_, _, from)| from));
        let mut known: Vec<String> = linked
            .map(|seen| seen.record.reference.to_string())
            .collect();
        known.push(reference.to_string());
        let like = Like {
            title: &title,
            kind: reference.kind.as_str(),
            text: &text,
            indexed: true,
        };
        let found = searcher.similar(like, &|key| known.iter().any(|k| k == key), CANDIDATES)?;
        let most = found.first().map_or(1.0, |similar| similar.score);
        let mut alike: Vec<(f32, Alike)> = Vec::new();
        for similar in found {
            let reference = RecordRef::of_key(&similar.key);
            let Some(other) = reference.and_then(|reference| self.view.get(&reference)) else {
                continue;
            };
            let common = self.in_common(seen, other);
            // A few words that both happen to use are no reason.
            if common.is_empty() && !similar.in_titles {
                continue;
            }
            let score = (0..common.len()).fold(similar.score / most, |score, _| score + IN_COMMON);
            let shared = if common.is_empty() {
                similar.shared
            } else {
                common
            };
            let record = other.record.reference.clone();
            alike.push((score, Alike { record, shared }));
        }
        alike.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        Ok(alike
            .into_iter()
            .take(SIMILAR)
            .map(|(_, alike)| alike)
            .collect())
    }

    /// What two records both point at, the team left out, and the keywords that both have.
    fn in_common(&self, one: Seen<'_>, other: Seen<'_>) -> Vec<String> {
        let pointed = |seen: Seen<'_>| -> Vec<String> {
            let references = self.view.references(seen.index);
            let subjects = references.filter(|(key, _)| *key != "team");
            let titles = subjects.map(|(_, to)| format!("»{}«", to.record.title));
            let tags = seen.record.values("emneord").iter();
            titles.chain(tags.map(|tag| tag.value.to_plain())).collect()
        };
        let others = pointed(other);
        let mut common: Vec<String> = Vec::new();
        for what in pointed(one) {
            // Two fields may point at one record.
            if others.contains(&what) && !common.contains(&what) {
                common.push(what);
            }
        }
        common.truncate(MOST_IN_COMMON);
        common
    }
}
