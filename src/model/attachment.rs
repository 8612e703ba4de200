//! A file that lies beside a record: a photo, a drawing, a document.

use std::sync::Arc;

use super::source_path::SourcePath;

/// What is known about such a file without holding its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Where it lies.
    pub path: SourcePath,
    /// What it is.
    pub kind: AttachmentKind,
    /// Its size in bytes.
    pub size: u64,
    /// A hash of its bytes, in hex.
    pub hash: Arc<str>,
}

/// What kind of file it is, by its bytes and not only by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttachmentKind {
    /// JPEG, PNG or WebP: always re-encoded without metadata when published.
    Photo {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
    },
    /// An SVG without active content.
    Drawing,
    /// An SVG with active content, or a picture that cannot be read: never shown.
    Refused,
    /// Anything else: offered for download.
    Other,
}
