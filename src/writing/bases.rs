//! Texts that saves may begin from, by their hash: without them a merge has no common text.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, PoisonError},
};

/// Bytes of texts that are kept in memory; older ones are found in the history.
const KEPT: usize = 16 * 1024 * 1024;
/// Versions of a file that are looked through for a text.
pub(super) const LOOKED_BACK: usize = 200;

/// The latest texts.
#[derive(Default)]
pub(super) struct Bases(Mutex<Texts>);

#[derive(Default)]
struct Texts {
    by_hash: HashMap<String, Arc<str>>,
    order: VecDeque<String>,
    size: usize,
}

impl Bases {
    pub fn keep(&self, hash: &str, text: &str) {
        let mut texts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if texts.by_hash.contains_key(hash) {
            return;
        }
        texts.by_hash.insert(hash.to_owned(), text.into());
        texts.order.push_back(hash.to_owned());
        texts.size += text.len();
        while texts.size > KEPT {
            let Some(oldest) = texts.order.pop_front() else {
                return;
            };
            if let Some(text) = texts.by_hash.remove(&oldest) {
                texts.size -= text.len();
            }
        }
    }

    pub fn text(&self, hash: &str) -> Option<Arc<str>> {
        let texts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        texts.by_hash.get(hash).cloned()
    }

    /// Forgets every text.
    #[cfg(test)]
    pub fn clear(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Texts::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_texts_go_when_there_are_too_many() {
        let bases = Bases::default();
        let large = "x".repeat(KEPT / 2 + 1);
        bases.keep("a", &large);
        bases.keep("b", &large);
        assert_eq!(
            (bases.text("a").is_some(), bases.text("b").is_some()),
            (false, true)
        );
        bases.clear();
        assert_eq!(bases.text("b"), None);
    }
}
