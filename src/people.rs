//! Who may come in: accounts, sessions, team links and devices, and the log of who did what.
//!
//! Everything lies in the data folder, in files that only their owner may read: `personer.json` (accounts, links,
//! devices), `sessioner.json` (sessions, as hashes) and `log/` (one file a day, kept for 90 days). Every process sees what
//! another has written at its next question. Every function is told what time it is, and who asks; *whether* they may is
//! [`Actor`]'s to say. Nothing here knows of HTTP.

mod accounts;
pub(crate) mod as_text;
mod audit;
mod book;
mod calendars;
mod first;
mod kept;
mod letters;
mod limits;
mod links;
pub mod password;
mod secret;
mod sessions;
#[cfg(test)]
mod tests;

use std::{
    io,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use jiff::{SignedDuration, Timestamp};

use crate::model::{Actor, Role};
use book::Book;
use kept::Kept;
use sessions::Sessions;

pub use accounts::NewAccount;
pub use audit::{Deed, Entry};
pub use book::{
    Account, DEVICE_LASTS, DEVICE_WAITS, Device, Link, MOST_WAITING, PIN_LOCKED, PIN_TRIES, Token,
};
pub use first::FIRST_LASTS;
pub use limits::TooMany;
pub use links::{Joined, NewLink};
pub use secret::{Secret, fresh_key};
pub use sessions::{Known, SESSION_IDLE, SESSION_LASTS, Session, Whose};

/// The people of one installation.
pub struct People {
    book: Kept<Book>,
    sessions: Kept<Sessions>,
    log: audit::Log,
    limits: limits::Limits,
    first: Mutex<Option<first::First>>,
}

/// Something could not be done for a person or an operator.
#[derive(Debug, thiserror::Error)]
pub enum PeopleError {
    /// The data folder.
    #[error("cannot use {path}")]
    Disk {
        /// Which file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The system has no random numbers.
    #[error("the system gives no random numbers")]
    Random(#[source] getrandom::Error),
    /// A password could not be hashed.
    #[error("cannot hash a password")]
    Hash(#[source] argon2::password_hash::Error),
    /// What is known could not be put in words.
    #[error("cannot write down what is known")]
    Words(#[source] serde_json::Error),
    /// Whoever asked may not, or asked for what is not there.
    #[error(transparent)]
    Refused(#[from] Refusal),
}

/// Why somebody is refused; the page says it in friendlier words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// They have not the right.
    #[error("not allowed")]
    NotAllowed,
    /// There is no such account, link, device or session.
    #[error("there is no such account, link, device or session")]
    Unknown,
    /// The name holds no letter, or too many.
    #[error("a name has between 1 and 80 letters")]
    Name,
    /// There is such an account already.
    #[error("there is an account with that name already")]
    Taken,
    /// A password is too short or too long.
    #[error("a password has at least 10 letters, and at most 200")]
    PasswordLength,
    /// Name and password do not belong together, or there is no such name.
    #[error("name and password do not fit")]
    SignIn,
    /// The link is not known, revoked or over.
    #[error("the link does not work any more")]
    Link,
    /// Not six digits.
    #[error("a PIN has six digits")]
    PinForm,
    /// The wrong PIN.
    #[error("the PIN is wrong")]
    PinWrong,
    /// The link's PIN has been guessed at too often.
    #[error("the PIN is locked for a while")]
    PinLocked,
    /// Too many devices wait at one link.
    #[error("too many devices are waiting")]
    TooManyWaiting,
    /// Not a mail address.
    #[error("that is no mail address")]
    Mail,
    /// Too often.
    #[error("too often; wait {} seconds", .0.wait.as_secs())]
    TooMany(TooMany),
}

impl PeopleError {
    /// The refusal in it, where a person was refused and nothing broke.
    #[must_use]
    pub const fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) => Some(refusal),
            _ => None,
        }
    }

    /// What the disk said about a file.
    fn disk(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Disk { path, source }
    }
}

impl People {
    /// Reads what a data folder holds; without one nothing outlives the process.
    ///
    /// # Errors
    /// When the disk refuses. A file that cannot be read is kept beside and told in the log.
    pub fn open(data: Option<&Path>, now: Timestamp) -> Result<Self, PeopleError> {
        let place = |name: &str| data.map(|folder| folder.join(name));
        Ok(Self {
            book: Kept::open(place("personer.json"))?,
            sessions: Kept::open(place("sessioner.json"))?,
            log: audit::Log::of(place("log")),
            limits: limits::Limits::from(now),
            first: Mutex::new(None),
        })
    }

    /// Whether there is any account, or may have been one.
    #[must_use]
    pub fn has_accounts(&self) -> bool {
        let book = self.book.read();
        book.begun_anew || !book.accounts.is_empty()
    }
}

/// Whoever runs the commands, and so owns the files.
#[must_use]
pub fn operator() -> Actor {
    Actor {
        key: Some("vaert:kommandolinje".to_owned()),
        name: "kaffe".to_owned(),
        role: Role::Admin,
        teams: Vec::new(),
    }
}

/// Whether less than `lasts` has gone since `from`.
fn is_within(now: Timestamp, from: Timestamp, lasts: SignedDuration) -> bool {
    now.duration_since(from) < lasts
}

/// A poisoned lock is a panic of another thread; what it holds is swapped whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
