//! Letters: the one of the week, and the question how it went; written when they are due, kept until they are sent.
//!
//! [`Post::round`] does everything that is due at a moment and is called again and again; it is told the time. What it
//! takes on stands in a file before anything is sent ([`queue`]), and leaves it after the server has taken it: a process
//! that ends between the two sends that one letter again, under the same name, and none is lost. A letter goes to an
//! account that wants it, and tells what that account may see at the moment in which it is sent. The one door to `lettre`.

mod message;
mod queue;
mod sending;
pub mod server;
pub mod when;
mod writing;

use std::{
    io,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use jiff::{Timestamp, tz::TimeZone};

use self::{message::Outside, queue::Queue};
use crate::{
    engine::{Engine, EngineError, SnapshotError},
    people::{People, PeopleError},
    render::Digest,
};

pub use server::{SendError, Server, ServerError};

/// A letter cannot be written, kept or packed; operators read it.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The data folder.
    #[error("cannot use {path}")]
    Disk {
        /// Which file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// What waits could not be put in words.
    #[error("cannot write down what waits")]
    Words(#[source] serde_json::Error),
    /// The site.
    #[error("cannot look at the site")]
    Engine(#[from] EngineError),
    /// The words of a letter.
    #[error("cannot write a letter")]
    Snapshot(#[from] SnapshotError),
    /// The address at the foot of a letter.
    #[error("cannot make the address that ends the letters")]
    People(#[from] PeopleError),
    /// Not an address of mail.
    #[error("{address} is no mail address")]
    Address {
        /// What was given.
        address: String,
        /// Why.
        #[source]
        source: lettre::address::AddressError,
    },
    /// A letter that cannot be packed.
    #[error("cannot pack a letter")]
    Pack(#[source] lettre::error::Error),
    /// The server.
    #[error(transparent)]
    Send(#[from] SendError),
}

impl MailError {
    /// What the disk said about a file.
    fn disk(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Disk { path, source }
    }
}

/// What a round has done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Round {
    /// Letters that the server took.
    pub sent: usize,
    /// Letters that were given up.
    pub given_up: usize,
    /// Letters that wait for another try.
    pub waiting: usize,
}

/// What letters are written from and sent with.
pub struct Post {
    engine: Arc<Engine>,
    people: Arc<People>,
    /// The data folder, in which letters wait.
    data: PathBuf,
    server: Server,
    /// The address that letters come from.
    from: String,
    /// Whether the log has been told that the site does not know its own address.
    told: AtomicBool,
}

impl Post {
    /// A post office of a site.
    ///
    /// # Errors
    /// When what letters are to come from is no address.
    pub fn new(
        engine: Arc<Engine>,
        people: Arc<People>,
        data: PathBuf,
        server: Server,
        from: String,
    ) -> Result<Self, MailError> {
        from.parse::<lettre::Address>()
            .map_err(|source| MailError::Address {
                address: from.clone(),
                source,
            })?;
        Ok(Self {
            engine,
            people,
            data,
            server,
            from,
            told: AtomicBool::new(false),
        })
    }

    /// Writes what is due and sends what waits. Without the site's own address (`adresse`) nothing is written: a letter
    /// without links, and without a way to end the letters, is of no use.
    ///
    /// # Errors
    /// When the disk or the site cannot be used; nothing is lost, and the next round goes on.
    pub fn round(&self, now: Timestamp, zone: &TimeZone) -> Result<Round, MailError> {
        let Some(base) = self.engine.snapshot().view().config().base_url.clone() else {
            if !self.told.swap(true, Ordering::Relaxed) {
                tracing::warn!("no mail is sent before kaffe.yaml says `adresse`");
            }
            return Ok(Round::default());
        };
        let today = now.to_zoned(zone.clone()).date();
        if self.engine.snapshot().view().today() != today {
            // The site has not woken to this day yet; the next round finds it awake.
            return Ok(Round::default());
        }
        let mut queue = Queue::hold(&self.data)?;
        self.write_what_is_due(&mut queue, today, now, zone)?;
        self.send_what_waits(&mut queue, &base, now)
    }

    /// Sends a letter that only says that letters arrive.
    ///
    /// # Errors
    /// When it is not taken.
    pub fn send_test(&self, to: &str, now: Timestamp) -> Result<(), MailError> {
        let snapshot = self.engine.snapshot();
        let (texts, title) = (snapshot.texts(), &snapshot.view().config().title);
        let letter = Digest {
            subject: texts.fill("brev_test_subject", &[("name", title)]),
            text: format!("{}\n", texts.get("brev_test_text")),
            html: format!("<p>{}</p>\n", texts.get("brev_test_text")),
        };
        let id = format!("prove-{}", now.as_millisecond());
        let outside = Outside {
            from_name: title,
            from: &self.from,
            to,
            id: &id,
            now,
            lang: texts.lang().as_str(),
            unsubscribe: None,
        };
        let message = message::pack(&outside, &letter)?;
        let mut line = self.server.open()?;
        line.send(&message)?;
        line.end();
        Ok(())
    }
}
