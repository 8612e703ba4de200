//! A folder as a sink: written beside and swapped in at the end, so that the last good edition
//! stays until the new one is whole.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use rayon::prelude::*;

use super::PublishedFile;

/// A published folder cannot be written; operators read it.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// There is something else at that place.
    #[error("{0} is not an earlier edition made by kaffe; choose an empty folder or remove it")]
    NotOurs(PathBuf),
    /// The disk.
    #[error("cannot write {path}")]
    Disk {
        /// What.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
}

/// Writes a site to a folder.
///
/// # Errors
/// When the place is taken by something else, or the disk refuses; then what was there is untouched.
pub fn write(out: &Path, files: &[PublishedFile]) -> Result<(), FolderError> {
    if !may_replace(out) {
        return Err(FolderError::NotOurs(out.to_owned()));
    }
    let parent = out
        .parent()
        .filter(|p| !p.as_os_str().is_empty())
        .unwrap_or_else(|| Path::new("."));
    fs::create_dir_all(parent).map_err(disk(parent))?;
    let beside = tempfile::Builder::new()
        .prefix(".kaffe-build-")
        .tempdir_in(parent)
        .map_err(disk(parent))?;
    let new = beside.path().join("new");
    write_all(&new, files)?;
    let old = beside.path().join("old");
    let had_old = out.exists();
    if had_old {
        fs::rename(out, &old).map_err(disk(out))?;
    }
    if let Err(error) = fs::rename(&new, out) {
        if had_old {
            // Put the last good edition back; if even that fails it lies in `old` beside.
            let _ = fs::rename(&old, out);
        }
        return Err(disk(out)(error));
    }
    // The folder beside, with the old edition in it, goes away here.
    beside.close().map_err(disk(parent))
}

/// Whether a place is free or holds an earlier edition.
fn may_replace(out: &Path) -> bool {
    let Ok(mut entries) = fs::read_dir(out) else {
        return !out.exists();
    };
    entries.next().is_none()
        || (out.join("index.html").is_file()
            && out.join("tema/kaffe.css").is_file()
            && out.join("404.html").is_file())
}

fn write_all(root: &Path, files: &[PublishedFile]) -> Result<(), FolderError> {
    let mut folders: Vec<PathBuf> = files
        .iter()
        .filter_map(|f| root.join(&f.path).parent().map(Path::to_owned))
        .collect();
    folders.sort_unstable();
    folders.dedup();
    for folder in &folders {
        fs::create_dir_all(folder).map_err(disk(folder))?;
    }
    files.par_iter().try_for_each(|file| {
        let path = root.join(&file.path);
        #[expect(
            clippy::disallowed_methods,
            reason = "this folder is new and nobody sees it before it is whole"
        )]
        fs::write(&path, &file.bytes).map_err(disk(&path))
    })
}

fn disk(path: &Path) -> impl FnOnce(io::Error) -> FolderError + use<> {
    let path = path.to_owned();
    move |source| FolderError::Disk { path, source }
}
