//! *Personer og links*: whoever looks after people lets devices in, makes links and, as an admin, accounts.

mod shown;

use axum::{http::StatusCode, response::Response};
use jiff::civil::Date;

use super::{Call, Failure, refused, see_other};
use crate::{
    model::{RecordId, Role},
    people::{NewAccount, NewLink, PeopleError, Refusal, Secret},
    serve::Shared,
};
use shown::{Told, show};

/// `GET /personer/`
pub fn page(shared: &Shared, call: &Call) -> Result<Response, Failure> {
    show(shared, call, StatusCode::OK, Told::default())
}

/// From the address of a form to its page.
#[expect(clippy::unnecessary_wraps, reason = "every handler answers so")]
pub fn back(_: &Shared, _: &Call) -> Result<Response, Failure> {
    Ok(see_other("/personer/"))
}

/// `POST /personer/enhed/{id}/`: lets a device in, turns it away or signs it out.
pub fn device(shared: &Shared, call: &Call) -> Result<Response, Failure> {
    let (people, now, by, id) = (
        &shared.people,
        shared.now(),
        &call.visit.actor,
        call.part("id"),
    );
    match call.field("valg") {
        Some("ind") => done(shared, call, people.let_in(now, by, id), "ind"),
        Some("ud") => done(shared, call, people.turn_away(now, by, id), "ud"),
        _ => Err(Refusal::Unknown.into()),
    }
}

/// `POST /personer/link/`: a new link.
pub fn new_link(shared: &Shared, call: &Call) -> Result<Response, Failure> {
    let team = call
        .field("team")
        .filter(|team| *team != shown::GUESTS)
        .map(RecordId::new);
    let snapshot = shared
        .engine
        .snapshot_for(&call.visit.actor.audience(&shared.engine.options().audience))?;
    let name = match &team {
        None => snapshot.texts().get("personer_guests").to_owned(),
        Some(id) => {
            let seen = snapshot.view().find("team", id.as_str());
            seen.ok_or(Refusal::Unknown)?.record.title.clone()
        }
    };
    if call.field("team").is_none() {
        return Err(Refusal::Unknown.into());
    }
    let until = call
        .field("til_og_med")
        .and_then(|day| day.parse::<Date>().ok());
    let made = shared.people.add_link(
        shared.now(),
        &call.visit.actor,
        NewLink { team, name, until },
    );
    match made {
        Ok(link) => Ok(see_other(&format!("/personer/link/{}/", link.id))),
        Err(error) => told(shared, call, error),
    }
}

/// `POST /personer/link/{id}/`: a new address, a PIN, or the end of it.
pub fn link(shared: &Shared, call: &Call) -> Result<Response, Failure> {
    let (people, now, by, id) = (
        &shared.people,
        shared.now(),
        &call.visit.actor,
        call.part("id"),
    );
    match call.field("valg") {
        Some("ny-adresse") => done(shared, call, people.renew_link(now, by, id), "adresse"),
        Some("pin") => done(
            shared,
            call,
            people.set_pin(now, by, id, call.field("pin")),
            "pin",
        ),
        Some("luk") => done(shared, call, people.revoke_link(now, by, id), "lukket"),
        _ => Err(Refusal::Unknown.into()),
    }
}

/// `POST /personer/session/{id}/`: ends it.
pub fn session(shared: &Shared, call: &Call) -> Result<Response, Failure> {
    let ended = shared
        .people
        .end_session(shared.now(), &call.visit.actor, call.part("id"));
    done(shared, call, ended, "session")
}

/// `POST /personer/konto/`: a new account with a password that is shown once.
pub fn new_account(shared: &Shared, call: &Call) -> Result<Response, Failure> {
    let (people, now, by) = (&shared.people, shared.now(), &call.visit.actor);
    let password = Secret::password()?;
    let new = NewAccount {
        name: call.field("navn").unwrap_or_default().to_owned(),
        role: role(call)?,
        teams: teams(call),
        mail: call.field("mail").map(str::to_owned),
        password: Some(password.text().to_owned()),
    };
    let _turn = shared.turn();
    match people.add_account(now, by, new) {
        Ok(account) => {
            let told = Told {
                secret: Some((account.name, password)),
                ..Told::default()
            };
            show(shared, call, StatusCode::OK, told)
        }
        Err(error) => told(shared, call, error),
    }
}

/// `POST /personer/konto/{name}/`: role and teams, a new password, out and in again, or a program's token revoked.
pub fn account(shared: &Shared, call: &Call) -> Result<Response, Failure> {
    let (people, now, by) = (&shared.people, shared.now(), &call.visit.actor);
    let name = call.part("name");
    match call.field("valg") {
        Some("rolle") => {
            let changed = people.set_role(now, by, name, role(call)?, teams(call));
            done(shared, call, changed, "konto")
        }
        Some("adgangskode") => {
            let _turn = shared.turn();
            let password = people.renew_password(now, by, name)?;
            let told = Told {
                secret: people.account(name).map(|account| (account.name, password)),
                ..Told::default()
            };
            show(shared, call, StatusCode::OK, told)
        }
        Some("ude") => done(
            shared,
            call,
            people.set_disabled(now, by, name, true),
            "ude",
        ),
        Some("inde") => done(
            shared,
            call,
            people.set_disabled(now, by, name, false),
            "inde",
        ),
        Some("noegle") => {
            let id = call.field("id").unwrap_or_default();
            done(shared, call, people.revoke_token(now, by, id), "noegle")
        }
        _ => Err(Refusal::Unknown.into()),
    }
}

/// Back to the page, which says what was done, or why not.
fn done(
    shared: &Shared,
    call: &Call,
    result: Result<(), PeopleError>,
    what: &str,
) -> Result<Response, Failure> {
    match result {
        Ok(()) => Ok(see_other(&format!("/personer/?gjort={what}"))),
        Err(error) => told(shared, call, error),
    }
}

fn told(shared: &Shared, call: &Call, error: PeopleError) -> Result<Response, Failure> {
    match error.refusal() {
        None | Some(Refusal::NotAllowed) => Err(error.into()),
        Some(refusal) => {
            let words = refused::words(shared.engine.snapshot().texts(), refusal);
            let told = Told {
                error: Some(words),
                ..Told::default()
            };
            show(shared, call, StatusCode::UNPROCESSABLE_ENTITY, told)
        }
    }
}

fn role(call: &Call) -> Result<Role, Failure> {
    let role = call.field("rolle").and_then(Role::from_key);
    role.ok_or_else(|| Refusal::Unknown.into())
}

fn teams(call: &Call) -> Vec<RecordId> {
    call.all("team")
        .filter(|id| !id.is_empty())
        .map(RecordId::new)
        .collect()
}
