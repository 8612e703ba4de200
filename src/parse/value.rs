//! Words to values: what a field's type makes of what was written.

use std::sync::Arc;

use jiff::civil::Date;

use super::yaml::{Node, PlacedNode};
use crate::{
    diag::{Code, Diagnostic, Span},
    model::{Entry, Field, FieldType, Period, Placed, Row, Value},
    text::{fold::match_key, likeness::nearest},
};

/// Reads the values of one field and adds what is wrong with them.
pub fn read(
    path: &str,
    field: &Field,
    node: &PlacedNode,
    out: &mut Vec<Diagnostic>,
) -> Vec<Placed<Value>> {
    let reader = Reader { path, field };
    let mut values = Vec::new();
    match &node.value {
        Node::Null => {}
        Node::List(_) | Node::Map(_) if matches!(field.field_type, FieldType::Table(_)) => {
            reader.rows(node, &mut values, out);
        }
        Node::List(items) => {
            if !field.many && items.len() > 1 {
                let first = items
                    .first()
                    .and_then(|i| i.value.as_words())
                    .unwrap_or("…");
                out.push(
                    reader
                        .problem(Code::K110, node.span)
                        .arg("count", items.len().to_string())
                        .arg("example", first),
                );
            }
            // Of several answers kaffe does not choose one.
            let taken = if field.many || items.len() == 1 {
                items.len()
            } else {
                0
            };
            for item in items.iter().take(taken) {
                values.extend(reader.single(item, out));
            }
        }
        _ => values.extend(reader.single(node, out)),
    }
    reader.check_bounds(node, &values, out);
    values
}

/// Reads `ja` and `nej`, and the words that people use instead.
#[must_use]
pub fn flag(words: &str) -> Option<bool> {
    match match_key(words).as_str() {
        "ja" | "j" | "yes" | "true" => Some(true),
        "nej" | "n" | "no" | "false" => Some(false),
        _ => None,
    }
}

struct Reader<'a> {
    path: &'a str,
    field: &'a Field,
}

impl Reader<'_> {
    fn problem(&self, code: Code, span: Span) -> Diagnostic {
        Diagnostic::new(code, self.path)
            .at(span)
            .arg("field", &self.field.label)
            .arg("key", &*self.field.key)
            .in_field(&*self.field.key)
    }

    fn wrong(&self, written: &str, span: Span, out: &mut Vec<Diagnostic>) {
        let (da, en) = expectation(&self.field.field_type);
        let mut problem = self
            .problem(Code::K103, span)
            .arg_in("expected", da, en)
            .arg("example", example(&self.field.field_type));
        if !written.is_empty() {
            problem = problem.arg("value", written);
        }
        out.push(problem);
    }

    fn single(&self, node: &PlacedNode, out: &mut Vec<Diagnostic>) -> Option<Placed<Value>> {
        if let FieldType::Table(_) = self.field.field_type {
            let mut rows = Vec::new();
            self.rows(node, &mut rows, out);
            return rows.into_iter().next();
        }
        let span = node.span;
        let Some(words) = node.value.as_words().map(str::trim) else {
            if node.value != Node::Null {
                self.wrong("", span, out);
            }
            return None;
        };
        if words.is_empty() {
            return None;
        }
        self.value_of(words, span, out)
            .map(|value| Placed { value, span })
    }

    fn value_of(&self, words: &str, span: Span, out: &mut Vec<Diagnostic>) -> Option<Value> {
        let value = match &self.field.field_type {
            FieldType::Integer => words.parse().ok().map(Value::Integer),
            FieldType::Decimal => words
                .replace(',', ".")
                .parse()
                .ok()
                .filter(|n: &f64| n.is_finite())
                .map(Value::Decimal),
            FieldType::Date => return self.date(words, span, out),
            FieldType::Period => Period::from_text(words).map(Value::Period),
            FieldType::Interval => interval(words).map(|(a, b)| Value::Interval(a, b)),
            FieldType::Flag => flag(words).map(Value::Flag),
            FieldType::Choice(_) => return self.choice(words, span, out),
            FieldType::Reference(_) => Some(Value::Reference(
                words
                    .trim_start_matches("[[")
                    .trim_end_matches("]]")
                    .to_owned(),
            )),
            _ => Some(Value::Text(words.to_owned())),
        };
        if value.is_none() {
            self.wrong(words, span, out);
        }
        value
    }

    fn date(&self, words: &str, span: Span, out: &mut Vec<Diagnostic>) -> Option<Value> {
        if let Ok(date) = words.parse::<Date>() {
            return Some(Value::Date(date));
        }
        if looks_like_a_date(words) {
            out.push(
                self.problem(Code::K109, span)
                    .arg("value", words)
                    .arg("example", example(&self.field.field_type)),
            );
        } else {
            self.wrong(words, span, out);
        }
        None
    }

    fn choice(&self, words: &str, span: Span, out: &mut Vec<Diagnostic>) -> Option<Value> {
        let FieldType::Choice(choices) = &self.field.field_type else {
            return None;
        };
        let wanted = match_key(words);
        let fits = |text: &str| match_key(text) == wanted;
        if let Some(choice) = choices
            .iter()
            .find(|c| fits(&c.key))
            .or_else(|| choices.iter().find(|c| fits(&c.label)))
        {
            return Some(Value::Choice(choice.key.clone()));
        }
        if choices.is_empty() {
            // A list of words that is missing or empty has its own message; until it is there any answer goes.
            return Some(Value::Choice(words.into()));
        }
        let keys: Vec<String> = choices.iter().map(|c| c.key.to_string()).collect();
        let near = nearest(words, keys.iter().map(String::as_str)).map(str::to_owned);
        let mut problem = self
            .problem(Code::K104, span)
            .arg("value", words)
            .with_choices(keys.clone());
        if let (Some(danish), Some(english)) = (&choices.danish, &choices.english) {
            problem = problem
                .arg_in("noun", &danish.0, &english.0)
                .arg_in("nouns", &danish.1, &english.1);
        }
        let meant = choices
            .iter()
            .find(|c| c.meant_by.iter().any(|word| fits(word)))
            .map(|c| c.key.to_string());
        if let Some(example) = meant.as_ref().or(near.as_ref()).or_else(|| keys.first()) {
            problem = problem.with_fix(format!("{}: {example}", self.field.key));
        }
        if let Some(near) = near {
            problem = problem.with_suggestion(Some(near));
        }
        out.push(problem);
        None
    }

    /// Rows of a table: a list of rows, one row, or a mapping whose keys are the first column.
    fn rows(&self, node: &PlacedNode, values: &mut Vec<Placed<Value>>, out: &mut Vec<Diagnostic>) {
        let FieldType::Table(columns) = &self.field.field_type else {
            return;
        };
        match &node.value {
            Node::List(items) => {
                for item in items {
                    self.row(columns, item, values, out);
                }
            }
            Node::Map(items) if self.is_keyed(columns, items) => {
                for (key, value) in items {
                    let row = self.keyed_row(columns, key, value, out);
                    values.push(Placed {
                        value: Value::Row(row),
                        span: key.span,
                    });
                }
            }
            _ => self.row(columns, node, values, out),
        }
    }

    /// A mapping is keyed unless it is itself one row: then its keys are names of columns.
    fn is_keyed(&self, columns: &[Field], items: &[(Placed<String>, PlacedNode)]) -> bool {
        let known = items
            .iter()
            .filter(|(key, _)| column(columns, &key.value).is_some())
            .count();
        self.field.many && known * 2 < items.len().max(1)
    }

    fn row(
        &self,
        columns: &[Field],
        node: &PlacedNode,
        values: &mut Vec<Placed<Value>>,
        out: &mut Vec<Diagnostic>,
    ) {
        let mut row = Row::default();
        match &node.value {
            Node::Map(items) => {
                for (key, value) in items {
                    self.cell(columns, key, value, &mut row, out);
                }
            }
            Node::Scalar(words) => {
                // A single value stands in the first column.
                let Some(first) = columns.first() else { return };
                let key = Placed {
                    value: first.key.to_string(),
                    span: node.span,
                };
                let value = Placed {
                    value: Node::Scalar(words.clone()),
                    span: node.span,
                };
                self.cell(columns, &key, &value, &mut row, out);
            }
            Node::Null => return,
            Node::List(_) => return self.wrong("", node.span, out),
        }
        values.push(Placed {
            value: Value::Row(row),
            span: node.span,
        });
    }

    fn keyed_row(
        &self,
        columns: &[Field],
        key: &Placed<String>,
        value: &PlacedNode,
        out: &mut Vec<Diagnostic>,
    ) -> Row {
        let mut row = Row::default();
        if let Some(first) = columns.first() {
            let name = Placed {
                value: first.key.to_string(),
                span: key.span,
            };
            let node = Placed {
                value: Node::Scalar(key.value.clone()),
                span: key.span,
            };
            self.cell(columns, &name, &node, &mut row, out);
        }
        if let Node::Map(items) = &value.value {
            for (key, value) in items {
                self.cell(columns, key, value, &mut row, out);
            }
        } else if let Some(second) = columns.get(1) {
            let name = Placed {
                value: second.key.to_string(),
                span: value.span,
            };
            self.cell(columns, &name, value, &mut row, out);
        }
        row
    }

    fn cell(
        &self,
        columns: &[Field],
        key: &Placed<String>,
        value: &PlacedNode,
        row: &mut Row,
        out: &mut Vec<Diagnostic>,
    ) {
        let Some(column) = column(columns, &key.value) else {
            let names: Vec<String> = columns.iter().map(|c| c.key.to_string()).collect();
            let near = nearest(&key.value, names.iter().map(String::as_str)).map(str::to_owned);
            let mut problem = self
                .problem(Code::K101, key.span)
                .arg("key", &key.value)
                .with_choices(names.clone());
            if let Some(near) = near {
                problem = problem.with_suggestion(Some(near));
            }
            out.push(problem);
            return;
        };
        let values = read(self.path, column, value, out);
        row.cells.push(Entry {
            key: Arc::clone(&column.key),
            key_span: key.span,
            values,
        });
    }

    fn check_bounds(&self, node: &PlacedNode, values: &[Placed<Value>], out: &mut Vec<Diagnostic>) {
        let Field { min, max, many, .. } = self.field;
        if min.is_none() && max.is_none() {
            return;
        }
        for placed in values {
            match &placed.value {
                Value::Text(text) => {
                    let length = text.chars().count();
                    if max.is_some_and(|max| as_number(length) > max)
                        && !matches!(self.field.field_type, FieldType::Role)
                    {
                        let max = max.unwrap_or_default();
                        out.push(
                            self.problem(Code::K105, placed.span)
                                .arg("count", length.to_string())
                                .arg("limit", max.to_string()),
                        );
                    }
                }
                Value::Integer(n) => self.check_number(as_float(*n), placed.span, out),
                Value::Decimal(n) => self.check_number(*n, placed.span, out),
                _ => {}
            }
        }
        let counted = matches!(
            self.field.field_type,
            FieldType::Reference(_) | FieldType::Choice(_) | FieldType::Table(_)
        );
        if *many && counted && !values.is_empty() {
            self.check_number(as_number(values.len()), node.span, out);
        }
    }

    fn check_number(&self, number: f64, span: Span, out: &mut Vec<Diagnostic>) {
        let low = self.field.min.is_some_and(|min| number < min);
        let high = self.field.max.is_some_and(|max| number > max);
        if low || high {
            let (da, en) = match (self.field.min, self.field.max) {
                (Some(min), Some(max)) => (
                    format!("fra {min} til {max}"),
                    format!("from {min} to {max}"),
                ),
                (Some(min), None) => (format!("mindst {min}"), format!("at least {min}")),
                (None, Some(max)) => (format!("højst {max}"), format!("at most {max}")),
                (None, None) => return,
            };
            out.push(
                self.problem(Code::K106, span)
                    .arg("value", number.to_string())
                    .arg_in("bounds", da, en),
            );
        }
    }
}

fn column<'a>(columns: &'a [Field], name: &str) -> Option<&'a Field> {
    let wanted = match_key(name);
    columns
        .iter()
        .find(|c| match_key(&c.key) == wanted || match_key(&c.label) == wanted)
}

fn interval(words: &str) -> Option<(i64, i64)> {
    let words = words.replace('–', "-");
    let mut parts = words.split('-').map(|part| part.trim().parse::<i64>().ok());
    let first = parts.next()??;
    let second = parts.next().unwrap_or(Some(first))?;
    (parts.next().is_none() && first <= second).then_some((first, second))
}

fn looks_like_a_date(words: &str) -> bool {
    let parts: Vec<&str> = words.split('-').collect();
    parts.len() == 3
        && parts
            .iter()
            .all(|p| !p.is_empty() && p.len() <= 4 && p.chars().all(|c| c.is_ascii_digit()))
}

/// Counts and lengths are far below the numbers that a float cannot hold.
#[expect(clippy::cast_precision_loss, reason = "lengths and counts of one file")]
const fn as_number(count: usize) -> f64 {
    count as f64
}

#[expect(
    clippy::cast_precision_loss,
    reason = "only compared with bounds from a kind file"
)]
const fn as_float(number: i64) -> f64 {
    number as f64
}

/// What a field of this type wants, in an author's words.
const fn expectation(field_type: &FieldType) -> (&'static str, &'static str) {
    match field_type {
        FieldType::Integer => (
            "et helt tal, for eksempel 12",
            "a whole number, for example 12",
        ),
        FieldType::Decimal => ("et tal, for eksempel 1,5", "a number, for example 1.5"),
        FieldType::Date => ("en dato som 2021-04-06", "a date such as 2021-04-06"),
        FieldType::Period => (
            "en periode som 2021, 2021-Q3 eller 2021-03",
            "a period such as 2021, 2021-Q3 or 2021-03",
        ),
        FieldType::Interval => (
            "fra og til, for eksempel 10-15",
            "from and to, for example 10-15",
        ),
        FieldType::Flag => ("ja eller nej", "ja or nej (yes or no)"),
        FieldType::Table(_) => ("en liste med felter", "a list of fields"),
        _ => ("en tekst", "a text"),
    }
}

/// A value that shows the form.
#[must_use]
pub const fn example(field_type: &FieldType) -> &'static str {
    match field_type {
        FieldType::Integer => "12",
        FieldType::Decimal => "1,5",
        FieldType::Date => "2021-04-06",
        FieldType::Period => "2021-Q3",
        FieldType::Interval => "10-15",
        FieldType::Flag => "ja",
        FieldType::Time => "10.30",
        _ => "…",
    }
}
