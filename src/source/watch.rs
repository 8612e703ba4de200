//! The one door to the watcher. What it says is only a hint: whoever gets it looks at the disk.

use std::{
    path::{Path, PathBuf},
    sync::mpsc::{Receiver, Sender, channel},
};

use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher, event::AccessKind};

/// Something may have happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hint {
    /// Here.
    At(PathBuf),
    /// Somewhere: events were lost.
    Anywhere,
    /// Nothing happened on the disk, but a waiting reader should look up (a new day, a stop).
    Wake,
}

/// A watcher that lives as long as this value.
pub struct Watch {
    _watcher: RecommendedWatcher,
    sender: Sender<Hint>,
}

/// The watcher could not be started; operators read it.
#[derive(Debug, thiserror::Error)]
#[error("cannot watch {path} for changes")]
pub struct WatchError {
    path: PathBuf,
    #[source]
    source: notify::Error,
}

impl Watch {
    /// Watches folders with everything below them.
    ///
    /// # Errors
    /// When the system has no watches left, or a folder is gone.
    pub fn start(folders: &[&Path]) -> Result<(Self, Receiver<Hint>), WatchError> {
        let (sender, receiver) = channel();
        let told = sender.clone();
        let first = folders.first().map(|p| p.to_path_buf()).unwrap_or_default();
        let mut watcher =
            notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
                for hint in hints(event) {
                    // Nobody listens any more: the server is stopping.
                    let _ = told.send(hint);
                }
            })
            .map_err(|source| WatchError {
                path: first,
                source,
            })?;
        for folder in folders {
            watcher
                .watch(folder, RecursiveMode::Recursive)
                .map_err(|source| WatchError {
                    path: folder.to_path_buf(),
                    source,
                })?;
        }
        Ok((
            Self {
                _watcher: watcher,
                sender,
            },
            receiver,
        ))
    }

    /// Sends hints of one's own.
    #[must_use]
    pub fn sender(&self) -> Sender<Hint> {
        self.sender.clone()
    }
}

fn hints(event: notify::Result<notify::Event>) -> Vec<Hint> {
    match event {
        Ok(event) if event.need_rescan() => vec![Hint::Anywhere],
        // Reading is not a change; closing after writing is the end of one.
        Ok(event) => match event.kind {
            EventKind::Access(AccessKind::Close(_))
            | EventKind::Create(_)
            | EventKind::Modify(_)
            | EventKind::Remove(_)
            | EventKind::Any => event.paths.into_iter().map(Hint::At).collect(),
            EventKind::Access(_) | EventKind::Other => Vec::new(),
        },
        Err(_) => vec![Hint::Anywhere],
    }
}
