//! Who asks for help, and how far it is.

use jiff::civil::Date;

use super::news::last_known;
use crate::{
    model::KindKey,
    site::{SiteView, view::Seen},
};

/// How far a wish for help is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Help {
    /// Nobody has taken it.
    New,
    /// Somebody is on it.
    Taken,
    /// The team got what it asked for.
    Solved,
}

/// A record whose team wants help.
#[derive(Clone, Copy, Debug)]
pub struct Wish<'a> {
    /// The record.
    pub seen: Seen<'a>,
    /// How far it is.
    pub help: Help,
    /// The last day on which something happened to it.
    pub since: Option<Date>,
}

/// Every wish for help: new before taken before solved, and in each the longest waiting first.
#[must_use]
pub fn wishes(view: &SiteView) -> Vec<Wish<'_>> {
    let kinds = ["proevehandling", "ide", "ressource"].map(KindKey::new);
    let mut found: Vec<Wish<'_>> = kinds
        .iter()
        .flat_map(|kind| view.of_kind(kind))
        .filter(|seen| {
            let wanted = seen.record.text("ønsker_hjælp").is_some_and(|w| w != "nej");
            wanted && !seen.record.withdrawn
        })
        .map(|seen| Wish {
            seen,
            help: match seen.record.text("hjælp_status") {
                Some("taget") => Help::Taken,
                Some("løst") => Help::Solved,
                _ => Help::New,
            },
            since: last_known(seen.record, view.today()),
        })
        .collect();
    found.sort_by_key(|wish| (wish.help, wish.since.is_none(), wish.since));
    found
}
