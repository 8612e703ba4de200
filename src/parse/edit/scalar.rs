//! Writing values as YAML that reads back as what was meant.

use std::fmt::Write as _;

use super::Written;
use crate::parse::{
    traps,
    yaml::{self, Node},
};

/// A key with its value, as lines.
pub(super) fn entry(key: &str, written: &Written, ending: &str) -> String {
    let key = key_text(key);
    match written {
        Written::Nothing => String::new(),
        Written::One(value) if value.contains('\n') => block(&key, value, ending),
        Written::One(value) => format!("{key}: {}{ending}", inline(value, false)),
        Written::Many(values) => {
            let items: Vec<String> = values.iter().map(|v| inline(v, true)).collect();
            format!("{key}: [{}]{ending}", items.join(", "))
        }
        Written::Rows(rows) => {
            let mut text = format!("{key}:{ending}");
            for row in rows {
                // Writing to a String cannot fail.
                let _ = write!(text, "  - {}{ending}", row_text(row));
            }
            text
        }
    }
}

/// The entry of one line with another value in the place of the old one; the way of quoting and
/// what follows the value stay.
pub(super) fn replaced(entry: &str, value: &str) -> Option<String> {
    let line = entry.trim_end_matches(['\n', '\r']);
    if line.contains('\n') || value.contains('\n') {
        return None;
    }
    let colon = colon_of(line)?;
    let (key, rest) = line.split_at(colon + 1);
    let gap = rest.len() - rest.trim_start().len();
    let (space, rest) = rest.split_at(gap);
    let (old, after) = rest.split_at(value_end(rest)?);
    let new = match old.chars().next() {
        Some('\'') if !value.contains(char::is_control) => {
            format!("'{}'", value.replace('\'', "''"))
        }
        Some('"') => quoted(value),
        _ => inline(value, false),
    };
    let space = if space.is_empty() || old.is_empty() {
        " "
    } else {
        space
    };
    let after = if old.is_empty() && !after.is_empty() {
        format!(" {after}")
    } else {
        after.to_owned()
    };
    let tail = entry.get(line.len()..).unwrap_or_default();
    Some(format!("{key}{space}{new}{after}{tail}"))
}

/// Where the colon behind a key stands.
pub(super) fn colon_of(line: &str) -> Option<usize> {
    match line.chars().next()? {
        quote @ ('"' | '\'') => {
            let close = line.get(1..)?.find(quote)? + 1;
            let colon = line.get(close..)?.find(':')?;
            Some(close + colon)
        }
        _ => line
            .char_indices()
            .find(|&(at, c)| {
                c == ':'
                    && line
                        .get(at + 1..)
                        .is_none_or(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\r']))
            })
            .map(|(at, _)| at),
    }
}

/// Where the value that begins a text ends; before the note behind it.
fn value_end(text: &str) -> Option<usize> {
    let mut letters = text.char_indices();
    match letters.next() {
        None | Some((_, '#')) => Some(0),
        Some((_, '\'')) => {
            let mut rest = letters.peekable();
            while let Some((at, c)) = rest.next() {
                if c == '\'' && rest.next_if(|(_, next)| *next == '\'').is_none() {
                    return Some(at + 1);
                }
            }
            None
        }
        Some((_, '"')) => {
            let mut escaped = false;
            letters
                .find(|&(_, c)| {
                    let ends = c == '"' && !escaped;
                    escaped = c == '\\' && !escaped;
                    ends
                })
                .map(|(at, _)| at + 1)
        }
        Some(_) => {
            let note = text.find(" #").or_else(|| text.find("\t#"));
            Some(text.get(..note.unwrap_or(text.len()))?.trim_end().len())
        }
    }
}

/// A value on one line: as plain words where those read back as what was meant, else in quotation
/// marks.
pub(super) fn inline(value: &str, in_list: bool) -> String {
    let line = if in_list {
        format!("k: [{value}, x]\n")
    } else {
        format!("k: {value}\n")
    };
    let is_plain = !value.is_empty()
        && value == value.trim()
        && !value.contains(|c: char| c.is_control())
        && !value.starts_with([
            '"', '\'', '[', '{', '&', '*', '!', '|', '>', '%', '@', '`', '-', '?', '#',
        ])
        && !value.contains(" #")
        && traps::find("", &line, 0).is_empty()
        && reads_as(&line, value, in_list);
    if is_plain {
        value.to_owned()
    } else {
        quoted(value)
    }
}

fn reads_as(line: &str, value: &str, in_list: bool) -> bool {
    let Ok(node) = yaml::read(line, 0) else {
        return false;
    };
    let Node::Map(items) = node.value else {
        return false;
    };
    let [(_, node)] = items.as_slice() else {
        return false;
    };
    match &node.value {
        Node::Scalar(words) => !in_list && words == value,
        Node::List(items) => {
            in_list && matches!(items.as_slice(), [one, _] if one.value.as_words() == Some(value))
        }
        _ => false,
    }
}

fn quoted(value: &str) -> String {
    let mut text = String::with_capacity(value.len() + 2);
    text.push('"');
    for c in value.chars() {
        match c {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\t' => text.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(text, "\\u{:04x}", u32::from(c));
            }
            c => text.push(c),
        }
    }
    text.push('"');
    text
}

/// Several lines as people would write them; quoted where that would not read back.
fn block(key: &str, value: &str, ending: &str) -> String {
    let mut text = format!("{key}: |-{ending}");
    for line in value.split('\n') {
        if line.is_empty() {
            text.push_str(ending);
        } else {
            let _ = write!(text, "  {line}{ending}");
        }
    }
    let reads_back = !value.starts_with([' ', '\t', '\n'])
        && !value.ends_with('\n')
        && !value.contains(['\r', '\u{85}', '\u{2028}', '\u{2029}'])
        && matches!(
            yaml::read(&text.replace("\r\n", "\n"), 0).map(|n| n.value),
            Ok(Node::Map(items)) if items.first().is_some_and(|(_, n)| n.value.as_words() == Some(value))
        );
    if reads_back {
        text
    } else {
        format!("{key}: {}{ending}", quoted(value))
    }
}

fn row_text(row: &[(String, Written)]) -> String {
    let cells: Vec<String> = row
        .iter()
        .map(|(key, cell)| match cell {
            Written::Many(values) => {
                let items: Vec<String> = values.iter().map(|v| cell_text(v)).collect();
                format!("{}: [{}]", key_text(key), items.join(", "))
            }
            Written::One(value) => format!("{}: {}", key_text(key), cell_text(value)),
            Written::Nothing | Written::Rows(_) => format!("{}: ~", key_text(key)),
        })
        .collect();
    format!("{{{}}}", cells.join(", "))
}

/// A value inside `{…}`: what is safe in a list is safe there.
fn cell_text(value: &str) -> String {
    if value.contains([':', ',', '{', '}']) {
        quoted(value)
    } else {
        inline(value, true)
    }
}

/// A key as it can stand at the left edge.
fn key_text(key: &str) -> String {
    let is_plain = key
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ' | '?'))
        && key.chars().next().is_some_and(char::is_alphanumeric);
    if is_plain {
        key.to_owned()
    } else {
        quoted(key)
    }
}
