//! The API: JSON for programs.

use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Serialize;

use super::{Shared, page::Choices};
use crate::{
    engine::Snapshot,
    model::{KindKey, RecordId, RecordRef},
    search::{Answer, Query},
    site::{Route, route::Surface},
};

/// Answers when nothing is asked for.
const DEFAULT_LIMIT: usize = 20;
/// No answer is longer.
const MOST: usize = 200;

#[derive(Serialize)]
struct Found {
    total: usize,
    hits: Vec<Hit>,
    kinds: Vec<KindCount>,
    suggestions: Vec<String>,
}

#[derive(Serialize)]
struct Hit {
    id: String,
    kind: String,
    url: String,
    title: String,
    snippet: String,
    score: f32,
    example: bool,
}

#[derive(Serialize)]
struct KindCount {
    kind: String,
    count: usize,
}

#[derive(Serialize)]
struct Failure {
    code: &'static str,
    message: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'static str>,
}

/// `GET /api/search?q=&kind=&limit=&offset=`
pub async fn search(State(shared): State<Shared>, choices: Choices) -> Response {
    if shared.engine.options().surface == Surface::Published {
        return StatusCode::NOT_FOUND.into_response();
    }
    let Ok(axum::extract::Query(choices)) = choices else {
        return failure(
            StatusCode::BAD_REQUEST,
            "bad_query",
            "the query cannot be read",
            None,
        );
    };
    let choice = |name: &str| {
        choices
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, v)| v.as_str())
    };
    let number = |name: &'static str, default: usize| match choice(name).filter(|v| !v.is_empty()) {
        Some(value) => value.parse::<usize>().map_err(|_| name),
        None => Ok(default),
    };
    let (limit, offset) = match (number("limit", DEFAULT_LIMIT), number("offset", 0)) {
        (Ok(limit), Ok(offset)) => (limit.min(MOST), offset),
        (Err(field), _) | (_, Err(field)) => {
            return failure(
                StatusCode::BAD_REQUEST,
                "bad_number",
                "not a whole number",
                Some(field),
            );
        }
    };
    let snapshot = shared.engine.snapshot();
    let kind = match choice("kind").filter(|k| !k.is_empty()) {
        Some(word) => match snapshot.view().definitions().kinds.by_word(word) {
            Some(kind) => Some(kind.key.to_string()),
            None => {
                return failure(
                    StatusCode::BAD_REQUEST,
                    "unknown_kind",
                    "there is no such kind",
                    Some("kind"),
                );
            }
        },
        None => None,
    };
    let query = Query {
        text: choice("q").unwrap_or_default().to_owned(),
        kind,
        limit,
        offset,
    };
    let answered = {
        let snapshot = snapshot.clone();
        tokio::task::spawn_blocking(move || snapshot.search(&query)).await
    };
    let answer = match answered {
        Ok(Ok(answer)) => answer,
        Ok(Err(error)) => {
            tracing::error!(
                error = &error as &dyn std::error::Error,
                "the search failed"
            );
            return failure(
                StatusCode::INTERNAL_SERVER_ERROR,
                "internal",
                "the search failed",
                None,
            );
        }
        Err(_) => {
            return failure(
                StatusCode::INTERNAL_SERVER_ERROR,
                "internal",
                "the search broke off",
                None,
            );
        }
    };
    Json(found(&snapshot, answer)).into_response()
}

/// The answer as programs read it.
fn found(snapshot: &Snapshot, answer: Answer) -> Found {
    let view = snapshot.view();
    let hits = answer.hits.into_iter().filter_map(|hit| {
        let (kind, id) = hit.key.split_once('/')?;
        let seen = view.get(&RecordRef {
            kind: KindKey::new(kind),
            id: RecordId::new(id),
        })?;
        Some(Hit {
            id: id.to_owned(),
            kind: kind.to_owned(),
            url: format!(
                "/{}",
                view.address(&Route::Record(seen.record.reference.clone()))
            ),
            title: seen.record.title.clone(),
            snippet: hit
                .snippet
                .iter()
                .map(|(words, _)| words.as_str())
                .collect(),
            score: hit.score,
            example: seen.record.example,
        })
    });
    Found {
        total: answer.total,
        hits: hits.collect(),
        kinds: answer
            .kinds
            .into_iter()
            .map(|(kind, count)| KindCount { kind, count })
            .collect(),
        suggestions: answer.suggestions,
    }
}

fn failure(
    status: StatusCode,
    code: &'static str,
    message: &'static str,
    field: Option<&'static str>,
) -> Response {
    (
        status,
        Json(Failure {
            code,
            message,
            field,
        }),
    )
        .into_response()
}
