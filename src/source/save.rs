//! Writing a file so that it is either whole or as it was.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::Path,
};

/// Writes beside and renames over, and waits until the disk has it.
///
/// # Errors
/// When the disk refuses; then the old file is untouched.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    put(path, bytes, set_ordinary_rights)
}

/// The same for a file that only its owner may read (mode 0600).
///
/// # Errors
/// As [`replace`].
pub fn replace_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // A temporary file is for its maker alone.
    put(path, bytes, |_| Ok(()))
}

fn put(path: &Path, bytes: &[u8], rights: fn(&File) -> io::Result<()>) -> io::Result<()> {
    let folder = path
        .parent()
        .filter(|p| !p.as_os_str().is_empty())
        .unwrap_or_else(|| Path::new("."));
    fs::create_dir_all(folder)?;
    let mut beside = tempfile::Builder::new()
        .prefix(".kaffe-")
        .suffix(".tmp")
        .tempfile_in(folder)?;
    beside.write_all(bytes)?;
    beside.as_file().sync_all()?;
    rights(beside.as_file())?;
    beside.persist(path).map_err(|e| e.error)?;
    // The name is in the folder, and the folder must be on the disk too.
    File::open(folder)?.sync_all()
}

/// The bytes of a file.
///
/// # Errors
/// When there is none, or the disk refuses.
pub fn read(path: &Path) -> io::Result<Vec<u8>> {
    fs::read(path)
}

/// Takes a file away; one that is gone already is no error.
///
/// # Errors
/// When the disk refuses.
pub fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Writes behind what a file of the data folder holds, and waits until the disk has it.
///
/// # Errors
/// When the disk refuses.
pub fn append(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = File::options().append(true).create(true).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Writes a file that must not be there yet.
///
/// # Errors
/// `AlreadyExists` when it is there, else what the disk said.
pub fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = File::options().write(true).create_new(true).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// A temporary file is for its maker alone; a text in a shared folder is not.
#[cfg(unix)]
fn set_ordinary_rights(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn set_ordinary_rights(_: &File) -> io::Result<()> {
    Ok(())
}
