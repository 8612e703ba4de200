//! Tests of the history against the git program, which must see what kaffe means.

mod forgetting;
mod joining;
mod reading;
mod saving;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use jiff::Timestamp;
use tempfile::TempDir;

use super::{Author, Availability, CommitId, Edit, History, OnDisk};
use crate::model::SourcePath;

fn path(text: &str) -> SourcePath {
    SourcePath::new(text).expect("a path")
}

fn team(name: &str) -> Author {
    Author {
        name: name.to_owned(),
        mail: "team@kaffe.invalid".to_owned(),
    }
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + second).expect("a time")
}

fn edit(name: &str, text: &str) -> Edit {
    Edit {
        path: path(name),
        bytes: Some(text.as_bytes().to_vec()),
    }
}

fn removal(name: &str) -> Edit {
    Edit {
        path: path(name),
        bytes: None,
    }
}

/// Writes a file of git's or of an operator's.
fn put(place: impl AsRef<Path>, text: &str) -> std::io::Result<()> {
    crate::source::save::replace(place.as_ref(), text.as_bytes())
}

/// Runs git with no settings but the repository's.
fn git(folder: &Path, args: &[&str]) -> String {
    let (out, fine) = try_git(folder, args);
    assert!(fine, "git {args:?}: {out}");
    out
}

fn try_git(folder: &Path, args: &[&str]) -> (String, bool) {
    let said = git_command(folder, args)
        .stdin(Stdio::null())
        .output()
        .expect("git is installed");
    let text = [said.stdout, said.stderr].concat();
    (
        String::from_utf8_lossy(&text).into_owned(),
        said.status.success(),
    )
}

fn git_command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new("git");
    command
        .arg("-C")
        .arg(folder)
        .args([
            "-c",
            "user.name=En Operatør",
            "-c",
            "user.email=drift@kaffe.invalid",
        ])
        .args(args)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null");
    command
}

fn opened(root: &Path) -> History {
    match History::open(root) {
        Availability::On(history) => history,
        Availability::Off(why) => panic!("{why:?}"),
    }
}

/// A content folder with a history, written as kaffe writes: first the disk, then the commit.
struct Content {
    _folder: Option<TempDir>,
    root: PathBuf,
    history: History,
}

impl Content {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().canonicalize().expect("a folder");
        let history = History::create(&root).expect("a history");
        Self {
            _folder: Some(folder),
            root,
            history,
        }
    }

    fn on_disk(&self, edits: &[Edit]) {
        for edit in edits {
            let place = self.root.join(edit.path.as_str());
            match &edit.bytes {
                Some(bytes) => {
                    fs::create_dir_all(place.parent().expect("a folder")).expect("a folder");
                    crate::source::save::replace(&place, bytes).expect("written");
                }
                None => fs::remove_file(place).expect("removed"),
            }
        }
    }

    fn save(&self, second: i64, edits: &[Edit]) -> Option<CommitId> {
        self.on_disk(edits);
        self.history
            .commit(&team("Team Åbrinken"), "Gemt", edits, at(second))
            .expect("saved")
    }

    /// Everything on the disk, as the engine reads it.
    fn files(&self) -> Vec<OnDisk> {
        let folder = crate::source::Folder::open(&self.root).expect("a folder");
        let found = folder.read_all().expect("read");
        found
            .into_iter()
            .filter_map(|found| match found {
                crate::source::Found::File(path, bytes) => Some(OnDisk::File(path, bytes)),
                crate::source::Found::Unusable(_) => None,
            })
            .collect()
    }

    fn take_in(&self, second: i64) -> Option<CommitId> {
        self.history
            .take_in(&team("På disken"), "På disken", self.files(), at(second))
            .expect("taken in")
    }

    fn assert_clean(&self) {
        assert_eq!(git(&self.root, &["status", "--porcelain"]), "");
        let fsck = git(&self.root, &["fsck", "--full", "--strict"]);
        let bad: Vec<&str> = fsck
            .lines()
            .filter(|line| {
                !["dangling", "Checking", "notice"]
                    .iter()
                    .any(|harmless| line.starts_with(harmless))
            })
            .collect();
        assert!(bad.is_empty(), "{fsck}");
    }
}
