//! Letters: the one of the week, and the question how it went; written when they are due, kept until they are sent.
//!
//! [`Post::round`] does everything that is due at a moment and is called again and again; it is told the time. What it
//! takes on stands in a file before anything is sent ([`queue`]), and leaves it after the server has taken it: a process
//! that ends between the two sends that one letter again, under the same name, and none is lost. A letter goes to an
//! account that wants it, and tells what that account may see at the moment in which it is sent. The one door to `lettre`.

mod message;
mod queue;
pub mod server;
pub mod when;

use std::{
    io,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use lettre::Message;

use self::{
    message::Outside,
    queue::{About, Queue, Waiting},
};
use crate::{
    engine::{Engine, EngineError, Snapshot, SnapshotError},
    model::{RecordId, Role},
    people::{Account, People, PeopleError},
    render::{Digest, Letter},
    site::rhythm,
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
        let mut queue = Queue::hold(&self.data)?;
        self.write_what_is_due(&mut queue, now, zone)?;
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

    /// Puts into the queue what is due. That it is there and that it is not due any more is one write.
    fn write_what_is_due(
        &self,
        queue: &mut Queue,
        now: Timestamp,
        zone: &TimeZone,
    ) -> Result<(), MailError> {
        let today = now.to_zoned(zone.clone()).date();
        let (Some(told), Some(asked)) = (queue.state().told, queue.state().asked) else {
            // Nothing has been told before the first day.
            return queue.change(|state| {
                state.told = state.told.or(Some(now));
                state.asked = state.asked.or(Some(today));
            });
        };
        let readers = self.readers();
        if when::due(told, now, zone).is_some() {
            let since = told.to_zoned(zone.clone()).date();
            let letter = |account: &Account| {
                Waiting::new(account.key(), About::Week(since), today, now)
            };
            return queue.change(|state| {
                state.told = Some(now);
                // The questions of the day stand in the letter.
                state.asked = Some(today);
                state.letters.extend(readers.iter().map(letter));
            });
        }
        let Some((first, last)) = when::days_to_ask(asked, now, zone) else {
            return Ok(());
        };
        let mut letters = Vec::new();
        for account in &readers {
            for record in self.asked_of(account, first, last)? {
                let about = About::CheckIn(record.to_string());
                letters.push(Waiting::new(account.key(), about, last, now));
            }
        }
        queue.change(|state| {
            state.asked = Some(last);
            state.letters.extend(letters);
        })
    }

    /// Sends what may be tried now, one after the other over one line.
    fn send_what_waits(
        &self,
        queue: &mut Queue,
        base: &str,
        now: Timestamp,
    ) -> Result<Round, MailError> {
        let mut round = Round::default();
        let mut line = None;
        for waiting in queue.state().letters.clone() {
            if now.duration_since(waiting.made) >= when::TOO_LATE {
                queue.remove(&waiting.id)?;
                round.given_up += 1;
                tracing::error!(letter = waiting.id, account = waiting.account, tries = waiting.tries,
                    "a letter could not be sent for three days and is given up");
                continue;
            }
            if waiting.next > now {
                continue;
            }
            // The try is written down first: a process that ends in the middle of it waits before the next one.
            let tries = waiting.tries.saturating_add(1);
            let next = later(now, tries, false);
            queue.change_letter(&waiting.id, |letter| {
                letter.tries = tries;
                letter.next = next;
            })?;
            let message = match self.letter(&waiting, base, now) {
                Ok(Some(message)) => message,
                Ok(None) => {
                    queue.remove(&waiting.id)?;
                    continue;
                }
                Err(error) => {
                    tracing::error!(
                        letter = waiting.id,
                        error = &error as &dyn std::error::Error,
                        "a letter could not be written; it is tried again"
                    );
                    continue;
                }
            };
            let sent = match line.take() {
                Some(line) => Ok(line),
                None => self.server.open(),
            }
            .and_then(|mut open| {
                open.send(&message)?;
                line = Some(open);
                Ok(())
            });
            let Err(error) = sent else {
                queue.remove(&waiting.id)?;
                round.sent += 1;
                continue;
            };
            tracing::warn!(letter = waiting.id, tries, error = &error as &dyn std::error::Error,
                "a letter was not taken; it is tried again");
            match error {
                SendError::Refused { for_good, .. } => {
                    let next = later(now, tries, for_good);
                    queue.change_letter(&waiting.id, |letter| letter.next = next)?;
                }
                // The next round tries the others; this one waits longer, so that it never holds them up.
                SendError::Broken(_) => break,
                SendError::Server { .. } => {
                    queue.change(|state| {
                        for letter in &mut state.letters {
                            letter.next = letter.next.max(next);
                        }
                    })?;
                    break;
                }
            }
        }
        if let Some(line) = line {
            line.end();
        }
        round.waiting = queue.state().letters.len();
        Ok(round)
    }

    /// The accounts that want letters and have an address for them.
    fn readers(&self) -> Vec<Account> {
        let mut accounts = self.people.accounts();
        accounts.retain(wants_letters);
        accounts
    }

    /// The experiments of an account's team whose question falls on these days. A coach and others who only follow a
    /// team read of them once a week.
    fn asked_of(
        &self,
        account: &Account,
        first: Date,
        last: Date,
    ) -> Result<Vec<RecordId>, MailError> {
        if account.role != Role::Team {
            return Ok(Vec::new());
        }
        let snapshot = self.seen_by(account)?;
        let is_asked = |e: &rhythm::Experiment<'_>| {
            e.check_in.is_some_and(|day| first <= day && day <= last) && is_own(account, e)
        };
        let asked = rhythm::experiments(snapshot.view());
        let asked = asked.iter().filter(|e| is_asked(e));
        Ok(asked.map(|e| e.seen.record.reference.id.clone()).collect())
    }

    /// A letter, written for its reader as they are now; nothing when they do not want it any more, or when there is
    /// nothing to tell.
    fn letter(
        &self,
        waiting: &Waiting,
        base: &str,
        now: Timestamp,
    ) -> Result<Option<Message>, MailError> {
        let account = self.people.account(&waiting.account);
        let Some(account) = account.filter(wants_letters) else {
            return Ok(None);
        };
        let Some(to) = account.mail.as_deref() else {
            return Ok(None);
        };
        let snapshot = self.seen_by(&account)?;
        let token = self.people.letter_token(&account)?;
        let unsubscribe = format!("{base}/afmeld/{token}/");
        let written = match &waiting.about {
            About::Week(since) => {
                // Leaders see sums, never what a single team is in the middle of.
                let follows = account.actor().follows_teams();
                snapshot.digest(&Letter {
                    since: *since,
                    teams: if follows { &account.teams } else { &[] },
                    unsubscribe: &unsubscribe,
                })?
            }
            About::CheckIn(record) => {
                let open = rhythm::experiments(snapshot.view());
                let open = open.iter().find(|e| {
                    e.seen.record.reference.id.as_str() == record && is_own(&account, e)
                });
                match open {
                    Some(open) => Some(snapshot.question(open, &unsubscribe)?),
                    None => None,
                }
            }
        };
        let Some(written) = written else {
            return Ok(None);
        };
        let outside = Outside {
            from_name: &snapshot.view().config().title,
            from: &self.from,
            to,
            id: &waiting.id,
            now,
            lang: snapshot.texts().lang().as_str(),
            unsubscribe: Some(&unsubscribe),
        };
        message::pack(&outside, &written).map(Some)
    }

    /// The site as an account sees it.
    fn seen_by(&self, account: &Account) -> Result<Arc<Snapshot>, MailError> {
        let audience = account.actor().audience(&self.engine.options().audience);
        Ok(self.engine.snapshot_for(&audience)?)
    }
}

fn wants_letters(account: &Account) -> bool {
    account.digest && !account.disabled && account.mail.is_some()
}

/// Whether an account's team is asked about an experiment now.
fn is_own(account: &Account, experiment: &rhythm::Experiment<'_>) -> bool {
    let team = experiment.seen.record.team.as_ref();
    experiment.is_due && team.is_some_and(|team| account.teams.contains(team))
}

fn later(now: Timestamp, tries: u32, for_good: bool) -> Timestamp {
    now.checked_add(when::wait(tries, for_good))
        .unwrap_or(Timestamp::MAX)
}
