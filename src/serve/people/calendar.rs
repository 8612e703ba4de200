//! The calendar of a team at its secret address, for programs that cannot sign in.

use axum::{
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};

use super::{Call, Failure};
use crate::{
    people::Refusal,
    serve::{Shared, page},
    site::route::Route,
};

/// `GET /kalender/{token}.ics`
pub fn page(shared: &Shared, call: &Call) -> Result<Response, Failure> {
    let now = shared.now();
    let token = call.part("file").strip_suffix(".ics").unwrap_or_default();
    let Some((team, reader)) = shared.people.calendar_reader(now, token) else {
        shared.people.may_try(now, &call.visit.address)?;
        return Err(Refusal::Link.into());
    };
    let open = &shared.engine.options().audience;
    let snapshot = shared.engine.snapshot_for(&reader.audience(open))?;
    let address = format!("/{}", snapshot.view().address(&Route::Ics(Some(team))));
    let answer = snapshot.answer_to(&reader, &address, &[])?;
    if answer.status != 200 || answer.location.is_some() {
        // The team is no more.
        return Err(Refusal::Link.into());
    }
    let mut response = page::respond(answer, &HeaderMap::new());
    let private = HeaderValue::from_static("private, no-cache");
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, private);
    Ok(response)
}

/// Whether a path is that of such a calendar: it is answered before anybody has signed in.
pub fn is_here(path: &str) -> bool {
    let file = path.strip_prefix("/kalender/");
    file.and_then(|file| file.strip_suffix(".ics"))
        .is_some_and(|token| !token.is_empty() && !token.contains('/'))
}

/// The whole address of a calendar.
pub fn address(base: &str, token: &str) -> String {
    format!("{base}/kalender/{token}.ics")
}
