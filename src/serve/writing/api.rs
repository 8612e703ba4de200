//! Records for programs: read, write, delete, list, attach. The same door and the same rules as the forms.

use axum::{
    Json, Router,
    body::Bytes,
    extract::{DefaultBodyLimit, Multipart, Path, Query, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json_};

use super::{Closed, LARGEST_FORM, Room, photo};
use crate::{
    diag::Diagnostic,
    engine::picture,
    model::{AttachmentKind, Kind, KindKey, Record, RecordId, RecordRef, Value},
    parse::{
        edit::{self, Written},
        sections,
    },
    serve::{Shared, who::Who},
    site::{tidy::List, view::Seen},
    text::fold::match_key,
    writing::{Outcome, Refusal, Saved},
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

/// An answer that is no success, as programs read it.
struct Failed {
    status: StatusCode,
    code: &'static str,
    message: String,
    field: Option<String>,
}

impl Failed {
    fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
            field: None,
        }
    }

    fn missing() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "not_found",
            "there is no such record",
        )
    }
}

impl IntoResponse for Failed {
    fn into_response(self) -> Response {
        #[derive(Serialize)]
        struct Body {
            code: &'static str,
            message: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            field: Option<String>,
        }
        let body = Body {
            code: self.code,
            message: self.message,
            field: self.field,
        };
        (self.status, Json(body)).into_response()
    }
}

impl<E: Into<Closed>> From<E> for Failed {
    fn from(error: E) -> Self {
        match error.into() {
            Closed::Missing => Self::missing(),
            Closed::SignIn(_) => Self::new(
                StatusCode::UNAUTHORIZED,
                "sign_in",
                "a token or a session is needed",
            ),
            Closed::NotAllowed => Self::new(
                StatusCode::FORBIDDEN,
                "not_allowed",
                "this is not yours to do",
            ),
            Closed::Bad => Self::new(
                StatusCode::BAD_REQUEST,
                "bad_request",
                "the request cannot be understood",
            ),
            Closed::Failed(error) => {
                tracing::error!(error = &*error as &dyn std::error::Error, "the API failed");
                Self::new(
                    StatusCode::INTERNAL_SERVER_ERROR,
                    "internal",
                    "kaffe could not do it",
                )
            }
        }
    }
}

async fn answered(work: impl FnOnce() -> Result<Response, Failed> + Send + 'static) -> Response {
    match tokio::task::spawn_blocking(work).await {
        Ok(Ok(response)) => response,
        Ok(Err(failed)) => failed.into_response(),
        Err(error) => Failed::from(Closed::Failed(Box::new(error))).into_response(),
    }
}

#[derive(Serialize)]
struct Shown {
    id: String,
    kind: String,
    url: String,
    title: String,
    hash: String,
    fields: Map<String, Json_>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<String>,
}

fn shown(room: &Room, seen: Seen<'_>, with_body: bool) -> Shown {
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
        #[derive(Serialize)]
        struct Answer {
            total: usize,
            records: Vec<Shown>,
        }
        let all: Vec<Seen<'_>> = view.records().filter(fits).collect();
        let records = all
            .iter()
            .skip(offset)
            .take(limit)
            .map(|seen| shown(&room, *seen, false))
            .collect();
        Ok(Json(Answer {
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
        Ok(tagged(response, tag))
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
        let outcome = room
            .writer()
            .create(&room.asked(key.as_deref()), &kind, &title, &text)?;
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
        let outcome = room
            .writer()
            .change(&room.asked(key.as_deref()), &path, &base, &text)?;
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
        #[derive(Serialize)]
        struct Answer {
            name: String,
            url: String,
        }
        let answer = Answer {
            name: path.file_name().to_owned(),
            url: url.clone(),
        };
        Ok((StatusCode::CREATED, [(header::LOCATION, url)], Json(answer)).into_response())
    })
    .await
}

#[derive(Serialize)]
struct Line {
    code: &'static str,
    severity: &'static str,
    path: String,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
}

fn line(room: &Room, problem: &Diagnostic) -> Line {
    Line {
        code: problem.code.as_str(),
        severity: problem.severity.as_str(),
        path: problem.shown_path(),
        message: problem.headline(room.snapshot.texts().lang()),
        field: problem.field.clone(),
    }
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
        #[derive(Serialize)]
        struct Answer {
            total: usize,
            problems: Vec<Line>,
        }
        Ok(Json(Answer {
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

/// What a program sends: a whole file, or fields and a body.
enum Sent {
    File(String),
    Fields(Fields),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fields {
    #[serde(default)]
    fields: Map<String, Json_>,
    body: Option<String>,
}

impl Sent {
    fn of(headers: &HeaderMap, body: &[u8]) -> Result<Self, Failed> {
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

    fn text(&self, kind: &Kind, from: &str) -> Result<String, Failed> {
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
            let start =
                crate::parse::front_matter::split(&text).map_or(0, |parts| parts.body.start);
            let head = text.get(..start).unwrap_or_default();
            text = format!("{head}{body}");
        }
        debug_assert!(!sections::of(&text).is_empty());
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

impl Room {
    fn for_api_writers(shared: Shared, actor: crate::model::Actor) -> Result<Self, Closed> {
        if !actor.is_signed_in() {
            return Err(Closed::SignIn(String::new()));
        }
        if !(actor.may_write() || actor.may_comment()) {
            return Err(Closed::NotAllowed);
        }
        Self::open(shared, actor)
    }

    fn api_outcome(&self, outcome: Outcome, status: StatusCode) -> Result<Response, Failed> {
        match outcome {
            Outcome::Saved(saved) => {
                self.shared.wrote(&self.actor, self.now, &saved.path);
                self.api_saved(&saved, status)
            }
            Outcome::Conflict(conflict) => {
                #[derive(Serialize)]
                struct Both<'a> {
                    code: &'static str,
                    message: &'static str,
                    base: &'a str,
                    yours: &'a str,
                    theirs: &'a str,
                    path: &'a str,
                }
                let both = Both {
                    code: "conflict",
                    message: "somebody else changed the same place; nothing was written",
                    base: &conflict.base,
                    yours: &conflict.yours,
                    theirs: &conflict.theirs,
                    path: conflict.path.as_str(),
                };
                let response = (StatusCode::CONFLICT, Json(both)).into_response();
                Ok(tagged(response, tag(&conflict.theirs_hash)))
            }
            Outcome::Refused(refusal) => Err(self.api_refused(&refusal)),
        }
    }

    fn api_saved(&self, saved: &Saved, status: StatusCode) -> Result<Response, Failed> {
        let snapshot = self
            .shared
            .engine
            .snapshot_for(self.snapshot.view().audience())?;
        #[derive(Serialize)]
        struct Answer {
            id: String,
            kind: String,
            hash: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            url: Option<String>,
            problems: Vec<Line>,
            approval_lost: bool,
        }
        let seen = snapshot.view().get(&saved.reference);
        let url = seen.map(|seen| {
            let route = crate::site::Route::Record(seen.record.reference.clone());
            format!("/{}", snapshot.view().address(&route))
        });
        let answer = Answer {
            id: saved.reference.id.to_string(),
            kind: saved.reference.kind.to_string(),
            hash: saved.hash.clone(),
            problems: snapshot
                .view()
                .problems()
                .iter()
                .filter(|p| p.path == saved.path.as_str())
                .map(|p| line(self, p))
                .collect(),
            approval_lost: saved.approval_lost,
            url,
        };
        let location = format!(
            "/api/records/{}/{}",
            saved.reference.kind, saved.reference.id
        );
        let mut response = tagged((status, Json(answer)).into_response(), tag(&saved.hash));
        if saved.merged {
            response
                .headers_mut()
                .insert("x-kaffe-merged", HeaderValue::from_static("1"));
        }
        if status == StatusCode::CREATED
            && let Ok(to) = HeaderValue::from_str(&location)
        {
            response.headers_mut().insert(header::LOCATION, to);
        }
        Ok(response)
    }

    fn api_refused(&self, refusal: &Refusal) -> Failed {
        let text = self
            .refusal(refusal)
            .into_iter()
            .next()
            .map_or_else(String::new, |p| p.text);
        let (status, code) = match refusal {
            Refusal::NotAllowed { .. } => (StatusCode::FORBIDDEN, "not_allowed"),
            Refusal::OwnText => (StatusCode::FORBIDDEN, "own_text"),
            Refusal::Cpr(_) => (StatusCode::UNPROCESSABLE_ENTITY, "cpr"),
            Refusal::Personal(_) => (StatusCode::UNPROCESSABLE_ENTITY, "personal"),
            Refusal::Unreadable(_) => (StatusCode::UNPROCESSABLE_ENTITY, "unreadable"),
            Refusal::Untitled => (StatusCode::UNPROCESSABLE_ENTITY, "untitled"),
        };
        let field = match refusal {
            Refusal::NotAllowed { field } => field.clone(),
            Refusal::Untitled => Some("titel".to_owned()),
            _ => None,
        };
        Failed {
            field,
            ..Failed::new(status, code, text)
        }
    }
}

fn if_match(headers: &HeaderMap) -> Result<String, Failed> {
    let given = header_of(headers, header::IF_MATCH.as_str());
    given
        .map(|tag| tag.trim_start_matches("W/").trim_matches('"').to_owned())
        .ok_or_else(|| {
            Failed::new(
                StatusCode::PRECONDITION_REQUIRED,
                "if_match",
                "say with If-Match which version you have read",
            )
        })
}

fn header_of(headers: &HeaderMap, name: &str) -> Option<String> {
    let value = headers.get(name)?.to_str().ok()?.trim();
    (!value.is_empty()).then(|| value.to_owned())
}

fn tag(hash: &str) -> String {
    format!("\"{hash}\"")
}

fn tagged(mut response: Response, tag: String) -> Response {
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
