//! The seam between our words and tantivy's: a tokenizer for text that has been taken apart already.
//!
//! [`ReadyText`] is written by [`super::document`], one word after another; [`ReadyTokenizer`] gives the same words
//! back when tantivy asks. A word may stand at the same position as the one before it. This is much faster than to
//! let tantivy take the same text apart once for every form, and keeps the analysis in one place.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// The name under which the tokenizer is registered.
pub(super) const READY: &str = "ready";

const END: char = '\n';
/// In the place of a word of which nothing can be read.
const NOTHING: &str = "\u{4}";
/// Before a word that belongs to an earlier position, given as that many steps back.
const BACK: char = '\u{1}';

/// Words and positions in one string.
#[derive(Debug, Default)]
pub(super) struct ReadyText {
    text: String,
    words: u32,
}

impl ReadyText {
    /// Adds a word at the next position.
    pub(super) fn word(&mut self, word: &str) {
        self.text.push_str(word);
        self.text.push(END);
        self.words = self.words.saturating_add(1);
    }

    /// Adds a word that stands `back` positions before the last one, from 0.
    pub(super) fn word_back(&mut self, back: u32, word: &str) {
        for _ in 0..=back {
            self.text.push(BACK);
        }
        self.word(word);
    }

    /// Leaves the next position empty.
    pub(super) fn skip(&mut self) {
        self.text.push_str(NOTHING);
        self.text.push(END);
    }

    /// How many words it has.
    pub(super) const fn len(&self) -> u32 {
        self.words
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.words == 0
    }

    pub(super) fn as_str(&self) -> &str {
        &self.text
    }
}

/// Reads what [`ReadyText`] has written.
#[derive(Clone, Debug, Default)]
pub(super) struct ReadyTokenizer {
    token: Token,
}

impl Tokenizer for ReadyTokenizer {
    type TokenStream<'a> = ReadyStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> ReadyStream<'a> {
        self.token.reset();
        ReadyStream {
            rest: text,
            next: 0,
            token: &mut self.token,
        }
    }
}

/// The words of one text.
pub(super) struct ReadyStream<'a> {
    rest: &'a str,
    next: usize,
    token: &'a mut Token,
}

impl TokenStream for ReadyStream<'_> {
    fn advance(&mut self) -> bool {
        let word = loop {
            let Some((word, rest)) = self.rest.split_once(END) else {
                return false;
            };
            self.rest = rest;
            if word != NOTHING {
                break word;
            }
            self.next += 1;
        };
        let bare = word.trim_start_matches(BACK);
        let back = word.len() - bare.len();
        self.token.position = self.next.saturating_sub(back);
        if back == 0 {
            self.next += 1;
        }
        self.token.text.clear();
        self.token.text.push_str(bare);
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_back_where_they_were_put() {
        let mut text = ReadyText::default();
        text.word("et");
        text.word("rollator");
        text.word("race");
        text.word_back(1, "rollatorrace");
        text.skip();
        text.word("idag");
        let mut tokenizer = ReadyTokenizer::default();
        let mut stream = tokenizer.token_stream(text.as_str());
        let mut read = Vec::new();
        while stream.advance() {
            read.push((stream.token().text.clone(), stream.token().position));
        }
        let wanted = [
            ("et", 0),
            ("rollator", 1),
            ("race", 2),
            ("rollatorrace", 1),
            ("idag", 4),
        ];
        assert_eq!(read, wanted.map(|(word, at)| (word.to_owned(), at)));
        assert_eq!(text.len(), 5);
    }
}
