//! The API: JSON for programs.

use std::sync::Arc;

use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Serialize;

use super::{Shared, page::Choices, who::Who};
use crate::{
    engine::Snapshot,
    model::{Actor, KindKey, RecordRef},
    search::{Answer, Query, SearchError, Similar},
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
pub async fn search(State(shared): State<Shared>, Who(actor): Who, choices: Choices) -> Response {
    let asked = match Asked::of(&shared, choices) {
        Ok(asked) => asked,
        Err(refused) => return refused,
    };
    let (limit, offset) = match (
        asked.number("limit", DEFAULT_LIMIT),
        asked.number("offset", 0),
    ) {
        (Ok(limit), Ok(offset)) => (limit.min(MOST), offset),
        (Err(refused), _) | (_, Err(refused)) => return refused,
    };
    let snapshot = match snapshot_of(&shared, &actor) {
        Ok(snapshot) => snapshot,
        Err(failed) => return failed,
    };
    let kind = match asked.text("kind") {
        Some(word) => match snapshot.view().definitions().kinds.by_word(word) {
            Some(kind) => Some(kind.key.to_string()),
            None => return wrong("unknown_kind", "there is no such kind", Some("kind")),
        },
        None => None,
    };
    let query = Query {
        text: asked.text("q").unwrap_or_default().to_owned(),
        kind,
        limit,
        offset,
    };
    let answered = {
        let snapshot = snapshot.clone();
        tokio::task::spawn_blocking(move || snapshot.search(&query)).await
    };
    match answer(answered) {
        Ok(answer) => Json(found(&snapshot, answer)).into_response(),
        Err(failed) => failed,
    }
}

/// `GET /api/similar?text=&limit=`: records like a text that somebody has begun to write.
pub async fn similar(State(shared): State<Shared>, Who(actor): Who, choices: Choices) -> Response {
    let asked = match Asked::of(&shared, choices) {
        Ok(asked) => asked,
        Err(refused) => return refused,
    };
    let limit = match asked.number("limit", DEFAULT_SIMILAR) {
        Ok(limit) => limit.min(MOST),
        Err(refused) => return refused,
    };
    let text = asked.text("text").unwrap_or_default().to_owned();
    let snapshot = match snapshot_of(&shared, &actor) {
        Ok(snapshot) => snapshot,
        Err(failed) => return failed,
    };
    let answered = {
        let snapshot = snapshot.clone();
        tokio::task::spawn_blocking(move || snapshot.similar_to_text(&text, limit)).await
    };
    let similar = match answer(answered) {
        Ok(similar) => similar,
        Err(failed) => return failed,
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

/// The site as whoever asks may see it.
#[expect(clippy::result_large_err, reason = "the answer goes out at once")]
fn snapshot_of(shared: &Shared, actor: &Actor) -> Result<Arc<Snapshot>, Response> {
    let audience = actor.audience(&shared.engine.options().audience);
    shared.engine.snapshot_for(&audience).map_err(|error| {
        tracing::error!(
            error = &error as &dyn std::error::Error,
            "the site could not be looked at"
        );
        failure(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "the search failed",
            None,
        )
    })
}

/// The choices of a request.
struct Asked(Vec<(String, String)>);

impl Asked {
    /// Reads them; a published site has no API.
    #[expect(clippy::result_large_err, reason = "the answer goes out at once")]
    fn of(shared: &Shared, choices: Choices) -> Result<Self, Response> {
        if shared.engine.options().surface == Surface::Published {
            return Err(StatusCode::NOT_FOUND.into_response());
        }
        match choices {
            Ok(axum::extract::Query(choices)) => Ok(Self(choices)),
            Err(_) => Err(wrong("bad_query", "the query cannot be read", None)),
        }
    }

    /// A choice that says something.
    fn text(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| known == name);
        found
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }

    #[expect(clippy::result_large_err, reason = "the answer goes out at once")]
    fn number(&self, name: &'static str, default: usize) -> Result<usize, Response> {
        match self.text(name).map(str::parse) {
            None => Ok(default),
            Some(Ok(number)) => Ok(number),
            Some(Err(_)) => Err(wrong("bad_number", "not a whole number", Some(name))),
        }
    }
}

/// What the search said, or the answer to one whose search failed; the log has the reason.
#[expect(clippy::result_large_err, reason = "the answer goes out at once")]
fn answer<T>(
    answered: Result<Result<T, SearchError>, tokio::task::JoinError>,
) -> Result<T, Response> {
    match answered {
        Ok(Ok(answer)) => return Ok(answer),
        Ok(Err(error)) => tracing::error!(
            error = &error as &dyn std::error::Error,
            "the search failed"
        ),
        Err(error) => tracing::error!(
            error = &error as &dyn std::error::Error,
            "the search broke off"
        ),
    }
    Err(failure(
        StatusCode::INTERNAL_SERVER_ERROR,
        "internal",
        "the search failed",
        None,
    ))
}

fn similar_record(snapshot: &Snapshot, similar: &Similar) -> Option<SimilarRecord> {
    let view = snapshot.view();
    let reference = RecordRef::of_key(&similar.key)?;
    let seen = view.get(&reference)?;
    Some(SimilarRecord {
        id: reference.id.to_string(),
        kind: reference.kind.to_string(),
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
        let reference = RecordRef::of_key(&hit.key)?;
        let seen = view.get(&reference)?;
        Some(Hit {
            id: reference.id.to_string(),
            kind: reference.kind.to_string(),
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
            team: view.team(seen).map(|team| team.record.title.clone()),
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

/// An answer to what cannot be understood.
fn wrong(code: &'static str, message: &'static str, field: Option<&'static str>) -> Response {
    failure(StatusCode::BAD_REQUEST, code, message, field)
}

pub(super) fn failure(
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
