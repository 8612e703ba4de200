//! Words that mean the same to those who search.
//!
//! Takes groups of words and phrases; gives, for a word of a query and its neighbours, the other members of its
//! groups. It works on the query alone, so that new groups hold at once. Leaves out how much they count.

use rustc_hash::FxHashMap;

use super::analysis::{Analyzer, Forms, words};
use super::query::AskedWord;
use super::score::Meaning;

/// A phrase of more words than this is not looked for.
const LONGEST_PHRASE: usize = 6;

/// Groups of words and phrases.
#[derive(Debug, Default)]
pub(super) struct Synonyms {
    groups: Vec<Vec<Vec<Forms>>>,
    /// Group and member by the stem of the member's first word.
    begins: FxHashMap<String, Vec<(usize, usize)>>,
}

impl Synonyms {
    pub(super) fn new(groups: &[Vec<String>], analyzer: &mut Analyzer) -> Self {
        let mut synonyms = Self::default();
        for group in groups {
            let members: Vec<Vec<Forms>> = group
                .iter()
                .map(|member| member_words(member, analyzer))
                .filter(|words| (1..=LONGEST_PHRASE).contains(&words.len()))
                .collect();
            for (number, member) in members.iter().enumerate() {
                if let Some(first) = member.first() {
                    let entry = synonyms.begins.entry(first.stem.clone()).or_default();
                    entry.push((synonyms.groups.len(), number));
                }
            }
            synonyms.groups.push(members);
        }
        synonyms
    }

    /// The groups, each member as its words.
    pub(super) fn groups(&self) -> &[Vec<Vec<Forms>>] {
        &self.groups
    }

    /// What else the word at a place of a query may mean, alone or as part of a phrase.
    pub(super) fn of(&self, asked: &[AskedWord], at: usize) -> Vec<Meaning> {
        let mut meanings = Vec::new();
        for start in at.saturating_sub(LONGEST_PHRASE - 1)..=at {
            let Some(here) = asked.get(start..) else {
                continue;
            };
            let Some(first) = here.first() else { continue };
            let places = first
                .stems
                .iter()
                .filter_map(|stem| self.begins.get(stem))
                .flatten();
            for (group, number) in places {
                let Some(members) = self.groups.get(*group) else {
                    continue;
                };
                let is_said = members.get(*number).is_some_and(|said| {
                    start + said.len() > at
                        && said.len() <= here.len()
                        && said.iter().zip(here).all(is_word)
                });
                if is_said {
                    let others = members
                        .iter()
                        .enumerate()
                        .filter(|(other, _)| other != number);
                    meanings.extend(others.filter_map(|(_, other)| meaning(other)));
                }
            }
        }
        meanings.dedup();
        meanings
    }
}

fn is_word((said, asked): (&Forms, &AskedWord)) -> bool {
    !asked.quoted && asked.stems.contains(&said.stem)
}

fn meaning(member: &[Forms]) -> Option<Meaning> {
    match member {
        [] => None,
        [only] => Some(Meaning::Stem(only.stem.clone())),
        words => Some(Meaning::Phrase(
            words.iter().map(|word| word.exact.clone()).collect(),
        )),
    }
}

fn member_words(member: &str, analyzer: &mut Analyzer) -> Vec<Forms> {
    let places = words(member).filter(|place| !place.joined);
    places
        .filter_map(|place| {
            member
                .get(place.range)
                .and_then(|word| analyzer.forms(word))
                .cloned()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::query::read;

    fn of(text: &str, at: usize) -> Vec<Meaning> {
        let mut analyzer = Analyzer::new();
        let groups = [
            vec!["gåklub", "gåtur", "walking club"],
            vec!["kaffe først", "samtalen først"],
        ];
        let groups = groups.map(|group| group.into_iter().map(str::to_owned).collect());
        let synonyms = Synonyms::new(&groups, &mut analyzer);
        synonyms.of(&read(text, &mut analyzer).words, at)
    }

    fn phrase(words: [&str; 2]) -> Meaning {
        Meaning::Phrase(words.map(str::to_owned).to_vec())
    }

    #[test]
    fn a_word_in_any_form_brings_its_group() {
        assert_eq!(
            of("gåklubberne", 0),
            [
                Meaning::Stem("gåtur".to_owned()),
                phrase(["walking", "club"])
            ]
        );
        assert_eq!(of("walking club", 1).len(), 2);
        assert_eq!(of("walking", 0), []);
    }

    #[test]
    fn a_phrase_brings_its_group_only_whole() {
        assert_eq!(of("kaffe først", 0), [phrase(["samtalen", "først"])]);
        assert_eq!(of("kaffe først", 1), [phrase(["samtalen", "først"])]);
        assert_eq!(of("kaffe", 0), []);
        assert_eq!(of("\"kaffe først\"", 0), []);
    }
}
