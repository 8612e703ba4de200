//! History: each save is a git commit in the content folder, and git can be asked about it later.
//!
//! Local history is made with gix and needs no git program and no git settings of a user. Only
//! [`remote`] lets the `git` program run. History knows bytes by [`SourcePath`], times and teams; what a
//! record is, and who may see it, is the caller's to know.
//!
//! One [`History`] may be used by many threads: reading runs beside anything, writing one at a time.
//!
//! The order that loses nothing: the caller writes the file, then commits. When the machine stops
//! in between, the next [`take_in`](History::take_in) makes a version of what lies on the disk.

mod commit;
pub mod diff;
mod error;
mod forget;
mod index;
mod join;
mod program;
mod prune;
pub mod remote;
mod scrub;
#[cfg(test)]
mod tests;
mod tree;
mod walk;

use std::{
    fmt, fs, io,
    path::{Path, PathBuf},
    str::FromStr,
    sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock},
};

pub use commit::{Author, Edit, OnDisk};
pub use error::HistoryError;
use error::{Doing, OnFile, told};
pub use forget::{Forget, Forgotten};
pub use join::{Joined, Merged, Step};
pub use remote::{Pushed, Remote};
pub use scrub::Scrub;
pub use walk::{Change, Commit, Kind, Version};

use crate::model::SourcePath;

/// What git shall not see in the content folder: files that are written for a moment.
const EXCLUDED: &str = "\n# kaffe\n.kaffe/\n.kaffe-*\n*.tmp\n";

/// How much of the trees is kept in memory while commits are walked, in bytes.
const TREES_IN_MEMORY: usize = 32 * 1024 * 1024;

/// Whether a content folder has a history.
#[derive(Debug)]
pub enum Availability {
    /// It has.
    On(History),
    /// It has none, and why.
    Off(Why),
}

/// Why a content folder has no history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// No repository is there.
    NoRepository,
    /// The folder is a part of a larger repository, whose work tree is here.
    InsideLarger(PathBuf),
    /// There is one that kaffe cannot use; the text is for operators.
    Unusable(String),
}

/// The history of one content folder.
pub struct History {
    root: PathBuf,
    git: PathBuf,
    /// Opened again when packs went away or settings may have changed.
    repository: RwLock<Arc<gix::ThreadSafeRepository>>,
    writer: Mutex<()>,
    walked: Mutex<walk::Walked>,
}

/// The name of one commit.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CommitId(gix::ObjectId);

impl History {
    /// Opens the history of a content folder: on only when the repository's work tree is that
    /// folder itself. Finishes a forgetting that was cut off.
    #[must_use]
    pub fn open(root: &Path) -> Availability {
        let Ok(root) = root.canonicalize() else {
            return Availability::Off(Why::NoRepository);
        };
        if !root.join(".git").exists() {
            let larger = root.ancestors().skip(1).find(|a| a.join(".git").exists());
            return Availability::Off(match larger {
                Some(larger) => Why::InsideLarger(larger.to_owned()),
                None => Why::NoRepository,
            });
        }
        match Self::opened(&root) {
            Ok(history) => Availability::On(history),
            Err(why) => Availability::Off(why),
        }
    }

    /// Makes an empty repository in a folder, with the branch `main`.
    ///
    /// # Errors
    /// When there is one already, or the disk refuses.
    pub fn create(root: &Path) -> Result<Self, HistoryError> {
        if root.join(".git").exists() {
            return Err(HistoryError::Exists(root.to_owned()));
        }
        let options = gix::create::Options::default();
        gix::ThreadSafeRepository::init_opts(
            root,
            gix::create::Kind::WithWorktree,
            options,
            gix::open::Options::isolated().config_overrides(["init.defaultBranch=main"]),
        )
        .doing(root, "make a repository")?;
        let exclude = root.join(".git/info/exclude");
        let mut text = fs::read_to_string(&exclude).unwrap_or_default();
        text.push_str(EXCLUDED);
        replace(&exclude, text.as_bytes())?;
        // Bytes are kept as they are, whatever a machine's own settings say of line endings.
        let config = root.join(".git/config");
        let mut text = fs::read_to_string(&config).on_disk(&config, "read")?;
        text.push_str("[core]\n\tautocrlf = false\n");
        replace(&config, text.as_bytes())?;
        Self::opened(&root.canonicalize().on_disk(root, "find")?).map_err(|why| HistoryError::Git {
            root: root.to_owned(),
            doing: "open what was made",
            source: format!("{why:?}").into(),
        })
    }

    /// The content folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The newest commit; none before the first save.
    ///
    /// # Errors
    /// When git's files cannot be read.
    pub fn head(&self) -> Result<Option<CommitId>, HistoryError> {
        Ok(self.head_of(&self.repo())?.map(CommitId))
    }

    /// The bytes of a file as they were in a commit; none when the commit or the file is not there.
    ///
    /// # Errors
    /// When git's files cannot be read.
    pub fn bytes_at(
        &self,
        commit: CommitId,
        path: &SourcePath,
    ) -> Result<Option<Vec<u8>>, HistoryError> {
        let repo = self.repo();
        let doing = "read a version";
        let Some(object) = repo.try_find_object(commit.0).doing(&self.root, doing)? else {
            return Ok(None);
        };
        let Ok(commit) = object.try_into_commit() else {
            return Ok(None);
        };
        let tree = commit.tree().doing(&self.root, doing)?;
        match tree::entry(&tree, path.as_str()).doing(&self.root, doing)? {
            Some(entry) if entry.mode.is_blob() => self.blob(&repo, entry.id).map(Some),
            _ => Ok(None),
        }
    }

    fn opened(root: &Path) -> Result<Self, Why> {
        let unusable = |error: &dyn fmt::Display| Why::Unusable(error.to_string());
        let repository = open_repository(root).map_err(|error| unusable(&format!("{error:#}")))?;
        let repo = repository.to_thread_local();
        match repo.workdir().map(Path::canonicalize) {
            Some(Ok(work)) if work == root => {}
            Some(Ok(work)) if root.starts_with(&work) => return Err(Why::InsideLarger(work)),
            _ => return Err(unusable(&"its work tree is another folder")),
        }
        if repo.git_dir() != repo.common_dir() {
            return Err(unusable(&"it is a linked work tree of another repository"));
        }
        if repo.is_shallow().unwrap_or(true) {
            return Err(unusable(
                &"it is a shallow clone; `git fetch --unshallow` makes it whole",
            ));
        }
        let git = repo
            .git_dir()
            .canonicalize()
            .map_err(|error| unusable(&error))?;
        let history = Self {
            root: root.to_owned(),
            git,
            repository: RwLock::new(Arc::new(repository)),
            writer: Mutex::new(()),
            walked: Mutex::default(),
        };
        // A history whose newest commit cannot be read is none.
        let tree = history
            .tree_of_head(&repo)
            .map_err(|e| unusable(&told(&e)))?;
        repo.find_tree(tree)
            .map_err(|error| unusable(&format!("{error:#}")))?;
        history
            .finish_forgetting()
            .map_err(|error| unusable(&told(&error)))?;
        Ok(history)
    }

    /// A handle of this thread.
    fn repo(&self) -> gix::Repository {
        let repository = self
            .repository
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        let mut repo = repository.to_thread_local();
        // Replaced objects would be read for others, and hide what must be forgotten.
        repo.objects.ignore_replacements = true;
        repo.object_cache_size_if_unset(TREES_IN_MEMORY);
        repo
    }

    /// Reads git's settings and packs anew.
    fn reopen(&self) -> Result<(), HistoryError> {
        let fresh = open_repository(&self.root).doing(&self.root, "open the repository")?;
        *self
            .repository
            .write()
            .unwrap_or_else(PoisonError::into_inner) = Arc::new(fresh);
        Ok(())
    }

    /// One writer at a time.
    fn writing(&self) -> MutexGuard<'_, ()> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn head_of(&self, repo: &gix::Repository) -> Result<Option<gix::ObjectId>, HistoryError> {
        let head = repo.head().doing(&self.root, "find the newest commit")?;
        let id = head
            .try_into_peeled_id()
            .doing(&self.root, "find the newest commit")?;
        Ok(id.map(gix::Id::detach))
    }

    /// The tree of the newest commit; the empty one before the first.
    fn tree_of_head(&self, repo: &gix::Repository) -> Result<gix::ObjectId, HistoryError> {
        match self.head_of(repo)? {
            Some(head) => self.tree_of(repo, head),
            None => Ok(gix::ObjectId::empty_tree(repo.object_hash())),
        }
    }

    fn tree_of(
        &self,
        repo: &gix::Repository,
        commit: gix::ObjectId,
    ) -> Result<gix::ObjectId, HistoryError> {
        repo.find_commit(commit)
            .and_then(|commit| Ok(commit.tree_id()?.detach()))
            .doing(&self.root, "read a commit")
    }

    fn blob(&self, repo: &gix::Repository, id: gix::ObjectId) -> Result<Vec<u8>, HistoryError> {
        let mut blob = repo.find_blob(id).doing(&self.root, "read a version")?;
        Ok(blob.take_data())
    }
}

impl fmt::Debug for History {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("History")
            .field("root", &self.root)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for CommitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for CommitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The text is not the full name of a commit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("»{0}« is not the name of a commit")]
pub struct NoCommit(pub String);

impl FromStr for CommitId {
    type Err = NoCommit;

    fn from_str(text: &str) -> Result<Self, NoCommit> {
        gix::ObjectId::from_hex(text.as_bytes())
            .map(Self)
            .map_err(|_| NoCommit(text.chars().take(80).collect()))
    }
}

/// Opens with the repository's own settings alone: nothing of the user or the environment.
fn open_repository(root: &Path) -> gix::Result<gix::ThreadSafeRepository> {
    gix::open::Options::isolated().open(root)
}

/// Writes a small file of git's so that it is whole or as it was.
fn replace(path: &Path, bytes: &[u8]) -> Result<(), HistoryError> {
    use io::Write;
    let folder = path.parent().unwrap_or(path);
    let write = || {
        let mut beside = tempfile::NamedTempFile::new_in(folder)?;
        beside.write_all(bytes)?;
        beside.as_file().sync_all()?;
        beside.persist(path).map_err(|error| error.error)?;
        Ok(())
    };
    write().on_disk(path, "write")
}
