//! What a form sends, written into the text it was made from.

use std::collections::BTreeMap;

use super::{
    Desk, Posted, box_name,
    fields::{is_lines, lines},
};
use crate::{
    model::{self, FieldType, Kind, Record},
    parse::{
        edit::{self, EditError, Written},
        sections,
    },
};

/// A text that came of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The text.
    pub text: String,
    /// Values that could not be understood.
    pub wrong: Vec<WrongValue>,
}

/// A value that could not be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrongValue {
    /// The field.
    pub key: String,
    /// What was written.
    pub words: String,
}

type Rows = Vec<Vec<(String, Vec<String>)>>;

impl Desk<'_> {
    /// Writes what was sent into a text. Fields that are not for this person, and fields that the form did not hold, stay
    /// as they are.
    ///
    /// # Errors
    /// When the text's fields cannot be changed.
    pub fn take(
        &self,
        kind: &Kind,
        record: Option<&Record>,
        text: &str,
        posted: &Posted,
    ) -> Result<Taken, EditError> {
        let mut taken = Taken {
            text: text.to_owned(),
            wrong: Vec::new(),
        };
        for field in kind
            .fields
            .iter()
            .filter(|f| f.computed.is_none() && self.actor.may_fill(f, kind))
        {
            let Some(written) = self.written_in(field, posted, &mut taken.wrong) else {
                continue;
            };
            // What holds when nothing is said is shown as chosen: sending it back says nothing new.
            let is_default =
                matches!(&written, Written::One(value) if field.default.as_ref() == Some(value));
            let is_silent = record.is_none_or(|record| record.values(&field.key).is_empty());
            if is_default && is_silent {
                continue;
            }
            if record.is_some_and(|record| says(record, field, &written)) {
                continue;
            }
            taken.text = edit::set_field(&taken.text, kind, &field.key, &written)?;
        }
        let may_reword = record.is_none_or(|record| self.actor.may_reword(record));
        for name in posted
            .pairs()
            .iter()
            .map(|(name, _)| name)
            .filter(|name| name.starts_with("b.") && may_reword)
        {
            let words = posted.one(name).unwrap_or_default();
            let heading = heading_of(kind, &taken.text, name);
            if name == "b." || heading.is_some() {
                taken.text = sections::set(&taken.text, heading.as_deref(), &words);
            }
        }
        Ok(taken)
    }

    /// What a field is to hold, when the form held the field.
    fn written_in(
        &self,
        field: &model::Field,
        posted: &Posted,
        wrong: &mut Vec<WrongValue>,
    ) -> Option<Written> {
        let name = format!("f.{}", field.key);
        if let FieldType::Table(columns) = &field.field_type {
            let in_form = posted
                .pairs()
                .iter()
                .any(|(known, _)| known.starts_with(&format!("{name}.")));
            return in_form.then(|| self.table(field, columns, posted, wrong));
        }
        // Boxes that nobody ticks send nothing: the form says that they were there.
        let in_form = posted.has(&name) || posted.all("med").iter().any(|key| **key == *field.key);
        if !in_form {
            return None;
        }
        let words = if is_lines(field) {
            lines(&posted.one(&name).unwrap_or_default())
        } else {
            posted.all(&name)
        };
        let mut values = Vec::new();
        for words in words {
            match self.value(field, &words) {
                Some(value) => values.push(value),
                None => wrong.push(WrongValue {
                    key: field.key.to_string(),
                    words,
                }),
            }
        }
        Some(match (values.as_slice(), field.many) {
            ([], _) => Written::Nothing,
            (_, true) => Written::Many(values),
            ([first, ..], false) => Written::One(first.clone()),
        })
    }

    fn table(
        &self,
        field: &model::Field,
        columns: &[model::Field],
        posted: &Posted,
        wrong: &mut Vec<WrongValue>,
    ) -> Written {
        let mut written = Vec::new();
        for row in rows(posted, field, columns) {
            let mut cells = Vec::new();
            for (key, words) in row {
                let Some(column) = columns.iter().find(|c| *c.key == *key) else {
                    continue;
                };
                let mut values = Vec::new();
                for words in words {
                    match self.value(column, &words) {
                        Some(value) => values.push(value),
                        None => wrong.push(WrongValue {
                            key: field.key.to_string(),
                            words,
                        }),
                    }
                }
                match (values.as_slice(), column.many) {
                    ([], _) => {}
                    (_, true) => cells.push((key, Written::Many(values))),
                    ([first, ..], false) => cells.push((key, Written::One(first.clone()))),
                }
            }
            if !cells.is_empty() {
                written.push(cells);
            }
        }
        if written.is_empty() {
            Written::Nothing
        } else {
            Written::Rows(written)
        }
    }

    /// A value as kaffe writes it; nothing when it points at nothing.
    fn value(&self, field: &model::Field, words: &str) -> Option<String> {
        match &field.field_type {
            FieldType::Reference(_) => {
                let reference = self.meant(field, words)?;
                Some(self.written(field, &reference))
            }
            FieldType::Date => Some(day(words).unwrap_or_else(|| words.to_owned())),
            FieldType::LongText => Some(words.to_owned()),
            _ => Some(words.replace('\n', " ")),
        }
    }
}

/// A day as people in Denmark write it (6.4.2021, 6/4 2021, 06-04-2021), as it stands in a file.
fn day(words: &str) -> Option<String> {
    let parts: Vec<&str> = words
        .split(['.', '/', '-', ' '])
        .filter(|p| !p.is_empty())
        .collect();
    let [day, month, year] = parts.as_slice() else {
        return None;
    };
    if year.len() != 4 {
        return None;
    }
    let (day, month, year) = (day.parse().ok()?, month.parse().ok()?, year.parse().ok()?);
    jiff::civil::Date::new(year, month, day)
        .ok()
        .map(|date| date.to_string())
}

/// The rows of a table that were sent: the filled cells of each.
pub(super) fn rows(posted: &Posted, field: &model::Field, columns: &[model::Field]) -> Rows {
    let mut found: BTreeMap<usize, Vec<(String, Vec<String>)>> = BTreeMap::new();
    let start = format!("f.{}.", field.key);
    let numbers = posted.pairs().iter().filter_map(|(name, _)| {
        let (number, _) = name.strip_prefix(&start)?.split_once('.')?;
        number.parse::<usize>().ok()
    });
    for number in numbers.collect::<std::collections::BTreeSet<_>>() {
        for column in columns {
            let name = format!("{start}{number}.{}", column.key);
            let values = if is_lines(column) {
                lines(&posted.one(&name).unwrap_or_default())
            } else {
                posted.all(&name)
            };
            if !values.is_empty() {
                found
                    .entry(number)
                    .or_default()
                    .push((column.key.to_string(), values));
            }
        }
    }
    found.into_values().collect()
}

/// The heading that a box belongs to: one of the text, else one of the kind.
fn heading_of(kind: &Kind, text: &str, name: &str) -> Option<String> {
    let there = sections::of(text).into_iter().filter_map(|s| s.heading);
    let known = kind.headings.iter().cloned();
    there
        .chain(known)
        .find(|heading| box_name(Some(heading)) == name)
}

/// Whether a record says that already: then no byte of it is touched.
fn says(record: &Record, field: &model::Field, written: &Written) -> bool {
    let plain: Vec<String> = record
        .values(&field.key)
        .iter()
        .map(|v| v.value.to_plain())
        .collect();
    match written {
        Written::Nothing => plain.is_empty(),
        Written::One(value) => plain == [value.trim().to_owned()],
        Written::Many(values) => plain == *values,
        Written::Rows(rows) => {
            let cells = |row: &Vec<(String, Written)>| -> String {
                let words: Vec<String> = row
                    .iter()
                    .flat_map(|(_, cell)| match cell {
                        Written::One(value) => vec![value.clone()],
                        Written::Many(values) => values.clone(),
                        Written::Nothing | Written::Rows(_) => Vec::new(),
                    })
                    .collect();
                words.join(" ")
            };
            plain == rows.iter().map(cells).collect::<Vec<_>>()
        }
    }
}
