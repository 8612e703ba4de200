//! *Min enhed*: who am I here, and what can I change about it?

use axum::{http::StatusCode, response::Response};
use serde::Serialize;

use super::{Call, Failure, calendar, refused, screen, see_other, sign_in, when};
use crate::{
    model::Role,
    people::{PeopleError, Whose, password::SHORTEST},
    serve::Shared,
    text::Lang,
};

#[derive(Serialize)]
struct Own {
    enhed: Mine,
}

#[derive(Serialize)]
struct Mine {
    name: String,
    role: Option<String>,
    /// `device`, `account`, `keyboard`, `proxy`, `waiting` or `nobody`.
    how: &'static str,
    /// Until when the device is in.
    until: Option<String>,
    /// The names of the teams.
    teams: Vec<String>,
    sessions: Vec<SessionRow>,
    has_password: bool,
    shortest: usize,
    mail: String,
    digest: bool,
    /// The calendars of the teams, for other programs.
    calendars: Vec<CalendarRow>,
    error: Option<String>,
    done: Option<String>,
}

#[derive(Serialize)]
struct CalendarRow {
    team: String,
    address: String,
}

#[derive(Serialize)]
pub(super) struct SessionRow {
    pub id: String,
    pub browser: String,
    pub begun: String,
    pub seen: String,
    pub mine: bool,
    /// Whose, where others are listed too.
    pub name: String,
}

/// `GET /enhed/`
pub fn page(shared: &Shared, call: &Call) -> Result<Response, Failure> {
    show(shared, call, StatusCode::OK, None)
}

/// From the address of a form to its page.
#[expect(clippy::unnecessary_wraps, reason = "every handler answers so")]
pub fn back(_: &Shared, _: &Call) -> Result<Response, Failure> {
    Ok(see_other("/enhed/"))
}

/// `POST /enhed/adgangskode/`
pub fn password(shared: &Shared, call: &Call) -> Result<Response, Failure> {
    let (old, new) = (sign_in::password(call, "nu"), sign_in::password(call, "ny"));
    let _turn = shared.turn();
    let changed =
        shared
            .people
            .change_own_password(shared.now(), &call.visit.actor, old, new, &call.browser);
    match changed {
        Ok(token) => Ok(sign_in::signed_in(
            shared,
            call,
            &token,
            "/enhed/?gjort=adgangskode",
        )),
        Err(error) => said(shared, call, error),
    }
}

/// `POST /enhed/ugebrev/`
pub fn digest(shared: &Shared, call: &Call) -> Result<Response, Failure> {
    let (mail, digest) = (call.field("mail"), call.field("ugebrev").is_some());
    match shared
        .people
        .set_own_digest(shared.now(), &call.visit.actor, mail, digest)
    {
        Ok(()) => Ok(see_other("/enhed/?gjort=ugebrev")),
        Err(error) => said(shared, call, error),
    }
}

/// `POST /enhed/session/{id}/`
pub fn end_session(shared: &Shared, call: &Call) -> Result<Response, Failure> {
    shared
        .people
        .end_session(shared.now(), &call.visit.actor, call.part("id"))?;
    Ok(see_other("/enhed/?gjort=session"))
}

fn said(shared: &Shared, call: &Call, error: PeopleError) -> Result<Response, Failure> {
    match error.refusal() {
        Some(refusal) => {
            let words = refused::words(shared.engine.snapshot().texts(), refusal);
            show(shared, call, StatusCode::UNPROCESSABLE_ENTITY, Some(words))
        }
        None => Err(error.into()),
    }
}

fn show(
    shared: &Shared,
    call: &Call,
    status: StatusCode,
    error: Option<String>,
) -> Result<Response, Failure> {
    let (visit, now) = (&call.visit, shared.now());
    let snapshot = shared
        .engine
        .snapshot_for(&visit.actor.audience(&shared.engine.options().audience))?;
    let texts = snapshot.texts();
    let lang = texts.lang();
    let whose = visit.session.as_ref().map(|session| &session.whose);
    let (how, until) = match whose {
        Some(Whose::Account(_)) => ("account", None),
        Some(Whose::Keyboard) => ("keyboard", None),
        Some(Whose::Device(id)) => ("device", shared.people.device_ends(now, id)),
        None if visit.waiting.is_some() => ("waiting", None),
        None if visit.actor.is_signed_in() => ("proxy", None),
        None => ("nobody", None),
    };
    let account = visit
        .actor
        .account_key()
        .and_then(|key| shared.people.account(key));
    let title_of = |team: &crate::model::RecordId| {
        let seen = snapshot.view().find("team", team.as_str());
        seen.map_or_else(|| team.to_string(), |seen| seen.record.title.clone())
    };
    let calendars = shared.people.calendars(now, &visit.actor);
    let done = match call.field("gjort") {
        Some("adgangskode") => Some(texts.get("enhed_password_done").to_owned()),
        Some("ugebrev") => Some(texts.get("enhed_digest_done").to_owned()),
        Some("session") => Some(texts.get("enhed_session_done").to_owned()),
        _ => None,
    };
    let own = Own {
        enhed: Mine {
            name: visit.actor.name.clone(),
            role: visit
                .actor
                .is_signed_in()
                .then(|| role(texts, visit.actor.role).to_owned()),
            how,
            until: until.map(|at| when::day(at, lang)),
            teams: visit.actor.teams.iter().map(title_of).collect(),
            sessions: own_sessions(shared, call, lang),
            has_password: account
                .as_ref()
                .is_some_and(crate::people::Account::has_password),
            shortest: SHORTEST,
            mail: account
                .as_ref()
                .and_then(|a| a.mail.clone())
                .unwrap_or_default(),
            digest: account.as_ref().is_some_and(|a| a.digest),
            calendars: calendars
                .into_iter()
                .map(|(team, token)| CalendarRow {
                    team: title_of(&team),
                    address: calendar::address(&call.base, &token),
                })
                .collect(),
            error,
            done,
        },
    };
    screen(
        shared,
        visit,
        "enhed",
        texts.get("enhed_title"),
        status,
        &own,
    )
}

/// The browsers in which somebody is signed in, this one first.
fn own_sessions(shared: &Shared, call: &Call, lang: Lang) -> Vec<SessionRow> {
    let actor = &call.visit.actor;
    let all = shared.people.sessions(shared.now(), actor);
    let own = all
        .into_iter()
        .filter(|session| match (&session.whose, actor.account_key()) {
            (Whose::Account(key), Some(own)) => key == own,
            _ => false,
        });
    let here = call
        .visit
        .session
        .as_ref()
        .map(|session| session.id.as_str());
    let mut rows: Vec<SessionRow> = own
        .map(|session| SessionRow {
            mine: here == Some(session.id.as_str()),
            begun: when::day(session.begun, lang),
            seen: when::moment(session.seen, lang),
            browser: session.browser,
            id: session.id,
            name: String::new(),
        })
        .collect();
    rows.sort_by_key(|row| !row.mine);
    rows
}

/// What a role is called.
pub(super) fn role(texts: &crate::render::Texts, role: Role) -> &str {
    texts.get(match role {
        Role::Reader => "personer_role_reader",
        Role::Team => "personer_role_team",
        Role::Coach => "personer_role_coach",
        Role::Analyst => "personer_role_analyst",
        Role::Editor => "personer_role_editor",
        Role::Committee => "personer_role_committee",
        Role::Leader => "personer_role_leader",
        Role::Admin => "personer_role_admin",
    })
}
