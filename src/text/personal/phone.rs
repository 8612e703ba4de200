//! Phone numbers: eight digits as Danes group them, or any number that begins with a country code.

use std::ops::Range;

use crate::text::cpr;
use crate::text::digits::{Chain, Gap, Group, line_before};

/// Words before a number that say it is a phone number.
const PHONE_WORDS: [&str; 8] = [
    "tlf", "telefon", "mobil", "ring", "sms", "vagt", "tel", "phone",
];

/// Words before a number that say it is something else.
const OTHER_WORDS: [&str; 12] = [
    "cvr", "ean", "isbn", "issn", "konto", "sag", "journal", "j.nr", "p-nr", "p-nummer", "doi",
    "ordrenr",
];

pub(super) fn find(chains: &[Chain<'_>]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let numbers = cpr::find_in(chains);
    for chain in chains.iter().filter(|chain| chain.len() >= 8) {
        let mut first = 0;
        while first < chain.groups.len() {
            match number_at(chain, first) {
                Some((range, last)) if !cpr::overlaps(&numbers, &range) => {
                    found.push(range);
                    first = last + 1;
                }
                _ => first += 1,
            }
        }
    }
    found
}

/// The phone number that begins with a group, and its last group.
fn number_at(chain: &Chain<'_>, first: usize) -> Option<(Range<usize>, usize)> {
    let groups = chain.groups.get(first..)?;
    let start = groups.first()?.range.start;
    if first == 0 && chain.plus {
        let last = international(chain)?;
        return Some((start - 1..chain.groups.get(last)?.range.end, last));
    }
    let (code, from) = match groups.first()?.digits() {
        [0, 0, 4, 5] => (true, first + 1),
        _ => (false, first),
    };
    let last = eight_digits(chain, from)?;
    let range = start..chain.groups.get(last)?.range.end;
    let lengths: Vec<usize> = chain
        .groups
        .get(from..=last)?
        .iter()
        .map(|group| group.len)
        .collect();
    let gaps = chain.gaps.get(from..last).unwrap_or_default();
    // The signs are cheaper to look at than the words before them.
    let possible = is_grouped(&lengths, gaps, true)
        && !is_date_or_clock(chain, from, &lengths)
        && stands_alone(chain, first, last, &range);
    if !possible {
        return None;
    }
    let before = line_before(chain.text, start, 24);
    let announced =
        code || before.contains("+45") || PHONE_WORDS.iter().any(|word| has_word(&before, word));
    let other = !announced && OTHER_WORDS.iter().any(|word| before.contains(word));
    let good = announced || (is_grouped(&lengths, gaps, false) && begins_like_one(chain, from));
    (good && !other).then_some((range, last))
}

/// The last group of a number that begins with `+`: eight to fifteen digits.
fn international(chain: &Chain<'_>) -> Option<usize> {
    // In Danish numbers the end is known; in others the whole chain belongs to it.
    if chain.groups.first()?.digits() == [4, 5] {
        return eight_digits(chain, 1);
    }
    (8..=15)
        .contains(&chain.len())
        .then(|| chain.groups.len() - 1)
}

/// The group with which eight digits are full.
fn eight_digits(chain: &Chain<'_>, first: usize) -> Option<usize> {
    let mut count = 0;
    for (at, group) in chain.groups.iter().enumerate().skip(first) {
        count += group.len;
        if count >= 8 {
            return (count == 8).then_some(at);
        }
    }
    None
}

/// In pairs, in fours or in one; other groups only when a word says that it is a phone number.
fn is_grouped(lengths: &[usize], gaps: &[Gap], announced: bool) -> bool {
    let alike = gaps.windows(2).all(|pair| pair.first() == pair.last());
    let spaced = gaps
        .iter()
        .all(|gap| gap.space && !gap.is_sentence && !gap.line);
    match lengths {
        [8] => true,
        [2, 2, 2, 2] => alike && gaps.iter().all(|gap| !gap.is_sentence),
        [4, 4] => spaced || announced,
        _ => announced && spaced,
    }
}

fn begins_like_one(chain: &Chain<'_>, first: usize) -> bool {
    chain
        .groups
        .get(first)
        .and_then(|group| group.digits().first())
        .is_some_and(|digit| *digit > 0)
}

/// No digits, letters or signs of a longer number around it.
fn stands_alone(chain: &Chain<'_>, first: usize, last: usize, range: &Range<usize>) -> bool {
    let pairs = chain.groups.get(first).is_some_and(|group| group.len == 2);
    let parted = |gap: Option<&Gap>, neighbour: Option<&Group>| match (gap, neighbour) {
        (Some(gap), Some(group)) => {
            gap.is_sentence || gap.line || (!gap.is_tight() && (!pairs || group.len != 2))
        }
        _ => true,
    };
    let left = first.checked_sub(1);
    let left_free = parted(
        left.and_then(|at| chain.gaps.get(at)),
        left.and_then(|at| chain.groups.get(at)),
    );
    let right_free = parted(chain.gaps.get(last), chain.groups.get(last + 1));
    let before = chain
        .text
        .get(..range.start)
        .and_then(|text| text.chars().next_back());
    let mut after = chain.text.get(range.end..).unwrap_or_default().chars();
    let (next, second) = (after.next(), after.next());
    let decimal = matches!(next, Some(',' | '/')) && second.is_some_and(|c| c.is_ascii_digit());
    let joined = before
        .is_some_and(|c| c.is_alphanumeric() || matches!(c, '/' | '_' | '-' | '#' | '=' | ','))
        || next.is_some_and(char::is_alphanumeric);
    left_free && right_free && !joined && !decimal
}

fn is_date_or_clock(chain: &Chain<'_>, first: usize, lengths: &[usize]) -> bool {
    let value = |at: usize| {
        chain
            .groups
            .get(first + at)
            .and_then(Group::value)
            .unwrap_or(u32::MAX)
    };
    let dot = |at: usize| chain.gaps.get(first + at).is_some_and(|gap| gap.is_dot());
    let year = |value: u32| matches!(value, 1900..=2099);
    match lengths {
        [8] => {
            year(value(0) / 10_000)
                && matches!(value(0) / 100 % 100, 1..=12)
                && matches!(value(0) % 100, 1..=31)
        }
        [4, 4] => year(value(0)) && year(value(1)),
        [2, 2, 2, 2] => dot(0) && dot(2) && !dot(1),
        _ => false,
    }
}

/// True when a word of the text begins with `start` (so that "ring" is not found in "måling").
fn has_word(text: &str, start: &str) -> bool {
    text.match_indices(start).any(|(at, _)| {
        !text
            .get(..at)
            .unwrap_or_default()
            .ends_with(char::is_alphabetic)
    })
}
