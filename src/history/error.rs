//! What can go wrong, for operators: what was tried, where, and why not.

use std::{
    error::Error,
    io,
    path::{Path, PathBuf},
};

use super::CommitId;

/// Why the history could not do something; operators read it.
#[derive(Debug, thiserror::Error)]
pub enum HistoryError {
    /// A repository is there already.
    #[error("there is a git repository at {0} already")]
    Exists(PathBuf),
    /// What gix said.
    #[error("cannot {doing} in the history of {root}")]
    Git {
        /// The content folder.
        root: PathBuf,
        /// What was tried.
        doing: &'static str,
        /// Why not.
        #[source]
        source: Box<dyn Error + Send + Sync>,
    },
    /// What the disk said.
    #[error("cannot {doing} {path}")]
    Disk {
        /// The file or folder.
        path: PathBuf,
        /// What was tried.
        doing: &'static str,
        /// Why not.
        #[source]
        source: io::Error,
    },
    /// Another program moved the branch while we wrote; nothing of ours is lost, try again.
    #[error("the branch of {0} was moved by another program; try again")]
    Moved(PathBuf),
    /// The text is too short to be forgotten without wrecking others.
    #[error(
        "a text of {0} letters is too short to be forgotten: it would be removed inside other words"
    )]
    TooShort(usize),
    /// Forgetting could not be made sure; nothing was changed.
    #[error("nothing is forgotten in {root}: {reason}")]
    Unforgettable {
        /// The content folder.
        root: PathBuf,
        /// What stands in the way.
        reason: String,
    },
    /// The git program failed.
    #[error("git {command} failed in {root}: {said}")]
    Program {
        /// The content folder.
        root: PathBuf,
        /// The command without its arguments.
        command: &'static str,
        /// What it wrote, or how it ended.
        said: String,
    },
    /// The remote still has commits that were forgotten here.
    #[error(
        "the remote {remote} of {root} still holds commits that were forgotten here, for example {commit}; replace them there (push_over)"
    )]
    StillThere {
        /// The content folder.
        root: PathBuf,
        /// The remote's name.
        remote: String,
        /// One of the commits.
        commit: CommitId,
    },
    /// The remote's history was rewritten by somebody else.
    #[error(
        "the history of the remote {remote} of {root} was rewritten, perhaps because a text was forgotten elsewhere; forget the same here, then join"
    )]
    Rewritten {
        /// The content folder.
        root: PathBuf,
        /// The remote's name.
        remote: String,
    },
}

/// An error with its reasons, in one line.
pub(super) fn told(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(reason) = next {
        text.push_str(": ");
        text.push_str(&reason.to_string());
        next = reason.source();
    }
    text
}

/// Says what was tried, and where.
pub(super) trait Doing<T> {
    fn doing(self, root: &Path, doing: &'static str) -> Result<T, HistoryError>;
}

impl<T, E: Into<Box<dyn Error + Send + Sync>>> Doing<T> for Result<T, E> {
    fn doing(self, root: &Path, doing: &'static str) -> Result<T, HistoryError> {
        self.map_err(|error| HistoryError::Git {
            root: root.to_owned(),
            doing,
            source: error.into(),
        })
    }
}

/// The same for the disk.
pub(super) trait OnFile<T> {
    fn on_disk(self, path: &Path, doing: &'static str) -> Result<T, HistoryError>;
}

impl<T> OnFile<T> for io::Result<T> {
    fn on_disk(self, path: &Path, doing: &'static str) -> Result<T, HistoryError> {
        self.map_err(|source| HistoryError::Disk {
            path: path.to_owned(),
            doing,
            source,
        })
    }
}
