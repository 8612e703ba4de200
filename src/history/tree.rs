//! Trees of git as lists of files.

use std::collections::BTreeMap;

use gix::{
    ObjectId,
    bstr::{BString, ByteSlice},
    diff::tree::recorder::Change,
    objs::tree::EntryMode,
};

use crate::model::SourcePath;

/// A file of a tree: how it is kept, and its content's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub mode: EntryMode,
    pub id: ObjectId,
}

/// Files by their path, as git writes it.
pub(super) type Files = BTreeMap<BString, Entry>;

/// What differs between two trees: before and after.
pub(super) type Differences = BTreeMap<BString, (Option<Entry>, Option<Entry>)>;

/// Every file of a tree.
pub(super) fn files(repo: &gix::Repository, tree: ObjectId) -> gix::Result<Files> {
    let recorded = repo.find_tree(tree)?.traverse().breadthfirst.files()?;
    Ok(recorded
        .into_iter()
        .filter(|entry| !entry.mode.is_tree())
        .map(|entry| {
            let file = Entry {
                mode: entry.mode,
                id: entry.oid,
            };
            (entry.filepath, file)
        })
        .collect())
}

/// One entry of a tree.
pub(super) fn entry(tree: &gix::Tree<'_>, path: &str) -> gix::Result<Option<Entry>> {
    let entry = tree.lookup_entry(path.split('/'))?;
    Ok(entry.map(|entry| Entry {
        mode: entry.mode(),
        id: entry.object_id(),
    }))
}

/// The files that differ between two trees; folders that are the same are not looked into.
pub(super) fn differences(
    repo: &gix::Repository,
    from: ObjectId,
    to: ObjectId,
) -> Result<Differences, Box<dyn std::error::Error + Send + Sync>> {
    let mut found = Differences::new();
    if from == to {
        return Ok(found);
    }
    let (from, to) = (repo.find_tree(from)?, repo.find_tree(to)?);
    let mut recorder = gix::diff::tree::Recorder::default();
    gix::diff::tree(
        gix::objs::TreeRefIter::from_bytes(&from.data, repo.object_hash()),
        gix::objs::TreeRefIter::from_bytes(&to.data, repo.object_hash()),
        gix::diff::tree::State::default(),
        &repo.objects,
        &mut recorder,
    )?;
    for change in recorder.records {
        match change {
            Change::Addition {
                entry_mode: mode,
                oid: id,
                path,
                ..
            } if !mode.is_tree() => found.entry(path).or_default().1 = Some(Entry { mode, id }),
            Change::Deletion {
                entry_mode: mode,
                oid: id,
                path,
                ..
            } if !mode.is_tree() => found.entry(path).or_default().0 = Some(Entry { mode, id }),
            Change::Modification {
                previous_entry_mode,
                previous_oid,
                entry_mode,
                oid,
                path,
            } if !entry_mode.is_tree() => {
                let before = Entry {
                    mode: previous_entry_mode,
                    id: previous_oid,
                };
                let after = Entry {
                    mode: entry_mode,
                    id: oid,
                };
                found.insert(path, (Some(before), Some(after)));
            }
            _ => {}
        }
    }
    Ok(found)
}

/// The path of a file that kaffe knows; none for what it neither reads nor writes.
pub(super) fn source_path(path: &[u8]) -> Option<SourcePath> {
    let path = SourcePath::new(path.to_str().ok()?).ok()?;
    (!is_passing(&path) && !is_never_kept(&path)).then_some(path)
}

/// Whether a file is never committed: written for a moment, or kaffe's own.
pub(super) fn is_never_kept(path: &SourcePath) -> bool {
    path.as_str().split('/').any(|part| {
        part.starts_with(".kaffe-")
            || part == ".kaffe"
            || part.eq_ignore_ascii_case(".git")
            || has_ending(part, "tmp")
    })
}

/// Whether the disk's reader passes over a file: hidden, or made by an editor for a moment. It is
/// then not among the files on the disk, and must not be counted as removed.
fn is_passing(path: &SourcePath) -> bool {
    path.as_str().split('/').any(|part| {
        part.starts_with(['.', '#'])
            || part.ends_with('~')
            || ["swp", "swx", "part", "crdownload"]
                .iter()
                .any(|ending| has_ending(part, ending))
            || matches!(part, "4913" | "node_modules" | "Thumbs.db")
    })
}

fn has_ending(name: &str, ending: &str) -> bool {
    name.rsplit_once('.')
        .is_some_and(|(_, end)| end.eq_ignore_ascii_case(ending))
}
