//! The description of the API, as programs read it. It is made from one table, and a test asks the router for every
//! line of it.

use axum::{Json, response::IntoResponse};
use serde_json::{Map, Value, json};

/// A thing that can be asked for.
pub struct Operation {
    /// The method, in small letters.
    pub method: &'static str,
    /// The path, with `{name}` for what is filled in.
    pub path: &'static str,
    summary: &'static str,
    /// What may stand behind the path, or in the headers (with a colon in front).
    parameters: &'static [&'static str],
    /// The types of what is sent.
    sends: &'static [&'static str],
    /// The answers: status and words.
    answers: &'static [(&'static str, &'static str)],
    signed_in: bool,
}

const MISSING: (&str, &str) = ("404", "There is none, for whoever asks.");
const SIGN_IN: (&str, &str) = ("401", "A token or a session is needed.");
const NOT_ALLOWED: (&str, &str) = ("403", "It is not for this person, or a field is not.");
const REFUSED: (&str, &str) = (
    "422",
    "It must not be saved: a CPR-like number, fields that cannot be read, or something that points at a person in a text for everybody.",
);
const CONFLICT: (&str, &str) = (
    "409",
    "Somebody else changed the same place: base, yours, theirs and path. Nothing was written.",
);
const TEXTS: &[&str] = &["text/markdown", "application/json"];

/// Everything that programs can ask for.
pub const OPERATIONS: [Operation; 12] = [
    Operation {
        method: "get",
        path: "/api/search",
        summary: "Search the records that the caller may see.",
        parameters: &["q", "kind", "limit", "offset"],
        sends: &[],
        answers: &[
            ("200", "total, hits, kinds, suggestions"),
            ("400", "A parameter cannot be understood."),
        ],
        signed_in: false,
    },
    Operation {
        method: "get",
        path: "/api/similar",
        summary: "Records like a text that somebody has begun to write.",
        parameters: &["text", "limit"],
        sends: &[],
        answers: &[("200", "total, records")],
        signed_in: false,
    },
    Operation {
        method: "get",
        path: "/api/records",
        summary: "List records: by kind, and by the value of any field of it.",
        parameters: &["kind", "limit", "offset"],
        sends: &[],
        answers: &[
            ("200", "total, records"),
            ("400", "The kind or a field is not known."),
        ],
        signed_in: false,
    },
    Operation {
        method: "post",
        path: "/api/records/{kind}",
        summary: "Make a record. Its id comes from its title.",
        parameters: &[":Idempotency-Key"],
        sends: TEXTS,
        answers: &[
            ("201", "Made; Location says where."),
            SIGN_IN,
            NOT_ALLOWED,
            REFUSED,
        ],
        signed_in: true,
    },
    Operation {
        method: "get",
        path: "/api/records/{kind}/{id}",
        summary: "Read a record: as JSON, or its file when text/markdown is accepted.",
        parameters: &[":Accept"],
        sends: &[],
        answers: &[("200", "The record; ETag is its version."), MISSING],
        signed_in: false,
    },
    Operation {
        method: "put",
        path: "/api/records/{kind}/{id}",
        summary: "Change a record: the whole file, or some fields and the body.",
        parameters: &[":If-Match", ":Idempotency-Key"],
        sends: TEXTS,
        answers: &[
            (
                "200",
                "Saved; X-Kaffe-Merged: 1 when it was merged with what others wrote.",
            ),
            SIGN_IN,
            NOT_ALLOWED,
            MISSING,
            CONFLICT,
            REFUSED,
            ("428", "If-Match is missing."),
        ],
        signed_in: true,
    },
    Operation {
        method: "delete",
        path: "/api/records/{kind}/{id}",
        summary: "Delete a record; it stays in the history.",
        parameters: &[":If-Match"],
        sends: &[],
        answers: &[
            ("204", "Deleted."),
            SIGN_IN,
            NOT_ALLOWED,
            MISSING,
            CONFLICT,
            ("428", "If-Match is missing."),
        ],
        signed_in: true,
    },
    Operation {
        method: "post",
        path: "/api/files/{kind}/{id}",
        summary: "Put a file beside a record, as the part named file. Photos lose everything but their pixels.",
        parameters: &[],
        sends: &["multipart/form-data"],
        answers: &[
            ("201", "name, url"),
            SIGN_IN,
            NOT_ALLOWED,
            MISSING,
            ("415", "Such files are not taken."),
        ],
        signed_in: true,
    },
    Operation {
        method: "get",
        path: "/api/check",
        summary: "Every problem in the content that the caller may know of.",
        parameters: &[],
        sends: &[],
        answers: &[("200", "total, problems")],
        signed_in: false,
    },
    Operation {
        method: "get",
        path: "/api/staleness",
        summary: "What is stale, open or waiting, list by list.",
        parameters: &[],
        sends: &[],
        answers: &[("200", "A list of records under each name."), MISSING],
        signed_in: false,
    },
    Operation {
        method: "get",
        path: "/api/openapi.json",
        summary: "This description.",
        parameters: &[],
        sends: &[],
        answers: &[("200", "OpenAPI 3.1")],
        signed_in: false,
    },
    Operation {
        method: "get",
        path: "/healthz",
        summary: "Whether the server lives.",
        parameters: &[],
        sends: &[],
        answers: &[("200", "status, generation")],
        signed_in: false,
    },
];

/// `GET /api/openapi.json`
pub async fn description() -> impl IntoResponse {
    Json(document())
}

fn document() -> Value {
    let mut paths: Map<String, Value> = Map::new();
    for operation in &OPERATIONS {
        let entry = paths.entry(operation.path).or_insert_with(|| json!({}));
        if let Value::Object(methods) = entry {
            methods.insert(operation.method.to_owned(), described(operation));
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": { "title": "kaffe", "version": env!("CARGO_PKG_VERSION"), "license": { "name": "MIT" } },
        "paths": paths,
        "components": { "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } } },
    })
}

fn described(operation: &Operation) -> Value {
    let in_path = operation
        .path
        .split('/')
        .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    let mut parameters: Vec<Value> = in_path
        .map(|name| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }))
        .collect();
    parameters.extend(operation.parameters.iter().map(|name| match name.strip_prefix(':') {
        Some(header) => json!({ "name": header, "in": "header", "required": header == "If-Match", "schema": { "type": "string" } }),
        None => json!({ "name": name, "in": "query", "schema": { "type": "string" } }),
    }));
    let answers: Map<String, Value> = operation
        .answers
        .iter()
        .map(|(status, words)| ((*status).to_owned(), json!({ "description": words })))
        .collect();
    let mut described =
        json!({ "summary": operation.summary, "parameters": parameters, "responses": answers });
    if let Value::Object(whole) = &mut described {
        if !operation.sends.is_empty() {
            let content: Map<String, Value> = operation
                .sends
                .iter()
                .map(|sort| ((*sort).to_owned(), json!({})))
                .collect();
            whole.insert(
                "requestBody".to_owned(),
                json!({ "required": true, "content": content }),
            );
        }
        if operation.signed_in {
            whole.insert("security".to_owned(), json!([{ "token": [] }]));
        }
    }
    described
}
