//! Every word form that was ever indexed, by its stem.
//!
//! Takes words as they come; gives the forms of a stem and the stems that end alike. The index itself knows exact words
//! only: an inflection is looked up here when it is asked for. A word stays when its last record goes, and is then
//! found in no document; whether one is still used is for [`super::lexicon`] to say.
//!
//! A copy is a moment of the vocabulary and costs little: a large part that is shared, and the few words that came
//! since.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHasher};

use super::analysis::Forms;

/// Words that are kept apart before they are laid with the others.
const MOST_RECENT: usize = 1_000;

/// The word forms of an index.
#[derive(Clone, Debug, Default)]
pub(super) struct Vocabulary {
    settled: Arc<Settled>,
    recent: Arc<BTreeMap<String, Vec<String>>>,
}

/// The forms of a stem, in order.
type Spelt = Box<[Box<str>]>;

/// Stems in order, each with its forms in order.
#[derive(Debug, Default)]
struct Settled {
    stems: Vec<(Box<str>, Spelt)>,
    /// The number of a stem by its hash, because stems are looked up by the thousand for one query. Of two stems with
    /// one hash the later stands here, and the other is found in the order.
    by_hash: FxHashMap<u64, u32>,
    /// The numbers of the stems in the order of their last letters.
    by_ending: Vec<u32>,
}

impl Vocabulary {
    /// Takes words; those that are known change nothing.
    pub(super) fn learn(&mut self, words: impl IntoIterator<Item = Forms>) {
        for Forms { exact, stem } in words {
            if self.words_of(&stem).contains(&exact.as_str()) {
                continue;
            }
            let forms = Arc::make_mut(&mut self.recent).entry(stem).or_default();
            forms.push(exact);
        }
    }

    /// Lays new words with the others when they have become many.
    pub(super) fn settle_many(&mut self) {
        if self.recent.len() > MOST_RECENT {
            self.settle();
        }
    }

    /// Lays new words with the others.
    pub(super) fn settle(&mut self) {
        let mut stems: BTreeMap<Box<str>, Vec<Box<str>>> = BTreeMap::new();
        for (stem, forms) in &self.settled.stems {
            stems.insert(stem.clone(), forms.to_vec());
        }
        for (stem, forms) in &*self.recent {
            let known = stems.entry(stem.as_str().into()).or_default();
            known.extend(forms.iter().map(|form| form.as_str().into()));
            known.sort_unstable();
        }
        let stems: Vec<_> = stems
            .into_iter()
            .map(|(stem, forms)| (stem, forms.into_boxed_slice()))
            .collect();
        let by_hash = (0..)
            .zip(&stems)
            .map(|(number, (stem, _))| (hash(stem), number))
            .collect();
        let mut numbered: Vec<(u32, &str)> =
            (0..).zip(stems.iter().map(|(stem, _)| &**stem)).collect();
        numbered.sort_unstable_by(|(_, a), (_, b)| from_the_end(a, b));
        let by_ending = numbered.into_iter().map(|(number, _)| number).collect();
        self.settled = Arc::new(Settled {
            stems,
            by_hash,
            by_ending,
        });
        self.recent = Arc::default();
    }

    /// The exact forms of a stem, in order.
    pub(super) fn words_of(&self, stem: &str) -> Vec<&str> {
        let settled = self.settled.find(stem);
        let mut words: Vec<&str> = settled
            .into_iter()
            .flat_map(|(_, forms)| forms.iter().map(|form| &**form))
            .collect();
        if let Some(recent) = self.recent.get(stem) {
            words.extend(recent.iter().map(String::as_str));
            words.sort_unstable();
        }
        words
    }

    /// The longer forms that begin so, of stems that begin so or are its beginning.
    pub(super) fn beginning_with(&self, beginning: &str) -> Vec<&str> {
        let stems = &self.settled.stems;
        // A form begins as its stem does, so its stem lies beside the beginning or is a part of it.
        let from = stems.partition_point(|(stem, _)| (**stem).cmp(beginning).is_lt());
        let settled = stems
            .iter()
            .skip(from)
            .take_while(|(stem, _)| stem.starts_with(beginning))
            .flat_map(|(_, forms)| forms.iter().map(|form| &**form));
        let parts = (1..beginning.len())
            .filter_map(|end| beginning.get(..end))
            .flat_map(|stem| self.words_of(stem));
        let recent = self.recent.values().flatten().map(String::as_str);
        let mut found: Vec<&str> = settled
            .chain(parts)
            .chain(recent)
            .filter(|form| form.len() > beginning.len() && form.starts_with(beginning))
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The longer stems that end so, in order.
    pub(super) fn ending_in(&self, ending: &str) -> Vec<&str> {
        let Settled {
            stems, by_ending, ..
        } = &*self.settled;
        let stem = |number: &u32| stems.get(*number as usize).map_or("", |(stem, _)| &**stem);
        let from = by_ending.partition_point(|number| from_the_end(stem(number), ending).is_lt());
        let settled = by_ending
            .iter()
            .skip(from)
            .map(stem)
            .take_while(|stem| stem.ends_with(ending));
        let recent = self
            .recent
            .keys()
            .map(String::as_str)
            .filter(|stem| stem.ends_with(ending));
        let mut found: Vec<&str> = settled
            .chain(recent)
            .filter(|stem| stem.len() > ending.len())
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

impl Settled {
    fn find(&self, stem: &str) -> Option<&(Box<str>, Spelt)> {
        let number = *self.by_hash.get(&hash(stem))?;
        let found = self.stems.get(number as usize)?;
        if &*found.0 == stem {
            return Some(found);
        }
        let place = self
            .stems
            .binary_search_by(|(known, _)| (**known).cmp(stem));
        place.ok().and_then(|at| self.stems.get(at))
    }
}

fn hash(stem: &str) -> u64 {
    let mut hasher = FxHasher::default();
    stem.hash(&mut hasher);
    hasher.finish()
}

/// The order of two words read from the last letter to the first.
fn from_the_end(a: &str, b: &str) -> Ordering {
    a.bytes().rev().cmp(b.bytes().rev())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(words: &[(&str, &str)]) -> Vec<Forms> {
        words
            .iter()
            .map(|(stem, exact)| Forms {
                exact: (*exact).to_owned(),
                stem: (*stem).to_owned(),
            })
            .collect()
    }

    #[test]
    fn words_are_found_by_stem_and_by_ending_settled_or_not() {
        let mut words = Vocabulary::default();
        words.learn(forms(&[
            ("gåklub", "gåklubber"),
            ("klub", "klub"),
            ("kaf", "kaffe"),
        ]));
        words.settle();
        words.learn(forms(&[
            ("gåklub", "gåklub"),
            ("strikkeklub", "strikkeklubben"),
            ("kaf", "kaffe"),
        ]));
        for _ in 0..2 {
            assert_eq!(words.words_of("gåklub"), ["gåklub", "gåklubber"]);
            assert_eq!(words.words_of("kaf"), ["kaffe"]);
            assert_eq!(words.ending_in("klub"), ["gåklub", "strikkeklub"]);
            assert!(words.words_of("ukendt").is_empty() && words.ending_in("ukendt").is_empty());
            words.settle();
        }
    }

    #[test]
    fn a_copy_does_not_learn() {
        let mut words = Vocabulary::default();
        let before = words.clone();
        words.learn(forms(&[("klub", "klub")]));
        assert!(before.words_of("klub").is_empty());
    }
}
