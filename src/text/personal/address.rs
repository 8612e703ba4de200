//! A street and a house number: a word with a capital that ends as Danish streets do, and a number after it.
//!
//! Left out: streets in small letters, and squares and parks named by one common word ("Torvet 3"), since these are
//! also ordinary sentences.

use std::ops::Range;

use super::{last_word, skip_gap_back};
use crate::text::digits::Chain;

/// How names of streets end.
const ENDINGS: [&str; 40] = [
    "vej",
    "vejen",
    "gade",
    "gaden",
    "allé",
    "alle",
    "allen",
    "alléen",
    "stræde",
    "strædet",
    "boulevard",
    "boulevarden",
    "vænge",
    "vænget",
    "torv",
    "torvet",
    "plads",
    "pladsen",
    "parken",
    "toft",
    "toften",
    "bakken",
    "vangen",
    "engen",
    "lunden",
    "haven",
    "gården",
    "stien",
    "kajen",
    "krogen",
    "skrænten",
    "svinget",
    "kæret",
    "marken",
    "dammen",
    "brinken",
    "højen",
    "ager",
    "ageren",
    "passagen",
];

/// Endings that may stand as a word of their own after a name: "Store Torv 1".
const OWN_WORDS: [&str; 8] = [
    "vej",
    "gade",
    "allé",
    "alle",
    "stræde",
    "boulevard",
    "torv",
    "plads",
];

/// Words that make the number before them a count.
const UNITS: [&str; 26] = [
    "gange",
    "gang",
    "borgere",
    "borger",
    "kolleger",
    "år",
    "minutter",
    "min",
    "kr",
    "kroner",
    "timer",
    "time",
    "uger",
    "uge",
    "dage",
    "dag",
    "måneder",
    "personer",
    "medarbejdere",
    "teams",
    "besøg",
    "prøvehandlinger",
    "deltagere",
    "pct",
    "procent",
    "ture",
];

pub(super) fn find(text: &str, chains: &[Chain<'_>]) -> Vec<Range<usize>> {
    // Numbers are rarer than words, so the search goes from the number back to the street.
    let numbers = chains.iter().flat_map(|chain| &chain.groups);
    numbers
        .filter(|group| group.len <= 3)
        .filter_map(|group| address_before(text, group.range.start))
        .collect()
}

/// The address whose house number begins at a place.
fn address_before(text: &str, at: usize) -> Option<Range<usize>> {
    let (before, number) = text.split_at_checked(at)?;
    let mut before = skip_gap_back(before)?;
    if let Some(shorter) = before
        .strip_suffix("nr.")
        .or_else(|| before.strip_suffix("nr"))
        && let Some(street) = skip_gap_back(shorter)
    {
        before = street;
    }
    let street = last_word(before);
    let start = before.len() - street.len();
    let name = last_word(skip_gap_back(before.get(..start)?).unwrap_or_default());
    is_street(street, name)
        .then(|| Some(start..number_end(text, number)?))
        .flatten()
}

fn is_street(word: &str, before: &str) -> bool {
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    // A team bears the name of its street; what follows is then a count.
    if !capital(word) || before.eq_ignore_ascii_case("team") {
        return false;
    }
    let lower = word.to_lowercase();
    let compound = ENDINGS
        .iter()
        .any(|ending| lower.len() > ending.len() && lower.ends_with(ending));
    compound || (capital(before) && OWN_WORDS.contains(&lower.as_str()))
}

/// The end of a house number, which `rest` begins with: "12", "12 B", "12, 3. tv" (up to the number and its letter).
fn number_end(text: &str, rest: &str) -> Option<usize> {
    let digits = rest.chars().take_while(char::is_ascii_digit).count();
    let after = rest.get(digits..)?;
    if !(1..=3).contains(&digits) || rest.starts_with('0') {
        return None;
    }
    let end = text.len() - after.len();
    let letter = after.trim_start_matches(' ');
    let mut next = letter.chars();
    let is_letter = next.next().is_some_and(|c| c.is_ascii_alphabetic())
        && !next.next().is_some_and(super::in_word);
    // "12 i midtbyen" has a word of one letter, not a letter of a door.
    if is_letter && !letter.starts_with(['i', 'å']) {
        return Some(text.len() - letter.len() + 1);
    }
    let joined = after.starts_with(super::in_word) || decimal(after);
    let unit = letter
        .split(|c| !super::in_word(c))
        .next()
        .unwrap_or_default()
        .to_lowercase();
    (!joined && !UNITS.contains(&unit.as_str()) && !after.trim_start().starts_with('%'))
        .then_some(end)
}

/// A clock time, a decimal or a range of numbers: no house number.
fn decimal(after: &str) -> bool {
    let mut chars = after.chars();
    matches!(chars.next(), Some('.' | ',' | ':' | '/'))
        && chars.next().is_some_and(|c| c.is_ascii_digit())
}
