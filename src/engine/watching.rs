//! The thread that follows the disk.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::{
        Arc,
        mpsc::{Receiver, Sender},
    },
    thread::JoinHandle,
};

use jiff::civil::Date;

use super::{Change, Engine, EngineError, lock};
use crate::source::watch::{Hint, Watch, WatchError};

/// Follows the disk for as long as it lives.
pub struct Watching {
    watch: Option<Watch>,
    hints: Sender<Hint>,
    thread: Option<JoinHandle<()>>,
}

impl Watching {
    /// Begins to follow the content folder of an engine, and its theme's. `today` is asked with
    /// every wake-up, so that midnight is an ordinary change.
    ///
    /// # Errors
    /// When the system cannot watch the folder.
    pub fn start(
        engine: &Arc<Engine>,
        today: impl Fn() -> Date + Send + 'static,
    ) -> Result<Self, WatchError> {
        let theme = engine.options().theme.clone();
        let mut folders: Vec<&Path> = vec![engine.folder().root()];
        folders.extend(theme.as_deref());
        let (watch, receiver) = Watch::start(&folders)?;
        let hints = watch.sender();
        let engine = Arc::clone(engine);
        let thread = std::thread::Builder::new()
            .name("kaffe-watch".to_owned())
            .spawn(move || follow(&engine, &receiver, &today))
            .ok();
        let watching = Self {
            watch: Some(watch),
            hints,
            thread,
        };
        // Whatever was saved between reading and watching is found now.
        let _ = watching.hints.send(Hint::Anywhere);
        Ok(watching)
    }

    /// Makes the follower look at the day and the disk, for example at midnight.
    #[must_use]
    pub fn waker(&self) -> Sender<Hint> {
        self.hints.clone()
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        // The follower ends when nobody can tell it anything more.
        self.watch = None;
        let (closed, _) = std::sync::mpsc::channel();
        self.hints = closed;
        if let Some(thread) = self.thread.take().filter(JoinHandle::is_finished) {
            let _ = thread.join();
        }
    }
}

fn follow(engine: &Engine, receiver: &Receiver<Hint>, today: &impl Fn() -> Date) {
    while let Ok(first) = receiver.recv() {
        // Act on the first hint at once; what came while working is folded into the next change.
        let mut hints = vec![first];
        hints.extend(receiver.try_iter());
        if let Err(error) = take_in(engine, hints, today()) {
            tracing::error!(
                error = &error as &dyn std::error::Error,
                "could not take a change in; the last good site stays"
            );
        }
    }
}

fn take_in(engine: &Engine, hints: Vec<Hint>, today: Date) -> Result<(), EngineError> {
    let mut places: BTreeSet<PathBuf> = BTreeSet::new();
    let mut changes = Vec::new();
    if engine.options().surface == crate::site::route::Surface::Live
        && lock(&engine.state).day != today
    {
        changes.push(Change::Today(today));
    }
    for hint in hints {
        match hint {
            Hint::At(place) => {
                places.insert(place);
            }
            Hint::Anywhere => changes.push(Change::Rescan),
            Hint::Wake => {}
        }
    }
    if !changes.is_empty() {
        engine.apply(changes)?;
    }
    // A folder and what lies in it are one look.
    let mut looks: Vec<PathBuf> = Vec::new();
    for place in places {
        if !looks.last().is_some_and(|last| place.starts_with(last)) {
            looks.push(place);
        }
    }
    if looks.is_empty() {
        Ok(())
    } else {
        engine.look_at(&looks)
    }
}
