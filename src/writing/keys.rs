//! Keys that make sending twice the same as sending once, kept for seven days in the data folder.
//!
//! A key is reserved with its file *before* the file is written: a server that is killed in between finds the file on
//! the disk when the same key comes again, and does not write a second one.

use std::{
    collections::HashMap,
    io,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Asked;
use crate::{
    model::{Actor, SourcePath},
    source::save,
};

/// How long a key is known, in seconds.
const KEPT: i64 = 7 * 24 * 3600;
const FILE: &str = "noegler.jsonl";

pub(super) struct Keys {
    file: Option<PathBuf>,
    known: Mutex<HashMap<String, Kept>>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
struct Kept {
    key: String,
    at: i64,
    path: String,
    /// A hash of what was sent: another text by the same key is another save.
    sum: String,
    done: bool,
}

impl Keys {
    /// Reads the keys; those that are too old are left behind.
    pub fn open(data: Option<&Path>, now: Timestamp) -> Self {
        let file = data.map(|folder| folder.join(FILE));
        let mut known = HashMap::new();
        let bytes = file.as_ref().and_then(|file| save::read(file).ok());
        let text = String::from_utf8_lossy(&bytes.unwrap_or_default()).into_owned();
        for line in text.lines() {
            // A line that a crash cut in two is no key.
            if let Ok(kept) = serde_json::from_str::<Kept>(line)
                && now.as_second() - kept.at < KEPT
            {
                known.insert(kept.key.clone(), kept);
            }
        }
        let keys = Self {
            file,
            known: Mutex::new(known),
        };
        keys.compact();
        keys
    }

    /// The file that a key has written with what is sent now: done, or written by a server that was killed before it
    /// could say so.
    pub fn known(
        &self,
        asked: &Asked<'_>,
        sent: &str,
        exists: impl Fn(&SourcePath) -> bool,
    ) -> Option<SourcePath> {
        let kept = self.kept(asked, sent)?;
        let path = SourcePath::new(&kept.path).ok()?;
        (kept.done || exists(&path)).then_some(path)
    }

    /// The file that a key has been given and that was never written.
    pub fn reserved(&self, asked: &Asked<'_>, sent: &str) -> Option<SourcePath> {
        let kept = self.kept(asked, sent).filter(|kept| !kept.done)?;
        SourcePath::new(&kept.path).ok()
    }

    /// Gives a key its file.
    pub fn reserve(&self, asked: &Asked<'_>, sent: &str, path: &SourcePath) -> io::Result<()> {
        self.add(asked, sent, path, false)
    }

    /// Remembers that a key has written its file.
    pub fn done(&self, asked: &Asked<'_>, sent: &str, path: &SourcePath) -> io::Result<()> {
        self.add(asked, sent, path, true)
    }

    fn kept(&self, asked: &Asked<'_>, sent: &str) -> Option<Kept> {
        let kept = self.lock().get(&name(asked.key?, asked.actor)).cloned()?;
        let is_new = asked.now.as_second() - kept.at < KEPT;
        let same = asked.by_key_alone || kept.sum == super::hash_of(sent);
        (is_new && same).then_some(kept)
    }

    fn add(&self, asked: &Asked<'_>, sent: &str, path: &SourcePath, done: bool) -> io::Result<()> {
        let Some(key) = asked.key else { return Ok(()) };
        let kept = Kept {
            key: name(key, asked.actor),
            at: asked.now.as_second(),
            path: path.to_string(),
            sum: super::hash_of(sent),
            done,
        };
        if let Some(file) = &self.file {
            let line = serde_json::to_string(&kept).map_err(io::Error::other)?;
            save::append(file, format!("{line}\n").as_bytes())?;
        }
        self.lock().insert(kept.key.clone(), kept);
        Ok(())
    }

    /// Writes the file anew with what is still known. Failing costs nothing but its length.
    fn compact(&self) {
        let Some(file) = &self.file else { return };
        let mut lines: Vec<String> = self
            .lock()
            .values()
            .filter_map(|kept| serde_json::to_string(kept).ok())
            .collect();
        lines.sort_unstable();
        let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
        if !text.is_empty() && save::replace(file, text.as_bytes()).is_err() {
            tracing::warn!("could not shorten the list of keys");
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Kept>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A key is its sender's own, and what is kept of it tells nobody who that was.
fn name(key: &str, actor: &Actor) -> String {
    let whole = format!("{}\0{key}", actor.key.as_deref().unwrap_or_default());
    blake3::hash(whole.as_bytes()).to_hex().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked<'a>(actor: &'a Actor, key: &'a str, now: &str) -> Asked<'a> {
        Asked {
            actor,
            now: now.parse().expect("a moment"),
            today: jiff::civil::date(2021, 11, 1),
            key: Some(key),
            by_key_alone: false,
            last_writer: None,
        }
    }

    #[test]
    fn a_key_is_known_to_its_sender_for_its_text_and_for_seven_days() {
        let home = tempfile::tempdir().expect("a folder");
        let (actor, now) = (Actor::visitor(), "2021-11-01T09:00:00Z");
        let path = SourcePath::new("ideer/a.md").expect("a path");
        let keys = Keys::open(Some(home.path()), now.parse().expect("a moment"));
        let first = asked(&actor, "k", now);
        keys.reserve(&first, "tekst", &path).expect("reserved");
        assert_eq!(
            keys.known(&first, "tekst", |_| false),
            None,
            "nothing was written yet"
        );
        assert_eq!(keys.reserved(&first, "tekst"), Some(path.clone()));
        assert_eq!(
            keys.known(&first, "tekst", |_| true),
            Some(path.clone()),
            "killed before it could say so"
        );
        keys.done(&first, "tekst", &path).expect("done");
        // A server that starts again knows it; another sender, another text and another week do not.
        let keys = Keys::open(Some(home.path()), now.parse().expect("a moment"));
        assert_eq!(keys.known(&first, "tekst", |_| false), Some(path));
        assert_eq!(keys.known(&first, "andet", |_| true), None);
        assert_eq!(keys.reserved(&first, "tekst"), None);
        let other = Actor {
            key: Some("x".to_owned()),
            ..Actor::visitor()
        };
        assert_eq!(
            keys.known(&asked(&other, "k", now), "tekst", |_| true),
            None
        );
        assert_eq!(
            keys.known(&asked(&actor, "k", "2021-11-09T09:00:00Z"), "tekst", |_| {
                true
            }),
            None
        );
    }

    #[test]
    fn half_a_line_is_no_key() {
        let home = tempfile::tempdir().expect("a folder");
        save::append(&home.path().join(FILE), b"{\"key\": \"a").expect("written");
        let actor = Actor::visitor();
        let now = "2021-11-01T09:00:00Z";
        let keys = Keys::open(Some(home.path()), now.parse().expect("a moment"));
        assert_eq!(keys.known(&asked(&actor, "a", now), "", |_| true), None);
    }
}
