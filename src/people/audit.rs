//! Who did what, when: one file a day, one line a deed, kept for 90 days. Never shown on a page and never in history.

use std::{path::PathBuf, sync::Mutex};

use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};

use super::{People, PeopleError, as_text, lock};
use crate::{model::Actor, source::private};

/// Days that are kept.
const KEPT_DAYS: i32 = 90;

/// What somebody did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Deed {
    /// Signed in, or came in by a link.
    SignedIn,
    /// Tried to sign in, and was refused.
    RefusedSignIn,
    /// Signed out.
    SignedOut,
    /// Guessed wrong at a link's PIN.
    RefusedPin,
    /// Asked for a device to be let in.
    AskedIn,
    /// Let a device in.
    LetIn,
    /// Turned a device away, or signed it out.
    TurnedAway,
    /// Ended a session.
    EndedSession,
    /// Made an account.
    MadeAccount,
    /// Changed an account's role, teams, mail or access.
    ChangedAccount,
    /// Changed a password.
    ChangedPassword,
    /// Made a token for a program.
    MadeToken,
    /// Revoked a token.
    RevokedToken,
    /// Made a link.
    MadeLink,
    /// Changed a link's address or PIN.
    ChangedLink,
    /// Revoked a link.
    RevokedLink,
    /// Wrote a record, or brought back an earlier text of it. The subject is the file's path.
    Wrote,
    /// Deleted a record.
    Deleted,
    /// Said good for a record.
    Approved,
    /// Commented on a record.
    Commented,
    /// Sent a photo or a file.
    Uploaded,
    /// Removed a text from everywhere.
    Forgot,
}

/// A line of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// When.
    #[serde(with = "as_text")]
    pub at: Timestamp,
    /// Who, by their key; nothing for a visitor.
    pub who: Option<String>,
    /// What they were then.
    pub role: String,
    /// What they did.
    pub deed: Deed,
    /// To what.
    pub subject: String,
}

pub(super) struct Log {
    folder: Option<PathBuf>,
    /// The log of a process without a data folder.
    unwritten: Mutex<Vec<Entry>>,
    /// The day on which old files were last removed.
    tidied: Mutex<Option<Date>>,
}

impl Log {
    pub fn of(folder: Option<PathBuf>) -> Self {
        Self {
            folder,
            unwritten: Mutex::default(),
            tidied: Mutex::new(None),
        }
    }

    fn add(&self, entry: Entry) -> Result<(), PeopleError> {
        let Some(folder) = &self.folder else {
            lock(&self.unwritten).push(entry);
            return Ok(());
        };
        let day = day(entry.at);
        let file = folder.join(format!("{day}.jsonl"));
        let line = serde_json::to_string(&entry).map_err(PeopleError::Words)?;
        private::append(&file, &line).map_err(PeopleError::disk(&file))?;
        let mut tidied = lock(&self.tidied);
        if *tidied != Some(day) {
            self.forget_before(day.saturating_sub(KEPT_DAYS.days()))?;
            *tidied = Some(day);
        }
        Ok(())
    }

    /// Every entry from a day on that can be read, the newest first.
    fn since(&self, first: Date) -> Result<Vec<Entry>, PeopleError> {
        let Some(folder) = &self.folder else {
            let mut entries = lock(&self.unwritten).clone();
            entries.reverse();
            return Ok(entries);
        };
        let mut entries = Vec::new();
        for (_, file) in self
            .files()?
            .into_iter()
            .rev()
            .filter(|(day, _)| *day >= first)
        {
            let file = folder.join(file);
            let bytes = private::read(&file).map_err(PeopleError::disk(&file))?;
            let text = String::from_utf8_lossy(&bytes.unwrap_or_default()).into_owned();
            entries.extend(
                text.lines()
                    .rev()
                    .filter_map(|line| serde_json::from_str::<Entry>(line).ok()),
            );
        }
        Ok(entries)
    }

    fn forget_before(&self, first: Date) -> Result<(), PeopleError> {
        let Some(folder) = &self.folder else {
            return Ok(());
        };
        for (_, file) in self.files()?.into_iter().filter(|(day, _)| *day < first) {
            let file = folder.join(file);
            private::remove(&file).map_err(PeopleError::disk(&file))?;
        }
        Ok(())
    }

    /// The files of the log, in order.
    fn files(&self) -> Result<Vec<(Date, String)>, PeopleError> {
        let Some(folder) = &self.folder else {
            return Ok(Vec::new());
        };
        let names = private::names(folder).map_err(PeopleError::disk(folder))?;
        let dated = |name: String| {
            let day = name.strip_suffix(".jsonl")?.parse().ok()?;
            Some((day, name))
        };
        Ok(names.into_iter().filter_map(dated).collect())
    }
}

impl People {
    /// Writes down what somebody did. Whatever depends on the log (who wrote last) must not go on when this fails.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn audit(
        &self,
        now: Timestamp,
        actor: &Actor,
        deed: Deed,
        subject: &str,
    ) -> Result<(), PeopleError> {
        self.log.add(Entry {
            at: now,
            who: actor.key.clone(),
            role: actor.role.key().to_owned(),
            deed,
            subject: subject.to_owned(),
        })
    }

    /// The same where the deed is done and cannot be taken back: a log that cannot be written is told in the other one.
    pub(super) fn note(&self, now: Timestamp, actor: &Actor, deed: Deed, subject: &str) {
        if let Err(error) = self.audit(now, actor, deed, subject) {
            tracing::error!(
                error = &error as &dyn std::error::Error,
                "the log of people could not be written"
            );
        }
    }

    /// Who wrote a record last, by their key, as far back as the log goes.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn last_writer(&self, now: Timestamp, path: &str) -> Result<Option<String>, PeopleError> {
        let wrote = |entry: &Entry| entry.deed == Deed::Wrote && entry.subject == path;
        Ok(self
            .entries(now)?
            .into_iter()
            .find(wrote)
            .and_then(|entry| entry.who))
    }

    /// What people did in the last 90 days, the newest first; for whoever runs the installation.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn entries(&self, now: Timestamp) -> Result<Vec<Entry>, PeopleError> {
        self.log.since(day(now).saturating_sub(KEPT_DAYS.days()))
    }
}

/// The day of a file: the same everywhere, whatever the clock on the wall says.
fn day(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}
