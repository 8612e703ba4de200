//! Where the words of a text stand.
//!
//! Takes any text; gives the byte ranges of its words with their positions. A hyphened word gives its parts, each at
//! its own position, and afterwards the whole of it at the position of its first part, so that *rollator-race* is
//! found as two words and as one. An apostrophe inside a word does not end it (*SOSU'er*). Leaves out case and
//! letters, which are the work of [`super::plain`].

use std::iter::Peekable;
use std::ops::Range;
use std::str::CharIndices;

use unicode_normalization::char::is_combining_mark;

use crate::text::invisible::is_invisible;

/// A hyphened word of more parts than this is a path or a number, not a word.
const MOST_PARTS: usize = 4;

/// A word's place in its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::search) struct Place {
    /// Bytes from and to.
    pub(in crate::search) range: Range<usize>,
    /// Number of the word in the text, from 0.
    pub(in crate::search) position: u32,
    /// True for the whole of a hyphened word, whose parts have been given already.
    pub(in crate::search) joined: bool,
}

/// The words of a text, in order.
pub(in crate::search) fn words(text: &str) -> Words<'_> {
    Words {
        length: text.len(),
        chars: text.char_indices().peekable(),
        position: 0,
        chain: None,
        whole: None,
    }
}

/// The iterator behind [`words`].
pub(in crate::search) struct Words<'a> {
    length: usize,
    chars: Peekable<CharIndices<'a>>,
    position: u32,
    chain: Option<Chain>,
    whole: Option<Place>,
}

/// The hyphened word that is being read.
struct Chain {
    start: usize,
    position: u32,
    parts: usize,
}

impl Iterator for Words<'_> {
    type Item = Place;

    fn next(&mut self) -> Option<Place> {
        if let Some(whole) = self.whole.take() {
            return Some(whole);
        }
        let start = loop {
            let (at, c) = self.chars.next()?;
            if c.is_alphanumeric() {
                break at;
            }
        };
        let (end, linked) = self.rest_of_word();
        let position = self.position;
        self.position = self.position.saturating_add(1);
        self.follow(start, end, position, linked);
        Some(Place {
            range: start..end,
            position,
            joined: false,
        })
    }
}

impl Words<'_> {
    /// Reads to the end of the word that has begun. True when a hyphen links it to a next word; the hyphen is read.
    fn rest_of_word(&mut self) -> (usize, bool) {
        loop {
            let Some(&(at, c)) = self.chars.peek() else {
                return (self.length, false);
            };
            if c.is_alphanumeric() || (!c.is_ascii() && (is_combining_mark(c) || is_invisible(c))) {
                self.chars.next();
                continue;
            }
            if !matches!(c, '\'' | '’' | '-' | '\u{2010}' | '\u{2011}') || !self.word_follows() {
                return (at, false);
            }
            self.chars.next();
            if !matches!(c, '\'' | '’') {
                return (at, true);
            }
        }
    }

    /// True when the sign that stands next has a word right after it.
    fn word_follows(&self) -> bool {
        let mut ahead = self.chars.clone();
        ahead.next();
        ahead.next().is_some_and(|(_, next)| next.is_alphanumeric())
    }

    /// Keeps account of a hyphened word and, at its last part, lays the whole of it ready.
    fn follow(&mut self, start: usize, end: usize, position: u32, linked: bool) {
        let chain = match self.chain.take() {
            Some(chain) => Chain {
                parts: chain.parts + 1,
                ..chain
            },
            None => Chain {
                start,
                position,
                parts: 1,
            },
        };
        if linked {
            self.chain = Some(chain);
        } else if (2..=MOST_PARTS).contains(&chain.parts) {
            self.whole = Some(Place {
                range: chain.start..end,
                position: chain.position,
                joined: true,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(&str, u32)> {
        words(text)
            .map(|place| (text.get(place.range).unwrap_or("?"), place.position))
            .collect()
    }

    #[test]
    fn words_stand_where_they_stand() {
        assert_eq!(read("  Kaffe, først! "), [("Kaffe", 0), ("først", 1)]);
        assert_eq!(
            read("SOSU'er og Lars’ bil"),
            [("SOSU'er", 0), ("og", 1), ("Lars", 2), ("bil", 3)]
        );
        assert_eq!(read(""), []);
        assert_eq!(read("\u{202e}…—"), []);
    }

    #[test]
    fn a_hyphened_word_is_its_parts_and_itself() {
        assert_eq!(
            read("et rollator-race i dag"),
            [
                ("et", 0),
                ("rollator", 1),
                ("race", 2),
                ("rollator-race", 1),
                ("i", 3),
                ("dag", 4)
            ]
        );
        assert_eq!(
            read("social- og sundhed"),
            [("social", 0), ("og", 1), ("sundhed", 2)]
        );
        assert_eq!(read("a-b-c-d-e").len(), 5);
    }

    #[test]
    fn letters_in_two_characters_stay_in_their_word() {
        assert_eq!(
            read("pa\u{30a} a\u{30a}en"),
            [("pa\u{30a}", 0), ("a\u{30a}en", 1)]
        );
        assert_eq!(read("hjem\u{ad}me"), [("hjem\u{ad}me", 0)]);
    }
}
