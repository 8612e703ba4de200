//! `kaffe user`: accounts, team links and devices, for whoever runs the installation. A running server sees every change
//! at its next request. Nothing secret is ever an argument: a password or a token is made here and shown once, read from
//! standard input, or written to a file.

use std::{
    io::{self, BufRead, Write},
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use jiff::civil::Date;

use super::{Outcome, clock, default_content, serve::beside};
use crate::{
    engine::{Engine, Options},
    model::{Audience, RecordId, Role},
    people::{NewAccount, NewLink, People, PeopleError, Refusal, Secret, operator},
    site::route::Surface,
    source::save,
    text::likeness::nearest,
};

/// The arguments of `kaffe user`.
#[derive(Debug, Args)]
pub struct User {
    #[command(subcommand)]
    deed: Deed,
    /// The content folder
    #[arg(long, global = true, value_name = "DIR", default_value_os_t = default_content())]
    content: PathBuf,
    /// The data folder; `.kaffe` beside the content where nothing is said
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Deed {
    /// Make an account; its password is made too, and shown once
    Add(Add),
    /// List accounts, links, devices and tokens
    List,
    /// Make a link that lets a team's devices in, and print its address
    Link(Link),
    /// Give an account a new password, show it once, and end its sessions
    Password(Password),
    /// Shut out an account (by name), or end a link, a device or a token (by id), at once
    Revoke(Revoke),
}

#[derive(Debug, Args)]
struct Add {
    /// The name, as it is typed when signing in
    name: String,
    /// reader, team, coach, analyst, editor, committee, leader or admin
    #[arg(long, value_parser = role)]
    role: Role,
    /// A team that they belong to or follow; may be given more than once
    #[arg(long, value_name = "TEAM")]
    team: Vec<String>,
    /// Make a token for a program instead of a password, and write it to this file
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
    /// Read the password from standard input, one line
    #[arg(long)]
    password_stdin: bool,
}

#[derive(Debug, Args)]
struct Link {
    /// The team's id
    #[arg(required_unless_present = "guests")]
    team: Option<String>,
    /// Let guests of the følgegruppe in, who may comment, instead of a team
    #[arg(long, conflicts_with = "team")]
    guests: bool,
    /// The last day on which it works (YYYY-MM-DD)
    #[arg(long, value_name = "DATE")]
    until: Option<Date>,
}

#[derive(Debug, Args)]
struct Password {
    /// The account's name
    name: String,
    /// Read the password from standard input, one line
    #[arg(long)]
    password_stdin: bool,
}

#[derive(Debug, Args)]
struct Revoke {
    /// An account's name, or the id of a link, a device or a token
    what: String,
}

fn role(word: &str) -> Result<Role, String> {
    Role::from_key(word).ok_or_else(|| {
        let all: Vec<&str> = Role::ALL.iter().map(|role| role.key()).collect();
        format!("the roles are {}", all.join(", "))
    })
}

impl User {
    pub fn run(self) -> anyhow::Result<Outcome> {
        let data = self.data.clone().unwrap_or_else(|| beside(&self.content));
        let people = People::open(Some(&data), clock::now())
            .with_context(|| format!("cannot use the data folder {}", data.display()))?;
        match &self.deed {
            Deed::Add(add) => self.add(&people, add)?,
            Deed::List => list(&people)?,
            Deed::Link(link) => self.link(&people, link)?,
            Deed::Password(password) => renew(&people, password)?,
            Deed::Revoke(revoke) => self::revoke(&people, &revoke.what)?,
        }
        Ok(Outcome::Well)
    }

    fn add(&self, people: &People, add: &Add) -> anyhow::Result<()> {
        let teams = if add.team.is_empty() {
            Vec::new()
        } else {
            let engine = self.engine()?;
            add.team
                .iter()
                .map(|team| team_of(&engine, team).map(|(id, _)| id))
                .collect::<anyhow::Result<_>>()?
        };
        // A file that cannot be written is found out before anything is made.
        if let Some(file) = &add.token_file {
            write_secret(file, "")?;
        }
        let given = add.password_stdin.then(line).transpose()?;
        let made = match (&given, &add.token_file) {
            (None, None) => Some(Secret::password()?),
            _ => None,
        };
        let new = NewAccount {
            name: add.name.clone(),
            role: add.role,
            teams,
            mail: None,
            password: given.or_else(|| made.as_ref().map(|made| made.text().to_owned())),
        };
        let (by, now) = (operator(), clock::now());
        let account = people.add_account(now, &by, new)?;
        if let Some(file) = &add.token_file {
            write_secret(file, people.add_token(now, &by, &account.name)?.text())?;
        }
        if let Some(made) = made {
            writeln!(io::stdout(), "{}", made.text())?;
        }
        Ok(())
    }

    fn link(&self, people: &People, link: &Link) -> anyhow::Result<()> {
        let engine = self.engine()?;
        let (team, name) = match &link.team {
            Some(team) => {
                let (id, title) = team_of(&engine, team)?;
                (Some(id), title)
            }
            None => (
                None,
                engine.snapshot().texts().get("personer_guests").to_owned(),
            ),
        };
        let new = NewLink {
            team,
            name,
            until: link.until,
        };
        let made = people.add_link(clock::now(), &operator(), new)?;
        let base = engine.snapshot().view().config().base_url.clone();
        let token = people.link_token(&made);
        writeln!(io::stdout(), "{}/ind/{token}/", base.unwrap_or_default())?;
        Ok(())
    }

    /// The content, for the names of teams.
    fn engine(&self) -> anyhow::Result<Engine> {
        Ok(Engine::start(Options {
            content: self.content.clone(),
            theme: None,
            audience: Audience::All,
            surface: Surface::Live,
            today: clock::today(None),
            search: false,
            data: None,
        })?)
    }
}

/// A team of the content: its id and its name.
fn team_of(engine: &Engine, word: &str) -> anyhow::Result<(RecordId, String)> {
    let snapshot = engine.snapshot();
    let view = snapshot.view();
    if let Some(seen) = view.find("team", word) {
        return Ok((seen.record.reference.id.clone(), seen.record.title.clone()));
    }
    let ids: Vec<String> = view
        .of_kind(&crate::model::KindKey::new("team"))
        .map(|seen| seen.record.reference.id.to_string())
        .collect();
    let near = nearest(word, ids.iter().map(String::as_str));
    let near = near
        .map(|id| format!(" (did you mean {id}?)"))
        .unwrap_or_default();
    bail!(
        "there is no team {word}{near}; the teams are {}",
        ids.join(", ")
    )
}

fn renew(people: &People, asked: &Password) -> anyhow::Result<()> {
    let (by, now) = (operator(), clock::now());
    if asked.password_stdin {
        people.set_password(now, &by, &asked.name, &line()?)?;
    } else {
        let password = people.renew_password(now, &by, &asked.name)?;
        writeln!(io::stdout(), "{}", password.text())?;
    }
    Ok(())
}

fn list(people: &People) -> anyhow::Result<()> {
    let (by, now, mut out) = (operator(), clock::now(), io::stdout().lock());
    for account in people.accounts() {
        let teams: Vec<&str> = account.teams.iter().map(RecordId::as_str).collect();
        let state = if account.disabled { "shut out" } else { "in" };
        writeln!(
            out,
            "account\t{}\t{}\t{}\t{state}",
            account.name,
            account.role.key(),
            teams.join(",")
        )?;
        for token in account.tokens() {
            writeln!(
                out,
                "token\t{}\t{}\tmade {}",
                token.id, account.name, token.made
            )?;
        }
    }
    for link in people.links(now, &by) {
        let until = link
            .until
            .map(|day| format!("until {day}"))
            .unwrap_or_default();
        writeln!(
            out,
            "link\t{}\t{}\t{}\t{until}",
            link.id,
            link.name,
            link.role.key()
        )?;
    }
    for (device, link) in people.devices(now, &by) {
        let state = if device.waits() { "waits" } else { "in" };
        writeln!(
            out,
            "device\t{}\t{}\t{state}\tuntil {}\t{}",
            device.id,
            link.name,
            device.ends(),
            device.browser
        )?;
    }
    for session in people.sessions(now, &by) {
        writeln!(
            out,
            "session\t{}\t{:?}\tseen {}",
            session.id, session.whose, session.seen
        )?;
    }
    Ok(())
}

/// Ends whatever bears the name or the id.
fn revoke(people: &People, what: &str) -> anyhow::Result<()> {
    let (by, now) = (operator(), clock::now());
    let ends: [&dyn Fn() -> Result<(), PeopleError>; 5] = [
        &|| people.revoke_link(now, &by, what),
        &|| people.turn_away(now, &by, what),
        &|| people.revoke_token(now, &by, what),
        &|| people.end_session(now, &by, what),
        &|| people.set_disabled(now, &by, what, true),
    ];
    for end in ends {
        match end() {
            Ok(()) => return Ok(()),
            Err(PeopleError::Refused(Refusal::Unknown)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    bail!("there is no account, link, device, token or session {what}; see kaffe user list")
}

fn write_secret(file: &Path, secret: &str) -> anyhow::Result<()> {
    save::replace_private(file, format!("{secret}\n").as_bytes())
        .with_context(|| format!("cannot write {}", file.display()))
}

/// A line of standard input, without its end.
fn line() -> anyhow::Result<String> {
    let mut line = String::new();
    io::stdin()
        .lock()
        .read_line(&mut line)
        .context("cannot read standard input")?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
