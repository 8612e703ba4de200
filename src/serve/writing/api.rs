//! Records for programs: read, write, delete, list, attach. The same door and the same rules as the forms.

mod failed;
mod outcome;
mod sent;
mod shown;

use axum::{
    Json, Router,
    body::Bytes,
    extract::{DefaultBodyLimit, Multipart, Path, Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use serde_json::{Map, Value as Json_};

use self::{
    failed::{Failed, answered},
    outcome::{header_of, if_match, tag, tagged},
    sent::Sent,
    shown::{Line, Shown, line, shown},
};
use super::{Closed, LARGEST_FORM, Room, photo};
use crate::{
    engine::picture,
    model::{AttachmentKind, Kind, KindKey, RecordId, RecordRef},
    serve::{Shared, who::Who},
    site::{tidy::List, view::Seen},
    text::fold::match_key,
    writing::Outcome,
};

/// Records in one list when nothing is asked for, and at most.
const DEFAULT_LIMIT: usize = 20;
const MOST: usize = 200;

pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/api/records", get(list))
        .route("/api/records/{kind}", axum::routing::post(create))
        .route("/api/records/{kind}/{id}", get(one).put(put).delete(delete))
        .route("/api/check", get(check))
        .route("/api/staleness", get(staleness))
        .layer(DefaultBodyLimit::max(LARGEST_FORM))
        .route(
            "/api/files/{kind}/{id}",
            axum::routing::post(attach).layer(DefaultBodyLimit::max(photo::LARGEST)),
        )
}

/// `GET /api/records?kind=&FIELD=&limit=&offset=`
async fn list(
    State(shared): State<Shared>,
    Who(actor): Who,
    Query(choices): Query<Vec<(String, String)>>,
) -> Response {
    answered(move || {
        let room = Room::open(shared, actor)?;
        let view = room.snapshot.view();
        let (mut limit, mut offset, mut kind) = (DEFAULT_LIMIT, 0, None);
        let mut wanted: Vec<(String, String)> = Vec::new();
        for (name, value) in choices {
            let number = |name: &str| {
                value.parse::<usize>().map_err(|_| Failed {
                    field: Some(name.to_owned()),
                    ..Failed::new(StatusCode::BAD_REQUEST, "bad_number", "not a whole number")
                })
            };
            match name.as_str() {
                "limit" => limit = number("limit")?.min(MOST),
                "offset" => offset = number("offset")?,
                "kind" => kind = Some(kind_of(&room, &value)?),
                _ => wanted.push((name, match_key(&value))),
            }
        }
        let kind: Option<std::sync::Arc<Kind>> = kind.flatten();
        let unknown = kind.as_ref().and_then(|kind| {
            let mut names = wanted.iter().map(|(name, _)| name);
            names.find(|name| kind.field(name).is_none())
        });
        if let Some(name) = unknown {
            return Err(Failed {
                field: Some(name.clone()),
                ..Failed::new(
                    StatusCode::BAD_REQUEST,
                    "unknown_field",
                    "the kind has no such field",
                )
            });
        }
        let fits = |seen: &Seen<'_>| {
            kind.as_ref()
                .is_none_or(|kind| seen.record.reference.kind == kind.key)
                && wanted.iter().all(|(name, value)| {
                    let key = seen.record.kind.field(name).map(|f| &f.key);
                    key.is_some_and(|key| {
                        seen.record
                            .values(key)
                            .iter()
                            .any(|v| match_key(&v.value.to_plain()) == *value)
                    })
                })
        };
        let all: Vec<Seen<'_>> = view.records().filter(fits).collect();
        let records = all
            .iter()
            .skip(offset)
            .take(limit)
            .map(|seen| shown(&room, *seen, false))
            .collect();
        Ok(Json(Listed {
            total: all.len(),
            records,
        })
        .into_response())
    })
    .await
}

fn kind_of(room: &Room, word: &str) -> Result<Option<std::sync::Arc<Kind>>, Failed> {
    if word.is_empty() {
        return Ok(None);
    }
    let kind = room
        .snapshot
        .view()
        .definitions()
        .kinds
        .by_word(word)
        .cloned();
    kind.map(Some).ok_or_else(|| Failed {
        field: Some("kind".to_owned()),
        ..Failed::new(
            StatusCode::BAD_REQUEST,
            "unknown_kind",
            "there is no such kind",
        )
    })
}

fn seen<'a>(room: &'a Room, kind: &str, id: &str) -> Result<Seen<'a>, Failed> {
    let reference = RecordRef {
        kind: KindKey::new(kind),
        id: RecordId::new(id),
    };
    room.snapshot
        .view()
        .get(&reference)
        .ok_or_else(Failed::missing)
}

/// `GET /api/records/{kind}/{id}`: JSON, or the file itself when `text/markdown` is asked for.
async fn one(
    State(shared): State<Shared>,
    Who(actor): Who,
    Path((kind, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    answered(move || {
        let room = Room::open(shared, actor)?;
        let seen = seen(&room, &kind, &id)?;
        let tag = tag(&seen.record.hash);
        let wants_file = headers
            .get(header::ACCEPT)
            .and_then(|v| v.to_str().ok())
            .is_some_and(|v| v.contains("text/markdown") || v.contains("text/plain"));
        let response = if wants_file {
            if *room.snapshot.view().audience() == crate::model::Audience::Public {
                return Err(Closed::NotAllowed.into());
            }
            let text = seen.record.document.text.to_string();
            (
                [(header::CONTENT_TYPE, "text/markdown; charset=utf-8")],
                text,
            )
                .into_response()
        } else {
            Json(shown(&room, seen, true)).into_response()
        };
        Ok(tagged(response, &tag))
    })
    .await
}

/// `POST /api/records/{kind}`
async fn create(
    State(shared): State<Shared>,
    Who(actor): Who,
    Path(kind): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    answered(move || {
        let room = Room::for_api_writers(shared, actor)?;
        let kind = kind_of(&room, &kind)?.ok_or_else(Failed::missing)?;
        let sent = Sent::of(&headers, &body)?;
        let text = sent.text(&kind, "---\n---\n")?;
        let path = crate::model::SourcePath::new(&format!("{}/ny.md", kind.folder))
            .map_err(|_| Failed::missing())?;
        let draft = room.draft(&path, &text);
        let title = draft.outcome.as_ref().map_or_else(
            |_| String::new(),
            |record| {
                if record.value("titel").is_some() {
                    record.title.clone()
                } else {
                    String::new()
                }
            },
        );
        let key = header_of(&headers, "idempotency-key");
        let outcome =
            room.writer()
                .create(&room.asked_by_program(key.as_deref()), &kind, &title, &text)?;
        room.api_outcome(outcome, StatusCode::CREATED)
    })
    .await
}

/// `PUT /api/records/{kind}/{id}`
async fn put(
    State(shared): State<Shared>,
    Who(actor): Who,
    Path((kind, id)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    answered(move || {
        let mut room = Room::for_api_writers(shared, actor)?;
        let (path, kind) = {
            let seen = seen(&room, &kind, &id)?;
            (
                seen.record.path.clone(),
                std::sync::Arc::clone(&seen.record.kind),
            )
        };
        room.last_writer = room.last_writer_of(&path)?;
        let base = if_match(&headers)?;
        let sent = Sent::of(&headers, &body)?;
        let text = match &sent {
            Sent::File(text) => text.clone(),
            // Fields are written into the text that the caller read.
            Sent::Fields(_) => {
                let from = room.writer().text_by_hash(&path, &base)?.ok_or_else(|| {
                    Failed::new(
                        StatusCode::PRECONDITION_FAILED,
                        "unknown_version",
                        "the version in If-Match is not known any more",
                    )
                })?;
                sent.text(&kind, &from)?
            }
        };
        let key = header_of(&headers, "idempotency-key");
        let outcome =
            room.writer()
                .change(&room.asked_by_program(key.as_deref()), &path, &base, &text)?;
        room.api_outcome(outcome, StatusCode::OK)
    })
    .await
}

/// `DELETE /api/records/{kind}/{id}`
async fn delete(
    State(shared): State<Shared>,
    Who(actor): Who,
    Path((kind, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    answered(move || {
        let room = Room::for_api_writers(shared, actor)?;
        let path = seen(&room, &kind, &id)?.record.path.clone();
        let base = if_match(&headers)?;
        match room.writer().delete(&room.asked(None), &path, &base)? {
            Outcome::Saved(_) => Ok(StatusCode::NO_CONTENT.into_response()),
            other => room.api_outcome(other, StatusCode::OK),
        }
    })
    .await
}

/// `POST /api/files/{kind}/{id}`: a part named `file`.
async fn attach(
    State(shared): State<Shared>,
    Who(actor): Who,
    Path((kind, id)): Path<(String, String)>,
    mut sent: Multipart,
) -> Response {
    let mut file = None;
    while let Ok(Some(part)) = sent.next_field().await {
        if part.name() == Some("file") {
            let name = part.file_name().unwrap_or("fil").to_owned();
            file = part.bytes().await.ok().map(|bytes| (name, bytes.to_vec()));
        }
    }
    answered(move || {
        let room = Room::for_api_writers(shared, actor)?;
        let seen = seen(&room, &kind, &id)?;
        let Some((name, bytes)) = file.filter(|(_, bytes)| !bytes.is_empty()) else {
            return Err(Failed {
                field: Some("file".to_owned()),
                ..Failed::new(
                    StatusCode::BAD_REQUEST,
                    "missing_file",
                    "the part named file is missing",
                )
            });
        };
        let refused = || {
            Failed::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "not_taken",
                "kaffe does not take such files",
            )
        };
        let probe = crate::model::SourcePath::new(&format!("x/{}", crate::text::fold::slug(&name)))
            .map_err(|_| refused())?;
        let named = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        let probe =
            crate::model::SourcePath::new(&format!("{probe}.{}", crate::text::fold::slug(named)))
                .map_err(|_| refused())?;
        let (inspected, _) = crate::parse::attachment::inspect(&probe, &bytes);
        let (name, bytes) = match inspected.kind {
            AttachmentKind::Photo { .. } => {
                let stem = name
                    .rsplit_once('.')
                    .map_or(name.as_str(), |(stem, _)| stem);
                (
                    format!("{stem}.jpg"),
                    picture::taken(&bytes).map_err(|_| refused())?,
                )
            }
            AttachmentKind::Refused => return Err(refused()),
            _ => (name, bytes),
        };
        let path = room
            .writer()
            .put_file(&room.asked(None), seen.record, &name, bytes)?;
        let path = path.ok_or(Closed::NotAllowed)?;
        let snapshot = room
            .shared
            .engine
            .snapshot_for(room.snapshot.view().audience())?;
        let url = format!(
            "/{}",
            snapshot
                .view()
                .address(&crate::site::Route::File(path.clone()))
        );
        let answer = Attached {
            name: path.file_name().to_owned(),
            url: url.clone(),
        };
        Ok((StatusCode::CREATED, [(header::LOCATION, url)], Json(answer)).into_response())
    })
    .await
}

/// `GET /api/check`: every problem that the caller may know of.
async fn check(State(shared): State<Shared>, Who(actor): Who) -> Response {
    answered(move || {
        let room = Room::open(shared, actor)?;
        let view = room.snapshot.view();
        let problems: Vec<Line> = view
            .problems()
            .iter()
            .filter(|problem| view.may_know_problems_of(&problem.path))
            .map(|problem| line(&room, problem))
            .collect();
        Ok(Json(Problems {
            total: problems.len(),
            problems,
        })
        .into_response())
    })
    .await
}

/// `GET /api/staleness`: what stands on *Oprydning*, list by list.
async fn staleness(State(shared): State<Shared>, Who(actor): Who) -> Response {
    answered(move || {
        let room = Room::open(shared, actor)?;
        let view = room.snapshot.view();
        if *view.audience() == crate::model::Audience::Public {
            return Err(Failed::missing());
        }
        let mut lists = Map::new();
        for list in List::ALL {
            let records: Vec<Json_> = list
                .items(view)
                .into_iter()
                .filter_map(|item| view.get(&item.record))
                .map(|seen| {
                    serde_json::json!({
                        "id": seen.record.reference.id.to_string(),
                        "kind": seen.record.reference.kind.to_string(),
                        "title": seen.record.title,
                    })
                })
                .collect();
            lists.insert(list.key().to_owned(), Json_::Array(records));
        }
        Ok(Json(lists).into_response())
    })
    .await
}

#[derive(serde::Serialize)]
struct Listed {
    total: usize,
    records: Vec<Shown>,
}

#[derive(serde::Serialize)]
struct Attached {
    name: String,
    url: String,
}

#[derive(serde::Serialize)]
struct Problems {
    total: usize,
    problems: Vec<Line>,
}
