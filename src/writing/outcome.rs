//! What a save is asked for, and what came of it.

use std::io;

use jiff::{Timestamp, civil::Date};

use super::Refusal;
use crate::{
    engine::EngineError,
    history::{CommitId, HistoryError},
    model::{Actor, RecordRef, SourcePath},
    parse::merge::Conflict,
    source::FolderError,
};

/// Who saves, when, and by which key.
#[derive(Clone, Debug)]
pub struct Asked<'a> {
    /// Who.
    pub actor: &'a Actor,
    /// When.
    pub now: Timestamp,
    /// The day where they are.
    pub today: Date,
    /// A key that makes sending twice the same as sending once.
    pub key: Option<&'a str>,
    /// Whether the key alone says what was sent, as programs promise; a form that was changed in between is another
    /// save.
    pub by_key_alone: bool,
    /// Who wrote the text last, as far as the log remembers; whoever says good for a text is somebody else.
    pub last_writer: Option<&'a str>,
}

/// What came of a save.
#[derive(Debug)]
pub enum Outcome {
    /// It is on the disk and in the site.
    Saved(Saved),
    /// Somebody else changed the same place in the meantime; nothing was written.
    Conflict(Box<Conflicted>),
    /// It may not be saved; nothing was written.
    Refused(Refusal),
}

/// A save that was accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// Which record.
    pub reference: RecordRef,
    /// Its file.
    pub path: SourcePath,
    /// The hash of its text now, in hex; nothing when it was deleted.
    pub hash: String,
    /// The version that it made; none without a history, or when nothing was different.
    pub commit: Option<CommitId>,
    /// Whether it was merged with what others wrote in the meantime.
    pub merged: bool,
    /// Whether it had been saved before by the same key.
    pub again: bool,
    /// Whether a second person has to read the text again.
    pub approval_lost: bool,
}

/// Two changes of one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflicted {
    /// The file.
    pub path: SourcePath,
    /// The text that the save began from; empty when it is not known any more.
    pub base: String,
    /// What was sent.
    pub yours: String,
    /// What is there.
    pub theirs: String,
    /// The hash of what is there; a save from here on begins from it.
    pub theirs_hash: String,
    /// The places.
    pub places: Vec<Conflict>,
}

/// A save failed on the way; operators read it. What was there before is still there.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The content folder cannot be read.
    #[error("cannot read what is there")]
    Read(#[from] FolderError),
    /// The disk refuses.
    #[error("cannot write {path}")]
    Write {
        /// Which file.
        path: SourcePath,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The keys of earlier saves.
    #[error("cannot keep the key of a save")]
    Key(#[source] io::Error),
    /// The history.
    #[error("cannot keep the version")]
    History(#[from] HistoryError),
    /// The site.
    #[error("cannot take the change into the site")]
    Engine(#[from] EngineError),
    /// There is no such record, or it is not for whoever asks.
    #[error("there is no such record")]
    Missing,
}
