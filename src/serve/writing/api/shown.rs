//! Records and problems as programs read them.

use serde::Serialize;
use serde_json::{Map, Value as Json_};

use super::super::Room;
use crate::{
    diag::Diagnostic,
    model::{Record, Value},
    site::view::Seen,
};

#[derive(Serialize)]
pub(super) struct Shown {
    id: String,
    kind: String,
    url: String,
    title: String,
    hash: String,
    fields: Map<String, Json_>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<String>,
}

pub(super) fn shown(room: &Room, seen: Seen<'_>, with_body: bool) -> Shown {
    let record = seen.record;
    Shown {
        id: record.reference.id.to_string(),
        kind: record.reference.kind.to_string(),
        url: room.address(&record.reference),
        title: record.title.clone(),
        hash: record.hash.to_string(),
        fields: fields(record),
        body: with_body.then(|| record.document.markdown().to_owned()),
    }
}

fn fields(record: &Record) -> Map<String, Json_> {
    let entries = record
        .entries
        .iter()
        .filter(|entry| !entry.values.is_empty());
    entries
        .map(|entry| {
            let many = record.kind.field(&entry.key).is_some_and(|f| f.many);
            let mut values: Vec<Json_> = entry.values.iter().map(|v| json_of(&v.value)).collect();
            let value = if many || values.len() != 1 {
                Json_::Array(values)
            } else {
                values.remove(0)
            };
            (entry.key.to_string(), value)
        })
        .collect()
}

fn json_of(value: &Value) -> Json_ {
    match value {
        Value::Integer(n) => (*n).into(),
        Value::Decimal(n) => (*n).into(),
        Value::Flag(yes) => (*yes).into(),
        Value::Row(row) => Json_::Object(
            row.cells
                .iter()
                .map(|cell| {
                    let mut values: Vec<Json_> =
                        cell.values.iter().map(|v| json_of(&v.value)).collect();
                    let value = if values.len() == 1 {
                        values.remove(0)
                    } else {
                        Json_::Array(values)
                    };
                    (cell.key.to_string(), value)
                })
                .collect(),
        ),
        other => other.to_plain().into(),
    }
}

#[derive(Serialize)]
pub(super) struct Line {
    code: &'static str,
    severity: &'static str,
    path: String,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
}

pub(super) fn line(room: &Room, problem: &Diagnostic) -> Line {
    Line {
        code: problem.code.as_str(),
        severity: problem.severity.as_str(),
        path: problem.shown_path(),
        message: problem.headline(room.snapshot.texts().lang()),
        field: problem.field.clone(),
    }
}
