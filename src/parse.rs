//! Text to model. Pure: the same text and definitions give the same draft and diagnostics, and no
//! text makes it fail.
//!
//! Takes the bytes of one file and the [`Definitions`](crate::model::Definitions); gives a
//! [`Draft`](crate::model::Draft). What needs more than one file (references, links, rings) is
//! left to [`site`](crate::site).

pub mod attachment;
pub mod definitions;
pub mod edit;
pub mod front_matter;
pub mod kind;
pub mod markdown;
pub mod merge;
pub mod privacy;
pub mod record;
pub mod sections;
mod settings;
pub mod stub;
pub mod traps;
pub mod value;
pub mod view;
pub mod yaml;
