//! The link at the foot of a letter: it ends the letters of one account, without signing in (RFC 8058).

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use serde::Serialize;

use super::{Call, Failure, screen};
use crate::{people::Account, serve::Shared};

#[derive(Serialize)]
struct Own {
    afmeld: Stop,
}

#[derive(Serialize)]
struct Stop {
    /// `ask`, `done` or `unknown`.
    state: &'static str,
    /// Where the form is sent.
    here: String,
    closed: bool,
}

/// `GET /afmeld/{token}/`: one button. It does nothing by itself, so that programs that look at links do no harm.
pub fn page(shared: &Shared, call: &Call) -> Result<Response, Failure> {
    match account(shared, call)? {
        Some(_) => show(shared, call, "ask"),
        None => show(shared, call, "unknown"),
    }
}

/// `POST /afmeld/{token}/`: by the button, or by a mail program in one click. Again is the same as once.
pub fn stop(shared: &Shared, call: &Call) -> Result<Response, Failure> {
    match account(shared, call)? {
        Some(account) => {
            if account.digest {
                shared.people.stop_digest(shared.now(), &account.name)?;
            }
            show(shared, call, "done")
        }
        None => show(shared, call, "unknown"),
    }
}

/// Whether a path is that of such a link: it is answered before anybody has signed in, and mail programs may write there,
/// for whoever knows the token holds the letter.
pub fn is_here(path: &str) -> bool {
    let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    matches!(parts.as_slice(), ["afmeld", token, ""] if !token.is_empty())
}

/// A mail program may wrap its request as it likes, and what stands in it does not matter.
pub async fn without_body(request: Request) -> Request {
    let (mut parts, _) = request.into_parts();
    let form = HeaderValue::from_static("application/x-www-form-urlencoded");
    parts.headers.insert(header::CONTENT_TYPE, form);
    parts.headers.remove(header::CONTENT_LENGTH);
    Request::from_parts(parts, Body::empty())
}

/// The account of the address; only what is none is counted, for many letters may be read behind one address.
fn account(shared: &Shared, call: &Call) -> Result<Option<Account>, Failure> {
    let account = shared.people.account_of_letter(call.part("token"));
    if account.is_none() {
        shared.people.may_try(shared.now(), &call.visit.address)?;
    }
    Ok(account)
}

fn show(shared: &Shared, call: &Call, state: &'static str) -> Result<Response, Failure> {
    let snapshot = shared.engine.snapshot();
    let texts = snapshot.texts();
    let (status, title) = match state {
        "ask" => (StatusCode::OK, texts.get("afmeld_title")),
        "done" => (StatusCode::OK, texts.get("afmeld_done_title")),
        _ => (StatusCode::NOT_FOUND, texts.get("afmeld_unknown_title")),
    };
    let token = percent_encoding::utf8_percent_encode(
        call.part("token"),
        percent_encoding::NON_ALPHANUMERIC,
    );
    let own = Own {
        afmeld: Stop {
            state,
            here: format!("/afmeld/{token}/"),
            closed: shared.closed_to(&call.visit.actor),
        },
    };
    screen(shared, &call.visit, "afmeld", title, status, &own)
}
