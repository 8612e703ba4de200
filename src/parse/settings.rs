//! Reading the files that define a site (kinds, vocabularies, `kaffe.yaml`, publications): keys
//! match as they do in records, and what is unknown gets a diagnostic of the file's own code.

use std::cell::RefCell;

use super::{
    value::flag,
    yaml::{self, Node, PlacedNode},
};
use crate::{
    diag::{Code, Diagnostic, Span},
    model::Placed,
    text::{fold::match_key, likeness::nearest},
};

/// A definition file, or a part of one, with the diagnostics it gathers.
pub struct Settings<'a> {
    path: &'a str,
    code: Code,
    entries: &'a [(Placed<String>, PlacedNode)],
    asked: RefCell<Vec<&'static str>>,
}

/// Reads the YAML of a definition file; problems are told under `code`.
///
/// # Errors
/// The diagnostic of a file that cannot be read at all.
pub fn read_file(path: &str, text: &str, code: Code) -> Result<PlacedNode, Box<Diagnostic>> {
    yaml::read(text.trim_start_matches('\u{feff}'), 0).map_err(|error| {
        // The line is the word of the author that the messages speak of.
        let line = text
            .get(error.at.start..)
            .and_then(|rest| rest.lines().next())
            .unwrap_or_default();
        Box::new(Diagnostic::new(code, path).at(error.at).arg("value", line))
    })
}

impl<'a> Settings<'a> {
    /// Looks into a mapping; anything else is told and read as empty.
    pub fn of(path: &'a str, node: &'a PlacedNode, code: Code, out: &mut Vec<Diagnostic>) -> Self {
        let entries = match &node.value {
            Node::Map(entries) => entries.as_slice(),
            Node::Null => &[],
            _ => {
                let (da, en) = (
                    "der skal stå navn, kolon og værdi",
                    "it takes a name, a colon and a value",
                );
                out.push(
                    Diagnostic::new(code, path)
                        .at(node.span)
                        .arg_in("reason", da, en)
                        .arg("value", node.value.as_words().unwrap_or("…")),
                );
                &[]
            }
        };
        Self {
            path,
            code,
            entries,
            asked: RefCell::default(),
        }
    }

    /// The value under a key, if it is given.
    pub fn node(&self, key: &'static str) -> Option<&'a PlacedNode> {
        self.asked.borrow_mut().push(key);
        let wanted = match_key(key);
        self.entries
            .iter()
            .find(|(k, _)| match_key(&k.value) == wanted)
            .map(|(_, node)| node)
            .filter(|n| n.value != Node::Null)
    }

    /// The words under a key.
    pub fn words(&self, key: &'static str) -> Option<String> {
        self.node(key)?.value.as_words().map(str::to_owned)
    }

    /// The list of words under a key.
    pub fn list(&self, key: &'static str) -> Vec<Placed<String>> {
        match self.node(key) {
            Some(Placed {
                value: Node::List(items),
                ..
            }) => {
                let words = |i: &PlacedNode| {
                    Some(Placed {
                        value: i.value.as_words()?.to_owned(),
                        span: i.span,
                    })
                };
                items.iter().filter_map(words).collect()
            }
            Some(Placed {
                value: Node::Scalar(words),
                span,
            }) => vec![Placed {
                value: words.clone(),
                span: *span,
            }],
            _ => Vec::new(),
        }
    }

    /// The items of a list under a key.
    pub fn items(&self, key: &'static str) -> &'a [PlacedNode] {
        match self.node(key) {
            Some(Placed {
                value: Node::List(items),
                ..
            }) => items,
            _ => &[],
        }
    }

    /// Yes or no under a key.
    pub fn flag(&self, key: &'static str, out: &mut Vec<Diagnostic>) -> Option<bool> {
        let node = self.node(key)?;
        let read = node.value.as_words().and_then(flag);
        if read.is_none() {
            out.push(self.expected(node, "der skal stå ja eller nej", "it takes ja or nej"));
        }
        read
    }

    /// A number under a key.
    pub fn number(&self, key: &'static str, out: &mut Vec<Diagnostic>) -> Option<f64> {
        let node = self.node(key)?;
        let read = node
            .value
            .as_words()
            .and_then(|w| w.replace(',', ".").parse().ok());
        if read.is_none() {
            out.push(self.expected(node, "der skal stå et tal", "it takes a number"));
        }
        read
    }

    /// A word that means nothing here.
    pub fn unknown(&self, span: Span, word: &str) -> Diagnostic {
        let (da, en) = (
            format!("kaffe kender ikke »{word}« her"),
            format!("kaffe does not know \"{word}\" here"),
        );
        Diagnostic::new(self.code, self.path)
            .at(span)
            .arg("key", word)
            .arg("value", word)
            .arg_in("reason", da, en)
    }

    /// A key that must be there.
    pub fn missing(&self, span: Span, key: &str) -> Diagnostic {
        let (da, en) = (
            format!("der mangler en linje med »{key}:«"),
            format!("a line with \"{key}:\" is missing"),
        );
        Diagnostic::new(self.code, self.path)
            .at(span)
            .arg("key", key)
            .arg("value", key)
            .arg_in("reason", da, en)
    }

    /// A value of the wrong form, and what it should be.
    pub fn expected(&self, node: &PlacedNode, da: &str, en: &str) -> Diagnostic {
        let written = node.value.as_words().unwrap_or("…");
        Diagnostic::new(self.code, self.path)
            .at(node.span)
            .arg("key", written)
            .arg("value", written)
            .arg_in("reason", da, en)
    }

    /// Tells every key that was never asked for; call it last.
    pub fn finish(self, out: &mut Vec<Diagnostic>) {
        let asked = self.asked.into_inner();
        for (key, _) in self.entries {
            if asked
                .iter()
                .any(|known| match_key(known) == match_key(&key.value))
            {
                continue;
            }
            let near = nearest(&key.value, asked.iter().copied()).map(str::to_owned);
            let (code, path) = (self.code, self.path);
            let unknown = Settings {
                path,
                code,
                entries: &[],
                asked: RefCell::default(),
            }
            .unknown(key.span, &key.value);
            out.push(
                unknown
                    .with_suggestion(near)
                    .with_choices(asked.iter().copied()),
            );
        }
    }
}
