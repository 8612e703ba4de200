//! The old objects without what is to be forgotten. An object that holds nothing of it stays itself,
//! and so do all commits before the first that is changed.

use gix::{
    ObjectId,
    bstr::{BStr, BString, ByteSlice},
    objs::{
        Kind,
        tree::{Entry, EntryKind},
    },
};
use rustc_hash::{FxHashMap, FxHashSet};

use super::super::{Doing, History, HistoryError, Scrub};
use crate::model::SourcePath;

/// Old objects to new ones; an object without anything to forget stays itself.
pub(super) struct Rewriting<'a> {
    history: &'a History,
    repo: &'a gix::Repository,
    scrub: &'a Scrub,
    paths: &'a [SourcePath],
    pub(super) commits: FxHashMap<ObjectId, ObjectId>,
    /// A tree may stand in several folders, and be rewritten differently in each.
    trees: FxHashMap<(ObjectId, BString), ObjectId>,
    blobs: FxHashMap<ObjectId, ObjectId>,
}

impl<'a> Rewriting<'a> {
    pub(super) fn new(
        history: &'a History,
        repo: &'a gix::Repository,
        scrub: &'a Scrub,
        paths: &'a [SourcePath],
    ) -> Self {
        Self {
            history,
            repo,
            scrub,
            paths,
            commits: FxHashMap::default(),
            trees: FxHashMap::default(),
            blobs: FxHashMap::default(),
        }
    }

    pub(super) fn object(&mut self, id: ObjectId) -> Result<ObjectId, HistoryError> {
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
                EntryKind::Tree => self.tree(entry.oid.to_owned(), path.as_bstr())?,
                // A commit of another repository is not here.
                EntryKind::Commit => entry.oid.to_owned(),
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
