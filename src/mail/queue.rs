//! What waits to be sent: one file of the data folder, `post.json`, written whole before anything is sent.
//!
//! It holds *which* letter is meant for whom, and not its words: a letter is written at the moment in which it is sent.
//! So it tells what its reader may see then, goes where they want it then, and a text that was forgotten is in no queue.

use std::path::{Path, PathBuf};

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::MailError;
use crate::{
    people::as_text,
    source::{
        private::{self, Lock},
        save,
    },
};

/// What `post.json` holds.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct State {
    /// When the letters of a week were last written.
    #[serde(with = "as_text::maybe", default)]
    pub told: Option<Timestamp>,
    /// The last day whose questions have been asked.
    #[serde(with = "as_text::maybe", default)]
    pub asked: Option<Date>,
    /// What waits, the oldest first.
    pub letters: Vec<Waiting>,
}

/// A letter that waits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Waiting {
    /// What it is told from others by; also for mail programs, which show a letter that came twice only once.
    pub id: String,
    /// The key of the account that it is for.
    pub account: String,
    /// What it is about.
    pub about: About,
    /// When it was put here.
    #[serde(with = "as_text")]
    pub made: Timestamp,
    /// How often it has been tried.
    #[serde(default)]
    pub tries: u32,
    /// When it is tried next.
    #[serde(with = "as_text")]
    pub next: Timestamp,
}

/// What a letter is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum About {
    /// What has happened since a day.
    Week(#[serde(with = "as_text")] Date),
    /// How an experiment went, by its id.
    CheckIn(String),
}

impl Waiting {
    /// A letter that is to be sent at once.
    pub fn new(account: String, about: About, day: Date, now: Timestamp) -> Self {
        let named = match &about {
            About::Week(_) => format!("{account}\n{day}\n"),
            About::CheckIn(record) => format!("{account}\n{day}\n{record}"),
        };
        let hash = blake3::derive_key("kaffe 2026 letters", named.as_bytes());
        let id = hash.iter().take(12).map(|b| format!("{b:02x}")).collect();
        Self {
            id,
            account,
            about,
            made: now,
            tries: 0,
            next: now,
        }
    }
}

/// The queue, held alone among all processes until it is dropped.
pub(super) struct Queue {
    file: PathBuf,
    state: State,
    _lock: Lock,
}

impl Queue {
    /// Takes hold of the queue of a data folder. Bytes that cannot be read are kept beside and told in the log.
    pub fn hold(data: &Path) -> Result<Self, MailError> {
        let file = data.join("post.json");
        let lock = private::lock(&file).map_err(MailError::disk(&file))?;
        let bytes = private::read(&file).map_err(MailError::disk(&file))?;
        let state = match bytes {
            None => State::default(),
            Some(bytes) => match serde_json::from_slice(&bytes) {
                Ok(state) => state,
                Err(error) => {
                    let kept = private::set_aside(&file, &bytes).map_err(MailError::disk(&file))?;
                    tracing::error!(
                        kept = %kept.display(),
                        error = &error as &dyn std::error::Error,
                        "the mail queue cannot be read; its bytes are kept beside it, and its letters are not sent"
                    );
                    State::default()
                }
            },
        };
        Ok(Self {
            file,
            state,
            _lock: lock,
        })
    }

    pub const fn state(&self) -> &State {
        &self.state
    }

    /// Changes the queue; when the disk refuses, nothing is changed.
    pub fn change(&mut self, change: impl FnOnce(&mut State)) -> Result<(), MailError> {
        let mut state = self.state.clone();
        change(&mut state);
        if state == self.state {
            return Ok(());
        }
        let mut text = serde_json::to_vec_pretty(&state).map_err(MailError::Words)?;
        text.push(b'\n');
        save::replace_private(&self.file, &text).map_err(MailError::disk(&self.file))?;
        self.state = state;
        Ok(())
    }

    /// Takes a letter out.
    pub fn remove(&mut self, id: &str) -> Result<(), MailError> {
        self.change(|state| state.letters.retain(|letter| letter.id != id))
    }

    /// Changes what is known of a letter.
    pub fn change_letter(
        &mut self,
        id: &str,
        change: impl FnOnce(&mut Waiting),
    ) -> Result<(), MailError> {
        self.change(|state| {
            if let Some(letter) = state.letters.iter_mut().find(|letter| letter.id == id) {
                change(letter);
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2021-11-01T06:00:00Z".parse().expect("a moment")
    }

    fn day() -> Date {
        Date::constant(2021, 11, 1)
    }

    #[test]
    fn what_waits_is_there_again_after_the_process_ended() {
        let data = tempfile::tempdir().expect("a folder");
        let letter = Waiting::new("konto".to_owned(), About::Week(day()), day(), now());
        let question = About::CheckIn("moden".to_owned());
        let question = Waiting::new("konto".to_owned(), question, day(), now());
        let mut queue = Queue::hold(data.path()).expect("held");
        queue
            .change(|state| {
                state.told = Some(now());
                state.asked = Some(day());
                state.letters = vec![letter.clone(), question.clone()];
            })
            .expect("written");
        let written = queue.state().clone();
        drop(queue);
        let mut queue = Queue::hold(data.path()).expect("held again");
        assert_eq!(*queue.state(), written);
        queue.remove(&letter.id).expect("removed");
        queue
            .change_letter(&question.id, |letter| letter.tries = 3)
            .expect("changed");
        drop(queue);
        let queue = Queue::hold(data.path()).expect("held again");
        let tries: Vec<u32> = queue.state().letters.iter().map(|l| l.tries).collect();
        assert_eq!(tries, [3]);
    }

    #[test]
    fn a_garbled_queue_is_kept_beside_and_begun_anew() {
        let data = tempfile::tempdir().expect("a folder");
        save::replace_private(&data.path().join("post.json"), b"{ ikke").expect("written");
        let queue = Queue::hold(data.path()).expect("held");
        assert_eq!(*queue.state(), State::default());
        let kept = private::read(&data.path().join("post.json.ulaeselig-1")).expect("read");
        assert_eq!(kept.as_deref(), Some(&b"{ ikke"[..]));
    }

    #[test]
    fn two_letters_never_have_one_name() {
        let week = |account: &str, day: Date| {
            Waiting::new(account.to_owned(), About::Week(day), day, now()).id
        };
        let asked = |record: &str| {
            let about = About::CheckIn(record.to_owned());
            Waiting::new("a".to_owned(), about, day(), now()).id
        };
        let ids = [
            week("a", day()),
            week("b", day()),
            week("a", Date::constant(2021, 11, 8)),
            asked("x"),
            asked("y"),
        ];
        let different: std::collections::BTreeSet<&String> = ids.iter().collect();
        assert_eq!(different.len(), ids.len());
        assert_eq!(week("a", day()), week("a", day()));
    }
}
