//! Local offers: when they take place, and whether somebody has asked lately if they still do.

use jiff::{ToSpan, civil::Date};

use super::times::Times;
use crate::{
    model::{KindKey, Value},
    site::{SiteView, tidy::STALE_AFTER_DAYS, view::Seen},
};

/// An offer with one of its times.
#[derive(Clone, Debug)]
pub struct Offer<'a> {
    /// The offer.
    pub seen: Seen<'a>,
    /// Which of its rows, from 0.
    pub row: usize,
    /// When.
    pub times: Times,
}

/// An offer on a day.
#[derive(Clone, Debug)]
pub struct Occasion<'a> {
    /// The day.
    pub date: Date,
    /// What.
    pub offer: Offer<'a>,
}

/// Every offer with each of its times, in the order of their titles.
#[must_use]
pub fn offers(view: &SiteView) -> Vec<Offer<'_>> {
    let mut all = Vec::new();
    for seen in view.of_kind(&KindKey::new("ressource")) {
        if seen.record.withdrawn {
            continue;
        }
        for (row, placed) in seen.record.values("gange").iter().enumerate() {
            if let Value::Row(cells) = &placed.value
                && let Some(times) = Times::of(cells)
            {
                all.push(Offer { seen, row, times });
            }
        }
    }
    all
}

/// What takes place from one day to another, both included: by day, hour and title.
#[must_use]
pub fn occasions(view: &SiteView, start: Date, end: Date) -> Vec<Occasion<'_>> {
    let mut found = Vec::new();
    for offer in offers(view) {
        for date in offer.times.between(start, end) {
            found.push(Occasion {
                date,
                offer: offer.clone(),
            });
        }
    }
    // Offers come in the order of their titles, and a stable sort keeps it.
    found.sort_by(|a, b| {
        let key = |o: &Occasion<'_>| (o.date, o.offer.times.clock.is_none(), o.offer.times.clock);
        key(a).cmp(&key(b))
    });
    found
}

/// The offers with a time whose days cannot be told, because nobody has said when it is first.
#[must_use]
pub fn without_a_day(view: &SiteView) -> Vec<Seen<'_>> {
    let mut found: Vec<Seen<'_>> = offers(view)
        .into_iter()
        .filter(|offer| !offer.times.has_days())
        .map(|offer| offer.seen)
        .collect();
    found.dedup_by_key(|seen| seen.index);
    found
}

/// Whether it is so long since somebody asked that somebody should ask again.
#[must_use]
pub fn is_stale(view: &SiteView, seen: Seen<'_>) -> bool {
    let today = view.today();
    let before = today.checked_sub(STALE_AFTER_DAYS.days()).unwrap_or(today);
    seen.record.reference.kind.as_str() == "ressource"
        && !seen.record.withdrawn
        && seen.record.date("bekræftet").is_none_or(|d| d < before)
}
