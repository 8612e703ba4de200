//! What is newest: the last day that anything is known to have happened to a record.

use jiff::civil::Date;

use crate::{
    model::Record,
    site::{SiteView, view::Seen},
};

/// The fields that tell when something happened to a record.
const DAYS: [&str; 6] = ["ændret", "til", "fra", "oprettet", "dato", "bekræftet"];

/// The last day on which something is known to have happened to a record, today at the latest: a
/// day that is still to come is a plan. Nothing when no day is known.
///
/// This is where the history of files comes in, once a view knows the day of a file's last change.
#[must_use]
pub fn last_known(record: &Record, today: Date) -> Option<Date> {
    DAYS.iter()
        .filter_map(|key| record.date(key))
        .filter(|day| *day <= today)
        .max()
}

/// The newest records with their days, the newest first; what has no day is left out.
#[must_use]
pub fn newest<'a>(
    view: &'a SiteView,
    wanted: impl Fn(Seen<'a>) -> bool,
    most: usize,
) -> Vec<(Date, Seen<'a>)> {
    let mut found: Vec<(Date, Seen<'a>)> = view
        .records()
        .filter(|seen| !seen.record.withdrawn && wanted(*seen))
        .filter_map(|seen| Some((last_known(seen.record, view.today())?, seen)))
        .collect();
    found.sort_by(|(a, x), (b, y)| {
        b.cmp(a)
            .then_with(|| x.record.reference.cmp(&y.record.reference))
    });
    found.truncate(most);
    found
}
