//! What happened, read from the commits: versions of a file, recent changes, what was removed.
//!
//! Git keeps no list of versions by file. Each commit is looked into once, and what it changed is
//! kept in memory; later calls look only at commits that are new since. Ten thousand commits are a
//! few megabytes.

use std::{collections::BTreeMap, sync::PoisonError};

use gix::ObjectId;
use jiff::Timestamp;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    CommitId, Doing, History, HistoryError,
    tree::{self, Differences},
};
use crate::model::SourcePath;

/// What a commit did with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The file is new, or there again.
    Added,
    /// It was there before, with other bytes.
    Changed,
    /// It is gone.
    Removed,
}

/// One version of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The commit that made it.
    pub commit: CommitId,
    /// When.
    pub when: Timestamp,
    /// The author's name: a team.
    pub author: String,
    /// The commit's message without the last line ending.
    pub message: String,
    /// What happened with the file.
    pub kind: Kind,
}

/// One commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// Its name.
    pub id: CommitId,
    /// When.
    pub when: Timestamp,
    /// The author's name: a team.
    pub author: String,
    /// Its message without the last line ending.
    pub message: String,
    /// What it changed, in the order of the paths; empty for a merge that only joined.
    pub changes: Vec<Change>,
}

/// What a commit did with one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The file.
    pub path: SourcePath,
    /// What happened with it.
    pub kind: Kind,
}

/// What is known of the commits so far.
#[derive(Default)]
pub(super) struct Walked {
    head: Option<ObjectId>,
    /// Parents stand before children.
    commits: Vec<Commit>,
    known: FxHashSet<ObjectId>,
    /// The commits that changed a file, by their place above, oldest first.
    by_path: FxHashMap<SourcePath, Vec<usize>>,
    /// The commits by their time, oldest first.
    by_time: Vec<usize>,
    /// How many commits were looked into since the history was opened.
    pub(super) steps: usize,
}

impl History {
    /// The versions of a file, newest first. The cost is that of the commits since the last call.
    ///
    /// # Errors
    /// When git's files cannot be read.
    pub fn versions(
        &self,
        path: &SourcePath,
        offset: usize,
        at_most: usize,
    ) -> Result<Vec<Version>, HistoryError> {
        self.walked(|walked| {
            let of_path = walked.by_path.get(path).map_or(&[][..], Vec::as_slice);
            let newest_first = of_path.iter().rev().skip(offset).take(at_most);
            newest_first
                .filter_map(|place| {
                    let commit = walked.commits.get(*place)?;
                    let change = commit.changes.iter().find(|c| c.path == *path)?;
                    Some(Version {
                        commit: commit.id,
                        when: commit.when,
                        author: commit.author.clone(),
                        message: commit.message.clone(),
                        kind: change.kind,
                    })
                })
                .collect()
        })
    }

    /// The commits, newest first.
    ///
    /// # Errors
    /// When git's files cannot be read.
    pub fn recent(&self, offset: usize, at_most: usize) -> Result<Vec<Commit>, HistoryError> {
        self.walked(|walked| {
            let newest_first = walked.by_time.iter().rev().skip(offset).take(at_most);
            newest_first
                .filter_map(|place| walked.commits.get(*place).cloned())
                .collect()
        })
    }

    /// The files that were removed, in the order of their paths, each with the last commit that has
    /// it: [`bytes_at`](Self::bytes_at) gives what can be restored.
    ///
    /// # Errors
    /// When git's files cannot be read.
    pub fn removed(&self) -> Result<Vec<(SourcePath, CommitId)>, HistoryError> {
        let repo = self.repo();
        let now = self.tree_of_head(&repo)?;
        let there = tree::files(&repo, now).doing(&self.root, "list the newest version")?;
        let there: FxHashSet<SourcePath> = there
            .keys()
            .filter_map(|path| tree::source_path(path))
            .collect();
        self.walked(|walked| {
            let mut gone: Vec<(SourcePath, CommitId)> = Vec::new();
            for (path, places) in walked.by_path.iter().filter(|(p, _)| !there.contains(*p)) {
                // The order of the graph, not of clocks: parents stand before children.
                let last = places
                    .iter()
                    .filter_map(|place| walked.commits.get(*place).map(|c| (*place, c)))
                    .filter(|(_, c)| {
                        let of_path = c.changes.iter().find(|change| change.path == *path);
                        of_path.is_some_and(|change| change.kind != Kind::Removed)
                    })
                    .max_by_key(|(place, _)| *place);
                gone.extend(last.map(|(_, commit)| (path.clone(), commit.id)));
            }
            gone.sort_unstable();
            gone
        })
    }

    /// When a file changed last (`ændret`); none when no commit has it.
    ///
    /// # Errors
    /// When git's files cannot be read.
    pub fn last_change(&self, path: &SourcePath) -> Result<Option<Timestamp>, HistoryError> {
        self.walked(|walked| {
            let place = walked.by_path.get(path)?.last()?;
            walked.commits.get(*place).map(|commit| commit.when)
        })
    }

    /// The same for every file that any commit has, also those that are gone.
    ///
    /// # Errors
    /// When git's files cannot be read.
    pub fn last_changes(&self) -> Result<BTreeMap<SourcePath, Timestamp>, HistoryError> {
        self.walked(|walked| {
            let mut all: Vec<(&SourcePath, &Vec<usize>)> = walked.by_path.iter().collect();
            all.sort_unstable_by_key(|(path, _)| *path);
            all.into_iter()
                .filter_map(|(path, places)| {
                    let commit = walked.commits.get(*places.last()?)?;
                    Some((path.clone(), commit.when))
                })
                .collect()
        })
    }

    /// The commits below one that are not in our own newest version's history.
    pub(super) fn not_in_head(
        &self,
        repo: &gix::Repository,
        tip: ObjectId,
    ) -> Result<Vec<ObjectId>, HistoryError> {
        self.walked(|walked| Ok(self.new_commits(repo, walked, Some(tip))?.0))?
    }

    /// Gives what is known after looking into the commits that are new.
    fn walked<T>(&self, read: impl FnOnce(&Walked) -> T) -> Result<T, HistoryError> {
        let repo = self.repo();
        let mut walked = self.walked.lock().unwrap_or_else(PoisonError::into_inner);
        let head = self.head_of(&repo)?;
        if walked.head != head {
            self.walk_on(&repo, &mut walked, head)?;
        }
        Ok(read(&walked))
    }

    fn walk_on(
        &self,
        repo: &gix::Repository,
        walked: &mut Walked,
        head: Option<ObjectId>,
    ) -> Result<(), HistoryError> {
        let (mut new, reached) = self.new_commits(repo, walked, head)?;
        // The branch was set back or rewritten: what is known may be of commits that are not there.
        if walked.head.is_some_and(|old| !reached.contains(&old)) {
            *walked = Walked {
                steps: walked.steps,
                ..Walked::default()
            };
            new = self.new_commits(repo, walked, head)?.0;
        }
        let first = walked.commits.len();
        let mut commits = Vec::with_capacity(new.len());
        for id in &new {
            commits.push(self.look_into(repo, *id)?);
            walked.steps += 1;
        }
        walked.known.extend(new);
        let mut touched: FxHashSet<&SourcePath> = FxHashSet::default();
        for (n, commit) in commits.iter().enumerate() {
            for change in &commit.changes {
                let places = walked.by_path.entry(change.path.clone()).or_default();
                places.push(first + n);
                touched.insert(&change.path);
            }
        }
        walked.by_time.extend(first..first + commits.len());
        let touched: Vec<SourcePath> = touched.into_iter().cloned().collect();
        walked.commits.extend(commits);
        let all = &walked.commits;
        let by_time = |place: &usize| (all.get(*place).map(|commit| commit.when), *place);
        walked.by_time.sort_by_key(by_time);
        for path in touched {
            if let Some(places) = walked.by_path.get_mut(&path) {
                places.sort_by_key(by_time);
            }
        }
        walked.head = head;
        Ok(())
    }

    /// The commits below `head` that are not known, parents before children; and those known ones
    /// (or the head itself) where they begin.
    fn new_commits(
        &self,
        repo: &gix::Repository,
        walked: &Walked,
        head: Option<ObjectId>,
    ) -> Result<(Vec<ObjectId>, FxHashSet<ObjectId>), HistoryError> {
        let mut order = Vec::new();
        let mut reached = FxHashSet::default();
        let mut done: FxHashSet<ObjectId> = FxHashSet::default();
        // A commit is met twice: first to look for its parents, then to be put behind them.
        let mut stack: Vec<(ObjectId, bool)> = head.map(|id| (id, false)).into_iter().collect();
        while let Some((id, parents_are_done)) = stack.pop() {
            if parents_are_done {
                order.push(id);
            } else if walked.known.contains(&id) {
                reached.insert(id);
            } else if done.insert(id) {
                stack.push((id, true));
                let commit = repo.find_commit(id).doing(&self.root, "read a commit")?;
                let parents: Vec<ObjectId> = commit.parent_ids().map(gix::Id::detach).collect();
                stack.extend(parents.into_iter().rev().map(|parent| (parent, false)));
            }
        }
        Ok((order, reached))
    }

    fn look_into(&self, repo: &gix::Repository, id: ObjectId) -> Result<Commit, HistoryError> {
        let doing = "read a commit";
        let commit = repo.find_commit(id).doing(&self.root, doing)?;
        let tree = commit.tree_id().doing(&self.root, doing)?.detach();
        let mut of_parents = Vec::new();
        for parent in commit.parent_ids() {
            let before = self.tree_of(repo, parent.detach())?;
            of_parents.push(self.differences(repo, before, tree)?);
        }
        if of_parents.is_empty() {
            let empty = ObjectId::empty_tree(repo.object_hash());
            of_parents.push(self.differences(repo, empty, tree)?);
        }
        let decoded = commit.decode().doing(&self.root, doing)?;
        let seconds = decoded.time().map_or(0, |time| time.seconds);
        let author = decoded.author().map(|a| a.trim().name.to_string());
        Ok(Commit {
            id: CommitId(id),
            when: Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH),
            author: author.unwrap_or_default(),
            message: decoded.message.to_string().trim_end().to_owned(),
            changes: changes(&of_parents),
        })
    }
}

/// What a commit changed: what differs from every parent. A merge that took a file from one side
/// changed nothing of it.
fn changes(of_parents: &[Differences]) -> Vec<Change> {
    let Some((first, others)) = of_parents.split_first() else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (path, (before, after)) in first {
        let Some(source) = tree::source_path(path) else {
            continue;
        };
        if !others.iter().all(|other| other.contains_key(path)) {
            continue;
        }
        let was_there = before.is_some()
            || others
                .iter()
                .any(|o| o.get(path).is_some_and(|d| d.0.is_some()));
        let kind = match (was_there, after) {
            (_, None) => Kind::Removed,
            (true, Some(_)) => Kind::Changed,
            (false, Some(_)) => Kind::Added,
        };
        found.push(Change { path: source, kind });
    }
    found.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    found
}
