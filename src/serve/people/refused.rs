//! The answers to what is turned away: short, friendly, and never with a reason that helps whoever guesses.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use serde::Serialize;

use super::{Failure, Visit, screen};
use crate::{
    people::{Refusal, TooMany},
    render::Texts,
    serve::Shared,
};

#[derive(Serialize)]
struct Notice {
    ind: Words,
}

#[derive(Serialize)]
struct Words {
    part: &'static str,
    text: String,
    closed: bool,
}

/// A write that did not come from a page of ours.
pub fn foreign(shared: &Shared, visit: &Visit) -> Response {
    notice(shared, visit, StatusCode::FORBIDDEN, |texts| {
        (
            texts.get("ind_foreign_title"),
            texts.get("ind_foreign_text").to_owned(),
        )
    })
}

/// Somebody who says who they are in a way that only a trusted proxy may.
pub fn forged(shared: &Shared, visit: &Visit) -> Response {
    notice(shared, visit, StatusCode::FORBIDDEN, |texts| {
        (
            texts.get("ind_denied_title"),
            texts.get("ind_denied_text").to_owned(),
        )
    })
}

/// Somebody who may not.
pub fn denied(shared: &Shared, visit: &Visit) -> Response {
    forged(shared, visit)
}

/// An address of a link that does not work, or never did.
pub fn dead_link(shared: &Shared, visit: &Visit) -> Response {
    notice(shared, visit, StatusCode::NOT_FOUND, |texts| {
        (
            texts.get("ind_dead_title"),
            texts.get("ind_dead_text").to_owned(),
        )
    })
}

/// Too often.
pub fn too_many(shared: &Shared, visit: &Visit, too_many: TooMany) -> Response {
    let mut response = notice(shared, visit, StatusCode::TOO_MANY_REQUESTS, |texts| {
        (
            texts.get("ind_too_many_title"),
            words(texts, &Refusal::TooMany(too_many)),
        )
    });
    retry_after(&mut response, too_many);
    response
}

/// Says when to come back.
pub fn retry_after(response: &mut Response, too_many: TooMany) {
    let seconds = HeaderValue::from(too_many.wait.as_secs().saturating_add(1));
    response.headers_mut().insert(header::RETRY_AFTER, seconds);
}

/// A refusal in the words of the page.
pub fn words(texts: &Texts, refusal: &Refusal) -> String {
    let key = match refusal {
        Refusal::NotAllowed => "ind_denied_text",
        Refusal::Unknown => "ind_gone",
        Refusal::Name => "ind_bad_name",
        Refusal::Taken => "ind_name_taken",
        Refusal::PasswordLength => "ind_password_length",
        Refusal::SignIn => "ind_wrong",
        Refusal::Link => "ind_dead_text",
        Refusal::PinForm => "ind_pin_form",
        Refusal::PinWrong => "ind_pin_wrong",
        Refusal::PinLocked => "ind_pin_locked",
        Refusal::TooManyWaiting => "ind_too_many_waiting",
        Refusal::Mail => "ind_bad_mail",
        Refusal::TooMany(too_many) => {
            let minutes = usize::try_from(too_many.wait.as_secs() / 60 + 1).unwrap_or(1);
            return texts.count("ind_too_many", minutes, &[]);
        }
    };
    texts.get(key).to_owned()
}

fn notice(
    shared: &Shared,
    visit: &Visit,
    status: StatusCode,
    says: impl FnOnce(&Texts) -> (&str, String),
) -> Response {
    let snapshot = shared.engine.snapshot();
    let (title, text) = says(snapshot.texts());
    let own = Notice {
        ind: Words {
            part: "notice",
            text,
            closed: shared.closed_to(&visit.actor),
        },
    };
    screen(shared, visit, "ind", title, status, &own).unwrap_or_else(Failure::into_response)
}
