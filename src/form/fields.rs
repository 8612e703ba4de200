//! A text as the boxes of a form.

use serde::Serialize;

use super::{Advice, Desk, Posted, Problem, box_name, is_measured};
use crate::{
    model::{self, FieldType, Kind, Record, RecordRef, Requirement, Review, Value, Visibility},
    parse::sections,
};

/// A form for a record.
#[derive(Clone, Debug, Serialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "what a template asks is yes or no"
)]
pub struct Form {
    /// Where it is sent.
    pub action: String,
    /// The title of the page.
    pub title: String,
    /// The kind.
    pub kind: KindWords,
    /// Whether the record is new.
    pub is_new: bool,
    /// The hash of the text that it was made from.
    pub base: String,
    /// The key of this sending.
    pub key: String,
    /// A sentence about the kind.
    pub intro: Option<String>,
    /// Where the reader came from.
    pub back_url: String,
    /// The whole file as Markdown.
    pub markdown_url: Option<String>,
    /// What is wrong.
    pub errors: Vec<Problem>,
    /// What the writer should know before.
    pub notice: Option<String>,
    /// What is needed.
    pub first: Vec<Field>,
    /// The words under headings.
    pub boxes: Vec<TextBox>,
    /// What may be filled.
    pub more: Vec<Field>,
    /// Whether those are unfolded.
    pub more_open: bool,
    /// What the writer may think about.
    pub advice: Vec<Advice>,
    /// Whether the advice has been shown: then it holds nothing back.
    pub asked: bool,
    /// The page as others will see it.
    pub preview_html: Option<String>,
    /// Whether the time of writing is measured.
    pub measure: bool,
    /// Whether a preview can be asked for.
    pub can_preview: bool,
    /// The name of the draft in the browser.
    pub draft_id: String,
}

/// A kind's words.
#[derive(Clone, Debug, Serialize)]
pub struct KindWords {
    /// Its key.
    pub key: String,
    /// One of it.
    pub label: String,
    /// Its folder.
    pub folder: String,
}

/// A field with its control.
#[derive(Clone, Debug, Serialize)]
pub struct Field {
    /// Its key.
    pub key: String,
    /// Its name in the form.
    pub name: String,
    /// Its place in the page.
    pub id: String,
    /// The question.
    pub label: String,
    /// A sentence of help.
    pub help: Option<String>,
    /// What is wrong with it.
    pub error: Option<String>,
    /// Whether it must be filled.
    pub required: bool,
    /// How it is asked.
    pub control: Control,
    /// The value; several are lines.
    pub value: String,
    /// The values.
    pub values: Vec<String>,
    /// The answers to choose from.
    pub options: Vec<Offered>,
    /// The greatest number or length.
    pub max: Option<f64>,
    /// The least.
    pub min: Option<f64>,
    /// What a number counts.
    pub unit: Option<String>,
    /// The records that are chosen.
    pub chosen: Vec<Item>,
    /// The kinds that may be chosen.
    pub kinds: Vec<String>,
    /// The rows of a table, an empty one last.
    pub rows: Vec<Vec<Field>>,
    /// Whether it holds several values.
    pub many: bool,
    /// What holds when nothing is said.
    pub default: Option<String>,
}

/// How a field is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the words of the templates")]
pub enum Control {
    Tekst,
    Langtekst,
    Heltal,
    Decimal,
    Dato,
    JaNej,
    Valg,
    ValgFlere,
    Henvisning,
    HenvisningFlere,
    Telefon,
    Mail,
    Tabel,
    Liste,
}

/// An answer to choose.
#[derive(Clone, Debug, Serialize)]
pub struct Offered {
    /// Its key.
    pub key: String,
    /// Its words.
    pub label: String,
    /// A sentence of help.
    pub help: Option<String>,
    /// A sign beside the words.
    pub sign: Option<String>,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// A chosen record.
#[derive(Clone, Debug, Serialize)]
pub struct Item {
    /// As it is sent.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it is.
    pub kind_label: String,
}

/// The words under a heading.
#[derive(Clone, Debug, Serialize)]
pub struct TextBox {
    /// Its name in the form.
    pub name: String,
    /// Its place in the page.
    pub id: String,
    /// The heading.
    pub label: String,
    /// A sentence of help.
    pub help: Option<String>,
    /// What is wrong with it.
    pub error: Option<String>,
    /// The words.
    pub value: String,
    /// Whether it must be filled.
    pub required: bool,
}

/// What a form is about.
pub struct Subject<'a> {
    /// The kind.
    pub kind: &'a Kind,
    /// The record, when there is one that can be read.
    pub record: Option<&'a Record>,
    /// Its text.
    pub text: &'a str,
    /// What was sent and comes back.
    pub posted: Option<&'a Posted>,
    /// Whether the record is new.
    pub is_new: bool,
}

impl Desk<'_> {
    /// The form of a text; the caller fills in where it is sent and what is wrong.
    #[must_use]
    pub fn form(&self, subject: &Subject<'_>) -> Form {
        let kind = subject.kind;
        let (mut first, mut more) = (Vec::new(), Vec::new());
        for field in self.asked(kind) {
            let shown = self.field(field, subject);
            let is_first = &*field.key == "titel"
                || field.required == Requirement::Yes
                || &*field.key == "team"
                    && self.actor.own_team().is_none()
                    && kind
                        .field("team")
                        .is_some_and(|f| f.required == Requirement::Yes);
            if is_first {
                first.push(shown);
            } else {
                more.push(shown);
            }
        }
        first.sort_by_key(|f| f.key != "titel");
        let public = subject.record.is_some_and(|r| r.review == Review::Approved);
        Form {
            action: String::new(),
            title: String::new(),
            kind: KindWords {
                key: kind.key.to_string(),
                label: kind.name_one.clone(),
                folder: kind.folder.clone(),
            },
            is_new: subject.is_new,
            base: String::new(),
            key: String::new(),
            intro: Some(kind.description.clone()).filter(|d| subject.is_new && !d.is_empty()),
            back_url: String::new(),
            markdown_url: None,
            errors: Vec::new(),
            notice: public.then(|| self.text("skriv_loses_approval")),
            first,
            boxes: match subject.record {
                Some(record) if !self.actor.may_reword(record) => Vec::new(),
                _ => self.boxes(subject),
            },
            more_open: false,
            more,
            advice: Vec::new(),
            asked: false,
            preview_html: None,
            measure: is_measured(kind),
            can_preview: true,
            draft_id: match subject.record {
                Some(record) if !subject.is_new => {
                    format!("ret/{}/{}", kind.folder, record.reference.id)
                }
                _ => format!("ny/{}", kind.folder),
            },
        }
    }

    /// The fields that this person is asked for.
    pub(super) fn asked<'k>(&self, kind: &'k Kind) -> impl Iterator<Item = &'k model::Field> {
        let actor = self.actor;
        kind.fields.iter().filter(move |field| {
            let automatic = field.filled_by.as_deref() == Some("automatisk");
            let is_team = &*field.key == "team";
            // A team writes for itself; who has several teams, or none, says which.
            let asked_anyway = is_team && actor.own_team().is_none() || &*field.key == "skrivetid";
            field.computed.is_none() && actor.may_fill(field, kind) && (!automatic || asked_anyway)
        })
    }

    pub(super) fn field(&self, field: &model::Field, subject: &Subject<'_>) -> Field {
        let name = format!("f.{}", field.key);
        let stored: Vec<String> = subject.record.map_or_else(Vec::new, |record| {
            record
                .values(&field.key)
                .iter()
                .map(|v| v.value.to_plain())
                .collect()
        });
        let sent = subject
            .posted
            .filter(|p| p.has(&name) || p.all("med").iter().any(|key| **key == *field.key))
            .map(|posted| {
                if is_lines(field) {
                    lines(&posted.one(&name).unwrap_or_default())
                } else {
                    posted.all(&name)
                }
            });
        let values = sent.unwrap_or(stored);
        let id = format!("f-{}", crate::text::fold::slug(&field.key));
        let mut shown = self.control(field, name, id, values);
        if let FieldType::Table(columns) = &field.field_type {
            shown.rows = self.rows(field, columns, subject);
        }
        shown
    }

    fn control(
        &self,
        field: &model::Field,
        name: String,
        id: String,
        values: Vec<String>,
    ) -> Field {
        let (mut options, mut chosen, mut kinds) = (Vec::new(), Vec::new(), Vec::new());
        match &field.field_type {
            FieldType::Choice(vocabulary) => {
                options.extend(vocabulary.iter().map(|choice| Offered {
                    key: choice.key.to_string(),
                    label: choice.label.clone(),
                    help: choice.help.clone(),
                    sign: choice.sign.clone(),
                    chosen: values.iter().any(|v| *v == *choice.key),
                }));
                // What holds when nothing is said is shown as chosen.
                if !field.many
                    && values.is_empty()
                    && let Some(default) = &field.default
                {
                    for option in &mut options {
                        option.chosen = option.key == *default;
                    }
                }
            }
            FieldType::Flag => options.extend([("ja", "skriv_yes"), ("nej", "skriv_no")].map(
                |(key, text)| Offered {
                    key: key.to_owned(),
                    label: self.text(text),
                    help: None,
                    sign: None,
                    chosen: values.iter().any(|v| v == key),
                },
            )),
            FieldType::Reference(targets) => {
                chosen.extend(values.iter().filter_map(|words| {
                    let reference = self.meant(field, words)?;
                    self.item(field, &reference)
                }));
                if let model::Targets::Kinds(keys) = targets {
                    kinds.extend(keys.iter().map(ToString::to_string));
                    // A handful is chosen from a list.
                    if keys.len() == 1
                        && let Some(all) = self.few(keys.first())
                    {
                        options.extend(all.into_iter().map(|reference| {
                            let written = self.written(field, &reference);
                            Offered {
                                chosen: values.contains(&written),
                                label: self
                                    .item(field, &reference)
                                    .map_or_else(String::new, |i| i.title),
                                key: written,
                                help: None,
                                sign: None,
                            }
                        }));
                    }
                }
            }
            _ => {}
        }
        let control = control_of(field, !options.is_empty());
        Field {
            key: field.key.to_string(),
            name,
            id,
            label: field
                .question
                .clone()
                .unwrap_or_else(|| field.label.clone()),
            help: field.help.clone(),
            error: None,
            required: field.required == Requirement::Yes,
            control,
            value: values.join("\n"),
            values,
            options,
            max: field.max,
            min: field.min,
            unit: field.unit.clone(),
            chosen,
            kinds,
            rows: Vec::new(),
            many: field.many,
            default: field.default.clone(),
        }
    }

    /// The records of a kind when they are few enough for a list.
    fn few(&self, kind: Option<&model::KindKey>) -> Option<Vec<RecordRef>> {
        const FEW: usize = 15;
        let all: Vec<RecordRef> = self
            .view
            .of_kind(kind?)
            .take(FEW + 1)
            .map(|seen| seen.record.reference.clone())
            .collect();
        (all.len() <= FEW).then_some(all)
    }

    fn item(&self, field: &model::Field, reference: &RecordRef) -> Option<Item> {
        let seen = self.view.get(reference)?;
        Some(Item {
            id: self.written(field, reference),
            title: seen.record.title.clone(),
            kind_label: seen.record.kind.name_one.clone(),
        })
    }

    fn rows(
        &self,
        field: &model::Field,
        columns: &[model::Field],
        subject: &Subject<'_>,
    ) -> Vec<Vec<Field>> {
        let cell = |row: usize, column: &model::Field, values: Vec<String>| {
            let name = format!("f.{}.{row}.{}", field.key, column.key);
            let id = format!(
                "f-{}-{row}-{}",
                crate::text::fold::slug(&field.key),
                crate::text::fold::slug(&column.key)
            );
            self.control(column, name, id, values)
        };
        let stored: Vec<&Value> = subject.record.map_or_else(Vec::new, |r| {
            r.values(&field.key).iter().map(|v| &v.value).collect()
        });
        let mut rows = Vec::new();
        let sent = subject
            .posted
            .map(|posted| super::take::rows(posted, field, columns));
        match sent.filter(|rows| !rows.is_empty()) {
            Some(sent) => rows.extend(sent.into_iter().enumerate().map(|(number, row)| {
                columns
                    .iter()
                    .map(|column| {
                        let values = row.iter().find(|(key, _)| **key == *column.key);
                        cell(
                            number,
                            column,
                            values.map_or_else(Vec::new, |(_, v)| v.clone()),
                        )
                    })
                    .collect()
            })),
            None => rows.extend(stored.into_iter().enumerate().map(|(number, value)| {
                columns
                    .iter()
                    .map(|column| {
                        let values = match value {
                            Value::Row(row) => row
                                .cell(&column.key)
                                .iter()
                                .map(|v| v.value.to_plain())
                                .collect(),
                            _ => Vec::new(),
                        };
                        cell(number, column, values)
                    })
                    .collect()
            })),
        }
        if field.many || rows.is_empty() {
            let number = rows.len();
            rows.push(
                columns
                    .iter()
                    .map(|column| cell(number, column, Vec::new()))
                    .collect(),
            );
        }
        rows
    }

    pub(super) fn boxes(&self, subject: &Subject<'_>) -> Vec<TextBox> {
        let kind = subject.kind;
        let there = sections::of(subject.text);
        let mut boxes = Vec::new();
        let mut add = |heading: Option<&str>, words: &str| {
            let name = box_name(heading);
            let sent = subject.posted.and_then(|p| p.one(&name));
            boxes.push(TextBox {
                id: name.replace('.', "-"),
                label: heading.map_or_else(|| self.text("skriv_text"), str::to_owned),
                help: None,
                error: None,
                value: sent.unwrap_or_else(|| words.to_owned()),
                required: false,
                name,
            });
        };
        for section in &there {
            let is_empty_opening = section.heading.is_none() && section.words.is_empty();
            if !(is_empty_opening && (!kind.headings.is_empty() || there.len() > 1)) {
                add(section.heading.as_deref(), &section.words);
            }
        }
        for heading in &kind.headings {
            let name = box_name(Some(heading));
            if !there
                .iter()
                .any(|s| box_name(s.heading.as_deref()) == name && s.heading.is_some())
            {
                add(Some(heading), "");
            }
        }
        boxes
    }
}

impl Field {
    /// Whether something has been written in it.
    #[must_use]
    pub fn is_filled(&self) -> bool {
        !self.values.is_empty() || self.rows.len() > 1
    }
}

/// Whether several values are sent as lines of one box.
pub(super) const fn is_lines(field: &model::Field) -> bool {
    field.many && !matches!(field.field_type, FieldType::Choice(_) | FieldType::Table(_))
}

pub(super) fn lines(text: &str) -> Vec<String> {
    text.lines()
        .map(str::trim)
        .filter(|l| !l.is_empty())
        .map(str::to_owned)
        .collect()
}

const fn control_of(field: &model::Field, has_list: bool) -> Control {
    match (&field.field_type, field.many) {
        (FieldType::Choice(_), true) => Control::ValgFlere,
        (FieldType::Choice(_), false) => Control::Valg,
        (FieldType::Flag, _) => Control::JaNej,
        (FieldType::Reference(_), true) => Control::HenvisningFlere,
        (FieldType::Reference(_), false) if has_list => Control::Valg,
        (FieldType::Reference(_), false) => Control::Henvisning,
        (FieldType::Table(_), _) => Control::Tabel,
        (_, true) => Control::Liste,
        (FieldType::LongText, _) => Control::Langtekst,
        (FieldType::Integer, _) => Control::Heltal,
        (FieldType::Decimal, _) => Control::Decimal,
        (FieldType::Date, _) => Control::Dato,
        (FieldType::Phone, _) => Control::Telefon,
        (FieldType::Mail, _) => Control::Mail,
        _ => Control::Tekst,
    }
}

/// Whether everybody may see a record once it is read through.
pub(super) fn is_for_everybody(record: &Record) -> bool {
    record.visibility == Visibility::Public
}
