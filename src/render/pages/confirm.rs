//! "Passer det stadig?": one tap under an offer that nobody has asked about for half a year.

use serde::Serialize;

use super::Maker;
use crate::{
    render::links::deed,
    site::{rhythm, route::Surface, view::Seen},
    text::danish,
};

/// The form of one tap.
#[derive(Serialize)]
pub(super) struct Confirm {
    /// Where it is sent.
    action: String,
    /// The file that the reader has seen, by its hash.
    base: String,
    /// When somebody last asked.
    text: String,
}

impl Confirm {
    /// The form for an offer that is to be checked, for those who may write it.
    pub(super) fn of(maker: &Maker<'_>, seen: Seen<'_>) -> Option<Self> {
        let (record, texts) = (seen.record, &maker.renderer.texts);
        let live = maker.request.surface == Surface::Live;
        let wanted =
            live && rhythm::is_stale(maker.view, seen) && maker.request.actor.may_edit(record);
        wanted.then(|| Self {
            action: deed("passer", record),
            base: record.hash.to_string(),
            text: match record.date("bekræftet") {
                Some(day) => texts.fill(
                    "passer_since",
                    &[("date", &danish::date_long(day, texts.lang()))],
                ),
                None => texts.get("passer_never").to_owned(),
            },
        })
    }
}
