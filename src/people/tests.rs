//! What the door promises, with the time told and nobody asleep.

mod accounts;
mod files;
mod links;
mod sessions;

use std::sync::LazyLock;

use jiff::{SignedDuration, Timestamp};

use super::{Known, NewAccount, NewLink, People, PeopleError, Refusal, Secret, operator};
use crate::model::{Actor, RecordId, Role};

/// A password that everybody here has; hashing one takes time.
const PASSWORD: &str = "fire små grå æbler";

static HASH: LazyLock<String> =
    LazyLock::new(|| super::password::hash(PASSWORD).expect("a password"));

/// The moment at which every test begins.
fn now() -> Timestamp {
    "2026-11-01T09:00:00Z".parse().expect("a moment")
}

fn later(duration: SignedDuration) -> Timestamp {
    now().checked_add(duration).expect("a moment")
}

fn people() -> People {
    People::open(None, now()).expect("people")
}

/// Adds an account with [`PASSWORD`].
fn add(people: &People, name: &str, role: Role, teams: &[&str]) -> Actor {
    let new = NewAccount {
        name: name.to_owned(),
        role,
        teams: teams.iter().map(|team| RecordId::new(team)).collect(),
        mail: None,
        password: None,
    };
    let account = people
        .add_account(now(), &operator(), new)
        .expect("an account");
    people
        .change_account(name, |account| account.password = Some(HASH.clone()))
        .expect("a password");
    account.actor()
}

fn sign_in(
    people: &People,
    at: Timestamp,
    name: &str,
    password: &str,
) -> Result<Secret, PeopleError> {
    people.sign_in(at, "192.0.2.1", name, password, "Firefox")
}

/// Who a token belongs to, by their key.
fn key_of(people: &People, at: Timestamp, token: &Secret) -> Option<String> {
    match people.who(at, token.text()) {
        Known::Person(actor, _) => actor.key,
        _ => None,
    }
}

fn team_link(people: &People, by: &Actor, team: &str) -> super::Link {
    let new = NewLink {
        team: Some(RecordId::new(team)),
        name: format!("Team {team}"),
        until: None,
    };
    people.add_link(now(), by, new).expect("a link")
}

#[track_caller]
fn refused<T: std::fmt::Debug>(result: Result<T, PeopleError>) -> Refusal {
    let error = result.expect_err("a refusal");
    error
        .refusal()
        .unwrap_or_else(|| panic!("{error:?}"))
        .clone()
}
