//! What differs between two texts, word by word, as people read it.

use similar::{Algorithm, DiffOp, DiffTag, capture_diff_slices};

/// Above so many words together, a text is shown as replaced: comparing would take too long.
const MOST_WORDS: usize = 60_000;

/// Paragraphs that share fewer than this of their words (in percent) are not compared word by word.
const ALIKE: usize = 35;

/// What happened with a piece of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// It stands in both.
    Same,
    /// It stands in the new text only.
    Added,
    /// It stands in the old text only.
    Removed,
}

/// A piece of text. All that is not `Added`, joined, is the old text, and all that is not `Removed`
/// the new one, to the byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The words with the space between them.
    pub text: String,
    /// What happened with them.
    pub kind: Kind,
}

/// A part of the comparison of two Markdown texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A paragraph: new, gone, changed inside, or an unchanged neighbour of one that is.
    Paragraph {
        /// All pieces are of one kind unless the paragraph changed inside.
        pieces: Vec<Piece>,
    },
    /// Unchanged paragraphs that are not shown.
    Folded {
        /// How many.
        paragraphs: usize,
    },
}

/// Compares two texts word by word. A word is letters and digits of any language (æ, ø and å too,
/// also with a hyphen or apostrophe inside); space and signs are pieces of their own.
#[must_use]
pub fn words(old: &str, new: &str) -> Vec<Piece> {
    let (before, after) = (tokens(old), tokens(new));
    if before.len() + after.len() > MOST_WORDS {
        return replaced(old, new);
    }
    let mut pieces = Vec::new();
    for op in ops(&before, &after) {
        let removed = slice(&before, op.old_range());
        let added = slice(&after, op.new_range());
        match op.tag() {
            DiffTag::Equal => push(&mut pieces, added, Kind::Same),
            DiffTag::Delete => push(&mut pieces, removed, Kind::Removed),
            DiffTag::Insert => push(&mut pieces, added, Kind::Added),
            DiffTag::Replace => {
                push(&mut pieces, removed, Kind::Removed);
                push(&mut pieces, added, Kind::Added);
            }
        }
    }
    joined_islands(&pieces)
}

/// Compares two Markdown texts by paragraphs, and changed paragraphs word by word. Around each
/// change `around` unchanged paragraphs are shown; the rest is folded. Nothing when they are equal.
#[must_use]
pub fn lines(old: &str, new: &str, around: usize) -> Vec<Part> {
    let (before, after) = (paragraphs(old), paragraphs(new));
    let ops = ops(&before, &after);
    if ops.iter().all(|op| op.tag() == DiffTag::Equal) {
        return Vec::new();
    }
    let last = ops.len().saturating_sub(1);
    let mut parts = Vec::new();
    for (n, op) in ops.iter().enumerate() {
        let removed = slice(&before, op.old_range());
        let added = slice(&after, op.new_range());
        match op.tag() {
            DiffTag::Equal => {
                let head = if n == 0 { 0 } else { around };
                let tail = if n == last { 0 } else { around };
                fold(&mut parts, added, head, tail);
            }
            DiffTag::Delete => parts.extend(removed.iter().map(|p| whole(p, Kind::Removed))),
            DiffTag::Insert => parts.extend(added.iter().map(|p| whole(p, Kind::Added))),
            DiffTag::Replace => compare(&mut parts, removed, added),
        }
    }
    parts
}

/// Paragraphs that stand where others stood: those that are alike are compared, in their order.
fn compare(parts: &mut Vec<Part>, removed: &[&str], added: &[&str]) {
    let mut next = 0;
    let mut waiting: Vec<&str> = Vec::new();
    let gone_then_new = |parts: &mut Vec<Part>, gone: &[&str], new: &mut Vec<&str>| {
        parts.extend(gone.iter().map(|p| whole(p, Kind::Removed)));
        parts.extend(new.drain(..).map(|p| whole(p, Kind::Added)));
    };
    for new in added {
        let like =
            (next..removed.len()).find(|n| removed.get(*n).is_some_and(|old| alike(old, new)));
        let Some(at) = like else {
            waiting.push(new);
            continue;
        };
        let skipped = removed.get(next..at).unwrap_or_default();
        gone_then_new(parts, skipped, &mut waiting);
        let old = removed.get(at).copied().unwrap_or_default();
        parts.push(Part::Paragraph {
            pieces: words(old, new),
        });
        next = at + 1;
    }
    let rest = removed.get(next..).unwrap_or_default();
    gone_then_new(parts, rest, &mut waiting);
}

/// Whether two paragraphs share enough words to be one that was changed.
fn alike(old: &str, new: &str) -> bool {
    let of = |text| -> Vec<&str> {
        let all = tokens(text).into_iter();
        all.filter(|t| t.chars().any(char::is_alphanumeric))
            .collect()
    };
    let (old, new) = (of(old), of(new));
    if old.len() + new.len() > MOST_WORDS {
        return false;
    }
    let same: usize = ops(&old, &new)
        .iter()
        .filter(|op| op.tag() == DiffTag::Equal)
        .map(|op| op.new_range().len())
        .sum();
    let most = old.len().max(new.len());
    most > 0 && same * 100 >= most * ALIKE
}

fn fold(parts: &mut Vec<Part>, same: &[&str], head: usize, tail: usize) {
    let shown = |paragraphs: &[&str], parts: &mut Vec<Part>| {
        parts.extend(paragraphs.iter().map(|p| whole(p, Kind::Same)));
    };
    // One folded paragraph would take as much room as the paragraph.
    if same.len() <= head.saturating_add(tail).saturating_add(1) {
        return shown(same, parts);
    }
    let end = same.len() - tail;
    shown(same.get(..head).unwrap_or_default(), parts);
    parts.push(Part::Folded {
        paragraphs: end - head,
    });
    shown(same.get(end..).unwrap_or_default(), parts);
}

fn whole(text: &str, kind: Kind) -> Part {
    let text = text.to_owned();
    Part::Paragraph {
        pieces: vec![Piece { text, kind }],
    }
}

fn replaced(old: &str, new: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    push(&mut pieces, &[old], Kind::Removed);
    push(&mut pieces, &[new], Kind::Added);
    pieces
}

/// Adds to the last piece when it is of the same kind.
fn push(pieces: &mut Vec<Piece>, texts: &[&str], kind: Kind) {
    let text = texts.concat();
    if text.is_empty() {
        return;
    }
    match pieces.last_mut().filter(|last| last.kind == kind) {
        Some(last) => last.text.push_str(&text),
        None => pieces.push(Piece { text, kind }),
    }
}

/// A lone space between two changes is no help to a reader: the change is shown as one.
fn joined_islands(pieces: &[Piece]) -> Vec<Piece> {
    let is_island = |n: usize| {
        let kind_at = |n: usize| pieces.get(n).map(|piece| piece.kind);
        let changed = |kind: Option<Kind>| kind.is_some_and(|k| k != Kind::Same);
        kind_at(n) == Some(Kind::Same)
            && pieces
                .get(n)
                .is_some_and(|p| p.text.trim().is_empty() && !p.text.contains('\n'))
            && n > 0
            && changed(kind_at(n - 1))
            && changed(kind_at(n + 1))
    };
    let mut joined: Vec<Piece> = Vec::new();
    let (mut removed, mut added) = (String::new(), String::new());
    let flush = |joined: &mut Vec<Piece>, removed: &mut String, added: &mut String| {
        push(joined, &[removed], Kind::Removed);
        push(joined, &[added], Kind::Added);
        removed.clear();
        added.clear();
    };
    for (n, piece) in pieces.iter().enumerate() {
        match piece.kind {
            Kind::Removed => removed.push_str(&piece.text),
            Kind::Added => added.push_str(&piece.text),
            Kind::Same if is_island(n) => {
                removed.push_str(&piece.text);
                added.push_str(&piece.text);
            }
            Kind::Same => {
                flush(&mut joined, &mut removed, &mut added);
                push(&mut joined, &[&piece.text], Kind::Same);
            }
        }
    }
    flush(&mut joined, &mut removed, &mut added);
    joined
}

/// Cuts a text into words, runs of space, and single signs.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = if is_of_word(first) {
            end_of_word(rest)
        } else if first == '\n' {
            1
        } else if first.is_whitespace() {
            rest.find(|c: char| !c.is_whitespace() || c == '\n')
                .unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let (token, after) = rest.split_at(end);
        tokens.push(token);
        rest = after;
    }
    tokens
}

/// Letters, digits, and the marks that belong to the letter before (å as two characters).
fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36f}')
}

/// Where the word ends; a hyphen or apostrophe between letters is inside it (tv-stue, Lars').
fn end_of_word(text: &str) -> usize {
    let mut letters = text.char_indices().peekable();
    while let Some((at, c)) = letters.next() {
        let joins = matches!(c, '-' | '\'' | '’')
            && letters.peek().is_some_and(|(_, next)| is_of_word(*next));
        if !is_of_word(c) && !joins {
            return at;
        }
    }
    text.len()
}

/// Cuts a text into paragraphs with the empty lines after them; a heading is a paragraph, and so is
/// each line of front matter and each point of a list.
fn paragraphs(text: &str) -> Vec<&str> {
    let mut cut = Vec::new();
    let (mut begins, mut at) = (0, 0);
    let mut in_front_matter = text.starts_with("---\n") || text.starts_with("---\r\n");
    let mut after_space = false;
    for (n, line) in text.split_inclusive('\n').enumerate() {
        let bare = line.trim();
        let starts =
            n > 0 && !bare.is_empty() && (after_space || in_front_matter || begins_paragraph(bare));
        if starts && at > begins {
            cut.extend(text.get(begins..at));
            begins = at;
        }
        in_front_matter &= n == 0 || bare != "---";
        // The line after a heading begins a paragraph.
        after_space = bare.is_empty() || bare.starts_with('#') || (n > 0 && bare == "---");
        at += line.len();
    }
    cut.extend(text.get(begins..).filter(|rest| !rest.is_empty()));
    cut
}

fn begins_paragraph(line: &str) -> bool {
    let numbered = line
        .split_once(". ")
        .is_some_and(|(n, _)| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    numbered
        || line.starts_with('#')
        || ["- ", "* ", "+ ", "> ", "| "]
            .iter()
            .any(|m| line.starts_with(m))
}

fn ops(old: &[&str], new: &[&str]) -> Vec<DiffOp> {
    capture_diff_slices(Algorithm::Myers, old, new)
}

fn slice<'a, 't>(all: &'a [&'t str], range: std::ops::Range<usize>) -> &'a [&'t str] {
    all.get(range).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Kind, Part, Piece, lines, words};

    /// `[-gone-]` and `{+new+}` around what changed.
    fn shown(pieces: &[Piece]) -> String {
        let one = |piece: &Piece| match piece.kind {
            Kind::Same => piece.text.clone(),
            Kind::Removed => format!("[-{}-]", piece.text),
            Kind::Added => format!("{{+{}+}}", piece.text),
        };
        pieces.iter().map(one).collect()
    }

    fn all(parts: &[Part]) -> Vec<String> {
        let one = |part: &Part| match part {
            Part::Paragraph { pieces } => shown(pieces).trim_end().to_owned(),
            Part::Folded { paragraphs } => format!("… {paragraphs}"),
        };
        parts.iter().map(one).collect()
    }

    #[test]
    fn danish_words_are_whole() {
        for (old, new, expected) in [
            (
                "Vi går en tur på åen.",
                "Vi går en tur på æblegården.",
                "Vi går en tur på [-åen-]{+æblegården+}.",
            ),
            (
                "Kaffe kl. 10 i tv-stuen",
                "Kaffe kl. 11 i tv-stuen",
                "Kaffe kl. [-10-]{+11+} i tv-stuen",
            ),
            (
                "Røde Kors hjælper",
                "Røde  Kors hjælper",
                "Røde[- -]{+  +}Kors hjælper",
            ),
            (
                "to små ord her",
                "fire store ord her",
                "[-to små-]{+fire store+} ord her",
            ),
            ("", "nyt", "{+nyt+}"),
            ("væk", "", "[-væk-]"),
            ("ens", "ens", "ens"),
        ] {
            assert_eq!(shown(&words(old, new)), expected);
        }
    }

    #[test]
    fn an_unchanged_stretch_is_folded_to_its_neighbours() {
        let text = |changed: &str| {
            format!(
                "---\ntitel: Kaffe\nfra: 2026-01-01\n---\n# Kaffe\nEt.\n\nTo.\n\nTre.\n\n{changed}\n\nFem.\n\nSeks.\n\nSyv.\n"
            )
        };
        let parts = lines(
            &text("Vi drikker kaffe om morgenen."),
            &text("Vi drikker te om morgenen."),
            1,
        );
        assert_eq!(
            all(&parts),
            [
                "… 7",
                "Tre.",
                "Vi drikker [-kaffe-]{+te+} om morgenen.",
                "Fem.",
                "… 2"
            ]
        );
        assert_eq!(lines("ens\n", "ens\n", 1), []);
    }

    #[test]
    fn another_paragraph_in_the_same_place_is_not_mixed_with_the_old_one() {
        let parts = lines(
            "Borgeren ville gerne ud.\n\nSlut.\n",
            "Teamet har fået nye cykler i dag.\n\nSlut.\n",
            1,
        );
        assert_eq!(
            all(&parts),
            [
                "[-Borgeren ville gerne ud.\n\n-]",
                "{+Teamet har fået nye cykler i dag.\n\n+}",
                "Slut."
            ]
        );
        // Each line of the front matter stands by itself.
        let text = |how: &str| format!("---\nteam: å\ngik_det: {how}\nfra: 2026\n---\nTekst.\n");
        assert_eq!(
            all(&lines(&text("det-virkede"), &text("både-og"), 0)),
            ["… 2", "gik_det: [-det-virkede-]{+både-og+}", "… 3"]
        );
    }

    #[test]
    fn a_very_long_text_is_shown_as_replaced_at_once() {
        let long = "ord ".repeat(40_000);
        let pieces = words(&long, &format!("{long}x"));
        assert_eq!(pieces.len(), 2);
    }

    proptest! {
        #[test]
        fn the_pieces_hold_both_texts_to_the_byte(
            old in "[a-cæøå \n.#-]{0,60}",
            new in "[a-cæøå \n.#-]{0,60}",
        ) {
            let without = |pieces: &[Piece], kind| -> String {
                pieces.iter().filter(|p| p.kind != kind).map(|p| p.text.as_str()).collect()
            };
            let pieces = words(&old, &new);
            prop_assert_eq!(without(&pieces, Kind::Added), &*old);
            prop_assert_eq!(without(&pieces, Kind::Removed), &*new);
            let paragraphs: Vec<Piece> = lines(&old, &new, usize::MAX / 4)
                .into_iter()
                .flat_map(|part| match part {
                    Part::Paragraph { pieces } => pieces,
                    Part::Folded { .. } => Vec::new(),
                })
                .collect();
            if old != new && !paragraphs.is_empty() {
                // What is folded at the ends is the same in both.
                prop_assert!(new.contains(&without(&paragraphs, Kind::Removed)));
                prop_assert!(old.contains(&without(&paragraphs, Kind::Added)));
            }
            prop_assert_eq!(lines(&old, &new, 1).is_empty(), old == new);
        }
    }
}
