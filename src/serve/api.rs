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
    search::{Answer, Query, Similar},
    site::{Route, route::Surface},
};

/// Answers when nothing is asked for.
const DEFAULT_LIMIT: usize = 20;
/// The same for similar records.
const DEFAULT_SIMILAR: usize = 5;
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
    kind_label: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    team: Option<String>,
}

#[derive(Serialize)]
struct FoundSimilar {
    total: usize,
    records: Vec<SimilarRecord>,
}

#[derive(Serialize)]
struct SimilarRecord {
    id: String,
    kind: String,
    kind_label: String,
    url: String,
    title: String,
    why: String,
    score: f32,
    example: bool,
}

#[derive(Serialize)]
struct KindCount {
    kind: String,
    label: String,
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

/// `GET /api/similar?text=&limit=`: records like a text that somebody has begun to write.
pub async fn similar(State(shared): State<Shared>, choices: Choices) -> Response {
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
        let mut choices = choices.iter();
        choices.find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    };
    let limit = match choice("limit").filter(|v| !v.is_empty()).map(str::parse) {
        None => DEFAULT_SIMILAR,
        Some(Ok(limit)) => MOST.min(limit),
        Some(Err(_)) => {
            return failure(
                StatusCode::BAD_REQUEST,
                "bad_number",
                "not a whole number",
                Some("limit"),
            );
        }
    };
    let text = choice("text").unwrap_or_default().to_owned();
    let snapshot = shared.engine.snapshot();
    let answered = {
        let snapshot = snapshot.clone();
        tokio::task::spawn_blocking(move || snapshot.similar_to_text(&text, limit)).await
    };
    let Ok(Ok(similar)) = answered else {
        tracing::error!("the search for similar records failed");
        return failure(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "the search failed",
            None,
        );
    };
    let records: Vec<SimilarRecord> = similar
        .iter()
        .filter_map(|one| similar_record(&snapshot, one))
        .collect();
    Json(FoundSimilar {
        total: records.len(),
        records,
    })
    .into_response()
}

fn similar_record(snapshot: &Snapshot, similar: &Similar) -> Option<SimilarRecord> {
    let (kind, id) = similar.key.split_once('/')?;
    let view = snapshot.view();
    let seen = view.get(&RecordRef {
        kind: KindKey::new(kind),
        id: RecordId::new(id),
    })?;
    Some(SimilarRecord {
        id: id.to_owned(),
        kind: kind.to_owned(),
        kind_label: seen.record.kind.name_one.clone(),
        url: format!(
            "/{}",
            view.address(&Route::Record(seen.record.reference.clone()))
        ),
        title: seen.record.title.clone(),
        why: snapshot.why_similar(&similar.shared),
        score: similar.score,
        example: seen.record.example,
    })
}

/// The answer as programs read it.
fn found(snapshot: &Snapshot, answer: Answer) -> Found {
    let view = snapshot.view();
    let kinds = &view.definitions().kinds;
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
            kind_label: seen.record.kind.name_one.clone(),
            team: view
                .references(seen.index)
                .find(|(key, _)| *key == "team")
                .map(|(_, team)| team.record.title.clone()),
        })
    });
    Found {
        total: answer.total,
        hits: hits.collect(),
        kinds: answer
            .kinds
            .into_iter()
            .map(|(kind, count)| KindCount {
                label: kinds
                    .by_key(&KindKey::new(&kind))
                    .map_or_else(|| kind.clone(), |known| known.name_many.clone()),
                kind,
                count,
            })
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
