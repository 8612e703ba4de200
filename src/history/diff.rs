//! What differs between two texts, word by word, as people read it.

mod cut;
#[cfg(test)]
mod tests;

use cut::{paragraphs, tokens};
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

fn ops(old: &[&str], new: &[&str]) -> Vec<DiffOp> {
    capture_diff_slices(Algorithm::Myers, old, new)
}

fn slice<'a, 't>(all: &'a [&'t str], range: std::ops::Range<usize>) -> &'a [&'t str] {
    all.get(range).unwrap_or_default()
}
