//! Signing in and out, team links, one's own device, and the page where people are looked after.
//!
//! Handlers here are plain functions of a [`Call`]: they read and write files and make pages, so they run where waiting
//! is allowed. Whether somebody may is decided by [`Actor`] and [`People`](crate::people::People), never here.

mod calendar;
mod cookie;
mod device;
mod gate;
mod join;
mod letters;
mod manage;
mod own_path;
mod qr;
mod refused;
mod sign_in;
mod when;

use std::{future::Future, pin::Pin};

use axum::{
    Router,
    extract::{
        DefaultBodyLimit, FromRequest, FromRequestParts, Query, RawPathParams, Request, State,
    },
    http::{HeaderValue, StatusCode, header},
    middleware::map_request,
    response::{IntoResponse, Redirect, Response},
    routing::{MethodRouter, get},
};
use serde::Serialize;

use super::{Shared, page};
use crate::{
    engine::{EngineError, SnapshotError},
    model::Actor,
    people::{Device, Link, PeopleError, Refusal, Session},
    render::Screen,
};

pub use gate::gate;

/// No form of these pages is longer, in bytes.
const LONGEST_FORM: usize = 32 * 1024;

/// Who a request comes from, as the gate found out; in the extensions of every request of the live wiki.
#[derive(Clone, Debug)]
pub struct Visit {
    /// Who asks.
    pub actor: Actor,
    /// Their session, where there is one.
    pub session: Option<Session>,
    /// The device that waits to be let in, and its link.
    pub waiting: Option<(Device, Link)>,
    /// The token of the session's cookie, known or not.
    pub token: Option<String>,
    /// Whether they came with a program's token and not with a cookie.
    pub by_token: bool,
    /// What tries are counted by.
    pub address: String,
    /// Whether the browser's connection is encrypted.
    pub secure: bool,
}

/// A request as the handlers here read it.
struct Call {
    visit: Visit,
    /// The parts of the address.
    path: Vec<(String, String)>,
    /// The fields of the form, or the choices behind the address.
    fields: Vec<(String, String)>,
    /// System and browser, as far as it says.
    browser: String,
    /// Where the site is reached, without a slash at the end.
    base: String,
}

impl Call {
    fn field(&self, name: &str) -> Option<&str> {
        let found = self.fields.iter().find(|(known, _)| known == name);
        found
            .map(|(_, value)| value.trim())
            .filter(|value| !value.is_empty())
    }

    fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        let named = self.fields.iter().filter(move |(known, _)| known == name);
        named.map(|(_, value)| value.trim())
    }

    fn part(&self, name: &str) -> &str {
        let found = self.path.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value)
    }
}

/// Why a handler cannot answer.
enum Failure {
    /// A person is refused.
    Refused(Refusal),
    /// Something broke; the log has it.
    Broken(Box<dyn std::error::Error + Send + Sync>),
}

impl From<PeopleError> for Failure {
    fn from(error: PeopleError) -> Self {
        match error {
            PeopleError::Refused(refusal) => Self::Refused(refusal),
            other => Self::Broken(Box::new(other)),
        }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<EngineError> for Failure {
    fn from(error: EngineError) -> Self {
        Self::Broken(Box::new(error))
    }
}

impl From<SnapshotError> for Failure {
    fn from(error: SnapshotError) -> Self {
        Self::Broken(Box::new(error))
    }
}

impl Failure {
    /// The last answer, where no page can say it better.
    fn into_response(self) -> Response {
        match self {
            Self::Refused(_) => StatusCode::FORBIDDEN.into_response(),
            Self::Broken(error) => {
                tracing::error!(
                    error = &*error as &dyn std::error::Error,
                    "a page about people failed"
                );
                page::failed()
            }
        }
    }
}

type Work = fn(&Shared, &Call) -> Result<Response, Failure>;
type Answering = Pin<Box<dyn Future<Output = Response> + Send>>;

/// The addresses of people.
pub fn routes() -> Router<Shared> {
    let both = |show: Work, act: Work| -> MethodRouter<Shared> { get(on(show)).post(on(act)) };
    // Whoever comes back to the address of a form is led to the page that it stands on.
    let mine = |act: Work| both(device::back, act);
    let all = |act: Work| both(manage::back, act);
    Router::new()
        .route("/ind/", both(sign_in::page, sign_in::sign_in))
        .route(
            "/ind/foerste/{token}/",
            both(sign_in::first, sign_in::use_first),
        )
        .route("/ind/{token}/", both(join::page, join::join))
        .route("/ind/{token}", get(on(join::with_slash)))
        .route(
            "/afmeld/{token}/",
            both(letters::page, letters::stop).layer(map_request(letters::without_body)),
        )
        .route("/kalender/{file}", get(on(calendar::page)))
        .route("/ud/", both(device::back, sign_in::sign_out))
        .route("/enhed/", get(on(device::page)))
        .route("/enhed/adgangskode/", mine(device::password))
        .route("/enhed/ugebrev/", mine(device::digest))
        .route("/enhed/session/{id}/", mine(device::end_session))
        .route("/personer/", get(on(manage::page)))
        .route("/personer/enhed/{id}/", all(manage::device))
        .route("/personer/link/", all(manage::new_link))
        .route("/personer/link/{id}/", both(join::sheet, manage::link))
        .route("/personer/link/{id}/qr.svg", get(on(qr::svg)))
        .route("/personer/session/{id}/", all(manage::session))
        .route("/personer/konto/", all(manage::new_account))
        .route("/personer/konto/{name}/", all(manage::account))
        .layer(DefaultBodyLimit::max(LONGEST_FORM))
}

/// Reads the call and does the work where waiting is allowed.
fn on(work: Work) -> impl Fn(State<Shared>, Call) -> Answering + Clone + Send + Sync + 'static {
    move |State(shared), call| {
        Box::pin(async move {
            let done = tokio::task::spawn_blocking(move || answered(&shared, &call, work)).await;
            done.unwrap_or_else(|error| Failure::Broken(Box::new(error)).into_response())
        })
    }
}

fn answered(shared: &Shared, call: &Call, work: Work) -> Response {
    match work(shared, call) {
        Ok(response) => response,
        Err(Failure::Refused(Refusal::TooMany(too_many))) => {
            refused::too_many(shared, &call.visit, too_many)
        }
        Err(Failure::Refused(Refusal::Link | Refusal::Unknown)) => {
            refused::dead_link(shared, &call.visit)
        }
        // Whoever is not known may become known.
        Err(Failure::Refused(Refusal::NotAllowed)) if !call.visit.actor.is_signed_in() => {
            see_other("/ind/?til=%2Fpersoner%2F")
        }
        Err(Failure::Refused(_)) => refused::denied(shared, &call.visit),
        Err(failure) => failure.into_response(),
    }
}

/// Makes a page for whoever visits; nobody keeps it.
fn screen<T: Serialize>(
    shared: &Shared,
    visit: &Visit,
    template: &'static str,
    title: &str,
    status: StatusCode,
    own: &T,
) -> Result<Response, Failure> {
    let open = &shared.engine.options().audience;
    let snapshot = shared.engine.snapshot_for(&visit.actor.audience(open))?;
    let answer = snapshot.screen(Screen {
        template,
        title: title.to_owned(),
        status: status.as_u16(),
        crumbs: Vec::new(),
        address: "/",
        actor: &visit.actor,
        own,
    })?;
    let mut response = page::respond(answer, &header::HeaderMap::new());
    let headers = response.headers_mut();
    headers.remove(header::ETAG);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// Sends a browser on after a form was read.
fn see_other(path: &str) -> Response {
    Redirect::to(path).into_response()
}

impl FromRequest<Shared> for Call {
    type Rejection = Response;

    async fn from_request(request: Request, shared: &Shared) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        // Without the gate there are no people: a published site has none of these pages.
        let visit = parts.extensions.get::<Visit>().cloned();
        let visit = visit.ok_or_else(|| StatusCode::NOT_FOUND.into_response())?;
        let path = match RawPathParams::from_request_parts(&mut parts, shared).await {
            Ok(all) => all
                .iter()
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
            Err(_) => Vec::new(),
        };
        let named = |name| {
            let value = parts
                .headers
                .get(name)
                .and_then(|value: &HeaderValue| value.to_str().ok());
            value.unwrap_or_default()
        };
        let browser = when::browser(named(header::USER_AGENT));
        let snapshot = shared.engine.snapshot();
        let base = snapshot
            .view()
            .config()
            .base_url
            .clone()
            .unwrap_or_else(|| {
                let scheme = if visit.secure { "https" } else { "http" };
                format!("{scheme}://{}", named(header::HOST))
            });
        let is_form = parts.method == axum::http::Method::POST;
        let fields = if is_form {
            let request = Request::from_parts(parts, body);
            let form = axum::Form::<Vec<(String, String)>>::from_request(request, shared).await;
            form.map_err(IntoResponse::into_response)?.0
        } else {
            let query = Query::<Vec<(String, String)>>::try_from_uri(&parts.uri);
            query.map(|Query(fields)| fields).unwrap_or_default()
        };
        Ok(Self {
            visit,
            path,
            fields,
            browser,
            base,
        })
    }
}
