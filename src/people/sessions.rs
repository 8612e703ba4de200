//! Sessions: begun by signing in, known by a token in a cookie, ended by time, by their owner or by whoever looks after
//! people. A session says *who*; what they may is looked up anew at every request, so that a change takes effect at once.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{
    Account, Deed, Device, Link, People, PeopleError, Refusal, Secret, as_text, book::Book,
    is_within, kept::Keepable, secret,
};
use crate::{
    model::{Actor, Role},
    text::fold::match_key,
};

/// How long a session of an account lives without being used.
pub const SESSION_IDLE: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How long it lives at most.
pub const SESSION_LASTS: SignedDuration = SignedDuration::from_hours(90 * 24);
/// The time of last use is written down no more often than this.
const NOTED_EVERY: SignedDuration = SignedDuration::from_hours(1);
/// Letters that are kept of what a browser says of itself.
const LONGEST_BROWSER: usize = 60;

/// What `sessioner.json` holds.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Sessions {
    sessions: Vec<Session>,
}

impl Keepable for Sessions {}

/// A browser in which somebody is signed in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Session {
    /// What it is revoked by.
    pub id: String,
    hash: String,
    /// Whose it is.
    pub whose: Whose,
    #[serde(default)]
    round: u32,
    /// When it began.
    #[serde(with = "as_text")]
    pub begun: Timestamp,
    /// When it was last used, to the hour.
    #[serde(with = "as_text")]
    pub seen: Timestamp,
    /// System and browser, as far as it says.
    pub browser: String,
}

/// Whose a session is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Whose {
    /// An account's, by its key.
    Account(String),
    /// A device's, by its id.
    Device(String),
    /// Of whoever sat at the keyboard at the first start.
    Keyboard,
}

/// Who a request comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum Known {
    /// Nobody who is known.
    Nobody,
    /// A device that waits to be let in.
    Waiting(Device, Link),
    /// Somebody, in a session.
    Person(Actor, Session),
}

impl People {
    /// Signs an account in and begins a session, which is always a new one. The answer is the same, and takes the same
    /// time, whether the name or the password is wrong.
    ///
    /// # Errors
    /// When they do not fit, or are tried too often.
    pub fn sign_in(
        &self,
        now: Timestamp,
        address: &str,
        name: &str,
        password: &str,
        browser: &str,
    ) -> Result<Secret, PeopleError> {
        let key: String = match_key(name).chars().take(100).collect();
        self.may_try_name(now, address, &key)?;
        let book = self.book.read();
        let account = book.account(&key).filter(|account| !account.disabled);
        let kept = account.and_then(|account| account.password.as_deref());
        let fits = super::password::fits(password, kept);
        let Some(account) = account.filter(|_| fits) else {
            // What is typed in the wrong field is not written down.
            let known = book
                .account(&key)
                .map_or("?", |account| account.name.as_str());
            self.note(now, &Actor::visitor(), Deed::RefusedSignIn, known);
            return Err(Refusal::SignIn.into());
        };
        self.begin_for(now, account, browser)
    }

    /// Begins a session for an account that has proved itself in another way.
    pub(super) fn begin_for(
        &self,
        now: Timestamp,
        account: &Account,
        browser: &str,
    ) -> Result<Secret, PeopleError> {
        let whose = Whose::Account(account.key());
        let (secret, session) = self.begin_session(now, whose, account.round, browser)?;
        self.note(now, &account.actor(), Deed::SignedIn, &session.id);
        Ok(secret)
    }

    pub(super) fn begin_session(
        &self,
        now: Timestamp,
        whose: Whose,
        round: u32,
        browser: &str,
    ) -> Result<(Secret, Session), PeopleError> {
        let token = Secret::token()?;
        let session = Session {
            id: secret::id()?,
            hash: token.hash(),
            whose,
            round,
            begun: now,
            seen: now,
            browser: browser.chars().take(LONGEST_BROWSER).collect(),
        };
        let book = self.book.read();
        self.sessions.change(|all| {
            // Whatever is over goes when something new comes.
            all.sessions
                .retain(|old| old.known(&book, now) != Known::Nobody);
            all.sessions.push(session.clone());
            Ok(())
        })?;
        Ok((token, session))
    }

    /// Who a session's token belongs to.
    #[must_use]
    pub fn who(&self, now: Timestamp, token: &str) -> Known {
        let hash = secret::hash(token);
        let all = self.sessions.read();
        let Some(session) = all
            .sessions
            .iter()
            .find(|s| secret::is_same(&s.hash, &hash))
        else {
            return Known::Nobody;
        };
        let known = session.known(&self.book.read(), now);
        if known != Known::Nobody && !is_within(now, session.seen, NOTED_EVERY) {
            self.note_use(now, &session.id);
        }
        known
    }

    /// Who a program's token belongs to.
    #[must_use]
    pub fn bearer(&self, token: &str) -> Option<Actor> {
        let hash = secret::hash(token);
        let book = self.book.read();
        let owns = |account: &&Account| {
            account
                .tokens
                .iter()
                .any(|token| secret::is_same(&token.hash, &hash))
        };
        let account = book.accounts.iter().find(owns)?;
        (!account.disabled).then(|| account.actor())
    }

    /// Who a trusted proxy speaks of: the account of that name, or somebody who may read; nobody when it is disabled.
    #[must_use]
    pub fn vouched(&self, name: &str) -> Option<Actor> {
        let name = name.trim();
        let key = match_key(name);
        if key.is_empty() {
            return None;
        }
        match self.book.read().account(&key) {
            Some(account) if account.disabled => None,
            Some(account) => Some(account.actor()),
            None => Some(Actor {
                key: Some(format!("proxy:{key}")),
                name: name.chars().take(80).collect(),
                role: Role::Reader,
                teams: Vec::new(),
            }),
        }
    }

    /// Ends the session of a token; a device is its team's no longer.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn sign_out(&self, now: Timestamp, actor: &Actor, token: &str) -> Result<(), PeopleError> {
        let hash = secret::hash(token);
        let ended = self.sessions.change(|all| {
            let place = all
                .sessions
                .iter()
                .position(|s| secret::is_same(&s.hash, &hash));
            Ok(place.map(|place| all.sessions.remove(place)))
        })?;
        let Some(ended) = ended else { return Ok(()) };
        if let Whose::Device(id) = &ended.whose {
            self.book.change(|book| {
                book.devices.retain(|device| device.id != *id);
                Ok(())
            })?;
        }
        self.note(now, actor, Deed::SignedOut, "");
        Ok(())
    }

    /// The sessions that somebody may see and end: their own; an admin those of every account. Devices are listed by
    /// [`Self::devices`].
    #[must_use]
    pub fn sessions(&self, now: Timestamp, by: &Actor) -> Vec<Session> {
        let book = self.book.read();
        let all = self.sessions.read();
        let seen = |session: &&Session| match session.known(&book, now) {
            Known::Person(actor, _) => {
                !matches!(session.whose, Whose::Device(_))
                    && (actor.key == by.key || by.may_manage_accounts())
            }
            _ => false,
        };
        all.sessions.iter().filter(seen).cloned().collect()
    }

    /// Ends a session at once.
    ///
    /// # Errors
    /// When there is none that they may end.
    pub fn end_session(&self, now: Timestamp, by: &Actor, id: &str) -> Result<(), PeopleError> {
        if !self
            .sessions(now, by)
            .iter()
            .any(|session| session.id == id)
        {
            return Err(Refusal::Unknown.into());
        }
        self.sessions.change(|all| {
            all.sessions.retain(|session| session.id != id);
            Ok(())
        })?;
        self.note(now, by, Deed::EndedSession, id);
        Ok(())
    }

    fn note_use(&self, now: Timestamp, id: &str) {
        let noted = self.sessions.change(|all| {
            if let Some(session) = all.sessions.iter_mut().find(|session| session.id == id) {
                session.seen = now;
            }
            Ok(())
        });
        if let Err(error) = noted {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "the last use of a session could not be written down"
            );
        }
    }
}

impl Session {
    /// Who it stands for now.
    fn known(&self, book: &Book, now: Timestamp) -> Known {
        let is_fresh =
            is_within(now, self.begun, SESSION_LASTS) && is_within(now, self.seen, SESSION_IDLE);
        let actor = match &self.whose {
            Whose::Account(key) => book
                .account(key)
                .filter(|account| is_fresh && !account.disabled && account.round == self.round)
                .map(Account::actor),
            Whose::Keyboard => is_fresh.then(|| self.keyboard()),
            // How long a device lives is its own to say.
            Whose::Device(id) => match book.device(id, now) {
                Some((device, link)) if device.waits() => {
                    return Known::Waiting(device.clone(), link.clone());
                }
                Some((device, link)) => Some(device.actor(link)),
                None => None,
            },
        };
        actor.map_or(Known::Nobody, |actor| Known::Person(actor, self.clone()))
    }

    /// Whoever sits at the keyboard.
    pub(super) fn keyboard(&self) -> Actor {
        Actor {
            key: Some(format!("vaert:{}", self.id)),
            name: String::new(),
            role: Role::Admin,
            teams: Vec::new(),
        }
    }
}

impl Account {
    /// The account as somebody who asks and writes.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor {
            key: Some(format!("konto:{}", self.key())),
            name: self.name.clone(),
            role: self.role,
            teams: self.teams.clone(),
        }
    }
}

impl Device {
    /// The device as somebody who asks and writes.
    #[must_use]
    pub fn actor(&self, link: &Link) -> Actor {
        Actor {
            key: Some(format!("enhed:{}", self.id)),
            name: link.name.clone(),
            role: link.role,
            teams: link.teams.clone(),
        }
    }
}
