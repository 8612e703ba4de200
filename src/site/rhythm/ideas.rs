//! Ideas: which ones spread from team to team, and which a team has not tried.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::news::last_known;
use crate::{
    model::{KindKey, RecordId},
    site::{SiteView, view::Seen},
};

/// An idea that teams have taken up.
#[derive(Clone, Debug)]
pub struct Spreading<'a> {
    /// The idea.
    pub seen: Seen<'a>,
    /// The teams that have used it.
    pub teams: BTreeSet<RecordId>,
    /// The last time that somebody did, where a day is known.
    pub newest: Option<Date>,
}

/// The ideas that at least so many teams have used, the newest use first.
#[must_use]
pub fn spreading(view: &SiteView, least: usize) -> Vec<Spreading<'_>> {
    let mut found: Vec<Spreading<'_>> = ideas(view)
        .into_iter()
        .map(|seen| used(view, seen))
        .filter(|idea| idea.teams.len() >= least)
        .collect();
    found.sort_by(|a, b| {
        (b.newest, b.teams.len())
            .cmp(&(a.newest, a.teams.len()))
            .then_with(|| a.seen.record.sort_key.cmp(&b.seen.record.sort_key))
    });
    found
}

/// The ideas that a team has not tried: its own, in the order of their titles, and those of others
/// that most teams have used.
#[must_use]
pub fn untried<'a>(
    view: &'a SiteView,
    team: &RecordId,
) -> (Vec<Spreading<'a>>, Vec<Spreading<'a>>) {
    let (own, mut others): (Vec<_>, Vec<_>) = ideas(view)
        .into_iter()
        .map(|seen| used(view, seen))
        .filter(|idea| !idea.teams.contains(team))
        .partition(|idea| idea.seen.record.team.as_ref() == Some(team));
    others.retain(|idea| !idea.teams.is_empty());
    others.sort_by(|a, b| {
        (b.teams.len(), b.newest)
            .cmp(&(a.teams.len(), a.newest))
            .then_with(|| a.seen.record.sort_key.cmp(&b.seen.record.sort_key))
    });
    (own, others)
}

/// The ideas that are no questions.
fn ideas(view: &SiteView) -> Vec<Seen<'_>> {
    view.of_kind(&KindKey::new("ide"))
        .filter(|seen| !seen.record.withdrawn && seen.record.text("slags") != Some("spørgsmål"))
        .collect()
}

/// Who has used an idea: the teams of the experiments and offers that say where they had it from.
fn used<'a>(view: &'a SiteView, seen: Seen<'a>) -> Spreading<'a> {
    let mut idea = Spreading {
        seen,
        teams: BTreeSet::new(),
        newest: None,
    };
    for (field, _, from) in view.referring(seen.index) {
        let record = from.record;
        let takes_up = matches!(
            record.reference.kind.as_str(),
            "proevehandling" | "ressource"
        );
        if field == "inspireret_af" && takes_up && !record.withdrawn {
            idea.teams.extend(record.team.clone());
            idea.newest = idea.newest.max(last_known(record, view.today()));
        }
    }
    idea
}
