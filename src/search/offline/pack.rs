//! Numbers and words in few characters.
//!
//! A number is one or more printable characters: from 32 upwards, without the two that a string of JSON would have to
//! write twice (`"` and `\`), and without the space, which stands between lists. The first [`TERMINAL`] of the characters
//! end a number, the others say that more follows. Words stand in order, each as how many letters it shares with the
//! word before, how many letters less its stem has, and the rest of its letters.

use serde_json::{Map, Value, json};

use super::super::analysis::Forms;
use super::gather::{LEVELS, Posting, Word};

/// Characters that end a number.
const TERMINAL: u32 = 60;
/// Characters that say that more follows.
const MORE: u32 = 32;
/// Characters of postings in one script.
const SHARD: usize = 40_000;
/// Letters that a word shares with the one before, at most: A to Z.
const MOST_SHARED: usize = 25;
/// Stands where a stem is not the beginning of its word.
const STRANGE: char = '~';

/// The postings of all words, in scripts.
#[derive(Debug, Default)]
pub(super) struct Shards {
    /// The number of the first word of each.
    pub(super) firsts: Vec<usize>,
    pub(super) texts: Vec<String>,
}

impl Shards {
    pub(super) fn of<'a>(words: impl Iterator<Item = &'a [Posting]>) -> Self {
        let mut shards = Self::default();
        for (number, postings) in words.enumerate() {
            if shards.texts.last().is_none_or(|text| text.len() >= SHARD) {
                shards.firsts.push(number);
                shards.texts.push(String::new());
            } else if let Some(text) = shards.texts.last_mut() {
                text.push(' ');
            }
            if let Some(text) = shards.texts.last_mut() {
                text.push_str(&packed(postings));
            }
        }
        shards
    }
}

/// Postings as steps from one record to the next, each with its level.
pub(super) fn packed(postings: &[Posting]) -> String {
    let mut text = String::with_capacity(postings.len() * 2);
    let mut next = 0;
    for posting in postings {
        number(
            &mut text,
            (posting.record - next) * u32::from(LEVELS) + u32::from(posting.level),
        );
        next = posting.record + 1;
    }
    text
}

fn number(text: &mut String, number: u32) {
    let mut digits = vec![character(number % TERMINAL)];
    let mut rest = number / TERMINAL;
    while rest > 0 {
        rest -= 1;
        digits.push(character(TERMINAL + rest % MORE));
        rest /= MORE;
    }
    text.extend(digits.iter().rev());
}

/// The printable character of a digit.
fn character(digit: u32) -> char {
    // 33 is the first after the space; 34 is the quotation mark, 92 the backslash.
    let code = match digit {
        0 => 33,
        1..=57 => digit + 34,
        _ => digit + 35,
    };
    char::from_u32(code).unwrap_or('!')
}

/// Words in order. After the sign of how many letters are shared stands one for how many letters less the stem has and
/// how often the word is used. What one sign cannot say stands apart, by the word's number.
pub(super) fn front_coded(words: &[Word]) -> (String, Value) {
    let (mut text, mut strange) = (String::new(), Map::new());
    let mut before: Vec<char> = Vec::new();
    for (number, word) in words.iter().enumerate() {
        let Forms { exact, stem } = &word.forms;
        let letters: Vec<char> = exact.chars().collect();
        let shared = letters
            .iter()
            .zip(&before)
            .take_while(|(a, b)| a == b)
            .take(MOST_SHARED)
            .count();
        let less = exact
            .strip_prefix(stem.as_str())
            .map(|rest| rest.chars().count());
        let less = less
            .and_then(|less| u32::try_from(less).ok())
            .filter(|less| *less < 11);
        let often = word
            .postings
            .len()
            .checked_ilog2()
            .unwrap_or_default()
            .min(7);
        text.extend(
            u32::try_from(shared)
                .ok()
                .and_then(|shared| char::from_u32(65 + shared)),
        );
        match less {
            Some(less) => text.push(character(less * 8 + often)),
            None => {
                text.push(STRANGE);
                strange.insert(number.to_string(), json!([stem, often]));
            }
        }
        text.extend(letters.iter().skip(shared));
        before = letters;
    }
    (text, Value::Object(strange))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_use_each_printable_character_once() {
        let characters: Vec<char> = (0..TERMINAL + MORE).map(character).collect();
        let mut once = characters.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), characters.len());
        assert!(
            characters
                .iter()
                .all(|c| c.is_ascii_graphic() && !matches!(c, '"' | '\\'))
        );
        assert_ne!(character(10 * 8 + 7), STRANGE);
    }

    #[test]
    fn small_numbers_are_short() {
        let length = |n| {
            let mut text = String::new();
            number(&mut text, n);
            text.len()
        };
        assert_eq!(
            [0, 59, 60, 60 * 33 - 1, 60 * 33].map(length),
            [1, 1, 2, 2, 3]
        );
    }
}
