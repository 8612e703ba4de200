//! Team links: the page that a QR code opens, and the sheet that it is printed on.

use axum::{http::StatusCode, response::Response};
use serde::Serialize;

use super::{Call, Failure, refused, screen, see_other, sign_in};
use crate::{
    model::Role,
    people::{Link, Refusal},
    serve::Shared,
};

#[derive(Serialize)]
struct Own {
    ind: Join,
}

#[derive(Serialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "a page asks many plain questions"
)]
struct Join {
    part: &'static str,
    team: String,
    guest: bool,
    /// Where the forms are sent.
    here: String,
    error: Option<String>,
    has_pin: bool,
    pin_locked: bool,
    /// What stands on the screen while the device waits.
    code: Option<String>,
    /// The device is in.
    is_in: bool,
    closed: bool,
}

/// `GET /ind/{token}/`: one button. It does nothing by itself, so that a preview in a chat does no harm.
pub fn page(shared: &Shared, call: &Call) -> Result<Response, Failure> {
    show(shared, call, StatusCode::OK, None)
}

/// The address as it is typed from paper, without the slash.
#[expect(clippy::unnecessary_wraps, reason = "every handler answers so")]
pub fn with_slash(_: &Shared, call: &Call) -> Result<Response, Failure> {
    Ok(see_other(&here(call)))
}

/// `POST /ind/{token}/`: makes this browser a device that waits, or comes in by the PIN.
pub fn join(shared: &Shared, call: &Call) -> Result<Response, Failure> {
    let (now, token) = (shared.now(), call.part("token"));
    shared.people.may_try(now, &call.visit.address)?;
    let (link, pin) = (link(shared, call)?, call.field("pin"));
    let waits_here = call
        .visit
        .waiting
        .as_ref()
        .is_some_and(|(_, old)| old.id == link.id);
    if waits_here && pin.is_none() {
        return Ok(see_other(&here(call)));
    }
    let _turn = shared.turn();
    match shared.people.join(now, token, pin, &call.browser) {
        Ok(joined) => Ok(sign_in::signed_in(
            shared,
            call,
            &joined.session,
            &here(call),
        )),
        Err(error) => match error.refusal() {
            Some(refusal @ (Refusal::PinWrong | Refusal::PinLocked | Refusal::TooManyWaiting)) => {
                let words = refused::words(shared.engine.snapshot().texts(), refusal);
                show(shared, call, StatusCode::FORBIDDEN, Some(words))
            }
            _ => Err(error.into()),
        },
    }
}

#[derive(Serialize)]
struct OwnSheet {
    ark: Sheet,
}

#[derive(Serialize)]
struct Sheet {
    team: String,
    guest: bool,
    address: String,
    qr: String,
    has_pin: bool,
    until: Option<String>,
    /// The address works on this machine alone.
    only_here: bool,
}

/// `GET /personer/link/{id}/`: the sheet for the board, A5.
pub fn sheet(shared: &Shared, call: &Call) -> Result<Response, Failure> {
    let link = own_link(shared, call)?;
    let snapshot = shared.engine.snapshot();
    let (texts, address) = (snapshot.texts(), address(shared, call, &link));
    let host = call.base.split_once("://").map_or("", |(_, host)| host);
    let own = OwnSheet {
        ark: Sheet {
            guest: link.role == Role::Committee,
            qr: format!("/personer/link/{}/qr.svg", link.id),
            has_pin: link.has_pin(),
            until: link
                .until
                .map(|last| crate::text::danish::date_long(last, texts.lang())),
            only_here: ["127.", "localhost", "[::1]"]
                .iter()
                .any(|own| host.starts_with(own)),
            team: link.name.clone(),
            address,
        },
    };
    let title = texts.fill("personer_sheet_title", &[("team", &link.name)]);
    screen(
        shared,
        &call.visit,
        "teamlink",
        &title,
        StatusCode::OK,
        &own,
    )
}

/// The link of the address, for whoever looks after it.
pub fn own_link(shared: &Shared, call: &Call) -> Result<Link, Failure> {
    if !call.visit.actor.may_manage_people() {
        return Err(Refusal::NotAllowed.into());
    }
    let links = shared.people.links(shared.now(), &call.visit.actor);
    let link = links.into_iter().find(|link| link.id == call.part("id"));
    link.ok_or_else(|| Refusal::Unknown.into())
}

/// The whole address of a link.
pub fn address(shared: &Shared, call: &Call, link: &Link) -> String {
    format!("{}/ind/{}/", call.base, shared.people.link_token(link))
}

fn show(
    shared: &Shared,
    call: &Call,
    status: StatusCode,
    error: Option<String>,
) -> Result<Response, Failure> {
    let link = link(shared, call)?;
    let now = shared.now();
    let waiting = call
        .visit
        .waiting
        .as_ref()
        .filter(|(_, old)| old.id == link.id);
    let own = Own {
        ind: Join {
            part: "join",
            guest: link.role == Role::Committee,
            here: here(call),
            error,
            has_pin: link.has_pin(),
            pin_locked: link.pin_locked_until(now).is_some(),
            code: waiting.map(|(device, _)| device.code.clone()),
            is_in: call.visit.actor.role == link.role && call.visit.actor.teams == link.teams,
            closed: shared.closed_to(&call.visit.actor),
            team: link.name.clone(),
        },
    };
    screen(shared, &call.visit, "ind", &link.name, status, &own)
}

/// The link of the address; only what is none is counted, for a whole team may come from one address.
fn link(shared: &Shared, call: &Call) -> Result<Link, Failure> {
    let now = shared.now();
    if let Some(link) = shared.people.link_of(now, call.part("token")) {
        return Ok(link);
    }
    shared.people.may_try(now, &call.visit.address)?;
    Err(Refusal::Link.into())
}

fn here(call: &Call) -> String {
    format!(
        "/ind/{}/",
        percent_encoding::utf8_percent_encode(
            call.part("token"),
            percent_encoding::NON_ALPHANUMERIC
        )
    )
}
