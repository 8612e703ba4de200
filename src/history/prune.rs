//! Deleting what nobody can reach: objects, packs, logs and what git's commands leave lying.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::PoisonError,
};

use gix::{
    ObjectId,
    objs::{Kind, Write, tree::EntryKind},
    refs::transaction::{PreviousValue, RefEdit},
};
use rustc_hash::FxHashSet;

use super::{Doing, History, HistoryError, OnFile, index, walk::Walked};

/// Files and folders of git's that may hold names or texts of what was; git makes them anew.
const LEFTOVERS: [&str; 24] = [
    "logs",
    "ORIG_HEAD",
    "FETCH_HEAD",
    "MERGE_HEAD",
    "MERGE_MSG",
    "MERGE_MODE",
    "MERGE_RR",
    "MERGE_AUTOSTASH",
    "SQUASH_MSG",
    "COMMIT_EDITMSG",
    "TAG_EDITMSG",
    "NOTES_EDITMSG",
    "EDIT_DESCRIPTION",
    "ADD_EDIT.patch",
    "AUTO_MERGE",
    "CHERRY_PICK_HEAD",
    "REVERT_HEAD",
    "REBASE_HEAD",
    "BISECT_LOG",
    "rebase-merge",
    "rebase-apply",
    "sequencer",
    "rr-cache",
    "lost-found",
];

/// Every object that can be reached from some.
pub(super) fn reachable(
    repo: &gix::Repository,
    mut open: Vec<ObjectId>,
) -> gix::Result<FxHashSet<ObjectId>> {
    let mut found = FxHashSet::default();
    while let Some(id) = open.pop() {
        if !found.insert(id) {
            continue;
        }
        let object = repo.find_object(id)?;
        let hash = repo.object_hash();
        match object.kind {
            Kind::Blob => {}
            Kind::Commit => {
                let commit = gix::objs::CommitRef::from_bytes(&object.data, hash)?;
                open.push(commit.tree());
                open.extend(commit.parents());
            }
            Kind::Tag => open.push(gix::objs::TagRef::from_bytes(&object.data, hash)?.target()),
            Kind::Tree => {
                let tree = gix::objs::TreeRef::from_bytes(&object.data, hash)?;
                for entry in tree.entries {
                    let id = entry.oid.to_owned();
                    match entry.mode.kind() {
                        EntryKind::Tree => open.push(id),
                        // It lies in another repository.
                        EntryKind::Commit => {}
                        _ if found.contains(&id) => {}
                        // Its content is not needed to go on, only that it is there.
                        _ => {
                            repo.find_header(id)?;
                            found.insert(id);
                        }
                    }
                }
            }
        }
    }
    Ok(found)
}

impl History {
    /// Deletes all that cannot be reached, and gives the number of objects. The caller holds the
    /// writer's lock (or is alone).
    pub(super) fn prune(&self) -> Result<usize, HistoryError> {
        self.refuse_shared_objects()?;
        let repo = self.repo();
        let doing = "delete what is not reachable";
        let mut tips = Vec::new();
        for (name, id) in self.tips(&repo)? {
            // Said which object to read for another; nobody may, now.
            if name.as_bstr().starts_with(b"refs/replace/") {
                let gone = RefEdit::delete(name, PreviousValue::Any);
                repo.edit_references_as(Some(gone), None)
                    .doing(&self.root, doing)?;
            } else {
                tips.push(id);
            }
        }
        let tree = self.tree_of_head(&repo)?;
        index::follow(&repo, tree).doing(&self.root, "write the index")?;
        let mut keep = reachable(&repo, tips).doing(&self.root, doing)?;
        // The tree of a history without commits is nowhere on the disk.
        keep.remove(&ObjectId::empty_tree(repo.object_hash()));
        let mut all = FxHashSet::default();
        for id in repo.objects.iter().doing(&self.root, doing)? {
            all.insert(id.doing(&self.root, doing)?);
        }
        self.unpack(&repo, &keep)?;
        // Packs are let go before they are deleted.
        drop(repo);
        self.delete_files(&keep)?;
        self.reopen()?;
        *self.walked.lock().unwrap_or_else(PoisonError::into_inner) = Walked::default();
        Ok(all.difference(&keep).count())
    }

    /// Writes what is kept and lies in a pack as a file of its own, safely on the disk.
    fn unpack(
        &self,
        repo: &gix::Repository,
        keep: &FxHashSet<ObjectId>,
    ) -> Result<(), HistoryError> {
        let doing = "unpack what is kept";
        let loose = gix::odb::loose::Store::at(self.git.join("objects"), repo.object_hash());
        let mut sorted: Vec<&ObjectId> = keep.iter().filter(|id| !loose.contains(id)).collect();
        sorted.sort_unstable();
        for id in sorted {
            let object = repo.find_object(*id).doing(&self.root, doing)?;
            loose
                .write_buf_with_known_id(object.kind, &object.data, *id)
                .doing(&self.root, doing)?;
            let path = loose.object_path(id);
            fs::File::open(&path)
                .and_then(|file| file.sync_all())
                .on_disk(&path, "write")?;
        }
        Ok(())
    }

    fn delete_files(&self, keep: &FxHashSet<ObjectId>) -> Result<(), HistoryError> {
        let objects = self.git.join("objects");
        for place in entries(&objects)? {
            let name = name_of(&place);
            match name.as_str() {
                // In `info` stand the graph of commits and the list of packs: they name what is gone.
                "pack" | "info" => {
                    for file in entries(&place)? {
                        delete(&file)?;
                    }
                }
                folder if folder.len() == 2 && place.is_dir() => {
                    for file in entries(&place)? {
                        let id = format!("{folder}{}", name_of(&file));
                        let kept =
                            ObjectId::from_hex(id.as_bytes()).is_ok_and(|id| keep.contains(&id));
                        if !kept {
                            delete(&file)?;
                        }
                    }
                }
                // Half written objects of a process that was killed, or of a push to us.
                _ => delete(&place)?,
            }
        }
        for name in LEFTOVERS {
            delete(&self.git.join(name))?;
        }
        for file in entries(&self.git)? {
            if name_of(&file).starts_with("sharedindex.") {
                delete(&file)?;
            }
        }
        Ok(())
    }
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, HistoryError> {
    let found: std::io::Result<Vec<PathBuf>> = match fs::read_dir(folder) {
        Ok(entries) => entries.map(|entry| Ok(entry?.path())).collect(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    };
    found.on_disk(folder, "list")
}

fn name_of(path: &Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

/// Deletes a file or folder that may be write-protected, or gone already.
fn delete(path: &Path) -> Result<(), HistoryError> {
    let Ok(about) = fs::symlink_metadata(path) else {
        return Ok(());
    };
    let deleted = if about.is_dir() {
        fs::remove_dir_all(path)
    } else {
        unprotect(path, &about);
        fs::remove_file(path)
    };
    deleted.on_disk(path, "delete")
}

/// Windows deletes no file that is read-only, and git's objects are.
#[cfg(windows)]
fn unprotect(path: &Path, about: &fs::Metadata) {
    let mut rights = about.permissions();
    rights.set_readonly(false);
    // When it does not work, the deletion says why.
    let _ = fs::set_permissions(path, rights);
}

#[cfg(not(windows))]
fn unprotect(_: &Path, _: &fs::Metadata) {}
