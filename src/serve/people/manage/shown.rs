//! What the page of people shows.

use axum::{http::StatusCode, response::Response};
use serde::Serialize;

use super::super::{
    Call, Failure,
    device::{SessionRow, role},
    screen, when,
};
use crate::{
    engine::Snapshot,
    model::{KindKey, RecordId, Role},
    people::{Account, Device, Link, Refusal, Secret, Whose},
    render::Texts,
    serve::Shared,
    text::Lang,
};

/// The choice of a link for guests, among teams.
pub const GUESTS: &str = "-";

/// What is said above the page.
#[derive(Default)]
pub struct Told {
    /// What went wrong.
    pub error: Option<String>,
    /// A name and the password that is shown this once.
    pub secret: Option<(String, Secret)>,
}

#[derive(Serialize)]
struct Own {
    personer: People,
}

#[derive(Serialize)]
struct People {
    error: Option<String>,
    done: Option<String>,
    secret: Option<NewSecret>,
    /// Nobody has an account yet.
    first: bool,
    waiting: Vec<DeviceRow>,
    devices: Vec<DeviceRow>,
    links: Vec<LinkRow>,
    teams: Vec<Choice>,
    may_guests: bool,
    guests: &'static str,
    is_admin: bool,
    roles: Vec<Choice>,
    accounts: Vec<AccountRow>,
    sessions: Vec<SessionRow>,
}

#[derive(Serialize)]
struct NewSecret {
    name: String,
    password: String,
}

#[derive(Serialize)]
struct DeviceRow {
    id: String,
    browser: String,
    team: String,
    code: String,
    asked: String,
    until: String,
}

#[derive(Serialize)]
struct LinkRow {
    id: String,
    name: String,
    guest: bool,
    made: String,
    until: Option<String>,
    has_pin: bool,
    pin_locked: bool,
    devices: usize,
}

#[derive(Serialize)]
struct AccountRow {
    key: String,
    name: String,
    role: &'static str,
    role_text: String,
    teams: Vec<Choice>,
    team_text: String,
    disabled: bool,
    has_password: bool,
    tokens: Vec<TokenRow>,
    /// Whoever looks at the page; they do not shut themselves out.
    me: bool,
}

#[derive(Serialize)]
struct TokenRow {
    id: String,
    made: String,
}

#[derive(Clone, Serialize)]
struct Choice {
    key: String,
    title: String,
    chosen: bool,
}

/// Makes the page.
pub fn show(
    shared: &Shared,
    call: &Call,
    status: StatusCode,
    told: Told,
) -> Result<Response, Failure> {
    let (visit, now) = (&call.visit, shared.now());
    let actor = &visit.actor;
    if !actor.may_manage_people() {
        return Err(Refusal::NotAllowed.into());
    }
    let open = &shared.engine.options().audience;
    let snapshot = shared.engine.snapshot_for(&actor.audience(open))?;
    let (texts, people) = (snapshot.texts(), &shared.people);
    let lang = texts.lang();
    let devices = people.devices(now, actor);
    let is_admin = actor.may_manage_accounts();
    let teams = teams(&snapshot);
    let links = people.links(now, actor).into_iter().map(|link| {
        let own = |(device, _): &&(Device, Link)| device.link == link.id && !device.waits();
        LinkRow {
            devices: devices.iter().filter(own).count(),
            guest: link.role == Role::Committee,
            made: when::day(link.made, lang),
            until: link
                .until
                .map(|last| crate::text::danish::date_long(last, lang)),
            has_pin: link.has_pin(),
            pin_locked: link.pin_locked_until(now).is_some(),
            id: link.id,
            name: link.name,
        }
    });
    let links = links.collect();
    let (waiting, devices): (Vec<_>, Vec<_>) =
        devices.into_iter().partition(|(device, _)| device.waits());
    let accounts = if is_admin {
        people.accounts()
    } else {
        Vec::new()
    };
    let roles = [
        Role::Coach,
        Role::Editor,
        Role::Analyst,
        Role::Team,
        Role::Leader,
        Role::Reader,
        Role::Committee,
        Role::Admin,
    ];
    let own = Own {
        personer: People {
            error: told.error,
            done: done(texts, call.field("gjort")),
            secret: told.secret.map(|(name, password)| NewSecret {
                name,
                password: password.text().to_owned(),
            }),
            first: is_admin && !people.has_accounts(),
            waiting: rows(waiting, lang),
            devices: rows(devices, lang),
            links,
            may_guests: actor.may_manage_link(None),
            guests: GUESTS,
            is_admin,
            roles: roles
                .map(|one| Choice {
                    key: one.key().to_owned(),
                    title: role(texts, one).to_owned(),
                    chosen: one == Role::Coach,
                })
                .into(),
            sessions: sessions(shared, call, texts),
            accounts: accounts
                .into_iter()
                .map(|account| account_row(account, actor.account_key(), &teams, texts))
                .collect(),
            teams: teams
                .into_iter()
                .filter(|team| actor.may_manage_link(Some(&RecordId::new(&team.key))))
                .collect(),
        },
    };
    screen(
        shared,
        visit,
        "personer",
        texts.get("personer_title"),
        status,
        &own,
    )
}

fn done(texts: &Texts, what: Option<&str>) -> Option<String> {
    let key = match what? {
        "ind" => "personer_done_in",
        "ud" => "personer_done_out",
        "adresse" => "personer_done_address",
        "pin" => "personer_done_pin",
        "lukket" => "personer_done_closed",
        "session" => "personer_done_session",
        "konto" => "personer_done_account",
        "ude" => "personer_done_disabled",
        "inde" => "personer_done_enabled",
        "noegle" => "personer_done_token",
        _ => return None,
    };
    Some(texts.get(key).to_owned())
}

fn teams(snapshot: &Snapshot) -> Vec<Choice> {
    let kind = KindKey::new("team");
    let teams = snapshot.view().of_kind(&kind);
    teams
        .map(|seen| Choice {
            key: seen.record.reference.id.to_string(),
            title: seen.record.title.clone(),
            chosen: false,
        })
        .collect()
}

fn rows(devices: Vec<(Device, Link)>, lang: Lang) -> Vec<DeviceRow> {
    devices
        .into_iter()
        .map(|(device, link)| DeviceRow {
            asked: when::moment(device.asked, lang),
            until: when::day(device.ends(), lang),
            id: device.id,
            browser: device.browser,
            code: device.code,
            team: link.name,
        })
        .collect()
}

fn account_row(account: Account, me: Option<&str>, teams: &[Choice], texts: &Texts) -> AccountRow {
    let key = account.key();
    let of = |id: &str| account.teams.iter().any(|team| team.as_str() == id);
    let teams: Vec<Choice> = teams
        .iter()
        .map(|team| Choice {
            chosen: of(&team.key),
            ..team.clone()
        })
        .collect();
    let names: Vec<&str> = teams
        .iter()
        .filter(|t| t.chosen)
        .map(|t| t.title.as_str())
        .collect();
    AccountRow {
        me: me == Some(key.as_str()),
        role: account.role.key(),
        role_text: role(texts, account.role).to_owned(),
        team_text: crate::text::danish::list_words(&names, texts.lang()),
        teams,
        disabled: account.disabled,
        has_password: account.has_password(),
        tokens: account
            .tokens()
            .iter()
            .map(|token| TokenRow {
                id: token.id.clone(),
                made: when::day(token.made, texts.lang()),
            })
            .collect(),
        key,
        name: account.name,
    }
}

/// The sessions of accounts, for an admin; everybody's own stand on *Min enhed*.
fn sessions(shared: &Shared, call: &Call, texts: &Texts) -> Vec<SessionRow> {
    let actor = &call.visit.actor;
    if !actor.may_manage_accounts() {
        return Vec::new();
    }
    let here = call
        .visit
        .session
        .as_ref()
        .map(|session| session.id.as_str());
    let name = |whose: &Whose| match whose {
        Whose::Account(key) => shared.people.account(key).map(|account| account.name),
        _ => None,
    };
    let all = shared.people.sessions(shared.now(), actor);
    all.into_iter()
        .map(|session| SessionRow {
            mine: here == Some(session.id.as_str()),
            name: name(&session.whose).unwrap_or_else(|| texts.get("personer_keyboard").to_owned()),
            begun: when::day(session.begun, texts.lang()),
            seen: when::moment(session.seen, texts.lang()),
            browser: session.browser,
            id: session.id,
        })
        .collect()
}
