//! The content folder as it is on the disk now.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use crate::model::SourcePath;

/// Larger files are not looked into; they are told as unusable.
const LARGEST_FILE: u64 = 64 * 1024 * 1024;

/// A content folder.
#[derive(Clone, Debug)]
pub struct Folder {
    root: PathBuf,
}

/// What a walk finds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// A file and its bytes.
    File(SourcePath, Vec<u8>),
    /// Something that kaffe cannot use, by a name that can be shown.
    Unusable(String),
}

/// Why a folder or a file in it cannot be read; operators read it.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// There is no such folder.
    #[error("there is no content folder at {0}")]
    Missing(PathBuf),
    /// The system refused.
    #[error("cannot read {path}")]
    Unreadable {
        /// What.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
}

impl Folder {
    /// Opens a folder.
    ///
    /// # Errors
    /// When it is not there.
    pub fn open(root: &Path) -> Result<Self, FolderError> {
        let root = root
            .canonicalize()
            .map_err(|_| FolderError::Missing(root.to_owned()))?;
        if !root.is_dir() {
            return Err(FolderError::Missing(root));
        }
        Ok(Self { root })
    }

    /// Where it lies.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Every file in it, in the order of their paths.
    ///
    /// # Errors
    /// When the folder itself cannot be walked. A single file that cannot be read is
    /// [`Found::Unusable`].
    pub fn read_all(&self) -> Result<Vec<Found>, FolderError> {
        self.read_below(&self.root)
    }

    /// Every file below a folder of it, or the one file; nothing when it is gone.
    ///
    /// # Errors
    /// When the content folder itself is gone.
    pub fn read_below(&self, path: &Path) -> Result<Vec<Found>, FolderError> {
        if !self.root.is_dir() {
            return Err(FolderError::Missing(self.root.clone()));
        }
        let mut files = Vec::new();
        let mut found = Vec::new();
        for entry in WalkDir::new(path)
            .follow_links(false)
            .sort_by_file_name()
            .into_iter()
            .filter_entry(|e| self.is_ours(e))
        {
            match entry {
                Ok(entry) if entry.file_type().is_file() => files.push(entry.into_path()),
                Ok(_) => {}
                Err(error) => {
                    // A file that went away while walking is no problem: it is gone.
                    let gone = error
                        .io_error()
                        .is_some_and(|e| e.kind() == io::ErrorKind::NotFound);
                    if let Some(path) = error.path().filter(|_| !gone) {
                        found.push(Found::Unusable(self.shown(path)));
                    }
                }
            }
        }
        found.par_extend(files.par_iter().filter_map(|path| self.read_one(path)));
        Ok(found)
    }

    /// The bytes of one file, or nothing when it is gone.
    ///
    /// # Errors
    /// When it is there and cannot be read.
    pub fn read(&self, path: &SourcePath) -> Result<Option<Vec<u8>>, FolderError> {
        let place = self.place(path);
        match fs::read(&place) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
                ) =>
            {
                Ok(None)
            }
            Err(source) => Err(FolderError::Unreadable {
                path: place,
                source,
            }),
        }
    }

    /// Whether something lies at a path, a file or a folder.
    #[must_use]
    pub fn has(&self, path: &str) -> bool {
        self.root.join(path).exists()
    }

    /// Where a file lies on the disk.
    #[must_use]
    pub fn place(&self, path: &SourcePath) -> PathBuf {
        self.root.join(path.as_str())
    }

    /// The path inside the folder, unless it is hidden, passing or outside.
    #[must_use]
    pub fn source_path(&self, path: &Path) -> Option<SourcePath> {
        let inside = path.strip_prefix(&self.root).ok()?.to_str()?;
        let ours = !inside.split(['/', '\\']).any(is_passing);
        SourcePath::new(inside).ok().filter(|_| ours)
    }

    /// Whether a place is hidden, made by an editor for a moment, or outside the folder.
    #[must_use]
    pub fn is_passing(&self, path: &Path) -> bool {
        let Ok(inside) = path.strip_prefix(&self.root) else {
            return true;
        };
        inside
            .components()
            .any(|part| part.as_os_str().to_str().is_some_and(is_passing))
    }

    fn is_ours(&self, entry: &DirEntry) -> bool {
        entry.path() == self.root
            || entry
                .file_name()
                .to_str()
                .is_none_or(|name| !is_passing(name))
    }

    fn read_one(&self, path: &Path) -> Option<Found> {
        let unusable = || Some(Found::Unusable(self.shown(path)));
        let Some(source) = self.source_path(path) else {
            return unusable();
        };
        // A name in decomposed letters is another place on the disk than its composed form.
        if self.place(&source) != path && fs::metadata(self.place(&source)).is_err() {
            return unusable();
        }
        match fs::metadata(path) {
            Ok(about) if about.len() > LARGEST_FILE => return unusable(),
            Err(_) => return None,
            Ok(_) => {}
        }
        match fs::read(path) {
            Ok(bytes) => Some(Found::File(source, bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(_) => unusable(),
        }
    }

    fn shown(&self, path: &Path) -> String {
        path.strip_prefix(&self.root)
            .unwrap_or(path)
            .to_string_lossy()
            .replace('\\', "/")
    }
}

/// Hidden files, and files that editors make for a moment.
fn is_passing(name: &str) -> bool {
    let ending = name
        .rsplit_once('.')
        .map_or("", |(_, e)| e)
        .to_ascii_lowercase();
    name.starts_with('.')
        || name.starts_with('#')
        || name.ends_with('~')
        || matches!(
            ending.as_str(),
            "swp" | "swx" | "tmp" | "part" | "crdownload"
        )
        || name == "4913"
        || name == "node_modules"
        || name == "Thumbs.db"
}
