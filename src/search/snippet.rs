//! A few words of a record with the ones that matched marked.
//!
//! Takes the text as it is written and what the words of the query were taken to mean; gives pieces of it. A word is
//! judged in the same forms as the index has it, so that a mark is right also where the word was found by its stem, its
//! beginning, in other letters or in spite of a typing error. Gives words only: no markup goes in or comes out.

use rustc_hash::FxHashMap;

use super::analysis::{Analyzer, is_small_word, words};
use super::score::Meaning;

/// Bytes of text around which a snippet is built, about two lines.
const LENGTH: usize = 190;
/// Bytes of text before the first marked word, at most.
const LEAD_IN: usize = 60;
/// Bytes of a text that are searched for matches.
const LONGEST_TEXT: usize = 20_000;

/// The meanings of a query, ready to be recognised in a text.
#[derive(Debug, Default)]
pub(super) struct Marks {
    exact: FxHashMap<String, usize>,
    stems: FxHashMap<String, usize>,
    beginnings: Vec<(String, usize)>,
    phrases: Vec<(Vec<String>, usize)>,
}

impl Marks {
    /// From each meaning with the number of its word in the query.
    pub(super) fn new(meanings: &[(usize, Meaning)]) -> Self {
        let mut marks = Self::default();
        for (word, meaning) in meanings {
            match meaning.clone() {
                Meaning::Exact(exact) => {
                    marks.exact.entry(exact).or_insert(*word);
                }
                Meaning::Stem(stem) => {
                    marks.stems.entry(stem).or_insert(*word);
                }
                Meaning::Beginning(beginning) => marks.beginnings.push((beginning, *word)),
                Meaning::Phrase(phrase) => marks.phrases.push((phrase, *word)),
            }
        }
        marks
    }

    /// The number of the query's word that a word of a text matches.
    fn of(&self, exact: &str, stem: &str) -> Option<usize> {
        let begins = || {
            self.beginnings
                .iter()
                .find(|(beginning, _)| exact.starts_with(beginning.as_str()))
        };
        if let Some(word) = self.exact.get(exact) {
            return Some(*word);
        }
        if is_small_word(exact) {
            return None;
        }
        let inflected = self.stems.get(stem).copied();
        inflected.or_else(|| begins().map(|(_, word)| *word))
    }
}

/// A word of the text that matches.
#[derive(Clone, Copy)]
struct Match {
    start: usize,
    end: usize,
    word: usize,
}

/// The stretch of the text that shows most of the query, in pieces; true marks a match. The beginning of the text
/// when nothing matches.
pub(super) fn snippet(text: &str, marks: &Marks, analyzer: &mut Analyzer) -> Vec<(String, bool)> {
    let text = text
        .get(..text.floor_char_boundary(LONGEST_TEXT))
        .unwrap_or(text);
    let matches = matches(text, marks, analyzer);
    let (from, to) = window(text, &matches);
    let mut pieces = Pieces::default();
    if text
        .get(..from)
        .is_some_and(|before| !before.trim().is_empty())
    {
        pieces.push("… ", false);
    }
    let mut at = from;
    for found in matches
        .iter()
        .filter(|found| from <= found.start && found.end <= to)
    {
        if found.start >= at {
            pieces.push(text.get(at..found.start).unwrap_or_default(), false);
            pieces.push(text.get(found.start..found.end).unwrap_or_default(), true);
            at = found.end;
        }
    }
    pieces.push(text.get(at..to).unwrap_or_default(), false);
    pieces.end();
    if text.get(to..).is_some_and(|after| !after.trim().is_empty()) {
        pieces.push(" …", false);
    }
    pieces.0
}

fn matches(text: &str, marks: &Marks, analyzer: &mut Analyzer) -> Vec<Match> {
    let mut found: Vec<Match> = Vec::new();
    // The last few exact words, for phrases.
    let mut said: Vec<(String, usize)> = Vec::new();
    for place in words(text) {
        let (start, end) = (place.range.start, place.range.end);
        let Some(forms) = text.get(place.range).and_then(|word| analyzer.forms(word)) else {
            continue;
        };
        if let Some(word) = marks.of(&forms.exact, &forms.stem) {
            // The whole of a hyphened word comes after its parts and covers them.
            found.retain(|part| !(place.joined && part.start >= start));
            found.push(Match { start, end, word });
        }
        if marks.phrases.is_empty() || place.joined {
            continue;
        }
        said.push((forms.exact.clone(), start));
        for (phrase, word) in &marks.phrases {
            let tail = said
                .len()
                .checked_sub(phrase.len())
                .and_then(|from| said.get(from..))
                .unwrap_or_default();
            if !tail.is_empty()
                && tail.iter().map(|(said, _)| said).eq(phrase)
                && let Some((_, start)) = tail.first()
            {
                found.retain(|part| part.start < *start);
                found.push(Match {
                    start: *start,
                    end,
                    word: *word,
                });
            }
        }
    }
    found
}

/// The stretch to show: the earliest of those with the most different words of the query.
fn window(text: &str, matches: &[Match]) -> (usize, usize) {
    let mut best: Option<(usize, usize, Match)> = None;
    for (at, first) in matches.iter().enumerate() {
        let inside = matches
            .iter()
            .skip(at)
            .take_while(|found| found.end <= first.start + LENGTH - LEAD_IN);
        let mut seen: Vec<usize> = inside.map(|found| found.word).collect();
        let all = seen.len();
        seen.sort_unstable();
        seen.dedup();
        let worth = (seen.len(), all.min(4));
        if best.is_none_or(|(different, all, _)| worth > (different, all)) {
            best = Some((worth.0, worth.1, *first));
        }
    }
    let first = best.map_or(0, |(_, _, first)| first.start);
    let from = begin(text, first);
    (from, end(text, from))
}

/// Where to begin: at the sentence, if it is near, else at a word.
fn begin(text: &str, first: usize) -> usize {
    let earliest = text.floor_char_boundary(first.saturating_sub(LEAD_IN));
    let Some(before) = text.get(earliest..first) else {
        return first;
    };
    if let Some((at, stop)) = before
        .char_indices()
        .rfind(|(_, c)| matches!(c, '.' | '!' | '?' | '\n'))
    {
        let rest = before.get(at + stop.len_utf8()..).unwrap_or_default();
        // A full stop inside 10.30 or fx. ends no sentence.
        if stop == '\n' || rest.starts_with(char::is_whitespace) || rest.is_empty() {
            return earliest + at + stop.len_utf8() + (rest.len() - rest.trim_start().len());
        }
    }
    if earliest == 0 {
        return text.len() - text.trim_start().len();
    }
    match before.char_indices().find(|(_, c)| c.is_whitespace()) {
        Some((at, space)) => earliest + at + space.len_utf8(),
        None => first,
    }
}

/// Where to end: at a word's end.
fn end(text: &str, from: usize) -> usize {
    let latest = text.ceil_char_boundary(from + LENGTH).min(text.len());
    if latest == text.len() {
        return latest;
    }
    let Some(inside) = text.get(from..latest) else {
        return latest;
    };
    match inside.char_indices().rfind(|(_, c)| c.is_whitespace()) {
        Some((at, _)) if at > LENGTH / 2 => from + at,
        _ => latest,
    }
}

/// Pieces with single spaces, neighbours of one sort joined.
#[derive(Default)]
struct Pieces(Vec<(String, bool)>);

impl Pieces {
    fn push(&mut self, text: &str, marked: bool) {
        let mut space = self.0.last().is_none_or(|(last, _)| last.ends_with(' '));
        let mut clean = String::with_capacity(text.len());
        for c in text.chars() {
            let blank = c.is_whitespace() || c.is_control();
            if !blank {
                clean.push(c);
            } else if !space {
                clean.push(' ');
            }
            space = blank;
        }
        match self.0.last_mut() {
            Some((last, of)) if *of == marked => last.push_str(&clean),
            _ if clean.is_empty() => {}
            _ => self.0.push((clean, marked)),
        }
    }

    /// Takes away a space after the last word.
    fn end(&mut self) {
        if let Some((last, _)) = self.0.last_mut() {
            last.truncate(last.trim_end().len());
        }
        self.0.retain(|(text, _)| !text.is_empty());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, meanings: &[Meaning]) -> String {
        let meanings: Vec<_> = meanings.iter().cloned().enumerate().collect();
        let pieces = snippet(text, &Marks::new(&meanings), &mut Analyzer::new());
        pieces
            .into_iter()
            .map(|(text, marked)| if marked { format!("[{text}]") } else { text })
            .collect()
    }

    fn stem(stem: &str) -> Meaning {
        Meaning::Stem(stem.to_owned())
    }

    #[test]
    fn marks_are_right_for_every_way_of_matching() {
        let text = "Åbent hus: gåklubberne går en tur.";
        assert_eq!(
            shown(text, &[stem("gåklub")]),
            "Åbent hus: [gåklubberne] går en tur."
        );
        assert_eq!(
            shown(text, &[Meaning::Exact("åbent".to_owned())]),
            "[Åbent] hus: gåklubberne går en tur."
        );
        assert_eq!(
            shown(text, &[Meaning::Beginning("gåk".to_owned())]),
            "Åbent hus: [gåklubberne] går en tur."
        );
        let phrase = Meaning::Phrase(["en", "tur"].map(str::to_owned).to_vec());
        assert_eq!(
            shown(text, &[phrase]),
            "Åbent hus: gåklubberne går [en tur]."
        );
        assert_eq!(
            shown(
                "Et rollator-race i dag",
                &[Meaning::Exact("rollatorrace".to_owned())]
            ),
            "Et [rollator-race] i dag"
        );
    }

    #[test]
    fn the_stretch_with_most_of_the_query_is_shown() {
        let text = format!(
            "{} kaffe alene. {} Kaffe og medicin sammen her. {}",
            "ord ".repeat(90),
            "ord ".repeat(90),
            "ord ".repeat(90)
        );
        let shown = shown(
            &text,
            &[
                stem("kaf"),
                stem("medicin"),
                Meaning::Exact("kaffe".to_owned()),
            ],
        );
        assert!(shown.contains("[Kaffe] og [medicin] sammen"), "{shown}");
        assert!(shown.starts_with("… ") && shown.ends_with(" …"), "{shown}");
        assert!(shown.len() < LENGTH + 40, "{}", shown.len());
    }

    #[test]
    fn without_a_match_the_beginning_is_shown_in_one_line() {
        assert_eq!(
            shown("  Først dette.\n\nSå\tdette.\u{0}", &[]),
            "Først dette. Så dette."
        );
        assert_eq!(shown("", &[]), "");
    }

    #[test]
    fn letters_of_many_bytes_are_never_cut() {
        let text = "æøå€日本 ".repeat(400);
        let shown = shown(&text, &[Meaning::Exact("æøå".to_owned())]);
        assert!(!shown.is_empty());
    }
}
