//! Glossary terms in running text: the first time a page uses one, the word opens its meaning.

use rustc_hash::FxHashMap;

use super::{RecordIndex, SiteView};
use crate::{model::KindKey, text::fold::match_key};

/// The kind whose records are terms.
const TERM_KIND: &str = "begreb";
/// Shorter names would be found in every second sentence.
const SHORTEST: usize = 3;

/// The terms of a view by their first word.
#[derive(Debug, Default)]
pub struct Terms {
    by_first_word: FxHashMap<String, Vec<(Vec<String>, RecordIndex)>>,
}

/// A piece of text: plain, or the words of a term.
#[derive(Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Plain words.
    Plain(&'a str),
    /// Words that name a term.
    Term(&'a str, RecordIndex),
}

impl Terms {
    /// The terms of a view.
    #[must_use]
    pub(super) fn of(view: &SiteView) -> Self {
        let mut terms = Self::default();
        for seen in view.of_kind(&KindKey::new(TERM_KIND)) {
            let aliases = seen
                .record
                .values("også_kaldt")
                .iter()
                .map(|v| v.value.to_plain());
            for name in std::iter::once(seen.record.title.clone()).chain(aliases) {
                let words: Vec<String> = words(&name).map(|(_, word)| match_key(word)).collect();
                if let Some(first) = words.first()
                    && name.chars().count() >= SHORTEST
                {
                    terms
                        .by_first_word
                        .entry(first.clone())
                        .or_default()
                        .push((words, seen.index));
                }
            }
        }
        #[expect(clippy::iter_over_hash_type, reason = "each list is sorted by itself")]
        for list in terms.by_first_word.values_mut() {
            // The longest name first, so that "selvledende team" goes before "selvledende".
            list.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then(a.1.cmp(&b.1)));
        }
        terms
    }

    /// Parts a text at the terms that are not `used` yet, and notes those it finds.
    pub fn split<'a>(&self, text: &'a str, used: &mut Vec<RecordIndex>) -> Vec<Piece<'a>> {
        if self.by_first_word.is_empty() {
            return vec![Piece::Plain(text)];
        }
        let all: Vec<(usize, &str)> = words(text).collect();
        let folded: Vec<String> = all.iter().map(|(_, word)| match_key(word)).collect();
        let (mut pieces, mut from, mut i) = (Vec::new(), 0, 0);
        while let Some(first) = folded.get(i) {
            let fits = |(name, index): &&(Vec<String>, RecordIndex)| {
                !used.contains(index)
                    && folded
                        .get(i..i + name.len())
                        .is_some_and(|here| here == name.as_slice())
            };
            let found = self
                .by_first_word
                .get(first)
                .and_then(|list| list.iter().find(fits));
            let Some((name, index)) = found else {
                i += 1;
                continue;
            };
            let (Some((start, _)), Some((last, word))) = (all.get(i), all.get(i + name.len() - 1))
            else {
                break;
            };
            let end = last + word.len();
            pieces.push(Piece::Plain(text.get(from..*start).unwrap_or_default()));
            pieces.push(Piece::Term(
                text.get(*start..end).unwrap_or_default(),
                *index,
            ));
            used.push(*index);
            from = end;
            i += name.len();
        }
        pieces.push(Piece::Plain(text.get(from..).unwrap_or_default()));
        pieces
    }
}

/// The words of a text with their places; a hyphen inside a word belongs to it.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let inside = |c: char| c.is_alphanumeric() || c == '-';
    let mut rest = 0;
    std::iter::from_fn(move || {
        let tail = text.get(rest..)?;
        let start = rest + tail.find(inside)?;
        let tail = text.get(start..)?;
        let end = start + tail.find(|c| !inside(c)).unwrap_or(tail.len());
        rest = end;
        Some((start, text.get(start..end)?))
    })
}
