//! A `visning` block to HTML: the answer as cards, as a table, or as one number.

use std::sync::Arc;

use super::{
    Links, Renderer, TemplateError, Texts,
    pieces::{self, Column, Shown, TableGroup, TableRow, TableView},
};
use crate::{
    model::{Field, Question, Record, Show},
    site::{
        answer::{Answer, answer},
        view::Seen,
    },
    text::danish,
};

/// The HTML of an answer.
pub fn html(
    renderer: &Renderer,
    links: &Links<'_>,
    question: &Question,
    page: &Record,
    id: &str,
) -> Result<String, TemplateError> {
    #[derive(serde::Serialize)]
    struct Arguments {
        view: TableView,
    }
    let view = view(links, renderer.texts(), question, page, id);
    renderer.templates.component("visning", &Arguments { view })
}

fn view(
    links: &Links<'_>,
    texts: &Texts,
    question: &Question,
    page: &Record,
    id: &str,
) -> TableView {
    let answer = answer(links.view(), question, Some(page));
    let columns = match question.show {
        Show::Table => columns(texts, question, &answer),
        Show::List | Show::Count => Vec::new(),
    };
    let shown: usize = answer.groups.iter().map(|g| g.records.len()).sum();
    let groups = answer.groups.iter().map(|group| {
        let mut made = TableGroup {
            title: group.title.clone(),
            ..TableGroup::default()
        };
        match question.show {
            Show::List => {
                made.cards = group
                    .records
                    .iter()
                    .map(|&seen| pieces::card(links, texts, seen))
                    .collect();
            }
            Show::Table => {
                made.rows = group
                    .records
                    .iter()
                    .map(|&seen| row(links, texts, seen, &columns))
                    .collect();
            }
            Show::Count => {}
        }
        made
    });
    TableView {
        id: id.to_owned(),
        kind: match question.show {
            Show::List => "liste",
            Show::Table => "tabel",
            Show::Count => "antal",
        },
        heading: question.heading.clone(),
        total: answer.total,
        groups: groups.collect(),
        columns: columns
            .iter()
            .map(|(key, label)| Column {
                key: key.to_string(),
                label: label.clone(),
            })
            .collect(),
        sentence: sentence(links, texts, question, answer.total),
        empty_text: texts.get("view_empty").to_owned(),
        more: (answer.total > shown).then(|| texts.count("view_more", answer.total - shown, &[])),
    }
}

/// "14 prøvehandlinger", "3 prøvehandlinger og 1 idé" is said of one kind or of posts.
fn sentence(links: &Links<'_>, texts: &Texts, question: &Question, total: usize) -> String {
    let kinds = &links.view().definitions().kinds;
    match question.kinds.as_slice() {
        [one] => kinds.by_key(one).map_or_else(String::new, |kind| {
            let word = if total == 1 {
                &kind.name_one
            } else {
                &kind.name_many
            };
            format!("{total} {}", danish_lower(word))
        }),
        _ => texts.count("records", total, &[]),
    }
}

/// A kind's name inside a sentence begins with a small letter.
pub fn danish_lower(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}

/// The columns: the title, then those that were asked for or that the kind chose, if any record
/// has them.
fn columns(texts: &Texts, question: &Question, answer: &Answer<'_>) -> Vec<(Arc<str>, String)> {
    let records = || {
        answer
            .groups
            .iter()
            .flat_map(|g| &g.records)
            .map(|seen| seen.record)
    };
    let title: (Arc<str>, String) = ("titel".into(), texts.get("column_title").to_owned());
    let keys: Vec<Arc<str>> = if question.fields.is_empty() {
        let mut keys: Vec<Arc<str>> = Vec::new();
        for key in records().flat_map(|r| &r.kind.card) {
            if !keys.contains(key) {
                keys.push(Arc::clone(key));
            }
        }
        keys
    } else {
        question.fields.clone()
    };
    let asked = !question.fields.is_empty();
    let label = |key: &str| {
        records()
            .find_map(|r| r.kind.field(key))
            .map(|f: &Field| f.label.clone())
    };
    let rest = keys
        .into_iter()
        .filter(|key| &**key != "titel" && question.group.as_deref() != Some(&**key))
        .filter_map(|key| {
            let used = asked || records().any(|r| !r.values(&key).is_empty());
            let label = label(&key)?;
            used.then_some((key, label))
        });
    std::iter::once(title).chain(rest).collect()
}

fn row(
    links: &Links<'_>,
    texts: &Texts,
    seen: Seen<'_>,
    columns: &[(Arc<str>, String)],
) -> TableRow {
    let record = seen.record;
    let url = links.to_record(&record.reference);
    let cell = |(key, _): &(Arc<str>, String)| {
        if &**key == "titel" {
            return Shown {
                text: record.title.clone(),
                url: Some(url.clone()),
                sign: None,
            };
        }
        let Some(field) = record.kind.field(key) else {
            return Shown {
                text: String::new(),
                url: None,
                sign: None,
            };
        };
        let mut values = pieces::values(links, texts, seen, field);
        if values.len() == 1 {
            return values.remove(0);
        }
        let words: Vec<&str> = values.iter().map(|v| v.text.as_str()).collect();
        Shown {
            text: danish::list_words(&words, texts.lang()),
            url: None,
            sign: None,
        }
    };
    let cells = columns.iter().map(cell).collect();
    TableRow {
        url: Some(url.clone()),
        title: record.title.clone(),
        example: record.example,
        cells,
    }
}
