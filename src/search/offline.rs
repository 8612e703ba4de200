//! The search of a published site, which has no server: an index as scripts.
//!
//! A page opened from a disk may not read files, but it may load scripts. So the index is a handful of scripts, each
//! a call of `kaffeDel(name, content)`, and the theme's `soegning.js` answers from them. All Danish treatment that can be
//! done beforehand is done here: words stand with their stems, weights of areas and lengths of texts are reckoned into
//! one number for each word of a record, groups of synonyms and phrases are looked up. What the script
//! still does, taking a query apart, it does by the same rules and with the same numbers, which are handed over.
//!
//! ```text
//! start.js            numbers, kinds, irregular words, synonyms; small
//! ord.js              every word with its stem, in order
//! titler.js           titles and addresses
//! navne.js            what filters ask for (type:, team:, emne:, område:); loaded when a query has a filter
//! o0.js o1.js …       which records have a word; loaded when a query needs the word
//! t0.js t1.js …       a few words of each record; loaded when the record is shown
//! ```
//!
//! What is left out to keep it small: the places of words in a text. A phrase in quotation marks asks for records that
//! have all of its words, and titles alone are looked at for words side by side.

mod gather;
mod pack;

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde_json::{Value, json};

use super::analysis::{Analyzer, Forms, irregular, small_words};
use super::from_view::document;
use super::synonyms::Synonyms;
use super::{SearchDocument, expand, rank, score};
use crate::site::{SiteView, view::Seen};
use crate::text::fold::{LONGEST_SLUG, slug};
use gather::{Gathered, Posting};
use pack::{Shards, front_coded, packed};

/// Characters of a record that are shown under its title.
const SHOWN: usize = 110;
/// Records whose shown words are in one script.
const SHOWN_TOGETHER: usize = 64;

/// The scripts of an index by their names, without an ending.
#[derive(Clone, Debug, Default)]
pub struct Offline {
    parts: BTreeMap<String, Vec<u8>>,
}

impl Offline {
    /// Makes the index of a view.
    #[must_use]
    pub fn of(view: &SiteView) -> Self {
        let seen: Vec<Seen<'_>> = view.records().collect();
        let mut documents: Vec<(SearchDocument, Shown)> = seen
            .into_par_iter()
            .map(|seen| {
                let document = document(view, seen);
                let shown = Shown {
                    kind: seen.record.kind.name_one.clone(),
                    kinds: seen.record.kind.name_many.clone(),
                    folder: seen.record.kind.folder.clone(),
                    id: seen.record.reference.id.to_string(),
                    text: cut(if document.lead.is_empty() {
                        &document.body
                    } else {
                        &document.lead
                    }),
                };
                (document, shown)
            })
            .collect();
        // Neighbours of a kind have much in common, and small steps between numbers take little room.
        documents.sort_by(|(a, _), (b, _)| a.key.cmp(&b.key));
        Self::new(&documents, &view.definitions().synonyms)
    }

    fn new(documents: &[(SearchDocument, Shown)], synonyms: &[Vec<String>]) -> Self {
        let synonyms = Synonyms::new(synonyms, &mut Analyzer::new());
        let groups = synonyms.groups();
        let phrases: Vec<Vec<String>> = groups
            .iter()
            .flatten()
            .filter(|member| member.len() > 1)
            .map(|member| member.iter().map(|word| word.exact.clone()).collect())
            .collect();
        let gathered = Gathered::of(
            &documents
                .iter()
                .map(|(document, _)| document)
                .collect::<Vec<_>>(),
            &phrases,
        );
        let shards = Shards::of(gathered.words.iter().map(|word| word.postings.as_slice()));
        let mut index = Self::default();
        index.put("start", &start(documents, &gathered, groups, &shards));
        index.put("ord", &lexicon(&gathered));
        index.put("titler", &titles(documents));
        index.put("navne", &names(&gathered.names));
        for (number, shard) in shards.texts.iter().enumerate() {
            index.put(&format!("o{number}"), &Value::from(shard.as_str()));
        }
        for (number, together) in documents.chunks(SHOWN_TOGETHER).enumerate() {
            let texts: Vec<&str> = together
                .iter()
                .map(|(_, shown)| shown.text.as_str())
                .collect();
            index.put(&format!("t{number}"), &Value::from(texts.join("\n")));
        }
        index
    }

    fn put(&mut self, name: &str, content: &Value) {
        let script = format!("kaffeDel({},{content});\n", Value::from(name));
        self.parts.insert(name.to_owned(), script.into_bytes());
    }

    /// The names of all scripts.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.parts.keys().map(String::as_str)
    }

    /// A script.
    #[must_use]
    pub fn part(&self, name: &str) -> Option<&[u8]> {
        self.parts.get(name).map(Vec::as_slice)
    }

    /// Bytes of all scripts.
    #[must_use]
    pub fn size(&self) -> usize {
        self.parts.values().map(Vec::len).sum()
    }
}

/// What a hit shows of a record.
struct Shown {
    kind: String,
    kinds: String,
    folder: String,
    id: String,
    text: String,
}

/// The beginning of a text, up to the end of a word.
fn cut(text: &str) -> String {
    let mut short = String::new();
    for word in text.split_whitespace() {
        if short.chars().count() + word.chars().count() > SHOWN {
            short.push_str(" …");
            break;
        }
        if !short.is_empty() {
            short.push(' ');
        }
        short.push_str(word);
    }
    short
}

/// Everything that is small and always needed.
fn start(
    documents: &[(SearchDocument, Shown)],
    gathered: &Gathered,
    groups: &[Vec<Vec<Forms>>],
    shards: &Shards,
) -> Value {
    let mut kinds: Vec<(&str, [&str; 3], usize)> = Vec::new();
    let mut examples = Vec::new();
    for (number, (document, shown)) in (0..).zip(documents) {
        match kinds.last_mut() {
            Some((key, _, many)) if *key == document.kind => *many += 1,
            _ => kinds.push((
                &document.kind,
                [&shown.kind, &shown.kinds, &shown.folder],
                1,
            )),
        }
        if document.example {
            examples.push(Posting {
                record: number,
                level: 0,
            });
        }
    }
    let member = |words: &Vec<Forms>| -> Value {
        words
            .iter()
            .map(|word| json!([word.exact, word.stem]))
            .collect()
    };
    let synonyms: Vec<Vec<Value>> = groups
        .iter()
        .map(|group| group.iter().map(member).collect())
        .collect();
    json!({
        "records": documents.len(),
        "kinds": kinds,
        "examples": packed(&examples),
        "levels": gather::levels(),
        "shards": shards.firsts,
        "shown": SHOWN_TOGETHER,
        "irregular": irregular::whole(),
        "endings": irregular::ends(),
        "prefixes": irregular::prefixes(),
        "small": small_words(),
        "synonyms": synonyms,
        "phrases": names(&gathered.phrases),
        "numbers": numbers(),
    })
}

/// What the script reckons with, by the names that the numbers have here.
fn numbers() -> Value {
    let all = [expand::NUMBERS, score::NUMBERS, rank::NUMBERS]
        .into_iter()
        .flatten();
    all.map(|(name, number)| ((*name).to_owned(), json!(number)))
        .collect()
}

/// Every word with its stem.
fn lexicon(gathered: &Gathered) -> Value {
    let (text, strange) = front_coded(&gathered.words);
    json!([text, strange])
}

/// Titles, and the ids that a title does not give.
fn titles(documents: &[(SearchDocument, Shown)]) -> Value {
    let titles: Vec<String> = documents
        .iter()
        .map(|(document, _)| document.title.replace('\n', " "))
        .collect();
    let ids: Vec<&str> = documents
        .iter()
        .map(|(document, shown)| {
            if plain_slug(&document.title).as_deref() == Some(&shown.id) {
                ""
            } else {
                shown.id.as_str()
            }
        })
        .collect();
    json!([titles.join("\n"), ids.join("\n")])
}

/// The id that a title gives, where it has only letters that the script treats alike.
fn plain_slug(title: &str) -> Option<String> {
    let plain = |c: char| {
        (c.is_ascii() && !matches!(c, '\'' | '`'))
            || matches!(c, 'æ' | 'ø' | 'å' | 'Æ' | 'Ø' | 'Å' | '»' | '«' | '–' | '…')
    };
    (title.chars().all(plain) && title.len() < LONGEST_SLUG).then(|| slug(title))
}

/// Records by a name.
fn names(names: &BTreeMap<String, Vec<Posting>>) -> Value {
    names
        .iter()
        .map(|(name, postings)| (name.clone(), Value::from(packed(postings))))
        .collect()
}
