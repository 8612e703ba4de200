//! Making versions: of what was saved here, and of what was edited on the disk.

use gix::{
    ObjectId,
    bstr::{BStr, BString, ByteSlice},
    objs::tree::EntryKind,
    refs::{
        FullName, Target,
        transaction::{Change, LogChange, PreviousValue, RefEdit},
    },
};
use jiff::Timestamp;
use rustc_hash::FxHashSet;

use super::{
    CommitId, Doing, History, HistoryError, index,
    tree::{self, Differences, Entry},
};
use crate::model::SourcePath;

/// Who stands in the history: a team or the disk, never a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    /// For example »Team Åbrinken«.
    pub name: String,
    /// For example `team-aabrinken@kaffe.invalid`; nobody can write to it.
    pub mail: String,
}

/// A change of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The file.
    pub path: SourcePath,
    /// What it holds from now on; none removes it.
    pub bytes: Option<Vec<u8>>,
}

/// A file that lies on the disk. What is there and cannot be read must be told as `Leave`, too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OnDisk {
    /// With its bytes.
    File(SourcePath, Vec<u8>),
    /// It is withheld or cannot be read: it stays in the history as it is there.
    Leave(SourcePath),
}

impl History {
    /// Makes a version of some files; none when nothing differs from the newest version. Files that
    /// are never kept (`.kaffe/`, `.kaffe-…`, `….tmp`) are passed over.
    ///
    /// # Errors
    /// When git's files cannot be written; then the newest version is what it was.
    pub fn commit(
        &self,
        author: &Author,
        message: &str,
        edits: &[Edit],
        when: Timestamp,
    ) -> Result<Option<CommitId>, HistoryError> {
        let _one = self.writing();
        let repo = self.repo();
        let head = self.head_of(&repo)?;
        let before = self.tree_of_head(&repo)?;
        let old = repo.find_tree(before).doing(&self.root, "read a version")?;
        let mut writes = Vec::new();
        for edit in edits.iter().filter(|e| !tree::is_never_kept(&e.path)) {
            let was = tree::entry(&old, edit.path.as_str()).doing(&self.root, "read a version")?;
            let entry = match &edit.bytes {
                Some(bytes) => Some(file(was, self.keep(&repo, bytes)?)),
                // Only a file goes, never a folder with all that is in it.
                None if was.is_some_and(|entry| !entry.mode.is_tree()) => None,
                None => continue,
            };
            writes.push((edit.path.as_str().into(), entry));
        }
        let after = self.edited(&repo, before, &writes)?;
        if after == before {
            return Ok(None);
        }
        let id = self.write_commit(&repo, author, message, after, head.as_slice(), when)?;
        self.move_head(&repo, head, id, message, author, when)?;
        Ok(Some(CommitId(id)))
    }

    /// Makes a version of what lies on the disk: what was added, changed and removed there since the
    /// newest version; none when nothing was. `files` is everything that is there.
    ///
    /// # Errors
    /// When git's files cannot be read or written; then the newest version is what it was.
    pub fn take_in(
        &self,
        author: &Author,
        message: &str,
        files: impl IntoIterator<Item = OnDisk>,
        when: Timestamp,
    ) -> Result<Option<CommitId>, HistoryError> {
        let _one = self.writing();
        let repo = self.repo();
        let head = self.head_of(&repo)?;
        let before = self.tree_of_head(&repo)?;
        let known = tree::files(&repo, before).doing(&self.root, "list the newest version")?;
        let mut seen: FxHashSet<SourcePath> = FxHashSet::default();
        let mut writes: Vec<(BString, Option<Entry>)> = Vec::new();
        for on_disk in files {
            let path = match on_disk {
                OnDisk::Leave(path) => path,
                OnDisk::File(path, bytes) if !tree::is_never_kept(&path) => {
                    let kind = gix::objs::Kind::Blob;
                    let id = gix::objs::compute_hash(repo.object_hash(), kind, &bytes)
                        .doing(&self.root, "name a file's content")?;
                    let was = known.get(BStr::new(path.as_str())).copied();
                    if was.map(|entry| entry.id) != Some(id) {
                        let id = self.keep(&repo, &bytes)?;
                        writes.push((path.as_str().into(), Some(file(was, id))));
                    }
                    path
                }
                OnDisk::File(..) => continue,
            };
            seen.insert(path);
        }
        // Only what the disk's reader would have given can be missed: no hidden files, no links.
        let gone = known.iter().filter(|(_, entry)| entry.mode.is_blob());
        for path in gone.filter_map(|(path, _)| tree::source_path(path)) {
            if !seen.contains(&path) {
                writes.push((path.as_str().into(), None));
            }
        }
        if writes.is_empty() {
            return Ok(None);
        }
        let after = self.edited(&repo, before, &writes)?;
        if after == before {
            return Ok(None);
        }
        let id = self.write_commit(&repo, author, message, after, head.as_slice(), when)?;
        self.move_head(&repo, head, id, message, author, when)?;
        Ok(Some(CommitId(id)))
    }

    /// Writes a content.
    pub(super) fn keep(
        &self,
        repo: &gix::Repository,
        bytes: &[u8],
    ) -> Result<ObjectId, HistoryError> {
        let id = repo
            .write_blob(bytes)
            .doing(&self.root, "keep a file's content")?;
        Ok(id.detach())
    }

    /// A tree with some files written (or removed, with none).
    pub(super) fn edited(
        &self,
        repo: &gix::Repository,
        tree: ObjectId,
        writes: &[(BString, Option<Entry>)],
    ) -> Result<ObjectId, HistoryError> {
        let old = repo.find_tree(tree).doing(&self.root, "read a version")?;
        let mut editor = old.edit().doing(&self.root, "read a version")?;
        // First what goes: a file may come where a folder was.
        for (path, _) in writes.iter().filter(|(_, entry)| entry.is_none()) {
            editor
                .remove(path.as_bstr())
                .doing(&self.root, "remove a file")?;
        }
        for (path, entry) in writes {
            if let Some(Entry { mode, id }) = entry {
                editor
                    .upsert(path.as_bstr(), mode.kind(), *id)
                    .doing(&self.root, "add a file")?;
            }
        }
        let id = editor.write().doing(&self.root, "write a version")?;
        Ok(id.detach())
    }

    /// Writes a commit; nothing points to it yet.
    pub(super) fn write_commit(
        &self,
        repo: &gix::Repository,
        author: &Author,
        message: &str,
        tree: ObjectId,
        parents: &[ObjectId],
        when: Timestamp,
    ) -> Result<ObjectId, HistoryError> {
        let author = signature(author, when);
        let commit = gix::objs::Commit {
            message: message_of(message).into(),
            tree,
            author: author.clone(),
            committer: author,
            encoding: None,
            parents: parents.iter().copied().collect(),
            extra_headers: Vec::new(),
        };
        let id = repo
            .write_object(&commit)
            .doing(&self.root, "write a commit")?;
        Ok(id.detach())
    }

    /// Lets the branch point to a commit, unless another program moved it; then the index follows.
    pub(super) fn move_head(
        &self,
        repo: &gix::Repository,
        from: Option<ObjectId>,
        to: ObjectId,
        message: &str,
        author: &Author,
        when: Timestamp,
    ) -> Result<(), HistoryError> {
        let expected = match from {
            Some(from) => PreviousValue::MustExistAndMatch(Target::Object(from)),
            None => PreviousValue::MustNotExist,
        };
        let name: FullName = "HEAD".try_into().doing(&self.root, "name the branch")?;
        let first = message_of(message);
        let log = LogChange {
            message: format!("kaffe: {}", first.lines().next().unwrap_or_default()).into(),
            ..LogChange::default()
        };
        let edit = RefEdit::new(
            name,
            Change::Update {
                log,
                expected,
                new: Target::Object(to),
            },
        )
        .with_deref(true);
        let signature = signature(author, when);
        let mut time = gix::date::parse::TimeBuf::default();
        let moved = repo.edit_references_as(Some(edit), Some(signature.to_ref(&mut time)));
        if let Err(error) = moved {
            return Err(if self.head_of(repo)? == from {
                HistoryError::Git {
                    root: self.root.clone(),
                    doing: "move the branch",
                    source: error.into(),
                }
            } else {
                HistoryError::Moved(self.root.clone())
            });
        }
        let tree = self.tree_of(repo, to)?;
        index::follow(repo, tree).doing(&self.root, "write the index")
    }

    /// The files that differ between two trees.
    pub(super) fn differences(
        &self,
        repo: &gix::Repository,
        from: ObjectId,
        to: ObjectId,
    ) -> Result<Differences, HistoryError> {
        tree::differences(repo, from, to).doing(&self.root, "compare two versions")
    }
}

/// A file with new content; one that may be run stays so.
fn file(was: Option<Entry>, id: ObjectId) -> Entry {
    let mode = match was {
        Some(entry) if entry.mode.is_blob() => entry.mode,
        _ => EntryKind::Blob.into(),
    };
    Entry { mode, id }
}

/// Git's way of writing who and when; the time is UTC, so that all machines write the same.
fn signature(author: &Author, when: Timestamp) -> gix::actor::Signature {
    let plain = |text: &str| -> String {
        let kept = text
            .chars()
            .filter(|c| !c.is_control() && !matches!(c, '<' | '>'));
        kept.collect::<String>().trim().to_owned()
    };
    gix::actor::Signature {
        name: plain(&author.name).into(),
        email: plain(&author.mail).into(),
        time: gix::date::Time {
            seconds: when.as_second(),
            offset: 0,
        },
    }
}

/// A message that git can keep: never empty, with a line ending.
fn message_of(message: &str) -> String {
    let kept: String = message
        .chars()
        .filter(|c| *c == '\n' || !c.is_control())
        .collect();
    let kept = kept.trim();
    format!("{}\n", if kept.is_empty() { "kaffe" } else { kept })
}
