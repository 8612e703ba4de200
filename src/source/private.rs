//! Files of the data folder that several processes of one owner share: locked, followed, added to.
//!
//! `save::replace_private` writes them whole.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    time::SystemTime,
};

use super::save;

/// What tells one version of a file from the next without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    changed: Option<SystemTime>,
    length: u64,
    number: u64,
}

/// The stamp of a file; nothing when there is no file.
///
/// # Errors
/// When the disk refuses.
pub fn stamp(path: &Path) -> io::Result<Option<Stamp>> {
    match fs::metadata(path) {
        Ok(about) => Ok(Some(Stamp {
            changed: about.modified().ok(),
            length: about.len(),
            number: number(&about),
        })),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// The bytes of a file; nothing when there is no file.
///
/// # Errors
/// When the disk refuses.
pub fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Holds other processes off until it is dropped.
#[derive(Debug)]
#[must_use]
pub struct Lock(#[expect(dead_code, reason = "closing the file lets go")] File);

/// Waits until nobody else holds the lock of a file, and takes it. The lock is a file beside it.
///
/// # Errors
/// When the disk refuses.
pub fn lock(path: &Path) -> io::Result<Lock> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let file = private()
        .truncate(false)
        .write(true)
        .open(with_ending(path, "laas"))?;
    file.lock()?;
    Ok(Lock(file))
}

/// Adds a line to a file and waits until the disk has it.
///
/// # Errors
/// When the disk refuses.
pub fn append(path: &Path, line: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = private().append(true).read(true).open(path)?;
    // A line that broke off with the power must not take the next one with it.
    let begin = if is_broken_off(&mut file)? { "\n" } else { "" };
    // One write, so that lines of two processes never mix.
    file.write_all(format!("{begin}{line}\n").as_bytes())?;
    file.sync_data()
}

fn is_broken_off(file: &mut File) -> io::Result<bool> {
    if file.seek(SeekFrom::End(0))? == 0 {
        return Ok(false);
    }
    file.seek(SeekFrom::End(-1))?;
    let mut last = [0];
    file.read_exact(&mut last)?;
    Ok(last != *b"\n")
}

/// Keeps bytes that nobody can read beside their file, for a person to look at; gives the place.
///
/// # Errors
/// When the disk refuses.
pub fn set_aside(path: &Path, bytes: &[u8]) -> io::Result<PathBuf> {
    let place = (1..=u32::MAX)
        .map(|n| with_ending(path, &format!("ulaeselig-{n}")))
        .find(|place| !place.exists())
        .unwrap_or_else(|| with_ending(path, "ulaeselig"));
    save::replace_private(&place, bytes)?;
    Ok(place)
}

/// The names in a folder, in order; none when there is no folder.
///
/// # Errors
/// When the disk refuses.
pub fn names(folder: &Path) -> io::Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut names = Vec::new();
    for entry in entries {
        names.extend(entry?.file_name().into_string());
    }
    names.sort_unstable();
    Ok(names)
}

/// Removes a file.
///
/// # Errors
/// When the disk refuses.
pub fn remove(path: &Path) -> io::Result<()> {
    fs::remove_file(path)
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(ending);
    path.with_file_name(name)
}

/// A file that only its owner may read, made when it is not there.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

#[cfg(unix)]
fn number(about: &fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(about)
}

#[cfg(not(unix))]
fn number(_: &fs::Metadata) -> u64 {
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    fn mode(path: &Path) -> u32 {
        std::os::unix::fs::PermissionsExt::mode(&fs::metadata(path).expect("a file").permissions())
            & 0o777
    }

    #[cfg(unix)]
    #[test]
    fn what_is_private_is_for_its_owner_alone_however_it_came_to_be() {
        let folder = tempfile::tempdir().expect("a folder");
        let place = |name: &str| folder.path().join("dyb").join(name);
        append(&place("log"), "linje").expect("added");
        save::replace_private(&place("bog"), b"x").expect("written");
        let aside = set_aside(&place("bog"), b"y").expect("set aside");
        let lock = lock(&place("bog")).expect("locked");
        drop(lock);
        for file in [place("log"), place("bog"), aside, place("bog.laas")] {
            assert_eq!(mode(&file), 0o600, "{}", file.display());
        }
        save::replace(&place("side.md"), b"x").expect("written");
        assert_eq!(mode(&place("side.md")), 0o644);
    }

    #[test]
    fn a_line_that_broke_off_does_not_take_the_next_one_with_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("log");
        save::replace_private(&file, b"hel\nhal").expect("written");
        append(&file, "ny").expect("added");
        append(&file, "nyere").expect("added");
        assert_eq!(
            read(&file).expect("read").as_deref(),
            Some(&b"hel\nhal\nny\nnyere\n"[..])
        );
    }

    #[test]
    fn what_is_set_aside_never_goes_over_what_was_set_aside_before() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("bog.json");
        let first = set_aside(&file, b"1").expect("set aside");
        let second = set_aside(&file, b"2").expect("set aside");
        assert_ne!(first, second);
        assert_eq!(read(&first).expect("read").as_deref(), Some(&b"1"[..]));
    }

    #[test]
    fn a_stamp_is_another_when_a_file_of_the_same_length_takes_its_place() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("bog.json");
        assert_eq!(stamp(&file).expect("asked"), None);
        save::replace_private(&file, b"aa").expect("written");
        let before = stamp(&file).expect("asked");
        save::replace_private(&file, b"bb").expect("written");
        assert_ne!(stamp(&file).expect("asked"), before);
    }
}
