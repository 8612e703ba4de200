//! A title and a name: fru, frøken, frk., fr., herr, hr., and one to four words with a capital.

use std::ops::Range;

use super::{first_word, in_word, skip_gap};

/// Titles, in lower case; those with a full stop when shortened are marked.
const TITLES: [(&str, bool); 6] = [
    ("fru", false),
    ("frk", true),
    ("frøken", false),
    ("hr", true),
    ("herr", false),
    ("fr", true),
];

/// The most words of a name.
const LONGEST_NAME: usize = 4;

pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    // Bytes are looked at first: every title begins with one of two letters.
    let mut found = Vec::new();
    let mut before = b' ';
    for (start, byte) in text.bytes().enumerate() {
        if matches!(byte, b'f' | b'F' | b'h' | b'H') && !before.is_ascii_alphanumeric() {
            found.extend(name_after(text, start));
        }
        before = byte;
    }
    found
}

fn name_after(text: &str, start: usize) -> Option<Range<usize>> {
    let (before, after) = text.split_at_checked(start)?;
    if before.ends_with(in_word) {
        return None;
    }
    let word = first_word(after);
    if word.len() > "frøken".len() {
        return None;
    }
    let lower = word.to_lowercase();
    let (_, shortened) = TITLES.iter().find(|(title, _)| *title == lower)?;
    let mut rest = text.get(start + word.len()..)?;
    if *shortened {
        rest = rest.strip_prefix('.').unwrap_or(rest);
    }
    let mut end = None;
    for _ in 0..LONGEST_NAME {
        let Some(after) = skip_gap(rest) else { break };
        let Some(length) = name_length(after) else {
            break;
        };
        rest = after.get(length..)?;
        end = Some(text.len() - rest.len());
    }
    Some(start..end?)
}

/// The length of a name at the beginning of a text: a word with a capital, also with a hyphen, or an initial.
fn name_length(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    if !first.is_uppercase() {
        return None;
    }
    let length: usize = text
        .chars()
        .take_while(|c| in_word(*c) || matches!(c, '-' | '\'' | '’'))
        .map(char::len_utf8)
        .sum();
    let name = text.get(..length)?;
    if name.contains(|c: char| c.is_numeric()) {
        return None;
    }
    let initial = name.chars().count() <= 2 && text.get(length..)?.starts_with('.');
    Some(if initial { length + 1 } else { length })
}
