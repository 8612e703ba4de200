//! Experiments that nobody has told the end of: what runs, what has come of age, what is stuck.

use jiff::civil::Date;

use super::{CHECK_IN_AFTER_DAYS, STUCK_AFTER_DAYS, after, days_between, news::last_known};
use crate::{
    model::KindKey,
    site::{SiteView, view::Seen},
};

/// Where an experiment stands that has no answer yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It begins later.
    Planned,
    /// It runs.
    Running,
    /// Its last day has passed.
    Ended,
}

/// An experiment without an answer to how it went.
#[derive(Clone, Copy, Debug)]
pub struct Experiment<'a> {
    /// The record.
    pub seen: Seen<'a>,
    /// Where it stands today.
    pub standing: Standing,
    /// The day it begins or began, where that is said.
    pub began: Option<Date>,
    /// The day on which the team is asked how it went: two weeks after it began, or its last day
    /// when that comes first.
    pub check_in: Option<Date>,
    /// How many days it has run until today, its first day not counted.
    pub days: i32,
    /// Whether the day of the question has come.
    pub is_due: bool,
    /// Whether it has ended without an answer, or has run for six weeks without a word.
    pub is_stuck: bool,
}

/// Every experiment without an answer, in the order in which they began; those without a first day
/// last.
#[must_use]
pub fn experiments(view: &SiteView) -> Vec<Experiment<'_>> {
    let kind = KindKey::new("proevehandling");
    let mut open: Vec<Experiment<'_>> = view
        .of_kind(&kind)
        .filter(|seen| !seen.record.withdrawn && seen.record.value("gik_det").is_none())
        .map(|seen| experiment(seen, view.today()))
        .collect();
    open.sort_by_key(|e| (e.began.is_none(), e.began));
    open
}

fn experiment(seen: Seen<'_>, today: Date) -> Experiment<'_> {
    let (began, ended) = (seen.record.date("fra"), seen.record.date("til"));
    let standing = if began.is_some_and(|began| began > today) {
        Standing::Planned
    } else if ended.is_some_and(|ended| ended <= today) {
        Standing::Ended
    } else {
        Standing::Running
    };
    let two_weeks = began.map(|began| after(began, CHECK_IN_AFTER_DAYS));
    let check_in = match (two_weeks, ended) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    };
    let silent_since = last_known(seen.record, today);
    let is_silent = silent_since.is_some_and(|day| days_between(day, today) > STUCK_AFTER_DAYS);
    Experiment {
        seen,
        standing,
        began,
        check_in,
        days: began.map_or(0, |began| days_between(began, today)),
        is_due: standing == Standing::Ended
            || standing == Standing::Running && check_in.is_some_and(|day| day <= today),
        is_stuck: standing == Standing::Ended || standing == Standing::Running && is_silent,
    }
}
