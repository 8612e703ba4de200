//! The nouns of kaffe: what a site is made of, once it has been read.
//!
//! Takes nothing from the disk and knows nothing of YAML, Markdown, HTML or HTTP. A value that is
//! here has a place in its file, so that any later check can point at it.

pub mod attachment;
pub mod audience;
pub mod config;
pub mod definitions;
pub mod document;
pub mod identity;
pub mod kind;
pub mod publication;
pub mod question;
pub mod record;
pub mod rights;
pub mod source_path;
pub mod value;

pub use attachment::{Attachment, AttachmentKind};
pub use audience::{Audience, Review, Visibility};
pub use config::{Purpose, Reading, SiteConfig};
pub use definitions::Definitions;
pub use document::{Document, Heading, Link, LinkSyntax, ViewBlock};
pub use identity::{KindKey, RecordId, RecordRef};
pub use kind::{Choice, Field, FieldType, Kind, Kinds, Requirement, Targets, Vocabulary};
pub use publication::{Chapter, Publication};
pub use question::{Condition, Pattern, Question, Show, Sort, Test};
pub use record::{Broken, Draft, Record};
pub use rights::{Actor, Role};
pub use source_path::{SourcePath, SourcePathError};
pub use value::{Entry, Period, Placed, Row, Value};
