//! Words as the index keeps them and as a query asks for them: one treatment for both sides.
//!
//! Takes any text. Gives for each word its place and two forms: the *exact* form (small letters, no accents, aa, ae
//! and oe read as å, æ and ø) and the *stem* that its inflections share. A compound is taken apart when it is asked
//! for, not here, because what it is made of depends on the words that the records use; see [`super::compound`].

pub(super) mod irregular;
mod stem;
mod words;

use std::sync::{Mutex, PoisonError};

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use stem::Stems;
pub(super) use words::{Place, words};

/// Letters of a word beyond this are not looked at: they are noise, or an attack.
const LONGEST_WORD: usize = 64;

/// Words remembered before the memory is emptied; about 8 MB.
const REMEMBERED: usize = 50_000;

/// Analyzers kept for later.
const MOST_IDLE: usize = 4;

/// Words that only hold a sentence together: see [`is_small_word`].
const SMALL_WORDS: &[&str] = &[
    "af", "and", "at", "bare", "blev", "blive", "bliver", "da", "de", "dem", "den", "denne", "der",
    "deres", "det", "dette", "dig", "din", "dine", "disse", "dit", "du", "eller", "en", "end",
    "er", "et", "fik", "for", "fra", "får", "gjorde", "gør", "gøre", "ha", "han", "hans", "har",
    "have", "hendes", "her", "hun", "hvad", "hvem", "hvilke", "hvilken", "hvilket", "hvis", "hvor",
    "hvordan", "hvorfor", "hvornår", "i", "ikke", "ind", "is", "jeg", "jer", "jeres", "jo", "kan",
    "kunne", "lige", "man", "med", "men", "mig", "min", "mine", "mit", "må", "nogen", "noget",
    "nogle", "nu", "når", "of", "og", "også", "om", "os", "på", "sig", "sin", "sine", "sit",
    "skal", "skulle", "som", "så", "sådan", "the", "til", "to", "var", "ved", "vi", "vil", "ville",
    "vores", "være", "været",
];

/// The two forms of a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Forms {
    /// The word itself, in letters that everyone writes alike.
    pub(super) exact: String,
    /// What its inflections share.
    pub(super) stem: String,
}

/// Analyzers that are not in use. A query takes one and gives it back, so that what one has learnt serves the next.
pub(super) struct Analyzers {
    idle: Mutex<Vec<Analyzer>>,
    make: fn() -> Analyzer,
}

impl Default for Analyzers {
    fn default() -> Self {
        Self::made_by(Analyzer::new)
    }
}

impl Analyzers {
    /// Analyzers of one sort.
    pub(super) const fn made_by(make: fn() -> Analyzer) -> Self {
        Self {
            idle: Mutex::new(Vec::new()),
            make,
        }
    }

    /// Calls with an analyzer that nobody else uses.
    pub(super) fn with<T>(&self, work: impl FnOnce(&mut Analyzer) -> T) -> T {
        // A poisoned lock guards whole analyzers only; they are as good as before.
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = idle().pop();
        let mut analyzer = taken.unwrap_or_else(self.make);
        let done = work(&mut analyzer);
        let mut idle = idle();
        if idle.len() < MOST_IDLE {
            idle.push(analyzer);
        }
        done
    }
}

/// Turns words into their forms, and remembers the common ones.
pub(super) struct Analyzer {
    stems: Stems,
    /// Where the forms of a plain word are.
    known: FxHashMap<String, usize>,
    forms: Vec<Forms>,
    /// The words that are new since [`Self::learnt`] was asked, for one who asks.
    fresh: Option<Vec<Forms>>,
    plain: String,
}

impl Analyzer {
    pub(super) fn new() -> Self {
        Self {
            stems: Stems::new(),
            known: FxHashMap::default(),
            forms: Vec::new(),
            fresh: None,
            plain: String::new(),
        }
    }

    /// The forms of a word as it is written in a text; none when nothing of it can be read.
    pub(super) fn forms(&mut self, word: &str) -> Option<&Forms> {
        plain_into(word, &mut self.plain);
        if self.plain.is_empty() {
            return None;
        }
        let at = match self.known.get(&self.plain) {
            Some(at) => *at,
            None => self.learn(),
        };
        self.forms.get(at)
    }

    /// Finds the forms of the plain word and remembers them.
    fn learn(&mut self) -> usize {
        if self.forms.len() >= REMEMBERED {
            self.known.clear();
            self.forms.clear();
        }
        let at = self.forms.len();
        let stem = one_letter(&self.stems.stem(&self.plain));
        let forms = Forms {
            exact: one_letter(&self.plain),
            stem,
        };
        if let Some(fresh) = &mut self.fresh {
            fresh.push(forms.clone());
        }
        self.forms.push(forms);
        self.known.insert(self.plain.clone(), at);
        at
    }

    /// One that tells what it learns.
    pub(super) fn telling() -> Self {
        Self {
            fresh: Some(Vec::new()),
            ..Self::new()
        }
    }

    /// The words that are new since this was asked last. After many words an old one may be told again.
    pub(super) fn learnt(&mut self) -> Vec<Forms> {
        self.fresh.as_mut().map(std::mem::take).unwrap_or_default()
    }

    /// The exact form and every stem that a word of a query may mean. It differs from [`Self::forms`] where the
    /// writer had no æ, ø or å at hand: *gaaklubberne* has the stem of *gåklubberne*.
    pub(super) fn asked(&mut self, word: &str) -> Option<(String, Vec<String>)> {
        let Forms { exact, stem } = self.forms(word)?.clone();
        let mut stems = vec![stem];
        if self.plain != exact {
            let other = one_letter(&self.stems.stem(&exact));
            if !stems.contains(&other) {
                stems.push(other);
            }
        }
        Some((exact, stems))
    }
}

/// A word in small letters without accents, hyphens and apostrophes; æ, ø and å are kept.
fn plain_into(word: &str, plain: &mut String) {
    plain.clear();
    for c in word.chars().take(LONGEST_WORD) {
        match c {
            'a'..='z' | '0'..='9' | 'æ' | 'ø' | 'å' => plain.push(c),
            'A'..='Z' => plain.push(c.to_ascii_lowercase()),
            'Æ' => plain.push('æ'),
            'Ø' => plain.push('ø'),
            'Å' => plain.push('å'),
            '-' | '\'' | '’' => {}
            _ => return strange_into(word, plain),
        }
    }
}

/// The same for a word with other characters than Danish ones.
fn strange_into(word: &str, plain: &mut String) {
    plain.clear();
    // Composed first, so that å in two characters is seen as one letter and not as an a with an accent.
    for c in word.nfc().flat_map(char::to_lowercase).take(LONGEST_WORD) {
        match c {
            'æ' | 'ø' | 'å' => plain.push(c),
            'ä' | 'ǽ' | 'ǣ' => plain.push('æ'),
            'ö' | 'ǿ' | 'œ' => plain.push('ø'),
            'ǻ' => plain.push('å'),
            'ß' => plain.push_str("ss"),
            'þ' => plain.push_str("th"),
            'ð' | 'đ' => plain.push('d'),
            'ł' => plain.push('l'),
            'ı' => plain.push('i'),
            other => plain.extend(
                std::iter::once(other)
                    .nfkd()
                    .filter(|c| c.is_alphanumeric() && !is_combining_mark(*c))
                    .flat_map(char::to_lowercase),
            ),
        }
    }
}

/// The same word with aa, ae and oe written as å, æ and ø.
///
/// This way and not the other, so that a letter counts as one when typing errors are counted and *p* is the beginning
/// of *på* however it is written.
fn one_letter(plain: &str) -> String {
    let mut written = String::with_capacity(plain.len());
    let mut letters = plain.chars().peekable();
    while let Some(c) = letters.next() {
        let one = match (c, letters.peek()) {
            ('a', Some('a')) => Some('å'),
            ('a', Some('e')) => Some('æ'),
            ('o', Some('e')) => Some('ø'),
            _ => None,
        };
        if one.is_some() {
            letters.next();
        }
        written.push(one.unwrap_or(c));
    }
    written
}

/// Words that only hold a sentence together. They count in a phrase and, when a query has no other words, alone.
pub(super) fn is_small_word(exact: &str) -> bool {
    SMALL_WORDS.contains(&exact)
}

/// All small words.
pub(super) const fn small_words() -> &'static [&'static str] {
    SMALL_WORDS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(word: &str) -> String {
        Analyzer::new()
            .forms(word)
            .map(|forms| forms.exact.clone())
            .unwrap_or_default()
    }

    #[test]
    fn letters_are_equal_however_they_are_written() {
        for (a, b) in [
            ("Gåklub", "GAAKLUB"),
            ("på", "pa\u{30a}"),
            ("Køreplan", "koereplan"),
            ("Ærø", "aeroe"),
            ("idé", "ide"),
            ("Menü", "menu"),
            ("hjem\u{ad}me", "hjemme"),
            ("SOSU'er", "sosuer"),
            ("rollator-race", "rollatorrace"),
        ] {
            assert_eq!(exact(a), exact(b), "{a} {b}");
        }
        assert_ne!(exact("for"), exact("før"));
        assert_ne!(exact("har"), exact("hår"));
    }

    #[test]
    fn a_word_without_danish_letters_has_the_stem_of_the_right_one() {
        let mut analyzer = Analyzer::new();
        for (typed, meant) in [
            ("gaaklubberne", "gåklub"),
            ("haenderne", "hånd"),
            ("broendene", "brønde"),
        ] {
            let wanted = analyzer
                .forms(meant)
                .map(|forms| forms.stem.clone())
                .unwrap_or_default();
            let asked = analyzer
                .asked(typed)
                .map(|(_, stems)| stems)
                .unwrap_or_default();
            assert!(asked.contains(&wanted), "{typed}: {asked:?} lacks {wanted}");
        }
    }

    #[test]
    fn nothing_to_read_is_no_word_and_a_long_one_is_cut() {
        assert_eq!(Analyzer::new().forms("…\u{202e}"), None);
        assert!(exact(&"æ".repeat(5000)).chars().count() <= LONGEST_WORD);
    }
}
