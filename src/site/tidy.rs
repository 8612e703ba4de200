//! *Oprydning*: what is stale, open, orphaned or still to be written, as one audience may see it.
//!
//! Facts about records on a day, never problems of their files: those are diagnostics. The names
//! of shipped kinds and fields stand here because these are calculations of views; where a site
//! has no such kind, the list is empty.

use jiff::{ToSpan, civil::Date};

use super::{
    SiteView,
    rhythm::waits_for_answer,
    view::{Destination, Seen},
};
use crate::model::{LinkSyntax, RecordRef, Review, Visibility};

/// An offer that nobody has confirmed for so long is to be checked.
pub const STALE_AFTER_DAYS: i32 = 180;
/// A source of law that was read so long ago is to be read again.
pub const LAW_READ_AFTER_DAYS: i32 = 365;

/// The lists of the page, in the order in which they are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// Experiments that have ended, or run longer than a month, and say nothing of how it went.
    NoOutcome,
    /// Local offers to be checked.
    StaleOffers,
    /// Questions and criticism without an answer.
    Unanswered,
    /// Texts that wait for a second reader.
    WaitingForReader,
    /// Sources of law that were read more than a year ago.
    OldLaw,
    /// Pages that somebody links to and nobody has written.
    ToWrite,
    /// Records that nothing leads to.
    Orphans,
}

/// One line of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The record it is about.
    pub record: RecordRef,
    /// What is meant: the title, or the words of a link to nothing.
    pub title: String,
    /// A date that explains it.
    pub since: Option<Date>,
}

impl List {
    /// Every list.
    pub const ALL: [Self; 7] = [
        Self::NoOutcome,
        Self::StaleOffers,
        Self::Unanswered,
        Self::WaitingForReader,
        Self::OldLaw,
        Self::ToWrite,
        Self::Orphans,
    ];

    /// The key of its texts in the theme.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::NoOutcome => "no_outcome",
            Self::StaleOffers => "stale_offers",
            Self::Unanswered => "unanswered",
            Self::WaitingForReader => "waiting_reader",
            Self::OldLaw => "old_law",
            Self::ToWrite => "to_write",
            Self::Orphans => "orphans",
        }
    }

    /// What stands on it today.
    #[must_use]
    pub fn items(self, view: &SiteView) -> Vec<Item> {
        let today = view.today();
        let before = |days: i32| today.checked_sub(days.days()).unwrap_or(today);
        let (month, stale, old) = (
            before(31),
            before(STALE_AFTER_DAYS),
            before(LAW_READ_AFTER_DAYS),
        );
        match self {
            Self::NoOutcome => list(view, "proevehandling", |seen| {
                let record = seen.record;
                let due = record
                    .date("til")
                    .or_else(|| record.date("fra").filter(|fra| *fra < month));
                (record.value("gik_det").is_none())
                    .then_some(due?)
                    .map(Some)
            }),
            Self::StaleOffers => list(view, "ressource", |seen| {
                let confirmed = seen.record.date("bekræftet");
                confirmed.is_none_or(|d| d < stale).then_some(confirmed)
            }),
            Self::Unanswered => {
                let waiting = |seen: &Seen<'_>| {
                    waits_for_answer(view, *seen).then_some(seen.record.date("oprettet"))
                };
                let mut items = list(view, "feedback", waiting);
                items.extend(list(view, "ide", waiting));
                items
            }
            Self::WaitingForReader => all(view, |seen| {
                (seen.record.visibility == Visibility::Public
                    && seen.record.review != Review::Approved)
                    .then_some(None)
            }),
            Self::OldLaw => all(view, |seen| {
                seen.record.date("lov_læst").filter(|d| *d < old).map(Some)
            }),
            Self::ToWrite => to_write(view),
            Self::Orphans => all(view, |seen| is_orphan(view, seen).then_some(None)),
        }
    }
}

fn item(seen: &Seen<'_>, since: Option<Date>) -> Item {
    Item {
        record: seen.record.reference.clone(),
        title: seen.record.title.clone(),
        since,
    }
}

fn list(
    view: &SiteView,
    kind: &str,
    pick: impl Fn(&Seen<'_>) -> Option<Option<Date>>,
) -> Vec<Item> {
    let kind = crate::model::KindKey::new(kind);
    view.of_kind(&kind)
        .filter_map(|seen| pick(&seen).map(|since| item(&seen, since)))
        .collect()
}

fn all(view: &SiteView, pick: impl Fn(&Seen<'_>) -> Option<Option<Date>>) -> Vec<Item> {
    view.records()
        .filter_map(|seen| pick(&seen).map(|since| item(&seen, since)))
        .collect()
}

fn to_write(view: &SiteView) -> Vec<Item> {
    let mut items = Vec::new();
    for seen in view.records() {
        for (number, link) in seen.record.document.links.iter().enumerate() {
            if link.syntax == LinkSyntax::Wiki
                && matches!(view.destination(seen.index, number), Destination::Unwritten)
            {
                items.push(Item {
                    title: link.target.clone(),
                    ..item(&seen, None)
                });
            }
        }
    }
    items
}

/// Nothing leads to it: no field, no text, no chapter. Pages of the house and teams stand alone.
fn is_orphan(view: &SiteView, seen: &Seen<'_>) -> bool {
    let record = seen.record;
    let stands_alone = matches!(
        record.reference.kind.as_str(),
        "team" | "side" | "feedback" | "milepael" | "parathed" | "maaling" | "genbrug" | "begreb"
    );
    let in_chapter = view
        .chapters()
        .iter()
        .any(|c| c.cards.contains(&record.reference.kind));
    !stands_alone
        && !in_chapter
        && view.referring(seen.index).next().is_none()
        && view.backlinks(seen.index).next().is_none()
}
