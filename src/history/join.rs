//! Joining what another server pushed with what was saved here.
//!
//! Files that only one side changed are taken; for a file that both changed the caller says what
//! it shall hold. The content is written to the disk before the branch moves: when the machine
//! stops in between, [`take_in`](History::take_in) and the next join find both sides' texts.

use std::io;

use gix::{ObjectId, bstr::BString, objs::tree::EntryKind};
use jiff::Timestamp;

use super::{
    Author, CommitId, Doing, History, HistoryError, OnFile, Remote,
    tree::{self, Entry},
};
use crate::model::SourcePath;

/// What a file shall hold that both sides changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// Its bytes; none removes it.
    pub bytes: Option<Vec<u8>>,
    /// Whether people must look at it: the same place was changed on both sides.
    pub conflict: bool,
}

/// What a join changes on the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The file.
    pub path: SourcePath,
    /// What it must hold now; when the disk has something else, somebody edited it meanwhile.
    pub before: Option<Vec<u8>>,
    /// What it holds from now on; none removes it.
    pub after: Option<Vec<u8>>,
}

/// What a join did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Joined {
    /// The files that were written or removed on the disk.
    pub changed: Vec<SourcePath>,
    /// The files that people must look at.
    pub conflicts: Vec<SourcePath>,
    /// The new head; none when nothing was new.
    pub commit: Option<CommitId>,
}

/// Decides about a file by its bytes at the last common version, here and there.
pub type Merge<'a> = &'a dyn Fn(&SourcePath, Option<&[u8]>, Option<&[u8]>, Option<&[u8]>) -> Merged;

impl History {
    /// Joins what [`fetch`](Self::fetch) brought. Call [`take_in`](Self::take_in) first, so that
    /// nothing on the disk is unsaved. `write` brings the steps to the disk; it must not call this
    /// history (a writer is at work), and by failing it stops the join without harm.
    ///
    /// Nothing happens when nothing is new; when nothing was saved here since, the branch follows
    /// theirs without a commit of its own, so that two servers come to rest.
    ///
    /// # Errors
    /// When git's files or the disk cannot be read or written; then the branch is where it was.
    pub fn join(
        &self,
        remote: &Remote,
        (author, message, when): (&Author, &str, Timestamp),
        merge: Merge<'_>,
        write: &dyn Fn(&[Step]) -> io::Result<()>,
    ) -> Result<Joined, HistoryError> {
        let _one = self.writing();
        let repo = self.repo();
        let Some(theirs) = self.tracked(&repo, remote)? else {
            return Ok(Joined::default());
        };
        let ours = self.head_of(&repo)?;
        let base = match ours {
            Some(ours) => self.base(&repo, ours, theirs)?,
            None => None,
        };
        if base == Some(theirs) {
            return Ok(Joined::default());
        }
        let our_tree = self.tree_of_head(&repo)?;
        let (tree, conflicts) = if base == ours {
            (self.tree_of(&repo, theirs)?, Vec::new())
        } else {
            self.merged(&repo, base, (our_tree, theirs), merge)?
        };
        let steps = self.steps(&repo, our_tree, tree)?;
        let commit = match ours.filter(|_| base != ours) {
            Some(ours) => self.write_commit(&repo, author, message, tree, &[ours, theirs], when)?,
            None => theirs,
        };
        write(&steps).on_disk(&self.root, "write what was joined into")?;
        self.move_head(&repo, ours, commit, message, author, when)?;
        Ok(Joined {
            changed: steps.into_iter().map(|step| step.path).collect(),
            conflicts,
            commit: Some(CommitId(commit)),
        })
    }

    /// The last common commit of two.
    pub(super) fn base(
        &self,
        repo: &gix::Repository,
        one: ObjectId,
        two: ObjectId,
    ) -> Result<Option<ObjectId>, HistoryError> {
        let base = repo
            .merge_base(one, two)
            .doing(&self.root, "find the last common version")?;
        Ok(base.map(gix::Id::detach))
    }

    fn merged(
        &self,
        repo: &gix::Repository,
        base: Option<ObjectId>,
        (our_tree, theirs): (ObjectId, ObjectId),
        merge: Merge<'_>,
    ) -> Result<(ObjectId, Vec<SourcePath>), HistoryError> {
        let base_tree = match base {
            Some(base) => self.tree_of(repo, base)?,
            None => ObjectId::empty_tree(repo.object_hash()),
        };
        let their_tree = self.tree_of(repo, theirs)?;
        let here = self.differences(repo, base_tree, our_tree)?;
        let there = self.differences(repo, base_tree, their_tree)?;
        let ours = repo
            .find_tree(our_tree)
            .doing(&self.root, "read a version")?;
        let mut writes: Vec<(BString, Option<Entry>)> = Vec::new();
        let mut conflicts = Vec::new();
        for (path, (before, after)) in there {
            let Some((_, our_after)) = here.get(&path) else {
                writes.push((path, after));
                continue;
            };
            if *our_after == after {
                continue;
            }
            // Links, and files that kaffe does not know, stay as they are here.
            let Some(source) = tree::source_path(&path) else {
                continue;
            };
            if [*our_after, after]
                .iter()
                .flatten()
                .any(|e| !e.mode.is_blob())
            {
                conflicts.push(source);
                continue;
            }
            let bytes = |entry: Option<Entry>| match entry.filter(|e| e.mode.is_blob()) {
                Some(entry) => self.blob(repo, entry.id).map(Some),
                None => Ok(None),
            };
            let (base, our, their) = (bytes(before)?, bytes(*our_after)?, bytes(after)?);
            let merged = merge(&source, base.as_deref(), our.as_deref(), their.as_deref());
            if merged.conflict {
                conflicts.push(source);
            }
            let entry = match merged.bytes {
                Some(bytes) => Some(Entry {
                    mode: our_after
                        .or(after)
                        .map_or(EntryKind::Blob.into(), |e| e.mode),
                    id: self.keep(repo, &bytes)?,
                }),
                None => None,
            };
            writes.push((path, entry));
        }
        self.keep_ours_where_a_folder_is(&ours, &mut writes, &mut conflicts)?;
        let tree = self.edited(repo, our_tree, &writes)?;
        Ok((tree, conflicts))
    }

    /// Where one side has a file and the other a folder of the same name, ours stays; theirs is in
    /// their commit, and people are told.
    fn keep_ours_where_a_folder_is(
        &self,
        ours: &gix::Tree<'_>,
        writes: &mut Vec<(BString, Option<Entry>)>,
        conflicts: &mut Vec<SourcePath>,
    ) -> Result<(), HistoryError> {
        let removed: Vec<BString> = writes
            .iter()
            .filter(|(_, entry)| entry.is_none())
            .map(|(path, _)| path.clone())
            .collect();
        let mut in_the_way = Vec::new();
        for (n, (path, _)) in writes.iter().enumerate().filter(|(_, w)| w.1.is_some()) {
            let Ok(text) = std::str::from_utf8(path) else {
                continue;
            };
            let above = text.match_indices('/').filter_map(|(at, _)| text.get(..at));
            let mut blocked = tree::entry(ours, text)
                .doing(&self.root, "read a version")?
                .is_some_and(|entry| entry.mode.is_tree());
            for folder in above {
                let there = tree::entry(ours, folder).doing(&self.root, "read a version")?;
                blocked |= there.is_some_and(|entry| !entry.mode.is_tree())
                    && !removed.iter().any(|gone| gone == folder);
            }
            if blocked {
                in_the_way.push(n);
                conflicts.extend(tree::source_path(path));
            }
        }
        for n in in_the_way.into_iter().rev() {
            writes.remove(n);
        }
        Ok(())
    }

    fn steps(
        &self,
        repo: &gix::Repository,
        from: ObjectId,
        to: ObjectId,
    ) -> Result<Vec<Step>, HistoryError> {
        let mut steps = Vec::new();
        for (path, (before, after)) in self.differences(repo, from, to)? {
            // Only files: a link that came from elsewhere is not laid on this disk.
            let is_file = [before, after].iter().flatten().all(|e| e.mode.is_blob());
            let Some(path) = tree::source_path(&path).filter(|_| is_file) else {
                continue;
            };
            let bytes =
                |entry: Option<Entry>| entry.map(|entry| self.blob(repo, entry.id)).transpose();
            steps.push(Step {
                path,
                before: bytes(before)?,
                after: bytes(after)?,
            });
        }
        Ok(steps)
    }
}
