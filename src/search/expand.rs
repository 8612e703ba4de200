//! What a word of a query may mean in these records, and how much each meaning counts.
//!
//! Takes the words of a query one by one; puts each on the [`Board`] as itself, its inflections, the word it is with
//! its neighbour, the beginning of a longer word, a part of a compound, a synonym, and, only when the records do not
//! know it, as the words that it is a typing error away from. Remembers what was meant, so that a snippet can mark it,
//! and the nearest word for one that is not known.

use super::SearchError;
use super::analysis::Analyzer;
use super::compound::{self, Found};
use super::lexicon::Lexicon;
use super::query::AskedWord;
use super::score::{Board, Meaning};
use super::synonyms::Synonyms;
use crate::text::likeness::distance;

// What a meaning counts beside the word to the letter, which counts as LETTER and STEM together, and a share that
// only it has: see `score`.
pub(super) const LETTER: f32 = 0.55;
pub(super) const STEM: f32 = 0.45;
const JOINED: f32 = 1.0;
const SYNONYM: f32 = 0.45;
const LONGER_OF_KNOWN: f32 = 0.18;
const LONGER_OF_UNKNOWN: f32 = 0.7;
const LAST_PART: f32 = 0.5;
const FIRST_PART: f32 = 0.3;
const UNSURE: f32 = 0.5;
const PART: f32 = 0.8;
const BOTH_PARTS: f32 = 0.8;
const ONE_ERROR: f32 = 0.7;
const TWO_ERRORS: f32 = 0.4;

/// The numbers that the offline search takes over.
pub(super) const NUMBERS: &[(&str, f32)] = &[
    ("LETTER", LETTER),
    ("STEM", STEM),
    ("JOINED", JOINED),
    ("SYNONYM", SYNONYM),
    ("LONGER_OF_KNOWN", LONGER_OF_KNOWN),
    ("LONGER_OF_UNKNOWN", LONGER_OF_UNKNOWN),
    ("LAST_PART", LAST_PART),
    ("FIRST_PART", FIRST_PART),
    ("UNSURE", UNSURE),
    ("PART", PART),
    ("BOTH_PARTS", BOTH_PARTS),
    ("ONE_ERROR", ONE_ERROR),
    ("TWO_ERRORS", TWO_ERRORS),
];

/// Words whose compounds and typing errors are looked for; more words need no help to be found.
const MOST_CARE: usize = 8;
/// Nearest words that are taken for one with a typing error.
const MOST_NEAR: usize = 5;
/// Letters of a stem for each typing error that it is looked for in spite of.
const SHORTEST_STEM: usize = 5;
/// Letters of the shortest word that one typing error is forgiven in.
const SHORTEST_SLIP: usize = 4;
/// Letters from which a word is looked at as a compound.
const SHORTEST_COMPOUND: usize = 7;

/// What the words of a query were taken to mean.
#[derive(Debug, Default)]
pub(super) struct Meant {
    /// Each meaning with the number of its word in the query.
    pub(super) meanings: Vec<(usize, Meaning)>,
    /// The nearest exact word for each that no record knows.
    pub(super) nearest: Vec<String>,
}

/// Everything that the meaning of a word is looked up in.
pub(super) struct Expander<'a> {
    pub(super) lexicon: Lexicon<'a>,
    pub(super) synonyms: &'a Synonyms,
    pub(super) analyzer: &'a mut Analyzer,
}

impl Expander<'_> {
    /// Puts all words on the board. Small words count only when there are no others.
    pub(super) fn expand(
        &mut self,
        asked: &[AskedWord],
        board: &mut Board<'_>,
    ) -> Result<Meant, SearchError> {
        let only_small = asked.iter().all(AskedWord::is_small);
        let mut meant = Meant::default();
        let mut cared_for = 0;
        for (at, word) in asked.iter().enumerate() {
            let said_before = asked
                .iter()
                .take(at)
                .any(|before| before.exact == word.exact);
            if said_before || (!only_small && word.is_small() && !is_beginning(word)) {
                continue;
            }
            cared_for += 1;
            let mut one = OneWord {
                at,
                word,
                board,
                meant: &mut meant,
                said: Vec::new(),
            };
            self.word(asked, &mut one, cared_for <= MOST_CARE)?;
        }
        Ok(meant)
    }

    fn word(
        &mut self,
        asked: &[AskedWord],
        one: &mut OneWord<'_, '_>,
        care: bool,
    ) -> Result<(), SearchError> {
        one.letter()?;
        let word = one.word;
        if word.quoted {
            one.settle(None);
            return Ok(());
        }
        for stem in &word.stems {
            one.add(Meaning::Stem(stem.clone()), STEM)?;
        }
        let known = one.board.matching();
        let begun = longer(one, known)?;
        if care {
            self.joined(asked, one)?;
            for meaning in self.synonyms.of(asked, one.at) {
                one.add(meaning, SYNONYM)?;
            }
            // Who knows compounds of a word knows the word.
            let is_part = self.compounds(asked, one, &word.stems, 1.0)?;
            if known == 0 && !begun && !is_part && self.apart(asked, one)? {
                return Ok(());
            }
        }
        one.settle(Some(known).filter(|known| *known > 0));
        Ok(())
    }

    /// A word that no record has: a slip, or a compound that nobody has written before, whose parts are then looked
    /// for as words of their own. True when it was taken apart and everything about it is on the board.
    fn apart(
        &mut self,
        asked: &[AskedWord],
        one: &mut OneWord<'_, '_>,
    ) -> Result<bool, SearchError> {
        let found_otherwise = one.board.matching() > 0;
        if self.errors(asked, one, 1)? {
            return Ok(false);
        }
        let word = &one.word.exact;
        if word.chars().count() >= SHORTEST_COMPOUND
            && let Some(parts) = compound::split(word, self.lexicon, self.analyzer)?
        {
            if found_otherwise {
                // The words that have it as a part of theirs stand beside, as one word.
                one.settle(None);
            }
            for (exact, stems) in parts {
                one.add(Meaning::Exact(exact), PART * LETTER)?;
                for stem in &stems {
                    one.add(Meaning::Stem(stem.clone()), PART * STEM)?;
                }
                let known = one.board.matching();
                self.compounds(asked, one, &stems, PART)?;
                one.settle(Some(known).filter(|known| *known > 0));
            }
            return Ok(true);
        }
        if found_otherwise || self.errors(asked, one, 2)? {
            return Ok(false);
        }
        if one.word.open && word.chars().count() >= SHORTEST_SLIP {
            for (word, _) in self
                .lexicon
                .near(word, 1, true)?
                .into_iter()
                .take(MOST_NEAR)
            {
                one.add(Meaning::Exact(word), ONE_ERROR)?;
            }
        }
        if one.board.matching() == 0 {
            // Better what a part of it tells than nothing.
            for (_, stems) in compound::known_parts(word, self.lexicon, self.analyzer)? {
                for stem in &stems {
                    one.add(Meaning::Stem(stem.clone()), PART * STEM)?;
                }
                self.compounds(asked, one, &stems, PART)?;
            }
        }
        Ok(false)
    }

    /// *hjemme pleje* may be meant as *hjemmepleje*, and *rollator-race* as *rollatorrace*.
    fn joined(
        &mut self,
        asked: &[AskedWord],
        one: &mut OneWord<'_, '_>,
    ) -> Result<(), SearchError> {
        let mut together = one.word.joined.clone();
        let before = one
            .at
            .checked_sub(1)
            .and_then(|at| asked.get(at))
            .map(|before| (before, one.word));
        let after = asked.get(one.at + 1).map(|after| (one.word, after));
        for (first, last) in before.into_iter().chain(after) {
            if first.is_small() || last.is_small() || first.quoted || last.quoted {
                continue;
            }
            together
                .extend(["", "s", "e"].map(|link| format!("{}{link}{}", first.exact, last.exact)));
        }
        for word in together {
            let Some((exact, stems)) = self.analyzer.asked(&word) else {
                continue;
            };
            for stem in stems {
                let words = self.lexicon.words_of(&stem);
                if words.contains(&exact.as_str()) {
                    one.add(Meaning::Exact(exact.clone()), JOINED * LETTER)?;
                }
                if !words.is_empty() {
                    one.add(Meaning::Stem(stem), JOINED * STEM)?;
                }
            }
        }
        Ok(())
    }

    /// Longer words of which a word is a part. One whose other part stands in the query too is meant by both. True when
    /// there are any whose other part is a known word.
    fn compounds(
        &mut self,
        asked: &[AskedWord],
        one: &mut OneWord<'_, '_>,
        stems: &[String],
        weight: f32,
    ) -> Result<bool, SearchError> {
        let (at, mut sure) = (one.at, false);
        let is_asked = |other: &[String]| {
            let mut words = asked
                .iter()
                .enumerate()
                .filter(|(place, word)| *place != at && !word.is_small());
            words.any(|(_, word)| word.stems.iter().any(|stem| other.contains(stem)))
        };
        let share = |found: &Found, part: f32| match (is_asked(&found.other), found.is_sure()) {
            (true, _) => weight * BOTH_PARTS,
            (false, true) => weight * part,
            (false, false) => weight * part * UNSURE,
        };
        for stem in stems {
            for found in compound::ending_in(stem, self.lexicon, self.analyzer)? {
                sure |= found.is_sure();
                let share = share(&found, LAST_PART);
                one.add(Meaning::Stem(found.word), share)?;
            }
            for found in compound::beginning_with(stem, self.lexicon, self.analyzer)? {
                sure |= found.is_sure();
                let share = share(&found, FIRST_PART);
                one.add(Meaning::Exact(found.word), share)?;
            }
        }
        Ok(sure)
    }

    /// Words that are so many typing errors away: one in words of four letters, two from eight. True when there are any.
    fn errors(
        &mut self,
        asked: &[AskedWord],
        one: &mut OneWord<'_, '_>,
        errors: u8,
    ) -> Result<bool, SearchError> {
        let word = &one.word.exact;
        let (shortest, weight) = match errors {
            1 => (SHORTEST_SLIP, ONE_ERROR),
            _ => (8, TWO_ERRORS),
        };
        if word.chars().count() < shortest {
            return Ok(false);
        }
        let mut near = self.lexicon.near(word, errors, false)?;
        // People seldom get the first letter wrong.
        near.sort_by_key(|(near, _)| near.chars().next() != word.chars().next());
        near.truncate(MOST_NEAR);
        if let Some((nearest, _)) = near.first() {
            one.meant.nearest.push(nearest.clone());
        }
        let mut near_stems = Vec::new();
        for (word, _) in &near {
            one.add(Meaning::Exact(word.clone()), weight * LETTER)?;
            near_stems.extend(self.analyzer.forms(word).map(|forms| forms.stem.clone()));
        }
        if near.is_empty() {
            near_stems = self.stems_near(&one.word.stems, errors)?;
            let forms = near_stems.first().map(|stem| self.lexicon.words_of(stem));
            let shortest = forms.into_iter().flatten().min_by_key(|form| form.len());
            one.meant.nearest.extend(shortest.map(str::to_owned));
        }
        near_stems.sort();
        near_stems.dedup();
        for stem in &near_stems {
            one.add(Meaning::Stem(stem.clone()), weight * STEM)?;
        }
        self.compounds(asked, one, &near_stems, weight)?;
        Ok(!near_stems.is_empty())
    }

    /// The stems of other inflections of a word that was mistyped.
    fn stems_near(&mut self, stems: &[String], errors: u8) -> Result<Vec<String>, SearchError> {
        let mut found = Vec::new();
        for stem in stems
            .iter()
            .filter(|stem| stem.chars().count() >= SHORTEST_STEM * usize::from(errors))
        {
            for (word, _) in self.lexicon.near(stem, errors, true)? {
                let Some(forms) = self.analyzer.forms(&word) else {
                    continue;
                };
                if distance(&forms.stem, stem, usize::from(errors)).is_some()
                    && !found.contains(&forms.stem)
                {
                    found.push(forms.stem.clone());
                }
            }
        }
        found.truncate(MOST_NEAR);
        Ok(found)
    }
}

/// The words that the last one may be the beginning of. True when there are any.
fn longer(one: &mut OneWord<'_, '_>, known: usize) -> Result<bool, SearchError> {
    if !is_beginning(one.word) {
        return Ok(false);
    }
    let weight = if known > 0 {
        LONGER_OF_KNOWN
    } else {
        LONGER_OF_UNKNOWN
    };
    one.add(Meaning::Beginning(one.word.exact.clone()), weight)?;
    Ok(one.board.matching() > known)
}

/// True when longer words may be meant, from two letters on.
fn is_beginning(word: &AskedWord) -> bool {
    word.open && word.exact.chars().nth(1).is_some()
}

/// A word of the query while it is on the board.
struct OneWord<'b, 's> {
    at: usize,
    word: &'b AskedWord,
    board: &'b mut Board<'s>,
    meant: &'b mut Meant,
    /// What stands on the board for it now.
    said: Vec<Meaning>,
}

impl OneWord<'_, '_> {
    fn letter(&mut self) -> Result<(), SearchError> {
        self.board.add_letter(&self.word.exact, LETTER)?;
        let letter = Meaning::Exact(self.word.exact.clone());
        self.said.push(letter.clone());
        self.meant.meanings.push((self.at, letter));
        Ok(())
    }

    /// Adds a meaning unless the word has it already.
    fn add(&mut self, meaning: Meaning, weight: f32) -> Result<(), SearchError> {
        if !self.said.contains(&meaning) {
            self.board.add(&meaning, weight)?;
            self.said.push(meaning.clone());
            self.meant.meanings.push((self.at, meaning));
        }
        Ok(())
    }

    /// Ends the word. How rare it is is told by its own forms, or by whatever was found when it has none.
    fn settle(&mut self, known: Option<usize>) {
        let matching = known.unwrap_or_else(|| self.board.matching());
        self.board.settle(matching);
        self.said.clear();
    }
}
