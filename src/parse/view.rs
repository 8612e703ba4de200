//! The text of a `visning` block to a [`Question`].

use std::sync::Arc;

use super::{
    settings::{Settings, read_file},
    yaml::{Node, PlacedNode},
};
use crate::{
    diag::{Code, Diagnostic, Span},
    model::{Condition, Definitions, Field, KindKey, Pattern, Placed, Question, Show, Sort, Test},
    text::{fold::match_key, likeness::nearest},
};

/// Every `vis` that stands in the plan; the first three are built.
const SHOWS: [&str; 3] = ["liste", "tabel", "antal"];
const DEFAULT_LIMIT: usize = 50;

/// Reads a question; `offset` is where its text begins in the file.
pub fn read(
    path: &str,
    text: &str,
    offset: usize,
    definitions: &Definitions,
    out: &mut Vec<Diagnostic>,
) -> Option<Question> {
    let mut found = Vec::new();
    let question = match read_file(path, text, Code::K311) {
        Ok(node) => question(path, &node, definitions, &mut found),
        Err(problem) => {
            found.push(*problem);
            None
        }
    };
    let moved = |mut d: Diagnostic| {
        d.span = Some(d.span.map_or(
            Span {
                start: offset,
                end: offset + text.len(),
            },
            |s| s.shifted(offset),
        ));
        d
    };
    out.extend(found.into_iter().map(moved));
    question
}

fn question(
    path: &str,
    node: &PlacedNode,
    definitions: &Definitions,
    out: &mut Vec<Diagnostic>,
) -> Option<Question> {
    if !matches!(node.value, Node::Map(_)) {
        out.push(without_show(path, node.span));
        return None;
    }
    let settings = Settings::of(path, node, Code::K308, out);
    let show = show(path, &settings, node, out);
    let mut kinds: Vec<KindKey> = Vec::new();
    for word in settings.list("af") {
        match definitions.kinds.by_word(&word.value) {
            Some(kind) => kinds.push(kind.key.clone()),
            None => {
                let names: Vec<&str> = definitions.kinds.iter().map(|k| k.key.as_str()).collect();
                out.push(unknown(path, word.span, &word.value, &names));
            }
        }
    }
    let scope = Scope {
        path,
        definitions,
        kinds: &kinds,
    };
    let fields = settings
        .list("felter")
        .into_iter()
        .filter_map(|f| scope.key(&f.value, f.span, out))
        .collect();
    let sort = settings.node("sorter").and_then(|node| {
        let words = node.value.as_words().unwrap_or_default().trim();
        let (descending, name) = words
            .strip_prefix('-')
            .map_or((false, words), |rest| (true, rest));
        scope
            .key(name, node.span, out)
            .map(|field| Sort { field, descending })
    });
    let group = settings
        .node("grupper")
        .and_then(|n| scope.key(n.value.as_words().unwrap_or_default(), n.span, out));
    let conditions = match settings.node("hvor") {
        Some(Placed {
            value: Node::Map(entries),
            ..
        }) => entries
            .iter()
            .filter_map(|(k, v)| scope.condition(k, v, out))
            .collect(),
        Some(other) => {
            let (da, en) = (
                "betingelser skrives som {felt: værdi}",
                "conditions are written as {felt: værdi}",
            );
            out.push(
                Diagnostic::new(Code::K311, path)
                    .at(other.span)
                    .arg_in("reason", da, en),
            );
            Vec::new()
        }
        None => Vec::new(),
    };
    let limit = match settings
        .node("højst")
        .map(|node| (node.span, node.value.as_words().unwrap_or_default()))
    {
        None => DEFAULT_LIMIT,
        Some((span, words)) => words.parse().ok().filter(|n: &f64| *n >= 1.0).map_or_else(
            || {
                out.push(unknown(path, span, words, &[]));
                DEFAULT_LIMIT
            },
            whole,
        ),
    };
    let heading = settings.words("overskrift");
    settings.finish(out);
    Some(Question {
        show: show?,
        kinds,
        conditions,
        fields,
        sort,
        group,
        limit,
        heading,
    })
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "checked to be 1 or more; a cut is a bound all the same"
)]
fn whole(number: f64) -> usize {
    number.min(10_000.0) as usize
}

fn show(
    path: &str,
    settings: &Settings<'_>,
    node: &PlacedNode,
    out: &mut Vec<Diagnostic>,
) -> Option<Show> {
    let Some(given) = settings.node("vis") else {
        out.push(without_show(path, node.span).with_choices(SHOWS));
        return None;
    };
    let words = given.value.as_words().unwrap_or_default();
    match match_key(words).as_str() {
        "liste" => Some(Show::List),
        "tabel" => Some(Show::Table),
        "antal" => Some(Show::Count),
        _ => {
            let near = nearest(words, SHOWS).map(str::to_owned);
            out.push(
                Diagnostic::new(Code::K310, path)
                    .at(given.span)
                    .arg("value", words)
                    .arg(
                        "example",
                        near.clone().unwrap_or_else(|| "liste".to_owned()),
                    )
                    .with_choices(SHOWS)
                    .with_suggestion(near),
            );
            None
        }
    }
}

fn without_show(path: &str, span: Span) -> Diagnostic {
    let (da, en) = (
        "der mangler en linje som »vis: liste«",
        "a line such as \"vis: liste\" is missing",
    );
    Diagnostic::new(Code::K311, path)
        .at(span)
        .arg_in("reason", da, en)
}

fn unknown(path: &str, span: Span, word: &str, known: &[&str]) -> Diagnostic {
    let near = nearest(word, known.iter().copied()).map(str::to_owned);
    Diagnostic::new(Code::K309, path)
        .at(span)
        .arg("value", word)
        .with_choices(known.iter().copied())
        .with_suggestion(near)
}

/// The fields that a question may name: those of its kinds, or of every kind.
struct Scope<'a> {
    path: &'a str,
    definitions: &'a Definitions,
    kinds: &'a [KindKey],
}

impl Scope<'_> {
    fn fields(&self) -> impl Iterator<Item = &Field> {
        let asked = |k: &KindKey| self.kinds.is_empty() || self.kinds.contains(k);
        self.definitions
            .kinds
            .iter()
            .filter(move |k| asked(&k.key))
            .flat_map(|k| k.fields.iter())
    }

    fn field(&self, name: &str) -> Option<&Field> {
        let wanted = match_key(name);
        let by = |pick: fn(&Field) -> &str| self.fields().find(|f| match_key(pick(f)) == wanted);
        by(|f| &f.key).or_else(|| by(|f| &f.label))
    }

    fn key(&self, name: &str, span: Span, out: &mut Vec<Diagnostic>) -> Option<Arc<str>> {
        if let Some(field) = self.field(name) {
            return Some(Arc::clone(&field.key));
        }
        if match_key(name) == "slags" || match_key(name) == "type" {
            return Some("type".into());
        }
        let mut known: Vec<&str> = self.fields().map(|f| &*f.key).collect();
        known.sort_unstable();
        known.dedup();
        out.push(unknown(self.path, span, name, &known));
        None
    }

    fn condition(
        &self,
        key: &Placed<String>,
        node: &PlacedNode,
        out: &mut Vec<Diagnostic>,
    ) -> Option<Condition> {
        let field = self.key(&key.value, key.span, out)?;
        let words = node.value.word_list();
        let test = match words.as_slice() {
            [one] => match match_key(one).as_str() {
                "tom" => Test::Empty,
                "sat" => Test::Set,
                "denne" => Test::ThisRecord,
                _ => Test::AnyOf(vec![self.pattern(&field, one, node.span, out)?]),
            },
            several => {
                let patterns: Vec<Pattern> = several
                    .iter()
                    .filter_map(|w| self.pattern(&field, w, node.span, out))
                    .collect();
                Test::AnyOf(patterns)
            }
        };
        Some(Condition { field, test })
    }

    fn pattern(
        &self,
        field: &str,
        words: &str,
        span: Span,
        out: &mut Vec<Diagnostic>,
    ) -> Option<Pattern> {
        let words = words.trim();
        let bound = |rest: &str| rest.trim().to_owned();
        if let Some(rest) = words.strip_prefix(">=") {
            return Some(Pattern::Above {
                bound: bound(rest),
                or_equal: true,
            });
        }
        if let Some(rest) = words.strip_prefix("<=") {
            return Some(Pattern::Below {
                bound: bound(rest),
                or_equal: true,
            });
        }
        if let Some(rest) = words.strip_prefix('>') {
            return Some(Pattern::Above {
                bound: bound(rest),
                or_equal: false,
            });
        }
        if let Some(rest) = words.strip_prefix('<') {
            return Some(Pattern::Below {
                bound: bound(rest),
                or_equal: false,
            });
        }
        let (not, plain) = words
            .strip_prefix('!')
            .map_or((false, words), |rest| (true, rest.trim()));
        // A choice that does not exist would give an empty answer in silence.
        if let Some(crate::model::FieldType::Choice(choices)) =
            self.field(field).map(|f| &f.field_type)
        {
            let fits = |c: &&crate::model::Choice| {
                match_key(&c.key) == match_key(plain) || match_key(&c.label) == match_key(plain)
            };
            let Some(choice) = choices.iter().find(fits) else {
                let known: Vec<&str> = choices.iter().map(|c| &*c.key).collect();
                out.push(unknown(self.path, span, plain, &known));
                return None;
            };
            let key = match_key(&choice.key);
            return Some(if not {
                Pattern::IsNot(key)
            } else {
                Pattern::Is(key)
            });
        }
        let folded = match_key(plain);
        Some(if not {
            Pattern::IsNot(folded)
        } else {
            Pattern::Is(folded)
        })
    }
}
