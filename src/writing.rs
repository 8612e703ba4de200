//! The one door of writing: forms, the API and every button come through [`Writer`].
//!
//! A save carries the hash of the text that it began from. What is on the disk now is read again; different fields and
//! paragraphs merge, the same ones are given back as a conflict. What is accepted is on the disk, in the history and in
//! the site before anybody is told that it is saved.

mod bases;
mod disk;
mod keys;
mod made;
mod outcome;
mod rules;

use std::{
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use jiff::Timestamp;

use crate::{
    engine::{Change, Engine},
    history::{self, Author, Availability, CommitId, Edit, History, Why},
    model::{Definitions, Kind, Record, SourcePath},
    parse::merge::{self, Keep},
    source::save,
};
use bases::Bases;
use keys::Keys;

pub use disk::Keeping;
pub use outcome::{Asked, Conflicted, Outcome, Saved, WriteError};
pub use rules::Refusal;

/// Writes to a content folder.
pub struct Writer {
    engine: Arc<Engine>,
    history: Result<History, Why>,
    keys: Keys,
    bases: Bases,
    one: Mutex<()>,
}

/// What is about to be written.
struct Step<'a> {
    path: &'a SourcePath,
    there: Option<&'a str>,
    message: String,
    merged: bool,
    /// What was sent, before it was merged.
    sent: &'a str,
}

impl Writer {
    /// Writes to the folder of an engine, with its history when it has one. `data` is the folder for what is not
    /// knowledge.
    #[must_use]
    pub fn new(engine: Arc<Engine>, data: Option<&Path>, now: Timestamp) -> Self {
        let history = match History::open(engine.folder().root()) {
            Availability::On(history) => Ok(history),
            Availability::Off(why) => Err(why),
        };
        Self {
            engine,
            history,
            keys: Keys::open(data, now),
            bases: Bases::default(),
            one: Mutex::new(()),
        }
    }

    /// The history, or why there is none.
    ///
    /// # Errors
    /// Why there is none.
    pub const fn history(&self) -> Result<&History, &Why> {
        self.history.as_ref()
    }

    /// The engine whose site is written.
    #[must_use]
    pub const fn engine(&self) -> &Arc<Engine> {
        &self.engine
    }

    /// The text of a record and its hash, remembered as what a save may begin from.
    ///
    /// # Errors
    /// When the disk cannot be read.
    pub fn begin_from(&self, path: &SourcePath) -> Result<Option<(String, String)>, WriteError> {
        let Some(text) = self.on_disk(path)? else {
            return Ok(None);
        };
        let hash = hash_of(&text);
        self.bases.keep(&hash, &text);
        Ok(Some((text, hash)))
    }

    /// The text with a hash: what a form was made from, as far as it is still known.
    ///
    /// # Errors
    /// When the disk or the history fails.
    pub fn text_by_hash(
        &self,
        path: &SourcePath,
        hash: &str,
    ) -> Result<Option<String>, WriteError> {
        if let Some(text) = self.on_disk(path)?.filter(|text| hash_of(text) == hash) {
            return Ok(Some(text));
        }
        Ok(Some(self.base(path, hash)?).filter(|text| !text.is_empty()))
    }

    /// Saves a new record of a kind; its id comes from the title. The text is made for the path, which is not known
    /// before.
    ///
    /// # Errors
    /// When the disk, the history or the site fails.
    pub fn create(
        &self,
        asked: &Asked<'_>,
        kind: &Arc<Kind>,
        title: &str,
        text: &str,
    ) -> Result<Outcome, WriteError> {
        if !asked.actor.may_create(kind) {
            return Ok(Outcome::Refused(Refusal::NotAllowed { field: None }));
        }
        let _one = self.lock();
        if let Some(earlier) = self.earlier(asked, text)? {
            return Ok(Outcome::Saved(earlier));
        }
        let path = match self.keys.reserved(asked, text) {
            Some(path) => Some(path),
            None => made::free_path(&self.engine, kind, title),
        };
        let Some(path) = path else {
            return Ok(Outcome::Refused(Refusal::Untitled));
        };
        let dated = made::with_date(text, kind, asked.today);
        let accepted = match rules::accept(asked, None, &path, &dated, &self.definitions()) {
            Ok(accepted) => accepted,
            Err(refusal) => return Ok(Outcome::Refused(refusal)),
        };
        if title.trim().is_empty() {
            return Ok(Outcome::Refused(Refusal::Untitled));
        }
        self.keys
            .reserve(asked, text, &path)
            .map_err(WriteError::Key)?;
        let step = Step {
            path: &path,
            there: None,
            message: format!("Ny: {}", accepted.record.title),
            merged: false,
            sent: text,
        };
        self.write(asked, &accepted, &step)
    }

    /// Saves a changed text of a record that began from the text with this hash.
    ///
    /// # Errors
    /// When the record is gone, or the disk, the history or the site fails.
    pub fn change(
        &self,
        asked: &Asked<'_>,
        path: &SourcePath,
        base: &str,
        sent: &str,
    ) -> Result<Outcome, WriteError> {
        let _one = self.lock();
        if let Some(earlier) = self.earlier(asked, sent)? {
            return Ok(Outcome::Saved(earlier));
        }
        let Some(there) = self.on_disk(path)? else {
            return Err(WriteError::Missing);
        };
        let there_hash = hash_of(&there);
        let mut merged = false;
        let text = if base == there_hash {
            sent.to_owned()
        } else {
            let before = self.base(path, base)?;
            let both = merge::merge(&before, sent, &there, Keep::Theirs);
            if !both.conflicts.is_empty() {
                self.bases.keep(&there_hash, &there);
                return Ok(Outcome::Conflict(Box::new(Conflicted {
                    path: path.clone(),
                    base: before,
                    yours: sent.to_owned(),
                    theirs: there,
                    theirs_hash: there_hash,
                    places: both.conflicts,
                })));
            }
            merged = true;
            both.text
        };
        let old = rules::read(path, &there, &self.definitions());
        let accepted = match rules::accept(asked, Some(&old), path, &text, &self.definitions()) {
            Ok(accepted) => accepted,
            Err(refusal) => return Ok(Outcome::Refused(refusal)),
        };
        let step = Step {
            path,
            there: Some(&there),
            message: format!("Rettet: {}", accepted.record.title),
            merged,
            sent,
        };
        self.write(asked, &accepted, &step)
    }

    /// Deletes a record whose text has this hash; it stays in the history.
    ///
    /// # Errors
    /// As [`Self::change`].
    pub fn delete(
        &self,
        asked: &Asked<'_>,
        path: &SourcePath,
        base: &str,
    ) -> Result<Outcome, WriteError> {
        let _one = self.lock();
        let Some(there) = self.on_disk(path)? else {
            return Err(WriteError::Missing);
        };
        let old = rules::read(path, &there, &self.definitions());
        if !old
            .as_ref()
            .is_ok_and(|record| asked.actor.may_delete(record))
        {
            return Ok(Outcome::Refused(Refusal::NotAllowed { field: None }));
        }
        let there_hash = hash_of(&there);
        if base != there_hash {
            return Ok(Outcome::Conflict(Box::new(Conflicted {
                path: path.clone(),
                base: self.base(path, base)?,
                yours: String::new(),
                theirs: there,
                theirs_hash: there_hash,
                places: Vec::new(),
            })));
        }
        let Ok(record) = old else {
            return Err(WriteError::Missing);
        };
        self.bases.keep(&there_hash, &there);
        self.keep_what_is_there(path, &there, asked.now)?;
        let failed = |source| WriteError::Write {
            path: path.clone(),
            source,
        };
        save::remove(&self.engine.folder().place(path)).map_err(failed)?;
        let author = made::author(self.engine.snapshot().view(), asked.actor, Some(&record));
        let commit = self.version(
            &author,
            &format!("Slettet: {}", record.title),
            path,
            None,
            asked.now,
        )?;
        self.engine.apply(vec![Change::Remove(path.clone())])?;
        Ok(Outcome::Saved(Saved {
            reference: record.reference.clone(),
            path: path.clone(),
            hash: String::new(),
            commit,
            merged: false,
            again: false,
            approval_lost: false,
        }))
    }

    /// Brings a record back as it was in a version, also one that is deleted.
    ///
    /// # Errors
    /// When there is no such version, or the disk, the history or the site fails.
    pub fn restore(
        &self,
        asked: &Asked<'_>,
        path: &SourcePath,
        version: CommitId,
    ) -> Result<Outcome, WriteError> {
        let _one = self.lock();
        let bytes = match &self.history {
            Ok(history) => history.bytes_at(version, path)?,
            Err(_) => None,
        };
        let Some(text) = bytes.and_then(|bytes| String::from_utf8(bytes).ok()) else {
            return Err(WriteError::Missing);
        };
        let there = self.on_disk(path)?;
        let old = there
            .as_ref()
            .map(|text| rules::read(path, text, &self.definitions()));
        let accepted = match rules::accept(asked, old.as_ref(), path, &text, &self.definitions()) {
            Ok(accepted) => accepted,
            Err(refusal) => return Ok(Outcome::Refused(refusal)),
        };
        let step = Step {
            path,
            there: there.as_deref(),
            message: format!("Hentet tilbage: {}", accepted.record.title),
            merged: false,
            sent: &text,
        };
        self.write(asked, &accepted, &step)
    }

    /// Puts a file beside a record.
    ///
    /// # Errors
    /// When the disk, the history or the site fails.
    pub fn put_file(
        &self,
        asked: &Asked<'_>,
        owner: &Record,
        name: &str,
        bytes: Vec<u8>,
    ) -> Result<Option<SourcePath>, WriteError> {
        if !asked.actor.may_edit(owner) {
            return Ok(None);
        }
        let _one = self.lock();
        let Some(path) = made::free_file(self.engine.folder(), owner, name) else {
            return Ok(None);
        };
        let failed = |source| WriteError::Write {
            path: path.clone(),
            source,
        };
        save::replace(&self.engine.folder().place(&path), &bytes).map_err(failed)?;
        let author = made::author(self.engine.snapshot().view(), asked.actor, Some(owner));
        self.version(
            &author,
            &format!("Billede: {}", owner.title),
            &path,
            Some(bytes.clone()),
            asked.now,
        )?;
        self.engine.apply(vec![Change::Put(path.clone(), bytes)])?;
        Ok(Some(path))
    }

    fn write(
        &self,
        asked: &Asked<'_>,
        accepted: &rules::Accepted,
        step: &Step<'_>,
    ) -> Result<Outcome, WriteError> {
        let (path, there) = (step.path, step.there);
        let failed = |source| WriteError::Write {
            path: path.clone(),
            source,
        };
        let place = self.engine.folder().place(path);
        let same = there == Some(accepted.text.as_str());
        let mut commit = None;
        if !same {
            if let Some(there) = there {
                self.bases.keep(&hash_of(there), there);
                self.keep_what_is_there(path, there, asked.now)?;
            }
            save::replace(&place, accepted.text.as_bytes()).map_err(failed)?;
            let author = made::author(
                self.engine.snapshot().view(),
                asked.actor,
                Some(&accepted.record),
            );
            let bytes = accepted.text.clone().into_bytes();
            commit = self.version(&author, &step.message, path, Some(bytes.clone()), asked.now)?;
            self.engine.apply(vec![Change::Put(path.clone(), bytes)])?;
        }
        let hash = hash_of(&accepted.text);
        self.bases.keep(&hash, &accepted.text);
        self.keys
            .done(asked, step.sent, path)
            .map_err(WriteError::Key)?;
        Ok(Outcome::Saved(Saved {
            reference: accepted.record.reference.clone(),
            path: path.clone(),
            hash,
            commit,
            merged: step.merged,
            again: false,
            approval_lost: accepted.approval_lost,
        }))
    }

    /// Remembers that a key has done what it was sent for, when that was more than one save.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn remember(
        &self,
        asked: &Asked<'_>,
        sent: &str,
        path: &SourcePath,
    ) -> Result<(), WriteError> {
        self.keys.done(asked, sent, path).map_err(WriteError::Key)
    }

    /// What a save by the same key gave, if there was one.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn saved_by(&self, asked: &Asked<'_>, sent: &str) -> Result<Option<Saved>, WriteError> {
        self.earlier(asked, sent)
    }

    fn earlier(&self, asked: &Asked<'_>, sent: &str) -> Result<Option<Saved>, WriteError> {
        let Some(path) = self.keys.known(asked, sent, |path| {
            self.on_disk(path).is_ok_and(|text| text.is_some())
        }) else {
            return Ok(None);
        };
        let Some(text) = self.on_disk(&path)? else {
            return Ok(None);
        };
        // What began a record can still be taken back.
        let commit = self.beginning(&path)?;
        let record = rules::read(&path, &text, &self.definitions());
        Ok(record.ok().map(|record| Saved {
            reference: record.reference.clone(),
            hash: hash_of(&text),
            path,
            commit,
            merged: false,
            again: true,
            approval_lost: false,
        }))
    }

    /// The version that made a file, while it is the only one.
    fn beginning(&self, path: &SourcePath) -> Result<Option<CommitId>, WriteError> {
        let Ok(history) = &self.history else {
            return Ok(None);
        };
        let versions = history.versions(path, 0, 1)?;
        let only = versions.first().filter(|v| v.kind == history::Kind::Added);
        Ok(only.map(|version| version.commit))
    }

    /// The text that a save began from: one that was given out lately, else one of the history.
    fn base(&self, path: &SourcePath, hash: &str) -> Result<String, WriteError> {
        if let Some(text) = self.bases.text(hash) {
            return Ok(text.to_string());
        }
        if let Ok(history) = &self.history {
            for version in history.versions(path, 0, bases::LOOKED_BACK)? {
                let bytes = history.bytes_at(version.commit, path)?;
                let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
                if let Some(text) = text.filter(|text| hash_of(text) == hash) {
                    return Ok(text);
                }
            }
        }
        Ok(String::new())
    }

    /// What an editor on the disk wrote must be in the history before it is written over.
    fn keep_what_is_there(
        &self,
        path: &SourcePath,
        there: &str,
        now: Timestamp,
    ) -> Result<(), WriteError> {
        let bytes = Some(there.as_bytes().to_vec());
        self.version(
            &disk::author(),
            &format!("Ændret på disken: {path}"),
            path,
            bytes,
            now,
        )?;
        Ok(())
    }

    fn version(
        &self,
        author: &Author,
        message: &str,
        path: &SourcePath,
        bytes: Option<Vec<u8>>,
        now: Timestamp,
    ) -> Result<Option<CommitId>, WriteError> {
        let edit = Edit {
            path: path.clone(),
            bytes,
        };
        match &self.history {
            Ok(history) => Ok(history.commit(author, message, &[edit], now)?),
            Err(_) => Ok(None),
        }
    }

    fn on_disk(&self, path: &SourcePath) -> Result<Option<String>, WriteError> {
        let bytes = self.engine.folder().read(path)?;
        Ok(bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
    }

    fn definitions(&self) -> Arc<Definitions> {
        Arc::clone(self.engine.whole().definitions())
    }

    /// A poisoned lock is a panic of another thread; every file is written whole.
    fn lock(&self) -> MutexGuard<'_, ()> {
        self.one.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The hash of a text, in hex, as records have it.
#[must_use]
pub fn hash_of(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex().to_string()
}
