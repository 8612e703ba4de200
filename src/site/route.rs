//! The list of routes is the list of pages: every page has one name here and one address.

use crate::model::{KindKey, RecordId, RecordRef, SourcePath};

/// A page, file or asset, named without its address. A view turns it into an address and back.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Route {
    /// The start page; on the published surface the catalogue's front page.
    Start,
    /// The catalogue's front page inside the live wiki.
    Catalogue,
    /// A chapter of the catalogue, by its key.
    Chapter(String),
    /// All records of a kind.
    Kind(KindKey),
    /// A record.
    Record(RecordRef),
    /// A file beside a record.
    File(SourcePath),
    /// The Markdown of a record, live only.
    Source(RecordRef),
    /// All tags.
    Tags,
    /// The records with one tag, by its slug.
    Tag(String),
    /// The search page.
    Search,
    /// A part of the index that a published site searches in, by its name; published only.
    SearchPart(String),
    /// *Oprydning*: what is stale, open or broken, live only.
    Tidy,
    /// *Til teammødet*: one page for a team to meet around, live only.
    Meeting(RecordId),
    /// *Coachens side*, live only and for few.
    Coach,
    /// When local offers take place, live only.
    Calendar,
    /// The newest of the site, or of a team, for programs that follow it.
    Feed(Option<RecordId>),
    /// The calendar of the site, or of a team, for programs that hold calendars; live only.
    Ics(Option<RecordId>),
    /// A former address, and where it leads.
    Moved(String, RecordRef),
    /// A file of the theme.
    Asset(String),
    /// No page.
    Missing,
}

/// Where a page is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Surface {
    /// The wiki: root-relative links, live parts, search.
    Live,
    /// The folder that needs no server: relative links, no live parts.
    Published,
}

/// The folder of the theme's files in every site.
pub const ASSETS: &str = "tema";
/// The folder of the parts of a published site's index, inside that of its search page.
pub const SEARCH_INDEX: &str = "indeks";
/// The folder of files that lie beside no record.
pub const LOOSE_FILES: &str = "filer";
/// The name of a feed.
pub const FEED: &str = "feed.xml";
/// The name of a calendar for other programs.
pub const ICS: &str = "kalender.ics";
