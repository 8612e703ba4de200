//! What a line of text asks for.
//!
//! Takes whatever someone typed; gives words, phrases, exclusions and filters. Every text has a reading: what cannot
//! be understood as a sign is a space. Bounded in length and in words, so that no query costs much. Leaves out what a
//! word may mean; that is [`super::expand`].

use super::analysis::{Analyzer, is_small_word, words};
use super::fields::Narrow;

/// Characters of a query that are read.
const LONGEST_QUERY: usize = 200;
/// Words of a query that are read.
const MOST_WORDS: usize = 32;

/// A query as it is understood.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Asked {
    /// All words that count for a hit, also those of phrases, in the order in which they stand.
    pub(super) words: Vec<AskedWord>,
    /// Exact words that must stand side by side.
    pub(super) phrases: Vec<Vec<String>>,
    /// What must not be there.
    pub(super) without: Vec<Without>,
    /// What it is narrowed by.
    pub(super) filters: Vec<Filter>,
}

/// A word of a query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct AskedWord {
    pub(super) exact: String,
    /// The stems it may have; the first is the likeliest.
    pub(super) stems: Vec<String>,
    /// Other spellings in which it is one word with its neighbours: *rollator-race*.
    pub(super) joined: Vec<String>,
    /// True inside quotation marks: taken to the letter.
    pub(super) quoted: bool,
    /// True when it may be the beginning of a word that is still being typed.
    pub(super) open: bool,
}

impl AskedWord {
    /// True when it only holds the sentence together.
    pub(super) fn is_small(&self) -> bool {
        is_small_word(&self.exact)
    }
}

/// Something that a hit does not have.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Without {
    /// A word in any of its forms.
    Word(AskedWord),
    /// Exact words side by side.
    Phrase(Vec<String>),
}

/// `type:ide`: each word of the value is in the name.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Filter {
    pub(super) narrow: Narrow,
    /// For each word the stems it may have, and the word itself.
    pub(super) words: Vec<(String, Vec<String>)>,
    /// True for `-type:ide`.
    pub(super) negative: bool,
}

/// Reads a query.
pub(super) fn read(text: &str, analyzer: &mut Analyzer) -> Asked {
    let mut asked = Asked::default();
    let mut left = MOST_WORDS;
    let cut: String = text.chars().take(LONGEST_QUERY).collect();
    for piece in pieces(&cut) {
        let quoted = piece.quoted;
        let mut found = asked_words(&piece.text, quoted, analyzer);
        found.truncate(left);
        left -= found.len();
        if found.is_empty() {
            continue;
        }
        if let Some(narrow) = piece.narrow {
            let words = found
                .into_iter()
                .map(|word| (word.exact, word.stems))
                .collect();
            asked.filters.push(Filter {
                narrow,
                words,
                negative: piece.negative,
            });
        } else if piece.negative {
            let without = match found.pop() {
                Some(word) if found.is_empty() && !quoted => Without::Word(word),
                last => Without::Phrase(
                    found
                        .into_iter()
                        .chain(last)
                        .map(|word| word.exact)
                        .collect(),
                ),
            };
            asked.without.push(without);
        } else {
            if quoted {
                asked
                    .phrases
                    .push(found.iter().map(|word| word.exact.clone()).collect());
            }
            for word in &mut asked.words {
                word.open = false;
            }
            if let Some(last) = found.last_mut() {
                last.open = !quoted;
            }
            asked.words.append(&mut found);
        }
    }
    asked
}

/// The words of a piece. Those that a hyphen links know the word they are together.
fn asked_words(text: &str, quoted: bool, analyzer: &mut Analyzer) -> Vec<AskedWord> {
    let mut found: Vec<(u32, AskedWord)> = Vec::new();
    for place in words(text) {
        let Some((exact, stems)) = text.get(place.range).and_then(|word| analyzer.asked(word))
        else {
            continue;
        };
        if place.joined {
            for (_, part) in found
                .iter_mut()
                .filter(|(position, _)| *position >= place.position)
            {
                part.joined.push(exact.clone());
            }
        } else {
            found.push((
                place.position,
                AskedWord {
                    exact,
                    stems,
                    quoted,
                    ..AskedWord::default()
                },
            ));
        }
    }
    found.into_iter().map(|(_, word)| word).collect()
}

/// A stretch of a query between spaces or quotation marks.
struct Piece {
    text: String,
    quoted: bool,
    negative: bool,
    narrow: Option<Narrow>,
}

fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut letters = text.chars().peekable();
    while let Some(&c) = letters.peek() {
        if c.is_whitespace() {
            letters.next();
            continue;
        }
        let mut piece = Piece {
            text: String::new(),
            quoted: false,
            negative: false,
            narrow: None,
        };
        if c == '-' {
            letters.next();
            piece.negative = letters
                .peek()
                .is_some_and(|next| next.is_alphanumeric() || is_quote(*next));
        }
        while let Some(&c) = letters.peek() {
            if is_quote(c) {
                if piece.text.is_empty() {
                    letters.next();
                    piece.quoted = true;
                    // Quotation marks of all kinds are typed; the next of any kind ends the phrase.
                    piece.text = letters.by_ref().take_while(|c| !is_quote(*c)).collect();
                }
                break;
            }
            if c.is_whitespace() {
                break;
            }
            letters.next();
            if c == ':'
                && piece.narrow.is_none()
                && let Some(narrow) = narrow_named(&piece.text)
            {
                piece.narrow = Some(narrow);
                piece.text.clear();
            } else {
                piece.text.push(c);
            }
        }
        pieces.push(piece);
    }
    pieces
}

const fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟' | '»' | '«' | '″')
}

/// The filter that a word before a colon names.
fn narrow_named(name: &str) -> Option<Narrow> {
    let narrow = match name.to_lowercase().as_str() {
        "type" | "slags" | "art" | "kind" => Narrow::Kind,
        "team" | "hold" => Narrow::Team,
        "område" | "omraade" | "sted" | "by" | "area" => Narrow::Place,
        "emne" | "emneord" | "tag" => Narrow::Tag,
        "eksempel" | "example" => Narrow::Example,
        _ => return None,
    };
    Some(narrow)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(text: &str) -> Asked {
        read(text, &mut Analyzer::new())
    }

    fn exact(words: &[AskedWord]) -> Vec<&str> {
        words.iter().map(|word| word.exact.as_str()).collect()
    }

    #[test]
    fn words_and_phrases_are_told_apart() {
        let asked = asked("Kaffe »vi ses i morgen« før");
        assert_eq!(
            exact(&asked.words),
            ["kaffe", "vi", "ses", "i", "morgen", "før"]
        );
        assert_eq!(
            asked.phrases,
            [["vi", "ses", "i", "morgen"].map(str::to_owned)]
        );
        let open: Vec<bool> = asked.words.iter().map(|word| word.open).collect();
        assert_eq!(open, [false, false, false, false, false, true]);
    }

    #[test]
    fn a_minus_before_a_word_takes_it_away() {
        let asked = asked("gåklub -rollator -\"kaffe først\" rollator-race - te");
        assert_eq!(asked.without.len(), 2);
        assert_eq!(exact(&asked.words), ["gåklub", "rollator", "race", "te"]);
        let joined: Vec<_> = asked
            .words
            .iter()
            .map(|word| word.joined.as_slice())
            .collect();
        assert_eq!(
            joined,
            [
                &[][..],
                &["rollatorrace".to_owned()],
                &["rollatorrace".to_owned()],
                &[]
            ]
        );
    }

    #[test]
    fn a_name_before_a_colon_narrows_and_other_colons_do_not() {
        let asked = asked("type:ide team:\"Team Åbrinken\" http://x klokken:10 -område:Gram");
        let filters: Vec<_> = asked
            .filters
            .iter()
            .map(|f| (f.narrow, f.words.len(), f.negative))
            .collect();
        assert_eq!(
            filters,
            [
                (Narrow::Kind, 1, false),
                (Narrow::Team, 2, false),
                (Narrow::Place, 1, true)
            ]
        );
        assert_eq!(exact(&asked.words), ["http", "x", "klokken", "10"]);
    }

    #[test]
    fn any_text_is_bounded() {
        assert!(asked(&"ord ".repeat(3000)).words.len() <= MOST_WORDS);
        for text in [
            "",
            "   ",
            "- - -",
            "\"\"\"",
            "::::",
            "type:",
            "-\"",
            "\u{202e}\u{0}\u{7}",
            "«»«",
        ] {
            assert_eq!(asked(text), Asked::default(), "{text:?}");
        }
    }
}
