//! Signing in with a name and a password, at the first start without, and signing out.

use axum::{
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::Response,
};
use serde::Serialize;

use super::{Call, Failure, cookie, own_path::own_path, refused, screen, see_other};
use crate::{
    people::{Refusal, Secret},
    serve::Shared,
};

#[derive(Serialize)]
struct Own<'a> {
    ind: SignIn<'a>,
}

#[derive(Serialize)]
struct SignIn<'a> {
    part: &'static str,
    /// Where they go afterwards.
    til: String,
    name: &'a str,
    error: Option<String>,
    /// They have just signed out.
    out: bool,
    /// Who they are already.
    already: &'a str,
    /// Nothing of the site may be seen before.
    closed: bool,
}

/// `GET /ind/?til=…`
pub fn page(shared: &Shared, call: &Call) -> Result<Response, Failure> {
    show(shared, call, StatusCode::OK, None)
}

/// `POST /ind/`: name and password.
pub fn sign_in(shared: &Shared, call: &Call) -> Result<Response, Failure> {
    let (name, password) = (
        call.field("navn").unwrap_or_default(),
        password(call, "kodeord"),
    );
    let (now, address) = (shared.now(), &call.visit.address);
    // Each try needs memory; only a few are reckoned with at once.
    let _turn = shared.turn();
    match shared
        .people
        .sign_in(now, address, name, password, &call.browser)
    {
        Ok(token) => Ok(signed_in(
            shared,
            call,
            &token,
            &own_path(call.field("til")),
        )),
        Err(error) => match error.refusal() {
            Some(refusal) => {
                let words = refused::words(shared.engine.snapshot().texts(), refusal);
                let too_many = match refusal {
                    Refusal::TooMany(too_many) => Some(*too_many),
                    _ => None,
                };
                let status =
                    too_many.map_or(StatusCode::UNAUTHORIZED, |_| StatusCode::TOO_MANY_REQUESTS);
                let mut response = show(shared, call, status, Some(words))?;
                if let Some(too_many) = too_many {
                    refused::retry_after(&mut response, too_many);
                }
                Ok(response)
            }
            None => Err(error.into()),
        },
    }
}

/// `POST /ud/`
pub fn sign_out(shared: &Shared, call: &Call) -> Result<Response, Failure> {
    if let Some(token) = &call.visit.token {
        shared
            .people
            .sign_out(shared.now(), &call.visit.actor, token)?;
    }
    let mut response = see_other("/ind/?ud=1");
    let headers = response.headers_mut();
    headers.extend(cookie::clear(call.visit.secure).map(|line| (header::SET_COOKIE, line)));
    // The next one at this screen must not go back to what was seen.
    headers.insert(
        HeaderName::from_static("clear-site-data"),
        HeaderValue::from_static("\"cache\""),
    );
    Ok(response)
}

/// `GET /ind/foerste/{token}/`: one button, and nothing happens before it is pressed.
pub fn first(shared: &Shared, call: &Call) -> Result<Response, Failure> {
    if !shared
        .people
        .first_is_open(shared.now(), call.part("token"))
    {
        shared.people.may_try(shared.now(), &call.visit.address)?;
        return Err(Refusal::Link.into());
    }
    let own = Own {
        ind: SignIn {
            part: "first",
            ..sign_in_of(shared, call)
        },
    };
    let snapshot = shared.engine.snapshot();
    let title = snapshot.texts().get("ind_first_title");
    screen(shared, &call.visit, "ind", title, StatusCode::OK, &own)
}

/// `POST /ind/foerste/{token}/`
pub fn use_first(shared: &Shared, call: &Call) -> Result<Response, Failure> {
    shared.people.may_try(shared.now(), &call.visit.address)?;
    let token = shared
        .people
        .use_first(shared.now(), call.part("token"), &call.browser)?;
    Ok(signed_in(shared, call, &token, "/personer/?gjort=foerste"))
}

/// Begins the session in the browser, in place of the one that was there.
pub(super) fn signed_in(shared: &Shared, call: &Call, token: &Secret, to: &str) -> Response {
    if let Some(old) = &call.visit.token
        && let Err(error) = shared.people.sign_out(shared.now(), &call.visit.actor, old)
    {
        tracing::error!(
            error = &error as &dyn std::error::Error,
            "an old session goes on"
        );
    }
    let mut response = see_other(to);
    let line = cookie::set(token.text(), call.visit.secure);
    response
        .headers_mut()
        .extend(line.map(|line| (header::SET_COOKIE, line)));
    response
}

/// A password as it was typed, spaces and all.
pub(super) fn password<'a>(call: &'a Call, name: &str) -> &'a str {
    let found = call.fields.iter().find(|(known, _)| known == name);
    found.map_or("", |(_, value)| value)
}

fn show(
    shared: &Shared,
    call: &Call,
    status: StatusCode,
    error: Option<String>,
) -> Result<Response, Failure> {
    let own = Own {
        ind: SignIn {
            error,
            ..sign_in_of(shared, call)
        },
    };
    let snapshot = shared.engine.snapshot();
    let title = snapshot.texts().get("ind_title");
    screen(shared, &call.visit, "ind", title, status, &own)
}

fn sign_in_of<'a>(shared: &Shared, call: &'a Call) -> SignIn<'a> {
    SignIn {
        part: "form",
        til: own_path(call.field("til")),
        name: call.field("navn").unwrap_or_default(),
        error: None,
        out: call.field("ud").is_some(),
        already: &call.visit.actor.name,
        closed: shared.closed_to(&call.visit.actor),
    }
}
