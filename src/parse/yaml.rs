//! The one door to the YAML reader: text in, a tree of places out.
//!
//! Scalars keep the text that was written (`+4512345678`, `1.10`, `010`), because only a field's
//! type can say what they mean. The reader is asked to believe nothing: no booleans but `true` and
//! `false`, no octal numbers, no anchors, and small budgets.

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::Spanned;

use crate::{
    diag::{Code, Diagnostic, Span},
    model::Placed,
};

/// Values in one file; a long questionnaire has a few hundred.
const MAX_NODES: usize = 20_000;
/// Lists and mappings inside each other.
const MAX_DEPTH: usize = 16;

/// A value and its place.
pub type PlacedNode = Placed<Node>;

/// A YAML value.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// Nothing, or `~`.
    Null,
    /// One value, as it was written, without quotation marks.
    Scalar(String),
    /// A list.
    List(Vec<PlacedNode>),
    /// Keys and values in the order of the file.
    Map(Vec<(Placed<String>, PlacedNode)>),
}

/// Why a text could not be read, in terms of a diagnostic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Which diagnostic it is.
    pub code: Code,
    /// Where, in bytes of the text that was given.
    pub at: Span,
    /// What the message needs to be filled: a name and what stands there in the file.
    pub args: Vec<(&'static str, String)>,
    /// A line to paste.
    pub fix: Option<String>,
    /// What the reader said, for those who maintain a theme; no author reads it.
    pub detail: String,
}

impl Unreadable {
    /// The diagnostic of a file with fields at its top.
    #[must_use]
    pub fn diagnostic(self, path: &str) -> Diagnostic {
        let mut diagnostic = Diagnostic::new(self.code, path).at(self.at);
        diagnostic.args = self.args;
        diagnostic.fix = self.fix;
        diagnostic
    }
}

/// Reads a text. `offset` is where the text begins in its file; places are given in the file.
///
/// # Errors
/// When the text is no YAML, is too large, or uses anchors.
pub fn read(text: &str, offset: usize) -> Result<PlacedNode, Unreadable> {
    if text.trim().is_empty() {
        return Ok(Placed {
            value: Node::Null,
            span: Span {
                start: offset,
                end: offset,
            },
        });
    }
    if let Some(at) = first_anchor(text) {
        let span = Span {
            start: at,
            end: at + 1,
        };
        let sign = span.of(text).unwrap_or_default().to_owned();
        return Err(Unreadable {
            code: Code::K008,
            at: shifted(span, offset),
            args: vec![("sign", sign)],
            fix: quoted_line(text, at),
            detail: "anchors are not followed".to_owned(),
        });
    }
    let options = serde_yaml::options! {
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
        with_snippet: false,
        budget: serde_yaml::budget! { max_nodes: MAX_NODES, max_depth: MAX_DEPTH, max_aliases: 0 },
    };
    match serde_yaml::from_str_with_options::<Spanned<Tree>>(text, options) {
        Ok(tree) => Ok(placed(tree, text, offset)),
        Err(error) => Err(unreadable(&error, text, offset)),
    }
}

/// A tree whose scalars are still typed by the reader.
enum Tree {
    Null,
    Words(String),
    Number,
    List(Vec<Spanned<Tree>>),
    Map(Vec<(Spanned<String>, Spanned<Tree>)>),
}

fn placed(tree: Spanned<Tree>, text: &str, offset: usize) -> PlacedNode {
    let span = span_of(&tree);
    let written = || text.get(span.start..span.end).unwrap_or_default().trim();
    let value = match tree.value {
        // `null` is a word to the people who write here; only nothing and `~` are nothing.
        Tree::Null if matches!(written(), "" | "~") => Node::Null,
        Tree::Null | Tree::Number => Node::Scalar(written().to_owned()),
        Tree::Words(words) => Node::Scalar(words),
        Tree::List(items) => {
            Node::List(items.into_iter().map(|i| placed(i, text, offset)).collect())
        }
        Tree::Map(items) => Node::Map(
            items
                .into_iter()
                .map(|(key, value)| {
                    let at = span_of(&key);
                    (
                        Placed {
                            value: key.value,
                            span: shifted(at, offset),
                        },
                        placed(value, text, offset),
                    )
                })
                .collect(),
        ),
    };
    Placed {
        value,
        span: shifted(span, offset),
    }
}

fn span_of<T>(item: &Spanned<T>) -> Span {
    let span = item.defined.span();
    let start = usize::try_from(span.byte_offset().unwrap_or(0)).unwrap_or(0);
    let length = usize::try_from(span.byte_len().unwrap_or(0)).unwrap_or(0);
    Span {
        start,
        end: start + length,
    }
}

const fn shifted(span: Span, offset: usize) -> Span {
    Span {
        start: span.start + offset,
        end: span.end + offset,
    }
}

/// The place of the first anchor or alias that begins a value. They are refused before reading,
/// so that no alias bomb costs anything.
fn first_anchor(text: &str) -> Option<usize> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim_start();
        let value = trimmed
            .split_once(": ")
            .map_or(trimmed, |(_, value)| value)
            .trim_start_matches(['-', ' ', '[']);
        let mut letters = value.chars();
        let sign = letters.next();
        if matches!(sign, Some('&' | '*')) && letters.next().is_some_and(char::is_alphanumeric) {
            return Some(start + line.len() - value.len());
        }
        start += line.len();
    }
    None
}

fn unreadable(error: &serde_yaml::Error, text: &str, offset: usize) -> Unreadable {
    let detail = error.to_string();
    let code = if detail.contains("duplicate mapping key") {
        Code::K007
    } else if detail.contains("budget") || detail.contains("depth") || detail.contains("recursion")
    {
        Code::K009
    } else if detail.contains("alias") || detail.contains("anchor") {
        Code::K008
    } else {
        Code::K002
    };
    let at = error.location().map_or(0, |place| {
        let line = usize::try_from(place.line()).unwrap_or(1).max(1);
        let column = usize::try_from(place.column()).unwrap_or(1).max(1);
        let before: usize = text
            .split_inclusive('\n')
            .take(line - 1)
            .map(str::len)
            .sum();
        let rest = text.get(before..).unwrap_or_default();
        before
            + rest
                .chars()
                .take_while(|&c| c != '\n')
                .take(column - 1)
                .map(char::len_utf8)
                .sum::<usize>()
    });
    // What the reader says is for programmers; a place and a word of the file help more.
    let here = text
        .get(at..)
        .and_then(|rest| rest.lines().next())
        .unwrap_or_default();
    let args = match code {
        Code::K007 => {
            let key = here
                .split(':')
                .next()
                .unwrap_or_default()
                .trim_matches(['"', '\'', ' ']);
            vec![("key", key.to_owned())]
        }
        _ => Vec::new(),
    };
    let detail = detail.lines().next().unwrap_or_default().to_owned();
    Unreadable {
        code,
        at: shifted(Span { start: at, end: at }, offset),
        args,
        fix: None,
        detail,
    }
}

/// The line of a value that begins at `at`, with quotation marks around the value; only where the value is all that
/// follows its key.
fn quoted_line(text: &str, at: usize) -> Option<String> {
    let start = text.get(..at)?.rfind('\n').map_or(0, |i| i + 1);
    let key = text.get(start..at)?.strip_suffix(": ")?;
    let value = text.get(at..)?.lines().next()?.trim_end();
    Some(format!(
        "{key}: \"{}\"",
        value.replace('\\', "\\\\").replace('"', "\\\"")
    ))
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Tree;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }

    fn visit_none<E>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Tree, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Tree, E> {
        Ok(Tree::Number)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Tree, E> {
        Ok(Tree::Number)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Tree, E> {
        Ok(Tree::Number)
    }

    fn visit_i128<E>(self, _: i128) -> Result<Tree, E> {
        Ok(Tree::Number)
    }

    fn visit_u128<E>(self, _: u128) -> Result<Tree, E> {
        Ok(Tree::Number)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Tree, E> {
        Ok(Tree::Number)
    }

    fn visit_str<E>(self, words: &str) -> Result<Tree, E> {
        Ok(Tree::Words(words.to_owned()))
    }

    fn visit_string<E>(self, words: String) -> Result<Tree, E> {
        Ok(Tree::Words(words))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Tree, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Tree::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut items: A) -> Result<Tree, A::Error> {
        let mut map = Vec::new();
        while let Some(entry) = items.next_entry()? {
            map.push(entry);
        }
        Ok(Tree::Map(map))
    }
}

impl Node {
    /// The words of a single value.
    #[must_use]
    pub fn as_words(&self) -> Option<&str> {
        match self {
            Self::Scalar(words) => Some(words),
            _ => None,
        }
    }

    /// The items of a list; a single value is a list of one, nothing is a list of none.
    #[must_use]
    pub fn word_list(&self) -> Vec<&str> {
        match self {
            Self::List(items) => items.iter().filter_map(|i| i.value.as_words()).collect(),
            Self::Scalar(words) => vec![words],
            _ => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scalar(text: &str, key: &str) -> String {
        let Node::Map(items) = read(text, 0).expect("readable").value else {
            panic!("a mapping")
        };
        let (_, node) = items.iter().find(|(k, _)| k.value == key).expect("the key");
        node.value.as_words().unwrap_or_default().to_owned()
    }

    #[test]
    fn a_value_is_what_was_written() {
        let text =
            "a: +4512345678\nb: 1.10\nc: 010\nd: ja\ne: true\nf: 'it''s'\ng: null\nh: 1_000\n";
        let written: Vec<String> = "abcdefgh"
            .chars()
            .map(|k| scalar(text, &k.to_string()))
            .collect();
        assert_eq!(
            written,
            [
                "+4512345678",
                "1.10",
                "010",
                "ja",
                "true",
                "it's",
                "null",
                "1_000"
            ]
        );
    }

    #[test]
    fn nothing_and_a_tilde_are_nothing() {
        let Node::Map(items) = read("a:\nb: ~\n", 0).expect("readable").value else {
            panic!("a mapping")
        };
        assert!(items.iter().all(|(_, node)| node.value == Node::Null));
    }

    #[test]
    fn every_value_knows_its_place_in_the_file() {
        let Node::Map(items) = read("æ: ø\nb: [x, å y]\n", 4).expect("readable").value else {
            panic!("a mapping")
        };
        let (key, value) = items.last().expect("two entries");
        assert_eq!((key.span.start, value.span.start), (11, 14));
        let Node::List(list) = &value.value else {
            panic!("a list")
        };
        assert_eq!(
            list.last().map(|n| (n.span.start, n.span.end)),
            Some((18, 22))
        );
    }

    #[test]
    fn anchors_are_refused_before_they_cost_anything() {
        let mut bomb = String::from("a: &a [x, x]\n");
        for n in 0..30 {
            bomb.extend([format!("k{n}: [*a, *a]\n")]);
        }
        assert_eq!(read(&bomb, 0).expect_err("refused").code, Code::K008);
        assert_eq!(scalar("a: Kaffe & kage\nb: 5 * 3\n", "a"), "Kaffe & kage");
    }

    #[test]
    fn depth_and_size_are_bounded() {
        let deep = format!("a: {}{}", "[".repeat(5_000), "]".repeat(5_000));
        assert!(read(&deep, 0).is_err());
        let wide = format!("a: [{}]", "1,".repeat(30_000));
        assert_eq!(read(&wide, 0).expect_err("too many").code, Code::K009);
    }
}
