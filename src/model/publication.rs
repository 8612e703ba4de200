//! A publication: which records leave the house, and in which order.

use jiff::civil::Date;

use super::{
    identity::{KindKey, RecordId},
    source_path::SourcePath,
};

/// An edition of the catalogue, as one file in `content/_udgivelser/`.
#[derive(Clone, Debug, PartialEq)]
pub struct Publication {
    /// The file's name without its ending.
    pub id: RecordId,
    /// Its file.
    pub path: SourcePath,
    /// Its title.
    pub title: String,
    /// The line under it.
    pub subtitle: String,
    /// The edition, such as "prøveudgave 1".
    pub edition: String,
    /// The date of the edition, which is "today" in it.
    pub date: Option<Date>,
    /// The chapters in order.
    pub chapters: Vec<Chapter>,
}

/// A chapter: pages that tell, then cards of whole kinds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chapter {
    /// Its part of the address.
    pub key: String,
    /// Its title.
    pub title: String,
    /// What it must answer.
    pub question: String,
    /// The pages, by id.
    pub pages: Vec<RecordId>,
    /// The kinds whose cards follow.
    pub cards: Vec<KindKey>,
}
