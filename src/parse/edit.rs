//! Changing one field of a file and no other byte of it: order, comments, quotation marks, line
//! endings and keys that kaffe does not know stay as they were written.
//!
//! Every change is read again before it is given back: the field must say what was asked, and
//! every other key must say what it said. A file that does not allow that is not touched.

mod entries;
mod scalar;

use std::ops::Range;

use super::{
    front_matter,
    yaml::{self, Node, PlacedNode},
};
use crate::{
    model::{Kind, Placed},
    text::fold::match_key,
};
pub use entries::{Chunk, chunks};

/// What a field is to hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    /// Nothing: the field leaves the file.
    Nothing,
    /// One value.
    One(String),
    /// Several values, in order.
    Many(Vec<String>),
    /// Rows of a table: the columns that are filled, by key.
    Rows(Vec<Vec<(String, Written)>>),
}

/// A file cannot be changed by kaffe; its text can still be changed by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// The fields cannot be read.
    #[error("the fields of the file cannot be read")]
    Unreadable,
    /// They are written in a way that kaffe does not change.
    #[error("the field cannot be changed without touching others")]
    Unusual,
}

/// The text with a field set.
///
/// # Errors
/// When the front matter cannot be read, or the change would touch more than the field.
pub fn set_field(
    text: &str,
    kind: &Kind,
    key: &str,
    written: &Written,
) -> Result<String, EditError> {
    let parts = front_matter::split(text).map_err(|_| EditError::Unreadable)?;
    let Some(span) = parts.yaml else {
        if *written == Written::Nothing {
            return Ok(text.to_owned());
        }
        let ending = ending_of(text);
        let (mark, rest) = text.split_at(parts.body.start);
        let begun = format!("{mark}---{ending}---{ending}{rest}");
        return set_field(&begun, kind, key, written);
    };
    let yaml = text.get(span.start..span.end).unwrap_or_default();
    let before = top(yaml)?;
    let wanted = kind.field(key).map_or(key, |f| &*f.key);
    let is_it = |name: &str| match kind.field(name) {
        Some(field) => &*field.key == wanted,
        None => match_key(name) == match_key(wanted),
    };
    let found = before.iter().find(|(k, _)| is_it(&k.value));
    let ways: Vec<String> = match found {
        None if *written == Written::Nothing => return Ok(text.to_owned()),
        None => vec![inserted(yaml, kind, wanted, written, ending_of(text))],
        Some((name, node)) => {
            let range =
                entries::lines_of(yaml, name.span.start, &before).ok_or(EditError::Unusual)?;
            changed(yaml, &range, &name.value, node, written, ending_of(text))
        }
    };
    for way in ways {
        if holds(&before, &way, &is_it, written) {
            let (head, tail) = (
                text.get(..span.start).unwrap_or_default(),
                text.get(span.end..).unwrap_or_default(),
            );
            return Ok(format!("{head}{way}{tail}"));
        }
    }
    Err(EditError::Unusual)
}

type Top = Vec<(Placed<String>, PlacedNode)>;

fn top(yaml: &str) -> Result<Top, EditError> {
    match yaml::read(yaml, 0)
        .map_err(|_| EditError::Unreadable)?
        .value
    {
        Node::Map(items) => Ok(items),
        Node::Null => Ok(Vec::new()),
        _ => Err(EditError::Unreadable),
    }
}

/// The line ending of a file: that of its first line.
#[must_use]
pub fn ending_of(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if text.get(..at).is_some_and(|line| line.ends_with('\r')) => "\r\n",
        _ => "\n",
    }
}

/// The field in a place where its kind would have it: behind the last of those that go before it.
fn inserted(yaml: &str, kind: &Kind, key: &str, written: &Written, ending: &str) -> String {
    let place = |name: &str| {
        let key = kind.field(name).map(|f| &f.key)?;
        kind.fields.iter().position(|f| f.key == *key)
    };
    // The title comes first, whatever the order of the kind says.
    let rank = |name: &str| match place(name) {
        Some(_) if match_key(name) == "titel" => Some(0),
        other => other.map(|n| n + 1),
    };
    let mine = rank(key);
    let chunks = chunks(yaml);
    let mut at = 0;
    let mut behind = None;
    for chunk in &chunks {
        at += chunk.text.len();
        let before = match (rank(&chunk.key), mine) {
            (Some(other), Some(mine)) => other < mine,
            // A key that kaffe does not know goes before one that it does not know either.
            (_, None) => !chunk.key.is_empty(),
            _ => false,
        };
        if before {
            behind = Some(at);
        }
    }
    let at = behind.unwrap_or(0);
    let line = scalar::entry(key, written, ending);
    let (head, tail) = yaml.split_at(at);
    let gap = if head.is_empty() || head.ends_with('\n') {
        ""
    } else {
        ending
    };
    format!("{head}{gap}{line}{tail}")
}

/// Ways to write the change, the one that touches least first.
fn changed(
    yaml: &str,
    range: &Range<usize>,
    name: &str,
    node: &PlacedNode,
    written: &Written,
    ending: &str,
) -> Vec<String> {
    let (head, entry, tail) = (
        yaml.get(..range.start).unwrap_or_default(),
        yaml.get(range.clone()).unwrap_or_default(),
        yaml.get(range.end..).unwrap_or_default(),
    );
    let whole = |entry: &str| format!("{head}{entry}{tail}");
    if *written == Written::Nothing {
        return vec![whole("")];
    }
    let mut ways = Vec::new();
    match (written, &node.value) {
        (Written::One(value), Node::Scalar(_) | Node::Null) => {
            ways.extend(scalar::replaced(entry, value).map(|e| whole(&e)));
        }
        (Written::Many(values), Node::List(items)) => {
            let relative: Vec<(String, Range<usize>)> = items
                .iter()
                .filter_map(|item| {
                    let (start, end) = (
                        item.span.start.checked_sub(range.start)?,
                        item.span.end.checked_sub(range.start)?,
                    );
                    Some((item.value.as_words()?.to_owned(), start..end))
                })
                .collect();
            if relative.len() == items.len() {
                ways.extend(entries::list(entry, &relative, values, ending).map(|e| whole(&e)));
            }
        }
        _ => {}
    }
    // The key as it was typed, and the value anew.
    ways.push(whole(&scalar::entry(name, written, ending)));
    ways
}

/// Whether a change says what was asked and leaves everything else as it was.
fn holds(before: &Top, yaml: &str, is_it: &dyn Fn(&str) -> bool, written: &Written) -> bool {
    let Ok(after) = top(yaml) else { return false };
    let others = |top: &Top| -> Vec<(String, Plain)> {
        top.iter()
            .filter(|(key, _)| !is_it(&key.value))
            .map(|(key, node)| (key.value.clone(), plain(node)))
            .collect()
    };
    let now = after.iter().find(|(key, _)| is_it(&key.value));
    let said = match (now, written) {
        (None, Written::Nothing) => true,
        (Some((_, node)), written) => plain(node) == wanted(written),
        (None, _) => false,
    };
    let traps = super::traps::find("", yaml, 0);
    let trapped = traps.iter().any(super::traps::Trap::breaks_the_file);
    said && !trapped && others(before) == others(&after)
}

/// A value without places, for comparing.
#[derive(PartialEq)]
enum Plain {
    Nothing,
    One(String),
    List(Vec<Plain>),
    Map(Vec<(String, Plain)>),
}

fn plain(node: &PlacedNode) -> Plain {
    match &node.value {
        Node::Null => Plain::Nothing,
        Node::Scalar(words) => Plain::One(words.clone()),
        Node::List(items) => Plain::List(items.iter().map(plain).collect()),
        Node::Map(items) => Plain::Map(
            items
                .iter()
                .map(|(key, node)| (key.value.clone(), plain(node)))
                .collect(),
        ),
    }
}

fn wanted(written: &Written) -> Plain {
    match written {
        Written::Nothing => Plain::Nothing,
        Written::One(value) => Plain::One(value.clone()),
        Written::Many(values) => Plain::List(values.iter().cloned().map(Plain::One).collect()),
        Written::Rows(rows) => Plain::List(
            rows.iter()
                .map(|row| {
                    Plain::Map(
                        row.iter()
                            .map(|(key, cell)| (key.clone(), wanted(cell)))
                            .collect(),
                    )
                })
                .collect(),
        ),
    }
}

#[cfg(test)]
mod tests;
