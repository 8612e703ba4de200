//! Every page and file of the site.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use axum::{
    Extension,
    body::{Body, Bytes},
    extract::{ConnectInfo, Query, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};

use super::{Shared, who::Who};
use crate::engine::{Answer, EngineError, SnapshotError};

/// The choices behind an address.
pub type Choices = Result<Query<Vec<(String, String)>>, axum::extract::rejection::QueryRejection>;

/// Says that the server lives.
pub async fn health(State(shared): State<Shared>) -> Response {
    let generation = shared.engine.snapshot().generation();
    (
        [(header::CONTENT_TYPE, "application/json")],
        format!("{{\"status\":\"ok\",\"generation\":{generation}}}\n"),
    )
        .into_response()
}

/// Answers an address of the site.
pub async fn any(
    State(shared): State<Shared>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    peer: Option<Extension<ConnectInfo<SocketAddr>>>,
    Who(actor): Who,
    query: Choices,
) -> Response {
    if method != Method::GET && method != Method::HEAD {
        return (
            StatusCode::METHOD_NOT_ALLOWED,
            [(header::ALLOW, "GET, HEAD")],
        )
            .into_response();
    }
    let query = query.map(|Query(q)| q).unwrap_or_default();
    let Ok(address) = percent_encoding::percent_decode_str(uri.path()).decode_utf8() else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let address = address.into_owned();
    let text = query.iter().find(|(name, _)| name == "q");
    let text = text.map(|(_, text)| text.clone());
    // A page may take its time; the other readers must not wait for it.
    let engine = Arc::clone(&shared.engine);
    let made = tokio::task::spawn_blocking(move || {
        let snapshot = engine.snapshot_for(&actor.audience(&engine.options().audience))?;
        Ok::<_, PageError>(snapshot.answer_to(&actor, &address, &query)?)
    })
    .await;
    match made {
        Ok(Ok(answer)) => {
            if let Some(text) = text.filter(|_| answer.in_vain) {
                let peer = peer.map(|Extension(ConnectInfo(peer))| peer.ip());
                searched_in_vain(shared, text, device(&headers, peer)).await;
            }
            respond(answer, &headers)
        }
        Ok(Err(error)) => {
            tracing::error!(
                path = uri.path(),
                error = &error as &dyn std::error::Error,
                "a page could not be made"
            );
            failed()
        }
        Err(error) => {
            tracing::error!(
                path = uri.path(),
                error = &error as &dyn std::error::Error,
                "a page broke off"
            );
            failed()
        }
    }
}

/// Tells the engine of a search that found nothing. Whoever searched has their page all the same.
async fn searched_in_vain(shared: Shared, text: String, device: Device) {
    let told = tokio::task::spawn_blocking(move || shared.engine.searched(&text, device)).await;
    if !matches!(told, Ok(Ok(()))) {
        tracing::error!("a search that found nothing could not be looked at");
    }
}

/// A page cannot be made; the log has it.
#[derive(Debug, thiserror::Error)]
enum PageError {
    #[error(transparent)]
    Engine(#[from] EngineError),
    #[error(transparent)]
    Page(#[from] SnapshotError),
}

/// The address that a request comes from, and what a proxy and the browser say of themselves.
type Device = (Option<IpAddr>, [Option<HeaderValue>; 2]);

/// What tells two devices apart: where a request comes from, also through a proxy, and the browser that it names.
fn device(headers: &HeaderMap, peer: Option<IpAddr>) -> Device {
    let named = |name: &str| headers.get(name).cloned();
    (peer, [named("x-forwarded-for"), named("user-agent")])
}

pub(super) fn respond(answer: Answer, asked: &HeaderMap) -> Response {
    if let Some(location) = answer.location {
        let encoded = percent_encoding::utf8_percent_encode(&location, percent_encoding::CONTROLS)
            .to_string();
        return match HeaderValue::from_str(&encoded) {
            Ok(to) => (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, to)]).into_response(),
            Err(_) => StatusCode::NOT_FOUND.into_response(),
        };
    }
    let tag = format!("\"{}\"", answer.tag);
    let known = asked
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|v| v.to_str().ok());
    // A proxy or our own compression may have marked the tag as weak.
    let same = known
        .flat_map(|v| v.split(','))
        .any(|v| v.trim().trim_start_matches("W/") == tag);
    if same && answer.status == 200 {
        return (StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response();
    }
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    let mut response = Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, answer.content_type)
        .header(header::ETAG, tag)
        .header(header::CACHE_CONTROL, "no-cache");
    if answer.is_file {
        // What people upload is shown inside pages or saved, never opened as a page of its own.
        response = response
            .header(
                header::CONTENT_SECURITY_POLICY,
                "default-src 'none'; style-src 'unsafe-inline'; sandbox",
            )
            .header(
                header::CONTENT_DISPOSITION,
                if answer.content_type.starts_with("image/")
                    && answer.content_type != "image/svg+xml"
                {
                    "inline"
                } else {
                    "attachment"
                },
            );
    }
    response
        .body(Body::from(Bytes::from_owner(answer.bytes)))
        .unwrap_or_else(|_| failed())
}

/// The page for what must not happen: short, friendly, without a word of why.
pub(super) fn failed() -> Response {
    let html = "<!doctype html><html lang=\"da\"><meta charset=\"utf-8\"><title>kaffe</title><h1>Noget gik galt hos os</h1><p>Det er skrevet ned. Prøv igen om lidt.</p></html>\n";
    (
        StatusCode::INTERNAL_SERVER_ERROR,
        [(header::CONTENT_TYPE, "text/html; charset=utf-8")],
        html,
    )
        .into_response()
}
