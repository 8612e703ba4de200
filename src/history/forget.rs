//! Forgetting: files and texts leave every commit, and nothing of git's holds them afterwards.
//!
//! The rewritten objects are written beside the old ones and checked; then the branches and tags
//! move; then everything that nobody can reach is deleted. When the machine stops in between,
//! either the old or the new history stands, and opening it finishes the deletion.
//!
//! Rewriting is deterministic: two servers that forget the same in the same history make the same
//! commits, and can go on joining.

use std::{collections::BTreeSet, fs};

use gix::{
    ObjectId,
    bstr::{BStr, BString, ByteSlice},
    objs::{Kind, tree::Entry},
    refs::{
        FullName, Target,
        transaction::{PreviousValue, RefEdit},
    },
};
use rustc_hash::{FxHashMap, FxHashSet};

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
        let mut rewriting = Rewriting {
            history: self,
            repo: &repo,
            scrub: &scrub,
            paths: &what.paths,
            commits: FxHashMap::default(),
            trees: FxHashMap::default(),
            blobs: FxHashMap::default(),
        };
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

/// Old objects to new ones; an object without anything to forget stays itself.
struct Rewriting<'a> {
    history: &'a History,
    repo: &'a gix::Repository,
    scrub: &'a Scrub,
    paths: &'a [SourcePath],
    commits: FxHashMap<ObjectId, ObjectId>,
    /// A tree may stand in several folders, and be rewritten differently in each.
    trees: FxHashMap<(ObjectId, BString), ObjectId>,
    blobs: FxHashMap<ObjectId, ObjectId>,
}

impl Rewriting<'_> {
    fn object(&mut self, id: ObjectId) -> Result<ObjectId, HistoryError> {
        let object = self.read(id)?;
        match object.kind {
            Kind::Commit => self.commits_below(id),
            Kind::Tree => self.tree(id, BStr::new("")),
            Kind::Blob => self.blob(id),
            Kind::Tag => self.tag(&object.data, id),
        }
    }

    fn read(&self, id: ObjectId) -> Result<gix::ObjectDetached, HistoryError> {
        let object = self.repo.find_object(id);
        Ok(object.doing(&self.history.root, "read a version")?.detach())
    }

    fn write(&self, object: impl gix::objs::WriteTo) -> Result<ObjectId, HistoryError> {
        let id = self.repo.write_object(object);
        Ok(id
            .doing(&self.history.root, "write a rewritten version")?
            .detach())
    }

    fn clean(&self, text: &mut BString) {
        if let Some(clean) = self.scrub.without(text) {
            *text = clean.into();
        }
    }

    /// Without recursion: a history is thousands of commits deep.
    fn commits_below(&mut self, id: ObjectId) -> Result<ObjectId, HistoryError> {
        let mut stack = vec![(id, false)];
        while let Some((id, parents_are_done)) = stack.pop() {
            if self.commits.contains_key(&id) {
                continue;
            }
            let data = self.read(id)?.data;
            let commit = gix::objs::CommitRef::from_bytes(&data, self.repo.object_hash())
                .doing(&self.history.root, "read a commit")?;
            if parents_are_done {
                let new = self.commit(&commit, id)?;
                self.commits.insert(id, new);
            } else {
                stack.push((id, true));
                stack.extend(commit.parents().map(|parent| (parent, false)));
            }
        }
        Ok(self.commits.get(&id).copied().unwrap_or(id))
    }

    fn commit(
        &mut self,
        commit: &gix::objs::CommitRef<'_>,
        id: ObjectId,
    ) -> Result<ObjectId, HistoryError> {
        let old = commit
            .clone()
            .into_owned()
            .doing(&self.history.root, "read a commit")?;
        let mut new = old.clone();
        new.tree = self.tree(old.tree, BStr::new(""))?;
        for parent in &mut new.parents {
            *parent = self.commits.get(parent).copied().unwrap_or(*parent);
        }
        self.clean(&mut new.message);
        for who in [&mut new.author, &mut new.committer] {
            self.clean(&mut who.name);
            self.clean(&mut who.email);
        }
        for (_, value) in &mut new.extra_headers {
            self.clean(value);
        }
        if new == old {
            return Ok(id);
        }
        // What was signed is another commit now.
        new.extra_headers
            .retain(|(name, _)| !name.starts_with_str("gpgsig") && *name != "mergetag");
        self.write(&new)
    }

    fn tag(&mut self, data: &[u8], id: ObjectId) -> Result<ObjectId, HistoryError> {
        let doing = "read a tag";
        let old = gix::objs::TagRef::from_bytes(data, self.repo.object_hash())
            .and_then(gix::objs::TagRef::into_owned)
            .doing(&self.history.root, doing)?;
        let mut new = old.clone();
        new.target = self.object(old.target)?;
        self.clean(&mut new.message);
        self.clean(&mut new.name);
        if let Some(tagger) = &mut new.tagger {
            self.clean(&mut tagger.name);
            self.clean(&mut tagger.email);
        }
        if new == old {
            return Ok(id);
        }
        new.signature = None;
        self.write(&new)
    }

    fn tree(&mut self, id: ObjectId, folder: &BStr) -> Result<ObjectId, HistoryError> {
        let key = (id, folder.to_owned());
        if let Some(new) = self.trees.get(&key) {
            return Ok(*new);
        }
        let data = self.read(id)?.data;
        let old = gix::objs::TreeRef::from_bytes(&data, self.repo.object_hash())
            .doing(&self.history.root, "read a version")?;
        let mut new = gix::objs::Tree {
            entries: Vec::new(),
        };
        let mut changed = false;
        let mut names: FxHashSet<BString> = FxHashSet::default();
        for entry in &old.entries {
            let path = joined(folder, entry.filename);
            if self.is_forgotten(path.as_bstr()) {
                changed = true;
                continue;
            }
            let oid = match entry.mode.kind() {
                gix::objs::tree::EntryKind::Tree => {
                    self.tree(entry.oid.to_owned(), path.as_bstr())?
                }
                // A commit of another repository is not here.
                gix::objs::tree::EntryKind::Commit => entry.oid.to_owned(),
                _ => self.blob(entry.oid.to_owned())?,
            };
            if entry.mode.is_tree() && oid.is_empty_tree() {
                changed = true;
                continue;
            }
            let mut filename = entry.filename.to_owned();
            self.clean(&mut filename);
            changed |= oid != entry.oid || filename != entry.filename;
            // Two names may have become one.
            let filename = free_name(&filename, &names);
            names.insert(filename.clone());
            let mode = entry.mode;
            new.entries.push(Entry {
                mode,
                filename,
                oid,
            });
        }
        new.entries.sort();
        let new = if changed { self.write(&new)? } else { id };
        self.trees.insert(key, new);
        Ok(new)
    }

    fn blob(&mut self, id: ObjectId) -> Result<ObjectId, HistoryError> {
        if let Some(new) = self.blobs.get(&id) {
            return Ok(*new);
        }
        let new = match self.scrub.without(&self.read(id)?.data) {
            Some(clean) => self.history.keep(self.repo, &clean)?,
            None => id,
        };
        self.blobs.insert(id, new);
        Ok(new)
    }

    fn is_forgotten(&self, path: &BStr) -> bool {
        let Ok(text) = path.to_str() else {
            return false;
        };
        // Composed letters, as all paths of kaffe are.
        SourcePath::new(text)
            .is_ok_and(|path| self.paths.iter().any(|gone| path.is_within(gone.as_str())))
    }
}

fn joined(folder: &BStr, name: &BStr) -> BString {
    let mut path = folder.to_owned();
    if !path.is_empty() {
        path.push(b'/');
    }
    path.extend_from_slice(name);
    path
}

/// The name, or `name-2.md` and so on when it is taken.
fn free_name(name: &BString, taken: &FxHashSet<BString>) -> BString {
    let mut free = name.clone();
    let mut n = 2;
    while taken.contains(&free) {
        let (stem, ending) = match name.rfind_byte(b'.').filter(|at| *at > 0) {
            Some(at) => name.split_at(at),
            None => (name.as_slice(), &b""[..]),
        };
        free = [stem, format!("-{n}").as_bytes(), ending].concat().into();
        n += 1;
    }
    free
}
