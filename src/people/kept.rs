//! A file of the data folder, held in memory and read anew when another process has written it.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use serde::{Serialize, de::DeserializeOwned};

use super::PeopleError;
use crate::source::{
    private::{self, Stamp},
    save,
};

/// What can stand in such a file.
pub(super) trait Keepable:
    Clone + Default + PartialEq + Serialize + DeserializeOwned
{
    /// What takes the place of a file that nobody can read.
    fn after_loss() -> Self {
        Self::default()
    }
}

/// The file and what stands in it. Without a file it lives as long as the process.
pub(super) struct Kept<T> {
    file: Option<PathBuf>,
    state: Mutex<State<T>>,
}

struct State<T> {
    value: Arc<T>,
    stamp: Option<Stamp>,
    /// Whether `value` has been read or written, and is not only the beginning of all.
    is_known: bool,
}

impl<T: Keepable> Kept<T> {
    /// Reads the file; without one it begins empty.
    ///
    /// # Errors
    /// When the disk refuses. Bytes that cannot be read are kept beside and told in the log.
    pub fn open(file: Option<PathBuf>) -> Result<Self, PeopleError> {
        let kept = Self {
            file,
            state: Mutex::new(State {
                value: Arc::default(),
                stamp: None,
                is_known: false,
            }),
        };
        if let Some(file) = &kept.file {
            refresh(file, &mut kept.lock())?;
        }
        Ok(kept)
    }

    /// What stands in the file now.
    pub fn read(&self) -> Arc<T> {
        let mut state = self.lock();
        if let Some(file) = &self.file
            && let Err(error) = refresh(file, &mut state)
        {
            // Whoever was let in before is better known than nobody at all.
            tracing::error!(
                error = &error as &dyn std::error::Error,
                "the last known version is used"
            );
        }
        Arc::clone(&state.value)
    }

    /// Changes what stands in the file, alone among all processes; nothing is written when nothing is different.
    ///
    /// # Errors
    /// What the change says, or that the disk refuses; then nothing is changed.
    pub fn change<R>(
        &self,
        change: impl FnOnce(&mut T) -> Result<R, PeopleError>,
    ) -> Result<R, PeopleError> {
        let mut state = self.lock();
        let Some(file) = &self.file else {
            let mut value = T::clone(&state.value);
            let result = change(&mut value)?;
            state.value = Arc::new(value);
            return Ok(result);
        };
        let _lock = private::lock(file).map_err(PeopleError::disk(file))?;
        refresh_within(file, &mut state)?;
        let mut value = T::clone(&state.value);
        let result = change(&mut value)?;
        if value != *state.value {
            write(file, &mut state, value)?;
        }
        Ok(result)
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        // A poisoned lock is a panic of another thread; the value is swapped whole.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Reads the file when it is not the one that is known.
fn refresh<T: Keepable>(file: &Path, state: &mut State<T>) -> Result<(), PeopleError> {
    let stamp = private::stamp(file).map_err(PeopleError::disk(file))?;
    if stamp.is_none() || stamp == state.stamp {
        return Ok(());
    }
    let bytes = private::read(file).map_err(PeopleError::disk(file))?;
    let Some(bytes) = bytes else { return Ok(()) };
    match serde_json::from_slice(&bytes) {
        Ok(value) => {
            state.value = Arc::new(value);
            state.stamp = stamp;
            state.is_known = true;
            Ok(())
        }
        Err(_) => {
            let _lock = private::lock(file).map_err(PeopleError::disk(file))?;
            refresh_within(file, state)
        }
    }
}

/// The same for whoever holds the lock, so that nobody is writing; what is garbled is mended.
fn refresh_within<T: Keepable>(file: &Path, state: &mut State<T>) -> Result<(), PeopleError> {
    let stamp = private::stamp(file).map_err(PeopleError::disk(file))?;
    let Some(bytes) = private::read(file).map_err(PeopleError::disk(file))? else {
        return Ok(());
    };
    match serde_json::from_slice(&bytes) {
        Ok(value) => {
            state.value = Arc::new(value);
            state.stamp = stamp;
            state.is_known = true;
            Ok(())
        }
        Err(error) => {
            let place = private::set_aside(file, &bytes).map_err(PeopleError::disk(file))?;
            tracing::error!(
                path = %file.display(),
                kept = %place.display(),
                error = &error as &dyn std::error::Error,
                "a file cannot be read; its bytes are kept beside it"
            );
            let value = if state.is_known {
                T::clone(&state.value)
            } else {
                T::after_loss()
            };
            write(file, state, value)
        }
    }
}

fn write<T: Keepable>(file: &Path, state: &mut State<T>, value: T) -> Result<(), PeopleError> {
    let mut text = serde_json::to_vec_pretty(&value).map_err(PeopleError::Words)?;
    text.push(b'\n');
    save::replace_private(file, &text).map_err(PeopleError::disk(file))?;
    state.stamp = private::stamp(file).map_err(PeopleError::disk(file))?;
    state.value = Arc::new(value);
    state.is_known = true;
    Ok(())
}
