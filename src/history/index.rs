//! Git's index file follows each commit, so that `git status` in the folder says nothing.

use gix::ObjectId;

/// Writes the index of a tree. What the old index knew of files on the disk is kept where the file
/// is the same, so that git need not read all of them again.
///
/// What somebody had staged by hand is no longer staged; on the disk it is untouched.
pub(super) fn follow(repo: &gix::Repository, tree: ObjectId) -> gix::Result<()> {
    let mut fresh = repo.index_from_tree(&tree)?;
    // An index that cannot be read is made anew.
    if let Ok(old) = repo.open_index() {
        let (entries, paths) = fresh.entries_mut_and_pathbacking();
        for entry in entries {
            if let Some(known) = old.entry_by_path(entry.path_in(paths))
                && known.id == entry.id
                && known.mode == entry.mode
                // Written in the very moment of the old index: it may have changed since, unseen.
                && !known.stat.is_racy(old.timestamp(), gix::index::entry::stat::Options::default())
            {
                entry.stat = known.stat;
            }
        }
    }
    fresh.remove_tree();
    fresh.write(gix::index::write::Options::default())
}
