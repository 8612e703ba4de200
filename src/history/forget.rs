//! Forgetting: files and texts leave every commit, and nothing of git's holds them afterwards.
//!
//! The rewritten objects are written beside the old ones and checked; then the branches and tags
//! move; then everything that nobody can reach is deleted. When the machine stops in between,
//! either the old or the new history stands, and opening it finishes the deletion.
//!
//! Rewriting is deterministic: two servers that forget the same in the same history make the same
//! commits, and can go on joining.

mod rewriting;

use std::{collections::BTreeSet, fs};

use gix::{
    ObjectId,
    objs::Kind,
    refs::{
        FullName, Target,
        transaction::{PreviousValue, RefEdit},
    },
};
use rewriting::Rewriting;
use rustc_hash::FxHashSet;

use super::{Doing, History, HistoryError, OnFile, Scrub, prune, replace};
use crate::model::SourcePath;

/// Stands in git's folder while a forgetting is going on.
const UNFINISHED: &str = "kaffe-forgetting";
/// The names of commits that were rewritten: they must not come back from a remote.
const OLD_COMMITS: &str = "kaffe-forgotten";

/// What to forget.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Forget {
    /// Files, or folders with all that is in them.
    pub paths: Vec<SourcePath>,
    /// Texts, in any file, file name, message or author's name; see [`Scrub`].
    pub texts: Vec<String>,
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forgotten {
    /// Commits that are others now.
    pub commits_rewritten: usize,
    /// Objects of git's (loose and packed) that are deleted.
    pub objects_removed: usize,
}

impl History {
    /// Takes files and texts out of every commit of every branch and tag, and deletes every object
    /// that held them, git's logs and what other commands left lying. The files on the disk are the
    /// caller's to change, with the same [`Scrub`]. A remote still has the old commits until
    /// [`push_over`](Self::push_over).
    ///
    /// # Errors
    /// [`HistoryError::Unforgettable`] and [`HistoryError::TooShort`] when nothing was changed. After
    /// another error the history is whole, and the same call again finishes what was begun.
    pub fn forget(&self, what: &Forget) -> Result<Forgotten, HistoryError> {
        let _one = self.writing();
        let scrub = Scrub::new(&what.texts)?;
        self.refuse_shared_objects()?;
        self.reopen()?;
        let repo = self.repo();
        let tips = self.tips(&repo)?;
        if let Some((name, _)) = tips.iter().find(|(name, _)| scrub.is_in(name.as_bstr())) {
            return Err(self.unforgettable(format!("{name} has the text in its name; rename it")));
        }
        let mut rewriting = Rewriting::new(self, &repo, &scrub, &what.paths);
        let mut moves = Vec::new();
        for (name, old) in &tips {
            let new = rewriting.object(*old)?;
            if new != *old {
                moves.push((name.clone(), *old, new));
            }
        }
        let rewritten: BTreeSet<ObjectId> = rewriting
            .commits
            .iter()
            .filter(|(old, new)| old != new)
            .map(|(old, _)| *old)
            .collect();
        let new_tips = tips.iter().map(|(name, old)| {
            let moved = moves.iter().find(|(n, _, _)| n == name);
            moved.map_or(*old, |(_, _, new)| *new)
        });
        self.check(&repo, new_tips.collect(), &scrub)?;
        self.remember(&rewritten)?;
        replace(&self.git.join(UNFINISHED), b"")?;
        self.move_tips(&repo, moves)?;
        let objects_removed = self.delete_unreachable()?;
        Ok(Forgotten {
            commits_rewritten: rewritten.len(),
            objects_removed,
        })
    }

    /// Finishes what was cut off.
    pub(super) fn finish_forgetting(&self) -> Result<(), HistoryError> {
        if self.git.join(UNFINISHED).exists() {
            self.delete_unreachable()?;
        }
        Ok(())
    }

    /// The commits that were forgotten here, under their old names.
    pub(super) fn forgotten(&self) -> Result<FxHashSet<ObjectId>, HistoryError> {
        let path = self.git.join(OLD_COMMITS);
        if !path.exists() {
            return Ok(FxHashSet::default());
        }
        let text = fs::read_to_string(&path).on_disk(&path, "read")?;
        let ids = text.lines();
        Ok(ids
            .filter_map(|id| ObjectId::from_hex(id.as_bytes()).ok())
            .collect())
    }

    fn remember(&self, rewritten: &BTreeSet<ObjectId>) -> Result<(), HistoryError> {
        let mut all: BTreeSet<ObjectId> = self.forgotten()?.into_iter().collect();
        all.extend(rewritten);
        let text: String = all.iter().map(|id| format!("{id}\n")).collect();
        replace(&self.git.join(OLD_COMMITS), text.as_bytes())
    }

    /// Objects that other repositories or work trees use or lend cannot be deleted here.
    pub(super) fn refuse_shared_objects(&self) -> Result<(), HistoryError> {
        if self.git.join("objects/info/alternates").exists() {
            return Err(self.unforgettable("it borrows objects of another repository (alternates)"));
        }
        let others = fs::read_dir(self.git.join("worktrees"));
        if others.is_ok_and(|mut others| others.next().is_some()) {
            return Err(self.unforgettable("other work trees use it (git worktree list)"));
        }
        Ok(())
    }

    fn unforgettable(&self, reason: impl Into<String>) -> HistoryError {
        HistoryError::Unforgettable {
            root: self.root.clone(),
            reason: reason.into(),
        }
    }

    /// Everything that points into the history: branches, tags, what is known of remotes, and the
    /// head when it is on no branch.
    pub(super) fn tips(
        &self,
        repo: &gix::Repository,
    ) -> Result<Vec<(FullName, ObjectId)>, HistoryError> {
        let doing = "list the branches";
        let mut tips = Vec::new();
        let references = repo.references().doing(&self.root, doing)?;
        for reference in references.all().doing(&self.root, doing)? {
            let reference = reference.doing(&self.root, doing)?.detach();
            if let Target::Object(id) = reference.target {
                tips.push((reference.name, id));
            }
        }
        let head = repo.find_reference("HEAD").doing(&self.root, doing)?;
        if let Target::Object(id) = head.detach().target {
            tips.push(("HEAD".try_into().doing(&self.root, doing)?, id));
        }
        Ok(tips)
    }

    /// No text is in anything that can be reached from the new tips.
    fn check(
        &self,
        repo: &gix::Repository,
        tips: Vec<ObjectId>,
        scrub: &Scrub,
    ) -> Result<(), HistoryError> {
        let doing = "check the rewritten history";
        let reachable = prune::reachable(repo, tips).doing(&self.root, doing)?;
        let sorted: BTreeSet<ObjectId> = reachable.into_iter().collect();
        for id in sorted {
            let object = repo.find_object(id).doing(&self.root, doing)?;
            let held = match object.kind {
                // The names of other objects stand in a tree as plain bytes, and say nothing.
                Kind::Tree => {
                    let tree = gix::objs::TreeRef::from_bytes(&object.data, repo.object_hash())
                        .doing(&self.root, doing)?;
                    tree.entries.iter().any(|entry| scrub.is_in(entry.filename))
                }
                _ => scrub.is_in(&object.data),
            };
            if held {
                return Err(self.unforgettable(format!("the text would still be in {id}")));
            }
        }
        Ok(())
    }

    fn move_tips(
        &self,
        repo: &gix::Repository,
        moves: Vec<(FullName, ObjectId, ObjectId)>,
    ) -> Result<(), HistoryError> {
        let edits = moves.into_iter().map(|(name, old, new)| {
            let expected = PreviousValue::MustExistAndMatch(Target::Object(old));
            // What the log would say is deleted in a moment.
            RefEdit::update(name, Target::Object(new), expected, "kaffe: glemt")
        });
        let author = gix::actor::Signature {
            name: "kaffe".into(),
            email: "kaffe@kaffe.invalid".into(),
            time: gix::date::Time::default(),
        };
        let mut time = gix::date::parse::TimeBuf::default();
        repo.edit_references_as(edits, Some(author.to_ref(&mut time)))
            .doing(&self.root, "move the branches")?;
        Ok(())
    }

    fn delete_unreachable(&self) -> Result<usize, HistoryError> {
        let removed = self.prune()?;
        let path = self.git.join(UNFINISHED);
        fs::remove_file(&path).on_disk(&path, "remove")?;
        Ok(removed)
    }
}
