//! How alike two words are: the question "mente du …?".
//!
//! Takes a word and the words that would have been right; gives the nearest, if it is near enough to be a slip.
//! Leaves out meaning and inflection, which belong to search.

use super::fold::match_key;

/// The number of slips between two words (a letter added, left out, changed, or swapped with its neighbour), or
/// nothing when there are more than `limit`.
#[must_use]
pub fn distance(a: &str, b: &str, limit: usize) -> Option<usize> {
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    if a.len().abs_diff(b.len()) > limit {
        return None;
    }
    // Three rows of the table: two letters back, one letter back, and this letter.
    let mut two_back: Vec<usize> = Vec::new();
    let mut one_back: Vec<usize> = (0..=b.len()).collect();
    let mut previous: Option<char> = None;
    for (i, letter) in a.iter().enumerate() {
        let row = next_row(&two_back, &one_back, i + 1, (*letter, previous), &b);
        if row.iter().min().is_some_and(|least| *least > limit) {
            return None;
        }
        two_back = one_back;
        one_back = row;
        previous = Some(*letter);
    }
    one_back.last().copied().filter(|slips| *slips <= limit)
}

/// One row of the table. `letters` is this letter of the first word and the one before it.
fn next_row(
    two_back: &[usize],
    one_back: &[usize],
    first: usize,
    letters: (char, Option<char>),
    b: &[char],
) -> Vec<usize> {
    let (letter, previous) = letters;
    let mut row = Vec::with_capacity(one_back.len());
    let mut left = first;
    row.push(left);
    let mut before: Option<char> = None;
    for (j, (other, pair)) in b.iter().zip(one_back.windows(2)).enumerate() {
        let (diagonal, above) = match pair {
            [diagonal, above] => (*diagonal, *above),
            _ => (usize::MAX, usize::MAX),
        };
        let mut least = (left + 1)
            .min(above.saturating_add(1))
            .min(diagonal + usize::from(letter != *other));
        if previous == Some(*other)
            && before == Some(letter)
            && let Some(swapped) = j.checked_sub(1).and_then(|k| two_back.get(k))
        {
            least = least.min(swapped + 1);
        }
        row.push(least);
        left = least;
        before = Some(*other);
    }
    row
}

/// The word that was probably meant: the nearest candidate, at most a third of its letters away (one letter in short
/// words), compared as keys are ([`match_key`]). Of two equally near the first is given; an empty word means nothing.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = match_key(word);
    if wanted.is_empty() {
        return None;
    }
    let mut best: Option<(usize, &'a str)> = None;
    for candidate in candidates {
        let key = match_key(candidate);
        let length = wanted.chars().count().max(key.chars().count());
        let limit = best.map_or((length / 3).max(1), |(slips, _)| {
            slips.min((length / 3).max(1))
        });
        let Some(slips) = distance(&wanted, &key, limit) else {
            continue;
        };
        // A word of one or two letters is near to everything.
        let meaningful = slips == 0 || length >= 3;
        if meaningful && best.is_none_or(|(least, _)| slips < least) {
            best = Some((slips, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_counted() {
        for (a, b, slips) in [
            ("", "", 0),
            ("kaffe", "kaffe", 0),
            ("kaffe", "kafe", 1),
            ("kaffe", "kaffee", 1),
            ("kaffe", "kafef", 1),
            ("beslutning", "beslutnig", 1),
            ("ca", "abc", 3),
            ("", "æøå", 3),
            ("æble", "øble", 1),
        ] {
            assert_eq!(distance(a, b, 9), Some(slips), "{a} {b}");
            assert_eq!(distance(b, a, 9), Some(slips), "{b} {a}");
        }
    }

    #[test]
    fn more_slips_than_the_limit_are_not_counted() {
        assert_eq!(distance("kaffe", "te", 2), None);
        assert_eq!(distance("kaffe", "pølse", 2), None);
        assert_eq!(distance("kaffe", "kafef", 0), None);
        assert_eq!(distance("a", "abcdefghij", 3), None);
    }

    #[test]
    fn the_nearest_word_is_meant() {
        let keys = ["beslutning", "bygger_videre_på", "team", "til", "fra"];
        assert_eq!(nearest("beslutnig", keys), Some("beslutning"));
        assert_eq!(nearest("Bygger videre paa", keys), Some("bygger_videre_på"));
        assert_eq!(nearest("taem", keys), Some("team"));
        assert_eq!(nearest("Fra", keys), Some("fra"));
        assert_eq!(nearest("fortsaet", ["justér", "fortsæt"]), Some("fortsæt"));
    }

    #[test]
    fn a_word_far_from_all_means_none_of_them() {
        let keys = ["beslutning", "team", "til"];
        assert_eq!(nearest("kommune", keys), None);
        assert_eq!(
            nearest("færdig", ["fortsæt", "justér", "stop", "spred"]),
            None
        );
        assert_eq!(nearest("", keys), None);
        assert_eq!(nearest("-", keys), None);
        assert_eq!(nearest("ab", ["a", "b", "cd"]), None);
        assert_eq!(nearest("x", []), None);
    }

    #[test]
    fn of_two_equally_near_the_first_is_meant() {
        assert_eq!(nearest("hat", ["kat", "hast"]), Some("kat"));
    }
}
