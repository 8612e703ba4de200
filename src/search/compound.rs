//! Danish compounds: *hjemmeplejeteam* is a team, and begins as *hjemmepleje*.
//!
//! Takes a word of a query and the words that the records use; gives the longer words that have it as their first or
//! last part, and the parts of a word that is itself a compound. What the records use decides: a part is a part when
//! it is a word in its own right somewhere. Nothing of this is in the index, so that it is the same however the index
//! came about, and a new word counts at once. Leaves out a part in the middle.

use super::SearchError;
use super::analysis::{Analyzer, is_small_word};
use super::lexicon::Lexicon;

/// Letters of the shortest part.
const SHORTEST_PART: usize = 3;
/// A word of so many letters is a part also beside something that is no known word.
const SURE_PART: usize = 5;
/// Letters of a part beside something that no record knows at all.
const LONE_PART: usize = 4;
/// Longer words that are looked at for it.
const MOST_LOOKED_AT: usize = 120;
/// Longer words that one word of a query may bring, at most.
const MOST_WORDS: usize = 40;
/// Letters that stand between two parts: *kørsel-s-seddel*, *hjemm-e-pleje*, *borg-er-inddragelse*.
const LINKS: [&str; 4] = ["", "s", "e", "er"];

/// A word found by a part.
#[derive(Debug, PartialEq)]
pub(super) struct Found {
    /// An exact word, or a stem.
    pub(super) word: String,
    /// The stems of the other part, when that is a known word too.
    pub(super) other: Vec<String>,
}

impl Found {
    /// True when both parts are known words.
    pub(super) const fn is_sure(&self) -> bool {
        !self.other.is_empty()
    }
}

/// Stems of longer words that end in a word with this stem.
pub(super) fn ending_in(
    stem: &str,
    lexicon: Lexicon<'_>,
    analyzer: &mut Analyzer,
) -> Result<Vec<Found>, SearchError> {
    let letters = stem.chars().count();
    if letters < SHORTEST_PART {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for word in lexicon.ending_in(stem, MOST_LOOKED_AT)? {
        let Some(first) = word.strip_suffix(stem) else {
            continue;
        };
        let other = first_part(first, lexicon, analyzer)?;
        if !other.is_empty() || (letters >= SURE_PART && is_wordlike(first)) {
            found.push(Found {
                word: word.to_owned(),
                other,
            });
        }
    }
    Ok(best(found))
}

/// Exact longer words that begin with a word of this stem.
pub(super) fn beginning_with(
    stem: &str,
    lexicon: Lexicon<'_>,
    analyzer: &mut Analyzer,
) -> Result<Vec<Found>, SearchError> {
    // kørsl is no beginning of kørselsseddel; the shortest form of the word is.
    let shortest = lexicon
        .words_of(stem)
        .into_iter()
        .min_by_key(|word| word.len());
    let mut found = Vec::new();
    for beginning in shortest
        .filter(|word| !word.starts_with(stem))
        .into_iter()
        .chain([stem])
    {
        let letters = beginning.chars().count();
        if letters <= SHORTEST_PART {
            continue;
        }
        for word in lexicon.beginning(beginning, MOST_LOOKED_AT)? {
            let Some(rest) = word.strip_prefix(beginning) else {
                continue;
            };
            let rest = without_doubled_letter(beginning, rest);
            let other = last_part(rest, lexicon, analyzer)?;
            if !other.is_empty() || (letters >= SURE_PART && rest.chars().count() > SURE_PART) {
                found.push(Found {
                    word: word.to_owned(),
                    other,
                });
            }
        }
    }
    Ok(best(found))
}

/// *hjem* and *mepleje* → *epleje*: the stem has lost a letter that its other forms double.
fn without_doubled_letter<'a>(stem: &str, rest: &'a str) -> &'a str {
    match stem.chars().next_back() {
        Some(last) => rest
            .strip_prefix(last)
            .filter(|rest| rest.starts_with('e'))
            .unwrap_or(rest),
        None => rest,
    }
}

/// A part of a word: itself, and the stems it may have.
pub(super) type Part = (String, Vec<String>);

/// The two words that a compound is likeliest made of: words as some record writes them, and no short ones.
pub(super) fn split(
    word: &str,
    lexicon: Lexicon<'_>,
    analyzer: &mut Analyzer,
) -> Result<Option<[Part; 2]>, SearchError> {
    let is_written = |(exact, stems): &Part| {
        let mut forms = stems.iter().flat_map(|stem| lexicon.words_of(stem));
        forms.any(|form| form == exact)
    };
    let likelihood = |parts: &[Part; 2]| {
        let [first, last] = parts;
        (
            parts.iter().filter(|part| is_written(part)).count(),
            first.0.len().min(last.0.len()),
        )
    };
    let splits = splits(word, lexicon, analyzer)?;
    Ok(splits.into_iter().rev().max_by_key(likelihood))
}

/// The longest beginning and the longest end of a word that are words of their own, when the rest is none.
pub(super) fn known_parts(
    word: &str,
    lexicon: Lexicon<'_>,
    analyzer: &mut Analyzer,
) -> Result<Vec<Part>, SearchError> {
    let mut parts = Vec::new();
    let cuts: Vec<usize> = word.char_indices().map(|(cut, _)| cut).collect();
    for cut in cuts.iter().rev().copied() {
        let Some((first, rest)) = word.split_at_checked(cut) else {
            continue;
        };
        if first.chars().count() >= LONE_PART && rest.chars().count() >= SHORTEST_PART {
            let stems = first_part(first, lexicon, analyzer)?;
            if !stems.is_empty() {
                parts.push((first.to_owned(), stems));
                break;
            }
        }
    }
    for cut in cuts {
        let Some((rest, last)) = word.split_at_checked(cut) else {
            continue;
        };
        if last.chars().count() >= LONE_PART
            && rest.chars().count() >= SHORTEST_PART
            && let Some(part) = known_form(last, lexicon, analyzer)?
        {
            parts.push(part);
            break;
        }
    }
    Ok(parts)
}

/// The ways to take a word apart so that both halves are known words.
fn splits(
    word: &str,
    lexicon: Lexicon<'_>,
    analyzer: &mut Analyzer,
) -> Result<Vec<[Part; 2]>, SearchError> {
    let mut found = Vec::new();
    for (cut, _) in word.char_indices().skip(SHORTEST_PART) {
        let Some((first, last)) = word.split_at_checked(cut) else {
            continue;
        };
        if last.chars().count() < SHORTEST_PART {
            break;
        }
        let Some(known) = known_form(last, lexicon, analyzer)? else {
            continue;
        };
        for link in LINKS {
            let Some(bare) = first
                .strip_suffix(link)
                .filter(|bare| bare.chars().count() >= SHORTEST_PART)
            else {
                continue;
            };
            if let Some(first) = known_form(bare, lexicon, analyzer)? {
                found.push([first, known]);
                break;
            }
        }
    }
    Ok(found)
}

/// The word with its stems, when a record uses it in some form.
fn known_form(
    word: &str,
    lexicon: Lexicon<'_>,
    analyzer: &mut Analyzer,
) -> Result<Option<(String, Vec<String>)>, SearchError> {
    // Small words begin and end many words without being a part of them: for-mørkelse.
    let Some((exact, stems)) = analyzer
        .asked(word)
        .filter(|(exact, _)| !is_small_word(exact))
    else {
        return Ok(None);
    };
    let mut known = false;
    for stem in stems
        .iter()
        .filter(|stem| stem.chars().count() >= SHORTEST_PART)
    {
        known = known || lexicon.has_stem(stem)?;
    }
    Ok(known.then_some((exact, stems)))
}

/// The stems of a first part without its link; none when no record knows it.
fn first_part(
    part: &str,
    lexicon: Lexicon<'_>,
    analyzer: &mut Analyzer,
) -> Result<Vec<String>, SearchError> {
    for link in LINKS {
        if let Some(bare) = part.strip_suffix(link)
            && bare.chars().count() >= SHORTEST_PART
            && let Some((_, stems)) = known_form(bare, lexicon, analyzer)?
        {
            return Ok(stems);
        }
    }
    Ok(Vec::new())
}

/// The stems of a last part without the link before it; none when no record knows it.
fn last_part(
    part: &str,
    lexicon: Lexicon<'_>,
    analyzer: &mut Analyzer,
) -> Result<Vec<String>, SearchError> {
    for link in LINKS {
        if let Some(bare) = part.strip_prefix(link)
            && bare.chars().count() >= SHORTEST_PART
            && let Some((_, stems)) = known_form(bare, lexicon, analyzer)?
        {
            return Ok(stems);
        }
    }
    Ok(Vec::new())
}

fn is_wordlike(part: &str) -> bool {
    let vowel = |c| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'æ' | 'ø' | 'å');
    part.chars().count() >= SHORTEST_PART && part.chars().any(vowel)
}

/// The sure ones first, then the short ones, no more than are worth looking up.
fn best(mut found: Vec<Found>) -> Vec<Found> {
    found.sort_by(|a, b| {
        let order = b
            .is_sure()
            .cmp(&a.is_sure())
            .then_with(|| a.word.len().cmp(&b.word.len()));
        order.then_with(|| a.word.cmp(&b.word))
    });
    found.truncate(MOST_WORDS);
    found
}
