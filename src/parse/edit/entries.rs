//! Front matter as lines: which of them belong to which key.

use std::ops::Range;

use super::{Top, scalar};

/// A key with the lines that belong to it: notes and empty lines above it, its own line, and what
/// goes on below. All chunks after one another are the front matter, byte for byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chunk {
    /// The key as it is typed; nothing for notes at the end.
    pub key: String,
    /// The lines.
    pub text: String,
}

/// Parts front matter by keys at the left edge.
#[must_use]
pub fn chunks(yaml: &str) -> Vec<Chunk> {
    let mut chunks: Vec<Chunk> = Vec::new();
    // Notes and empty lines wait for the next key.
    let mut above = String::new();
    for line in yaml.split_inclusive('\n') {
        if let Some(key) = key_of(line) {
            let text = format!("{}{line}", std::mem::take(&mut above));
            chunks.push(Chunk { key, text });
        } else if is_quiet(line) || chunks.is_empty() {
            above.push_str(line);
        } else if let Some(last) = chunks.last_mut() {
            last.text.push_str(&std::mem::take(&mut above));
            last.text.push_str(line);
        }
    }
    if !above.is_empty() {
        chunks.push(Chunk {
            key: String::new(),
            text: above,
        });
    }
    chunks
}

/// The key at the left edge of a line.
fn key_of(line: &str) -> Option<String> {
    let line = line.trim_end();
    if line.is_empty() || line.starts_with([' ', '\t', '#', '-', '[', ']', '{', '}']) {
        return None;
    }
    let colon = scalar::colon_of(line)?;
    Some(line.get(..colon)?.trim_matches(['"', '\'', ' ']).to_owned())
}

/// A line that belongs to no value: an empty one, or a note at the left edge. Below a key, `#` may be a value's own.
fn is_quiet(line: &str) -> bool {
    line.trim().is_empty() || line.starts_with('#')
}

/// The lines of the entry whose key stands at `at`, without the notes around it. Nothing when the
/// key does not begin its line.
pub(super) fn lines_of(yaml: &str, at: usize, top: &Top) -> Option<Range<usize>> {
    let start = yaml.get(..at)?.rfind('\n').map_or(0, |n| n + 1);
    if !matches!(yaml.get(start..at)?, "" | "\"" | "'") {
        return None;
    }
    let next = top
        .iter()
        .map(|(key, _)| key.span.start)
        .filter(|&other| other > at)
        .min();
    let limit = match next {
        Some(next) => yaml.get(..next)?.rfind('\n').map_or(0, |n| n + 1),
        None => yaml.len(),
    };
    if limit <= start {
        return None;
    }
    let mut end = start;
    let mut place = start;
    for (number, line) in yaml.get(start..limit)?.split_inclusive('\n').enumerate() {
        place += line.len();
        if number == 0 || !is_quiet(line) {
            end = place;
        }
    }
    Some(start..end)
}

/// A list with other values: what stays keeps the way it is written and the notes beside it.
/// `items` are the old values and where they stand in the entry.
pub(super) fn list(
    entry: &str,
    items: &[(String, Range<usize>)],
    values: &[String],
    ending: &str,
) -> Option<String> {
    let first = entry.lines().next()?;
    let colon = scalar::colon_of(first)?;
    if first.get(colon + 1..)?.trim_start().starts_with('[') {
        flow(entry, items, values)
    } else if !values.is_empty() && !items.is_empty() {
        block(entry, items, values, ending)
    } else {
        None
    }
}

/// `[a, b]`, on one line.
fn flow(entry: &str, items: &[(String, Range<usize>)], values: &[String]) -> Option<String> {
    let line = entry.trim_end_matches(['\n', '\r']);
    if line.contains('\n') {
        return None;
    }
    let open = line.find('[')?;
    let close = match items.last() {
        Some((_, last)) => last.end + line.get(last.end..)?.find(']')?,
        None => open + line.get(open..)?.find(']')?,
    };
    let written: Vec<String> = values
        .iter()
        .map(|value| {
            let kept = items.iter().find(|(old, _)| old == value);
            kept.and_then(|(_, place)| entry.get(place.clone()))
                .map_or_else(|| scalar::inline(value, true), str::to_owned)
        })
        .collect();
    Some(format!(
        "{}{}{}",
        entry.get(..=open)?,
        written.join(", "),
        entry.get(close..)?
    ))
}

/// One item a line. Only what was taken out goes, and what is new comes last.
fn block(
    entry: &str,
    items: &[(String, Range<usize>)],
    values: &[String],
    ending: &str,
) -> Option<String> {
    let kept: Vec<&str> = items
        .iter()
        .map(|(value, _)| value.as_str())
        .filter(|value| values.iter().any(|v| v == value))
        .collect();
    let same_order = values.iter().take(kept.len()).eq(kept.iter());
    if !same_order {
        return None;
    }
    let line_start = |at: usize| entry.get(..at).map(|t| t.rfind('\n').map_or(0, |n| n + 1));
    let first = line_start(items.first()?.1.start)?;
    let dash = entry.get(first..)?.find('-')?;
    let indent = entry.get(first..first + dash)?;
    let mut text = entry.get(..first)?.to_owned();
    for (number, (value, place)) in items.iter().enumerate() {
        let start = line_start(place.start)?;
        let end = match items.get(number + 1) {
            Some((_, next)) => line_start(next.start)?,
            None => entry.len(),
        };
        if values.iter().any(|v| v == value) {
            text.push_str(entry.get(start..end)?);
        }
    }
    if !text.ends_with('\n') {
        text.push_str(ending);
    }
    for value in values.iter().skip(kept.len()) {
        text.push_str(indent);
        text.push_str("- ");
        text.push_str(&scalar::inline(value, false));
        text.push_str(ending);
    }
    Some(text)
}
