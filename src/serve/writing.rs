//! The writing half of the wiki: forms, buttons, histories. Each handler opens a [`Room`] for whoever asks, does one
//! thing, and answers with a page or sends the reader on.

mod api;
mod comment;
mod conflict;
mod form;
mod history;
mod photo;
mod quick;
mod raw;
mod saved;
mod tell;

use std::sync::Arc;

use axum::{
    Router,
    extract::{DefaultBodyLimit, Form, FromRequest, Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use jiff::Timestamp;
use serde::Serialize;

use super::{Shared, page, who::Who};
use crate::{
    engine::{EngineError, Snapshot, SnapshotError},
    form::{Desk, Posted},
    model::{Actor, Kind, RecordId, RecordRef, SourcePath},
    render::Screen,
    site::{Route, view::Seen},
    writing::{Asked, WriteError, Writer},
};

/// The largest form: a record of the largest size, written twice (a conflict holds both).
const LARGEST_FORM: usize = 5 * 1024 * 1024;

/// The addresses of the writing half.
pub fn routes(shared: &Shared) -> Router<Shared> {
    pages()
        .layer(middleware::from_fn_with_state(shared.clone(), in_words))
        .merge(api::routes())
}

fn pages() -> Router<Shared> {
    Router::new()
        .route("/ny/{folder}/", get(form::new).post(form::create))
        .route("/ret/{folder}/{id}/", get(form::edit).post(form::change))
        .route("/markdown/{folder}/{id}/", get(raw::show).post(raw::change))
        .route("/flet/{folder}/{id}/", post(conflict::resolve))
        .route("/fortael/", get(tell::pick))
        .route("/fortael/{folder}/{id}/", get(tell::show).post(tell::save))
        .route("/proev/{folder}/{id}/", post(quick::also))
        .route("/passer/{folder}/{id}/", post(quick::confirm))
        .route("/godkend/{folder}/{id}/", post(quick::approve))
        .route(
            "/slet/{folder}/{id}/",
            get(quick::ask_to_delete).post(quick::delete),
        )
        .route("/fortryd/{folder}/{id}/", post(quick::undo))
        .route("/gemt/{folder}/{id}/", get(saved::page))
        .route(
            "/kommentar/{folder}/{id}/",
            get(comment::show).post(comment::save),
        )
        .route(
            "/svar/{folder}/{id}/",
            get(comment::show_answer).post(comment::answer),
        )
        .route("/historik/{folder}/{id}/", get(history::versions))
        .route(
            "/historik/{folder}/{id}/{version}/",
            get(history::difference),
        )
        .route("/gendan/{folder}/{id}/{version}/", post(history::restore))
        .route("/seneste/", get(history::recent))
        .layer(DefaultBodyLimit::max(LARGEST_FORM))
        .route(
            "/billede/{folder}/{id}/",
            get(photo::show)
                .post(photo::save)
                .layer(DefaultBodyLimit::max(photo::LARGEST)),
        )
}

/// What a template gets, under its name.
struct Named<'a, T>(&'static str, &'a T);

impl<T: Serialize> Serialize for Named<'_, T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap;
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry(self.0, self.1)?;
        map.end()
    }
}

/// Why a page of writing is not given.
#[derive(Debug)]
enum Closed {
    /// There is no such thing, for whoever asks.
    Missing,
    /// One has to sign in first; then one comes back.
    SignIn(String),
    /// It is not for this person.
    NotAllowed,
    /// What was sent cannot be understood.
    Bad,
    /// Something failed; the log has it.
    Failed(Box<dyn std::error::Error + Send + Sync>),
}

impl From<WriteError> for Closed {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::Missing => Self::Missing,
            other => Self::Failed(Box::new(other)),
        }
    }
}

impl From<EngineError> for Closed {
    fn from(error: EngineError) -> Self {
        Self::Failed(Box::new(error))
    }
}

impl From<SnapshotError> for Closed {
    fn from(error: SnapshotError) -> Self {
        Self::Failed(Box::new(error))
    }
}

impl From<crate::history::HistoryError> for Closed {
    fn from(error: crate::history::HistoryError) -> Self {
        Self::Failed(Box::new(error))
    }
}

/// Somebody at work: who, on which site, at what time.
struct Room {
    shared: Shared,
    actor: Actor,
    snapshot: Arc<Snapshot>,
    now: Timestamp,
    /// What the last writer of a record is told by.
    last_writer: Option<String>,
}

impl Room {
    fn open(shared: Shared, actor: Actor) -> Result<Self, Closed> {
        let engine = &shared.engine;
        let snapshot = engine.snapshot_for(&actor.audience(&engine.options().audience))?;
        Ok(Self {
            snapshot,
            actor,
            now: shared.now(),
            last_writer: None,
            shared,
        })
    }

    /// For whoever may write; others sign in and come back to `here`.
    fn for_writers(shared: Shared, actor: Actor, here: &str) -> Result<Self, Closed> {
        if !actor.is_signed_in() {
            return Err(Closed::SignIn(here.to_owned()));
        }
        if !actor.may_write() {
            return Err(Closed::NotAllowed);
        }
        Self::open(shared, actor)
    }

    fn writer(&self) -> &Writer {
        &self.shared.writer
    }

    /// Who wrote a record last; without the log nobody can say good for it.
    fn last_writer_of(&self, path: &SourcePath) -> Result<Option<String>, Closed> {
        let found = self.shared.last_writer(self.now, path);
        found.map_err(|error| Closed::Failed(Box::new(error)))
    }

    fn desk(&self) -> Desk<'_> {
        Desk {
            view: self.snapshot.view(),
            texts: self.snapshot.texts(),
            actor: &self.actor,
        }
    }

    fn text(&self, key: &'static str) -> String {
        self.snapshot.texts().get(key).to_owned()
    }

    fn kind(&self, folder: &str) -> Result<Arc<Kind>, Closed> {
        let kinds = &self.snapshot.view().definitions().kinds;
        kinds.by_folder(folder).cloned().ok_or(Closed::Missing)
    }

    fn seen(&self, folder: &str, id: &str) -> Result<Seen<'_>, Closed> {
        let kind = self.kind(folder)?;
        let reference = RecordRef {
            kind: kind.key.clone(),
            id: RecordId::new(id),
        };
        self.snapshot.view().get(&reference).ok_or(Closed::Missing)
    }

    fn asked<'a>(&'a self, key: Option<&'a str>) -> Asked<'a> {
        Asked {
            actor: &self.actor,
            now: self.now,
            today: self.snapshot.view().today(),
            key,
            by_key_alone: false,
            last_writer: self.last_writer.as_deref(),
        }
    }

    fn address(&self, reference: &RecordRef) -> String {
        format!(
            "/{}",
            self.snapshot
                .view()
                .address(&Route::Record(reference.clone()))
        )
    }

    /// A page for this person.
    fn screen<T: Serialize>(
        &self,
        status: u16,
        template: &'static str,
        title: impl Into<String>,
        address: &str,
        crumbs: Vec<(Route, String)>,
        own: &T,
    ) -> Result<Response, Closed> {
        let answer = self.snapshot.screen(Screen {
            template,
            title: title.into(),
            status,
            crumbs,
            address,
            actor: &self.actor,
            own,
        })?;
        Ok(private(page::respond(
            answer,
            &axum::http::HeaderMap::new(),
        )))
    }

    /// The pages above a record's.
    fn crumbs(seen: Seen<'_>) -> Vec<(Route, String)> {
        vec![
            (
                Route::Kind(seen.record.kind.key.clone()),
                seen.record.kind.name_many.clone(),
            ),
            (
                Route::Record(seen.record.reference.clone()),
                seen.record.title.clone(),
            ),
        ]
    }
}

/// A page for one person is kept by nobody.
fn private(mut response: Response) -> Response {
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Sends the reader on after something was done.
fn see(address: &str) -> Response {
    let encoded =
        percent_encoding::utf8_percent_encode(address, percent_encoding::CONTROLS).to_string();
    match HeaderValue::from_str(&encoded) {
        Ok(to) => (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response(),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Words as they can stand in an address.
fn in_address(words: &str) -> String {
    percent_encoding::utf8_percent_encode(words, percent_encoding::NON_ALPHANUMERIC).to_string()
}

/// Does something that waits for the disk, and answers.
async fn answered(work: impl FnOnce() -> Result<Response, Closed> + Send + 'static) -> Response {
    match tokio::task::spawn_blocking(work).await {
        Ok(Ok(response)) => response,
        Ok(Err(closed)) => closed_page(closed),
        Err(error) => closed_page(Closed::Failed(Box::new(error))),
    }
}

/// Marks an answer that has no page yet.
#[derive(Clone, Copy)]
struct Wordless;

/// Says in words why a page is not given.
async fn in_words(
    State(shared): State<Shared>,
    Who(actor): Who,
    request: Request,
    next: Next,
) -> Response {
    let response = next.run(request).await;
    if response.extensions().get::<Wordless>().is_none() {
        return response;
    }
    let status = response.status();
    let said = tokio::task::spawn_blocking(move || {
        let room = Room::open(shared, actor)?;
        let (headline, text) = match status {
            StatusCode::FORBIDDEN => ("skriv_closed_title", "skriv_closed_text"),
            StatusCode::NOT_FOUND => ("skriv_missing_title", "skriv_missing_text"),
            _ => ("skriv_bad_title", "skriv_bad_text"),
        };
        room.message(status.as_u16(), headline, text, "/", "home")
    });
    match said.await {
        Ok(Ok(page)) => page,
        _ => response,
    }
}

fn wordless(status: StatusCode) -> Response {
    let mut response = status.into_response();
    response.extensions_mut().insert(Wordless);
    response
}

fn closed_page(closed: Closed) -> Response {
    match closed {
        Closed::Missing => wordless(StatusCode::NOT_FOUND),
        Closed::SignIn(here) => see(&format!("/ind/?til={}", in_address(&here))),
        Closed::NotAllowed => wordless(StatusCode::FORBIDDEN),
        Closed::Bad => wordless(StatusCode::BAD_REQUEST),
        Closed::Failed(error) => {
            tracing::error!(
                error = &*error as &dyn std::error::Error,
                "a page of writing failed"
            );
            page::failed()
        }
    }
}

/// What a form sent.
pub(super) struct Sent(pub Posted);

impl<S: Send + Sync> FromRequest<S> for Sent {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        match Form::<Vec<(String, String)>>::from_request(request, state).await {
            Ok(Form(pairs)) => Ok(Self(Posted::new(pairs))),
            Err(refused) => Err(refused.into_response()),
        }
    }
}

/// A fresh key for a form: sending it twice is sending it once. Without randomness a key would be somebody else's, and
/// none is better.
fn fresh_key() -> String {
    crate::people::fresh_key().unwrap_or_default()
}
