//! The pieces that pages are made of, as templates see them: cards, facts, groups.

mod shapes;

use super::{Links, Texts};
use crate::{
    diag::{Diagnostic, LineIndex},
    model::{Field, FieldType, Record, Review, Value, Visibility},
    site::{SiteView, route::Route, view::Seen},
    text::{Lang, danish, fold::slug},
};

pub use shapes::{
    Card, CardFact, CardGroup, Column, Count, Fact, KindName, Named, Problem, Shown, State,
    TableGroup, TableRow, TableView,
};

/// Makes a card.
#[must_use]
pub fn card(links: &Links<'_>, texts: &Texts, seen: Seen<'_>) -> Card {
    let (view, record) = (links.view(), seen.record);
    let team = view.team(seen).map(|team| Named {
        title: team.record.title.clone(),
        url: Some(links.to_record(&team.record.reference)),
    });
    let shown_apart = |field: &&Field| {
        let is_state = state_field(record).is_some_and(|s| s.key == field.key);
        !is_state && &*field.key != "team" && !matches!(field.field_type, FieldType::Date)
    };
    let facts = record
        .kind
        .card_fields()
        .filter(shown_apart)
        .filter_map(|field| {
            let values = values(links, texts, seen, field);
            let text = values
                .iter()
                .map(|v| v.text.as_str())
                .collect::<Vec<_>>()
                .join(", ");
            (!text.is_empty()).then(|| CardFact {
                label: field.label.clone(),
                text,
            })
        });
    let project = links.surface() == crate::site::route::Surface::Live
        && *view.audience() != crate::model::Audience::Public;
    Card {
        url: links.to_record(&record.reference),
        title: record.title.clone(),
        lead: view.lead(seen),
        kind: KindName {
            key: record.reference.kind.to_string(),
            label: record.kind.name_one.clone(),
        },
        example: record.example,
        state: state(record),
        facts: facts.collect(),
        team,
        date_text: date_text(record, texts.lang()),
        tags: tags(links, record),
        unfinished: project
            && record.visibility == Visibility::Public
            && record.review != Review::Approved,
        visibility_text: (project && record.visibility == Visibility::Team)
            .then(|| texts.get("visibility_team").to_owned()),
        spread_text: None,
        when_text: None,
        waiting_text: None,
    }
}

/// The tags of a record.
#[must_use]
pub fn tags(links: &Links<'_>, record: &Record) -> Vec<Named> {
    let tag = |title: String| Named {
        url: Some(links.to(&Route::Tag(slug(&title)))),
        title,
    };
    record
        .values("emneord")
        .iter()
        .map(|v| tag(v.value.to_plain()))
        .collect()
}

/// The field whose choice says how a record stands: the first one with a sign, of those that the
/// kind shows on its card.
fn state_field(record: &Record) -> Option<&Field> {
    record
        .kind
        .card_fields()
        .find(|field| match &field.field_type {
            FieldType::Choice(choices) => {
                choices.iter().any(|c| c.sign.is_some()) && record.value(&field.key).is_some()
            }
            _ => false,
        })
}

/// How a record stands.
#[must_use]
pub fn state(record: &Record) -> Option<State> {
    let field = state_field(record)?;
    let Value::Choice(key) = record.value(&field.key)? else {
        return None;
    };
    let choice = field.choice(key)?;
    Some(State {
        word: choice.label.clone(),
        sign: choice.sign.clone(),
        tone: tone(key),
    })
}

/// A tone for the values that the shipped vocabularies use; any other is neutral.
fn tone(key: &str) -> &'static str {
    match key {
        "det-virkede" | "spred" | "fortsæt" | "bedre" | "virker" | "nået" | "på-plads" => "good",
        "både-og" | "justér" | "delvist" | "delvis" => "mixed",
        "det-virkede-ikke" | "stop" | "dårligere" | "virker-ikke" => "stop",
        "vi-nåede-det-ikke" | "åben" | "ny" | "i-gang" => "open",
        _ => "neutral",
    }
}

/// The days of a record in words: a span, a day, or since when.
#[must_use]
pub fn date_text(record: &Record, lang: Lang) -> Option<String> {
    let of = |from: &str, to: &str| match (record.date(from), record.date(to)) {
        (Some(from), Some(to)) if from == to => Some(danish::date_long(from, lang)),
        (Some(from), Some(to)) => Some(danish::date_span(from, to, lang)),
        (Some(from), None) => Some(danish::date_long(from, lang)),
        _ => None,
    };
    of("fra", "til")
        .or_else(|| of("planlagt_fra", "planlagt_til"))
        .or_else(|| of("dato", "dato"))
}

/// Fields that are counted for the whole project and shown for no single report: how long the
/// writing took.
pub const NEVER_SHOWN: [&str; 1] = ["skrivetid"];

/// The values of a field as they are shown. What a reference leads to is shown only where the
/// audience may see it.
#[must_use]
pub fn values(links: &Links<'_>, texts: &Texts, seen: Seen<'_>, field: &Field) -> Vec<Shown> {
    if NEVER_SHOWN.contains(&&*field.key) {
        return Vec::new();
    }
    if let FieldType::Reference(_) = field.field_type {
        let targets = links
            .view()
            .references(seen.index)
            .filter(|(key, _)| **key == *field.key);
        return targets
            .map(|(_, to)| Shown {
                text: to.record.title.clone(),
                url: Some(links.to_record(&to.record.reference)),
                sign: None,
            })
            .collect();
    }
    let shown = |value: &Value| match value {
        Value::Text(text) if is_written_reference(text) => links
            .view()
            .references(seen.index)
            .find(|(key, to)| **key == *field.key && text.contains(to.record.reference.id.as_str()))
            .map(|(_, to)| Shown {
                text: to.record.title.clone(),
                url: Some(links.to_record(&to.record.reference)),
                sign: None,
            }),
        value => Some(show(value, field, texts)),
    };
    seen.record
        .values(&field.key)
        .iter()
        .filter_map(|placed| shown(&placed.value))
        .collect()
}

/// In a text that may also be a reference, a reference is `[[id]]`.
fn is_written_reference(text: &str) -> bool {
    text.starts_with("[[") && text.ends_with("]]")
}

/// A value that is no reference.
#[must_use]
pub fn show(value: &Value, field: &Field, texts: &Texts) -> Shown {
    let plain = |text: String| Shown {
        text,
        url: None,
        sign: None,
    };
    let counted = |text: String| match &field.unit {
        Some(unit) => plain(format!("{text} {unit}")),
        None => plain(text),
    };
    match value {
        Value::Choice(key) => match field.choice(key) {
            Some(choice) => Shown {
                text: choice.label.clone(),
                url: None,
                sign: choice.sign.clone(),
            },
            None => plain(key.to_string()),
        },
        Value::Date(date) => plain(danish::date_long(*date, texts.lang())),
        Value::Flag(yes) => plain(texts.get(if *yes { "yes" } else { "no" }).to_owned()),
        Value::Decimal(number) => counted(danish::decimal(*number, texts.lang())),
        Value::Interval(low, high) if low != high => counted(format!("{low}–{high}")),
        Value::Interval(..) | Value::Integer(_) => counted(value.to_plain()),
        Value::Text(text) if text.starts_with("https://") || text.starts_with("http://") => Shown {
            text: text.clone(),
            url: Some(text.clone()),
            sign: None,
        },
        Value::Text(text) if matches!(field.field_type, FieldType::Phone) => {
            let digits: String = text
                .chars()
                .filter(|c| c.is_ascii_digit() || *c == '+')
                .collect();
            Shown {
                text: text.clone(),
                url: Some(format!("tel:{digits}")),
                sign: None,
            }
        }
        Value::Text(text) if matches!(field.field_type, FieldType::Mail) => Shown {
            text: text.clone(),
            url: Some(format!("mailto:{text}")),
            sign: None,
        },
        other => plain(other.to_plain()),
    }
}

/// A field that stands on its record's page, or nothing when it is empty or stands elsewhere.
#[must_use]
pub fn fact(links: &Links<'_>, texts: &Texts, seen: Seen<'_>, field: &Field) -> Option<Fact> {
    let placed = seen.record.values(&field.key);
    let mut fact = Fact {
        key: field.key.to_string(),
        label: field.label.clone(),
        help: field.help.clone(),
        kind: "text",
        values: Vec::new(),
        html: None,
        table: None,
    };
    match &field.field_type {
        FieldType::Table(columns) => {
            fact.kind = "table";
            fact.table = table(links, texts, seen, field, columns);
            fact.table.as_ref()?;
        }
        FieldType::LongText => {
            fact.kind = "long";
            let text = placed.first()?.value.to_plain();
            if is_written_reference(&text) {
                fact.kind = "refs";
                fact.values = values(links, texts, seen, field);
            } else {
                fact.html = Some(paragraphs(&text));
            }
        }
        FieldType::Reference(_) => {
            fact.kind = "refs";
            fact.values = values(links, texts, seen, field);
        }
        _ => fact.values = values(links, texts, seen, field),
    }
    (fact.html.is_some() || fact.table.is_some() || !fact.values.is_empty()).then_some(fact)
}

/// A long text of a field: its paragraphs, nothing more.
fn paragraphs(text: &str) -> String {
    let blocks = text.split("\n\n").map(str::trim).filter(|b| !b.is_empty());
    blocks
        .map(|block| format!("<p>{}</p>", super::body::escaped(block)))
        .collect()
}

fn table(
    links: &Links<'_>,
    texts: &Texts,
    seen: Seen<'_>,
    field: &Field,
    columns: &[Field],
) -> Option<TableView> {
    let filled = |column: &&Field| {
        seen.record
            .values(&field.key)
            .iter()
            .any(|v| matches!(&v.value, Value::Row(row) if !row.cell(&column.key).is_empty()))
    };
    let columns: Vec<&Field> = columns.iter().filter(filled).collect();
    let mut rows = Vec::new();
    for placed in seen.record.values(&field.key) {
        let Value::Row(row) = &placed.value else {
            continue;
        };
        let cell = |column: &&Field| {
            let values = row.cell(&column.key);
            if let FieldType::Reference(_) = column.field_type {
                // A row's reference is shown by its title, and only to those who may see it.
                let wanted = |id: &str| {
                    values
                        .iter()
                        .any(|v| v.value.to_plain().rsplit('/').next() == Some(id))
                };
                let target = links.view().references(seen.index).find(|(key, to)| {
                    **key == *field.key && wanted(to.record.reference.id.as_str())
                });
                return target.map_or(
                    Shown {
                        text: String::new(),
                        url: None,
                        sign: None,
                    },
                    |(_, to)| Shown {
                        text: to.record.title.clone(),
                        url: Some(links.to_record(&to.record.reference)),
                        sign: None,
                    },
                );
            }
            let parts: Vec<String> = values
                .iter()
                .map(|v| show(&v.value, column, texts).text)
                .collect();
            Shown {
                text: parts.join(", "),
                url: None,
                sign: None,
            }
        };
        rows.push(TableRow {
            url: None,
            title: String::new(),
            example: false,
            cells: columns.iter().map(cell).collect(),
        });
    }
    if rows.is_empty() || columns.is_empty() {
        return None;
    }
    Some(TableView {
        id: format!("felt-{}", slug(&field.key)),
        kind: "tabel",
        heading: Some(field.label.clone()),
        total: rows.len(),
        groups: vec![TableGroup {
            rows,
            ..TableGroup::default()
        }],
        columns: columns
            .iter()
            .map(|c| Column {
                key: c.key.to_string(),
                label: c.label.clone(),
            })
            .collect(),
        sentence: String::new(),
        empty_text: String::new(),
        more: None,
    })
}

/// A diagnostic as a page shows it.
#[must_use]
pub fn problem(
    links: &Links<'_>,
    texts: &Texts,
    diagnostic: &Diagnostic,
    view: &SiteView,
) -> Problem {
    let lang = texts.lang();
    let text = view.text_of(&diagnostic.path);
    let line = diagnostic
        .span
        .zip(text)
        .map(|(span, text)| LineIndex::new(text).position(span.start));
    Problem {
        severity: diagnostic.severity.as_str(),
        severity_text: diagnostic.severity.word(lang),
        code: diagnostic.code.as_str(),
        headline: diagnostic.headline(lang),
        place: line.map(|p| texts.fill("line_n", &[("n", &p.line.to_string())])),
        path: diagnostic.shown_path(),
        fix: diagnostic.fix(lang),
        until: diagnostic.until(lang),
        snippet_text: line
            .zip(text)
            .and_then(|(p, text)| LineIndex::new(text).line(p.line).map(str::to_owned)),
        url: page_of(links, view, &diagnostic.path),
    }
}

/// The page of a file's record.
#[must_use]
pub fn page_of(links: &Links<'_>, view: &SiteView, path: &str) -> Option<String> {
    let seen = view.record_of_file(path).map(|s| &s.record.reference);
    let broken = view
        .broken()
        .iter()
        .find(|b| b.path.as_str() == path)
        .map(|b| &b.reference);
    seen.or(broken).map(|reference| links.to_record(reference))
}
