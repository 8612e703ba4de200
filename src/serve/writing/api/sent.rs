//! What programs send: a whole file, or fields and a body.

use axum::http::{HeaderMap, StatusCode, header};
use serde::Deserialize;
use serde_json::{Map, Value as Json_};

use super::failed::Failed;
use crate::{
    model::Kind,
    parse::{
        edit::{self, Written},
        front_matter,
    },
};

/// What a program sends: a whole file, or fields and a body.
pub(super) enum Sent {
    File(String),
    Fields(Fields),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fields {
    #[serde(default)]
    fields: Map<String, Json_>,
    body: Option<String>,
}

impl Sent {
    pub fn of(headers: &HeaderMap, body: &[u8]) -> Result<Self, Failed> {
        let bad = |message: String| Failed::new(StatusCode::BAD_REQUEST, "bad_body", message);
        let sort = headers
            .get(header::CONTENT_TYPE)
            .and_then(|v| v.to_str().ok())
            .unwrap_or_default();
        if sort.starts_with("application/json") {
            let fields = serde_json::from_slice(body).map_err(|error| bad(error.to_string()))?;
            return Ok(Self::Fields(fields));
        }
        if sort.starts_with("text/markdown") || sort.starts_with("text/plain") {
            let text =
                std::str::from_utf8(body).map_err(|_| bad("the text is not UTF-8".to_owned()))?;
            return Ok(Self::File(text.to_owned()));
        }
        Err(Failed::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "bad_type",
            "send text/markdown or application/json",
        ))
    }

    pub fn text(&self, kind: &Kind, from: &str) -> Result<String, Failed> {
        let fields = match self {
            Self::File(text) => return Ok(text.clone()),
            Self::Fields(fields) => fields,
        };
        let mut text = from.to_owned();
        for (key, value) in &fields.fields {
            let wrong = |code, message| Failed {
                field: Some(key.clone()),
                ..Failed::new(StatusCode::BAD_REQUEST, code, message)
            };
            let field = kind
                .field(key)
                .ok_or_else(|| wrong("unknown_field", "the kind has no such field"))?;
            let written = written(value, field.many)
                .ok_or_else(|| wrong("bad_value", "the value cannot be written"))?;
            text = edit::set_field(&text, kind, &field.key, &written)?;
        }
        if let Some(body) = &fields.body {
            let start = front_matter::split(&text).map_or(0, |parts| parts.body.start);
            let head = text.get(..start).unwrap_or_default();
            text = format!("{head}{body}");
        }
        Ok(text)
    }
}

fn written(value: &Json_, many: bool) -> Option<Written> {
    let one = |value: &Json_| match value {
        Json_::String(text) => Some(text.clone()),
        Json_::Number(number) => Some(number.to_string()),
        Json_::Bool(yes) => Some(if *yes { "ja" } else { "nej" }.to_owned()),
        _ => None,
    };
    match value {
        Json_::Null => Some(Written::Nothing),
        Json_::Array(items) if items.is_empty() => Some(Written::Nothing),
        Json_::Array(items) if items.iter().all(Json_::is_object) => Some(Written::Rows(
            items.iter().map(row).collect::<Option<Vec<_>>>()?,
        )),
        Json_::Array(items) => Some(Written::Many(
            items.iter().map(one).collect::<Option<Vec<_>>>()?,
        )),
        Json_::Object(_) => Some(Written::Rows(vec![row(value)?])),
        single if many => Some(Written::Many(vec![one(single)?])),
        single => one(single).map(|text| {
            if text.is_empty() {
                Written::Nothing
            } else {
                Written::One(text)
            }
        }),
    }
}

fn row(value: &Json_) -> Option<Vec<(String, Written)>> {
    let Json_::Object(cells) = value else {
        return None;
    };
    cells
        .iter()
        .map(|(key, cell)| Some((key.clone(), written(cell, false)?)))
        .collect()
}
