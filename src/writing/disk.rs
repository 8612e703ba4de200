//! Edits on the disk become versions too: a thread that follows the site and takes in what differs from the newest
//! version.

use std::{collections::BTreeSet, sync::Arc, thread::JoinHandle, time::Duration};

use jiff::Timestamp;

use super::{WriteError, Writer};
use crate::{
    history::{Author, OnDisk},
    model::SourcePath,
    source::Found,
};

/// How long the disk must be quiet before what lies there becomes a version: an editor saves more than once.
const QUIET: Duration = Duration::from_secs(2);
/// How long a wait for a change lasts before the thread looks whether it should end.
const LOOK_UP: Duration = Duration::from_millis(500);

/// Keeps the history of edits on the disk for as long as it lives.
pub struct Keeping {
    ended: Arc<std::sync::atomic::AtomicBool>,
    _thread: Option<JoinHandle<()>>,
}

/// Who stands in the history for what was edited on the disk.
pub(super) fn author() -> Author {
    Author {
        name: "På disken".to_owned(),
        mail: "disken@kaffe.invalid".to_owned(),
    }
}

impl Writer {
    /// Makes a version of what lies on the disk and is in no version yet. What is withheld stays as it is there.
    ///
    /// # Errors
    /// When the disk or the history fails.
    pub fn take_in_disk(&self, now: Timestamp) -> Result<bool, WriteError> {
        let Ok(history) = &self.history else {
            return Ok(false);
        };
        let _one = self.lock();
        let site = self.engine.whole();
        let withheld: BTreeSet<&SourcePath> = site.withheld().collect();
        let files = self
            .engine
            .folder()
            .read_all()?
            .into_iter()
            .filter_map(|found| match found {
                Found::File(path, bytes)
                    if withheld.contains(&path) || bytes_hold_a_number(&path, &bytes) =>
                {
                    Some(OnDisk::Leave(path))
                }
                Found::File(path, bytes) => Some(OnDisk::File(path, bytes)),
                Found::Unusable(_) => None,
            });
        let commit = history.take_in(&author(), "Ændret på disken", files, now)?;
        Ok(commit.is_some())
    }

    /// Follows the site in a thread of its own and makes versions of what changes on the disk.
    #[must_use]
    pub fn keep_history(self: &Arc<Self>, now: impl Fn() -> Timestamp + Send + 'static) -> Keeping {
        let ended = Arc::new(std::sync::atomic::AtomicBool::new(false));
        let (writer, ends) = (Arc::clone(self), Arc::clone(&ended));
        let thread = std::thread::Builder::new()
            .name("kaffe-historie".to_owned())
            .spawn(move || follow(&writer, &ends, &now))
            .ok();
        Keeping {
            ended,
            _thread: thread,
        }
    }
}

impl Drop for Keeping {
    fn drop(&mut self) {
        self.ended.store(true, std::sync::atomic::Ordering::Relaxed);
    }
}

fn follow(writer: &Writer, ended: &std::sync::atomic::AtomicBool, clock: &impl Fn() -> Timestamp) {
    let mut seen = 0;
    while !ended.load(std::sync::atomic::Ordering::Relaxed) {
        let now = writer.engine.wait_for_newer(seen, LOOK_UP);
        if now == seen {
            continue;
        }
        seen = now;
        // Wait until nothing more comes.
        loop {
            let newer = writer.engine.wait_for_newer(seen, QUIET);
            if newer == seen {
                break;
            }
            seen = newer;
        }
        if let Err(error) = writer.take_in_disk(clock()) {
            tracing::error!(
                error = &error as &dyn std::error::Error,
                "could not keep what was edited on the disk in the history"
            );
        }
    }
}

/// A text with a number that looks like a CPR number goes into no history; the site may not have seen it yet.
fn bytes_hold_a_number(path: &SourcePath, bytes: &[u8]) -> bool {
    if !crate::text::cpr::find_in_name(path.as_str()).is_empty() {
        return true;
    }
    std::str::from_utf8(bytes).is_ok_and(|text| !crate::text::cpr::find(text).is_empty())
}
