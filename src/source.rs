//! The disk: finding, reading, watching and saving the files of a content folder.
//!
//! Gives bytes by [`SourcePath`](crate::model::SourcePath). Knows nothing of what stands in them.

pub mod folder;
pub mod private;
pub mod save;
pub mod watch;

pub use folder::{Folder, FolderError, Found};
