//! A street and a house number: a word with a capital that ends as Danish streets do, and a number after it.
//!
//! Left out: streets in small letters, and squares and parks named by one common word ("Torvet 3"), since these are
//! also ordinary sentences.

use std::ops::Range;

use super::{skip_gap, words};

/// How names of streets end.
const ENDINGS: [&str; 40] = [
    "vej", "vejen", "gade", "gaden", "allé", "alle", "allen", "alléen", "stræde", "strædet", "boulevard", "boulevarden",
    "vænge", "vænget", "torv", "torvet", "plads", "pladsen", "parken", "toft", "toften", "bakken", "vangen", "engen",
    "lunden", "haven", "gården", "stien", "kajen", "krogen", "skrænten", "svinget", "kæret", "marken", "dammen",
    "brinken", "højen", "ager", "ageren", "passagen",
];

/// Endings that may stand as a word of their own after a name: "Store Torv 1".
const OWN_WORDS: [&str; 8] = ["vej", "gade", "allé", "alle", "stræde", "boulevard", "torv", "plads"];

/// Words that make the number before them a count.
const UNITS: [&str; 26] = [
    "gange", "gang", "borgere", "borger", "kolleger", "år", "minutter", "min", "kr", "kroner", "timer", "time", "uger",
    "uge", "dage", "dag", "måneder", "personer", "medarbejdere", "teams", "besøg", "prøvehandlinger", "deltagere",
    "pct", "procent", "ture",
];

pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut before = "";
    for (start, word) in words(text) {
        if let Some(end) = is_street(word, before).then(|| number_after(text, start + word.len())).flatten() {
            found.push(start..end);
        }
        before = word;
    }
    found
}

fn is_street(word: &str, before: &str) -> bool {
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    // A team bears the name of its street; what follows is then a count.
    if !capital(word) || before.eq_ignore_ascii_case("team") {
        return false;
    }
    let lower = word.to_lowercase();
    let compound = ENDINGS.iter().any(|ending| lower.len() > ending.len() && lower.ends_with(ending));
    compound || (capital(before) && OWN_WORDS.contains(&lower.as_str()))
}

/// The end of a house number that follows: "12", "nr. 12", "12 B", "12, 3. tv" (up to the number and its letter).
fn number_after(text: &str, at: usize) -> Option<usize> {
    let mut rest = skip_gap(text.get(at..)?)?;
    if let Some(after) = rest.strip_prefix("nr.").or_else(|| rest.strip_prefix("nr")) {
        rest = skip_gap(after)?;
    }
    let digits = rest.chars().take_while(char::is_ascii_digit).count();
    let after = rest.get(digits..)?;
    if !(1..=3).contains(&digits) || rest.starts_with('0') {
        return None;
    }
    let end = text.len() - after.len();
    let letter = after.trim_start_matches(' ');
    let mut next = letter.chars();
    let is_letter = next.next().is_some_and(|c| c.is_ascii_alphabetic()) && !next.next().is_some_and(super::in_word);
    // "12 i midtbyen" has a word of one letter, not a letter of a door.
    if is_letter && !letter.starts_with(['i', 'å']) {
        return Some(text.len() - letter.len() + 1);
    }
    let joined = after.starts_with(super::in_word) || decimal(after);
    let unit = letter.split(|c| !super::in_word(c)).next().unwrap_or_default().to_lowercase();
    (!joined && !UNITS.contains(&unit.as_str()) && !after.trim_start().starts_with('%')).then_some(end)
}

/// A clock time, a decimal or a range of numbers: no house number.
fn decimal(after: &str) -> bool {
    let mut chars = after.chars();
    matches!(chars.next(), Some('.' | ',' | ':' | '/')) && chars.next().is_some_and(|c| c.is_ascii_digit())
}
